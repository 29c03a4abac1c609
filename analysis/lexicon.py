"""Word lists with inflection: rules from TOML, found in one pass over the words of a text.

A pattern is one or more words.  ``журналист*`` takes the noun endings of the rule's languages, ``судебн~`` the
adjective endings, a bare word stands for itself.  Capitals are kept: ``КНБ`` and ``Душанбе`` must be written so.
At each word the longest pattern wins, and a rule with an empty value hides what lies under it: that is how
"press secretary" stays out of the media.  A form is looked up once and remembered, so a text costs one dictionary
look-up a word.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from analysis.alphabets import transliterate
from analysis.errors import DataError
from analysis.evidence import Stretch
from analysis.tokens import CACHE_WORDS, Token, tokenize

DATA = Path(__file__).parent / "data"
_LONGEST_STEM = 24
SAME = str.maketrans("ёı", "еi")  # letters that are written one for the other: ё in Russian, ı in Latin Kazakh
_SOFTENED = {"қ": "ғ", "к": "г", "п": "б", "q": "g'", "k": "g", "p": "b", "ç": "j", "t": "d"}
_TURKIC = {"kk", "ky", "uz", "tk"}
_GAP = re.compile(r"[^.,;:!?()\n—–]*\Z|\.\s?\Z")
_TABLES = {
    "actors.toml": {"types", "counted", "joining", "bodies", "former", "rule"},
    "places.toml": {"comparison", "rule"},
    "years.toml": {
        "months",
        "cues",
        "law",
        "law_life",
        "bio",
        "background",
        "future",
        "boilerplate",
        "published",
        "changed",
    },
    "endings.toml": {"en", "ru", "kk", "ky", "uz", "tg", "tk"},
}
_KEYS = {"id", "value", "kind", "lang", "anywhere", "words", "weight", "examples", "not_examples"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a word list."""

    id: str
    value: str
    kind: str
    langs: frozenset[str]  # whose endings its words take; empty: by script
    anywhere: bool  # matches in a paragraph of any language, not only of its own
    words: tuple[str, ...]
    weight: float
    examples: tuple[str, ...]
    not_examples: tuple[str, ...]


class Match(NamedTuple):
    """A rule and the words ``tokens[first:last]`` of a stretch that it took."""

    rule: Rule
    pattern: str  # as written in the rule
    first: int
    last: int


class _Element(NamedTuple):
    stem: str
    ending: str  # "" for an exact word, else "ru.noun"
    capitals: int  # letters at the head that must be capitals: all of an abbreviation, one of a name


@dataclass(slots=True)
class _Node:
    children: dict[_Element, _Node] = field(default_factory=dict)
    rules: list[tuple[Rule, str]] = field(default_factory=list)


class Lexicon:
    """Rules compiled for matching.  DataError names the file and the key of a rule that cannot be read."""

    def __init__(self, rules: Sequence[Rule], source: str = "") -> None:
        self.rules = tuple(rules)
        self._root = _Node()
        self._stems: dict[str, set[_Element]] = {}
        self._known: dict[str, tuple[_Element, ...]] = {}
        for rule in rules:
            for pattern in rule.words:
                for lang in sorted(rule.langs) or [""]:
                    try:
                        self._add(rule, pattern, lang)
                    except KeyError as error:
                        raise DataError(
                            f"{source}: {rule.id}: {pattern!r}: no such ending or alphabet: {error}"
                        ) from None

    def find(self, stretch: Stretch) -> Iterator[Match]:
        """The longest matches from left to right, none inside another."""
        tokens = stretch.tokens
        first = 0
        while first < len(tokens):
            match = self.at(stretch, first) if self.known(tokens[first].text) else None
            if match:
                yield match
            first = match.last if match else first + 1

    def known(self, form: str) -> bool:
        """Whether a folded form is a word of any pattern."""
        return bool(self._elements(form))

    def at(self, stretch: Stretch, first: int) -> Match | None:
        """The longest match that starts at this word."""
        tokens, text = stretch.tokens, stretch.text
        nodes, best, at = [self._root], None, first
        while nodes and at < len(tokens):
            if at > first and not _GAP.match(text, tokens[at - 1].end, tokens[at].start):
                break
            reached = []
            for element in self._elements(tokens[at].text):
                start = tokens[at].start
                if element.capitals and not text[start : start + element.capitals].isupper():
                    continue
                reached += [child for node in nodes if (child := node.children.get(element))]
            nodes, at = reached, at + 1
            rules = [row for node in nodes for row in node.rules if _speaks(row[0], stretch.lang)]
            if rules:
                best = Match(*rules[0], first, at)
        return best

    def _elements(self, form: str) -> tuple[_Element, ...]:
        known = self._known.get(form)
        if known is None:
            if len(self._known) >= CACHE_WORDS:
                self._known.clear()
            found = sorted(self._look_up(form.translate(SAME)), key=_strictness)
            known = self._known[form] = tuple(found)
        return known

    def _look_up(self, form: str) -> Iterator[_Element]:
        for length in range(1, min(len(form), _LONGEST_STEM) + 1):
            for element in self._stems.get(form[:length], ()):
                rest = form[length:]
                if not rest or (element.ending and endings(element.ending).fullmatch(rest)):
                    yield element

    def _add(self, rule: Rule, pattern: str, lang: str) -> None:
        for words in _spellings(pattern, lang):
            node = self._root
            for element in words:
                self._stems.setdefault(element.stem, set()).add(element)
                for softened in _softened(element, lang):
                    self._stems.setdefault(softened, set()).add(element)
                node = node.children.setdefault(element, _Node())
            if (rule, pattern) not in node.rules:
                node.rules.append((rule, pattern))


