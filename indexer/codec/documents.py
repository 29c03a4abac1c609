"""Whoosh's ``add_document`` for any schema of TEXT, ID, KEYWORD, NUMERIC and STORED fields, into the same files.

The slow, general road: what a field's own analyzer and format make of a value is taken posting by posting.  It serves
tests that hold the arrays against stock Whoosh, and small indexes with a schema of their own.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import fields

from indexer.codec.arrays import Array, ArrayWriter, runs
from indexer.codec.inverting import NO_TERM, FieldWriter, Postings, inverted, write_doc_terms, write_forward
from indexer.codec.ordering import Packed
from indexer.codec.records import SegmentInfo
from indexer.codec.stored import BlobWriter


class _Buffer:
    """Postings of one field in the order of their documents."""

    def __init__(self, positions: bool) -> None:
        self.positions = positions
        self.numbers: dict[bytes, int] = {}
        self.terms: list[int] = []
        self.docs: list[int] = []
        self.freq: list[int] = []
        self.places: list[int] = []
        self.widths: list[int] = []
        self.lengths: list[int] = []

    def sorted(self) -> tuple[Packed, Array]:
        """The terms in order, and number -> rank."""
        names = sorted(self.numbers)
        rank = np.zeros(len(names), np.uint32)
        rank[[self.numbers[n] for n in names]] = np.arange(len(names))
        return Packed.of(names), rank


class DocumentWriter:
    """Writes one segment from documents given as Whoosh fields.

    ``facets``: keyword fields that are counted.  The field that identifies documents must be called ``id``.
    """

    def __init__(self, folder: str | os.PathLike[str], schema: fields.Schema, facets: tuple[str, ...] = ()) -> None:
        self.name = f"s{os.urandom(6).hex()}"
        self._writer = ArrayWriter(Path(folder), self.name)
        self._schema, self._facets = schema, facets
        self._docs = 0
        self._stored = BlobWriter(self._writer, "stored")
        self._buffers: dict[str, _Buffer] = {}
        self._numbers: dict[str, list[int | None]] = {}
        for name, field in schema.items():
            if field.indexed:
                positions = field.format is not None and field.format.supports("positions")
                self._buffers[name] = _Buffer(positions)
            if isinstance(field, fields.NUMERIC) and field.column_type:
                self._numbers[name] = []

    def add_document(self, **values: Any) -> None:
        """Add one document, as ``whoosh.writing.IndexWriter.add_document`` does."""
        for name, buffer in self._buffers.items():
            self._index(buffer, self._schema[name], values.get(name))
        for name, column in self._numbers.items():
            column.append(values.get(name))
        kept = {n: v for n, v in values.items() if v is not None and self._schema[n].stored}
        self._stored.add([json.dumps(kept, ensure_ascii=False).encode()])
        self._docs += 1

    def _index(self, buffer: _Buffer, field: Any, value: Any) -> None:
        length = width = 0
        for text, freq, _, data in field.index(value) if value is not None else ():
            buffer.terms.append(buffer.numbers.setdefault(text, len(buffer.numbers)))
            buffer.docs.append(self._docs)
            buffer.freq.append(freq)
            length += freq
            if buffer.positions:
                places = list(field.format.decode_positions(data))
                buffer.places += places
                width = max(width, places[-1] + 1)
        buffer.lengths.append(length)
        buffer.widths.append(width)

    def finish(self) -> SegmentInfo:
        """Write the segment."""
        if not self._docs:
            self._writer.abort()
            return SegmentInfo(self.name, 0, ())
        self._stored.close()
        meta = {name: self._write(name, buffer) for name, buffer in self._buffers.items()}
        for name, column in self._numbers.items():
            self._writer.put(f"{name}.values", np.array([v or 0 for v in column], np.int64))
            self._writer.put(f"{name}.known", np.array([v is not None for v in column]))
        files = self._writer.close(
            {
                "docs": self._docs,
                "fields": meta,
                "langs": [],
                "numbers": list(self._numbers),
                "facets": list(self._facets),
            }
        )
        return SegmentInfo(self.name, self._docs, tuple(files))

    def _write(self, name: str, buffer: _Buffer) -> dict[str, Any]:
        terms, rank = buffer.sorted()
        numbers = rank[np.array(buffer.terms, np.int64)]
        docs, freq = np.array(buffer.docs, np.int64), np.array(buffer.freq, np.int64)
        lengths = np.array(buffer.lengths, np.int64) if self._schema[name].scorable else None
        field = FieldWriter(self._writer, name, weighted=True, positions=buffer.positions)
        if buffer.positions:
            starts = runs(np.array(buffer.widths, np.int64) + 1)
            places = np.array(buffer.places, np.int64) + np.repeat(starts[docs], freq)
            words = np.repeat(numbers, freq)
            forward = np.full(int(starts[-1]), NO_TERM, np.uint32)
            forward[places] = words
            keys = write_forward(self._writer, name, [forward], starts)
            for part in inverted(keys, starts, runs(np.bincount(words, minlength=len(terms)))):
                field.add(part)
        else:
            order = np.lexsort((docs, numbers))
            field.add(Postings(0, np.bincount(numbers, minlength=len(terms)), docs[order], freq[order]))
        meta = field.close(terms, lengths)
        if name in self._facets or name == "id":
            order = np.lexsort((numbers, docs))
            counts = np.bincount(docs, minlength=self._docs)
            write_doc_terms(self._writer, name, numbers[order], counts, len(terms))
            meta["column"] = True
        return meta
