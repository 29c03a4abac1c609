"""The layers over the words of a segment: stems (postings of their own) and name keys (a table of forms).

S.pair.first S.pair   int64[V+1], uint32: the (form, language) pairs behind a stem: form * LANGUAGES + language
names.terms …         name keys; names.first int64[K+1], names.forms uint32: forms of ``body`` a key leads to
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from indexer.codec.arrays import Array, ArrayWriter, runs, spread, starts_of_groups
from indexer.codec.deriving import NAMES, STEM, Derived
from indexer.codec.inverting import SLICE, FieldWriter, Postings, term_slices
from indexer.codec.ordering import Packed, ranked

LANGUAGES = 64  # most languages of passages that a segment can tell apart
_DOC, _FREQ = np.uint64(20), np.uint64(20)  # bits of a packed stem posting; the rest is the stem
MAX_DOCS = 1 << 20  # documents of one run
_LOW = np.uint64((1 << 20) - 1)


class PlaceLanguages(NamedTuple):
    """Codes of the languages at the places of a field."""

    of_place: Array  # uint8
    first: Array  # uint8[docs]: at the first place of a document
    mixed: Array  # bool[docs]: has the document words in more than one language?


class StemLayer:
    """Collects the stems of one field over the slices of its postings, then writes them as a field of their own.

    ``pairs``: the (form, language) pairs of the field, ``form * len(langs) + code``, rising; forms are numbers.
    """

    def __init__(self, stems: Derived, langs: Sequence[str], pairs: Array, rank: Array) -> None:
        width = len(langs)
        self._strings, self._width = stems.strings, width
        self._forms, self._codes = pairs // width, pairs % width
        self._row_of_pair = np.zeros(len(rank) * width, np.int32)
        for code, lang in enumerate(langs):
            own = self._codes == code
            self._row_of_pair[pairs[own]] = stems.rows(STEM + lang, self._forms[own])
        self._first, self._flat = stems.table()
        self._sizes = np.diff(self._first)
        self._nth = [self._nth_stems(n) for n in range(int(self._sizes.max(initial=0)))]
        self._rows = self._row_of_pair[pairs]
        self._rank = rank
        self._keys: list[Array] = []

    def _nth_stems(self, n: int) -> Array:
        """The n-th stem of every row, -1 where it has none."""
        stems = np.full(len(self._sizes), -1, np.int64)
        has = self._sizes > n
        stems[has] = self._flat[self._first[:-1][has] + n]
        return stems

    def add(self, part: Postings, number_of_rank: Array, languages: PlaceLanguages) -> None:
        """A slice of postings with places."""
        assert part.places is not None
        rows = number_of_rank[part.low : part.low + len(part.frequencies)] * self._width
        form, places = np.repeat(rows, part.frequencies), runs(part.freq)
        lang = languages.first.take(part.docs)
        mixed = np.flatnonzero(languages.mixed.take(part.docs))
        lang[mixed] = languages.of_place[part.places[places[mixed]]]
        several = mixed[part.freq[mixed] > 1]  # a word of these may be read in more than one language
        if not len(several):
            self._add(form + lang, part.docs, part.freq)
            return
        alike = np.ones(len(form), bool)
        alike[several] = False
        self._add((form + lang)[alike], part.docs[alike], part.freq[alike])
        freq = part.freq[several]
        pair = np.repeat(form[several], freq) + languages.of_place[part.places[spread(places[several], freq)]]
        doc = np.repeat(part.docs[several], freq)
        first = starts_of_groups(pair, doc)
        self._add(pair[first], doc[first], np.diff(first, append=len(pair)))

    def _add(self, pair: Array, doc: Array, freq: Array) -> None:
        """Postings of (form, language) pairs, a pair and a document together once or for each stretch."""
        row = self._row_of_pair.take(pair)
        rest = doc.astype(np.uint64) << _FREQ
        rest |= np.minimum(freq, _LOW.astype(freq.dtype)).view(np.uint64)
        for stems in self._nth:
            stem = stems.take(row)
            there = np.flatnonzero(stem >= 0)
            if len(there) < len(row):
                row, rest, stem = row[there], rest[there], stem[there]
            self._keys.append((stem.view(np.uint64) << (_DOC + _FREQ)) | rest)

    def _joined(self) -> Array:
        """All packed postings; what was collected is let go on the way."""
        keys = np.empty(sum(map(len, self._keys)), np.uint64)
        at = len(keys)
        while self._keys:
            part = self._keys.pop()
            at -= len(part)
            keys[at : at + len(part)] = part
        return keys

    def write(self, writer: ArrayWriter, name: str, docs: int) -> dict[str, Any]:
        """Write the field; returns its meta data."""
        keys = self._joined()
        sizes = self._sizes[self._rows]
        strings, stem = self._strings, self._flat[spread(self._first[self._rows], sizes)]
        used = np.flatnonzero(np.bincount(stem, minlength=len(strings)))
        terms, rank = ranked(strings, used)
        shift = _DOC + _FREQ
        for low in range(0, len(keys), SLICE):
            part = keys[low : low + SLICE]
            stems = rank[(part >> shift).astype(np.int64)].astype(np.uint64)
            part &= (np.uint64(1) << shift) - np.uint64(1)
            part |= stems << shift
        keys.sort()
        field = FieldWriter(writer, name, weighted=True, positions=False)
        lengths = np.zeros(docs, np.int64)
        ends = np.searchsorted(keys, np.arange(len(terms) + 1, dtype=np.uint64) << shift)
        for low, high in term_slices(ends):
            part = keys[ends[low] : ends[high]]
            first = starts_of_groups(part >> _FREQ)
            freq = np.add.reduceat((part & _LOW).astype(np.int64), first)
            term = (part[first] >> shift).astype(np.int64) - low
            doc = ((part[first] >> _FREQ) & _LOW).astype(np.uint32)
            lengths += np.bincount(doc, freq, docs).astype(np.int64)
            field.add(Postings(low, np.bincount(term, minlength=high - low), doc, freq))
        pairs = self._rank[self._forms].astype(np.int64) * LANGUAGES + self._codes
        write_pairs(writer, name, rank[stem].astype(np.int64), np.repeat(pairs, sizes), len(terms))
        return field.close(terms, lengths)


def write_pairs(writer: ArrayWriter, name: str, stems: Array, pairs: Array, vocabulary: int) -> None:
    """The (form, language) pairs behind every stem."""
    order = np.lexsort((pairs, stems))
    writer.put(f"{name}.pair.first", runs(np.bincount(stems, minlength=vocabulary)))
    writer.put(f"{name}.pair", pairs[order].astype(np.uint32))


def write_names(writer: ArrayWriter, names: Derived, number_of_rank: Array) -> None:
    """The table name key -> forms of ``body`` (ranks)."""
    rows = names.rows(NAMES, number_of_rank)
    first, flat = names.table()
    sizes = np.diff(first)[rows]
    keys = flat[spread(first[rows], sizes)]
    used = np.flatnonzero(np.bincount(keys, minlength=len(names.strings)))
    terms, rank = ranked(names.strings, used)
    write_key_table(writer, terms, rank[keys].astype(np.int64), np.repeat(np.arange(len(rows)), sizes))


def write_key_table(writer: ArrayWriter, terms: Packed, keys: Array, forms: Array) -> None:
    """``names``: the sorted keys and the forms of each, rising."""
    order = np.lexsort((forms, keys))
    terms.write(writer, "names")
    writer.put("names.first", runs(np.bincount(keys, minlength=len(terms))))
    writer.put("names.forms", forms[order].astype(np.uint32))
