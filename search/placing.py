"""Which words of one document matched a query: places in its stream, for marks.

Evaluated on the document's own slice of the forward index; every place is a word that matched, nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh import query as q

from indexer.codec.arrays import Array
from indexer.codec.layers import LANGUAGES
from indexer.codec.segment import FieldReader, Segment
from search.expanding import Numbers, encoded
from search.matching import Matcher
from search.matchsets import Sparse, distinct
from search.view import View

_NONE = np.empty(0, np.int64)


class Placer:
    """Finds the places of a query in documents of a view."""

    def __init__(self, view: View, matcher: Matcher) -> None:
        self._view, self._matcher = view, matcher

    def places(self, query: Any, doc: int) -> Array:
        """Rising places; empty where the document does not match."""
        segment, local = self._view.locate(doc)
        found = _Document(self._matcher, segment, self._view.segment_number(doc), local).find(query)
        return _NONE if found is None else found


class _Document:
    """One document under a query.  ``find`` gives None where a query does not match it."""

    def __init__(self, matcher: Matcher, segment: Segment, at: int, doc: int) -> None:
        self._matcher, self._segment, self._at, self._doc = matcher, segment, at, doc
        self._words: dict[str, Array] = {}
        self._pairs: dict[str, Array] = {}

    def find(self, query: Any) -> Array | None:
        """Places of a query tree, or None."""
        kind = type(query)
        if kind in (q.Or, q.DisjunctionMax):
            return _union([found for found in self._alternatives(query.subqueries) if found is not None])
        if kind is q.And:
            parts = [self.find(s) for s in query.subqueries]
            return (
                None if None in [p if p is None else 1 for p in parts] else _union([p for p in parts if p is not None])
            )
        if kind is q.Not:
            return _NONE if self.find(query.query) is None else None
        if kind is q.AndNot:
            return self.find(query.a) if self.find(query.b) is None else None
        if kind in (q.AndMaybe, q.Require):
            first, second = self.find(query.a), self.find(query.b)
            if first is None or (kind is q.Require and second is None):
                return None
            return _union([first] if second is None else [first, second])
        if kind is q.Otherwise:
            first = self.find(query.a)
            return self.find(query.b) if first is None else first
        if kind is q.ConstantScoreQuery:
            return self.find(query.child)
        if kind is q.Every:
            return _NONE
        return self._leaf(query, kind)

    def _alternatives(self, subs: list[Any]) -> Iterator[Array | None]:
        """Places of each of the queries; the terms of one field in one go."""
        groups: dict[str, list[int]] = {}
        for sub in subs:
            field = self._matcher.field(sub.fieldname) if type(sub) is q.Term else None
            if field is None:
                yield self.find(sub)
                continue
            number = field.look_up(encoded(sub.text)).numbers[self._at]
            if number >= 0:
                groups.setdefault(field.name, []).append(number)
        for name, numbers in groups.items():
            yield self._terms(self._segment.fields[name], sorted(numbers))

    def _leaf(self, query: Any, kind: type) -> Array | None:
        reader = self._segment.fields.get(getattr(query, "fieldname", None) or "")
        if reader is None:
            match = self._matcher.match(query)
            docs = match.docs if isinstance(match, Sparse) else np.flatnonzero(match.hits())
            return _NONE if self._global() in docs else None
        field = self._matcher.field(reader.name)
        assert field is not None
        if kind is q.Term:
            number = field.look_up(encoded(query.text)).numbers[self._at]
            return None if number < 0 else self._terms(reader, [number])
        if kind is q.Phrase:
            return self._phrase(reader, [field.look_up(encoded(w)).numbers[self._at] for w in query.words], query.slop)
        return self._terms(reader, self._matcher.expansions(query, field)[self._at])

    def _global(self) -> int:
        return self._matcher.view.bases[self._at] + self._doc

    def _slice(self, reader: FieldReader) -> Array:
        """Terms of the words of the document in a field."""
        words = self._words.get(reader.name)
        if words is None:
            assert reader.forward is not None
            assert reader.starts is not None
            low, high = reader.starts[self._doc : self._doc + 2].tolist()
            words = self._words[reader.name] = reader.forward[low : high - 1]
        return words

    def _shift(self, name: str) -> int:
        """Places of the stream before the first word of a field: titles stand at its end."""
        fields = self._segment.fields
        return len(self._slice(fields["body"])) - len(self._slice(fields["title"])) if name == "title" else 0

    def _terms(self, reader: FieldReader, numbers: Numbers) -> Array | None:
        """Places of any of the terms, rising numbers."""
        if not len(numbers):
            return None
        if reader.positions:
            places: Array = _among(self._slice(reader), numbers).nonzero()[0]
            if not len(places):
                return None
            shift = self._shift(reader.name)
            return places + shift if shift else places
        if reader.pair is not None and reader.forms is not None:
            return self._stems(reader, numbers)
        if reader.column is not None and reader.column_first is not None:
            mine = reader.column[reader.column_first[self._doc] : reader.column_first[self._doc + 1]]
            return _NONE if _among(mine, numbers).any() else None
        for n in numbers:
            docs = reader.docs[slice(*reader.span(n))]
            at = int(np.searchsorted(docs, self._doc))
            if at < len(docs) and docs[at] == self._doc:
                return _NONE
        return None

    def _stems(self, reader: FieldReader, numbers: Numbers) -> Array | None:
        """Places whose form, in the language of its passage, has one of the stems."""
        assert reader.forms is not None
        wanted = self._matcher.pairs(self._segment, reader, tuple(numbers))
        keys = self._keys(reader.forms)
        places: Array = (wanted.take(np.searchsorted(wanted, keys), mode="clip") == keys).nonzero()[0]
        return places + self._shift(reader.forms) if len(places) else None

    def _keys(self, name: str) -> Array:
        """The (form, language) pair at every place of a field of words, as the stem layer has it."""
        keys = self._pairs.get(name)
        if keys is None:
            words = self._slice(self._segment.fields[name])
            langs = self._segment.lang_codes(self._doc, len(self._slice(self._segment.fields["body"])) + 1)
            shift = self._shift(name)
            keys = self._pairs[name] = words.astype(np.int64) * LANGUAGES + langs[shift : shift + len(words)]
        return keys

    def _phrase(self, reader: FieldReader, numbers: list[int], slop: int) -> Array | None:
        """Places of the words of a phrase, where it stands."""
        if -1 in numbers or not numbers:
            return None
        words = self._slice(reader)
        places = _neighbours(words, numbers) if slop <= 1 else _chains(words, numbers, slop)
        return places + self._shift(reader.name) if len(places) else None


def _neighbours(words: Array, numbers: list[int]) -> Array:
    """Places of the words of a phrase without gaps."""
    first = (words == numbers[0]).nonzero()[0]
    first = first[first <= len(words) - len(numbers)]
    for k in range(1, len(numbers)):
        if not len(first):
            return _NONE
        first = first[words[first + k] == numbers[k]]
    if len(first) == 1:
        return np.arange(first[0], first[0] + len(numbers))
    return np.unique(first[:, None] + np.arange(len(numbers)))


def _chains(words: Array, numbers: list[int], slop: int) -> Array:
    """Places of the words of a phrase, each 1 to ``slop`` places after the one before it."""
    columns = [(words == n).nonzero()[0] for n in numbers]
    for i in range(1, len(columns)):
        columns[i] = _near(columns[i], columns[i - 1], slop, 1)
    for i in range(len(columns) - 2, -1, -1):
        columns[i] = _near(columns[i], columns[i + 1], slop, -1)
    return np.unique(np.concatenate(columns)) if len(columns[0]) else _NONE


def _among(words: Array, numbers: Numbers) -> Array:
    """Which of the words are one of the rising numbers, as bools."""
    if isinstance(numbers, range):
        hits: Array = (words >= numbers.start) & (words < numbers.stop)
    elif len(numbers) == 1:
        hits = words == numbers[0]
    else:
        wanted = np.array(numbers, words.dtype)
        hits = wanted.take(np.searchsorted(wanted, words), mode="clip") == words
    return hits


def _near(these: Array, those: Array, slop: int, sign: int) -> Array:
    """These that have one of those 1 to ``slop`` places before (sign 1) or behind (-1) them."""
    gaps = sign * (these[:, None] - those[None, :])
    return these[((gaps >= 1) & (gaps <= max(slop, 1))).any(1)]


def _union(parts: list[Array]) -> Array | None:
    """Distinct places of all, rising; None if there are no parts."""
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else distinct(np.sort(np.concatenate(parts)))
