"""Exact counts of facet values over a set of documents.

Small sets: the values of each document are gathered and counted, those of all facets in one go.  Larger sets: the
roads of ``search.roads``.  The cheapest way is chosen by its estimated cost; all count live documents only because the
sets do.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

import numpy as np

from indexer.codec.arrays import Array, runs, spread
from search.roads import Roads, Selection
from search.view import View

PAIR = 5.0  # ns: a gathered pair, mostly waiting for memory
CALLS = 10_000  # ns: what is spent however few the documents are
SMALL = 6_000  # ns: below it nothing else than gathering is looked at
SMALL_JOINT = 30_000  # ns: the same for all facets together


class Counts:
    """Counts of one facet: ``names`` are all its values, sorted; ``numbers`` (int64) runs parallel."""

    __slots__ = ("_places", "_values", "names", "numbers")

    def __init__(
        self, names: Sequence[str], numbers: Array, places: Mapping[str, int], values: Array | None = None
    ) -> None:
        """``places``: where each name stands; ``values``: the names as an array of objects, where that is kept."""
        self.names, self.numbers, self._places = names, numbers, places
        self._values = values

    def __getitem__(self, value: str) -> int:
        at = self._places.get(value)
        return 0 if at is None else int(self.numbers[at])

    def lists(self) -> tuple[list[str], list[int]]:
        """The values with documents, in order, and their counts; cheaper than ``items``."""
        some = self.numbers.nonzero()[0]
        values = _objects(self.names) if self._values is None else self._values
        return values.take(some).tolist(), self.numbers.take(some).tolist()

    def items(self) -> list[tuple[str, int]]:
        """(value, count) of the values with documents, in order of value."""
        return list(zip(*self.lists(), strict=True))

    def top(self, limit: int) -> list[tuple[str, int]]:
        """The ``limit`` values with most documents, by falling count, then value."""
        some = np.flatnonzero(self.numbers)
        order = some[np.argsort(-self.numbers[some], kind="stable")[:limit]]
        names = self.names
        return [(names[i], n) for i, n in zip(order.tolist(), self.numbers[order].tolist(), strict=True)]


def _objects(names: Sequence[str]) -> Array:
    """Names as an array, of which many are taken at once."""
    out = np.empty(len(names), object)
    out[:] = names
    return out


class Facet:
    """One facet over all segments: values, the column document -> values, the lists value -> documents."""

    def __init__(self, view: View, name: str) -> None:
        self._view = view
        readers = [s.fields[name] for s in view.segments]
        vocabularies = [r.terms.between(0, len(r.terms)) for r in readers]
        terms = vocabularies[0] if len(readers) == 1 else sorted(set().union(*vocabularies))
        self.names = tuple(t.decode("utf-8", "surrogatepass") for t in terms)
        self.places = {n: i for i, n in enumerate(self.names)}
        self._values = _objects(self.names)
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
        self._pairs = len(self.column) / max(view.size, 1)
        self._roads: Roads | None = None
        self._lock = threading.Lock()
        live = self.column if view.live is None else self.column[np.repeat(view.live, np.diff(self.column_first))]
        self.totals = self._counted(live)

    def _counted(self, values: Array) -> Array:
        return np.bincount(values, minlength=len(self.names))

    def docs_of(self, value: str) -> Array:
        """Documents of a value, deleted ones included; uint32, rising."""
        at = self.places.get(value)
        return self._docs[:0] if at is None else self._docs[self._first[at] : self._first[at + 1]]

    def values_of(self, doc: int) -> list[str]:
        """Values of a document in order."""
        return [self.names[i] for i in self.column[self.column_first[doc] : self.column_first[doc + 1]].tolist()]

    def counts(self, numbers: Array) -> Counts:
        """Numbers, one for each value, as counts."""
        return Counts(self.names, numbers, self.places, self._values)

    def count(self, chosen: Selection) -> Counts:
        """Documents of the selection (live ones only) a value."""
        if chosen.count == self._view.count:
            return self.counts(self.totals)
        gathered = chosen.count * self._pairs * PAIR
        if gathered < SMALL or gathered < self.roads.cost(chosen.count):
            return self.counts(self._gathered(chosen.docs))
        return self.counts(self.roads.count(chosen))

    def cost(self, count: int) -> float:
        """Nanoseconds that counting so many documents takes, about."""
        if count == self._view.count:
            return 0.0
        gathered = count * self._pairs * PAIR
        return CALLS + (gathered if gathered < SMALL else min(gathered, self.roads.cost(count)))

    def _gathered(self, docs: Array) -> Array:
        start = self.column_first.take(docs)
        return self._counted(self.column.take(spread(start, self.column_first.take(docs + 1) - start)))

    @property
    def roads(self) -> Roads:
        """What counting over many documents needs, made at first use."""
        if self._roads is None:
            with self._lock:
                if self._roads is None:
                    self._roads = Roads(self._view.size, (self.column_first, self.column), (self._first, self._docs))
        return self._roads


class Joint:
    """Several facets as one column, values numbered one facet after another: few documents are counted in one go."""

    def __init__(self, view: View, facets: list[Facet]) -> None:
        self._view, self._facets = view, facets
        self._at = np.cumsum([0, *(len(f.names) for f in facets)]).tolist()
        sizes = [np.diff(f.column_first) for f in facets]
        together = np.sum(sizes, axis=0)
        first = runs(together)
        self._first, self._sizes = first[:-1].astype(np.int32 if first[-1] < 1 << 31 else np.int64), together
        self._column = np.empty(int(first[-1]), np.uint16 if self._at[-1] <= 1 << 16 else np.uint32)
        at = first[:-1].copy()
        for facet, base, size in zip(facets, self._at, sizes, strict=False):
            self._column[spread(at, size)] = facet.column + self._column.dtype.type(base)
            at += size
        self._sizes = together.astype(np.min_scalar_type(int(together.max(initial=0))))
        self._pairs = len(self._column) / max(view.size, 1)

    def count(self, chosen: Selection, others: Sequence[Selection | None]) -> list[Counts]:
        """Counts of every facet, in the order they were given; ``others``: its own selection, where it has one."""
        if chosen.count == self._view.count or self._dear(chosen.count, others):
            return [f.count(own or chosen) for f, own in zip(self._facets, others, strict=True)]
        pairs = spread(self._first.take(chosen.docs), self._sizes.take(chosen.docs))
        numbers = np.bincount(self._column.take(pairs), minlength=self._at[-1])
        return [
            f.counts(numbers[a:b]) if own is None else f.count(own)
            for f, a, b, own in zip(self._facets, self._at, self._at[1:], others, strict=False)
        ]

    def _dear(self, count: int, others: Sequence[Selection | None]) -> bool:
        """Whether counting facet by facet is cheaper."""
        mine = count * self._pairs * PAIR + CALLS
        free = [f for f, own in zip(self._facets, others, strict=True) if own is None]
        return mine > SMALL_JOINT and mine > sum(f.cost(count) for f in free)
