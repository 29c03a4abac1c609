"""An answer for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from search.results import Hit, Results

MAX_VARIANTS_SHOWN = 12
MAX_ROWS_SHOWN = 8


def results_to_text(results: Results, mark: Callable[[str], str]) -> str:
    """What was understood, the hits with their fragments (``mark`` makes a hit stand out), the facets."""
    return "\n".join(_lines(results, mark))


def _lines(results: Results, mark: Callable[[str], str]) -> Iterator[str]:
    understood = results.interpretation
    if understood.readings:
        chosen = "; ".join(reading.label for reading in understood.readings if reading.chosen)
        yield f"understood as {chosen}; as plain text: add --exact"
    if understood.variants:
        yield f"spellings included: {', '.join(understood.variants[:MAX_VARIANTS_SHOWN])}"
    if understood.kind == "relaxed":
        yield "no document holds all these words; these hold some, or words that begin like one found nowhere"
    for kind, text in results.limits:
        yield f"{kind.replace('_', ' ')}: {text}"
    for text, count in understood.suggestions:
        yield f"did you mean {text} ({count})?"
    yield f"{results.total} documents, {results.took_ms:.1f} ms"
    yield from _hits(results.hits, mark)
    if results.more:
        yield f"\n{results.more.total} more with some of the words, counted nowhere else"
        yield from _hits(results.more.hits, mark)
    for panel in results.panels:
        if panel.values:
            rows = ", ".join(f"{v.label} {v.count}" for v in panel.values[:MAX_ROWS_SHOWN])
            yield f"\n{panel.facet}: {rows}"


def _hits(hits: Iterable[Hit], mark: Callable[[str], str]) -> Iterator[str]:
    for hit in hits:
        title = "".join(mark(text) if is_hit else text for text, is_hit in hit.title)
        yield f"\n{title}  [{hit.id}] {hit.date} {hit.lang} {hit.url}".rstrip()
        for snippet in hit.snippets:
            yield f"    … {''.join(mark(text) if is_hit else text for text, is_hit in snippet.segments)} …"
