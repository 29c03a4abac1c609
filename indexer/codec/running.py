"""One run of a builder: the documents of a stretch as arrays, inverted and written at its end."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from analysis.errors import DocumentError
from indexer.codec.arrays import Array, ArrayWriter, runs, spread, starts_of_groups
from indexer.codec.chunks import Numbers, Words
from indexer.codec.deriving import Deriving
from indexer.codec.inverting import (
    NO_TERM,
    FieldWriter,
    inverted,
    write_column,
    write_forward,
)
from indexer.codec.layers import LANGUAGES, PlaceLanguages, StemLayer, write_names
from indexer.codec.ordering import ranked
from indexer.codec.records import Record, lineage
from indexer.codec.stored import BlobWriter, pack_text, pack_words

_LIFT = np.int64(1) << 32  # more than any document has characters
NO_PAIRS = np.empty(0, np.int64)


class _FacetColumn:
    """The values of one facet, document by document, as they come: perhaps some twice, and without ancestors."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self._number = Numbers(self.values).__getitem__
        self._numbers: list[int] = []
        self._sizes: list[int] = []

    def take(self, rows: list[Sequence[str]]) -> None:
        """The values of the next documents."""
        self._sizes += map(len, rows)
        self._numbers += map(self._number, itertools.chain.from_iterable(rows))

    def arrays(self, tree: bool) -> tuple[list[str], Array, Array]:
        """Distinct values, numbers of those of all documents, how many a document; in a tree, with ancestors."""
        numbers, sizes = np.array(self._numbers, np.int64), np.array(self._sizes, np.int64)
        if not tree:
            return self.values, numbers, sizes
        values: list[str] = []
        number = Numbers(values).__getitem__
        lineages = [list(map(number, lineage(value))) for value in self.values]
        depths = np.fromiter(map(len, lineages), np.int64, len(lineages))
        flat = np.fromiter(itertools.chain.from_iterable(lineages), np.int64)
        depth = depths[numbers]
        return values, flat[spread(runs(depths)[numbers], depth)], np.diff(runs(depth)[runs(sizes)])


