"""A Whoosh query tree becomes a set of documents with scores, by arithmetic on arrays.

A match set is ``Sparse`` (rising document numbers, their scores) or ``Dense`` (a score for every document); below a
density of 1/12 the first is faster, above it the second.  Scores are Whoosh's BM25F; where stock Whoosh is inconsistent
the plain reading holds: multi-term queries score their boost, a boost always counts, Require intersects.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from whoosh import query as q
from whoosh.automata import lev

from analysis.errors import RequestError
from indexer.codec.arrays import Array
from indexer.codec.segment import FieldReader, Segment
from indexer.codec.terms import Terms
from search.view import DENSE, Cache, Entry, Field, View

MAX_SCAN = 400_000  # terms a pattern may be held against
MAX_DEPTH = 60
FEW = 2000  # postings; rarer terms of an Or are scored together


class Sparse(NamedTuple):
    """Documents that match, rising (intp), and their scores (float32)."""

    docs: Array
    scores: Array


class Dense(NamedTuple):
    """A score for every document, 0 where none; ``mask``: which match, None if those with a score above 0."""

    scores: Array
    mask: Array | None = None

    def hits(self) -> Array:
        """bool[size]: the documents that match."""
        return self.scores > 0 if self.mask is None else self.mask


Match = Sparse | Dense
NOTHING = Sparse(np.empty(0, np.intp), np.empty(0, np.float32))


def encoded(term: Any) -> bytes:
    """A term as it stands in the index."""
    return term if isinstance(term, bytes) else str(term).encode("utf-8", "surrogatepass")


class Matcher:
    """Evaluates query trees over a view.  Holds no state but bounded caches."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._expansions: Cache[list[list[int]]] = Cache(256)
        self._pairs: Cache[Array] = Cache(4096)
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

    def field(self, name: str) -> Field | None:
        """The field, or None where the index has none of this name."""
        return self.view.fields.get(name)

    def _term(self, query: Any) -> Match:
        field = self.field(query.fieldname)
        if field is None:
            return self._number_term(query)
        term = encoded(query.text)
        entry = field.look_up(term)
        if not entry.frequency:
            return NOTHING
        if entry.frequency * DENSE > self.view.size:
            return _boosted(Dense(self.view.column(field, term, entry)), query.boost)
        docs = field.docs(entry.spans)
        scores = field.score(docs, field.weights(entry.spans), field.idf(entry.frequency))
        return _boosted(Sparse(docs, scores), query.boost)

    def _few(self, subs: list[Any]) -> tuple[list[Sparse], list[Any]]:
        """Rare terms of an Or, those of one field in one go (documents in any order); and the other queries."""
        groups: dict[str, list[tuple[Entry, float]]] = {}
        rest = []
        for sub in subs:
            field = self.field(sub.fieldname) if type(sub) is q.Term else None
            entry = field.look_up(encoded(sub.text)) if field is not None else None
            if entry is None or field is None or entry.frequency > FEW or sub.boost <= 0 or not field.scorable:
                rest.append(sub)
            elif entry.frequency:
                groups.setdefault(field.name, []).append((entry, sub.boost))
        found = []
        for name, entries in groups.items():
            field = self.view.fields[name]
            docs, freq, weights, sizes = [], [], [], []
            for entry, boost in entries:
                weight = field.idf(entry.frequency) * boost
                for reader, base, (low, high) in zip(field.readers, self.view.bases, entry.spans, strict=True):
                    if high > low:
                        docs.append(reader.docs[low:high] + np.uint32(base) if base else reader.docs[low:high])
                        freq.append(reader.frequencies(low, high))
                        weights.append(weight)
                        sizes.append(high - low)
            together = np.concatenate(docs).astype(np.intp)
            weight_of = np.repeat(np.array(weights, np.float32), sizes)
            found.append(Sparse(together, field.score(together, np.concatenate(freq), weight_of)))
        return found, rest

    def _number_term(self, query: Any) -> Match:
        column = self.view.numbers(query.fieldname)
        if column is None or not isinstance(query.text, int):
            return NOTHING
        return self._flat(column[1] & (column[0] == query.text), query.boost)

    def _flat(self, mask: Array, score: float) -> Match:
        """All documents of the mask with one score."""
        count = int(np.count_nonzero(mask))
        if count * DENSE > self.view.size:
            return Dense(np.where(mask, np.float32(score), np.float32(0)), mask)
        docs = np.flatnonzero(mask)
        return Sparse(docs, np.full(len(docs), score, np.float32))

    def _every(self, query: Any) -> Match:
        if query.fieldname is None:
            return self._flat(np.ones(self.view.size, bool), query.boost)
        field = self.field(query.fieldname)
        if field is None:
            column = self.view.numbers(query.fieldname)
            return NOTHING if column is None else self._flat(column[1], query.boost)
        mask = np.zeros(self.view.size, bool)
        mask[field.docs([(0, len(r.docs)) for r in field.readers])] = True
        return self._flat(mask, query.boost)

    def _number_range(self, query: Any) -> Match:
        column = self.view.numbers(query.fieldname)
        if column is None:
            raise RequestError(f"{query.fieldname} is not a number field")
        values, mask = column[0], column[1].copy()
        if query.start is not None:
            mask &= (values > query.start) if query.startexcl else (values >= query.start)
        if query.end is not None:
            mask &= (values < query.end) if query.endexcl else (values <= query.end)
        return self._flat(mask, query.boost)

    def _expanded(self, query: Any) -> Match:
        """Prefix, wildcard, fuzzy, range of terms: one score for all, or the sum of the terms' where asked for."""
        field = self.field(query.fieldname)
        if field is None:
            return NOTHING
        numbers = self.expansions(query, field)
        if not query.constantscore:
            terms = {t for r, ns in zip(field.readers, numbers, strict=True) for t in r.terms.at(_listed(ns))}
            return _boosted(self._sum([q.Term(query.fieldname, t) for t in sorted(terms)]), query.boost)
        parts = []
        for reader, base, found in zip(field.readers, self.view.bases, numbers, strict=True):
            for low, high in _stretches(found):
                part = reader.docs[reader.first[low] : reader.first[high]]
                parts.append(part + np.uint32(base) if base else part)
        docs = parts[0] if len(parts) == 1 else np.concatenate(parts) if parts else NOTHING.docs
        if len(docs) * 64 < self.view.size:
            docs = _distinct(np.sort(docs)).astype(np.intp)
            return Sparse(docs, np.full(len(docs), query.boost, np.float32))
        mask = np.zeros(self.view.size, bool)
        mask[docs] = True
        return self._flat(mask, query.boost)

    def expansions(self, query: Any, field: Field) -> list[Any]:
        """For every segment the numbers of the terms a multi-term query stands for: a range or a list."""
        if isinstance(query, q.Prefix):
            return [range(*r.terms.prefix(encoded(query.text))) for r in field.readers]
        if isinstance(query, q.TermRange):
            return [_term_range(query, r.terms) for r in field.readers]
        key = (
            type(query),
            query.fieldname,
            query.text,
            getattr(query, "maxdist", 0),
            getattr(query, "prefixlength", 0),
        )
        find = _fuzzy if isinstance(query, q.FuzzyTerm) else _pattern
        return self._expansions.get(key, lambda: [find(query, r.terms) for r in field.readers])

    def pairs(self, segment: Segment, reader: FieldReader, stems: tuple[int, ...]) -> Array:
        """The (form, language) pairs behind stems of a segment, ``form * LANGUAGES + language``, rising."""

        def make() -> Array:
            return np.unique(np.concatenate([segment.pairs(reader, n) for n in stems]))

        return self._pairs.get((segment.name, reader.name, stems), make)

    def _phrase(self, query: Any) -> Match:
        field = self.field(query.fieldname)
        if field is None or not query.words:
            return NOTHING
        if not field.positions:
            raise RequestError(f"{query.fieldname} has no positions: a phrase cannot be searched there")
        words = [encoded(w) for w in query.words]
        found = []
        for at, (reader, base) in enumerate(zip(field.readers, self.view.bases, strict=True)):
            numbers = [field.look_up(w).numbers[at] for w in words]
            if -1 not in numbers:
                _, docs = phrase_places(reader, numbers, query.slop)
                found.append(_distinct(docs) + base)
        docs = found[0] if len(found) == 1 else np.concatenate(found) if found else NOTHING.docs
        scores = np.zeros(len(docs), np.float32)
        for word in words:
            scores += self._term_at(field, word, docs)[0]
        return _boosted(Sparse(docs.astype(np.intp), scores), query.boost)

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
        return _boosted(result, query.boost)

    def _both(self, a: Dense, b: Match) -> Match:
        if isinstance(b, Sparse):
            hits = a.hits()[b.docs]
            kept = np.flatnonzero(hits)
            return Sparse(b.docs[kept], b.scores[kept] + a.scores[b.docs[kept]])
        mask = a.hits() & b.hits()
        scores = a.scores + b.scores
        scores *= mask
        return Dense(scores, mask)

    def _or(self, query: Any) -> Match:
        if query.scale or query.minmatch:
            raise RequestError("Or with a scale or a least number of matches cannot be run")
        return _boosted(self._sum(list(query.subqueries)), query.boost)

    def _sum(self, subs: list[Any]) -> Match:
        """Documents of any of the queries, scores added."""
        if len(subs) == 1:
            return self.match(subs[0])
        few, rest = self._few(subs)
        matches = [m for m in map(self.match, rest) if isinstance(m, Dense) or len(m.docs)]
        sparse = [m for m in matches if isinstance(m, Sparse)] + few
        if len(sparse) == len(matches) + len(few) and sum(len(m.docs) for m in sparse) * DENSE < self.view.size:
            return _added(sparse, np.add)
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
        mask = None if plain else _either(np.zeros(self.view.size, bool), [*matches, *few])
        return Dense(scores, mask)

    def _best(self, query: Any) -> Match:
        matches = [self.match(s) for s in query.subqueries]
        if all(isinstance(m, Sparse) for m in matches):
            return _boosted(_added([m for m in matches if isinstance(m, Sparse)], np.maximum), query.boost)
        scores = np.full(self.view.size, -np.inf, np.float32)
        mask = _either(np.zeros(self.view.size, bool), matches)
        for m in matches:
            if isinstance(m, Sparse):
                scores[m.docs] = np.maximum(scores[m.docs], m.scores)
            else:
                np.maximum(scores, m.scores, out=scores, where=m.hits())
        scores[~mask] = 0
        return _boosted(Dense(scores, mask), query.boost)

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
            scores, hits = self._term_at(field, encoded(query.text), docs)
            return (scores if query.boost == 1 else scores * np.float32(query.boost)), hits
        if kind is q.Or and not query.scale and not query.minmatch:
            few, rest = self._few(query.subqueries)
            total, any_hit = _lookup(_added(few, np.add), docs)
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
        return _lookup(match, docs)

    def _term_at(self, field: Field, term: bytes, docs: Array) -> tuple[Array, Array]:
        entry = field.look_up(term)
        if not entry.frequency or not len(docs):
            return np.zeros(len(docs), np.float32), np.zeros(len(docs), bool)
        if entry.frequency * DENSE > self.view.size:
            scores = self.view.column(field, term, entry)[docs]
            return scores, scores > 0
        theirs = field.docs(entry.spans)
        at = np.searchsorted(theirs, docs)
        hits = theirs.take(at, mode="clip") == docs
        found = np.flatnonzero(hits)
        scores = np.zeros(len(docs), np.float32)
        if len(found):
            scores[found] = field.score(docs[found], field.weights(entry.spans)[at[found]], field.idf(entry.frequency))
        return scores, hits

    def estimate(self, query: Any, depth: int = 0) -> int:
        """Upper bound of the number of documents, cheaply."""
        if depth > MAX_DEPTH:
            raise RequestError("the query is nested too deeply")
        kind = type(query)
        if kind is q.Term:
            field = self.field(query.fieldname)
            return field.look_up(encoded(query.text)).frequency if field else self.view.size
        if kind is q.Phrase:
            field = self.field(query.fieldname)
            return min((field.look_up(encoded(w)).frequency for w in query.words), default=0) if field else 0
        if kind in (q.Or, q.DisjunctionMax):
            return min(sum(self.estimate(s, depth + 1) for s in query.subqueries), self.view.size)
        if kind is q.And:
            return min((self.estimate(s, depth + 1) for s in query.subqueries), default=0)
        if kind in (q.AndNot, q.AndMaybe, q.Require):
            return self.estimate(query.a, depth + 1)
        if kind is q.ConstantScoreQuery:
            return self.estimate(query.child, depth + 1)
        if kind is q.Prefix and (field := self.field(query.fieldname)) is not None:
            spans = (r.terms.prefix(encoded(query.text)) for r in field.readers)
            total = sum(int(r.first[b] - r.first[a]) for r, (a, b) in zip(field.readers, spans, strict=True))
            return min(total, self.view.size)
        return 0 if query is q.NullQuery else self.view.size


