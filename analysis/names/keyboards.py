"""A word typed on the wrong keyboard layout: ``ghjrehjh`` for ``прокурор`` (``data/names/keyboards.toml``)."""

from __future__ import annotations

from analysis.errors import DataError
from analysis.names.tables import load

_DATA = load("keyboards", {"layouts": "en ru", "digits": "en kk"})


def _table(source: str, target: str) -> dict[int, str]:
    if len(source) != len(target):
        raise DataError(f"keyboards.toml: {source!r} and {target!r} must have as many keys as each other")
    return dict(zip(map(ord, source), target, strict=True))


_LETTERS = _table(_DATA["layouts"]["en"], _DATA["layouts"]["ru"])
_DIGITS = _table(_DATA["digits"]["en"], _DATA["digits"]["kk"])
_TO_CYRILLIC = (_LETTERS, _LETTERS | _DIGITS)
_TO_LATIN = _table(_DATA["layouts"]["ru"], _DATA["layouts"]["en"]) | {
    ord(c): d for c, d in zip(_DATA["digits"]["kk"], _DATA["digits"]["en"], strict=True) if c.isalpha()
}


def keyboard_variants(query: str) -> list[str]:
    """What a query would be on the other layout, for a suggestion only; never the query itself, no repeats.

    Latin letters are read on the Russian layout and on the Kazakh one (digits are letters there), Cyrillic letters on
    the English one.  A number stays; a reading with a word not of letters is none.
    """
    words = query.lower().split()
    found: list[str] = []
    for table in (*_TO_CYRILLIC, _TO_LATIN):
        readings = [_reading(word, table) for word in words]
        reading = " ".join(r for r in readings if r)
        if all(readings) and readings != words and reading not in found:
            found.append(reading)
    return found


def _reading(word: str, table: dict[int, str]) -> str:
    """The word on the other layout, "" if some key of it has none; a number stays a number."""
    if word.isdecimal():
        return word
    other = word.translate(table)
    return other if all(ord(c) in table for c in word) and other.isalpha() else ""
