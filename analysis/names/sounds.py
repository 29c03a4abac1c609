"""Letters become sounds: one alphabet for Cyrillic and Latin spellings (``data/names/letters.toml``)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from analysis.names.tables import load

_TABLES = load(
    "letters",
    {
        "cyrillic": "*",
        "latin": "*",
        "evidence": "Cyrl not_Cyrl Latn not_Latn kazakh_2018 german",
        "classes": "*",
        "outline": "*",
        "rewrite": "needs from to examples",
    },
)
CLASSES: Mapping[str, str] = _TABLES["classes"]
VOWELS = "aAeæoO0WuUiIÏ"
MAX_LETTERS = 40

_CYRILLIC: dict[str, str] = _TABLES["cyrillic"]
_LATIN: dict[str, str] = _TABLES["latin"]


def _longest_first(table: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted((re.escape(k) for k in table if len(k) > 1), key=len, reverse=True)))


_CYRILLIC_GROUPS, _LATIN_GROUPS = _longest_first(_CYRILLIC), _longest_first(_LATIN)
_HOLD = {group: chr(0xE000 + i) for i, group in enumerate(g for t in (_CYRILLIC, _LATIN) for g in t if len(g) > 1)}


class _Letters(dict[int, str]):
    """Code point -> sounds, for ``str.translate``; letters of neither table are read by their base letter."""

    def __missing__(self, code: int) -> str:
        base = unicodedata.normalize("NFD", chr(code))[0]
        sound = self[code] = self.get(ord(base), "") if ord(base) != code else ""
        return sound


_LETTERS = _Letters({ord(_HOLD.get(k, k)): v for table in (_CYRILLIC, _LATIN) for k, v in table.items()})


_KAZAKH_2018 = re.compile(_TABLES["evidence"]["kazakh_2018"])


def _held(match: re.Match[str]) -> str:
    return _HOLD[match.group()]


def spell(form: str) -> str:
    """The sounds of a folded form, letter by letter, without a look at their surroundings."""
    groups = _CYRILLIC_GROUPS if "\u0400" <= form[:1] <= "\u052f" else _LATIN_GROUPS
    if "ý" in form and _KAZAKH_2018.search(form):
        form = form.replace("ý", "u")
    return groups.sub(_held, form.replace("·", "")).translate(_LETTERS)


_GLIDE_BEFORE = re.compile(rf"(?<=[{VOWELS}])i(?=i)|I(?=[{VOWELS}])|^i(?=[{VOWELS}])")
_CONSONANTAL_U = re.compile(rf"(?<=[{VOWELS}])u|u(?=[aAeoO0])")
_GLIDE_AFTER = re.compile(rf"(?<=[aAeoO0WuU])[Iij](?![{VOWELS}])|(?<=i)j$")
_FREE_GLIDE = re.compile("(?<=e)y(?=e)")
_VOICED_S = re.compile(rf"(?<=[{VOWELS}])s(?=[{VOWELS}bdgGmnlrvw])")  # German: Rosa, Nasarbajew
_DOUBLED = re.compile(r"([^M])\1+|[kq](?=[kq])|[gG](?=[gG])")
_EVIDENCE = {key: re.compile(pattern) for key, pattern in _TABLES["evidence"].items()}
_OUTLINE = str.maketrans({sound: to for to, members in _TABLES["outline"].items() for sound in members})
_REWRITES = [(rule["needs"], re.compile(rule["from"]), rule["to"]) for rule in _TABLES["rewrite"]]


@lru_cache(1 << 16)
def sounds(form: str, uzbek: bool = False) -> str:
    """The sounds of a folded form as the score compares them: glides found, clusters assimilated, doubles single.

    ``uzbek``: the words beside it show that its о may be what Russian writes а, even if its own letters do not.
    """
    if not form:
        return ""
    script = "Cyrl" if "\u0400" <= form[0] <= "\u052f" else "Latn"
    found = _CONSONANTAL_U.sub("w", _GLIDE_BEFORE.sub("y", spell(form)))
    found = _FREE_GLIDE.sub("", _GLIDE_AFTER.sub("y", found))
    if script == "Latn":
        found = _german(found) if _EVIDENCE["german"].search(form) else _VOICED_S.sub("ß", found)
    if uzbek or shows_uzbek(form):
        found = found.replace("o", "0")
    for needs, pattern, to in _REWRITES:
        if needs in found:
            found = pattern.sub(to, found)
    return _DOUBLED.sub(r"\1", found)


@lru_cache(1 << 16)
def outline(form: str) -> str:
    """A folded form with sounds that spellings mix up made one: what two spellings of a name differ little in."""
    return spell(form).translate(_OUTLINE)


def shows_uzbek(form: str) -> bool:
    """Whether the letters of a folded form show Uzbek or Tajik spelling, where о stands for what Russian writes а."""
    script = "Cyrl" if "\u0400" <= form[:1] <= "\u052f" else "Latn"
    return bool(_EVIDENCE[script].search(form)) and not _EVIDENCE[f"not_{script}"].search(form)


def _german(found: str) -> str:
    return found.replace("dS", "J").replace("s", "ß").replace("S", "Y")