def _boosted(match: Match, boost: float) -> Match:
    if boost == 1:
        return match
    factor = np.float32(boost)
    if isinstance(match, Sparse):
        return Sparse(match.docs, match.scores * factor)
    return Dense(match.scores * factor, match.mask if boost > 0 else match.hits())


def _added(matches: list[Sparse], how: Any) -> Sparse:
    """Union of match sets; ``how`` joins the scores of one document."""
    docs = np.concatenate([m.docs for m in matches]) if matches else NOTHING.docs
    if not len(docs):
        return NOTHING
    scores = np.concatenate([m.scores for m in matches])
    order = np.argsort(docs, kind="stable")
    docs, scores = docs[order], scores[order]
    new = np.empty(len(docs), bool)
    new[0] = True
    np.not_equal(docs[1:], docs[:-1], out=new[1:])
    first = np.flatnonzero(new)
    return Sparse(docs[first], how.reduceat(scores, first))


def _either(mask: Array, matches: list[Match]) -> Array:
    for m in matches:
        if isinstance(m, Sparse):
            mask[m.docs] = True
        else:
            mask |= m.hits()
    return mask


def _lookup(match: Sparse, docs: Array) -> tuple[Array, Array]:
    """Scores and hits of a match set at rising documents."""
    if not len(match.docs):
        return np.zeros(len(docs), np.float32), np.zeros(len(docs), bool)
    at = np.searchsorted(match.docs, docs)
    hits = match.docs.take(at, mode="clip") == docs
    return match.scores.take(at, mode="clip") * hits, hits


