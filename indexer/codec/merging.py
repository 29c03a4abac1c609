"""Segments become one by concatenating their arrays, a slice of terms at a time; deleted documents drop out.

The documents keep their order: those of the first segment, then those of the second, …  Memory is that of the
vocabularies and of one slice of postings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from indexer.codec.arrays import Array, ArrayWriter, runs, spread
from indexer.codec.inverting import NO_TERM, SLICE, FieldWriter, Postings, write_doc_terms
from indexer.codec.layers import LANGUAGES, write_key_table, write_pairs
from indexer.codec.segment import FieldReader, Segment

BLOBS = ("text", "card", "receipts", "stored")
COPY = 1 << 24  # bytes of stored blobs copied at once


class _Part(NamedTuple):
    """One segment of a merge: its documents that stay and their new numbers."""

    segment: Segment
    kept: Array  # int64: documents that stay
    number: Array  # int64[docs]: new number of a document (garbage where it goes)
    live: Array | None  # bool[docs], None if all stay


def merge_segments(
    folder: Path, name: str, segments: Sequence[Segment], live: Sequence[Array | None] | None = None
) -> list[str]:
    """Write the merged segment; ``live[i]`` is a bool array of the documents of segment i that stay (None: all).

    Returns the names of its files.  All segments must have the same fields.
    """
    parts, base = [], 0
    for segment, alive in zip(segments, live or [None] * len(segments), strict=True):
        kept = np.arange(segment.docs) if alive is None else np.flatnonzero(alive)
        number = np.zeros(segment.docs, np.int64)
        number[kept] = np.arange(base, base + len(kept))
        parts.append(_Part(segment, kept, number, None if alive is None or len(kept) == segment.docs else alive))
        base += len(kept)
    first = segments[0]
    with ArrayWriter(folder, name) as writer:
        langs = list(dict.fromkeys(lang for s in segments for lang in s.langs))
        fields: dict[str, Any] = {}
        maps: dict[str, list[Array]] = {}
        names = sorted(first.fields, key=lambda f: "forms" in first.meta["fields"][f])  # stems after their words
        for field in names:
            fields[field], maps[field] = _merge_field(writer, field, parts, base)
        for field in names:
            forms = first.fields[field].forms
            if forms is not None:
                _merge_pairs(writer, field, parts, langs, maps[field], maps[forms], fields[field].pop("vocabulary"))
                fields[field]["forms"] = forms
            fields[field].pop("vocabulary", None)
        if first.names is not None:
            _merge_names(writer, segments, maps["body"])
        for column in first.numbers:
            for suffix in (".values", ".known"):
                if column + suffix in first.arrays:
                    values = [p.segment.arrays[column + suffix][p.kept] for p in parts]
                    writer.put(column + suffix, np.concatenate(values))
        if "langs.first" in first.arrays:
            _merge_langs(writer, parts, langs)
        for key in BLOBS:
            if key in first.arrays:
                _merge_blobs(writer, key, parts)
        meta = {"docs": base, "fields": fields, "langs": langs, "numbers": first.numbers, "facets": first.facets}
        return writer.close(meta)


def _merge_field(
    writer: ArrayWriter, name: str, parts: Sequence[_Part], docs: int
) -> tuple[dict[str, Any], list[Array]]:
    """One field; returns its meta data (with its ``vocabulary``) and old term -> new term of every segment."""
    readers = [p.segment.fields[name] for p in parts]
    terms, maps = _union([_used_terms(r, p) for r, p in zip(readers, parts, strict=True)])
    positions = readers[0].positions
    weighted = readers[0].freq is not None
    starts = _starts(writer, name, readers, parts, maps) if positions else []
    out = FieldWriter(writer, name, weighted=weighted, positions=positions)
    size = np.zeros(len(terms) + 1, np.int64)
    for reader, to in zip(readers, maps, strict=True):
        known = to >= 0
        weight = reader.place if reader.place is not None else reader.first
        size[1:] += np.bincount(to[known], np.diff(weight)[known], len(terms)).astype(np.int64)
    for low, high in _slices(np.cumsum(size)):
        out.add(_slice(low, high, readers, parts, maps, starts, positions))
        for part in parts:
            part.segment.arrays.release()
    lengths = None
    if readers[0].scorable:
        lengths = np.concatenate([r.lengths[p.kept] for r, p in zip(readers, parts, strict=True)])  # type: ignore[index]
    meta = out.close(terms, None)
    if lengths is not None:
        writer.put(f"{name}.lengths", lengths)
        meta |= {"scorable": True, "total": _total(writer, name, readers, parts)}
    if readers[0].column is not None:
        _merge_column(writer, name, readers, parts, maps, len(terms))
        meta["column"] = True
    return meta | {"vocabulary": len(terms)}, maps


def _total(writer: ArrayWriter, name: str, readers: Sequence[FieldReader], parts: Sequence[_Part]) -> int:
    """Exact number of words of the documents that stay."""
    total = 0
    for reader, part in zip(readers, parts, strict=True):
        total += reader.total
        if part.live is not None:
            gone = ~part.live
            if reader.starts is not None:
                total -= int((np.diff(reader.starts) - 1)[gone].sum())
            else:
                for low in range(0, len(reader.docs), SLICE):
                    high = min(low + SLICE, len(reader.docs))
                    total -= int(reader.exact(low, high)[gone[reader.docs[low:high]]].sum())
    return total


def _used_terms(reader: FieldReader, part: _Part) -> tuple[list[bytes], Array, int]:
    """The terms that still have a document, their numbers, and how many terms there are in all."""
    if part.live is None:
        return reader.terms.between(0, len(reader.terms)), np.arange(len(reader.terms)), len(reader.terms)
    kept = runs(part.live[reader.docs])
    used = np.flatnonzero(np.diff(kept[reader.first]))
    return reader.terms.at(used.tolist()), used, len(reader.terms)


def _union(vocabularies: Sequence[tuple[list[bytes], Array, int]]) -> tuple[list[bytes], list[Array]]:
    """Sorted union of sorted vocabularies, and for each the map old number -> new number (-1: gone)."""
    terms = sorted(set().union(*(v for v, _, _ in vocabularies)))
    number = dict(zip(terms, range(len(terms)), strict=True))
    maps = []
    for vocabulary, used, size in vocabularies:
        to = np.full(size, -1, np.int64)
        to[used] = np.fromiter(map(number.__getitem__, vocabulary), np.int64, len(vocabulary))
        maps.append(to)
    return terms, maps


def _starts(
    writer: ArrayWriter, name: str, readers: Sequence[FieldReader], parts: Sequence[_Part], maps: Sequence[Array]
) -> list[Array]:
    """Write the forward index; returns for every segment how far the places of each of its documents move."""
    sizes = [np.diff(_has(r.starts))[p.kept] for r, p in zip(readers, parts, strict=True)]
    starts = runs(np.concatenate(sizes))
    writer.put(f"{name}.starts", starts)
    out = writer.stream(f"{name}.forward", np.uint32)
    moves, at = [], 0
    for reader, part, to, size in zip(readers, parts, maps, sizes, strict=True):
        assert reader.starts is not None
        assert reader.forward is not None
        move = np.zeros(part.segment.docs, np.int64)
        move[part.kept] = starts[at : at + len(size)] - reader.starts[part.kept]
        moves.append(move)
        at += len(size)
        table = np.append(to, 0).astype(np.uint32)
        for low in range(0, len(part.kept), 1 << 14):
            kept = part.kept[low : low + (1 << 14)]
            if len(kept) == kept[-1] - kept[0] + 1:
                old = reader.forward[reader.starts[kept[0]] : reader.starts[kept[-1] + 1]]
            else:
                old = reader.forward[spread(reader.starts[kept], size[low : low + (1 << 14)])]
            gap = old == NO_TERM
            new = table[np.where(gap, len(to), old)]
            new[gap] = NO_TERM
            out.append(new)
            part.segment.arrays.release()
    return moves


def _has(array: Array | None) -> Array:
    assert array is not None
    return array


def _slices(ends: Array) -> Iterator[tuple[int, int]]:
    low, last = 0, len(ends) - 1
    while low < last:
        high = max(int(np.searchsorted(ends, ends[low] + 4 * SLICE, "right")) - 1, low + 1)
        yield low, high
        low = high


def _slice(
    low: int,
    high: int,
    readers: Sequence[FieldReader],
    parts: Sequence[_Part],
    maps: Sequence[Array],
    moves: Sequence[Array],
    positions: bool,
) -> Postings:
    """The postings of the new terms ``low..high-1``."""
    pieces = []
    for i, (reader, part, to) in enumerate(zip(readers, parts, maps, strict=True)):
        old = np.flatnonzero((to >= low) & (to < high))
        if not len(old):
            continue
        a, b = int(reader.first[old[0]]), int(reader.first[old[-1] + 1])
        lengths = np.diff(reader.first[old[0] : old[-1] + 2])
        docs = reader.docs[a:b]
        freq = reader.exact(a, b)
        term = np.repeat(to[old[0] : old[-1] + 1], lengths)
        places = None
        if positions:
            assert reader.places is not None
            assert reader.place is not None
            places = reader.places[reader.place[old[0]] : reader.place[old[-1] + 1]]
            places = places + np.repeat(moves[i][docs], freq)
        if part.live is not None:
            keep = part.live[docs]
            if places is not None:
                places = places[np.repeat(keep, freq)]
            docs, freq, term = docs[keep], freq[keep], term[keep]
        pieces.append((term, part.number[docs], freq, places))
    width = high - low
    counts = [np.bincount(term - low, minlength=width) for term, *_ in pieces]
    words = [np.bincount(term - low, freq, width).astype(np.int64) for term, _, freq, _ in pieces]
    total = np.sum(counts, axis=0) if pieces else np.zeros(width, np.int64)
    out_docs, out_freq = np.empty(int(total.sum()), np.int64), np.empty(int(total.sum()), np.int64)
    out_places = np.empty(int(np.sum(words)) if positions else 0, np.int64)
    at = runs(total)[:-1].copy()
    at_places = runs(np.sum(words, axis=0))[:-1].copy() if positions else None
    for (_, docs, freq, places), count, word in zip(pieces, counts, words, strict=True):
        where = spread(at, count)
        out_docs[where], out_freq[where] = docs, freq
        at += count
        if at_places is not None:
            out_places[spread(at_places, word)] = _has(places)
            at_places += word
    return Postings(low, total, out_docs, out_freq, out_places if positions else None)


def _merge_column(
    writer: ArrayWriter,
    name: str,
    readers: Sequence[FieldReader],
    parts: Sequence[_Part],
    maps: Sequence[Array],
    vocabulary: int,
) -> None:
    values, counts = [], []
    for reader, part, to in zip(readers, parts, maps, strict=True):
        assert reader.column is not None
        assert reader.column_first is not None
        sizes = np.diff(reader.column_first)[part.kept]
        values.append(to[reader.column[spread(reader.column_first[part.kept], sizes)]])
        counts.append(sizes)
    write_doc_terms(writer, name, np.concatenate(values), np.concatenate(counts), vocabulary)


def _merge_pairs(
    writer: ArrayWriter,
    name: str,
    parts: Sequence[_Part],
    langs: list[str],
    stem_maps: Sequence[Array],
    form_maps: Sequence[Array],
    vocabulary: int,
) -> None:
    keys = []
    for part, stems, forms in zip(parts, stem_maps, form_maps, strict=True):
        reader = part.segment.fields[name]
        assert reader.pair is not None
        assert reader.pair_first is not None
        stem = np.repeat(np.arange(len(reader.terms)), np.diff(reader.pair_first))
        form, lang = reader.pair.astype(np.int64) // LANGUAGES, reader.pair.astype(np.int64) % LANGUAGES
        code = np.array([langs.index(x) for x in part.segment.langs] or [0])
        keep = (stems[stem] >= 0) & (forms[form] >= 0)
        keys.append(np.stack([stems[stem], forms[form] * LANGUAGES + code[lang]])[:, keep])
    both = np.unique(np.concatenate(keys, axis=1), axis=1)
    write_pairs(writer, name, both[0], both[1], vocabulary)


def _merge_names(writer: ArrayWriter, segments: Sequence[Segment], form_maps: Sequence[Array]) -> None:
    readers = [s.names for s in segments]
    terms, maps = _union([(list(n), np.arange(len(n)), len(n)) for n in readers if n is not None])
    both = []
    for segment, to, forms in zip(segments, maps, form_maps, strict=True):
        key = np.repeat(to, np.diff(segment.arrays["names.first"]))
        form = segment.arrays["names.forms"].astype(np.int64)
        form = forms[form]
        both.append(np.stack([key, form])[:, form >= 0])
    table = np.unique(np.concatenate(both, axis=1), axis=1)
    used = np.unique(table[0])
    write_key_table(writer, [terms[i] for i in used.tolist()], np.searchsorted(used, table[0]), table[1])


def _merge_langs(writer: ArrayWriter, parts: Sequence[_Part], langs: list[str]) -> None:
    counts, places, codes = [], [], []
    for segment, kept, _, _ in parts:
        first = segment.arrays["langs.first"]
        sizes = np.diff(first)[kept]
        at = spread(first[kept], sizes)
        table = np.array([langs.index(x) for x in segment.langs] or [0], np.uint8)
        counts.append(sizes)
        places.append(segment.arrays["langs.place"][at])
        codes.append(table[segment.arrays["langs.code"][at]])
    writer.put("langs.first", runs(np.concatenate(counts)))
    writer.put("langs.place", np.concatenate(places))
    writer.put("langs.code", np.concatenate(codes))


def _merge_blobs(writer: ArrayWriter, key: str, parts: Sequence[_Part]) -> None:
    out = writer.stream(key, np.uint8)
    sizes = []
    for segment, kept, _, live in parts:
        at, data = segment.arrays[f"{key}.at"], segment.arrays[key]
        sizes.append(np.diff(at)[kept])
        if live is None:
            for low in range(0, len(data), COPY):
                out.append(data[low : low + COPY])
                segment.arrays.release()
        else:
            for a, b in zip(at[kept].tolist(), at[kept + 1].tolist(), strict=True):
                out.append(data[a:b])
    writer.put(f"{key}.at", runs(np.concatenate(sizes)))
