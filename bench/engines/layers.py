"""Izde as the product has it: real words by ICU, stems, name keys, titles; queries go the way of the search box.

The languages of the passages are given with the corpus; reading files, detection and the facets' rules are not part of
this.  It finds more than the other engines do, so its counts are not compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from analysis.layers import name_keys, stems
from bench.corpus import FACETS
from bench.engines.base import Answer
from bench.engines.izde import Engine as Ready
from bench.engines.izde import answer
from bench.engines.segments import build_segments
from bench.queries import Query
from indexer import codec
from indexer.record import days
from search.names import Variants
from search.parse import as_typed_first, compile_syntax, no_variants
from search.syntax import read


class Engine(Ready):
    """Folded forms and stems of text and title, and a table of name keys."""

    def version(self) -> str:
        """Name and version of the library."""
        return "Izde with ICU, stems, names, titles"

    def build(self, corpus: Path, folder: Path) -> None:
        """Index the raw documents."""
        build_segments(corpus / "raw.jsonl", folder, _segments)

    def open(self, folder: Path) -> None:
        """Open the index."""
        super().open(folder)
        self._variants = Variants(self._collector)

    def run(self, query: Query, level: str) -> Answer:
        """Answer a query at a level."""
        variants = self._variants.of if query.kind == "name" else no_variants
        parsed = compile_syntax(read(typed(query)), variants=variants)
        return answer(self._collector, as_typed_first(parsed.query, parsed), query.filters, level)


def typed(query: Query) -> str:
    """The query as a person types it."""
    if query.kind == "prefix":
        return f"{query.words[0]}*"
    if query.kind == "phrase":
        return f'"{" ".join(query.words)}"'
    return (" OR " if query.kind == "or" else " ").join(query.words)


def record(document: dict[str, Any]) -> codec.Record:
    """A raw document with its paragraphs as passages of its one language."""
    text, lang, passages, begin = document["text"], document["lang"], [], 0
    while (end := text.find("\n", begin)) >= 0:
        passages.append((begin, end, lang))
        begin = end + 1
    passages.append((begin, len(text), lang))
    return codec.Record(
        id=document["id"],
        text=text,
        title=document["title"],
        passages=passages,
        title_lang=lang,
        facets={f: document[f] for f in FACETS},
        date=days(max(document["year"])),
        card=b"{}",
        receipts=b"{}",
    )


def _segments(folder: Path, documents: Iterable[dict[str, Any]], shared: bool) -> list[codec.SegmentInfo]:
    analysis = codec.Analysis(stems=stems, name_keys=name_keys)
    builder = codec.SegmentBuilder(folder, analysis=analysis, facets=FACETS, shared=shared)
    with codec.seldom_collected():
        builder.add_many(map(record, documents))
        return builder.runs()
