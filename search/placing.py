"""Which words of some documents matched a query: places in their streams, for marks.

The documents' own slices of the forward index, laid one after another, are searched once for every word that the query
stands for; the query is then evaluated on the words found.  Every place is a word that matched, nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

import numpy as np
from whoosh import query as q

from indexer.codec.arrays import Array
from search.expanding import Numbers
from search.matching import Matcher
from search.phrases import chains, neighbours
from search.typed import TypedFirst
from search.view import Field
from search.words import NOWHERE, Forms, Places, Standing, Words, among

WHOLE = {"title": "body", "title_stem": "stem"}
"""The layers of the title and those of the whole stream, at whose end the title stands."""


class Placer:
    """Finds the places of a query in documents of a view."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher, self._words = matcher, Words(matcher.view)

    def places(self, query: Any, docs: Sequence[int], known: bool = False) -> Places:
        """The words of the documents that matched; none of a document that does not match.

        ``known``: all documents are known to match, so no part of an And has to be missed.
        """
        if not docs:
            return NOWHERE
        page = _Page(self._matcher, self._words, docs)
        if type(query) is TypedFirst:
            query = query.query
        if known and type(query) is q.And:
            query = q.Or(query.subqueries)
        evaluate = page.read(query)
        page.collect()
        mask = evaluate().mask
        found = Places(page.found.doc, page.found.place, page.found.words)
        return found if mask.all() else Places(*(column[mask] for column in found))


class _Hits:
    """Which of the words found matched (bool), and in which documents of the page (bool)."""

    __slots__ = ("_docs", "_page", "mask")

    def __init__(self, page: _Page, mask: Array, docs: Array | None = None) -> None:
        self.mask, self._page, self._docs = mask, page, docs

    @property
    def docs(self) -> Array:
        """One a document; where not given, those with a word."""
        if self._docs is None:
            self._docs = np.zeros(self._page.size, bool)
            self._docs[self._page.found.doc[self.mask]] = True
        return self._docs

    @property
    def wordless(self) -> bool:
        """Whether a document may match without a word."""
        return self._docs is not None

    def inside(self, docs: Array) -> _Hits:
        """What is in some of the documents only."""
        if docs.all():
            return self
        return _Hits(self._page, self.mask & docs.take(self._page.found.doc), self.docs & docs)


Step = Callable[[], _Hits]
"""Evaluates a part of the query once the words are collected."""


