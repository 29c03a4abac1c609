"""Letters become sounds: one alphabet for Cyrillic and Latin spellings (``data/names/letters.toml``)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from analysis.names.tables import load

_TABLES = load(
    "letters",
    {
        "cyrillic": "*",
        "latin": "*",
        "evidence": "Cyrl not_Cyrl Latn not_Latn kazakh_2018 german",
        "long_a": "sounds coarse examples not_examples",
        "system": "name evidence keys letters examples",
        "classes": "*",
        "outline": "*",
        "rewrite": "needs from to examples",
    },
)
CLASSES: Mapping[str, str] = _TABLES["classes"]
VOWELS = "aAeæEëoO0WuUiIÏ"
MAX_LETTERS = 40

_LATIN: dict[str, str] = _TABLES["latin"]


class _Letters(dict[int, str]):
    """Code point -> sounds, for ``str.translate``; letters of no table are read by their base letter."""

    def __missing__(self, code: int) -> str:
        base = unicodedata.normalize("NFD", chr(code))[0]
        sound = self[code] = self.get(ord(base), "") if ord(base) != code else ""
        return sound


class Orthography:
    """Letters and groups of letters with the sounds they write; the longest group wins."""

    def __init__(self, letters: Mapping[str, str]) -> None:
        groups = sorted((g for g in letters if len(g) > 1), key=lambda g: (g[0], -len(g)))
        rests = {first: "|".join(re.escape(g[1:]) for g in found) for first, found in groupby(groups, itemgetter(0))}
        self._groups = re.compile("|".join(f"{re.escape(first)}(?:{rest})" for first, rest in rests.items()))
        self._hold = {group: chr(0xE000 + i) for i, group in enumerate(groups)}
        self._letters = _Letters({ord(self._hold.get(k, k)): v for k, v in letters.items()})

    def spell(self, form: str) -> str:
        """The sounds of a folded form, letter by letter, without a look at their surroundings."""
        return self._groups.sub(self._held, form).translate(self._letters)

    def _held(self, match: re.Match[str]) -> str:
        return self._hold[match.group()]


_CYRILLIC_TABLE, _LATIN_TABLE = Orthography(_TABLES["cyrillic"]), Orthography(_LATIN)
_CYRILLIC = re.compile("[\u0400-\u052f]+").fullmatch
_KAZAKH_2018 = re.compile(_TABLES["evidence"]["kazakh_2018"])


def spell(form: str) -> str:
    """The sounds of a folded form by the table of its script."""
    if "ý" in form and _KAZAKH_2018.search(form):
        form = form.replace("ý", "u")
    table = _CYRILLIC_TABLE if "\u0400" <= form[:1] <= "\u052f" else _LATIN_TABLE
    return table.spell(form.replace("·", ""))


class System(NamedTuple):
    """The spelling of a language that reads some letters its own way (sz is ш in Polish, с in Hungarian)."""

    evidence: re.Pattern[str]
    orthography: Orthography


class _Systems:
    """Systems of spelling, each for the folded Latin forms that show its evidence."""

    def __init__(self, rules: list[Mapping[str, Any]]) -> None:
        self._systems = [System(re.compile(r["evidence"]), Orthography(_LATIN | r["letters"])) for r in rules]
        self._any = re.compile("|".join(f"(?:{r['evidence']})" for r in rules))

    def spellings(self, form: str) -> tuple[str, ...]:
        """``spell`` of a folded form, and its sounds by each system that it shows."""
        if _CYRILLIC(form):  # all evidence is of Latin letters
            return (_CYRILLIC_TABLE.spell(form),)
        if not self._any.search(form):
            return (spell(form),)
        return (spell(form), *(s.orthography.spell(form) for s in self._systems if s.evidence.search(form)))


spellings = lru_cache(1 << 16)(_Systems(_TABLES["system"]).spellings)
spellings_for_keys = _Systems([rule for rule in _TABLES["system"] if rule["keys"]]).spellings


_GLIDE_BEFORE = re.compile(rf"(?<=[{VOWELS}])i(?=i)|I(?=[{VOWELS}])|^i(?=[{VOWELS}])")
_CONSONANTAL_U = re.compile(rf"(?<=[{VOWELS}])u|u(?=[aAeoO0])")
_GLIDE_AFTER = re.compile(rf"(?<=[aAeoO0WuU])[Ii](?![{VOWELS}])|(?<=i)j$")
_FREE_GLIDE = re.compile("(?<=e)(?:[yi](?=e)|j(?=ev))")
_GERMAN_GLIDE = re.compile("(?<=e)je(?=va?$)")  # Okejew
_VOICED_S = re.compile(rf"(?<=[{VOWELS}])s(?=[{VOWELS}bdgGmnlrvw])")  # German: Rosa, Nasarbajew
_DOUBLED = re.compile(r"([^M])\1+|[kq](?=[kq])|[gG](?=[gG])|[hHx](?=[hHx])|[nN](?=[nN])")
_EVIDENCE = {key: re.compile(pattern) for key, pattern in _TABLES["evidence"].items()}
_OUTLINE = str.maketrans({sound: to for to, members in _TABLES["outline"].items() for sound in members})
_LONG_A = re.compile(_TABLES["long_a"]["sounds"])
_COARSE = str.maketrans(*_TABLES["long_a"]["coarse"])
_REWRITES = [(rule["needs"], re.compile(rule["from"]), rule["to"]) for rule in _TABLES["rewrite"]]


@lru_cache(1 << 16)
def outlines(form: str) -> tuple[str, ...]:
    """A folded form by each system of spelling that it shows, sounds that spellings mix up made one.

    Two spellings of a name differ little in them: a first look before the dear ``sounds``.
    """
    return tuple(spelling.translate(_OUTLINE) for spelling in spellings(form))


@lru_cache(1 << 16)
def sounds(form: str, uzbek: bool = False, system: int = 0) -> str:
    """The sounds of a folded form as the score compares them, by one of the systems of its ``outlines``.

    Glides are found, clusters assimilated, doubles single.  ``uzbek``: the words beside it show that its о may be what
    Russian writes а, even if its own letters do not.
    """
    return _heard(form, spellings(form)[system], uzbek) if form else ""


def _heard(form: str, found: str, uzbek: bool) -> str:
    script = "Cyrl" if "\u0400" <= form[0] <= "\u052f" else "Latn"
    if "o" in found and (uzbek or shows_uzbek(form) or _LONG_A.search(found.translate(_COARSE))):
        found = found.replace("o", "0")
    found = _CONSONANTAL_U.sub("w", _GLIDE_BEFORE.sub("y", found))
    found = _FREE_GLIDE.sub("", _GLIDE_AFTER.sub("y", found))
    if script == "Latn":
        found = _german(found) if _EVIDENCE["german"].search(form) else _VOICED_S.sub("ß", found)
    for needs, pattern, to in _REWRITES:
        if needs in found:
            found = pattern.sub(to, found)
    return _DOUBLED.sub(r"\1", found)


def shows_uzbek(form: str) -> bool:
    """Whether the letters of a folded form show Uzbek or Tajik spelling, where о stands for what Russian writes а."""
    script = "Cyrl" if "\u0400" <= form[:1] <= "\u052f" else "Latn"
    return bool(_EVIDENCE[script].search(form)) and not _EVIDENCE[f"not_{script}"].search(form)


def may_be_uzbek(form: str) -> bool:
    """Whether a folded form shows Uzbek or Tajik spelling by its letters, or by a root that has о there for а."""
    return shows_uzbek(form) or "0" in sounds(form)


def shows_turkic(form: str) -> bool:
    """Whether a folded form has a letter of Kazakh, Kyrgyz or Turkmen that neither Russian nor English has."""
    return bool(_EVIDENCE["not_Cyrl" if "\u0400" <= form[:1] <= "\u052f" else "not_Latn"].search(form))


def shows_abroad(form: str) -> bool:
    """Whether a folded form shows the spelling of a language abroad that writes names by ear (German, French)."""
    return len(spellings(form)) > 1 or (form[:1] < "\u0400" and bool(_EVIDENCE["german"].search(form)))


def _german(found: str) -> str:
    return _GERMAN_GLIDE.sub("", found).replace("dS", "J").replace("s", "ß").replace("S", "Y")
