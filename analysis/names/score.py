"""The strict second stage."""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from analysis.names.keys import name_keys
from analysis.names.sounds import sounds

ACCEPT = 0.8


class Match(NamedTuple):
    """Why two spellings are the same name; ``score`` from ACCEPT to 1."""

    score: float
    reason: str


def score(a: str, b: str) -> float:
    """Similarity from 0 to 1 of two folded words in any scripts."""
    return float(Levenshtein.normalized_similarity(sounds(a), sounds(b)))


def same_name(a: str, b: str) -> Match | None:
    """Whether two folded words are spellings of one name, and why; None if not."""
    if a == b:
        return Match(1.0, "same spelling")
    if not set(name_keys(a)) & set(name_keys(b)):
        return None
    value = score(a, b)
    return Match(value, "spelling") if value >= ACCEPT else None
