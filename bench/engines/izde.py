"""Izde's engine on the same ready tokens: one process builds little, two build much; one collector answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from whoosh import query as q

from bench.corpus import FACETS
from bench.engines.base import FRAGMENT, JOBS, TOP, Answer
from bench.engines.segments import build_segments
from bench.queries import Query
from indexer.codec.stored import spans as spans_of
from search import marks
from search.collect import Collector

LITTLE = 64 << 20
"""Bytes of ready words below which a second process takes longer to start, and to join with, than it saves."""


class Engine:
    """One text field, empty titles, no stems and no names."""

    def version(self) -> str:
        """Name and version of the library."""
        return f"Izde, NumPy {np.__version__}"

    def build(self, corpus: Path, folder: Path) -> None:
        """Index the ready documents."""
        file = corpus / "ready.jsonl"
        build_segments(file, folder, jobs=JOBS if file.stat().st_size > LITTLE else 1)

    def open(self, folder: Path) -> None:
        """Open the index."""
        self._collector = Collector(folder)

    def run(self, query: Query, level: str) -> Answer:
        """Answer a query at a level."""
        asked = tree(query)
        return answer(self._collector, asked, asked, query.filters, level)


def answer(collector: Collector, query: Any, marked: Any, filters: dict[str, list[str]], level: str) -> Answer:
    """Run a tree and give back what every engine gives back; ``marked``: the part of it that is shown."""
    match = collector.search(query, filters, TOP, facets=() if level == "search" else FACETS)
    out = Answer(match.total, facets={f: zip(*counts.lists(), strict=True) for f, counts in match.counts.items()})
    if level == "whole":
        docs = match.docs.tolist()
        out.ids = collector.ids(docs)
        out.snippets = shown(collector, marked, docs)
    return out


def shown(collector: Collector, query: Any, docs: list[int]) -> list[str]:
    """Two fragments of each document with its hits marked, as a page of results makes them."""
    texts = collector.fetch_many(docs)
    found = collector.places_many(query, docs, known=True)
    cuts, words, spans = found.cuts(len(docs)), found.words.tolist(), spans_of(texts, found.docs, found.places)
    out = []
    for stored, a, b in zip(texts, cuts, cuts[1:], strict=False):
        cut = marks.fragments(stored.text, ([0], [stored.characters], [""]), spans[a:b], words[a:b], width=FRAGMENT)
        out.append(" … ".join(["".join([f"<b>{text}</b>" if hit else text for text, hit in s.segments]) for s in cut]))
    return out


def tree(query: Query) -> Any:
    """The query as Whoosh has it."""
    if query.kind == "prefix":
        return q.Prefix("body", query.words[0])
    if query.kind == "phrase":
        return q.Phrase("body", list(query.words))
    if query.kind == "name":
        return q.Or([q.Phrase("body", list(s)) for s in query.spellings])
    terms = [q.Term("body", w) for w in query.words]
    return terms[0] if len(terms) == 1 else q.Or(terms) if query.kind == "or" else q.And(terms)
