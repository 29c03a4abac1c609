"""Postings of one field in several segments become one: term by term, those of the first segment, then the second, …

A slice of consecutive terms is read from every segment in one piece, and each piece is scattered to where it goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from indexer.codec.arrays import Array, ArrayWriter, runs, spread
from indexer.codec.inverting import FieldWriter, Postings, term_slices
from indexer.codec.ordering import Packed, union
from indexer.codec.segment import FieldReader, Segment

LARGE = ("docs", "freq", "places")  # arrays of a field that are read a slice at a time


class Part(NamedTuple):
    """One segment of a merge: its documents that stay and their new numbers."""

    segment: Segment
    kept: Array  # int64: documents that stay
    number: Array  # int64[docs]: new number of a document (garbage where it goes)
    live: Array | None  # bool[docs], None if all stay


class Source(NamedTuple):
    """One field of one segment of a merge."""

    part: Part
    reader: FieldReader
    to: Array  # int64[V]: new number of a term, -1 where it goes
    counts: Array  # int64[V]: postings of a term that stay
    move: Array | int  # how far the places of each document move; one number where they all stay together


def sources_of(field: str, parts: Sequence[Part]) -> tuple[Packed, list[Source]]:
    """The terms of a merged field, and what each segment gives to it."""
    readers = [p.segment.fields[field] for p in parts]
    counts = [_staying(r, p) for r, p in zip(readers, parts, strict=True)]
    terms, numbers = union([_terms(r, c) for r, c in zip(readers, counts, strict=True)])
    sources, base = [], 0
    for part, reader, count, number in zip(parts, readers, counts, numbers, strict=True):
        to = np.full(len(count), -1, np.int64)
        to[count > 0] = number
        move: Array | int = base
        if reader.starts is not None and part.live is None:
            base += int(reader.starts[-1])
        elif reader.starts is not None:
            first = base + runs(np.diff(reader.starts)[part.kept])
            move = np.zeros(part.segment.docs, np.int64)
            move[part.kept] = first[:-1] - reader.starts[part.kept]
            base = int(first[-1])
        sources.append(Source(part, reader, to, count, move))
    return terms, sources


def _terms(reader: FieldReader, counts: Array) -> Packed:
    """The terms that have a posting."""
    terms = reader.terms.packed
    return terms if counts.all() else terms.take(np.flatnonzero(counts))


def _staying(reader: FieldReader, part: Part) -> Array:
    """Postings of every term in documents that stay."""
    if part.live is None:
        return np.diff(reader.first)
    return np.diff(runs(part.live[reader.docs])[reader.first])


def merge_postings(writer: ArrayWriter, name: str, terms: Packed, sources: Sequence[Source]) -> dict[str, Any]:
    """Write one field; returns what its meta data has anew."""
    first = sources[0].reader
    out = FieldWriter(writer, name, weighted=first.freq is not None, positions=first.positions)
    size = np.zeros(len(terms) + 1, np.int64)
    for source in sources:
        known = source.to >= 0
        ends = source.reader.first if source.reader.place is None else source.reader.place
        size[1 + source.to[known]] += np.diff(ends)[known]
    total, slices = 0, list(term_slices(np.cumsum(size)))
    cuts = [np.searchsorted(np.maximum.accumulate(s.to), [0, *(high for _, high in slices)]).tolist() for s in sources]
    for (low, high), *spans in zip(slices, *map(pairwise, cuts), strict=True):
        part = _slice(low, high, sources, spans)
        total += int(part.freq.sum())
        out.add(part)
        for source in sources:
            source.part.segment.arrays.release(*(f"{name}.{key}" for key in LARGE))
    out.close(terms, None)
    if not first.scorable:
        return {}
    lengths = [s.reader.lengths[s.part.kept] for s in sources if s.reader.lengths is not None]
    writer.put(f"{name}.lengths", np.concatenate(lengths))
    return {"total": total}


def _slice(low: int, high: int, sources: Sequence[Source], spans: Sequence[tuple[int, int]]) -> Postings:
    """The postings of the new terms ``low..high-1``, which are among those of ``spans`` in the segments."""
    pieces = [_piece(s, low, high, *span) for s, span in zip(sources, spans, strict=True)]
    counts, docs, freq, places = zip(*pieces, strict=True)
    merged_docs, merged_freq = _interleaved(counts, docs, freq)
    merged_places = None
    if sources[0].reader.positions:
        words = [np.diff(runs(f)[runs(c)]) for f, c in zip(freq, counts, strict=True)]
        (merged_places,) = _interleaved(words, places)
    return Postings(low, np.sum(counts, axis=0), merged_docs, merged_freq, merged_places)


def _piece(source: Source, low: int, high: int, a: int, b: int) -> tuple[Array, Array, Array, Array | None]:
    """Of one segment: postings of every new term ``low..high-1``; and their new documents, words, and new places."""
    part, reader, to, left, move = source
    p, q = reader.first[[a, b]].tolist()
    docs, freq, places = reader.docs[p:q], reader.exact(p, q), None
    keep = part.live[docs] if part.live is not None else None
    if reader.places is not None and reader.place is not None:
        places = reader.places[reader.place[a] : reader.place[b]]
        places = places + (np.repeat(move[docs], freq) if isinstance(move, np.ndarray) else np.uint32(move))
        places = places if keep is None else places[np.repeat(keep, freq)]
    if keep is not None:
        docs, freq = docs[keep], freq[keep]
    own = np.flatnonzero(to[a:b] >= 0)
    counts = np.zeros(high - low, np.int64)
    counts[to[a:b][own] - low] = left[a:b][own]
    return counts, part.number[docs], freq, places


def _interleaved(counts: Sequence[Array], *columns: Sequence[Array]) -> list[Array]:
    """Columns of pieces as one each: entries of a term together, in the order of the pieces.

    ``counts``: entries of every term in each piece.
    """
    begins = runs(np.sum(counts, axis=0))
    out = [np.empty(int(begins[-1]), column[0].dtype) for column in columns]
    at = begins[:-1].copy()
    for number, count in enumerate(counts):
        where = spread(at, count)
        for merged, column in zip(out, columns, strict=True):
            merged[where] = column[number]
        at += count
    return out
