"""Where phrases stand in a segment: by the forward index for neighbours, by chains of places for a slop."""

from __future__ import annotations

import numpy as np

from indexer.codec.arrays import Array
from indexer.codec.segment import FieldReader

FEW = 64  # a phrase at fewer than 1/64 of its rarest word's places: documents are found one by one


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
    candidates = reader.places[reader.place[number] : reader.place[number + 1]].astype(np.intp)
    candidates -= rarest
    chosen = (candidates >= 0).nonzero()[0] if rarest else np.arange(len(candidates))
    places = candidates[chosen] if len(chosen) < len(candidates) else candidates
    for k, n in enumerate(words):
        if k != rarest:
            kept = (reader.forward.take(places + k, mode="clip") == n).nonzero()[0]
            places, chosen = places[kept], chosen[kept]
    if len(places) * FEW < len(candidates):
        return places, np.searchsorted(_starts(reader), places, "right") - 1
    low, high = reader.span(number)
    return places, np.repeat(reader.docs[low:high].astype(np.intp), reader.exact(low, high))[chosen]


def _starts(reader: FieldReader) -> Array:
    assert reader.starts is not None
    return reader.starts


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
