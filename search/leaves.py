"""The leaves of a query tree over a view: terms, ranges of numbers, phrases, everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from whoosh import query as q

from analysis.errors import RequestError
from indexer.codec.arrays import Array
from indexer.codec.segment import FieldReader
from search.expanding import Numbers, expand
from search.matchsets import NOTHING, Dense, Match, Sparse, boosted, positions, standing
from search.phrases import phrase_docs, phrases_together
from search.view import DENSE, Cache, Entry, Field, View, bm25

EXPANDED = 400_000  # numbers of terms kept for patterns asked again
FEW = 2000  # postings; rarer terms of an Or are scored together


class _Together:
    """Terms and phrases without gaps whose postings are scored in one go: of a field, with what each word weighs."""

    def __init__(self, bases: list[int]) -> None:
        self._bases = bases
        self._neighbours: dict[tuple[FieldReader, int, int], Array] = {}
        self.terms: dict[Field, list[tuple[Entry, float]]] = {}
        self.phrases: dict[Field, list[tuple[list[Entry], list[float]]]] = {}

    def side_by_side(self, field: Field, one: Entry, other: Entry) -> bool:
        """Whether a word may stand before another; what stands beside the rarer one is looked up once for all phrases.

        Most phrases of a name and a letter stand nowhere.
        """
        rare, common, step = (one, other, 1) if one.frequency <= other.frequency else (other, one, -1)
        return any(
            beside >= 0 <= number and (self._beside(reader, number, step) == beside).any()
            for reader, number, beside in zip(field.readers, rare.numbers, common.numbers, strict=True)
        )

    def _beside(self, reader: FieldReader, word: int, step: int) -> Array:
        """The words so many places after each place of a word."""
        known = self._neighbours.get((reader, word, step))
        if known is None:
            places = reader.places[reader.place[word] : reader.place[word + 1]]  # type: ignore[index]
            known = reader.forward.take(places.astype(np.intp) + step, mode="clip")  # type: ignore[union-attr]
            self._neighbours[reader, word, step] = known
        return known

    def scored(self) -> list[Sparse]:
        """Documents, in any order and as often as they are found, and what each find scores."""
        phrases = [self._phrases(field, found) for field, found in self.phrases.items()]
        return [self._terms(), *phrases] if self.terms else phrases

    def _terms(self) -> Sparse:
        docs, freq, bases, weights = [], [], [], []
        ends = {}
        for field, terms in self.terms.items():
            for at, (reader, base) in enumerate(zip(field.readers, self._bases, strict=True)):
                there = [(entry.spans[at], weight) for entry, weight in terms if entry.numbers[at] >= 0]
                if there:
                    spans = [span for span, _ in there]
                    docs += [reader.docs[low:high] for low, high in spans]
                    freq.append(reader.frequencies(spans))
                    bases += [base] * len(spans)
                    weights += [weight for _, weight in there]
            ends[field] = len(docs)
        sizes = np.array([len(part) for part in docs])
        together = np.concatenate(docs).astype(np.intp)
        together += np.array(bases).repeat(sizes)
        cuts = sizes.cumsum()[np.array(list(ends.values())) - 1].tolist()
        saturation = [
            field.saturation[together[low:high]]  # type: ignore[index]
            for field, low, high in zip(ends, [0, *cuts], cuts, strict=False)
        ]
        return Sparse(
            together,
            bm25(np.concatenate(saturation), np.concatenate(freq), np.array(weights, np.float32).repeat(sizes)),
        )

    def _phrases(self, field: Field, phrases: list[tuple[list[Entry], list[float]]]) -> Sparse:
        docs, which, freq = phrases_together(field.readers, self._bases, [entries for entries, _ in phrases])
        width = freq.shape[1]
        weights = np.array([each + [0.0] * (width - len(each)) for _, each in phrases], np.float32)
        saturation = field.saturation.take(docs).repeat(width)  # type: ignore[union-attr]
        return Sparse(docs.repeat(width), bm25(saturation, freq.ravel(), weights[which].ravel()))


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

    def is_common(self, terms: Sequence[Any]) -> bool:
        """Whether any of the terms has a column of scores."""
        places = [(field, t.text) for t in terms if (field := self.field(t.fieldname)) is not None]
        return any(field.look_up(text).frequency * DENSE > self.view.size for field, text in places)

    def word(self, terms: Sequence[Any], make: Callable[[], Match]) -> Match:
        """The match set of a common word in several layers, kept as the columns of common terms are."""
        match: Match = self.view.columns.get(tuple([(t.fieldname, t.text, t.boost) for t in terms]), make)
        return match

    def _term(self, query: Any) -> Match:
        field = self.field(query.fieldname)
        if field is None:
            return self._number_term(query)
        entry = field.look_up(query.text)
        if not entry.frequency:
            return NOTHING
        if entry.frequency * DENSE > self.view.size:
            return boosted(Dense(self.view.column(field, query.text, entry)), query.boost)
        docs = field.docs(entry.spans)
        scores = field.score(docs, field.weights(entry.spans), field.idf(entry.frequency))
        return boosted(Sparse(docs, scores), query.boost)

    def _few(self, subs: list[Any]) -> tuple[list[Sparse], list[Any]]:
        """Rare terms and phrases of an Or in one go (documents in any order), if there are any; the other queries."""
        found = _Together(self.view.bases)
        rest = []
        for sub in subs:
            kind = type(sub)
            field = self.field(sub.fieldname) if kind is q.Term or kind is q.Phrase else None
            if field is None or sub.boost <= 0 or not field.scorable:
                rest.append(sub)
            elif kind is q.Term:
                entry = field.look_up(sub.text)
                if entry.frequency > FEW:
                    rest.append(sub)
                elif entry.frequency:
                    found.terms.setdefault(field, []).append((entry, field.idf(entry.frequency) * sub.boost))
            else:
                entries = [field.look_up(w) for w in sub.words]
                frequencies = [entry.frequency for entry in entries]
                if sub.slop > 1 or not field.positions or max(frequencies, default=FEW + 1) > FEW:
                    pair = len(entries) == 2 and sub.slop <= 1 and field.positions and min(frequencies) <= FEW
                    if not pair or found.side_by_side(field, *entries):
                        rest.append(sub)
                elif 0 not in frequencies:
                    weights = [field.idf(frequency) * sub.boost for frequency in frequencies]
                    found.phrases.setdefault(field, []).append((entries, weights))
        return found.scored(), rest

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
        entries = [field.look_up(w) for w in query.words]
        there, freq = self._standing(field, entries, query.slop)
        if not there:
            return NOTHING
        together = _joined(there)
        scores = np.zeros(len(together), np.float32)
        for word, entry, parts in zip(query.words, entries, freq, strict=True):
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
                    mine = standing(reader.docs[low:high], docs, self.view.segments[at].docs) + low
                freq[i].append(reader.frequencies_at(mine))
        return there, freq

    def _term_at(self, field: Field, term: str | bytes, docs: Array) -> tuple[Array, Array]:
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
