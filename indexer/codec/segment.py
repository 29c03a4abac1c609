"""A segment, mapped for reading: fields, columns, stored blobs.  Nothing here has a cursor; threads may share it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from indexer.codec.arrays import Array, Arrays
from indexer.codec.inverting import ESCAPE
from indexer.codec.stored import BlobReader, Stored
from indexer.codec.terms import Terms

_BLOBS = ("text", "card", "receipts", "stored")


class FieldReader:
    """One field of a segment; arrays as in ``indexer.codec.inverting``, None where the field has none."""

    def __init__(self, arrays: Arrays, name: str, meta: dict[str, Any]) -> None:
        self.name = name
        self.total: int = meta["total"]
        self.scorable: bool = meta["scorable"]
        self.positions: bool = meta["positions"]
        self.forms: str | None = meta.get("forms")
        self.terms = Terms(arrays, name)
        self.first: Array = arrays[f"{name}.first"]
        self.docs: Array = arrays[f"{name}.docs"]
        self.freq = arrays.get(f"{name}.freq")
        self.big = arrays.get(f"{name}.big")
        self.big_freq = arrays.get(f"{name}.big.freq")
        self.lengths = arrays.get(f"{name}.lengths")
        self.place = arrays.get(f"{name}.place")
        self.places = arrays.get(f"{name}.places")
        self.forward = arrays.get(f"{name}.forward")
        self.starts = arrays.get(f"{name}.starts")
        self.column = arrays.get(f"{name}.column")
        self.column_first = arrays.get(f"{name}.column.first")
        self.pair = arrays.get(f"{name}.pair")
        self.pair_first = arrays.get(f"{name}.pair.first")

    def span(self, term: int) -> tuple[int, int]:
        """Where the postings of a term begin and end."""
        return int(self.first[term]), int(self.first[term + 1])

    def frequencies(self, spans: Sequence[tuple[int, int]]) -> Array:
        """Words of the postings ``low..high-1`` of every span, one after another, as float32."""
        if self.freq is None:
            return np.ones(sum(high - low for low, high in spans), np.float32)
        parts = [self.freq[low:high] for low, high in spans]
        freq = parts[0] if len(parts) == 1 else np.concatenate(parts)
        exact = freq.astype(np.float32)
        if self.big is not None and self.big_freq is not None:
            wide = (freq == ESCAPE).nonzero()[0]
            if len(wide):
                postings = np.concatenate([np.arange(low, high) for low, high in spans])[wide]
                exact[wide] = self.big_freq[self.big.searchsorted(postings)]
        return exact

    def frequencies_at(self, postings: Array) -> Array:
        """Words of some postings as float32."""
        if self.freq is None:
            return np.ones(len(postings), np.float32)
        freq = self.freq.take(postings).astype(np.float32)
        if self.big is not None and self.big_freq is not None and len(self.big):
            wide = (freq == ESCAPE).nonzero()[0]
            if len(wide):
                freq[wide] = self.big_freq[np.searchsorted(self.big, postings[wide])]
        return freq

    def exact(self, low: int, high: int) -> Array:
        """Words of the postings ``low..high-1`` as int64."""
        if self.freq is None:
            return np.ones(high - low, np.int64)
        freq = self.freq[low:high].astype(np.int64)
        if self.big is not None and self.big_freq is not None and len(freq) and freq.max() == ESCAPE:
            a, b = np.searchsorted(self.big, (low, high)).tolist()
            freq[self.big[a:b] - low] = self.big_freq[a:b]
        return freq


class Segment:
    """The fields of a segment and what it keeps of every document."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.arrays = Arrays(folder, name)
        self.files = self.arrays.files
        meta = self.arrays.meta
        self.docs: int = meta["docs"]
        self.langs: list[str] = meta["langs"]
        self.numbers: list[str] = meta["numbers"]
        self.facets: list[str] = meta["facets"]
        self.meta = meta
        self.fields = {field: FieldReader(self.arrays, field, entry) for field, entry in meta["fields"].items()}
        self._passages = memoryview(self.arrays["langs.first"]) if "langs.first" in self.arrays else memoryview(b"")  # type: ignore[arg-type]
        self._spoken = self.arrays.get("langs.place"), self.arrays.get("langs.code")
        self._blobs = {key: BlobReader(self.arrays, key) for key in _BLOBS if key in self.arrays}
        ids = self.fields["id"].column
        assert ids is not None
        self._id_terms = self.fields["id"].terms
        self._ids = memoryview(ids)  # type: ignore[arg-type]
        self.names = Terms(self.arrays, "names") if "names.terms" in self.arrays else None

    def blob(self, key: str, doc: int) -> bytes:
        """A stored blob (``card``, ``receipts``, ``text``, ``stored``); empty where there is none."""
        return self._blobs[key][doc] if key in self._blobs else b""

    def text(self, doc: int) -> Stored:
        """The text of a document with the offsets of its words."""
        return Stored(self._blobs["text"][doc], partial(self.langs_of, doc))

    def langs_of(self, doc: int) -> list[tuple[int, str]]:
        """(first place, language) of the passages of a document."""
        a, b = self.arrays["langs.first"][doc : doc + 2].tolist()
        places = self.arrays["langs.place"][a:b].tolist()
        codes = self.arrays["langs.code"][a:b].tolist()
        return [(place, self.langs[code]) for place, code in zip(places, codes, strict=True)]

    def passages(self, doc: int) -> tuple[Array, Array]:
        """First places of the passages of a document, rising from 0, and codes of their languages."""
        a, b = self._passages[doc], self._passages[doc + 1]
        places, codes = self._spoken
        assert places is not None
        assert codes is not None
        return places[a:b], codes[a:b]

    def pairs(self, field: FieldReader, term: int) -> Array:
        """What is behind a stem: rising ``form * LANGUAGES + language``, int64; forms are terms of ``field.forms``."""
        assert field.pair is not None
        assert field.pair_first is not None
        return field.pair[field.pair_first[term] : field.pair_first[term + 1]].astype(np.int64)

    def forms_of_name(self, key: str) -> list[str]:
        """Forms of ``body`` that have a name key."""
        if self.names is None:
            return []
        at = self.names.find(key.encode("utf-8", "surrogatepass"))
        if at < 0:
            return []
        first = self.arrays["names.first"]
        forms = self.arrays["names.forms"][first[at] : first[at + 1]].tolist()
        return [t.decode("utf-8", "surrogatepass") for t in self.fields["body"].terms.at(forms)]

    def id_of(self, doc: int) -> str:
        """The id of a document."""
        return self._id_terms[self._ids[doc]].decode("utf-8", "surrogatepass")

    def doc_of(self, id_: str) -> int:
        """The document of an id, or -1."""
        field = self.fields["id"]
        at = field.terms.find(id_.encode("utf-8", "surrogatepass"))
        return int(field.docs[field.first[at]]) if at >= 0 else -1