def _distinct(docs: Array) -> Array:
    """Distinct values of rising numbers."""
    if not len(docs):
        return docs
    new = np.empty(len(docs), bool)
    new[0] = True
    np.not_equal(docs[1:], docs[:-1], out=new[1:])
    return docs[new]


def _listed(numbers: Any) -> list[int]:
    return list(numbers)


def _stretches(numbers: Any) -> Iterator[tuple[int, int]]:
    """Runs of consecutive term numbers as ranges."""
    if isinstance(numbers, range):
        if numbers.stop > numbers.start:
            yield numbers.start, numbers.stop
        return
    low = last = None
    for n in numbers:
        if last is None or n != last + 1:
            if low is not None and last is not None:
                yield low, last + 1
            low = n
        last = n
    if low is not None and last is not None:
        yield low, last + 1


def _term_range(query: Any, terms: Terms) -> range:
    low, high = 0, len(terms)
    if query.start is not None:
        start = encoded(query.start)
        low = terms.left(start) + (1 if query.startexcl and terms.find(start) >= 0 else 0)
    if query.end is not None:
        end = encoded(query.end)
        high = terms.left(end) + (1 if not query.endexcl and terms.find(end) >= 0 else 0)
    return range(low, max(low, high))


def _pattern(query: Any, terms: Terms) -> list[int]:
    """Terms that a wildcard pattern matches."""
    literal = re.split(r"[*?\[]", query.text, maxsplit=1)[0]
    low, high = terms.prefix(encoded(literal))
    if high - low > MAX_SCAN:
        raise RequestError(f"the pattern {query.text!r} is too wide: write more letters before the first * or ?")
    match = re.compile(fnmatch.translate(query.text)).match
    words = terms.between(low, high)
    return [low + i for i, w in enumerate(words) if match(w.decode("utf-8", "surrogatepass"))]


