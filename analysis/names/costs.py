"""What differences between two rows of sounds cost (``data/names/costs.toml``)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from analysis.errors import DataError
from analysis.names.sounds import CLASSES, VOWELS, sounds
from analysis.names.tables import load

_DATA = load("costs", ("default", "swap", "drop"))
_DEFAULT: dict[str, float] = _DATA["default"]
_DROP: dict[str, float] = _DATA["drop"]
_VOWELS = frozenset(VOWELS)
_ALL = "".join(CLASSES.values()) + VOWELS + "yj"


def _swaps() -> dict[str, float]:
    table = {}
    for a in _ALL:
        for b in _ALL:
            kinds = (a in _VOWELS) + (b in _VOWELS)
            table[a + b] = 0.0 if a == b else _DEFAULT[("consonant", "mixed", "vowel")[kinds]]
    for band in _DATA["swap"]:
        for pair in band["pairs"].split():
            if pair not in table or len(band) != 2:
                raise DataError(f"costs.toml: swap {pair!r} is no pair of sounds, or its band has unknown keys")
            table[pair] = table[pair[::-1]] = band["cost"]
    return table


SWAPS = _swaps()


class Sounds(NamedTuple):
    """A word as the alignment sees it: its sounds and, for each, what leaving it out costs."""

    text: str
    drops: tuple[float, ...]


@lru_cache(1 << 16)
def weighed(form: str) -> Sounds:
    """The sounds of a folded form with the cost of leaving out each of them where it stands."""
    text = sounds(form)
    padded = f" {text} "
    return Sounds(text, tuple(_drop(*padded[i : i + 3]) for i in range(len(text))))


def _drop(before: str, sound: str, after: str) -> float:
    if sound in "yj":
        if after == "e" or before in "iI" or (before in _VOWELS and after in _VOWELS):
            return _DROP["glide"]
        return _DROP["glide_after_consonant"] if after in _VOWELS and before not in _VOWELS else _DROP["glide_closing"]
    if sound in _VOWELS or sound == "w":
        if before in _VOWELS or after in _VOWELS or before in "wy" or after == "w":
            return _DROP["vowel_in_run"] if sound in "iIuUw" else _DROP["vowel_in_run_open"]
        return _DROP["vowel_high"] if sound in "iI" else _DROP["vowel_round"] if sound in "uUO" else _DROP["vowel"]
    if sound in "Hhx":
        if after == " " and before in _VOWELS:
            return _DROP["h_final"]
        return _DROP["h"] if sound == "H" and before != " " else _DROP["consonant"]
    return _DROP["consonant"]


def alignment_cost(a: Sounds, b: Sounds, limit: float) -> float:
    """The least cost of turning one row of sounds into the other; infinity as soon as it must exceed ``limit``."""
    swaps, other, drops = SWAPS, b.text, b.drops
    row = [0.0]
    for drop in drops:
        row.append(row[-1] + drop)
    for x, drop in zip(a.text, a.drops, strict=True):
        left = row[0] + drop
        new = [left]
        corner = row[0]
        for j, y in enumerate(other):
            above = row[j + 1]
            best = corner + swaps[x + y]
            if above + drop < best:
                best = above + drop
            if left + drops[j] < best:
                best = left + drops[j]
            new.append(best)
            left, corner = best, above
        if min(new) > limit:
            return float("inf")
        row = new
    return row[-1] + _initial(a.text, b.text)


def _initial(a: str, b: str) -> float:
    a, b = a[len(a) > 1 and a[0] == "y" :], b[len(b) > 1 and b[0] == "y" :]
    return min(SWAPS[a[0] + b[0]], 1.0) * _DEFAULT["initial"] if a and b else 0.0
