"""What every engine of the comparison does: build, open, answer a query at one of three levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from bench.corpus import FACETS
from bench.queries import Query

LEVELS = ("search", "facets", "whole")
"""Ten best and total; and all counts of four facets; and the ten documents with marked fragments."""

TOP = 10
JOBS = 2
FRAGMENT = 150
"""Characters of a fragment, about; a document shows two."""


@dataclass(slots=True)
class Answer:
    """What came back.  ``ids`` only at the level "whole", ``facets`` from "facets" on.

    The counts of a facet are Python objects of any shape that ``dict`` takes, or tantivy's buckets.
    """

    total: int
    ids: Sequence[str] = ()
    facets: dict[str, Any] = field(default_factory=dict)
    snippets: Sequence[str] = ()

    def counts(self) -> dict[str, dict[str, int]]:
        """Facet -> value -> documents, in one shape for all engines; not part of what is timed."""
        return {f: dict(map(_pair, found)) for f, found in self.facets.items()}


class Engine(Protocol):
    """One engine; made anew in the process that builds and in the process that answers."""

    def version(self) -> str:
        """Name and version of the library."""

    def build(self, corpus: Path, folder: Path) -> None:
        """Index the documents of a corpus folder into an empty folder, ready to be opened."""

    def open(self, folder: Path) -> None:
        """Open what ``build`` made."""

    def run(self, query: Query, level: str) -> Answer:
        """Answer a query at a level."""


def _pair(row: Any) -> tuple[str, int]:
    return (row["key"], int(row["doc_count"])) if isinstance(row, dict) else row


def other_filters(query: Query, facet: str) -> dict[str, list[str]]:
    """The filters without that of one facet, as its panel needs them."""
    return {f: v for f, v in query.filters.items() if f != facet}


def panels(query: Query) -> list[tuple[dict[str, list[str]], list[str]]]:
    """(filters, facets counted under them): all facets without a selection together, each selected one by itself."""
    free = [f for f in FACETS if f not in query.filters]
    return [(query.filters, free), *((other_filters(query, f), [f]) for f in query.filters)]
