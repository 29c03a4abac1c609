"""A word in all its readings, scored as one term: BM25F over layers (Robertson, Zaragoza and Taylor, 2004).

Every form that the word may stand for counts a share of an occurrence: itself one, the forms of its stem less, words
that begin like a rare one least.  The shares in a document are added, saturated once and weighed by one rarity, so that
many readings are no more than one.  A word of the title counts once more, and so does a rare one among the first of a
text, which say what it is about.  How rare a word is, is asked in each language that it stands in: among documents of
seven languages every «and» is rare.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from whoosh import query as wq

from indexer.codec.arrays import Array, spread
from indexer.codec.layers import LANGUAGES
from indexer.codec.segment import FieldReader
from search.expanding import Numbers, encoded
from search.leaves import Leaves
from search.matchsets import NOTHING, Dense, Match, Sparse, added, boosted, distinct
from search.view import DENSE, Field, View

LAYERS = (("body", "stem"), ("title", "title_stem"))
"""Fields whose words count, each with the field of their stems.  A title stands in ``body`` too."""

FEW = 50
"""Words in more documents than these are met in forms enough: what begins like them is noise."""

FIRST_WORDS = 5
"""Words with which a text begins; in them a rare word counts once more."""

LEADING = 0.5
"""What a word among the first adds where every word must be there, for each unit of its rarity."""


@dataclass(frozen=True, eq=False)
class Blended(wq.Query):  # type: ignore[misc]
    """The forms, stems and beginnings that a word may stand for, each with the share that an occurrence counts."""

    forms: Mapping[str, float]
    stems: Mapping[str, float]
    beginnings: Mapping[str, float]
    boost: float = 1.0


@dataclass(frozen=True, eq=False)
class Leading(wq.Query):  # type: ignore[misc]
    """The documents that have a word in any of its readings among their first words."""

    word: Blended
    boost: float = 1.0


def leading(leaves: Leaves, query: Leading) -> Match:
    """The documents that begin with a rare word, and what that adds to their scores."""
    body, word = leaves.field("body"), query.word
    if body is None or not body.positions or _frequency(leaves, word) * DENSE > leaves.view.size:
        return NOTHING
    found = list(_postings(leaves, word, "body", "stem"))
    count = sum(len(each.docs) for each in found)
    if not count:
        return NOTHING
    docs = np.concatenate([each.docs[each.first()] for each in found])
    docs = distinct(np.sort(docs))
    return Sparse(docs, np.full(len(docs), query.boost * LEADING * body.idf(count), np.float32))


def _frequency(leaves: Leaves, word: Blended) -> int:
    """Documents that have the most frequent form or stem of a word."""
    terms = [("body", form) for form in word.forms] + [("stem", reading) for reading in word.stems]
    fields = leaves.view.fields
    return max((fields[name].look_up(encoded(term)).frequency for name, term in terms), default=0)


def blended(leaves: Leaves, query: Blended) -> Match:
    """The documents that have any of the forms, and their scores."""
    view, body = leaves.view, leaves.field("body")
    if body is None:
        return NOTHING
    if query.beginnings and _frequency(leaves, query) > FEW:
        query = replace(query, beginnings={})
    found = list(_occurrences(leaves, query))
    if sum(len(part.docs) for part in found) * DENSE < view.size:
        docs, counts = added(found, np.add)
    else:
        docs, counts = _summed(found, view.size)
    if not len(docs):
        return NOTHING
    scores = body.score(docs, counts, _rarity(view, docs, counts))
    if len(docs) * DENSE < view.size:
        return boosted(Sparse(docs, scores), query.boost)
    column = np.zeros(view.size, np.float32)
    column[docs] = scores
    return boosted(Dense(column), query.boost)


def _rarity(view: View, docs: Array, counts: Array) -> float:
    """The inverse document frequency of a word: the mean of those in its languages, by its documents in each."""
    language, sizes = view.languages
    part = np.minimum(counts, 1)  # a document with a mere beginning is a part of a document
    holding = np.bincount(language[docs], part, len(sizes))
    return float(np.log1p((sizes - holding + 0.5) / (holding + 0.5)) @ holding / holding.sum())


def _occurrences(leaves: Leaves, query: Blended) -> Iterator[Sparse]:
    """Documents as often as a form of theirs is found, in any order, and what its occurrences in them count."""
    for name, stem in LAYERS:
        for found in _postings(leaves, query, name, stem):
            yield Sparse(found.docs, found.counts())
            if name == "body" and found.reader.positions and len(found.docs) * DENSE < leaves.view.size:
                first = found.first()
                yield Sparse(found.docs[first], found.shares[first])


class _Postings(NamedTuple):
    """Postings of some terms of a segment; parallel.  ``shares``: what an occurrence counts."""

    reader: FieldReader
    numbers: Array  # of the terms
    at: Array  # numbers of the postings
    docs: Array  # with the base of the segment
    base: int
    shares: Array

    def counts(self) -> Array:
        """What the occurrences in a document count."""
        counts: Array = self.reader.frequencies_at(self.at) * self.shares
        return counts

    def first(self) -> Array:
        """Which of them have an occurrence among the first words of a document."""
        reader: Any = self.reader
        began = reader.place[self.numbers]
        places = spread(began, reader.place[self.numbers + 1] - began)
        often = self.reader.frequencies_at(self.at).astype(np.intp)
        earliest = reader.places[places[often.cumsum() - often]]
        among: Array = earliest < reader.starts[self.docs - self.base] + FIRST_WORDS
        return among.nonzero()[0]


def _postings(leaves: Leaves, query: Blended, name: str, stem: str) -> Iterator[_Postings]:
    """The postings of the terms of a field that a word may stand for, segment by segment."""
    view = leaves.view
    field, stems = view.fields[name], view.fields[stem]
    for at, (reader, base) in enumerate(zip(field.readers, view.bases, strict=True)):
        if shares := _shares(leaves, query, field, stems, at):
            numbers = np.array(sorted(shares))
            first = reader.first[numbers]
            sizes = reader.first[numbers + 1] - first
            postings = spread(first, sizes)
            weights = np.array([shares[n] for n in numbers.tolist()], np.float32).repeat(sizes)
            docs = reader.docs[postings].astype(np.intp) + base
            yield _Postings(reader, numbers, postings, docs, base, weights)


def _summed(found: list[Sparse], size: int) -> Sparse:
    """What many occurrences count, by document."""
    docs, counts = (np.concatenate(parts) for parts in zip(*found, strict=True))
    column = np.bincount(docs, counts, size)
    having = (column > 0).nonzero()[0]
    return Sparse(having, column[having].astype(np.float32))


def _shares(leaves: Leaves, query: Blended, field: Field, stems: Field, at: int) -> dict[int, float]:
    """The terms of a segment that the word may stand for, by number, and the greatest share of each."""
    shares: dict[int, float] = {}
    for numbers, share in sorted(_kinds(leaves, query, field, stems, at), key=itemgetter(1)):
        shares.update(dict.fromkeys(numbers, share))
    return shares


def _kinds(leaves: Leaves, query: Blended, field: Field, stems: Field, at: int) -> Iterator[tuple[Numbers, float]]:
    """Numbers of terms and the share that they have as one kind of reading."""
    for prefix, share in query.beginnings.items():
        yield leaves.expansions(wq.Prefix(field.name, prefix), field)[at], share
    for reading, share in query.stems.items():
        if (n := stems.look_up(encoded(reading)).numbers[at]) >= 0:
            pairs = leaves.view.segments[at].pairs(stems.readers[at], n)
            yield (pairs // LANGUAGES).tolist(), share
    for form, share in query.forms.items():
        if (n := field.look_up(encoded(form)).numbers[at]) >= 0:
            yield [n], share