@cache
def table(name: str) -> Mapping[str, Any]:
    """A file of ``analysis/data`` as read, once.  DataError for a table that is not known."""
    with (DATA / name).open("rb") as file:
        tables = tomllib.load(file)
    if unknown := sorted(set(tables) - _TABLES[name]):
        raise DataError(f"{name}: unknown table {', '.join(unknown)}")
    return tables


def load(name: str, values: Sequence[str], kinds: Sequence[str]) -> Lexicon:
    """The word list ``analysis/data/<name>``.  DataError for an unknown key, value or kind."""
    return Lexicon([_rule(row, name, values, kinds) for row in table(name)["rule"]], name)


def _rule(row: Mapping[str, Any], file: str, values: Sequence[str], kinds: Sequence[str]) -> Rule:
    name = row.get("id", "?")
    for wrong, what in (
        (sorted(set(row) - _KEYS), "unknown key"),
        ([k for k in ("id", "words", "examples") if not row.get(k)], "missing key"),
        ([v for v in [row.get("value", "")] if v and v not in values], "unknown value"),
        ([k for k in [row.get("kind", kinds[0])] if k not in kinds], "unknown kind"),
        (sorted(set(row.get("lang", [])) - set(table("endings.toml"))), "unknown language"),
    ):
        if wrong:
            raise DataError(f"{file}: rule {name}: {what} {', '.join(wrong)}")
    return Rule(
        id=name,
        value=row.get("value", ""),
        kind=row.get("kind", kinds[0]),
        langs=frozenset(row.get("lang", ())),
        anywhere=bool(row.get("anywhere", not row.get("lang"))),
        words=tuple(row["words"]),
        weight=float(row.get("weight", 1.0)),
        examples=tuple(row["examples"]),
        not_examples=tuple(row.get("not_examples", ())),
    )


def _speaks(rule: Rule, lang: str) -> bool:
    return rule.anywhere or not lang or lang in rule.langs


def _strictness(element: _Element) -> tuple[int, int, str]:
    """Capitals before small letters, then longer stems: the first of equal matches wins."""
    return -element.capitals, -len(element.stem), element.ending


def _spellings(pattern: str, lang: str) -> Iterator[list[_Element]]:
    yield _pattern(pattern, lang, "")
    for alphabet in table("endings.toml").get(lang, {}).get("twin", ()):
        yield _pattern(pattern, lang, alphabet)


def _pattern(pattern: str, lang: str, alphabet: str) -> list[_Element]:
    elements = []
    for token in tokenize(pattern):
        stem = token.text.translate(SAME)
        mark = pattern[token.end : token.end + 1]
        kind = {"*": "noun", "~": "adjective"}.get(mark, "")
        if alphabet:
            stem = transliterate(stem, alphabet).translate(SAME)
        own = lang or _language_of(stem)
        if kind and kind not in table("endings.toml")[own]:
            own = "ru"  # only Russian has adjectives that take endings
        ending = ".".join(filter(None, (own, kind, alphabet))) if kind else ""
        elements.append(_Element(stem, ending, _capitals(pattern, token, len(stem))))
    return elements


def _capitals(pattern: str, token: Token, length: int) -> int:
    surface = pattern[token.start : token.end]
    if len(surface) > 1 and surface.isupper():
        return length
    return int(surface[:1].isupper())


def _language_of(stem: str) -> str:
    """The endings of a rule of every language, by script: English for Latin letters, Russian for Cyrillic."""
    return "en" if stem.isascii() else "ru"


def _softened(element: _Element, lang: str) -> Iterator[str]:
    """Stems as they stand before some endings: бөлік-бөлігі, and журналист-журналистер that loses a т."""
    if element.ending and lang in _TURKIC and len(element.stem) > 2:
        if soft := _SOFTENED.get(element.stem[-1]):
            yield element.stem[:-1] + soft
        if element.stem.endswith(("ист", "ist")):
            yield element.stem[:-1]


@cache
def endings(name: str) -> re.Pattern[str]:
    """The pattern of an ending class: "ru.noun", "kk.noun.kk-Latn-2018".  KeyError for an unknown one."""
    lang, kind, *alphabet = name.split(".")
    slots = table("endings.toml")[lang][kind]
    written = [[(transliterate(e, alphabet[0]) if alphabet else e).translate(SAME) for e in s] for s in slots]
    return re.compile(
        "".join(f"(?:{'|'.join(sorted(map(re.escape, slot), key=len, reverse=True))})?" for slot in written)
    )
