"""What differences between two rows of sounds cost (``data/names/costs.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate

from analysis.errors import DataError
from analysis.names.sounds import CLASSES, VOWELS
from analysis.names.tables import load

_DATA = load(
    "costs",
    {
        "default": "vowel consonant mixed initial",
        "drop": "glide glide_before_o glide_after_i glide_after_consonant glide_closing w vowel vowel_high vowel_round "
        "vowel_in_run vowel_in_run_open vowel_before_open consonant stop_before_h h h_final",
        "latin": "*",
        "by_ear": "*",
        "cyrillic_latin": "*",
        "swap": "cost pairs",
    },
)
_DEFAULT: dict[str, float] = _DATA["default"]
_DROP: dict[str, float] = _DATA["drop"]
_VOWELS = frozenset(VOWELS)
_OPEN = frozenset("aAeEëoO0WuU")
_LIKE = 0.45  # up to this a difference weighs no more at the start of a name
_ALL = "".join(CLASSES.values()) + VOWELS + "yj"


def _swaps() -> dict[str, float]:
    table = {}
    for a in _ALL:
        for b in _ALL:
            kinds = (a in _VOWELS) + (b in _VOWELS)
            table[a + b] = 0.0 if a == b else _DEFAULT[("consonant", "mixed", "vowel")[kinds]]
    for band in _DATA["swap"]:
        for pair in band["pairs"].split():
            if pair not in table:
                raise DataError(f"costs.toml: swap {pair!r} is no pair of sounds")
            table[pair] = table[pair[::-1]] = band["cost"]
    return table


def _turned(costs: Mapping[str, float]) -> dict[str, float]:
    return {pair[::-1]: cost for pair, cost in costs.items()}


def _by_script(same: Mapping[str, float], latin: Mapping[str, float]) -> dict[tuple[bool, bool], Mapping[str, float]]:
    """(first is Cyrillic, second is Cyrillic) -> the costs of swaps between them."""
    crossing = {pair: min(cost, latin[pair]) for pair, cost in _DATA["cyrillic_latin"].items()}
    return {
        (True, True): same,
        (True, False): {**latin, **crossing},
        (False, True): {**latin, **_turned(crossing)},
        (False, False): latin,
    }


_SAME = _swaps()
_LATIN = _SAME | _DATA["latin"] | _turned(_DATA["latin"])
_BY_EAR = _LATIN | _DATA["by_ear"] | _turned(_DATA["by_ear"])
FAMILY_SWAPS, SWAPS = _by_script(_SAME, _LATIN), _by_script(_SAME, _BY_EAR)


class _Drops(dict[str, float]):
    """Three sounds (a space for an edge) -> what leaving out the middle one costs."""

    def __missing__(self, window: str) -> float:
        cost = self[window] = _drop(*window)
        return cost


_DROPS = _Drops()


def _drop(before: str, sound: str, after: str) -> float:
    if sound in "yj":
        if before in "iI" and after == "ë":
            return _DROP["glide_before_o"]
        if after in "eë" or (before in "iI" and after not in _OPEN) or (before in _OPEN and after in _OPEN):
            return _DROP["glide"]
        if before in "iI":
            return _DROP["glide_after_i"]
        return _DROP["glide_after_consonant"] if after in _VOWELS and before not in _VOWELS else _DROP["glide_closing"]
    if sound == "w":
        return _DROP["w"] if before in "uUI" or after in "uUI" else _DROP["vowel"]
    if sound in _VOWELS:
        return _drop_vowel(before, sound, after)
    if sound in "Hhx":
        if after == " " and before in _VOWELS:
            return _DROP["h_final"]
        return _DROP["h"] if sound == "H" and before != " " else _DROP["consonant"]
    return _DROP["stop_before_h" if sound in "kq" and after in "Hhx" else "consonant"]


def _drop_vowel(before: str, sound: str, after: str) -> float:
    if sound in "iI" and after in _OPEN and before not in _VOWELS:
        return _DROP["vowel_before_open"]
    if before in _VOWELS or after in _VOWELS or before in "wy" or after == "w":
        if after == " " and sound in _OPEN:
            return _DROP["vowel"]
        return _DROP["vowel_in_run"] if sound in "iIÏuU" else _DROP["vowel_in_run_open"]
    return _DROP["vowel_high"] if sound in "iIÏ" else _DROP["vowel_round"] if sound in "uUO" else _DROP["vowel"]


def alignment_cost(a: str, b: str, swaps: Mapping[str, float], limit: float) -> float:
    """The least cost of turning one row of sounds into the other; infinity as soon as it must exceed ``limit``.

    Needleman and Wunsch (1970) with costs by pair of sounds; what it costs to leave a sound out depends on its
    neighbours: a glide between vowels is free to go.  Equal sounds at both ends are taken as aligned.
    """
    if a == b:
        return 0.0
    start, end = 0, 0
    least = min(len(a), len(b))
    while start < least and a[start] == b[start]:
        start += 1
    while end < least - start and a[-1 - end] == b[-1 - end]:
        end += 1
    drops_a, drops_b = _drops(a, start, end), _drops(b, start, end)
    middle_b = b[start : len(b) - end]
    row = [0.0, *accumulate(drops_b)]
    for x, drop in zip(a[start : len(a) - end], drops_a, strict=True):
        corner, left = row[0], row[0] + drop
        new = [left]
        for y, above, drop_y in zip(middle_b, row[1:], drops_b, strict=True):
            left = min(corner + swaps[x + y], above + drop, left + drop_y)
            new.append(left)
            corner = above
        if min(new) > limit:
            return float("inf")
        row = new
    cost = row[-1] + (0.0 if start else _initial(a, b, swaps))
    return cost if cost <= limit else float("inf")


def _drops(text: str, start: int, end: int) -> list[float]:
    padded = f" {text} "
    return [_DROPS[padded[i : i + 3]] for i in range(start, len(text) - end)]


def _initial(a: str, b: str, swaps: Mapping[str, float]) -> float:
    """What a difference at the start of a name costs beside itself; none for Ержан, Yerzhan, Jerschan."""
    if not a or not b:
        return 0.0
    bare_a, bare_b = (text[len(text) > 1 and (text[0] == "y" or text[:2] == "je") :] for text in (a, b))
    cost = min(swaps[a[0] + b[0]], swaps[bare_a[0] + bare_b[0]], 1.0)
    return cost * _DEFAULT["initial"] if cost > _LIKE else 0.0
