"""Word ids become postings, by sorting arrays: no Python work for a posting.

A field on disk, ``F`` being its name, N documents, V terms, P postings, T words:

    F.terms F.ends            the terms, sorted
    F.first    int64[V+1]     where the postings of a term begin
    F.docs     uint32[P]      documents, rising within a term
    F.freq     uint8[P]       words a posting; 255: look in F.big   (absent: always 1)
    F.big F.big.freq          int64, uint32: postings with more than 254 words
    F.lengths  uint8[N]       field length through Whoosh's one-byte table   (scorable fields)
    F.place    int64[V+1]     where the places of a term begin   (fields with positions, as the next three)
    F.places   uint32[T]      places of the words, rising within a term; every document is followed by one empty place
    F.forward  uint32[T+N]    term at every place, NO_TERM at the empty ones
    F.starts   int64[N+1]     first place of a document
    F.column F.column.first   the terms of a document, rising; their offsets int64[N+1]   (facets, id)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from indexer.codec.arrays import Array, ArrayWriter, runs, starts_of_groups
from indexer.codec.ordering import Packed, ranked

NO_TERM = 0xFFFFFFFF
SLICE = 1 << 20  # words or postings handled at once
ESCAPE = 255
_HALF = np.uint64(32)

_LENGTHS = np.array([round((1.033**n - 1) * 27) for n in range(256)])  # Whoosh's byte_to_length


def quantise(lengths: Array) -> Array:
    """Field lengths as Whoosh keeps them, one byte each."""
    return np.minimum(np.searchsorted(_LENGTHS, lengths), 255).astype(np.uint8)


class Postings(NamedTuple):
    """Postings of consecutive terms ``low <= term < high``, sorted by term, then document."""

    low: int
    frequencies: Array  # int64[high - low]: postings a term
    docs: Array  # uint32
    freq: Array  # int64: words a posting
    places: Array | None = None  # uint32, one run a posting


class FieldWriter:
    """Writes one field from slices of postings in order."""

    def __init__(self, writer: ArrayWriter, name: str, *, weighted: bool, positions: bool) -> None:
        self._writer, self._name = writer, name
        self._docs = writer.stream(f"{name}.docs", np.uint32)
        self._freq = writer.stream(f"{name}.freq", np.uint8) if weighted else None
        self._places = writer.stream(f"{name}.places", np.uint32) if positions else None
        self._frequencies: list[Array] = []
        self._words: list[Array] = []
        self._big: list[tuple[Array, Array]] = []

    def add(self, part: Postings) -> None:
        """The next slice."""
        if self._freq is not None:
            big = np.flatnonzero(part.freq >= ESCAPE)
            if len(big):
                self._big.append((big + self._freq.count, part.freq[big]))
            self._freq.append(np.minimum(part.freq, ESCAPE))
        self._docs.append(part.docs)
        self._frequencies.append(part.frequencies)
        if self._places is not None and part.places is not None:
            self._places.append(part.places)
            before = runs(part.freq)
            self._words.append(np.diff(before[runs(part.frequencies)]))

    def close(self, terms: Packed, lengths: Array | None) -> dict[str, Any]:
        """Write what belongs to the whole field; returns its entry of the segment's meta data.

        ``lengths``: exact words a document, or None where the field is not scorable.
        """
        put, name = self._writer.put, self._name
        terms.write(self._writer, name)
        put(f"{name}.first", runs(_joined(self._frequencies)))
        if self._big:
            put(f"{name}.big", np.concatenate([at for at, _ in self._big]))
            put(f"{name}.big.freq", np.concatenate([f for _, f in self._big]).astype(np.uint32))
        if self._places is not None:
            put(f"{name}.place", runs(_joined(self._words)))
        if lengths is not None:
            put(f"{name}.lengths", quantise(lengths))
        return {
            "total": int(lengths.sum()) if lengths is not None else 0,
            "scorable": lengths is not None,
            "positions": self._places is not None,
        }


def _joined(parts: list[Array]) -> Array:
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


def write_forward(writer: ArrayWriter, name: str, parts: Iterable[Array], starts: Array) -> Array:
    """Write the forward index of a field; returns ``inverted``'s keys.

    ``parts``: the term at every place, uint32, NO_TERM where there is none, in any number of pieces, each let go once
    it is written; ``starts``: first places of the documents and the end.
    """
    writer.put(f"{name}.starts", starts)
    forward = writer.stream(f"{name}.forward", np.uint32)
    keys = np.empty(int(starts[-1]), np.uint64)
    for part in parts:
        own = keys[forward.count : forward.count + len(part)]
        np.left_shift(part, np.uint64(32), out=own)
        own |= np.arange(forward.count, forward.count + len(part), dtype=np.uint64)
        forward.append(part)
    return keys


def inverted(keys: Array, starts: Array, ends: Array) -> Iterator[Postings]:
    """Postings of words.

    ``keys``: uint64 of every place, its term and then itself, which are sorted here; ``starts``: first places of the
    documents and the end; ``ends``: offsets of the words of a term.  Yields slices that end between terms.
    """
    keys.sort()  # the empty places are last
    docs = len(starts) - 1
    doc_of_place = np.repeat(np.arange(docs, dtype=np.min_scalar_type(docs)), np.diff(starts))
    for low, high in term_slices(ends):
        where = keys[ends[low] : ends[high]].astype(np.uint32)
        doc = doc_of_place.take(where)
        of_term = ends[low : high + 1] - ends[low]
        new = np.empty(len(doc) + 1, bool)
        np.not_equal(doc[1:], doc[:-1], out=new[1:-1])
        new[of_term] = True
        first = np.flatnonzero(new)  # of every posting, and the end
        frequencies = np.diff(np.searchsorted(first, of_term))
        yield Postings(low, frequencies, doc[first[:-1]], np.diff(first), where)


def term_slices(ends: Array, size: int = SLICE) -> Iterator[tuple[int, int]]:
    """Ranges of terms that hold about ``size`` entries each; ``ends`` are the offsets of the terms' entries."""
    low, last = 0, len(ends) - 1
    while low < last:
        high = max(int(np.searchsorted(ends, ends[low] + size, "right")) - 1, low + 1)
        yield low, high
        low = high


