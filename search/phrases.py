"""Where phrases stand, in a segment or in some documents: neighbours, or chains of places for a slop."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from indexer.codec.arrays import Array
from indexer.codec.segment import FieldReader
from search.matchsets import distinct, distinct_at
from search.view import Entry

_DOC = 32  # bits of a key for the document
FEW = 64  # a phrase at fewer than 1/64 of its rarest word's places: documents are found one by one


def phrase_docs(reader: FieldReader, words: list[int], slop: int) -> tuple[Array, int, Array]:
    """Documents (intp, rising) of a segment with a phrase; a word of it by its place, and its postings.

    Every next word comes 1 to ``slop`` places after the one before it.
    """
    places = reader.place
    assert places is not None
    sizes = [int(places[n + 1]) - int(places[n]) for n in words]
    rarest = sizes.index(min(sizes))
    low, high = reader.span(words[rarest])
    mine = reader.docs[low:high]
    if slop > 1:
        docs = distinct(phrase_chains(reader, words, slop)[0][1])
        return docs, rarest, np.searchsorted(mine, docs.astype(mine.dtype)) + low
    found, chosen = _exact_phrase(reader, words, rarest)
    if len(found) * FEW < sizes[rarest]:
        docs = distinct(np.searchsorted(_starts(reader), found, "right") - 1)
        return docs, rarest, np.searchsorted(mine, docs.astype(mine.dtype)) + low
    if sizes[rarest] == high - low:  # once a document
        at = distinct(chosen)
    else:
        at = distinct(np.repeat(np.arange(high - low), reader.exact(low, high)).take(chosen))
    return mine.take(at).astype(np.intp), rarest, at + low


def phrases_together(
    readers: Sequence[FieldReader], bases: Sequence[int], phrases: list[list[Entry]]
) -> tuple[Array, Array, Array]:
    """Where some phrases without gaps stand, all phrases and segments in one pass; meant for rarer words.

    Of every find its document (intp, ``bases`` added) and its phrase, and how often the document has each word
    (float32[finds, words], in shorter phrases some word again); by segment, phrase, document.
    """
    width = max(map(len, phrases))
    base_of, phrase_of = [], []  # of a row, which is a phrase in a segment
    steps: list[int] = []  # of a row: how far from its rarest word the others stand, and which they are
    cuts, sizes, columns = [0], [], []
    places: list[Array] = []
    docs: list[Array] = []
    freq: list[Array] = []
    for at, (reader, base) in enumerate(zip(readers, bases, strict=True)):
        spans: list[tuple[int, int]] = []
        for phrase, entries in enumerate(phrases):
            numbers = [e.numbers[at] for e in entries]
            if -1 in numbers:
                continue
            mine = [e.spans[at] for e in entries]
            lengths = [high - low for low, high in mine]
            rarest = lengths.index(min(lengths))
            word, missing = numbers[rarest], width - len(numbers)
            low, high = reader.place[word : word + 2].tolist()  # type: ignore[index]
            places.append(reader.places[low:high])  # type: ignore[index]
            sizes.append(high - low)
            for k, n in enumerate(numbers):
                if k != rarest:
                    steps += (k - rarest, n)
            steps += (0, word) * missing
            columns.append(len(docs) + len(spans) + rarest)
            spans += mine + mine[:1] * missing
            base_of.append(base)
            phrase_of.append(phrase)
        docs += [reader.docs[low:high] for low, high in spans]
        if spans:
            freq.append(reader.frequencies(spans))
        cuts.append(len(sizes))
    if not sizes:
        nothing = np.empty(0, np.intp)
        return nothing, nothing, np.empty((0, width), np.float32)
    words = np.concatenate(freq)
    counts = [len(part) for part in docs]
    ends = list(accumulate(counts, initial=0))
    row = np.arange(len(sizes)).repeat(sizes)
    place = np.concatenate(places).astype(np.intp)
    often = np.concatenate([words[ends[c] : ends[c + 1]] for c in columns]).astype(np.intp)
    there = np.concatenate([docs[c] for c in columns]).astype(np.intp).repeat(often)
    row, chosen = _in_a_row(readers, cuts, place, row, np.array(steps).reshape(len(sizes), -1))
    there = there[chosen]
    new = distinct_at((row << _DOC) + there)
    row, there = row[new], there[new]
    column = np.arange(len(docs)) << _DOC
    postings = np.concatenate(docs) + column.repeat(counts)
    wanted = column.reshape(-1, width)[row] + there[:, None]
    freq_of = words.take(postings.searchsorted(wanted))
    return there + np.array(base_of).take(row), np.array(phrase_of).take(row), freq_of


def _in_a_row(
    readers: Sequence[FieldReader], cuts: list[int], place: Array, row: Array, step: Array
) -> tuple[Array, Array]:
    """Of the places beside which all other words stand the row, and which they are; ``cuts``: rows of each segment.

    ``step``: of every row how far off each other word stands and its number, in turn.
    """
    chosen = np.arange(len(place))
    for k in range(0, step.shape[1], 2):
        beside = place + step[:, k].take(row)
        bounds = row.searchsorted(cuts).tolist()
        found = np.concatenate(
            [
                r.forward.take(beside[a:b], mode="clip")  # type: ignore[union-attr]
                for r, a, b in zip(readers, bounds, bounds[1:], strict=False)
            ]
        )
        kept = ((found == step[:, k + 1].take(row)) & (beside >= 0)).nonzero()[0]
        place, row, chosen = place[kept], row[kept], chosen[kept]
    return row, chosen


def _exact_phrase(reader: FieldReader, words: list[int], rarest: int) -> tuple[Array, Array]:
    """Places of the first word of a phrase without gaps, and which of the rarest word's places they belong to."""
    assert reader.place is not None
    assert reader.places is not None
    assert reader.forward is not None
    low, high = int(reader.place[words[rarest]]), int(reader.place[words[rarest] + 1])
    skipped = int(np.searchsorted(reader.places[low:high], np.uint32(rarest))) if rarest else 0
    places = reader.places[low + skipped : high].astype(np.intp)
    if rarest:
        places -= rarest
    chosen: Array | None = None
    for k, n in enumerate(words):
        if k != rarest:
            kept = (reader.forward.take(places + k if k else places, mode="clip") == n).nonzero()[0]
            places, chosen = places[kept], kept if chosen is None else chosen[kept]
    if chosen is None:
        chosen = np.arange(len(places))
    return places, chosen + skipped if skipped else chosen


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


