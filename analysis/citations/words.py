"""What the word lists know of a word: is it "article", "second", "and", part of a law's name, a sign of something?

A form is compared with every stem the first time it is met; then it is remembered (``lexer.Pieces``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analysis.errors import DataError
from analysis.lexicon import endings
from analysis.tokens import APOSTROPHES, fold

DATA = Path(__file__).parents[1] / "data" / "citations"
LEVELS = ("article", "part", "item", "clause", "sub", "paragraph")
ORDERS = ("before", "after", "both")
SUFFIXING = frozenset(("kk", "ky", "uz", "tk"))
"""Languages in which country, law and number stand before the word for an article."""
HEAD, BESIDE = "paper ", "paper-beside "
"""Cues of a word for a paper and of a word beside it, each followed by the id of its rule."""


_KEYWORD = {"id", "level", "lang", "order", "number", "words", "examples", "not_examples"}
_PAPER = {"id", "alone", "words", "beside", "examples", "not_examples"}
_LANGUAGES = ("en", "ru", "kk", "ky", "uz", "tg", "tk")
_NUMERALS = {
    **dict.fromkeys(("ordinals", "tens-ordinals", "hundreds-ordinals"), (*_LANGUAGES, "uz-Cyrl", "tg-bare")),
    **dict.fromkeys(("cardinals", "tens", "hundreds"), (*_LANGUAGES, "uz-Cyrl")),
    "both": ("words",),
    "lists": ("and", "to"),
    "endings": ("ordinal", "case", "inserted"),
}
_POSSESSIVE = "'s"
_LONGEST_STEM = 20


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word for a level of a provision and where its number stands."""

    id: str
    level: str
    lang: str
    order: str
    many: bool
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperRule:
    """Words for a paper that is no law; with ``beside``, only next to one of those.  Both by language."""

    id: str
    alone: bool
    words: Mapping[str, Sequence[str]]
    beside: Mapping[str, Sequence[str]]
    examples: tuple[str, ...]
    not_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """Everything known of one form.  ``stems`` are the name stems (of ``Words.name_stem``) that it can stand for."""

    form: str
    keywords: tuple[Keyword, ...] = ()
    ordinals: tuple[int, ...] = ()  # 2 for "second", 1 and 2 for "both"
    cardinal: int = 0  # 2 for "two", 70 for "семьдесят"
    counted_in: frozenset[str] = frozenset()  # languages in which it is a number
    joins: str = ""  # "and", "to"
    stems: tuple[str, ...] = ()
    cues: frozenset[str] = frozenset()
    numeral: bool = False  # an ending written onto a number
    case: bool = False  # a case ending written onto an abbreviation
    inserted: bool = False  # прим, bis
    shortened: bool = False  # an abbreviation whose full stop ends no sentence


PLAIN = Word("")
_CAPITALS = str.maketrans("ЌЉЊЃ", "ҚҶҲҒ")
_LETTERS = str.maketrans("ёќљњѓїѳ", "еқҷҳғӣө", "'")  # Tajik is also written with the letters of an old font: љиноятї


@dataclass(frozen=True, slots=True)
class _Entry:
    ending: str  # "" exact, else names of ending classes joined by a space
    kind: str
    value: Any


