"""Whoosh's own readers, cursors and matchers over our segments: its searcher and every query of it work here.

The slow, compatible road, for tests and for tools written for Whoosh.  Columns of Whoosh are not offered.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.fields import Schema
from whoosh.matching import LeafMatcher
from whoosh.reading import MultiReader, SegmentReader, TermInfo, TermNotFound
from whoosh.searching import Searcher
from whoosh.util.numeric import byte_to_length

from indexer.codec.arrays import Array
from indexer.codec.segment import FieldReader, Segment
from indexer.codec.toc import live_docs, read_toc


class ArrayMatcher(LeafMatcher):
    """Walks the postings of one term."""

    def __init__(self, reader: FieldReader, number: int, format_: Any, scorer: Any, term: tuple[str, bytes]) -> None:
        self._reader, self._number = reader, number
        low, high = reader.span(number)
        self._docs: list[int] = reader.docs[low:high].tolist()
        self._freq = reader.exact(low, high)
        self._at = 0
        self.format, self.scorer, self._term = format_, scorer, term

    def is_active(self) -> bool:
        return self._at < len(self._docs)

    def id(self) -> int:
        return self._docs[self._at]

    def all_ids(self) -> Iterator[int]:
        return iter(self._docs[self._at :])

    def next(self) -> None:
        self._at += 1

    def skip_to(self, id: int) -> None:
        self._at = bisect_left(self._docs, id, self._at)

    def reset(self) -> None:
        self._at = 0

    def weight(self) -> float:
        return float(self._freq[self._at])

    def copy(self) -> ArrayMatcher:
        other: ArrayMatcher = object.__new__(ArrayMatcher)
        other.__dict__.update(self.__dict__)
        return other

    def supports_block_quality(self) -> bool:
        return False

    def value_as(self, astype: str) -> Any:
        if astype != "positions":
            return int(self._freq[self._at])
        reader = self._reader
        assert reader.place is not None
        assert reader.places is not None
        assert reader.starts is not None
        at = int(reader.place[self._number]) + int(self._freq[: self._at].sum())
        places = reader.places[at : at + int(self._freq[self._at])].astype(np.int64)
        return (places - reader.starts[self.id()]).tolist()

    def value(self) -> Any:
        return self.format.encode(self.value_as("positions"))


class ArrayCursor(base.FieldCursor):
    """Steps through the terms of a field."""

    def __init__(self, reader: FieldReader, field: Any) -> None:
        self._terms, self._field, self._at = reader.terms, field, 0

    def first(self) -> Any:
        self._at = 0
        return self.text()

    def find(self, string: str | bytes) -> Any:
        self._at = self._terms.left(string if isinstance(string, bytes) else self._field.to_bytes(string))
        return self.text()

    def next(self) -> Any:
        self._at += 1
        return self.text()

    def text(self) -> Any:
        return self._field.from_bytes(self._terms[self._at]) if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._at < len(self._terms)


class ArrayTermsReader(base.TermsReader):
    """The terms of a segment."""

    def __init__(self, segment: Segment) -> None:
        self._fields = segment.fields

    def _find(self, field: str, term: bytes) -> tuple[FieldReader, int]:
        reader = self._fields.get(field)
        number = reader.terms.find(term) if reader else -1
        if reader is None or number < 0:
            raise TermNotFound(f"{field}:{term!r}")
        return reader, number

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return term[0] in self._fields and self._fields[term[0]].terms.find(term[1]) >= 0

    def indexed_field_names(self) -> Iterable[str]:
        return self._fields.keys()

    def cursor(self, fieldname: str, fieldobj: Any) -> ArrayCursor:
        return ArrayCursor(self._fields[fieldname], fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return ((name, term) for name in sorted(self._fields) for term in self._fields[name].terms)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        reader = self._fields.get(fieldname)
        terms = reader.terms.between(reader.terms.left(prefix), len(reader.terms)) if reader else []
        return ((fieldname, term) for term in terms)

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        reader, number = self._find(fieldname, text)
        low, high = reader.span(number)
        freq = reader.exact(low, high)
        docs = reader.docs
        return TermInfo(float(freq.sum()), high - low, 1, 255, float(freq.max()), int(docs[low]), int(docs[high - 1]))

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        try:
            reader, number = self._find(fieldname, text)
        except TermNotFound:
            return 0
        low, high = reader.span(number)
        return high - low

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        reader, number = self._find(fieldname, text)
        return ArrayMatcher(reader, number, format_, scorer, (fieldname, text))


class ArrayDocsReader(base.PerDocumentReader):
    """Lengths, deletions and stored fields of a segment."""

    def __init__(self, segment: Segment, live: Array | None) -> None:
        self._segment = segment
        self._gone = frozenset() if live is None else frozenset(np.flatnonzero(~live).tolist())

    def doc_count(self) -> int:
        return self._segment.docs - len(self._gone)

    def doc_count_all(self) -> int:
        return self._segment.docs

    def has_deletions(self) -> bool:
        return bool(self._gone)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._gone

    def deleted_docs(self) -> frozenset[int]:
        return self._gone

    def field_length(self, fieldname: str) -> int:
        reader = self._segment.fields.get(fieldname)
        return reader.total if reader else 0

    def _lengths(self, fieldname: str) -> Array:
        reader = self._segment.fields.get(fieldname)
        return reader.lengths if reader is not None and reader.lengths is not None else np.zeros(1, np.uint8)

    def min_field_length(self, fieldname: str) -> int:
        return int(byte_to_length(int(self._lengths(fieldname).min())))

    def max_field_length(self, fieldname: str) -> int:
        return int(byte_to_length(int(self._lengths(fieldname).max())))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        reader = self._segment.fields.get(fieldname)
        if reader is None or reader.lengths is None:
            return default
        return int(byte_to_length(int(reader.lengths[docnum])))

    def has_column(self, fieldname: str) -> bool:
        return False

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        return False

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        kept: dict[str, Any] = json.loads(self._segment.blob("stored", docnum) or b"{}")
        return kept or {"id": self._segment.id_of(docnum)}


class ArraySegment(base.Segment):
    """What Whoosh knows of one of our segments."""

    def __init__(self, segment: Segment, live: Array | None) -> None:
        self.segment, self.live = segment, live
        self.segid, self.indexname, self.compound = segment.name, "izde", False

    def codec(self) -> ArrayCodec:
        return ArrayCodec()


class ArrayCodec(base.Codec):
    """Whoosh's door to our segments, for reading."""

    length_stats = False

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTermsReader:
        return ArrayTermsReader(segment.segment)

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayDocsReader:
        return ArrayDocsReader(segment.segment, segment.live)


def whoosh_searcher(folder: str | os.PathLike[str], schema: Schema) -> Searcher:
    """Whoosh's searcher over an index folder; ``schema`` must have the fields it was written with.  For one thread."""
    path = Path(folder)
    readers = []
    for entry in read_toc(path).entries:
        segment = ArraySegment(Segment(path, entry.name), live_docs(path, entry))
        readers.append(SegmentReader(None, schema, segment, generation=0, codec=segment.codec()))
    return Searcher(readers[0] if len(readers) == 1 else MultiReader(readers, generation=0))
