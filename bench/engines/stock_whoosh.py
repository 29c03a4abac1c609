"""Whoosh as it comes: its own writer, codec, collectors and highlighter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import whoosh
from whoosh import fields, highlight, index, sorting
from whoosh import query as q
from whoosh.analysis import SpaceSeparatedTokenizer

from bench import corpus as corpora
from bench.corpus import FACETS
from bench.engines.base import FRAGMENT, TOP, Answer, panels
from bench.queries import Query

HEAP_MB = 256


class Engine:
    """One text field with positions, stored; facets as keyword fields."""

    def version(self) -> str:
        """Name and version of the library."""
        return f"Whoosh {whoosh.versionstring()}"

    def build(self, corpus: Path, folder: Path) -> None:
        """Index the ready documents."""
        keywords = {f: fields.KEYWORD(commas=True, scorable=False) for f in FACETS}
        text = fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True, stored=True)
        made = index.create_in(folder, fields.Schema(id=fields.ID(stored=True), text=text, **keywords))
        writer = made.writer(limitmb=HEAP_MB)
        for document in corpora.read(corpus / "ready.jsonl"):
            values = {f: ",".join(document[f]) for f in FACETS}
            writer.add_document(id=document["id"], text=document["text"], **values)
        writer.commit()

    def open(self, folder: Path) -> None:
        """Open the index."""
        self._searcher = index.open_dir(folder).searcher()
        self._cut = highlight.ContextFragmenter(maxchars=FRAGMENT, surround=FRAGMENT // 3)

    def run(self, query: Query, level: str) -> Answer:
        """Answer a query at a level."""
        tree = _tree(query)
        if level == "search":
            return Answer(len(self._found(tree, query.filters, ())))
        answer = Answer(0)
        for i, (filters, facets) in enumerate(panels(query)):
            found = self._found(tree, filters, facets)
            for facet in facets:
                answer.facets[facet] = [(v, n) for v, n in found.groups(facet).items() if v is not None]
            if i == 0:
                results = found
        answer.total = len(results)
        if level == "whole":
            results.fragmenter = self._cut
            hits = [results[i] for i in range(min(TOP, results.scored_length()))]
            answer.snippets = [hit.highlights("text", top=2) for hit in hits]
            answer.ids = [hit["id"] for hit in hits]
        return answer

    def _found(self, tree: Any, filters: dict[str, list[str]], facets: tuple[str, ...] | list[str]) -> Any:
        narrowed = q.And([q.Or([q.Term(f, v) for v in values]) for f, values in filters.items()]) if filters else None
        grouped = sorting.Facets()
        for facet in facets:
            grouped.add_field(facet, maptype=sorting.Count, allow_overlap=True)
        return self._searcher.search(tree, limit=TOP, filter=narrowed, groupedby=grouped if facets else None)


def _tree(query: Query) -> Any:
    if query.kind == "prefix":
        return q.Prefix("text", query.words[0])
    if query.kind == "phrase":
        return q.Phrase("text", list(query.words))
    if query.kind == "name":
        return q.Or([q.Phrase("text", list(s)) for s in query.spellings])
    terms = [q.Term("text", w) for w in query.words]
    return terms[0] if len(terms) == 1 else q.Or(terms) if query.kind == "or" else q.And(terms)
