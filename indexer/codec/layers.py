"""The layers over the words of a segment: stems (postings of their own) and name keys (a table of forms).

S.pair.first S.pair   int64[V+1], uint32: the (form, language) pairs behind a stem: form * LANGUAGES + language
names.terms …         name keys; names.first int64[K+1], names.forms uint32: forms of ``body`` a key leads to
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from indexer.codec.arrays import Array, ArrayWriter, runs, spread
from indexer.codec.deriving import NAMES, STEM, Derived
from indexer.codec.inverting import SLICE, FieldWriter, Postings, starts_of_groups, term_slices
from indexer.codec.ordering import Packed, ranked

LANGUAGES = 64  # most languages of passages that a segment can tell apart
_DOC, _FREQ = np.uint64(20), np.uint64(20)  # bits of a packed stem posting; the rest is the stem
MAX_DOCS = 1 << 20  # documents of one run
_LOW = np.uint64((1 << 20) - 1)


class StemLayer:
    """Collects the stems of one field over the slices of its postings, then writes them as a field of their own.

    ``pairs``: the (form, language) pairs of the field, ``form * len(langs) + code``, rising; forms are numbers.
    ``mixed``: bool[docs], which documents have words in more than one language.
    """

    def __init__(self, stems: Derived, langs: Sequence[str], pairs: Array, rank: Array, mixed: Array) -> None:
        width = len(langs)
        self._mixed = mixed
        self._strings, self._width = stems.strings, width
        self._forms, self._codes = pairs // width, pairs % width
        self._row_of_pair = np.zeros(len(rank) * width, np.int32)
        for code, lang in enumerate(langs):
            own = self._codes == code
            self._row_of_pair[pairs[own]] = stems.rows(STEM + lang, self._forms[own])
        self._first, self._flat = stems.table()
        self._sizes = np.diff(self._first)
        self._rows = self._row_of_pair[pairs]
        self._rank = rank
        self._keys: list[Array] = []

    def add(self, part: Postings, number_of_rank: Array, lang_of_place: Array) -> None:
        """A slice of postings with places; ``lang_of_place``: uint8 code of the language at every place."""
        assert part.places is not None
        rows = number_of_rank[part.low : part.low + len(part.frequencies)] * self._width
        pair, places = np.repeat(rows, part.frequencies), runs(part.freq)
        plain = (part.freq == 1) | ~self._mixed.take(part.docs)
        alike, rest = np.flatnonzero(plain), np.flatnonzero(~plain)
        lang = lang_of_place[part.places[places[alike]]]
        self._add(pair[alike] + lang, part.docs[alike], part.freq[alike])
        freq = part.freq[rest]  # a word of these may be read in several languages
        pair = np.repeat(pair[rest], freq) + lang_of_place[part.places[spread(places[rest], freq)]]
        doc = np.repeat(part.docs[rest], freq)
        first = starts_of_groups(pair, doc)
        self._add(pair[first], doc[first], np.diff(first, append=len(pair)))

    def _add(self, pair: Array, doc: Array, freq: Array) -> None:
        """Postings of (form, language) pairs, a pair and a document together once or for each stretch."""
        row = self._row_of_pair[pair]
        many = self._sizes[row]
        stem = self._flat[spread(self._first[row], many)].astype(np.uint64)
        rest = (doc.astype(np.uint64) << _FREQ) | np.minimum(freq.astype(np.uint64), _LOW)
        self._keys.append((stem << (_DOC + _FREQ)) | np.repeat(rest, many))

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