def _fuzzy(query: Any, terms: Terms) -> list[int]:
    """Terms within an edit distance, by Whoosh's Levenshtein automaton stepping through the sorted terms."""
    automaton = lev.levenshtein_automaton(query.text, query.maxdist, min(query.prefixlength, len(query.text))).to_dfa()
    out, at = [], 0
    while at < len(terms):
        term = terms[at].decode("utf-8", "surrogatepass")
        wanted = automaton.next_valid_string(term)
        if wanted is None:
            break
        if wanted == term:
            out.append(at)
            at += 1
        else:
            at = max(terms.left(encoded(wanted)), at + 1) if wanted > term else at + 1
    return out


def phrase_places(reader: FieldReader, words: list[int], slop: int) -> tuple[Array, Array]:
    """Where a phrase of terms stands in a segment: places of its first word, and their documents, both rising.

    Every next word comes 1 to ``slop`` places after the one before it.
    """
    if slop <= 1:
        return _exact_phrase(reader, words)
    chains = phrase_chains(reader, words, slop)
    return chains[0]


def _exact_phrase(reader: FieldReader, words: list[int]) -> tuple[Array, Array]:
    assert reader.place is not None
    assert reader.places is not None
    assert reader.forward is not None
    sizes = [int(reader.place[n + 1] - reader.place[n]) for n in words]
    rarest = sizes.index(min(sizes))
    number = words[rarest]
    places = reader.places[reader.place[number] : reader.place[number + 1]].astype(np.intp)
    low, high = reader.span(number)
    docs = np.repeat(reader.docs[low:high].astype(np.intp), reader.exact(low, high))
    if rarest:
        places -= rarest
        inside = np.flatnonzero(places >= 0)
        places, docs = places[inside], docs[inside]
    for k, n in enumerate(words):
        if k != rarest:
            kept = np.flatnonzero(reader.forward.take(places + k, mode="clip") == n)
            places, docs = places[kept], docs[kept]
    return places, docs


