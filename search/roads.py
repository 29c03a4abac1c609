"""Counting facet values over many documents: by their distinct sets of values, or by bitmaps.

Values in many documents and the others go apart.  By sets: every document has a number for its set of values; the
numbers are counted, then each value sums the counts of its sets.  By bitmaps: AND and popcount for the values in many
documents; for the others the mask of the selection is summed over their lists of documents.  Values with just the same
documents are counted once.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from indexer.codec.arrays import Array, runs, spread
from search.view import View

RARE = 64  # values in fewer than 1/64 of the documents have no bitmap
FEW = 64  # values; a facet with no more has bitmaps for all
SHORT = 16  # runs of fewer numbers are summed by their running total
_CODE, _SET = 2.2, 1.5  # ns: counting the set of a document; a value of a distinct set
_WORD, _MASKED = 0.8, 1.1  # ns: 64 documents of a bitmap; a document of a rare value
_CALLS, _PACKED = 4_000, 4_000  # ns: what is spent anyway; packing of the mask, which facets share

Lists = tuple[Array, Array]
"""Where each list begins (one longer than there are lists), and the lists one after another."""


class Selection:
    """A set of documents; its three forms are made when they are needed."""

    def __init__(self, view: View, docs: Array | None, mask: Array | None, count: int | None = None) -> None:
        self._view, self._docs, self._mask = view, docs, mask
        self._bits: Array | None = None
        if count is None:
            count = len(docs) if docs is not None else int(np.count_nonzero(self.mask))
        self.count = count

    @property
    def listed(self) -> bool:
        """Whether the document numbers are at hand; finding them in a mask costs more than they save."""
        return self._docs is not None

    @property
    def docs(self) -> Array:
        """Rising document numbers (intp)."""
        if self._docs is None:
            self._docs = np.flatnonzero(self._mask)  # type: ignore[arg-type]
        return self._docs

    @property
    def mask(self) -> Array:
        """bool[size]."""
        if self._mask is None:
            self._mask = np.zeros(self._view.size, bool)
            self._mask[self._docs] = True
        return self._mask

    @property
    def bits(self) -> Array:
        """Packed mask, uint64, padded with zeros."""
        if self._bits is None:
            self._bits = packed(self.mask)
        return self._bits


def packed(mask: Array) -> Array:
    """A bool array as uint64 words, three times as many as are needed for a third of it."""
    out = np.zeros(_thirds(len(mask)) * 24, np.uint8)
    out[: (len(mask) + 7) // 8] = np.packbits(mask, bitorder="little")
    return out.view(np.uint64)


def _thirds(size: int) -> int:
    """Words of a third of so many bits."""
    return (size + 191) // 192


def _sums(values: Array, first: Array) -> Array:
    """Sums of runs of values, of which there are many short ones; ``first``: where each begins, and the end."""
    until = np.zeros(len(values) + 1, np.int32)
    values.cumsum(out=until[1:])
    at: Array = until.take(first)
    return at[1:] - at[:-1]


class Roads:
    """One facet, ready to be counted over many documents.  ``parts``: each counts its values by sets or by itself."""

    def __init__(self, size: int, values: Lists, docs: Lists) -> None:
        """``values``: the values of every document; ``docs``: the documents of every value."""
        sizes = np.diff(docs[0])
        self._count = len(sizes)
        self._like = _alike(docs)
        counted = (sizes > 0) & (self._like == np.arange(len(sizes)))
        many = counted if len(sizes) <= FEW else sizes * RARE > size
        common, rare = np.flatnonzero(counted & many), np.flatnonzero(counted & ~many)
        self.parts: list[_Bitmaps | _Lists] = []
        if len(common):
            self.parts.append(_Bitmaps(size, values, docs, common))
        if len(rare):
            self.parts.append(_Lists(values, docs, rare))

    def cost(self, count: int) -> float:
        """Nanoseconds that counting so many documents takes, about."""
        return sum(min(p.cost, p.sets.cost(count)) for p in self.parts)

    def count(self, chosen: Selection) -> Array:
        """Documents of the selection a value."""
        numbers = np.zeros(self._count, np.int64)
        for part in self.parts:
            listed = chosen.listed and part.sets.cost(chosen.count) < part.cost
            numbers[part.sets.values] = part.sets.count(chosen.docs) if listed else part.count(chosen)
        return numbers.take(self._like)


def _alike(docs: Lists) -> Array:
    """For every value the first one that has just its documents: a statute cited by one article is counted with it."""
    first: dict[bytes, int] = {}
    cuts = docs[0].tolist()
    return np.array([first.setdefault(docs[1][a:b].tobytes(), i) for i, (a, b) in enumerate(pairwise(cuts))], np.intp)


class _Bitmaps:
    """Values in many documents, a bitmap each."""

    def __init__(self, size: int, values: Lists, docs: Lists, common: Array) -> None:
        self.sets = _Sets(values, common)
        self._third = _thirds(size)
        self._bitmaps = np.zeros((len(common), 3 * self._third), np.uint64)
        for row, value in enumerate(common.tolist()):
            mask = np.zeros(size, bool)
            mask[docs[1][docs[0][value] : docs[0][value + 1]]] = True
            self._bitmaps[row] = packed(mask)
        self.cost = self._bitmaps.size * _WORD + _PACKED

    def count(self, chosen: Selection) -> Array:
        """Documents of the selection a value."""
        words, third = np.bitwise_count(self._bitmaps & chosen.bits), self._third
        three = words[:, :third] + words[:, third : 2 * third]  # at most 192: a byte holds it
        three += words[:, 2 * third :]
        counts: Array = three.sum(1, dtype=np.uint32)
        return counts


class _Lists:
    """Values in few documents, their documents one after another."""

    def __init__(self, values: Lists, docs: Lists, rare: Array) -> None:
        self.sets = _Sets(values, rare)
        sizes = np.diff(docs[0])[rare]
        self._docs = docs[1][spread(docs[0][rare], sizes)].astype(np.intp)
        self._first = runs(sizes)
        self.cost = len(self._docs) * _MASKED + _CALLS

    def count(self, chosen: Selection) -> Array:
        """Documents of the selection a value."""
        return _sums(chosen.mask.view(np.uint8).take(self._docs), self._first)


class _Sets:
    """The distinct sets of some values, each with a number."""

    def __init__(self, lists: Lists, values: Array) -> None:
        first, column = lists
        self.values = values
        place = np.full(int(max(column.max(initial=0), values.max())) + 1, -1, np.int64)
        place[values] = np.arange(len(values))
        mine = place[column]
        kept = mine >= 0
        first, mine = runs(kept)[first], mine[kept]
        number, examples = _numbered(first, mine)
        self._number = number.astype(np.min_scalar_type(len(examples)))
        self._sets = len(examples)
        sizes = (first[1:] - first[:-1])[examples]
        inside = mine[spread(first[examples], sizes)]
        order = np.argsort(inside, kind="stable")
        self._members = np.repeat(np.arange(len(examples)), sizes)[order]
        self._first = runs(np.bincount(inside, minlength=len(values)))
        self._pairs = len(inside)

    def cost(self, count: int) -> float:
        """Nanoseconds that counting so many documents takes, about."""
        return self._pairs * _SET + count * _CODE + _CALLS

    def count(self, docs: Array) -> Array:
        """Documents a value, int64."""
        sets = np.bincount(self._number.take(docs), minlength=self._sets)
        inside = sets.take(self._members)
        if self._pairs < SHORT * len(self.values):
            return _sums(inside, self._first)
        numbers: Array = np.add.reduceat(inside, self._first[:-1])
        return numbers


def _numbered(first: Array, column: Array) -> tuple[Array, Array]:
    """For every list the number of its set, and for every set a list that has it.

    Lists are told apart by sums of random numbers, one a value; that no two sets have one sum is checked.
    """
    sizes = np.diff(first)
    drawn = np.random.default_rng(len(column)).integers(0, 1 << 63, int(column.max(initial=0)) + 1, np.uint64)
    sums = np.zeros(len(column) + 1, np.uint64)
    np.cumsum(drawn[column], out=sums[1:])
    _, examples, number = np.unique(sums[first[1:]] - sums[first[:-1]], return_index=True, return_inverse=True)
    same = examples[number]
    if not (np.array_equal(sizes[same], sizes) and np.array_equal(column[spread(first[:-1][same], sizes)], column)):
        return np.arange(len(sizes)), np.arange(len(sizes))
    return number, examples
