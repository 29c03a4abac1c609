"""Segments become one by laying their arrays together, a slice of terms at a time; deleted documents drop out.

The documents keep their order: those of the first segment, then those of the second, …  Memory is that of the
vocabularies and of one slice of postings a thread.  Postings, forward indexes and texts are written side by side by
threads: nearly all there is to do is copying, and NumPy and the system let go of the interpreter meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from indexer.codec.arrays import Array, ArrayWriter, runs, spread, starts_of_groups
from indexer.codec.interleaving import Part, Source, merge_postings, sources_of
from indexer.codec.inverting import NO_TERM, SLICE, write_doc_terms
from indexer.codec.layers import LANGUAGES, write_key_table, write_pairs
from indexer.codec.ordering import Packed, union
from indexer.codec.records import SegmentInfo
from indexer.codec.segment import Segment

BLOBS = ("text", "card", "receipts", "stored")
BATCH = 1 << 14  # documents with gaps between them whose forward index is copied at once
THREADS = min(os.cpu_count() or 1, 4)
_HALF = np.uint64(32)


def join(folder: Path, segments: Sequence[SegmentInfo]) -> SegmentInfo | None:
    """Segments of a folder as one, in their order; those that went into it are removed.  None if there are none."""
    segments = [s for s in segments if s.docs]
    if len(segments) < 2:
        return segments[0] if segments else None
    name = f"s{os.urandom(6).hex()}"
    files = merge_segments(folder, name, [Segment(folder, s.name) for s in segments])
    remove(folder, segments)
    return SegmentInfo(name, sum(s.docs for s in segments), tuple(files))


def remove(folder: Path, segments: Iterable[SegmentInfo]) -> None:
    """Remove the files of segments."""
    for segment in segments:
        for name in segment.files:
            (folder / name).unlink(missing_ok=True)


def merge_segments(
    folder: Path, name: str, segments: Sequence[Segment], live: Sequence[Array | None] | None = None
) -> list[str]:
    """Write the merged segment; ``live[i]`` is a bool array of the documents of segment i that stay (None: all).

    Returns the names of its files.  All segments must have the same fields.
    """
    parts, first = _parts(segments, live or [None] * len(segments)), segments[0]
    langs = list(dict.fromkeys(lang for s in segments for lang in s.langs))
    with ArrayWriter(folder, name) as writer, ThreadPoolExecutor(THREADS) as pool:
        united = {field: pool.submit(sources_of, field, parts) for field in first.fields}
        work = [pool.submit(_merge_blobs, writer, key, parts) for key in BLOBS if key in first.arrays]
        sources: dict[str, list[Source]] = {}
        fields: dict[str, Any] = {}
        size: dict[str, int] = {}
        for field, found in united.items():
            terms, sources[field] = found.result()
            size[field] = len(terms)
            fields[field] = pool.submit(merge_postings, writer, field, terms, sources[field])
            if first.fields[field].positions:
                work.append(pool.submit(_merge_forward, writer, field, sources[field]))
            if first.fields[field].column is not None:
                work.append(pool.submit(_merge_column, writer, field, sources[field], len(terms)))
        for field, reader in first.fields.items():
            if reader.forms is not None:
                work.append(
                    pool.submit(_merge_pairs, writer, langs, size[field], sources[field], sources[reader.forms])
                )
        if first.names is not None:
            work.append(pool.submit(_merge_names, writer, sources["body"]))
        for column in first.numbers:
            for key in (f"{column}.values", f"{column}.known"):
                if key in first.arrays:
                    writer.put(key, np.concatenate([p.segment.arrays[key][p.kept] for p in parts]))
        if "langs.first" in first.arrays:
            _merge_langs(writer, parts, langs)
        for done in work:
            done.result()
        meta = {field: first.meta["fields"][field] | done.result() for field, done in fields.items()}
        docs = sum(len(p.kept) for p in parts)
        return writer.close(
            {"docs": docs, "fields": meta, "langs": langs, "numbers": first.numbers, "facets": first.facets}
        )


def _parts(segments: Sequence[Segment], live: Sequence[Array | None]) -> list[Part]:
    parts, base = [], 0
    for segment, alive in zip(segments, live, strict=True):
        kept = np.arange(segment.docs) if alive is None else np.flatnonzero(alive)
        number = np.zeros(segment.docs, np.int64)
        number[kept] = np.arange(base, base + len(kept))
        parts.append(Part(segment, kept, number, None if len(kept) == segment.docs else alive))
        base += len(kept)
    return parts


def _merge_forward(writer: ArrayWriter, name: str, sources: Sequence[Source]) -> None:
    """The terms at the places of all documents."""
    widths = [np.diff(s.reader.starts)[s.part.kept] for s in sources if s.reader.starts is not None]
    writer.put(f"{name}.starts", runs(np.concatenate(widths)))
    out = writer.stream(f"{name}.forward", np.uint32)
    for source, width in zip(sources, widths, strict=True):
        (segment, kept, _, live), reader = source.part, source.reader
        assert reader.forward is not None
        assert reader.starts is not None
        number = np.append(source.to, NO_TERM).astype(np.uint32)  # the empty places are clipped to the last
        if live is None:
            for low in range(0, len(reader.forward), SLICE):
                out.append(number.take(reader.forward[low : low + SLICE], mode="clip"))
                segment.arrays.release(f"{name}.forward")
            continue
        for low in range(0, len(kept), BATCH):
            places = spread(reader.starts[kept[low : low + BATCH]], width[low : low + BATCH])
            out.append(number.take(reader.forward[places], mode="clip"))
            segment.arrays.release(f"{name}.forward")


def _merge_column(writer: ArrayWriter, name: str, sources: Sequence[Source], vocabulary: int) -> None:
    values, counts = [], []
    for source in sources:
        reader, kept = source.reader, source.part.kept
        assert reader.column is not None
        assert reader.column_first is not None
        sizes = np.diff(reader.column_first)[kept]
        values.append(source.to[reader.column[spread(reader.column_first[kept], sizes)]])
        counts.append(sizes)
    write_doc_terms(writer, name, np.concatenate(values), np.concatenate(counts), vocabulary)


def _merge_pairs(
    writer: ArrayWriter, langs: list[str], vocabulary: int, stems: Sequence[Source], forms: Sequence[Source]
) -> None:
    """The (form, language) pairs behind the stems."""
    keys = []
    for stem, form in zip(stems, forms, strict=True):
        reader = stem.reader
        assert reader.pair is not None
        assert reader.pair_first is not None
        code = np.array([langs.index(x) for x in stem.part.segment.langs] or [0])
        old, lang = np.divmod(reader.pair.astype(np.int64), LANGUAGES)
        new_stem = np.repeat(stem.to, np.diff(reader.pair_first))
        new_form = form.to[old]
        keep = (new_stem >= 0) & (new_form >= 0)
        keys.append(_packed(new_stem, new_form * LANGUAGES + code[lang])[keep])
    write_pairs(writer, stems[0].reader.name, *_unpacked(keys), vocabulary)


def _merge_names(writer: ArrayWriter, forms: Sequence[Source]) -> None:
    """The table of name keys."""
    names = [s.part.segment.names for s in forms]
    terms, numbers = union([Packed.of(()) if n is None else n.packed for n in names])
    keys = []
    for source, number in zip(forms, numbers, strict=True):
        arrays = source.part.segment.arrays
        form = source.to[arrays["names.forms"]]
        key = np.repeat(number, np.diff(arrays["names.first"]))
        keys.append(_packed(key, form)[form >= 0])
    key, form = _unpacked(keys)
    used = key[starts_of_groups(key)]
    write_key_table(writer, terms.take(used), np.searchsorted(used, key), form)


def _packed(high: Array, low: Array) -> Array:
    return (high.astype(np.uint64) << _HALF) | low.astype(np.uint64)


def _unpacked(keys: Sequence[Array]) -> tuple[Array, Array]:
    """The distinct pairs behind packed ones, rising; int64."""
    both = np.sort(np.concatenate(keys))  # np.unique takes a hundred times as long
    both = both[starts_of_groups(both)]
    return (both >> _HALF).astype(np.int64), both.astype(np.uint32).astype(np.int64)


def _merge_langs(writer: ArrayWriter, parts: Sequence[Part], langs: list[str]) -> None:
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


def _merge_blobs(writer: ArrayWriter, key: str, parts: Sequence[Part]) -> None:
    out = writer.stream(key, np.uint8)
    sizes = []
    for segment, kept, _, live in parts:
        at, data = segment.arrays[f"{key}.at"], segment.arrays[key]
        sizes.append(np.diff(at)[kept])
        if live is None:
            out.copy(segment.arrays.path(key))
        else:
            for a, b in zip(at[kept].tolist(), at[kept + 1].tolist(), strict=True):
                out.append(data[a:b])
    writer.put(f"{key}.at", runs(np.concatenate(sizes)))