class _Page:
    """Some documents under a query.  ``found``: the words of the query that stand in them, once they are collected."""

    found: Standing

    def __init__(self, matcher: Matcher, known: Words, docs: Sequence[int]) -> None:
        self.size = len(docs)
        self._matcher, self._known, self._view = matcher, known, matcher.view
        self._docs = docs
        self._where = self._view.located(docs)
        self._wanted: list[Forms] = []

    def read(self, query: Any) -> Step:
        """A query tree, its words looked up."""
        kind = type(query)
        if kind in (q.Or, q.DisjunctionMax):
            return self._any(query.subqueries)
        if kind is q.And:
            steps = [self.read(s) for s in query.subqueries]
            return lambda: self._all([step() for step in steps])
        if kind is q.Not:
            step = self.read(query.query)
            return lambda: _Hits(self, self._none(), ~step().docs)
        if kind in (q.AndNot, q.AndMaybe, q.Require, q.Otherwise):
            return self._pair(kind, self.read(query.a), self.read(query.b))
        if kind is q.ConstantScoreQuery:
            return self.read(query.child)
        if kind is TypedFirst:
            return self.read(query.query)
        if kind is q.Every:
            return lambda: _Hits(self, self._none(), np.ones(self.size, bool))
        return self._leaf(query, kind)

    def collect(self) -> None:
        """Find the words wanted in the documents."""
        self.found = Standing(self._view, self._known, self._where, self._wanted)

    def _none(self) -> Array:
        return np.zeros(len(self.found.words), bool)

    def _pair(self, kind: type, one: Step, other: Step) -> Step:
        def evaluate() -> _Hits:
            first, second = one(), other()
            if kind is q.AndNot:
                return first.inside(~second.docs)
            if kind is q.Otherwise:
                return self._union([first, second.inside(~first.docs)])
            both = first.docs & second.docs if kind is q.Require else first.docs
            return self._union([first, second]).inside(both)

        return evaluate

    def _all(self, parts: list[_Hits]) -> _Hits:
        if len(parts) == 1:
            return parts[0]
        every = reduce(and_, [p.docs for p in parts]) if parts else np.zeros(self.size, bool)
        return self._union(parts).inside(every)

    def _union(self, parts: list[_Hits]) -> _Hits:
        """What any of the parts has."""
        if len(parts) == 1:
            return parts[0]
        mask = reduce(or_, [p.mask for p in parts]) if parts else self._none()
        docs = reduce(or_, [p.docs for p in parts]) if any(p.wordless for p in parts) else None
        return _Hits(self, mask, docs)

    def _any(self, subs: Sequence[Any]) -> Step:
        """Alternatives; the terms of one layer in one go, those of the title only where the whole text has them not."""
        terms: dict[str, dict[str | bytes, None]] = {}
        phrases: dict[tuple[str, int], list[Any]] = {}
        steps = []
        for sub in subs:
            kind = type(sub)
            if kind is q.Phrase and sub.slop <= 1 and sub.words:
                phrases.setdefault((sub.fieldname, len(sub.words)), []).append(sub)
            elif kind is q.Term and (field := self._field(sub.fieldname)) is not None and _in_stream(field):
                terms.setdefault(sub.fieldname, {})[sub.text] = None
            else:
                steps.append(self.read(sub))
        steps += [self._phrases(name, alike) for (name, _), alike in phrases.items()]
        for name, texts in terms.items():
            elsewhere = terms.get(WHOLE.get(name, ""), {})
            if wanted := [t for t in texts if t not in elsewhere]:
                steps.append(self._texts(name, wanted))
        return lambda: self._union([step() for step in steps])

    def _leaf(self, query: Any, kind: type) -> Step:
        name = getattr(query, "fieldname", None) or ""
        field = self._field(name)
        if field is None or not _in_stream(field):
            docs = self._matching(query)
            return lambda: _Hits(self, self._none(), docs)
        if kind is q.Term:
            return self._texts(name, [query.text])
        if kind is q.Phrase:
            return self._phrases(name, [query]) if query.slop <= 1 else self._loose(name, query)
        found = self._matcher.expansions(query, field)
        if field.readers[0].forms is None:
            return self._here(name, field, self._expanded(found))
        texts = tuple(t for reader, numbers in zip(field.readers, found, strict=True) for t in reader.terms.at(numbers))
        return self._here(name, field, self._stems(field, texts))

    def _field(self, name: str) -> Field | None:
        """The layer of the whole stream to which a field belongs."""
        return self._matcher.field(WHOLE.get(name, name))

    def _matching(self, query: Any) -> Array:
        """The documents that match a query that is not about words of the stream."""
        docs = np.array(self._docs, np.intp)
        order = docs.argsort()
        found = np.empty(len(docs), bool)
        found[order] = self._matcher.at(query, docs[order])[1]
        return found

    def _texts(self, name: str, texts: list[str | bytes]) -> Step:
        """Words that are one of some terms."""
        field = self._field(name)
        assert field is not None
        if field.readers[0].forms is not None:
            return self._here(name, field, self._stems(field, tuple(texts)))
        numbers = zip(*(field.look_up(text).numbers for text in texts), strict=True)
        return self._here(name, field, self._forms(self._known.forms([n for n in ns if n >= 0] for ns in numbers), []))

    def _expanded(self, numbers: list[Numbers]) -> Step:
        """Words that are one of some forms; ``numbers``: of every segment."""
        runs = [
            (base + n.start, base + n.stop)
            for base, n in zip(self._known.bases, numbers, strict=True)
            if isinstance(n, range)
        ]
        single = self._known.forms([] if isinstance(n, range) else n for n in numbers)
        return self._forms(single, runs)

    def _forms(self, numbers: Array, runs: list[tuple[int, int]]) -> Step:
        wanted = Forms(numbers, runs)
        self._wanted.append(wanted)

        def evaluate() -> _Hits:
            words = self.found.words
            return _Hits(self, np.ones(len(words), bool) if len(self._wanted) == 1 else wanted.among(words))

        return evaluate

    def _stems(self, field: Field, texts: tuple[str | bytes, ...]) -> Step:
        """Words whose form, in the language of its passage, has one of the stems."""
        pairs, forms = self._known.stems(field, texts)
        self._wanted.append(Forms(forms, []))
        return lambda: _Hits(self, among(self.found.form_pairs, pairs))

    def _here(self, name: str, field: Field, step: Step) -> Step:
        """Of the words of a step those in the title, where the layer is the title's."""
        return step if name == field.name else lambda: _Hits(self, step().mask & self.found.in_title)

    def _phrases(self, name: str, phrases: list[Any]) -> Step:
        """Words of phrases without gaps, all of as many words, where one stands."""
        field = self._field(name)
        assert field is not None
        rows = []
        for phrase in phrases:
            known = [field.look_up(w).numbers for w in phrase.words]
            for base, numbers in zip(self._known.bases, zip(*known, strict=True), strict=True):
                if -1 not in numbers:
                    rows.append([n + base for n in numbers])
        table = np.array(rows, np.uint32).reshape(-1, len(phrases[0].words))
        self._wanted.append(Forms(table.ravel(), []))
        return self._in_a_row(name, lambda some: neighbours(self.found.words[some], self.found.keys[some], table))

    def _loose(self, name: str, phrase: Any) -> Step:
        """Words of a phrase with a slop, where it stands."""
        field = self._field(name)
        assert field is not None
        known = [field.look_up(w).numbers for w in phrase.words]
        columns = [self._known.forms([n] if n >= 0 else [] for n in numbers) for numbers in known]
        self._wanted += [Forms(column, []) for column in columns]

        def found(some: Any) -> Array:
            words = self.found.words[some]
            return chains(self.found.keys[some], [among(words, column) for column in columns], phrase.slop)

        return self._in_a_row(name, found)

    def _in_a_row(self, name: str, found: Callable[[Any], Array]) -> Step:
        """Words that stand in a row, all of them in the title where the layer is the title's."""
        if name not in WHOLE:
            return lambda: _Hits(self, found(slice(None)))

        def evaluate() -> _Hits:
            mask = self.found.in_title.copy()
            mask[mask] = found(self.found.in_title)
            return _Hits(self, mask)

        return evaluate


def _in_stream(field: Field) -> bool:
    """Whether the terms of a field can be told at the places of the stream."""
    return (field.name == "body" and field.positions) or field.readers[0].pair is not None