class Words:
    """All word lists; ``look_up`` compares a word with every stem, so that its answers are worth keeping."""

    def __init__(self, name_words: Iterable[str] = (), same: Mapping[str, Iterable[str]] | None = None) -> None:
        """``name_words``: the words of names: ``кодекс*`` (any ending), ``criminal``, ``=УК`` (exact case).

        ``same``: what else may stand in a name for one of its words.
        """
        self._entries: dict[str, list[_Entry]] = {}
        for keyword, patterns in keywords():
            for pattern in patterns:
                self._add(pattern, keyword.lang, "keyword", keyword)
        _add_numerals(self._add)
        for cue, lists in read_table("cues.toml").items():
            refuse_unknown(f"cues.toml: {cue}", lists, _LANGUAGES)
            for lang, patterns in lists.items():
                for pattern in patterns:
                    self._add(pattern, lang, "cue", cue)
        for rule in paper_rules():
            for lists, cue in ((rule.words, HEAD + rule.id), (rule.beside, BESIDE + rule.id)):
                for lang, stems in lists.items():
                    for stem in stems:
                        self._add(stem, lang, "cue", cue)
        self._cases = frozenset(read_table("numerals.toml")["endings"]["case"])
        self._abbreviations: dict[str, str] = {}
        for name in name_words:
            if name.startswith("="):
                self._abbreviations[bare(name[1:])] = name
            else:
                self._entries.setdefault(plain(name.rstrip("*")), []).append(
                    _Entry("*" * name.endswith("*"), "stem", name)
                )
        for name, others in (same or {}).items():
            for other in others:
                self._entries.setdefault(plain(other), []).append(_Entry("", "stem", name))
        self._small = {head.lower(): name for head, name in self._abbreviations.items()}

    def _add(self, pattern: str, lang: str, kind: str, value: Any) -> None:
        stem, ending = pattern.rstrip("*~"), ""
        if pattern != stem:
            ending = _ending_class(stem, lang, pattern[-1])
        self._entries.setdefault(plain(stem), []).append(_Entry(ending, kind, value))

    def look_up(self, piece: str) -> Word:
        """What is known of a word, as it is written."""
        form = plain(piece)
        found: dict[str, list[Any]] = {}
        longest: dict[str, int] = {}
        for length in range(1, min(len(form), _LONGEST_STEM) + 1):
            rest = form[length:]
            for entry in self._entries.get(form[:length], ()):
                if not rest or (_ends(rest, entry.ending) and not (entry.kind == "ordinal" and rest == "и")):
                    found.setdefault(entry.kind, []).append(entry.value)
                    if entry.kind == "keyword":
                        longest[entry.value.lang] = length
        found.setdefault("stem", []).extend(self._abbreviated(bare(piece)))
        if _is_possessive(piece) and not _is_possessive(piece[: -len(_POSSESSIVE)]):
            owner = self.look_up(piece[: -len(_POSSESSIVE)])  # "the Law on Mass Media's Article 13", "the charter's"
            found["stem"].extend(owner.stems)
            found.setdefault("cue", []).extend(cue for cue in owner.cues if cue.startswith((HEAD, BESIDE)))
        if not any(found.values()):
            return PLAIN if len(form) > 2 else Word(form, shortened=len(form) == 1)
        # Of "баптар" and "бап" in one language the longer stem is meant: it comes last.
        chosen = {k.lang: k for k in found.get("keyword", ())}
        return Word(
            form=form,
            keywords=tuple(chosen.values()),
            ordinals=(1, 2) if "both" in found else tuple(found.get("ordinal", ()))[:1],
            cardinal=found.get("cardinal", [0])[0],
            counted_in=frozenset(found.get("counted", ())),
            joins=found.get("joins", [""])[0],
            stems=tuple(dict.fromkeys(found.get("stem", ()))),
            cues=frozenset(found.get("cue", ())),
            numeral="numeral" in found,
            case="case" in found,
            inserted="inserted" in found,
            shortened=(bool(chosen) and len(form) <= 4) or "inserted" in found,
        )

    def _abbreviated(self, piece: str) -> Iterator[str]:
        """Abbreviations that the piece is, as written or (marked "~") in small letters, case endings cut off."""
        for length in range(2, min(len(piece), 8) + 1):
            head, rest = piece[:length], piece[length:]
            if rest and not (rest.islower() and rest in self._cases):
                continue
            if name := self._abbreviations.get(head):
                yield name
            elif not rest and (name := self._small.get(head.lower())):
                yield f"~{name}"


def bare(piece: str) -> str:
    """An abbreviation without apostrophes, its capitals kept."""
    return "".join(c for c in piece if c not in APOSTROPHES).translate(_CAPITALS)


def plain(piece: str) -> str:
    """The form under which a word is looked up: folded, no apostrophes, е for ё."""
    return fold(piece).translate(_LETTERS) or piece


def _is_possessive(piece: str) -> bool:
    return len(piece) > len(_POSSESSIVE) and piece[-1] == "s" and piece[-2] in APOSTROPHES


def _ends(rest: str, ending: str) -> bool:
    return ending == "*" or any(endings(name).fullmatch(rest) for name in ending.split())


