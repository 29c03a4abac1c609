"""What goes on from what was typed, straight from the words of the index: words, words after words, persons.

No list is kept for this: the forward index has the word behind and before every place, and the kept text shows whether
two words are written as a name.  Of a common word only the first places are looked at for what stands beside it; what
is shown is counted everywhere: live documents that hold the words one after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from analysis import names
from indexer.codec.arrays import Array
from indexer.codec.inverting import NO_TERM
from indexer.codec.segment import FieldReader, Segment
from search.expanding import encoded
from search.view import View

MAX_PLACES = 1 << 12
"""Places of one word in a segment whose neighbours are looked at for a name."""

MAX_PLACES_OF_HEAD = 1 << 14
"""Places of the rarest word before the last one where it is looked for what follows."""

CONSIDERED = 64
"""Words a segment proposes."""

SHOWN_AT = 3
"""Places where the writing of a pair is looked at before it counts as no name."""


class Completion(NamedTuple):
    """Words as they would be typed and the live documents that hold them next to each other."""

    text: str
    documents: int


class Completer:
    """Completions from one snapshot.  Nothing is kept between calls; threads may share it.

    ``count``: folded words -> live documents that hold them one after the other.
    """

    def __init__(self, view: View, count: Callable[[Sequence[str]], int]) -> None:
        self._view, self._count = view, count

    def words(self, head: Sequence[str], last: str, limit: int) -> list[Completion]:
        """Folded forms that begin with ``last``, most documents first; behind ``head``, those that follow it there."""
        if not head:
            return self._words(last, limit)
        found: dict[bytes, int] = {}
        for reader in self._readers():
            low, high = reader.terms.prefix(encoded(last))
            numbers = [reader.terms.find(encoded(word)) for word in head]
            if low == high or -1 in numbers:
                continue
            places = _behind(reader, numbers)
            following = reader.forward.take(places, mode="clip")  # type: ignore[union-attr]
            kept = (following >= low) & (following < high)
            terms, counts = np.unique(following[kept], return_counts=True)
            for term, count in zip(reader.terms.at(terms.tolist()), counts.tolist(), strict=True):
                found[term] = found.get(term, 0) + count
        chosen = [decoded(term) for term, _ in sorted(found.items(), key=lambda row: (-row[1], row[0]))[:limit]]
        return ordered(Completion(form, self._count([*head, form])) for form in chosen)

    def _words(self, last: str, limit: int) -> list[Completion]:
        body = self._view.fields.get("body")
        proposed: set[bytes] = set()
        for reader in self._readers():
            low, high = reader.terms.prefix(encoded(last))
            documents = np.diff(reader.first[low : high + 1].astype(np.int64))
            best = (
                documents.argpartition(-CONSIDERED)[-CONSIDERED:] if len(documents) > CONSIDERED else range(high - low)
            )
            proposed.update(reader.terms.at((np.asarray(best, np.int64) + low).tolist()))
        counted = [(-body.look_up(term).frequency, term) for term in proposed] if body else []
        chosen = [(decoded(term), -n) for n, term in sorted(counted)[:limit]]
        return ordered(
            Completion(form, self._count([form]) if self._view.live is not None else n) for form, n in chosen
        )

    def persons(self, form: str, limit: int) -> list[Completion]:
        """Given and family names, one of them ``form``, as a text writes them: side by side, both capitalised."""
        counts: Counter[tuple[str, str]] = Counter()
        seen: dict[tuple[str, str], list[tuple[Segment, int]]] = {}
        for segment in self._view.segments:
            for pair, count, places in self._pairs(segment.fields["body"], form):
                counts[pair] += count
                seen.setdefault(pair, []).extend((segment, place) for place in places)
        rows = []
        for pair, _ in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
            written = (_written(segment, place) for segment, place in seen[pair][:SHOWN_AT])
            if name := next(filter(None, written), ""):
                rows.append(Completion(name, self._count(pair)))
            if len(rows) == limit:
                break
        return ordered(rows)

    def _pairs(self, reader: FieldReader, form: str) -> Iterator[tuple[tuple[str, str], int, list[int]]]:
        """(given name, family name), how often at the places looked at, some places of the given name."""
        number = reader.terms.find(encoded(form))
        if number < 0:
            return
        assert reader.forward is not None
        after = not names.is_family(form)
        places = _places(reader, number)
        first = places if after else places[places > 0] - 1
        other = reader.forward.take(first + 1 if after else first, mode="clip")
        kept = other != NO_TERM
        terms, times = np.unique(other[kept], return_counts=True)
        best = np.argsort(-times, kind="stable")[:CONSIDERED]
        for term, count, word in zip(
            terms[best].tolist(), times[best].tolist(), reader.terms.at(terms[best].tolist()), strict=True
        ):
            pair = (form, decoded(word)) if after else (decoded(word), form)
            if names.is_pair(*pair):
                yield pair, count, first[other == term][:SHOWN_AT].tolist()

    def _readers(self) -> Iterator[FieldReader]:
        return (segment.fields["body"] for segment in self._view.segments)


def decoded(term: bytes) -> str:
    """A term as text."""
    return term.decode("utf-8", "surrogatepass")


def ordered(rows: Iterable[Completion]) -> list[Completion]:
    """Those that some document has, most documents first."""
    return sorted((row for row in rows if row.documents), key=lambda row: (-row.documents, row.text))


def _places(reader: FieldReader, number: int, most: int = MAX_PLACES) -> Array:
    """Where a term stands, in places of the segment (intp): the first of them, if they are many."""
    assert reader.place is not None
    assert reader.places is not None
    low, high = int(reader.place[number]), int(reader.place[number + 1])
    return reader.places[low : min(high, low + most)].astype(np.intp)


def _behind(reader: FieldReader, numbers: Sequence[int]) -> Array:
    """The places right behind words that stand one after the other."""
    assert reader.forward is not None
    assert reader.place is not None
    sizes = [int(reader.place[n + 1]) - int(reader.place[n]) for n in numbers]
    rarest = sizes.index(min(sizes))
    places = _places(reader, numbers[rarest], MAX_PLACES_OF_HEAD) - rarest
    for k, number in enumerate(numbers):
        if k != rarest:
            places = places[(places >= 0) & (reader.forward.take(places + k, mode="clip") == number)]
    return places + len(numbers)


def _written(segment: Segment, place: int) -> str:
    """The word at a place and the next as they are written; "" if they are not capitalised or more divides them."""
    starts = segment.fields["body"].starts
    assert starts is not None
    doc = int(np.searchsorted(starts, place, "right")) - 1
    stored, word = segment.text(doc), place - int(starts[doc])
    bounds = zip(stored.starts[word : word + 2].tolist(), stored.ends[word : word + 2].tolist(), strict=True)
    (a, b), (c, d) = bounds
    words = [stored.stream[a:b], stored.stream[c:d]]
    capitalised = all(w[0].isupper() and not w.isupper() for w in words)
    return " ".join(words) if capitalised and stored.stream[b:c] in (" ", "\u00a0") else ""
