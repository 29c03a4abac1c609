"""Words that matched, and the forms of all segments under one numbering, one segment after another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np

from indexer.codec.arrays import Array
from indexer.codec.layers import LANGUAGES
from search.matchsets import distinct
from search.view import Cache, Field, View

_DOC = 32  # bits of a key: the document's number among those asked for, and below them the place
PAIRS = 1 << 20  # (form, language) pairs kept for stems asked again
ONE_BY_ONE = 8  # words looked for one by one among many; more are by binary search


class Places(NamedTuple):
    """Words that matched, document by document and rising in each; parallel, int64."""

    docs: Array  # number of the document among those asked for
    places: Array  # number of the word in its stream
    words: Array  # number of its form; in one document the same for the same form

    def cuts(self, count: int) -> list[int]:
        """Where the words of each of ``count`` documents begin, and the end."""
        cuts: list[int] = self.docs.searchsorted(np.arange(count + 1)).tolist()
        return cuts


NOWHERE = Places(*[np.empty(0, np.int64)] * 3)


class Forms(NamedTuple):
    """Numbers of forms (uint32), and runs ``low..high-1`` of them."""

    numbers: Array
    runs: list[tuple[int, int]]

    def among(self, words: Array) -> Array:
        """Which of the words have one of the forms."""
        hits = among(words, self.numbers)
        for low, high in self.runs:
            hits |= (words >= low) & (words < high)
        return hits


class Words:
    """Forms by number, over a view.

    ``bases``: what is added to the numbers of each segment; ``slices``: of each segment the first places of the
    documents, and the form at every place; ``titles``: the first places of the titles.
    """

    def __init__(self, view: View) -> None:
        self._view = view
        body = view.fields.get("body")
        readers = body.readers if body and body.positions else []
        self.bases: list[int] = [0, *accumulate(len(r.terms) for r in readers)][: len(readers)]
        self.slices: list[Any] = [(memoryview(r.starts), r.forward) for r in readers]  # type: ignore[arg-type]
        titles = view.fields["title"].readers if "title" in view.fields else []
        self.titles: list[Any] = [memoryview(r.starts) for r in titles if r.starts is not None]  # type: ignore[arg-type]
        self._stems: Cache[tuple[Array, Array]] = Cache(PAIRS, lambda pairs: len(pairs[0]))

    def forms(self, numbers: Iterable[Sequence[int]]) -> Array:
        """Numbers of forms, for every segment, as one (uint32)."""
        return np.array([n + base for base, found in zip(self.bases, numbers, strict=True) for n in found], np.uint32)

    def stems(self, field: Field, texts: tuple[str | bytes, ...]) -> tuple[Array, Array]:
        """The (form, language) pairs behind some stems (int64, rising), and their forms (uint32)."""

        def make() -> tuple[Array, Array]:
            parts = [np.empty(0, np.int64)]
            for text in texts:
                for at, number in enumerate(field.look_up(text).numbers):
                    if number >= 0:
                        found = self._view.segments[at].pairs(field.readers[at], number)
                        parts.append(found + self.bases[at] * LANGUAGES)
            pairs = distinct(np.sort(np.concatenate(parts)))
            return pairs, distinct((pairs // LANGUAGES).astype(np.uint32))

        return self._stems.get((field.name, texts), make)


class Standing:
    """The words wanted that stand in some documents; parallel, document by document and rising in each.

    ``words``: numbers of their forms; ``doc``: numbers of their documents among those asked for; ``place``: their
    places in the streams.  ``where``: segment of every document, and its number in it.
    """

    def __init__(self, view: View, known: Words, where: Sequence[tuple[int, int]], wanted: Sequence[Forms]) -> None:
        self._view, self._where = view, where
        parts = []
        for at, doc in where if known.slices else ():
            starts, forward = known.slices[at]
            parts.append(forward[starts[doc] : starts[doc + 1] - 1])
        ends = list(accumulate(map(len, parts)))
        words = np.concatenate(parts) if parts else np.empty(0, np.uint32)
        if len(known.slices) > 1:
            bases = np.array([known.bases[at] for at, _ in where], np.uint32)
            words += bases.repeat([len(part) for part in parts])
        at_word = _every(wanted).among(words).nonzero()[0]
        self._known, self._ends = known, np.array(ends, np.intp)
        self.words = words.take(at_word)
        self.doc = self._ends.searchsorted(at_word, "right")
        self.place = at_word - np.array([0, *ends]).take(self.doc)

    @cached_property
    def keys(self) -> Array:
        """Document and place in one number, rising."""
        keys: Array = (self.doc << _DOC) + self.place
        return keys

    @cached_property
    def in_title(self) -> Array:
        """Which of them stand in the title."""
        titles = self._known.titles
        lengths = [titles[at][doc + 1] - 1 - titles[at][doc] for at, doc in self._where]
        begin = np.diff(self._ends, prepend=0) - lengths
        inside: Array = self.place >= begin.take(self.doc)
        return inside

    @cached_property
    def form_pairs(self) -> Array:
        """Their forms, each with the language of its passage, as the stem layer has them."""
        segments = self._view.segments
        found = [segments[at].passages(doc) for at, doc in self._where]
        places = np.concatenate([place for place, _ in found])
        first = places + (np.arange(len(found)) << _DOC).repeat([len(place) for place, _ in found])
        langs = np.concatenate([code for _, code in found]).take(first.searchsorted(self.keys, "right") - 1)
        pairs: Array = self.words * np.int64(LANGUAGES) + langs
        return pairs


def _every(wanted: Sequence[Forms]) -> Forms:
    """All forms wanted as one."""
    if len(wanted) == 1:
        return wanted[0]
    numbers = np.concatenate([w.numbers for w in wanted]) if wanted else np.empty(0, np.uint32)
    return Forms(numbers, [run for w in wanted for run in w.runs])


def among(words: Array, wanted: Array) -> Array:
    """Which of the words are wanted, as bools."""
    hits: Array
    if len(wanted) > ONE_BY_ONE:
        wanted = np.sort(wanted)
        hits = wanted.take(wanted.searchsorted(words), mode="clip") == words
        return hits
    if not len(wanted):
        return np.zeros(len(words), bool)
    hits = words == wanted[0]
    for word in wanted[1:]:
        hits |= words == word
    return hits
