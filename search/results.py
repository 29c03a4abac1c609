"""What is answered: hits, facet panels, the interpretation.  Plain records; a snippet is text plus spans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from search.request import SearchRequest

Segment = tuple[str, bool]
"""A piece of text and whether it is a hit."""


@dataclass(slots=True)  # not frozen: see FacetValue
class Snippet:
    """One fragment of a document.  Joined, the segments are ``text[start:end]`` byte for byte."""

    segments: tuple[Segment, ...]
    lang: str
    paragraph: int
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Hit:
    """One document of the answer."""

    id: str
    title: tuple[Segment, ...]
    url: str
    source: str
    date: str
    lang: str
    facets: dict[str, tuple[str, ...]]  # facet name -> values (articles: most precise ids)
    snippets: tuple[Snippet, ...]
    score: float
    passages: int = 0  # number of places that matched
    reasons: tuple[str, ...] = ()  # why a name matched: message ids with their words, "same_name:Нарымбаев"


@dataclass(slots=True)  # not frozen: a page has a hundred of them, and each would cost six times more
class FacetValue:
    """One row of a panel.  ``count`` = documents one would get by choosing it now, exactly."""

    value: str
    label: str
    count: int
    selected: bool
    children: tuple[FacetValue, ...] = ()
    partly: bool = False  # something below it is selected
    width: int = 0  # rows below it in all, shown here or not


@dataclass(frozen=True, slots=True)
class Panel:
    """One facet with its rows, in the facet's own order; ``size``: rows in all, shown here or not."""

    facet: str
    values: tuple[FacetValue, ...]
    size: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand the query as a citation: the id of an article or a law, its label, its documents.

    ``chosen``: its documents are in the answer; the others are offered.
    """

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What the query was understood to mean.  Never a silent rewrite: the page shows all of this.

    ``kind``: "empty" | "text" | "citation" | "name" | "relaxed".  ``readings``: for a citation the chosen ones first,
    then the other statutes that have an article of this number.  ``variants``: name forms that were included.
    ``suggestions``: (query, count) pairs, count never 0.
    """

    kind: str = "text"
    readings: tuple[Reading, ...] = ()
    variants: tuple[str, ...] = ()
    suggestions: tuple[tuple[str, int], ...] = ()
    dropped: tuple[str, ...] = ()  # words left out by relaxing
    text: str = ""  # the query as it was read


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A whole document.  ``paragraphs``: (start, end, language, segments); ``labels``: facet value -> label.

    ``receipts``: facet name -> [{value, label, receipts}]; a receipt is {source, rule, start, end, where, confidence,
    note, paragraph, text}; ``paragraph`` is -1 and ``text`` empty where there is no span in the text.
    """

    id: str
    title: tuple[Segment, ...]
    url: str
    source: str
    date: str
    lang: str
    facets: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    paragraphs: tuple[tuple[int, int, str, tuple[Segment, ...]], ...]
    hits: int
    receipts: Mapping[str, Sequence[Mapping[str, Any]]]
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class More:
    """What an answer of few documents goes on with: ``total`` documents that match in part, none of which match whole.

    ``hits``: those of the page.
    """

    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """The whole answer.  ``total``, ``hits`` and ``panels`` are of the documents that match; ``more`` comes after them.

    ``limits``: what was ignored or cut, as (message id, offending text).
    """

    request: SearchRequest
    total: int
    hits: tuple[Hit, ...]
    panels: tuple[Panel, ...]
    interpretation: Interpretation
    took_ms: float
    generation: str  # name of the snapshot that answered
    limits: tuple[tuple[str, str], ...] = field(default=())
    more: More | None = None

    @property
    def shown(self) -> tuple[Hit, ...]:
        """All documents of the page: those that match, then those that match in part."""
        return self.hits + (self.more.hits if self.more else ())

    @property
    def listed(self) -> int:
        """Documents that can be paged through: those that match and those that match in part."""
        return self.total + (self.more.total if self.more else 0)
