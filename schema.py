"""The contract: every field and every facet of a document in the index, on one page.

A document in the index is one text with a title.  Its words are numbered once, over the *stream*
``text + "\\n" + title``: a place in the stream is a word number, an offset is a Python character of
the stream, so an offset below ``len(text)`` lies in the text and one above it in the title.

``body`` and ``stem`` are two layers over the same stream; ``title`` and ``title_stem`` the same two
layers over the title alone, so that a word of the title weighs more and can be asked for by itself.
Name variants need no field: a name key leads to word forms of ``body`` (see ``analysis.layers``).
Facets are exact, many-valued keyword fields.  This module imports nothing of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whoosh import fields

SCHEMA_VERSION = 1

LANGUAGES = ("kk", "ky", "uz", "tg", "tk", "ru", "en")
"""The seven languages, BCP 47.  A facet value may carry a script: ``uz-Cyrl``, ``kk-Latn``."""

COUNTRIES = ("kz", "kg", "uz", "tj", "tm", "ru", "int")
"""ISO 3166 alpha-2 in lower case, and ``int`` for international instruments."""

UNRESOLVED = "unresolved"
"""First level of an article id whose statute is not known: ``unresolved/art-174``."""

GENERAL = "general"
"""Last level of the id that means "the statute is named, no article": ``kz/civil-code-1994/general``."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet: the field of the schema that holds it and how its panel is shown."""

    name: str
    order: str  # "count": falling count, then label; "value": the value itself; "tree": levels split at "/"
    shown: int  # values shown before "show all"


FACETS = (
    Facet("country", "count", 8),
    Facet("year", "value", 40),
    Facet("article", "tree", 8),
    Facet("actor", "count", 8),
    Facet("lang", "count", 8),
)
FACET_NAMES = tuple(f.name for f in FACETS)


def make_schema(analyzers: Mapping[str, Any]) -> fields.Schema:
    """The Whoosh schema.  ``analyzers`` maps ``folded`` and ``stemmed`` to Whoosh analyzers.

    They come in as an argument so that this page depends on nothing of ours.
    """
    from whoosh import fields  # 30 ms, which a process that only builds does not need

    facets = {f.name: fields.KEYWORD(commas=True, scorable=False) for f in FACETS}
    return fields.Schema(
        id=fields.ID(unique=True, stored=True),  # opaque, short, stable over re-indexing
        body=fields.TEXT(analyzer=analyzers["folded"], phrase=True),  # folded forms of the stream
        stem=fields.TEXT(analyzer=analyzers["stemmed"], phrase=False),  # "kk:бап": language, colon, reading
        title=fields.TEXT(analyzer=analyzers["folded"], phrase=True),
        title_stem=fields.TEXT(analyzer=analyzers["stemmed"], phrase=False),
        date=fields.NUMERIC(int, signed=True, sortable=True),  # days since 1970-01-01; missing: DATE_UNKNOWN
        card=fields.STORED,  # shown with every hit, as indexer.cards packs it: title, url, source, date, facet values
        receipts=fields.STORED,  # JSON shown on demand: where each facet value came from
        text=fields.STORED,  # the kept text, its paragraphs and the offsets of its words
        **facets,
    )


DATE_UNKNOWN = -(2**31)
"""Value of the ``date`` column of a document without a date: sorts after every other, both ways."""
