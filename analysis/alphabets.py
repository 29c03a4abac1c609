"""One word list, several alphabets: stems and endings written once are matched in their twin alphabets too.

Kazakh in the Latin alphabets of 2018 and 2021, Uzbek in Cyrillic (law-and-names §4.2, §6.2, §6.4).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "alphabets.toml"


def transliterate(word: str, alphabet: str) -> str:
    """A lower-case word in a twin alphabet, longest spelling first.  KeyError for an unknown alphabet."""
    letters = _tables()[alphabet]
    out: list[str] = []
    i = 0
    while i < len(word):
        step = 2 if word[i : i + 2] in letters else 1
        letter = word[i : i + step]
        first_e = alphabet == "uz-Cyrl" and letter == "e" and i == 0
        out.append("э" if first_e else letters.get(letter, letter))
        i += step
    return "".join(out)


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8")).items()
    return {name: dict(zip(row["from"].split(), row["to"].split(), strict=True)) for name, row in rows}
