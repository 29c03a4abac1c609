"""Documents become a segment: buffered, inverted in runs of bounded size, the runs merged into one."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

import numpy as np

from analysis.errors import DocumentError
from indexer.codec.arrays import Array, ArrayWriter, runs
from indexer.codec.chunks import ChunkTokenizer, Numbers, Words
from indexer.codec.inverting import FieldWriter, inverted, ranked, write_column, write_forward
from indexer.codec.layers import LANGUAGES, MAX_DOCS, Derived, StemLayer, write_names
from indexer.codec.merging import merge_segments
from indexer.codec.segment import Segment
from indexer.codec.stored import BlobWriter, pack_text, pack_words
from schema import FACET_NAMES

RUN_WORDS = 9_000_000  # words of a run; about 50 bytes of memory each while it is inverted
KNOWN_CHUNKS = 1_500_000  # chunks of text remembered; more start the tokenizer afresh with the next run
PENDING = 1 << 20  # characters of text that wait for the tokenizer


class Record(TypedDict):
    """One finished document.  ``passages``: (start, end, lang) spans of ``text`` in characters, rising; gaps have lang "".

    ``facets`` holds the most precise values; ancestors are added here.  ``date``: days since 1970-01-01 or
    ``schema.DATE_UNKNOWN``.  ``card`` and ``receipts`` are JSON.
    """

    id: str
    text: str
    title: str
    passages: Sequence[tuple[int, int, str]]
    title_lang: str
    facets: Mapping[str, Sequence[str]]
    date: int
    card: bytes
    receipts: bytes


@dataclass(frozen=True, slots=True)
class Analysis:
    """What becomes of words.  Picklable where its functions are.

    ``stems(form, lang)``: terms of the stem layer, such as "kk:бап".  ``name_keys(form)``: keys that lead to the form.
    ``ready``: words are split at white space and taken as they are (benchmarks with ready tokens).
    """

    stems: Callable[[str, str], Iterable[str]] | None = None
    name_keys: Callable[[str], Iterable[str]] | None = None
    ready: bool = False


@dataclass(frozen=True, slots=True)
class SegmentInfo:
    """A finished segment: its name in its folder, documents, and the names of its files."""

    name: str
    docs: int
    files: tuple[str, ...]


def with_ancestors(values: Iterable[str]) -> list[str]:
    """Values of a tree facet with every prefix from the statute (two levels) on; ``unresolved`` is itself a first level."""
    out: dict[str, None] = {}
    for value in values:
        levels = value.split("/")
        for depth in range(1 if levels[0] == "unresolved" else 2, len(levels)):
            out["/".join(levels[:depth])] = None
        out[value] = None
    return list(out)


class SegmentBuilder:
    """Builds one segment in ``folder``, in any process.

    ``add``/``add_many`` take records; ``finish`` gives the SegmentInfo (no files if there were no documents);
    ``abort`` removes what was written.  A DocumentError names the id of a record that cannot be taken.
    """

    def __init__(
        self,
        folder: str | os.PathLike[str],
        analysis: Analysis | None = None,
        facets: Sequence[str] = FACET_NAMES,
        trees: Sequence[str] = ("article",),
        name: str | None = None,
        run_words: int = RUN_WORDS,
    ) -> None:
        self.folder = Path(folder)
        self.name = name or f"s{os.urandom(6).hex()}"
        self._analysis = analysis or Analysis()
        self._facets, self._trees = tuple(facets), frozenset(trees)
        self._run_words = run_words
        self._runs: list[str] = []
        self._pending: list[Record] = []
        self._size = 0
        self._docs = 0
        self._fresh_words()
        self._run: _Run | None = None

    def _fresh_words(self) -> None:
        self._words = ChunkTokenizer(self._analysis.ready)
        self._stems, self._names = Derived(), Derived()

    def add(self, record: Record) -> None:
        """Take one document."""
        _check(record)
        self._pending.append(record)
        self._size += len(record["text"])
        if self._size >= PENDING:
            self._take()

    def add_many(self, records: Iterable[Record]) -> None:
        """Take many documents."""
        for record in records:
            self.add(record)

    def finish(self) -> SegmentInfo:
        """Write what is left; returns the segment."""
        self._take()
        self._flush()
        if not self._runs:
            return SegmentInfo(self.name, 0, ())
        if len(self._runs) == 1:
            files = _rename(self.folder, self._runs[0], self.name)
        else:
            parts = [Segment(self.folder, run) for run in self._runs]
            files = merge_segments(self.folder, self.name, parts)
            for part in parts:
                _remove(self.folder, part.name)
        self._runs = []
        return SegmentInfo(self.name, self._docs, tuple(files))

    def abort(self) -> None:
        """Remove every file written so far."""
        if self._run is not None:
            self._run.writer.abort()
        for name in (*self._runs, self.name):
            _remove(self.folder, name)

    def _take(self) -> None:
        if not self._pending:
            return
        if self._run is None:
            name = f"{self.name}r{len(self._runs)}"
            self._run = _Run(ArrayWriter(self.folder, name), self._facets, self._trees)
        records, self._pending, self._size = self._pending, [], 0
        streams = [f"{r['text']}\n{r['title']}" for r in records]
        self._run.take(records, streams, self._words.words(streams))
        self._docs += len(records)
        if self._run.size >= self._run_words or len(self._run.ids) >= MAX_DOCS - 100_000:
            self._flush()

    def _flush(self) -> None:
        if self._run is None:
            return
        run, self._run = self._run, None
        run.write(self._words.forms, self._analysis, self._stems, self._names)
        self._runs.append(run.writer.name)
        if self._words.chunks > KNOWN_CHUNKS:
            self._fresh_words()


class _FacetColumn:
    """The values of one facet, document by document."""

    def __init__(self, tree: bool) -> None:
        self.values: list[str] = []
        self.numbers: list[int] = []
        self.sizes: list[int] = []
        self._number = Numbers(self.values).__getitem__
        self._tree = tree

    def take(self, rows: Iterable[Sequence[str]]) -> None:
        """The values of the next documents; repeated ones count once."""
        if self._tree:
            distinct = [with_ancestors(row) if row else () for row in rows]
        else:
            distinct = [row if len(row) < 2 else list(dict.fromkeys(row)) for row in rows]
        self.sizes += map(len, distinct)
        self.numbers += map(self._number, itertools.chain.from_iterable(distinct))


class _Run:
    """The documents of one run, as arrays."""

    def __init__(self, writer: ArrayWriter, facets: Sequence[str], trees: frozenset[str]) -> None:
        self.writer = writer
        self.size = 0
        self.ids: list[str] = []
        self._words: list[Array] = []
        self._counts: list[Array] = []
        self._title_counts: list[Array] = []
        self._langs: dict[str, int] = {}
        self._lang_counts: list[Array] = []  # language runs a document
        self._lang_places: list[Array] = []  # first place of a run in its document
        self._lang_codes: list[Array] = []
        self._facets = {name: _FacetColumn(tree=name in trees) for name in facets}
        self._dates: list[int] = []
        self._texts, self._cards, self._receipts = (BlobWriter(writer, k) for k in ("text", "card", "receipts"))

    def take(self, records: list[Record], streams: list[str], words: Words) -> None:
        """Add documents with the words of their streams."""
        counts = words.counts
        text_size = np.fromiter((len(r["text"]) for r in records), np.int64, len(records))
        in_title = words.starts > np.repeat(text_size, counts)
        self._words.append(words.ids)
        self._counts.append(counts)
        self._title_counts.append(np.diff(runs(in_title)[runs(counts)]))
        self.size += len(words.ids)
        self._take_langs(records, words)
        offsets, escapes = pack_words(words.starts, words.lengths, counts)
        rows = zip(streams, counts.tolist(), text_size.tolist(), escapes, offsets, strict=True)
        self._texts.add([pack_text(s.encode("utf-8", "surrogatepass"), n, size, wide, o) for s, n, size, wide, o in rows])
        self._cards.add([r["card"] for r in records])
        self._receipts.add([r["receipts"] for r in records])
        self.ids += [r["id"] for r in records]
        self._dates += [r["date"] for r in records]
        for name, column in self._facets.items():
            column.take(r["facets"].get(name, ()) for r in records)

    def _take_langs(self, records: list[Record], words: Words) -> None:
        """Language runs: where in a document's places which language begins."""
        owner: list[int] = []
        begins: list[int] = []
        codes: list[int] = []
        code = self._langs.setdefault
        for i, r in enumerate(records):
            last = None
            spans = [*_spans(r["passages"]), (len(r["text"]) + 1, r["title_lang"])]
            for start, lang in spans:
                if lang != last:
                    owner.append(i)
                    begins.append(start)
                    codes.append(code(lang, len(self._langs)))
                    last = lang
        if len(self._langs) > LANGUAGES:
            raise DocumentError(records[0]["id"], f"more than {LANGUAGES} languages in one index")
        docs = np.array(owner)
        first = runs(words.counts)
        lift = np.int64(1) << 32
        place_keys = np.repeat(np.arange(len(records)) * lift, words.counts) + words.starts
        places = np.searchsorted(place_keys, docs * lift + np.array(begins)) - first[docs]
        self._lang_counts.append(np.bincount(docs, minlength=len(records)))
        self._lang_places.append(places)
        self._lang_codes.append(np.array(codes, np.uint8))

    def write(self, forms: list[str], analysis: Analysis, stems: Derived, names: Derived) -> None:
        """Invert everything and write the segment of this run."""
        writer, docs = self.writer, len(self.ids)
        ids, counts, title_counts = (np.concatenate(c) for c in (self._words, self._counts, self._title_counts))
        self._words = []
        langs = list(self._langs)
        lang_counts, lang_places, lang_codes = (
            np.concatenate(c) for c in (self._lang_counts, self._lang_places, self._lang_codes)
        )
        starts = runs(counts + 1)
        at = np.append(lang_places + np.repeat(starts[:-1], lang_counts), starts[-1])
        at[0] = 0
        lang_of_place = np.repeat(lang_codes, np.diff(at))
        meta: dict[str, Any] = {}
        title = _title_ids(ids, counts, title_counts)
        number = self._positional(meta, "body", forms, ids, counts, analysis, stems, lang_of_place)
        if analysis.name_keys is not None:
            write_names(writer, analysis.name_keys, names, forms, number)
        last_code = lang_codes[np.cumsum(lang_counts) - 1]
        title_langs = np.repeat(last_code, title_counts + 1)
        self._positional(meta, "title", forms, title, title_counts, analysis, stems, title_langs)
        for name, column in self._facets.items():
            numbers, sizes = np.array(column.numbers, np.int64), np.array(column.sizes, np.int64)
            meta[name] = write_column(writer, name, column.values, numbers, sizes)
        meta["id"] = write_column(writer, "id", self.ids, np.arange(docs), np.ones(docs, np.int64))
        writer.put("date.values", np.array(self._dates, np.int32))
        writer.put("langs.first", runs(lang_counts))
        writer.put("langs.place", lang_places.astype(np.uint32))
        writer.put("langs.code", lang_codes)
        for blob in (self._texts, self._cards, self._receipts):
            blob.close()
        writer.close({"docs": docs, "fields": meta, "langs": langs, "numbers": ["date"], "facets": list(self._facets)})

    def _positional(
        self,
        meta: dict[str, Any],
        name: str,
        forms: list[str],
        ids: Array,
        counts: Array,
        analysis: Analysis,
        stems: Derived,
        lang_of_place: Array,
    ) -> Array:
        """Write a field of words with its stem layer; returns the number of the form of every term."""
        used = np.flatnonzero(np.bincount(ids, minlength=len(forms)))
        terms, rank = ranked(forms, used)
        number = np.empty(len(terms), np.int64)
        number[rank[used]] = used
        words = rank[ids]
        starts = runs(counts + 1)
        places = np.arange(len(words)) + np.repeat(np.arange(len(counts)), counts)
        write_forward(self.writer, name, words, places, starts)
        field = FieldWriter(self.writer, name, weighted=True, positions=True)
        layer = StemLayer(analysis.stems, stems, forms, list(self._langs)) if analysis.stems else None
        for part in inverted(words, places, starts, len(terms)):
            field.add(part)
            if layer is not None:
                layer.add(part, number, lang_of_place)
        meta[name] = field.close(terms, counts)
        if layer is not None:
            stem = "stem" if name == "body" else f"{name}_stem"
            meta[stem] = layer.write(self.writer, stem, len(counts)) | {"forms": name}
        return number


