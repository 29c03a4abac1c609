"""A name in the query becomes the spellings of that name in the index: keys propose, a strict score accepts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from analysis import names
from analysis.tokens import tokenize
from search.collect import Collector
from search.parse import MAX_VARIANTS

MAX_CANDIDATES = 2_000
"""Candidates scored for one word; the rest, rarer keys last, is left out."""


class Variants:
    """Spellings of a name among the words of one snapshot.  Thread-safe; keeps the last few hundred answers."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self.of = lru_cache(maxsize=512)(self._find)

    def _find(self, form: str) -> Sequence[tuple[str, float]]:
        """(another spelling, weight 0..1) for a folded form, best first, then the more common.

        A rare spelling must not outweigh the common one because it is rare: each weighs as much as all together would.
        """
        found = []
        for other in self._collector.candidates(names.name_keys(form))[:MAX_CANDIDATES]:
            if other != form and (match := names.same_name(form, other)) is not None:
                found.append((other, match.score))
        counts = {other: self._collector.doc_frequency("body", other) for other, _ in found}
        found.sort(key=lambda v: (-v[1], -counts[v[0]], v[0]))
        found = found[:MAX_VARIANTS]
        together = self._idf(sum(counts[other] for other, _ in found))
        return tuple((other, likeness * together / self._idf(counts[other])) for other, likeness in found)

    def _idf(self, documents: int) -> float:
        """Whoosh's: log(N / (df + 1)) + 1, here never below a tenth."""
        return max(math.log(max(self._collector.count, 1) / (documents + 1)) + 1, 0.1)

    def wanted(self, query: str) -> set[str]:
        """The folded forms of a query that are searched as names; empty if it has none."""
        words = query.split()
        if 1 <= len(words) <= 3 and names.looks_like_name(query):
            return {form for part in names.name_parts(query) for form in _forms(part)}
        return {form for word in words[1:] if names.looks_like_name(word) for form in _forms(word)}


def _forms(part: str) -> list[str]:
    return [t.text for t in tokenize(part)]
