"""A Whoosh query tree becomes a set of documents with scores, by arithmetic on arrays.

A match set is ``Sparse`` (rising document numbers, their scores) or ``Dense`` (a score for every document); below a
density of 1/12 the first is faster, above it the second.  Scores are Whoosh's BM25F; where stock Whoosh is inconsistent
the plain reading holds: multi-term queries score their boost, a boost always counts, Require intersects.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from whoosh import query as q

from analysis.errors import RequestError
from indexer.codec.arrays import Array
from search.blending import Blended, Leading, blended, leading
from search.expanding import stretches
from search.leaves import Leaves
from search.matchsets import NOTHING, Dense, Match, Sparse, added, boosted, distinct, either, lookup
from search.typed import TypedFirst, typed_first
from search.view import DENSE, View

MAX_DEPTH = 60


def _is_word(query: Any) -> bool:
    """Whether a query is one word in several layers, not several words in one."""
    if type(query) is not q.Or or not all(type(s) is q.Term for s in query.subqueries):
        return False
    return len({s.fieldname for s in query.subqueries}) > 1


class Matcher(Leaves):
    """Evaluates query trees over a view.  Holds no state but bounded caches."""

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._kinds: dict[type, Callable[[Any], Match]] = {
            q.Term: self._term,
            q.And: self._and,
            q.Or: self._or,
            q.DisjunctionMax: self._best,
            q.Not: self._not,
            q.AndNot: self._and_not,
            q.AndMaybe: self._and_maybe,
            q.Require: self._require,
            q.Otherwise: self._otherwise,
            q.Phrase: self._phrase,
            q.Prefix: self._expanded,
            q.Wildcard: self._expanded,
            q.FuzzyTerm: self._expanded,
            q.TermRange: self._expanded,
            q.NumericRange: self._number_range,
            q.DateRange: self._number_range,
            q.Every: self._every,
            q.ConstantScoreQuery: self._constant,
            Blended: lambda query: blended(self, query),
            Leading: lambda query: leading(self, query),
            TypedFirst: lambda query: typed_first(view, self.match(query.query), query.forms),
            type(q.NullQuery): lambda query: NOTHING,
        }

    def match(self, query: Any) -> Match:
        """The documents that match, deleted ones included.  Raises RequestError for a query that cannot be run."""
        kind = self._kinds.get(type(query))
        if kind is None:
            raise RequestError(
                f"a query of kind {type(query).__name__} cannot be run; use terms, phrases, patterns, ranges"
            )
        return kind(query)

    def _expanded(self, query: Any) -> Match:
        """Prefix, wildcard, fuzzy, range of terms: one score for all, or the sum of the terms' where asked for."""
        field = self.field(query.fieldname)
        if field is None:
            return NOTHING
        numbers = self.expansions(query, field)
        if not query.constantscore:
            terms = {t for r, ns in zip(field.readers, numbers, strict=True) for t in r.terms.at(ns)}
            return boosted(self._sum([q.Term(query.fieldname, t) for t in sorted(terms)]), query.boost)
        parts = []
        for reader, base, found in zip(field.readers, self.view.bases, numbers, strict=True):
            for low, high in stretches(found):
                part = reader.docs[reader.first[low] : reader.first[high]]
                parts.append(part + np.uint32(base) if base else part)
        docs = parts[0] if len(parts) == 1 else np.concatenate(parts) if parts else NOTHING.docs
        if len(docs) * 64 < self.view.size:
            docs = distinct(np.sort(docs)).astype(np.intp)
            return Sparse(docs, np.full(len(docs), query.boost, np.float32))
        mask = np.zeros(self.view.size, bool)
        mask[docs.astype(np.intp)] = True
        return self._flat(mask, query.boost)

    def _and(self, query: Any) -> Match:
        subs = list(query.subqueries)
        if not subs:
            return NOTHING
        sizes = [self.estimate(s) for s in subs]
        order = sorted(range(len(subs)), key=sizes.__getitem__)
        result = self.match(subs[order[0]])
        for i in order[1:]:
            if isinstance(result, Sparse):
                if not len(result.docs):
                    return NOTHING
                scores, hits = self.at(subs[i], result.docs)
                kept = np.flatnonzero(hits)
                if len(kept) == len(result.docs):
                    result = Sparse(result.docs, result.scores + scores)
                else:
                    result = Sparse(result.docs[kept], result.scores[kept] + scores[kept])
            else:
                result = self._both(result, self.match(subs[i]))
        return boosted(result, query.boost)

    def _both(self, a: Dense, b: Match) -> Match:
        if isinstance(b, Sparse):
            hits = a.hits()[b.docs]
            kept = np.flatnonzero(hits)
            return Sparse(b.docs[kept], b.scores[kept] + a.scores[b.docs[kept]])
        mask = a.hits() & b.hits()
        if np.count_nonzero(mask) * DENSE < self.view.size:
            docs = mask.nonzero()[0]
            return Sparse(docs, a.scores.take(docs) + b.scores.take(docs))
        scores = a.scores + b.scores
        scores *= mask
        return Dense(scores, None if a.mask is None and b.mask is None else mask)

    def _or(self, query: Any) -> Match:
        if query.scale or query.minmatch:
            raise RequestError("Or with a scale or a least number of matches cannot be run")
        subs = list(query.subqueries)
        match = self.word(subs, lambda: self._sum(subs)) if self._is_kept(query) else self._sum(subs)
        return boosted(match, query.boost)

    def _is_kept(self, query: Any) -> bool:
        """Whether a query is a common word in several layers."""
        return _is_word(query) and self.is_common(query.subqueries)

    def _sum(self, subs: list[Any]) -> Match:
        """Documents of any of the queries, scores added."""
        if len(subs) == 1:
            return self.match(subs[0])
        few, rest = self._few(subs)
        matches = [m for m in map(self.match, rest) if isinstance(m, Dense) or len(m.docs)]
        sparse = [m for m in matches if isinstance(m, Sparse)] + few
        if len(sparse) == len(matches) + len(few) and sum(len(m.docs) for m in sparse) * DENSE < self.view.size:
            return added(sparse, np.add)
        scores = np.zeros(self.view.size, np.float32)
        plain = True  # every score is above 0
        for m in matches:
            if isinstance(m, Dense):
                scores += m.scores
                plain &= m.mask is None
            else:
                scores[m.docs] += m.scores
                plain &= bool(m.scores.min() > 0)
        for m in few:
            np.add.at(scores, m.docs, m.scores)
        mask = None if plain else either(np.zeros(self.view.size, bool), [*matches, *few])
        return Dense(scores, mask)

    def _best(self, query: Any) -> Match:
        matches = [self.match(s) for s in query.subqueries]
        if all(isinstance(m, Sparse) for m in matches):
            return boosted(added([m for m in matches if isinstance(m, Sparse)], np.maximum), query.boost)
        scores = np.full(self.view.size, -np.inf, np.float32)
        mask = either(np.zeros(self.view.size, bool), matches)
        for m in matches:
            if isinstance(m, Sparse):
                scores[m.docs] = np.maximum(scores[m.docs], m.scores)
            else:
                np.maximum(scores, m.scores, out=scores, where=m.hits())
        scores[~mask] = 0
        return boosted(Dense(scores, mask), query.boost)

    def _not(self, query: Any) -> Match:
        mask = np.ones(self.view.size, bool)
        inner = self.match(query.query)
        if isinstance(inner, Sparse):
            mask[inner.docs] = False
        else:
            mask &= ~inner.hits()
        return Dense(mask.astype(np.float32), mask)

    def _and_not(self, query: Any) -> Match:
        return self._kept(self.match(query.a), lambda docs: ~self.at(query.b, docs)[1], lambda: ~self._hits(query.b))

    def _require(self, query: Any) -> Match:
        return self._kept(self.match(query.a), lambda docs: self.at(query.b, docs)[1], lambda: self._hits(query.b))

    def _kept(self, match: Match, at: Callable[[Array], Array], everywhere: Callable[[], Array]) -> Match:
        if isinstance(match, Sparse):
            kept = np.flatnonzero(at(match.docs))
            return Sparse(match.docs[kept], match.scores[kept])
        mask = match.hits() & everywhere()
        return Dense(match.scores * mask, mask)

    def _hits(self, query: Any) -> Array:
        """bool[size]: where a query matches."""
        match = self.match(query)
        if isinstance(match, Dense):
            return match.hits()
        mask = np.zeros(self.view.size, bool)
        mask[match.docs] = True
        return mask

    def _and_maybe(self, query: Any) -> Match:
        match = self.match(query.a)
        if isinstance(match, Sparse):
            return Sparse(match.docs, match.scores + self.at(query.b, match.docs)[0])
        more = self.match(query.b)
        if isinstance(more, Sparse) and not len(more.docs):
            return match
        mask = match.hits()
        scores = match.scores.copy()
        if isinstance(more, Sparse):
            scores[more.docs] += more.scores
        else:
            scores += more.scores
        scores *= mask
        return Dense(scores, mask)

    def _otherwise(self, query: Any) -> Match:
        match = self.match(query.a)
        empty = not len(match.docs) if isinstance(match, Sparse) else not match.hits().any()
        return self.match(query.b) if empty else match

    def _constant(self, query: Any) -> Match:
        match = self.match(query.child)
        if isinstance(match, Sparse):
            return Sparse(match.docs, np.full(len(match.docs), query.score, np.float32))
        return self._flat(match.hits(), query.score)

    def at(self, query: Any, docs: Array) -> tuple[Array, Array]:
        """Scores (float32, 0 where none) and hits (bool) of a query at rising documents."""
        kind = type(query)
        if kind is q.Term and (field := self.field(query.fieldname)) is not None:
            scores, hits = self._term_at(field, query.text, docs)
            return (scores if query.boost == 1 else scores * np.float32(query.boost)), hits
        if kind is q.Or and len(query.subqueries) == 1 and query.boost == 1:
            return self.at(query.subqueries[0], docs)
        if kind is q.Or and not query.scale and not query.minmatch and not self._is_kept(query):
            few, rest = self._few(query.subqueries)
            total, any_hit = lookup(added(few, np.add), docs, self.view.size)
            for sub in rest:
                scores, hits = self.at(sub, docs)
                total += scores
                any_hit |= hits
            return (total if query.boost == 1 else total * np.float32(query.boost)), any_hit
        if kind is q.Not:
            hits = ~self.at(query.query, docs)[1]
            return hits.astype(np.float32), hits
        match = self.match(query)
        if isinstance(match, Dense):
            return match.scores[docs], match.hits()[docs]
        return lookup(match, docs, self.view.size)

    def estimate(self, query: Any, depth: int = 0) -> int:
        """Upper bound of the number of documents, cheaply."""
        if depth > MAX_DEPTH:
            raise RequestError("the query is nested too deeply")
        kind = type(query)
        if kind is q.Term:
            field = self.field(query.fieldname)
            return field.look_up(query.text).frequency if field else self.view.size
        if kind is q.Phrase:
            field = self.field(query.fieldname)
            return min((field.look_up(w).frequency for w in query.words), default=0) if field else 0
        if kind in (q.Or, q.DisjunctionMax):
            return min(sum(self.estimate(s, depth + 1) for s in query.subqueries), self.view.size)
        if kind is q.And:
            return min((self.estimate(s, depth + 1) for s in query.subqueries), default=0)
        if kind in (q.AndNot, q.AndMaybe, q.Require):
            return self.estimate(query.a, depth + 1)
        if kind is q.ConstantScoreQuery:
            return self.estimate(query.child, depth + 1)
        if kind is q.Prefix and (field := self.field(query.fieldname)) is not None:
            total = 0
            for reader, found in zip(field.readers, self.expansions(query, field), strict=True):
                total += sum(int(reader.first[b] - reader.first[a]) for a, b in stretches(found))
            return min(total, self.view.size)
        return 0 if query is q.NullQuery else self.view.size