def _title_ids(ids: Array, counts: Array, title_counts: Array) -> Array:
    """The words of the titles: the last ``title_counts`` of every document."""
    ends = np.cumsum(counts)
    mask = np.zeros(len(ids) + 1, np.int32)
    np.add.at(mask, ends - title_counts, 1)
    np.add.at(mask, ends, -1)
    return ids[np.cumsum(mask[:-1]) > 0]


def _spans(passages: Iterable[tuple[int, int, str]]) -> list[tuple[int, str]]:
    """(start, lang) of passages and of the gaps between them, from 0 on."""
    out: list[tuple[int, str]] = []
    at = 0
    for start, end, lang in passages:
        if start > at or not out:
            out.append((at, "" if start > at else lang))
        if start >= at:
            out.append((start, lang))
        at = max(at, end)
    return [*out, (at, "")] if out else [(0, "")]


def _check(record: Record) -> None:
    for key in ("id", "text", "title", "title_lang"):
        if not isinstance(record[key], str):  # type: ignore[literal-required]
            raise DocumentError(str(record["id"]), f"{key} is not a string")
    if not record["id"]:
        raise DocumentError("?", "a document needs an id")


def _rename(folder: Path, old: str, new: str) -> list[str]:
    names = []
    for path in sorted(folder.glob(f"{old}.*")):
        names.append(new + path.name[len(old) :])
        path.rename(folder / names[-1])
    return names


def _remove(folder: Path, name: str) -> None:
    for path in itertools.chain(folder.glob(f"{name}.*"), folder.glob(f"{name}r*.*")):
        path.unlink(missing_ok=True)
