"""Which words of some documents matched a query: places in their streams, for marks.

Evaluated on the documents' own slices of the forward index, laid one after another; every place is a word that
matched, nothing is guessed.  A place is a key: the document's position among those asked for, 32 bits up, plus the
number of the word in its stream.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from whoosh import query as q

from indexer.codec.arrays import Array, spread
from indexer.codec.layers import LANGUAGES
from indexer.codec.segment import FieldReader, Segment
from search.expanding import Numbers, encoded
from search.matching import Matcher
from search.matchsets import Sparse, distinct
from search.view import View

_NONE = np.empty(0, np.int64)
_DOC = 32  # bits of a place


class Placer:
    """Finds the places of a query in documents of a view."""

    def __init__(self, view: View, matcher: Matcher) -> None:
        self._view, self._matcher = view, matcher

    def places(self, query: Any, docs: Sequence[int]) -> list[Array]:
        """Rising places in each of the documents; empty where one does not match."""
        out: list[Array] = [_NONE] * len(docs)
        groups: dict[int, list[int]] = {}
        for i, doc in enumerate(docs):
            groups.setdefault(self._view.segment_number(doc), []).append(i)
        for at, members in groups.items():
            base = self._view.bases[at]
            page = _Page(self._matcher, at, [docs[i] - base for i in members])
            keys = page.find(query).keys
            if len(members) == 1:
                out[members[0]] = keys
                continue
            cuts = np.searchsorted(keys, np.arange(len(members) + 1) << _DOC).tolist()
            keys = keys & ((1 << _DOC) - 1)
            for i, low, high in zip(members, cuts, cuts[1:], strict=False):
                out[i] = keys[low:high]
        return out


class _Hits:
    """Rising keys of what matched, and (bool) in which documents of the page."""

    __slots__ = ("_docs", "_size", "keys")

    def __init__(self, keys: Array, size: int, docs: Array | None = None) -> None:
        self.keys, self._size, self._docs = keys, size, docs

    @property
    def docs(self) -> Array:
        """bool, one a document; where not given, those with a place."""
        if self._docs is None:
            self._docs = np.zeros(self._size, bool)
            self._docs[self.keys >> _DOC] = True
        return self._docs

    def inside(self, docs: Array) -> _Hits:
        """What is in some of the documents only."""
        if docs.all():
            return self
        return _Hits(self.keys[docs[self.keys >> _DOC]], self._size, self.docs & docs)


class _Page:
    """Some documents of one segment under a query."""

    def __init__(self, matcher: Matcher, at: int, docs: list[int]) -> None:
        self._matcher, self._at, self._docs = matcher, at, docs
        self._segment: Segment = matcher.view.segments[at]
        self._size = len(docs)
        self._words: dict[str, Array] = {}
        self._bounds: dict[str, list[tuple[int, int]]] = {}
        self._shifts: dict[str, Array] = {}
        self._pairs: dict[str, Array] = {}

    def find(self, query: Any) -> _Hits:
        """What matches a query tree."""
        kind = type(query)
        if kind in (q.Or, q.DisjunctionMax):
            return self._union(self._alternatives(query.subqueries))
        if kind is q.And:
            parts = [self.find(s) for s in query.subqueries]
            if len(parts) == 1:
                return parts[0]
            every = np.logical_and.reduce([p.docs for p in parts]) if parts else np.zeros(self._size, bool)
            return self._union(parts).inside(every)
        if kind is q.Not:
            return _Hits(_NONE, self._size, ~self.find(query.query).docs)
        if kind is q.AndNot:
            return self.find(query.a).inside(~self.find(query.b).docs)
        if kind in (q.AndMaybe, q.Require):
            first, second = self.find(query.a), self.find(query.b)
            both = first.docs & second.docs if kind is q.Require else first.docs
            return self._union([first, second]).inside(both)
        if kind is q.Otherwise:
            first = self.find(query.a)
            return self._union([first, self.find(query.b).inside(~first.docs)])
        if kind is q.ConstantScoreQuery:
            return self.find(query.child)
        if kind is q.Every:
            return _Hits(_NONE, self._size, np.ones(self._size, bool))
        return self._leaf(query, kind)

    def _union(self, parts: list[_Hits]) -> _Hits:
        """What any of the parts has."""
        if len(parts) == 1:
            return parts[0]
        docs = np.logical_or.reduce([p.docs for p in parts]) if parts else np.zeros(self._size, bool)
        some = [p.keys for p in parts if len(p.keys)]
        if len(some) < 2:
            return _Hits(some[0] if some else _NONE, self._size, docs)
        return _Hits(distinct(np.sort(np.concatenate(some))), self._size, docs)

    def _alternatives(self, subs: list[Any]) -> list[_Hits]:
        """What each of the queries matches; the terms of one field in one go."""
        groups: dict[str, list[int]] = {}
        found = []
        for sub in subs:
            field = self._matcher.field(sub.fieldname) if type(sub) is q.Term else None
            if field is None:
                found.append(self.find(sub))
                continue
            number = field.look_up(encoded(sub.text)).numbers[self._at]
            if number >= 0:
                groups.setdefault(field.name, []).append(number)
        return found + [self._terms(self._segment.fields[name], sorted(n)) for name, n in groups.items()]

    def _leaf(self, query: Any, kind: type) -> _Hits:
        reader = self._segment.fields.get(getattr(query, "fieldname", None) or "")
        if reader is None:
            match = self._matcher.match(query)
            docs = np.array(self._docs) + self._matcher.view.bases[self._at]
            there = np.isin(docs, match.docs) if isinstance(match, Sparse) else match.hits()[docs]
            return _Hits(_NONE, self._size, there)
        field = self._matcher.field(reader.name)
        assert field is not None
        if kind is q.Term:
            number = field.look_up(encoded(query.text)).numbers[self._at]
            return self._terms(reader, [] if number < 0 else [number])
        if kind is q.Phrase:
            return self._phrase(reader, [field.look_up(encoded(w)).numbers[self._at] for w in query.words], query.slop)
        return self._terms(reader, self._matcher.expansions(query, field)[self._at])

    def _spans(self, reader: FieldReader) -> list[tuple[int, int]]:
        """Where each document stands in the forward index of a field, the empty place behind it not counted."""
        spans = self._bounds.get(reader.name)
        if spans is None:
            starts = reader.starts
            assert starts is not None
            spans = self._bounds[reader.name] = [(int(starts[d]), int(starts[d + 1]) - 1) for d in self._docs]
        return spans

    def _slice(self, reader: FieldReader) -> Array:
        """Terms of the words of the documents in a field, an empty place behind each."""
        words = self._words.get(reader.name)
        if words is None:
            forward = reader.forward
            assert forward is not None
            parts = [forward[low : high + 1] for low, high in self._spans(reader)]
            words = self._words[reader.name] = parts[0] if len(parts) == 1 else np.concatenate(parts)
        return words

    def _keys(self, reader: FieldReader, at: Array) -> Array:
        """Keys of places in the slices of a field.  Titles stand at the end of a stream."""
        spans = self._spans(reader)
        shifts = self._shifts.get(reader.name)
        if shifts is None:
            begin, shift = 0, []
            for i, (low, high) in enumerate(spans):
                shift.append((i << _DOC) - begin)
                begin += high - low + 1
            if reader.name == "title":
                bodies = self._spans(self._segment.fields["body"])
                pairs = zip(shift, bodies, spans, strict=True)
                shift = [s + (body[1] - body[0]) - (title[1] - title[0]) for s, body, title in pairs]
            shifts = self._shifts[reader.name] = np.array(shift, np.int64)
        if len(spans) == 1:
            return at + shifts[0] if shifts[0] else at
        ends = np.cumsum([high - low + 1 for low, high in spans])
        keys: Array = at + shifts.take(np.searchsorted(ends, at, "right"))
        return keys

    def _terms(self, reader: FieldReader, numbers: Numbers) -> _Hits:
        """Places of any of the terms, rising numbers."""
        if not len(numbers):
            return _Hits(_NONE, self._size)
        if reader.positions:
            return _Hits(self._keys(reader, _among(self._slice(reader), numbers).nonzero()[0]), self._size)
        if reader.pair is not None and reader.forms is not None:
            return self._stems(reader, numbers)
        if reader.column is not None and reader.column_first is not None:
            first, column = reader.column_first, reader.column
            there = [bool(_among(column[first[d] : first[d + 1]], numbers).any()) for d in self._docs]
        else:
            there = [any(_holds(reader, n, d) for n in numbers) for d in self._docs]
        return _Hits(_NONE, self._size, np.array(there))

    def _stems(self, reader: FieldReader, numbers: Numbers) -> _Hits:
        """Places whose form, in the language of its passage, has one of the stems."""
        assert reader.forms is not None
        wanted = self._matcher.pairs(self._segment, reader, tuple(numbers))
        pairs = self._form_pairs(self._segment.fields[reader.forms])
        at = (wanted.take(np.searchsorted(wanted, pairs), mode="clip") == pairs).nonzero()[0]
        return _Hits(self._keys(self._segment.fields[reader.forms], at), self._size)

    def _form_pairs(self, reader: FieldReader) -> Array:
        """The (form, language) pair at every place of a field of words, as the stem layer has it."""
        pairs = self._pairs.get(reader.name)
        if pairs is None:
            body = self._spans(self._segment.fields["body"])
            sizes = [high - low for low, high in body]
            langs = self._segment.lang_codes(self._docs, [n + 1 for n in sizes])
            if reader.name == "title":
                mine = np.array([high - low for low, high in self._spans(reader)])
                ends = np.cumsum(np.array(sizes) + 1)
                langs = langs[spread(ends - 1 - mine, mine + 1)]
            pairs = self._pairs[reader.name] = self._slice(reader).astype(np.int64) * LANGUAGES + langs
        return pairs

    def _phrase(self, reader: FieldReader, numbers: list[int], slop: int) -> _Hits:
        """Places of the words of a phrase, where it stands."""
        if -1 in numbers or not numbers:
            return _Hits(_NONE, self._size)
        words = self._slice(reader)
        if slop <= 1:
            return _Hits(self._keys(reader, _neighbours(words, numbers)), self._size)
        return _Hits(_chains([self._keys(reader, (words == n).nonzero()[0]) for n in numbers], slop), self._size)


def _holds(reader: FieldReader, number: int, doc: int) -> bool:
    docs = reader.docs[slice(*reader.span(number))]
    at = int(np.searchsorted(docs, doc))
    return at < len(docs) and bool(docs[at] == doc)


def _neighbours(words: Array, numbers: list[int]) -> Array:
    """Places of the words of a phrase without gaps."""
    first = (words == numbers[0]).nonzero()[0]
    for k in range(1, len(numbers)):
        if not len(first):
            return _NONE
        first = first[words.take(first + k, mode="clip") == numbers[k]]
    places = (first[:, None] + np.arange(len(numbers))).ravel()
    return places if len(first) == 1 else distinct(np.sort(places))


def _chains(columns: list[Array], slop: int) -> Array:
    """Keys of the words of a phrase, each 1 to ``slop`` places after the one before it."""
    for i in range(1, len(columns)):
        columns[i] = _near(columns[i], columns[i - 1], slop, after=True)
    for i in range(len(columns) - 2, -1, -1):
        columns[i] = _near(columns[i], columns[i + 1], slop, after=False)
    return distinct(np.sort(np.concatenate(columns))) if len(columns[0]) else _NONE


def _near(these: Array, those: Array, slop: int, after: bool) -> Array:
    """These that have one of those 1 to ``slop`` places before (``after``) or behind them."""
    if not len(these) or not len(those):
        return these[:0]
    if after:
        at = np.searchsorted(those, these, "left") - 1
        gaps = np.where(at >= 0, these - those[at], slop + 1)
    else:
        at = np.searchsorted(those, these, "right")
        gaps = np.where(at < len(those), those.take(at, mode="clip") - these, slop + 1)
    return these[gaps <= slop]


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
