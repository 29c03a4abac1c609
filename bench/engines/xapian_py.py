"""Xapian through its Python bindings: facets as values in numbered slots, counted by match spies."""

from __future__ import annotations

import os
from itertools import accumulate
from pathlib import Path
from typing import Any

import xapian

from bench import corpus as corpora
from bench.corpus import FACETS
from bench.engines.base import FRAGMENT, TOP, Answer, panels
from bench.queries import Query

MOST = {"country": 3, "year": 3, "article": 24, "actor": 8}
"""Values a document has of a facet at the most: slots of their own."""

SLOT = dict(zip(FACETS, accumulate([0, *(MOST[f] for f in FACETS)]), strict=False))
FLUSH = "50000"
"""Documents held in memory before they are written."""


class Engine:
    """Words with positions, facets as filter terms and as values, the text as data."""

    def version(self) -> str:
        """Name and version of the library."""
        return f"Xapian {xapian.version_string()}"

    def build(self, corpus: Path, folder: Path) -> None:
        """Index the ready documents."""
        os.environ["XAPIAN_FLUSH_THRESHOLD"] = FLUSH
        db = xapian.WritableDatabase(str(folder / "db"), xapian.DB_CREATE)
        generator = xapian.TermGenerator()
        for document in corpora.read(corpus / "ready.jsonl"):
            made = xapian.Document()
            generator.set_document(made)
            generator.index_text(document["text"])
            made.set_data(f"{document['id']}\n{document['text']}")
            for facet in FACETS:
                for i, value in enumerate(document[facet]):
                    made.add_value(SLOT[facet] + i, value)
                    made.add_boolean_term(_term(facet, value))
            db.add_document(made)
        db.commit()
        db.close()

    def open(self, folder: Path) -> None:
        """Open the database."""
        self._db = xapian.Database(str(folder / "db"))
        self._stem = xapian.Stem("none")

    def run(self, query: Query, level: str) -> Answer:
        """Answer a query at a level."""
        base = _base(query)
        if level == "search":
            return Answer(self._found(base, query.filters, [])[0].get_matches_estimated())
        answer = Answer(0)
        for i, (filters, facets) in enumerate(panels(query)):
            found, spies = self._found(base, filters, facets)
            for facet, each in spies.items():
                counts: dict[str, int] = {}
                for spy in each:
                    for item in spy.values():
                        value = item.term.decode()
                        counts[value] = counts.get(value, 0) + item.termfreq
                answer.facets[facet] = counts.items()
            if i == 0:
                best = found
        answer.total = best.get_matches_estimated()
        if level == "whole":
            shown = [hit.document.get_data().decode().split("\n", 1) for hit in best]
            cut = xapian.MSet.SNIPPET_BACKGROUND_MODEL | xapian.MSet.SNIPPET_EXHAUSTIVE
            answer.ids = [id_ for id_, _ in shown]
            answer.snippets = [best.snippet(text, 2 * FRAGMENT, self._stem, cut).decode() for _, text in shown]
        return answer

    def _found(self, base: Any, filters: dict[str, list[str]], facets: list[str]) -> tuple[Any, dict[str, list[Any]]]:
        """The ten best and the spies of the facets; every match is looked at, so the estimate is the count."""
        for facet, values in filters.items():
            either = xapian.Query(xapian.Query.OP_OR, [xapian.Query(_term(facet, v)) for v in values])
            base = xapian.Query(xapian.Query.OP_FILTER, base, either)
        enquire = xapian.Enquire(self._db)
        enquire.set_query(base)
        spies = {f: [xapian.ValueCountMatchSpy(SLOT[f] + i) for i in range(MOST[f])] for f in facets}
        for each in spies.values():
            for spy in each:
                enquire.add_matchspy(spy)
        return enquire.get_mset(0, TOP, self._db.get_doccount()), spies


def _base(query: Query) -> Any:
    if query.kind == "prefix":
        return xapian.Query(xapian.Query.OP_WILDCARD, query.words[0])
    if query.kind == "phrase":
        return xapian.Query(xapian.Query.OP_PHRASE, list(query.words))
    if query.kind == "name":
        spellings = [xapian.Query(xapian.Query.OP_PHRASE, list(s)) for s in query.spellings]
        return xapian.Query(xapian.Query.OP_OR, spellings)
    return xapian.Query(xapian.Query.OP_OR if query.kind == "or" else xapian.Query.OP_AND, list(query.words))


def _term(facet: str, value: str) -> str:
    return f"X{facet.upper()}:{value}"
