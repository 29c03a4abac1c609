"""As typed comes first: no document with every word of a query in just that form stands below the third place,

behind documents that lack such a form: the best two of these stand where their scores put them, the others after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from whoosh import query as wq

from indexer.codec.arrays import Array
from search.expanding import encoded
from search.matchsets import Dense, Match, Sparse, positions
from search.view import DENSE, Entry, View

FIRST = np.float32(8192)  # more than the words of a query score
OTHERS = 2  # documents without every word as typed that may stand above one with them


@dataclass(frozen=True, eq=False)
class TypedFirst(wq.Query):  # type: ignore[misc]
    """The documents of a query, those with all of the folded forms in their text and the best two others first."""

    query: Any
    forms: tuple[str, ...]


def typed_first(view: View, match: Match, forms: tuple[str, ...]) -> Match:
    """A match set with the scores of the documents that have all of the forms, and of a few others, raised."""
    if isinstance(match, Sparse):
        places, hits = positions(match.docs, _having(view, forms), view.size)
        first = np.zeros(len(match.docs), bool)
        first[places[hits]] = True
    else:
        first = _marked(view, forms) & match.hits()
    if not first.any():
        return match
    scores = match.scores + first * FIRST
    for at in _best(match.scores * ~first):
        scores[at] += FIRST
    return Sparse(match.docs, scores) if isinstance(match, Sparse) else Dense(scores, match.mask)


def _best(scores: Array) -> list[int]:
    """Where the ``OTHERS`` best scores above 0 are, the first of equal ones; they are overwritten by 0."""
    found: list[int] = []
    for _ in range(OTHERS):
        at = int(scores.argmax())
        if scores[at] <= 0:
            break
        found.append(at)
        scores[at] = 0
    return found


def _marked(view: View, forms: tuple[str, ...]) -> Array:
    """bool[size]: which documents have all of the forms in their text."""
    field = view.fields["body"]
    entries = [(field.look_up(encoded(form)), form) for form in forms]
    if all(entry.frequency * DENSE > view.size for entry, _ in entries):
        every: Array = np.logical_and.reduce([_mask(view, form, entry) for entry, form in entries])
        return every
    marked = np.zeros(view.size, bool)
    marked[_having(view, forms)] = True
    return marked


def _having(view: View, forms: tuple[str, ...]) -> Array:
    """The documents that have all of the forms in their text, rising."""
    field = view.fields["body"]
    entries = sorted(((field.look_up(encoded(form)), form) for form in forms), key=lambda found: found[0].frequency)
    masks = [_mask(view, form, entry) for entry, form in entries if entry.frequency * DENSE > view.size]
    rare = [field.docs(entry.spans) for entry, _ in entries[: len(entries) - len(masks)]]
    if not rare:
        return _marked(view, forms).nonzero()[0]
    docs = rare[0]
    for others in rare[1:]:
        docs = docs[positions(others, docs, view.size)[1]] if len(others) else others
    for mask in masks:
        docs = docs[mask[docs]]
    return docs


def _mask(view: View, form: str, entry: Entry) -> Array:
    """bool[size]: which documents have a common form; kept."""
    field, term = view.fields["body"], encoded(form)
    mask: Array = view.columns.get((field.name, term, "has"), lambda: view.column(field, term, entry) > 0)
    return mask
