"""A word in all its readings, scored as one term: BM25F over layers (Robertson, Zaragoza and Taylor, 2004).

Every form that the word may stand for counts a share of an occurrence: itself one, the forms of its stem less, words
that begin alike least.  The shares in a document are added, saturated once and weighed by one rarity, so that many
readings are no more than one; a word of the title counts once more.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from whoosh import query as wq

from indexer.codec.arrays import Array, spread
from indexer.codec.layers import LANGUAGES
from search.expanding import encoded
from search.leaves import Leaves
from search.matchsets import NOTHING, Dense, Match, Sparse, boosted
from search.view import DENSE, Field

LAYERS = (("body", "stem"), ("title", "title_stem"))
"""Fields whose words count, each with the field of their stems.  A title stands in ``body`` too."""

_NO_TERMS = (np.empty(0, np.int64), 0.0)


@dataclass(frozen=True, eq=False)
class Blended(wq.Query):  # type: ignore[misc]
    """The forms, stems and beginnings that a word may stand for, each with the share that an occurrence counts."""

    forms: Mapping[str, float]
    stems: Mapping[str, float]
    beginnings: Mapping[str, float]
    boost: float = 1.0


def blended(leaves: Leaves, query: Blended) -> Match:
    """The documents that have any of the forms, and their scores."""
    view, body = leaves.view, leaves.field("body")
    if body is None:
        return NOTHING
    counts = np.zeros(view.size, np.float32)
    for name, stem in LAYERS:
        field, stems = view.fields[name], view.fields[stem]
        for at, (segment, base) in enumerate(zip(view.segments, view.bases, strict=True)):
            numbers, shares = _forms(leaves, query, field, stems, at)
            if not len(numbers):
                continue
            reader = field.readers[at]
            first = reader.first[numbers]
            sizes = reader.first[numbers + 1] - first
            postings = spread(first, sizes)
            found = reader.frequencies_at(postings) * np.repeat(shares, sizes)
            counts[base : base + segment.docs] += np.bincount(reader.docs[postings], found, segment.docs)
    docs = counts.nonzero()[0]
    holding = float(np.minimum(counts, 1).sum())  # a document with a mere beginning is a part of a document
    scores = body.score(docs, counts[docs], math.log1p((view.size - holding + 0.5) / (holding + 0.5)))
    if len(docs) * DENSE < view.size:
        return boosted(Sparse(docs, scores), query.boost)
    counts[docs] = scores
    return boosted(Dense(counts), query.boost)


def _forms(leaves: Leaves, query: Blended, field: Field, stems: Field, at: int) -> tuple[Array, Array]:
    """Numbers of the terms of a segment that the word may stand for, rising, and the greatest share of each."""
    kinds = [_NO_TERMS, *_kinds(leaves, query, field, stems, at)]
    numbers = np.concatenate([n for n, _ in kinds])
    shares = np.repeat(np.array([share for _, share in kinds], np.float32), [len(n) for n, _ in kinds])
    order = np.lexsort((-shares, numbers))
    numbers, shares = numbers[order], shares[order]
    kept = np.flatnonzero(np.diff(numbers, prepend=-1))
    return numbers[kept], shares[kept]


def _kinds(leaves: Leaves, query: Blended, field: Field, stems: Field, at: int) -> Iterator[tuple[Array, float]]:
    """Numbers of terms and the share that they have as one kind of reading."""
    for form, share in query.forms.items():
        if (n := field.look_up(encoded(form)).numbers[at]) >= 0:
            yield np.array([n], np.int64), share
    for reading, share in query.stems.items():
        if (n := stems.look_up(encoded(reading)).numbers[at]) >= 0:
            yield leaves.view.segments[at].pairs(stems.readers[at], n) // LANGUAGES, share
    for prefix, share in query.beginnings.items():
        if found := leaves.expansions(wq.Prefix(field.name, prefix), field)[at]:
            yield np.array(found, np.int64), share