def phrase_chains(reader: FieldReader, words: list[int], slop: int) -> list[tuple[Array, Array]]:
    """For every word of a phrase with slop its places that stand in a whole chain, and their documents."""
    assert reader.place is not None
    assert reader.places is not None
    columns = []
    for n in words:
        low, high = reader.span(n)
        places = reader.places[reader.place[n] : reader.place[n + 1]].astype(np.int64)
        columns.append((places, np.repeat(reader.docs[low:high].astype(np.intp), reader.exact(low, high))))
    for i in range(1, len(columns)):
        columns[i] = _near(columns[i], columns[i - 1], slop, after=True)
    for i in range(len(columns) - 2, -1, -1):
        columns[i] = _near(columns[i], columns[i + 1], slop, after=False)
    return columns


def _near(these: tuple[Array, Array], those: tuple[Array, Array], slop: int, after: bool) -> tuple[Array, Array]:
    """These places that have one of those 1 to ``slop`` places before (``after``) or behind them, in one document."""
    places, docs = these
    other, other_docs = those
    if not len(other) or not len(places):
        return places[:0], docs[:0]
    if after:
        at = np.searchsorted(other, places, "left") - 1
        ok = at >= 0
    else:
        at = np.searchsorted(other, places, "right")
        ok = at < len(other)
    at = np.clip(at, 0, len(other) - 1)
    ok &= (np.abs(other[at] - places) <= slop) & (other_docs[at] == docs)
    return places[ok], docs[ok]
