"""As typed comes first: the documents with every word of a query in just that form stand before all others."""

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


@dataclass(frozen=True, eq=False)
class TypedFirst(wq.Query):  # type: ignore[misc]
    """The documents of a query, those with all of the folded forms in their text first."""

    query: Any
    forms: tuple[str, ...]


def typed_first(view: View, match: Match, forms: tuple[str, ...]) -> Match:
    """A match set with the scores of the documents that have all of the forms raised above the others."""
    docs = _having(view, forms)
    if not len(docs):
        return match
    if isinstance(match, Sparse):
        at, hits = positions(match.docs, docs, view.size)
        scores = match.scores.copy()
        scores[at[hits]] += FIRST
        return Sparse(match.docs, scores)
    hits = match.scores[docs] > 0 if match.mask is None else match.mask[docs]
    scores = match.scores.copy()
    scores[docs[hits]] += FIRST
    return Dense(scores, match.mask)


def _having(view: View, forms: tuple[str, ...]) -> Array:
    """The documents that have all of the forms in their text, rising."""
    field = view.fields["body"]
    entries = sorted(((field.look_up(encoded(form)), form) for form in forms), key=lambda found: found[0].frequency)
    masks = [_mask(view, form, entry) for entry, form in entries if entry.frequency * DENSE > view.size]
    rare = [field.docs(entry.spans) for entry, _ in entries[: len(entries) - len(masks)]]
    if not rare:
        every: Array = np.logical_and.reduce(masks)
        return every.nonzero()[0]
    docs = rare[0]
    for others in rare[1:]:
        docs = docs[positions(others, docs, view.size)[1]] if len(others) else others
    for mask in masks:
        docs = docs[mask[docs]]
    return docs


def _mask(view: View, form: str, entry: Entry) -> Array:
    """bool[size]: which documents have a common form; kept."""
    field, term = view.fields["body"], encoded(form)
    return view.columns.get((field.name, term, "has"), lambda: view.column(field, term, entry) > 0)