@cache
def _ending_class(stem: str, lang: str, mark: str) -> str:
    """Names of the ending classes of a stem: adjectives only in Russian, an Uzbek stem by its script."""
    base = lang.split("-")[0]
    if base == "ru" and mark == "~":
        return "ru.adjective ru.noun"
    cyrillic = any("\u0400" <= c <= "\u04ff" for c in stem)
    if base == "uz" and cyrillic:
        return "uz.noun.uz-Cyrl"
    if base == "kk" and not cyrillic:
        return "kk.noun.kk-Latn-2018 kk.noun.kk-Latn-2021"
    return f"{base}.noun"


@cache
def keywords() -> tuple[tuple[Keyword, tuple[str, ...]], ...]:
    """The rules of ``keywords.toml`` with their words.  DataError names an unknown key or value."""
    rules = []
    for row in read_table("keywords.toml")["keyword"]:
        where = f"citations/keywords.toml: {row.get('id', 'rule without id')}"
        refuse_unknown(where.removeprefix("citations/"), row, _KEYWORD)
        for key, allowed in (("level", LEVELS), ("order", ORDERS)):
            if row.get(key) not in allowed:
                raise DataError(f"{where}: {key} is not one of {', '.join(allowed)}")
        if not (row.get("words") and row.get("examples") and row.get("not_examples")):
            raise DataError(f"{where}: words, examples and not_examples are needed")
        many = row.get("number") == "many"
        rule = Keyword(
            row["id"], row["level"], row["lang"], row["order"], many, tuple(row["examples"]), tuple(row["not_examples"])
        )
        rules.append((rule, tuple(row["words"])))
    return tuple(rules)


@cache
def paper_rules() -> tuple[PaperRule, ...]:
    """The rules of ``papers.toml``.  DataError names an unknown key or language, or what is missing."""
    rules = []
    for row in read_table("papers.toml")["paper"]:
        where = f"papers.toml: {row.get('id', 'rule without id')}"
        refuse_unknown(where, row, _PAPER)
        for key in ("words", "beside"):
            refuse_unknown(f"{where}: {key}", row.get(key, {}), _LANGUAGES)
        if not (row.get("id") and row.get("words") and row.get("examples") and row.get("not_examples")):
            raise DataError(f"citations/{where}: id, words, examples and not_examples are needed")
        examples, not_examples = tuple(row["examples"]), tuple(row["not_examples"])
        beside = row.get("beside", {})
        rules.append(PaperRule(row["id"], row.get("alone", False), row["words"], beside, examples, not_examples))
    return tuple(rules)


def refuse_unknown(where: str, table: Iterable[str], allowed: Container[str]) -> None:
    """DataError names the file and each key that is not allowed."""
    if unknown := [key for key in table if key not in allowed]:
        raise DataError(f"citations/{where}: unknown key {', '.join(sorted(unknown))}")


def _add_numerals(add: Any) -> None:
    table = read_table("numerals.toml")
    refuse_unknown("numerals.toml", table, _NUMERALS)
    for part, allowed in _NUMERALS.items():
        refuse_unknown(f"numerals.toml: {part}", table[part], allowed)
    for prefix, unit in (("", 1), ("tens", 10), ("hundreds", 100)):
        ordinals, cardinals = f"{prefix}-ordinals".lstrip("-"), prefix or "cardinals"
        for kind, key in (("ordinal", ordinals), ("cardinal", cardinals)):
            for lang, names in table[key].items():
                for value, alternatives in enumerate(names, 1):
                    for name in alternatives.split("|"):
                        add(name, lang, kind, value * unit)
                        add(name, lang, "counted", lang.partition("-")[0])
    for name in table["both"]["words"]:
        add(name, "ru", "both", True)
    for kind, names in table["lists"].items():
        for name in names:
            add(name, "", "joins", kind)
    for kind, key in (("numeral", "ordinal"), ("case", "case"), ("inserted", "inserted")):
        for name in table["endings"][key]:
            add(name, "", kind, True)


@cache
def read_table(name: str) -> Mapping[str, Any]:
    """A data file of citations.  DataError where it is missing or no TOML."""
    try:
        return tomllib.loads((DATA / name).read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"citations/{name}: {error}") from None


def read_lists(name: str, kinds: Container[str]) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The lists of a data file: kind -> language -> words.  DataError names the file and each other key."""
    table = read_table(name)
    refuse_unknown(name, table, kinds)
    for kind, lists in table.items():
        refuse_unknown(f"{name}: {kind}", lists, _LANGUAGES)
    return table
