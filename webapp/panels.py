"""What the templates loop over, made from an answer: labels, chips, year bars, page numbers, ways out of nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from schema import FACET_NAMES
from search.labels import label
from search.request import MAX_RESULTS, SearchRequest
from search.results import DocumentView, FacetValue, Results

MAX_BARS = 40  # years drawn; the table beside the bars has them all
MAX_WAYS_OUT = 8  # filters whose removal is counted when nothing is found


class Engine(Protocol):
    """What the pages ask (``search.engine.Engine`` answers)."""

    @property
    def generation(self) -> str: ...
    def search(
        self,
        request: SearchRequest,
        lang: str = "en",
        panel_limit: int = 0,
        child_limit: int = 0,
        more: bool = True,
    ) -> Results: ...
    def count_of(self, request: SearchRequest) -> int: ...
    def document(self, id: str, request: SearchRequest | None = None, lang: str = "en") -> DocumentView: ...
    def suggest(self, text: str, lang: str = "en") -> Sequence[Mapping[str, object]]: ...
    def ready(self) -> tuple[bool, str]: ...
    def refresh(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Chip:
    """One applied filter."""

    facet: str
    value: str
    label: str


class Bar(NamedTuple):
    """One year of the histogram.  ``height``: 0 to 100, at least 4 where there is a document."""

    year: int
    documents: int
    height: int
    selected: bool


def chips_of(request: SearchRequest, lang: str) -> list[Chip]:
    """The applied filters in the order of the facets."""
    return [
        Chip(name, value, label(name, value, lang).replace("..", "–"))
        for name in FACET_NAMES
        for value in request.selected(name)
    ]


def bars_of(values: Sequence[FacetValue]) -> list[Bar]:
    """The years in order, empty ones between them included, the last ``MAX_BARS`` of them."""
    rows = {int(value.value): value for value in values if value.value.isdigit()}
    if not rows:
        return []
    last = max(rows)
    first = max(min(rows), last - MAX_BARS + 1)
    top = max(row.count for row in rows.values()) or 1
    bars = []
    for year in range(first, last + 1):
        row = rows.get(year)
        count = row.count if row else 0
        bars.append(Bar(year, count, max(4, round(100 * count / top)) if count else 0, bool(row and row.selected)))
    return bars


def year_bounds(request: SearchRequest) -> tuple[str, str]:
    """What stands in the year boxes: the one chosen year or range, else nothing."""
    if len(request.year) != 1:
        return "", ""
    low, dots, high = request.year[0].partition("..")
    return low, high if dots else low


def covered(results: Results) -> dict[str, Any]:
    """What the corpus holds: documents, first and last year, languages, statutes."""
    values = {panel.facet: panel.values for panel in results.panels}
    years = sorted(int(value.value) for value in values.get("year", ()) if value.value.isdigit())
    return {
        "documents": results.total,
        "first": str(years[0]) if years else "",
        "last": str(years[-1]) if years else "",
        "languages": len({value.value.split("-")[0] for value in values.get("lang", ())}),
        "statutes": len(values.get("article", ())),
    }


def page_numbers(results: Results) -> list[int]:
    """Page numbers to link: the first, the last, and those around the present one; 0 stands for a gap."""
    request = results.request
    last = last_page(results)
    near = {1, last, *range(request.page - 2, request.page + 3)}
    shown = sorted(n for n in near if 1 <= n <= last)
    out: list[int] = []
    for number in shown:
        if out and number - out[-1] == 2:
            out.append(number - 1)
        elif out and number - out[-1] > 2:
            out.append(0)
        out.append(number)
    return out


def last_page(results: Results) -> int:
    """The last page that can be asked for."""
    return max(1, -(-min(results.listed, MAX_RESULTS) // results.request.size))


def ways_out(engine: Engine, results: Results, chips: Sequence[Chip]) -> list[tuple[Chip, int]]:
    """For an empty answer: each filter with the documents that dropping only it would give, most first."""
    out = []
    for chip in chips[:MAX_WAYS_OUT]:
        request = results.request
        kept = tuple(value for value in request.selected(chip.facet) if value != chip.value)
        freed = request.with_selected(chip.facet, kept)
        out.append((chip, engine.count_of(freed)))
    return sorted(out, key=lambda pair: -pair[1])
