"""Izde as the product has it: real words by ICU, stems, name keys, titles; queries go the way of the search box.

The languages of the passages are given with the corpus; reading files, detection and the facets' rules are not part of
this.  It finds more than the other engines do, so its counts are not compared.
"""

from __future__ import annotations

from pathlib import Path

from bench.engines.base import Answer
from bench.engines.izde import Engine as Ready
from bench.engines.izde import answer
from bench.engines.raw import raw_segments
from bench.engines.segments import build_segments
from bench.queries import Query
from search.names import Variants
from search.parse import compile_syntax, no_variants, ranked
from search.syntax import read


class Engine(Ready):
    """Folded forms and stems of text and title, and a table of name keys."""

    def version(self) -> str:
        """Name and version of the library."""
        return "Izde with ICU, stems, names, titles"

    def build(self, corpus: Path, folder: Path) -> None:
        """Index the raw documents."""
        build_segments(corpus / "raw.jsonl", folder, raw_segments)

    def open(self, folder: Path) -> None:
        """Open the index."""
        super().open(folder)
        self._variants = Variants(self._collector)

    def run(self, query: Query, level: str) -> Answer:
        """Answer a query at a level."""
        variants = self._variants.of if query.kind == "name" else no_variants
        parsed = compile_syntax(read(typed(query)), variants=variants)
        return answer(self._collector, ranked(parsed.query, parsed), parsed.query, query.filters, level)


def typed(query: Query) -> str:
    """The query as a person types it."""
    if query.kind == "prefix":
        return f"{query.words[0]}*"
    if query.kind == "phrase":
        return f'"{" ".join(query.words)}"'
    return (" OR " if query.kind == "or" else " ").join(query.words)
