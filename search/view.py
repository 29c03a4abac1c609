"""All segments of a folder as one: global document numbers, postings of a term over all segments, BM25 over all.

Idf and average length are over all documents, deleted ones included until a merge drops them (as Whoosh has it), so
scores depend on the documents alone and not on how they are cut into segments.
"""

from __future__ import annotations

import math
import os
import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from whoosh.util.numeric import byte_to_length

from indexer.codec.arrays import Array
from indexer.codec.segment import FieldReader, Segment
from indexer.codec.toc import live_docs, read_toc
from schema import DATE_UNKNOWN
from search.expanding import encoded

B, K1 = 0.75, 1.2
DENSE = 12  # a word in more than 1/12 of the documents has its scores kept as a full column
COLUMN_BYTES = 48 << 20  # memory for full columns at most
ENTRIES = 16_384  # terms of a field whose place is kept

_LENGTH_OF_BYTE = np.array([byte_to_length(i) for i in range(256)], np.float32)

V = TypeVar("V")


class Cache(Generic[V]):
    """A bounded map, least recently used out first; safe for threads."""

    def __init__(self, size: int, weigh: Callable[[V], int] = lambda value: 1) -> None:
        self._size, self._weigh, self._held = size, weigh, 0
        self._lock = threading.Lock()
        self._items: OrderedDict[Hashable, V] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """The value of the key, made if it is not there."""
        with self._lock:
            if key in self._items:
                self._items.move_to_end(key)
                return self._items[key]
        value = make()
        with self._lock:
            if key not in self._items:
                self._items[key] = value
                self._held += self._weigh(value)
                while self._held > self._size and len(self._items) > 1:
                    self._held -= self._weigh(self._items.popitem(last=False)[1])
        return value


class Entry(NamedTuple):
    """A term over all segments."""

    frequency: int  # documents, deleted ones included
    numbers: list[int]  # its number in every segment, -1 where it is not
    spans: list[tuple[int, int]]  # its postings in every segment


class Field:
    """One field over all segments."""

    def __init__(self, view: View, readers: list[FieldReader]) -> None:
        self.view, self.readers = view, readers
        first = readers[0]
        self.name, self.scorable, self.positions = first.name, first.scorable, first.positions
        self.total = sum(r.total for r in readers)
        self._entries: dict[Any, Entry] = {}
        self.saturation: Array | None = None  # float32[size]: K1 * (1 - B + B * length / average)
        if self.scorable:
            average = self.total / view.size if self.total else 1.0
            table = (K1 * ((1 - B) + B * _LENGTH_OF_BYTE.astype(np.float64) / average)).astype(np.float32)
            parts = [table[r.lengths] for r in readers]
            self.saturation = parts[0] if len(parts) == 1 else np.concatenate(parts)

    def look_up(self, term: str | bytes) -> Entry:
        """Where a term stands; kept for the next question, until there are too many."""
        entry = self._entries.get(term)
        if entry is None:
            if len(self._entries) >= ENTRIES:
                self._entries.clear()
            entry = self._entries[term] = self._look_up(encoded(term))
        return entry

    def _look_up(self, term: bytes) -> Entry:
        numbers = [r.terms.find(term) for r in self.readers]
        spans = [r.span(n) if n >= 0 else (0, 0) for r, n in zip(self.readers, numbers, strict=True)]
        return Entry(sum(high - low for low, high in spans), numbers, spans)

    def idf(self, frequency: int) -> float:
        """Inverse document frequency as Whoosh has it."""
        return math.log(self.view.size / (frequency + 1)) + 1

    def docs(self, spans: list[tuple[int, int]]) -> Array:
        """Documents (intp) of the postings ``low..high-1`` of every segment, segment by segment."""
        parts = []
        for reader, base, (low, high) in zip(self.readers, self.view.bases, spans, strict=True):
            if high > low:
                part = reader.docs[low:high].astype(np.intp)
                if base:
                    part += base
                parts.append(part)
        return parts[0] if len(parts) == 1 else np.concatenate(parts) if parts else np.empty(0, np.intp)

    def weights(self, spans: list[tuple[int, int]]) -> Array:
        """Words of the postings as float32."""
        parts = [r.frequencies([span]) for r, span in zip(self.readers, spans, strict=True) if span[1] > span[0]]
        return parts[0] if len(parts) == 1 else np.concatenate(parts) if parts else np.empty(0, np.float32)

    def score(self, docs: Array, freq: Array, weight: Array | float) -> Array:
        """BM25 of postings, ``weight`` being idf times boost, one or one for each; ``freq`` is overwritten.

        Where the field is not scorable, the bare weight.
        """
        return freq if self.saturation is None else bm25(self.saturation.take(docs), freq, weight)


