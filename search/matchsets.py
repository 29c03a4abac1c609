"""Sets of matching documents with scores, sparse or dense, and their joins."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from indexer.codec.arrays import Array

LOOKED_UP = 200  # more than 1/200 of all documents are looked up in a table
STRIPES = 64  # into which scores are cut to find a lower bound of the best
LEAST = np.float32(1e30)  # more than any score or date


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


def boosted(match: Match, boost: float) -> Match:
    if boost == 1:
        return match
    factor = np.float32(boost)
    if isinstance(match, Sparse):
        return Sparse(match.docs, match.scores * factor)
    return Dense(match.scores * factor, match.mask if boost > 0 else match.hits())


def added(matches: list[Sparse], how: Any) -> Sparse:
    """Union of match sets; ``how`` joins the scores of one document."""
    docs = np.concatenate([m.docs for m in matches]) if matches else NOTHING.docs
    if not len(docs):
        return NOTHING
    scores = np.concatenate([m.scores for m in matches])
    order = np.argsort(docs, kind="stable")
    docs, scores = docs[order], scores[order]
    first = distinct_at(docs).nonzero()[0]
    return Sparse(docs[first], how.reduceat(scores, first))


def either(mask: Array, matches: list[Match]) -> Array:
    for m in matches:
        if isinstance(m, Sparse):
            mask[m.docs] = True
        else:
            mask |= m.hits()
    return mask


def standing(theirs: Array, docs: Array, size: int) -> Array:
    """Where rising documents stand in other rising documents; anything where they do not.

    Many documents are looked up in a table of all ``size``, few by binary search.
    """
    if len(docs) * LOOKED_UP < size:
        at: Array = theirs.searchsorted(docs.astype(theirs.dtype))
    else:
        table = np.empty(size, np.int32)  # not filled
        table[theirs] = np.arange(len(theirs), dtype=np.int32)
        at = table.take(docs)
    return at


def positions(theirs: Array, docs: Array, size: int) -> tuple[Array, Array]:
    """Where rising documents stand in other rising documents (anything where they do not), and whether they do."""
    if not len(theirs):
        return np.zeros(len(docs), np.intp), np.zeros(len(docs), bool)
    at = standing(theirs, docs, size)
    return at, theirs.take(at, mode="clip") == docs


def lookup(match: Sparse, docs: Array, size: int) -> tuple[Array, Array]:
    """Scores (0 where none) and hits of a match set at rising documents."""
    if not len(match.docs):
        return np.zeros(len(docs), np.float32), np.zeros(len(docs), bool)
    at, hits = positions(match.docs, docs, size)
    return match.scores.take(at, mode="clip") * hits, hits


def distinct(docs: Array) -> Array:
    """Distinct values of rising numbers."""
    return docs.take(distinct_at(docs).nonzero()[0]) if len(docs) else docs


def distinct_at(numbers: Array) -> Array:
    """Which of rising numbers are not equal to the one before, as bools."""
    new = np.ones(len(numbers), bool)
    np.not_equal(numbers[1:], numbers[:-1], out=new[1:])
    return new


def below(mask: Array) -> Array:
    """0 where a mask is, else what brings a score below every other (float32); much sooner than ``np.where``."""
    less: Array = mask.astype(np.float32)
    less -= 1
    less *= LEAST
    return less


def best(scores: Array, limit: int) -> Array:
    """Places of the ``limit`` largest scores, largest first, equal ones in order."""
    if limit <= 0:
        return scores[:0].astype(np.int64)
    width = len(scores) // STRIPES
    if limit * 4 < width:
        size = width * STRIPES
        stripes, rest = scores[:size].reshape(STRIPES, width), scores[size:]
        tops = stripes.max(0)
        floor = np.partition(tops, width - limit)[width - limit]
        if floor == max(tops.max(), rest.max(initial=floor)):  # the first of the best ones
            return _first(scores == floor, limit)
        high = (tops >= floor).nonzero()[0]
        row, column = (stripes.take(high, axis=1) >= floor).nonzero()
        some = np.concatenate([row * width + high.take(column), (rest >= floor).nonzero()[0] + size])
        return some.take(_best(scores.take(some), limit))
    return _best(scores, limit)


def _first(mask: Array, limit: int) -> Array:
    """The first places of a mask; looked for in its beginning first."""
    size = len(mask) // STRIPES
    at: Array = mask[:size].nonzero()[0]
    while len(at) < limit and size < len(mask):
        size *= 8
        at = mask[:size].nonzero()[0]
    return at[:limit]


def _best(scores: Array, limit: int) -> Array:
    """``best`` of few scores."""
    last = len(scores) - limit
    if last <= 3 * limit:
        order: Array = (-scores).argsort(kind="stable")[:limit]
        return order
    some: Array = (scores >= np.partition(scores, last)[last]).nonzero()[0]
    return some.take((-scores.take(some)).argsort(kind="stable")[:limit])