def write_column(
    writer: ArrayWriter, name: str, values: Sequence[str], numbers: Array, counts: Array
) -> dict[str, Any]:
    """A keyword field with its column: ``numbers`` index ``values``, ``counts`` of them a document; twice is once."""
    used = np.flatnonzero(np.bincount(numbers, minlength=len(values)))
    terms, rank = ranked(values, used)
    by_doc = np.repeat(np.arange(len(counts), dtype=np.uint64) << _HALF, counts) | rank[numbers]
    by_doc.sort()
    by_doc = by_doc[starts_of_groups(by_doc)]
    ranks, docs = by_doc.astype(np.uint32), by_doc >> _HALF
    write_doc_terms(writer, name, ranks, np.bincount(docs.view(np.int64), minlength=len(counts)), len(terms))
    by_term = (ranks.astype(np.uint64) << _HALF) | docs
    by_term.sort()
    field = FieldWriter(writer, name, weighted=False, positions=False)
    frequencies = np.bincount(ranks, minlength=len(terms))
    field.add(Postings(0, frequencies, by_term.astype(np.uint32), np.ones(len(by_term), np.int64)))
    return field.close(terms, None) | {"column": True}


def write_doc_terms(writer: ArrayWriter, name: str, terms: Array, counts: Array, vocabulary: int) -> None:
    """The column of a field: the terms of every document in the smallest type that holds them."""
    dtype = np.uint8 if vocabulary <= 1 << 8 else np.uint16 if vocabulary <= 1 << 16 else np.uint32
    writer.put(f"{name}.column", terms.astype(dtype))
    writer.put(f"{name}.column.first", runs(counts))
