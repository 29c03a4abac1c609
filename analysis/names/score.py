"""The strict second stage: are two words spellings of one name?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from analysis.names.costs import FAMILY_SWAPS, SWAPS, alignment_cost
from analysis.names.endings import Stem, bare_father, is_cyrillic, is_family, is_turkic, stems
from analysis.names.sounds import MAX_LETTERS, outlines, sounds
from analysis.names.variants import variant_group

ACCEPT = 0.87
_CASE_PENALTY = 0.02
_FATHER_PENALTY = 0.01
_VARIANT_SCORE = 0.93
_NEVER_MEET = {"russian", "turkic"}
_SHORT = 3  # Cyrillic letters of a name that Cyrillic spells in one way: Ким is neither киім nor кийим
_NOT_COUNTED = re.compile("[ьъ]|(?<=д)ж")
_HOPELESS = 0.5  # similarity below which the exact value is of no use


class Match(NamedTuple):
    """Why two spellings are the same name.

    ``score`` runs from ACCEPT to 1; ``reason`` is one of "same spelling", "script", "spelling", "case form",
    "gender", "patronymic", "variant", and of whole names "part of a name".
    """

    score: float
    reason: str


def same_name(a: str, b: str) -> Match | None:
    """Whether two folded words are spellings of one name, and why; None if not.  Symmetric."""
    return match_words(a, b)


def match_words(a: str, b: str, uzbek: tuple[bool, bool] = (False, False)) -> Match | None:
    """``same_name`` of two words of which the names around them may show Uzbek or Tajik spelling."""
    match = likeness(a, b, uzbek)
    return match if match.score >= ACCEPT else None


def likeness(a: str, b: str, uzbek: tuple[bool, bool] = (False, False)) -> Match:
    """The best comparison of two words, accepted or not."""
    return Match(1.0, "same spelling") if a == b else _best(a, b, uzbek)


def score(a: str, b: str) -> float:
    """Similarity from 0 to 1 of two folded words in any scripts, the best over the readings of their endings."""
    return likeness(a, b).score


def _best(a: str, b: str, uzbek: tuple[bool, bool]) -> Match:
    crossing = "script" if is_cyrillic(a) != is_cyrillic(b) else "spelling"
    best = Match(0.0, crossing)
    if max(len(a), len(b)) > MAX_LETTERS:
        return best
    for x in stems(a):
        for y in stems(b):
            if bool(x.father) != bool(y.father) or {x.group, y.group} == _NEVER_MEET:
                continue
            match = _compare(x, y, crossing, uzbek)
            if match.score > best.score:
                best = match
    return best


def _compare(a: Stem, b: Stem, crossing: str, uzbek: tuple[bool, bool]) -> Match:
    penalty = _CASE_PENALTY * (bool(a.kind) + bool(b.kind))
    alike = _similarity(a.text, b.text, uzbek)
    if a.father and is_turkic(a.father) != is_turkic(b.father):
        alike = max(alike, _similarity(bare_father(a.text), bare_father(b.text), uzbek))
    if a.father and is_turkic(a.father) == is_turkic(b.father):
        alike = max(alike, _similarity(a.text + a.father, b.text + b.father, uzbek))  # Айты-евич, Ajt-yevich
    alike -= penalty
    group = variant_group(a.text)
    if alike < _VARIANT_SCORE - penalty and group and group == variant_group(b.text):
        return Match(_VARIANT_SCORE - penalty, "variant")
    if a.father and is_turkic(a.father) != is_turkic(b.father):
        return Match(max(0.0, alike - _FATHER_PENALTY), "patronymic")
    return Match(max(0.0, alike), _kind(a, b) or crossing)


def _kind(a: Stem, b: Stem) -> str:
    if "case form" in (a.kind, b.kind):
        return "case form"
    return "" if a.kind == b.kind else "gender"


def _similarity(a: str, b: str, uzbek: tuple[bool, bool]) -> float:
    if len(a) != len(b) and is_cyrillic(a) and is_cyrillic(b) and _differ_in_length(a, b):
        return 0.0
    near = [(i, j) for i, x in enumerate(outlines(a)) for j, y in enumerate(outlines(b)) if not _far_apart(x, y)]
    if not near:
        return 0.0
    swaps = (FAMILY_SWAPS if is_family(a) or is_family(b) else SWAPS)[is_cyrillic(a), is_cyrillic(b)]
    return max(_alike(sounds(a, uzbek[0], i), sounds(b, uzbek[1], j), swaps) for i, j in near)


def _differ_in_length(a: str, b: str) -> bool:
    """Whether one of two Cyrillic words is short and the other is not as long; no sign counts, nor the ж of дж."""
    sizes = [len(_NOT_COUNTED.sub("", word)) for word in (a, b)]
    return sizes[0] != sizes[1] and min(sizes) <= _SHORT


def _alike(x: str, y: str, swaps: Mapping[str, float]) -> float:
    more = min(x.count("o") - y.count("o"), y.count("a") - x.count("a"))
    fewer = min(y.count("o") - x.count("o"), x.count("a") - y.count("a"))
    if more > 1:  # two o against two а are an Uzbek spelling against a Russian one
        x = x.replace("o", "0")
    if fewer > 1:
        y = y.replace("o", "0")
    size = (len(x) + len(y)) / 2 - 1  # short names must agree better
    if size <= 0:
        return float(x == y)
    return 1 - min(1.0, alignment_cost(x, y, swaps, size * _HOPELESS) / size)


def _far_apart(a: str, b: str) -> bool:
    """Whether a first look rules two words out: the alignment is dear, and most candidates are no match."""
    if "j" in a or "j" in b:
        return all(_too_far(x, y) for x in _read_j(a) for y in _read_j(b))
    return _too_far(a, b)


def _read_j(outline: str) -> tuple[str, ...]:
    """An outline with each Latin j a consonant (Hujayev), and with each a glide (Nasarbajew)."""
    return (outline.replace("j", "S"), outline.replace("j", "")) if "j" in outline else (outline,)


def _too_far(a: str, b: str) -> bool:
    most = 2 if min(len(a), len(b)) < 5 else 3
    return bool(Levenshtein.distance(a, b, score_cutoff=most) > most)