def bm25(saturation: Array, freq: Array, weight: Array | float) -> Array:
    """Scores of postings: ``saturation`` as in ``Field``, for the document of each; both arrays are overwritten."""
    saturation += freq
    freq *= np.float32(K1 + 1)
    freq *= np.float32(weight) if isinstance(weight, float) else weight
    freq /= saturation
    return freq


class View:
    """The segments of a folder, mapped, with global document numbers."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        path = Path(folder)
        toc = read_toc(path)
        self.generation = toc.generation
        self.segments = [Segment(path, e.name) for e in toc.entries]
        sizes = [s.docs for s in self.segments]
        self.bases = [sum(sizes[:i]) for i in range(len(sizes))]
        self.size = sum(sizes)
        live = [live_docs(path, e) for e in toc.entries]
        self.live: Array | None = None  # bool[size], None where every document is live
        if any(x is not None for x in live):
            self.live = np.concatenate([np.ones(n, bool) if x is None else x for x, n in zip(live, sizes, strict=True)])
        self.deleted = np.empty(0, np.intp) if self.live is None else (~self.live).nonzero()[0]
        self.count = self.size if self.live is None else int(np.count_nonzero(self.live))
        names = self.segments[0].fields if self.segments else ()
        self.fields = {n: Field(self, [s.fields[n] for s in self.segments]) for n in names}
        self.facets: list[str] = self.segments[0].facets if self.segments else []
        self.columns: Cache[Any] = Cache(max(COLUMN_BYTES, 48 * 4 * self.size), _bytes)

    @cached_property
    def languages(self) -> tuple[Array, Array]:
        """uint16[size]: the number of the language of each document, 0 where it has none; documents of each number."""
        numbers: dict[bytes, int] = {}
        column = np.zeros(self.size, np.uint16)
        for segment, base in zip(self.segments, self.bases, strict=True):
            reader = segment.fields["lang"]
            for n, term in enumerate(reader.terms.between(0, len(reader.terms))):
                low, high = reader.span(n)
                column[reader.docs[low:high].astype(np.intp) + base] = numbers.setdefault(term, len(numbers) + 1)
        return column, np.bincount(column, minlength=len(numbers) + 1)

    def locate(self, doc: int) -> tuple[Segment, int]:
        """The segment of a document and its number in it."""
        if not 0 <= doc < self.size:
            raise IndexError(f"document {doc} of {self.size}")
        ((at, local),) = self.located((doc,))
        return self.segments[at], local

    def located(self, docs: Sequence[int]) -> list[tuple[int, int]]:
        """The number of the segment of each document, and its number in it."""
        if len(self.bases) == 1:
            return [(0, doc) for doc in docs]
        return [(at := bisect_right(self.bases, doc) - 1, doc - self.bases[at]) for doc in docs]

    def numbers(self, name: str) -> tuple[Array, Array] | None:
        """A number column over all segments: values and whether they are known; None if there is none of this name."""
        if not self.segments or name not in self.segments[0].numbers:
            return None
        arrays: list[Any] = [s.arrays for s in self.segments]
        values = np.concatenate([a[f"{name}.values"] for a in arrays])
        if f"{name}.known" in arrays[0]:
            return values, np.concatenate([a[f"{name}.known"] for a in arrays]).astype(bool)
        return values, values != DATE_UNKNOWN

    def column(self, field: Field, term: str | bytes, entry: Entry) -> Array:
        """The scores of a common word as a full column, float32[size], 0 where it is not."""

        def make() -> Array:
            docs = field.docs(entry.spans)
            column = np.zeros(self.size, np.float32)
            column[docs] = field.score(docs, field.weights(entry.spans), field.idf(entry.frequency))
            column.flags.writeable = False
            return column

        column: Array = self.columns.get((field.name, encoded(term)), make)
        return column


def _bytes(kept: Array | tuple[Array | None, ...]) -> int:
    """The size of an array, or of the arrays of a match set."""
    return kept.nbytes if isinstance(kept, np.ndarray) else sum(part.nbytes for part in kept if part is not None)
