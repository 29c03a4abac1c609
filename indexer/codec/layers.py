"""The layers over the words of a segment: stems (postings of their own) and name keys (a table of forms).

Both ask a given function once for every distinct form (and language), never for a word in a text.

    S.pair.first S.pair   int64[V+1], uint32: the (form, language) pairs behind a stem: form * LANGUAGES + language
    names.terms …         name keys; names.first int64[K+1], names.forms uint32: forms of ``body`` a key leads to
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from indexer.codec.arrays import Array, ArrayWriter, runs, spread
from indexer.codec.chunks import Numbers
from indexer.codec.inverting import SLICE, FieldWriter, Postings, ranked, starts_of_groups, term_slices
from indexer.codec.terms import write_terms

LANGUAGES = 64  # most languages of passages that a segment can tell apart
_DOC, _FREQ = np.uint64(20), np.uint64(20)  # bits of a packed stem posting; the rest is the stem
MAX_DOCS = 1 << 20  # documents of one run
_LOW = np.uint64((1 << 20) - 1)


class Derived:
    """What a function makes of every distinct key, kept as numbers of distinct strings."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._number = Numbers(self.strings).__getitem__
        self._rows: dict[int, tuple[int, ...]] = {}

    def row(self, key: int, make: Callable[[], Iterable[str]]) -> tuple[int, ...]:
        """Numbers of the strings of a key, none twice."""
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = tuple(map(self._number, dict.fromkeys(make())))
        return row


class StemLayer:
    """Collects the stems of one field over the slices of its postings, then writes them as a field of their own."""

    def __init__(
        self, stems: Callable[[str, str], Iterable[str]], derived: Derived, forms: list[str], langs: list[str]
    ) -> None:
        self._stems, self._derived, self._forms, self._langs = stems, derived, forms, langs
        self._keys: list[Array] = []
        self._pairs: list[tuple[Array, Array, Array]] = []  # stem, rank of the form, language

    def add(self, part: Postings, number_of_rank: Array, lang_of_place: Array) -> None:
        """A slice of postings with places; ``lang_of_place``: uint8 code of the language at every place."""
        assert part.places is not None
        terms = np.arange(part.low, part.low + len(part.frequencies), dtype=np.uint32)
        term = np.repeat(np.repeat(terms, part.frequencies), part.freq)
        doc = np.repeat(part.docs, part.freq)
        lang = lang_of_place[part.places]
        first = starts_of_groups(term, doc, lang)
        freq = np.diff(first, append=len(term)).astype(np.uint64)
        term, doc, lang = term[first], doc[first], lang[first]
        local = (term.astype(np.int64) - part.low) * LANGUAGES + lang
        seen = np.zeros(len(part.frequencies) * LANGUAGES, bool)
        seen[local] = True
        pairs = np.flatnonzero(seen)
        ranks, codes = pairs // LANGUAGES + part.low, pairs % LANGUAGES
        rows = [self._row(f, c) for f, c in zip(number_of_rank[ranks].tolist(), codes.tolist(), strict=True)]
        sizes = np.fromiter(map(len, rows), np.int64, len(rows))
        flat = np.fromiter((s for row in rows for s in row), np.uint64, int(sizes.sum()))
        self._pairs.append((flat, np.repeat(ranks, sizes), np.repeat(codes, sizes)))
        row_of_pair = np.zeros(len(seen), np.int32)
        row_of_pair[pairs] = np.arange(len(pairs), dtype=np.int32)
        row = row_of_pair[local]
        many = sizes[row]
        stem = flat[spread(runs(sizes)[:-1][row], many)]
        rest = (doc.astype(np.uint64) << _FREQ) | np.minimum(freq, _LOW)
        self._keys.append((stem << (_DOC + _FREQ)) | np.repeat(rest, many))

    def _row(self, form: int, code: int) -> tuple[int, ...]:
        lang = self._langs[code]
        return self._derived.row(form * LANGUAGES + code, lambda: self._stems(self._forms[form], lang))

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
        stem, form, lang = (
            (np.concatenate(c) for c in zip(*self._pairs, strict=True)) if self._pairs else [np.empty(0, np.uint64)] * 3
        )
        strings = self._derived.strings
        used = np.flatnonzero(np.bincount(stem.astype(np.int64), minlength=len(strings)))
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
        write_pairs(
            writer,
            name,
            rank[stem.astype(np.int64)].astype(np.int64),
            form.astype(np.int64) * LANGUAGES + lang.astype(np.int64),
            len(terms),
        )
        return field.close(terms, lengths)


def write_pairs(writer: ArrayWriter, name: str, stems: Array, pairs: Array, vocabulary: int) -> None:
    """The (form, language) pairs behind every stem."""
    order = np.lexsort((pairs, stems))
    writer.put(f"{name}.pair.first", runs(np.bincount(stems, minlength=vocabulary)))
    writer.put(f"{name}.pair", pairs[order].astype(np.uint32))


def write_names(
    writer: ArrayWriter,
    name_keys: Callable[[str], Iterable[str]],
    derived: Derived,
    forms: list[str],
    number_of_rank: Array,
) -> None:
    """The table name key -> forms of ``body`` (ranks)."""
    rows = [derived.row(n, lambda form=forms[n]: name_keys(form)) for n in number_of_rank.tolist()]  # type: ignore[misc]
    sizes = np.fromiter(map(len, rows), np.int64, len(rows))
    keys = np.fromiter((k for row in rows for k in row), np.int64, int(sizes.sum()))
    used = np.flatnonzero(np.bincount(keys, minlength=len(derived.strings)))
    terms, rank = ranked(derived.strings, used)
    write_key_table(writer, terms, rank[keys].astype(np.int64), np.repeat(np.arange(len(rows)), sizes))


def write_key_table(writer: ArrayWriter, terms: list[bytes], keys: Array, forms: Array) -> None:
    """``names``: the sorted keys and the forms of each, rising."""
    order = np.lexsort((forms, keys))
    write_terms(writer, "names", terms)
    writer.put("names.first", runs(np.bincount(keys, minlength=len(terms))))
    writer.put("names.forms", forms[order].astype(np.uint32))