def neighbours(words: Array, keys: Array, phrases: Array) -> Array:
    """Which of some words (bool) belong to a phrase without gaps.

    ``words``: all words there that a phrase has, ``keys``: their places, rising; ``phrases``: int[phrases, words].
    """
    mask, size = np.zeros(len(words), bool), phrases.shape[1]
    last = len(words) - size + 1
    if last > 0:
        first = keys[size - 1 :] - keys[:last] == size - 1
        found = words[:last] == phrases[:, :1]
        for k in range(1, size):
            found &= words[k : last + k] == phrases[:, k : k + 1]
        first &= found.any(0)
        for k in range(size):
            mask[k : last + k] |= first
    return mask


def chains(keys: Array, where: list[Array], slop: int) -> Array:
    """Which of some words (bool) belong to a phrase whose words stand each 1 to ``slop`` places after the one before.

    ``keys``: places of the words, rising; ``where``: bool, which are the first word, which the second, and so on.
    """
    columns = [mask.nonzero()[0] for mask in where]
    for i in range(1, len(columns)):
        columns[i] = _close(keys, columns[i], columns[i - 1], slop, after=True)
    for i in range(len(columns) - 2, -1, -1):
        columns[i] = _close(keys, columns[i], columns[i + 1], slop, after=False)
    mask = np.zeros(len(keys), bool)
    for column in columns:
        mask[column] = True
    return mask


def _close(keys: Array, these: Array, those: Array, slop: int, after: bool) -> Array:
    """These that have one of those 1 to ``slop`` places before (``after``) or behind them."""
    if not len(these) or not len(those):
        return these[:0]
    mine, other = keys.take(these), keys.take(those)
    if after:
        at = other.searchsorted(mine, "left") - 1
        gaps = np.where(at >= 0, mine - other.take(at, mode="clip"), slop + 1)
    else:
        at = other.searchsorted(mine, "right")
        gaps = np.where(at < len(other), other.take(at, mode="clip") - mine, slop + 1)
    return these[gaps <= slop]