class Run:
    """The documents of one run, as arrays."""

    def __init__(self, writer: ArrayWriter, facets: Sequence[str], trees: frozenset[str]) -> None:
        self.writer = writer
        self.size = 0
        self.ids: list[str] = []
        self._body: list[Array] = []  # the form at every place
        self._title: list[Array] = []
        self._counts: list[Array] = []  # words a document, and of its title
        self._langs: list[str] = []
        self._lang = Numbers(self._langs).__getitem__
        self._lang_counts: list[Array] = []  # language runs a document
        self._lang_places: list[Array] = []  # first place of a run in its document
        self._lang_codes: list[Array] = []
        self._facets = {name: _FacetColumn() for name in facets}
        self._trees = trees
        self._dates: list[int] = []
        self._texts, self._cards, self._receipts = (BlobWriter(writer, k) for k in ("text", "card", "receipts"))

    def take(self, records: list[Record], words: Words) -> None:
        """Add documents with the words of their texts and titles, by turns."""
        per_piece = words.counts.reshape(-1, 2)
        counts, title_counts = per_piece.sum(1), per_piece[:, 1]
        text_size = np.fromiter((len(r["text"]) for r in records), np.int64, len(records))
        shift = np.zeros(per_piece.shape, np.int32)
        shift[:, 1] = text_size + 1
        starts = words.starts + np.repeat(shift.ravel(), words.counts)
        keys = np.repeat(np.arange(len(records)) * _LIFT, counts) + starts
        title_first = runs(counts)[1:] - title_counts
        self._body.append(_with_ends(words.ids, counts))
        self._title.append(_with_ends(words.ids[spread(title_first, title_counts)], title_counts))
        self._counts.append(np.stack([counts, title_counts]))
        self.size += len(words.ids)
        self._take_langs(records, keys, counts)
        offsets, escapes = pack_words(starts, words.lengths, counts)
        rows = zip(records, counts.tolist(), escapes, offsets, strict=True)
        self._texts.add([pack_text(r["text"], r["title"], n, wide, o) for r, n, wide, o in rows])
        self._cards.add([r["card"] for r in records])
        self._receipts.add([r["receipts"] for r in records])
        self.ids += [r["id"] for r in records]
        self._dates += [r["date"] for r in records]
        for name, column in self._facets.items():
            column.take([r["facets"].get(name, ()) for r in records])

    def _take_langs(self, records: list[Record], keys: Array, counts: Array) -> None:
        """Language runs: where in a document's places which language begins.

        ``keys``: of every word, its document times ``_LIFT`` and its first character.  What lies between passages has
        no language (""); a run without a word is left out, unless its document has no other.
        """
        titles = [len(r["text"]) + 1 for r in records]
        passages = [[*r["passages"], (t, t, r["title_lang"])] for r, t in zip(records, titles, strict=True)]
        docs = np.repeat(np.arange(len(records)), list(map(len, passages)))
        begins, ends, langs = zip(*itertools.chain.from_iterable(passages), strict=True)
        none, codes = self._lang(""), list(map(self._lang, langs))
        if len(self._langs) > LANGUAGES:
            raise DocumentError(records[0]["id"], f"more than {LANGUAGES} languages in one index")
        code = np.array(codes, np.uint8)
        base = docs * _LIFT
        after = np.maximum.accumulate(np.minimum(np.array(ends), np.array(titles)[docs]) + base)
        begin, gap = np.array(begins) + base, np.maximum(np.append(0, after[:-1]), base)
        kept = begin >= gap  # what begins inside another passage is part of it
        docs = np.repeat(docs[kept], 2)
        places = np.searchsorted(keys, np.stack([gap[kept], begin[kept]], 1).ravel())
        code = np.stack([np.full_like(code[kept], none), code[kept]], 1).ravel()
        first = runs(counts)
        last = np.append(docs[1:] != docs[:-1], True)
        until = np.where(last, first[docs + 1], np.append(places[1:], 0))
        kept = np.flatnonzero((until > places) | (last & (counts[docs] == 0)))
        kept = kept[starts_of_groups(docs[kept], code[kept])]
        self._lang_counts.append(np.bincount(docs[kept], minlength=len(records)))
        self._lang_places.append(places[kept] - first[docs[kept]])
        self._lang_codes.append(code[kept])

    def write(self, derived: Deriving) -> list[str]:
        """Invert everything and write the segment of this run; returns the names of its files."""
        writer, docs = self.writer, len(self.ids)
        counts, title_counts = np.concatenate(self._counts, 1)
        langs = self._langs
        lang_counts, lang_places, lang_codes = (
            np.concatenate(c) for c in (self._lang_counts, self._lang_places, self._lang_codes)
        )
        starts = runs(counts + 1)
        at = np.append(lang_places + np.repeat(starts[:-1], lang_counts), starts[-1])
        at[0] = 0
        lang_of_place = np.repeat(lang_codes, np.diff(at))
        meta: dict[str, Any] = {}
        number = self._positional(meta, "body", derived, self._body, counts, lang_of_place, lang_counts > 1)
        if derived.names is not None:
            write_names(writer, derived.names, number)
        last_code = lang_codes[np.cumsum(lang_counts) - 1]
        title_langs = np.repeat(last_code, title_counts + 1)
        self._positional(meta, "title", derived, self._title, title_counts, title_langs, np.zeros(docs, bool))
        for name, column in self._facets.items():
            meta[name] = write_column(writer, name, *column.arrays(name in self._trees))
        meta["id"] = write_column(writer, "id", self.ids, np.arange(docs), np.ones(docs, np.int64))
        writer.put("date.values", np.array(self._dates, np.int32))
        writer.put("langs.first", runs(lang_counts))
        writer.put("langs.place", lang_places.astype(np.uint32))
        writer.put("langs.code", lang_codes)
        for blob in (self._texts, self._cards, self._receipts):
            blob.close()
        facets = list(self._facets)
        return writer.close({"docs": docs, "fields": meta, "langs": langs, "numbers": ["date"], "facets": facets})

    def _positional(
        self,
        meta: dict[str, Any],
        name: str,
        derived: Deriving,
        parts: list[Array],
        counts: Array,
        lang_of_place: Array,
        mixed: Array,
    ) -> Array:
        """Write a field of words with its stem layer; returns the number of the form of every term.

        ``parts``: the form at every place, 0 where there is none; they are taken out of their list, so that their
        memory is free once they are written.  ``mixed``: bool[docs], which have words in more than one language.
        """
        forms, langs = derived.forms, self._langs
        size = np.zeros(len(forms), np.int64)  # words a form
        for ids in parts:
            size += np.bincount(ids, minlength=len(forms))
        size[0] = 0
        used = np.flatnonzero(size)
        terms, rank = ranked(forms, used)
        rank[0] = NO_TERM
        number = np.empty(len(terms), np.int64)
        number[rank[used]] = used
        starts = runs(counts + 1)
        pairs = self._pairs(parts, len(forms), lang_of_place) if derived.stems is not None else NO_PAIRS
        by_lang = {lang: pairs[pairs % len(langs) == c] // len(langs) for c, lang in enumerate(langs)}
        derived.prepare(by_lang, used)
        layer = StemLayer(derived.stems, langs, pairs, rank) if derived.stems is not None else None
        languages = PlaceLanguages(lang_of_place, lang_of_place[starts[:-1]], mixed)
        terms_of_parts = map(rank.take, _taken(parts))
        postings = inverted(write_forward(self.writer, name, terms_of_parts, starts), starts, runs(size[number]))
        field = FieldWriter(self.writer, name, weighted=True, positions=True)
        for part in postings:
            field.add(part)
            if layer is not None:
                layer.add(part, number, languages)
        meta[name] = field.close(terms, counts)
        if layer is not None:
            stem = "stem" if name == "body" else f"{name}_stem"
            meta[stem] = layer.write(self.writer, stem, len(counts)) | {"forms": name}
        return number

    def _pairs(self, parts: list[Array], forms: int, lang_of_place: Array) -> Array:
        """The (form, language) pairs of some words: ``form * languages + code``, rising."""
        width = len(self._langs)
        seen, at = np.zeros(forms * width, bool), 0
        for ids in parts:
            seen[ids.astype(np.int64) * width + lang_of_place[at : at + len(ids)]] = True
            at += len(ids)
        seen[:width] = False
        return np.flatnonzero(seen)


def _with_ends(ids: Array, counts: Array) -> Array:
    """Numbers of the words of documents, with a 0 behind each document."""
    out = np.zeros(len(ids) + len(counts), np.uint32)
    out[np.arange(len(ids)) + np.repeat(np.arange(len(counts)), counts)] = ids
    return out


def _taken(parts: list[Array]) -> Iterator[Array]:
    """The parts in their order, each gone from the list before the next one."""
    parts.reverse()
    while parts:
        yield parts.pop()
