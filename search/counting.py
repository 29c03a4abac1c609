"""Exact counts of facet values over a set of documents.

Small sets: the values of each document are gathered and counted.  Large sets: AND and popcount of bitmaps for values
in many documents; for the others the set's mask is summed over their lists of documents.  The cheaper way is chosen by
its estimated cost; both count live documents only because the sets do.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer.codec.arrays import Array, runs, spread
from search.view import View

RARE = 64  # values in fewer than 1/64 of the documents have no bitmap
_PAIR, _WORD, _MASKED = 5.0, 1.3, 1.5  # ns: a gathered pair; 64 documents of a bitmap; a document of a rare value


class Counts:
    """Counts of one facet: ``names`` are all its values, sorted; ``numbers`` (int64) runs parallel."""

    __slots__ = ("_places", "names", "numbers")

    def __init__(self, names: Sequence[str], numbers: Array, places: dict[str, int]) -> None:
        self.names, self.numbers, self._places = names, numbers, places

    def __getitem__(self, value: str) -> int:
        at = self._places.get(value)
        return 0 if at is None else int(self.numbers[at])

    def items(self) -> list[tuple[str, int]]:
        """(value, count) of the values with documents, in order of value."""
        some = self.numbers.nonzero()[0]
        return list(zip(map(self.names.__getitem__, some.tolist()), self.numbers[some].tolist(), strict=True))

    def top(self, limit: int) -> list[tuple[str, int]]:
        """The ``limit`` values with most documents, by falling count, then value."""
        some = np.flatnonzero(self.numbers)
        order = some[np.argsort(-self.numbers[some], kind="stable")[:limit]]
        names = self.names
        return [(names[i], n) for i, n in zip(order.tolist(), self.numbers[order].tolist(), strict=True)]


class Selection:
    """A set of documents; its three forms are made when they are needed."""

    def __init__(self, view: View, docs: Array | None, mask: Array | None, count: int | None = None) -> None:
        self._view, self._docs, self._mask = view, docs, mask
        self._bits: Array | None = None
        if count is None:
            count = len(docs) if docs is not None else int(np.count_nonzero(self.mask))
        self.count = count

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
    """A bool array (or rows of them) as uint64 words."""
    bits = np.packbits(mask, axis=-1, bitorder="little")
    short = -bits.shape[-1] % 8
    if short:
        bits = np.pad(bits, [(0, 0)] * (bits.ndim - 1) + [(0, short)])
    return bits.view(np.uint64)


class _Large(NamedTuple):
    """What counting over large sets needs."""

    common: Array  # values with a bitmap
    bitmaps: Array  # uint64[values, words]
    rare: Array  # values without
    docs: Array  # their documents, one value after another
    at: Array  # where each begins


class Facet:
    """One facet over all segments: values, the column document -> values, the lists value -> documents."""

    def __init__(self, view: View, name: str) -> None:
        self._view = view
        readers = [s.fields[name] for s in view.segments]
        vocabularies = [r.terms.between(0, len(r.terms)) for r in readers]
        terms = vocabularies[0] if len(readers) == 1 else sorted(set().union(*vocabularies))
        self.names = tuple(t.decode("utf-8", "surrogatepass") for t in terms)
        self.places = {n: i for i, n in enumerate(self.names)}
        self.column: Array
        if len(readers) == 1:
            reader = readers[0]
            assert reader.column is not None
            assert reader.column_first is not None
            self.column, self.column_first = reader.column, reader.column_first
            self._docs, self._first = reader.docs, reader.first
        else:
            number = {t: i for i, t in enumerate(terms)}
            dtype = np.uint8 if len(terms) <= 1 << 8 else np.uint16 if len(terms) <= 1 << 16 else np.uint32
            columns, sizes, docs, counts = [np.empty(0, dtype)], [np.empty(0, np.int64)], [], []
            for reader, base, vocabulary in zip(readers, view.bases, vocabularies, strict=True):
                assert reader.column is not None
                assert reader.column_first is not None
                to = np.array([number[t] for t in vocabulary], dtype)
                columns.append(to[reader.column])
                sizes.append(np.diff(reader.column_first))
                docs.append(reader.docs.astype(np.uint32) + np.uint32(base))
                count = np.zeros(len(terms), np.int64)
                count[to] = np.diff(reader.first)
                counts.append(count)
            self.column, self.column_first = np.concatenate(columns), runs(np.concatenate(sizes))
            self._first = runs(np.sum([np.zeros(len(terms), np.int64), *counts], axis=0))
            self._docs = np.empty(int(self._first[-1]), np.uint32)
            at = self._first[:-1].copy()
            for part, count in zip(docs, counts, strict=True):
                self._docs[spread(at, count)] = part
                at += count
        sizes_of_docs = np.diff(self.column_first)
        self._single = bool(len(sizes_of_docs)) and int(sizes_of_docs.max(initial=0)) <= 1
        self._pairs = len(self.column) / max(view.size, 1)
        self._large: _Large | None = None
        self._lock = threading.Lock()
        self.totals = self._counted(
            self.column if view.live is None else self.column[np.repeat(view.live, sizes_of_docs)]
        )
        self._several: Array | None = None
        self._first_value: Array | None = None
        if self._pairs < 1.5:
            self._first_value = np.full(view.size, len(self.names), np.min_scalar_type(len(self.names)))
            some = np.flatnonzero(sizes_of_docs)
            self._first_value[some] = self.column[self.column_first[some]]
            self._several = sizes_of_docs > 1

    def _counted(self, values: Array) -> Array:
        return np.bincount(values, minlength=len(self.names))

    def docs_of(self, value: str) -> Array:
        """Documents of a value, deleted ones included; uint32, rising."""
        at = self.places.get(value)
        return self._docs[:0] if at is None else self._docs[self._first[at] : self._first[at + 1]]

    def values_of(self, doc: int) -> list[str]:
        """Values of a document in order."""
        return [self.names[i] for i in self.column[self.column_first[doc] : self.column_first[doc + 1]].tolist()]

    def count(self, chosen: Selection) -> Counts:
        """Documents of the selection (live ones only) a value."""
        if chosen.count == self._view.count:
            return Counts(self.names, self.totals, self.places)
        small = chosen.count * self._pairs * _PAIR
        large = self._view.size / 64 * len(self._common()) * _WORD + len(self._columns().docs) * _MASKED + 10_000
        numbers = self._gathered(chosen.docs) if small < large else self._summed(chosen)
        return Counts(self.names, numbers, self.places)

    def _common(self) -> Array:
        return self._columns().common

    def _gathered(self, docs: Array) -> Array:
        if self._first_value is not None and self._several is not None:
            numbers = np.bincount(self._first_value.take(docs), minlength=len(self.names) + 1)[:-1]
            several = docs[self._several.take(docs)]
            if not len(several):
                return numbers
            start = self.column_first[several] + 1
            more = self.column[spread(start, self.column_first[several + 1] - start)]
            return numbers + self._counted(more)
        start = self.column_first[docs]
        return self._counted(self.column[spread(start, self.column_first[docs + 1] - start)])

    def _summed(self, chosen: Selection) -> Array:
        large = self._columns()
        numbers = np.empty(len(self.names), np.int64)
        numbers[large.common] = np.bitwise_count(large.bitmaps & chosen.bits).sum(1, dtype=np.uint32)
        if len(large.rare):
            numbers[large.rare] = np.add.reduceat(chosen.mask.view(np.uint8).take(large.docs), large.at, dtype=np.int32)
        return numbers

    def _columns(self) -> _Large:
        """Bitmaps and lists, made at first use."""
        if self._large is None:
            with self._lock:
                if self._large is None:
                    self._large = self._make_columns()
        return self._large

    def _make_columns(self) -> _Large:
        sizes = np.diff(self._first)
        common = np.flatnonzero(sizes * RARE > self._view.size)
        rare = np.flatnonzero(sizes * RARE <= self._view.size)
        rare = rare[sizes[rare] > 0]
        bitmaps = np.zeros((len(common), (self._view.size + 63) // 64), np.uint64)
        for row, value in enumerate(common.tolist()):
            mask = np.zeros(self._view.size, bool)
            mask[self._docs[self._first[value] : self._first[value + 1]]] = True
            bitmaps[row] = packed(mask)
        docs = self._docs[spread(self._first[rare], sizes[rare])].astype(np.intp)
        return _Large(common, bitmaps, rare, docs, runs(sizes[rare])[:-1])
