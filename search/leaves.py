"""The leaves of a query tree over a view: terms, ranges of numbers, phrases, everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from whoosh import query as q

from analysis.errors import RequestError
from indexer.codec.arrays import Array
from search.expanding import Numbers, encoded, expand
from search.matchsets import NOTHING, Dense, Match, Sparse, boosted, positions
from search.phrases import phrase_docs
from search.view import DENSE, Cache, Entry, Field, View

EXPANDED = 400_000  # numbers of terms kept for patterns asked again
FEW = 2000  # postings; rarer terms of an Or are scored together


class _Part(NamedTuple):
    """Postings: documents, words in each, and what they weigh."""

    docs: Array
    freq: Array
    weight: float


def _weight(numbers: Numbers) -> int:
    return 1 if isinstance(numbers, range) else len(numbers)


def _joined(parts: list[Array]) -> Array:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


class Leaves:
    """Evaluates single queries.  Holds no state but bounded caches."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._expansions: Cache[list[Numbers]] = Cache(EXPANDED, lambda found: 1 + sum(map(_weight, found)))

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
            return boosted(Dense(self.view.column(field, term, entry)), query.boost)
        docs = field.docs(entry.spans)
        scores = field.score(docs, field.weights(entry.spans), field.idf(entry.frequency))
        return boosted(Sparse(docs, scores), query.boost)

    def _few(self, subs: list[Any]) -> tuple[list[Sparse], list[Any]]:
        """Rare terms and phrases of an Or, those of one field in one go (documents in any order); the other queries."""
        parts: dict[str, list[_Part]] = {}
        rest = []
        for sub in subs:
            kind = type(sub)
            field = self.field(sub.fieldname) if kind is q.Term or kind is q.Phrase else None
            if field is None or sub.boost <= 0 or not field.scorable or (kind is q.Phrase and not sub.words):
                rest.append(sub)
                continue
            entries = [field.look_up(encoded(w)) for w in ((sub.text,) if kind is q.Term else sub.words)]
            most = max([entry.frequency for entry in entries])
            if most > FEW or (kind is q.Phrase and most * DENSE > self.view.size):
                rest.append(sub)
            elif kind is q.Phrase:
                parts.setdefault(field.name, []).extend(self._phrase_parts(field, entries, sub))
            elif entries[0].frequency:
                parts.setdefault(field.name, []).extend(self._term_parts(field, entries[0], sub.boost))
        found = []
        for name, own in parts.items():
            if own:
                docs = np.concatenate([p.docs for p in own]).astype(np.intp)
                weights = np.array([p.weight for p in own], np.float32).repeat([len(p.docs) for p in own])
                scores = self.view.fields[name].score(docs, np.concatenate([p.freq for p in own]), weights)
                found.append(Sparse(docs, scores))
        return found, rest

    def _term_parts(self, field: Field, entry: Entry, boost: float) -> Iterator[_Part]:
        weight = field.idf(entry.frequency) * boost
        for reader, base, (low, high) in zip(field.readers, self.view.bases, entry.spans, strict=True):
            if high > low:
                docs = reader.docs[low:high]
                yield _Part(docs + np.uint32(base) if base else docs, reader.frequencies(low, high), weight)

    def _phrase_parts(self, field: Field, entries: list[Entry], query: Any) -> Iterator[_Part]:
        """A phrase scores as its words do where it stands."""
        docs, freq = self._standing(field, entries, query.slop)
        for entry, parts in zip(entries, freq, strict=True):
            for there, words in zip(docs, parts, strict=True):
                yield _Part(there, words, field.idf(entry.frequency) * query.boost)

    def _number_term(self, query: Any) -> Match:
        column = self.view.numbers(query.fieldname)
        if column is None or not isinstance(query.text, int):
            return NOTHING
        return self._flat(column[1] & (column[0] == query.text), query.boost)

    def _flat(self, mask: Array, score: float) -> Match:
        """All documents of the mask with one score."""
        count = int(np.count_nonzero(mask))
        if count * DENSE > self.view.size:
            return Dense(mask * np.float32(score), None if score > 0 else mask)
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

    def expansions(self, query: Any, field: Field) -> list[Numbers]:
        """For every segment the numbers of the terms a multi-term query stands for."""
        if isinstance(query, q.TermRange):
            return [expand(query, r.terms) for r in field.readers]
        distance, prefix = getattr(query, "maxdist", 0), getattr(query, "prefixlength", 0)
        key = (type(query), field.name, query.text, distance, prefix)
        return self._expansions.get(key, lambda: [expand(query, r.terms) for r in field.readers])

    def _phrase(self, query: Any) -> Match:
        field = self.field(query.fieldname)
        if field is None or not query.words:
            return NOTHING
        if not field.positions:
            raise RequestError(f"{query.fieldname} has no positions: a phrase cannot be searched there")
        words = [encoded(w) for w in query.words]
        entries = [field.look_up(w) for w in words]
        there, freq = self._standing(field, entries, query.slop)
        if not there:
            return NOTHING
        together = _joined(there)
        scores = np.zeros(len(together), np.float32)
        for word, entry, parts in zip(words, entries, freq, strict=True):
            if parts:
                scores += field.score(together, _joined(parts), field.idf(entry.frequency))
            else:
                scores += self.view.column(field, word, entry).take(together)
        return boosted(Sparse(together, scores), query.boost)

    def _standing(self, field: Field, entries: list[Entry], slop: int) -> tuple[list[Array], list[list[Array]]]:
        """Documents with a phrase, segment by segment, and for each of its words how often they have it.

        Nothing for words in more than 1/12 of the documents: their scores are kept.
        """
        there: list[Array] = []
        freq: list[list[Array]] = [[] for _ in entries]
        for at, (reader, base) in enumerate(zip(field.readers, self.view.bases, strict=True)):
            numbers = [e.numbers[at] for e in entries]
            if -1 in numbers:
                continue
            docs, known, postings = phrase_docs(reader, numbers, slop)
            if not len(docs):
                continue
            there.append(docs + base if base else docs)
            for i, entry in enumerate(entries):
                if entry.frequency * DENSE > self.view.size:
                    continue
                mine = postings
                if i != known:
                    low, high = entry.spans[at]
                    mine = positions(reader.docs[low:high], docs, self.view.segments[at].docs)[0] + low
                freq[i].append(reader.frequencies_at(mine))
        return there, freq

    def _term_at(self, field: Field, term: bytes, docs: Array) -> tuple[Array, Array]:
        entry = field.look_up(term)
        if not entry.frequency or not len(docs):
            return np.zeros(len(docs), np.float32), np.zeros(len(docs), bool)
        if entry.frequency * DENSE > self.view.size:
            scores = self.view.column(field, term, entry)[docs]
            return scores, scores > 0
        theirs = field.docs(entry.spans)
        at, hits = positions(theirs, docs, self.view.size)
        found = hits.nonzero()[0]
        if len(found) == len(docs):
            return field.score(docs, field.weights(entry.spans).take(at), field.idf(entry.frequency)), hits
        scores = np.zeros(len(docs), np.float32)
        if len(found):
            scores[found] = field.score(docs[found], field.weights(entry.spans)[at[found]], field.idf(entry.frequency))
        return scores, hits
