"""An answer becomes plain dictionaries: the one JSON shape of the API and of ``izde search --json``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from schema import FACET_NAMES
from search.results import DocumentView, FacetValue, Hit, Interpretation, More, Results, Segment

Reference = Callable[[str], str | None]
"""An article id -> its Akoma Ntoso reference, or None where there is none."""


def no_reference(article: str) -> str | None:
    """The reference where no registry of statutes is at hand."""
    return None


def results_to_dict(results: Results, reference: Reference = no_reference) -> dict[str, Any]:
    """The whole answer.  Facets are keyed by name; segments are ``[text, is_hit]`` pairs."""
    return {
        "query": results.request.q,
        "interpretation": interpretation_to_dict(results.interpretation),
        "total": results.total,
        "page": results.request.page,
        "size": results.request.size,
        "sort": results.request.sort,
        "took_ms": round(results.took_ms, 2),
        "generation": results.generation,
        "hits": [hit_to_dict(hit, reference) for hit in results.hits],
        "more": more_to_dict(results.more, reference) if results.more else None,
        "facets": {panel.facet: [value_to_dict(value) for value in panel.values] for panel in results.panels},
        "limits": [{"id": kind, "text": text} for kind, text in results.limits],
    }


def more_to_dict(more: More, reference: Reference = no_reference) -> dict[str, Any]:
    """Documents that match in part, which follow the hits and are no part of ``total`` and of the facets."""
    return {"total": more.total, "hits": [hit_to_dict(hit, reference) for hit in more.hits]}


def hit_to_dict(hit: Hit, reference: Reference = no_reference) -> dict[str, Any]:
    """One document of the answer."""
    return {
        "id": hit.id,
        "title": plain(hit.title),
        "title_segments": pairs(hit.title),
        "url": hit.url,
        "source": hit.source,
        "date": hit.date,
        "lang": hit.lang,
        **facets_to_dict(hit.facets, reference),
        "score": round(hit.score, 4),
        "passages": hit.passages,
        "reasons": list(hit.reasons),
        "snippets": [
            {
                "segments": pairs(snippet.segments),
                "lang": snippet.lang,
                "paragraph": snippet.paragraph,
                "start": snippet.start,
                "end": snippet.end,
            }
            for snippet in hit.snippets
        ],
    }


def facets_to_dict(facets: Mapping[str, Sequence[str]], reference: Reference) -> dict[str, Any]:
    """``country``, ``year``, ``articles``, ``actors``, any later facet by its name, and ``akoma_ntoso``.

    Values are texts, years too, as in the panels and in a request.
    """
    names = {"article": "articles", "actor": "actors"}
    out: dict[str, Any] = {names.get(name, name): list(facets.get(name, ())) for name in FACET_NAMES if name != "lang"}
    out["akoma_ntoso"] = {article: ref for article in facets.get("article", ()) if (ref := reference(article))}
    return out


def value_to_dict(value: FacetValue) -> dict[str, Any]:
    """One row of a panel; ``children`` only where there are some."""
    out: dict[str, Any] = {
        "value": value.value,
        "label": value.label,
        "count": value.count,
        "selected": value.selected,
    }
    if value.children:
        out["partly"] = value.partly
        out["children"] = [value_to_dict(child) for child in value.children]
    return out


def interpretation_to_dict(read: Interpretation) -> dict[str, Any]:
    """What the query was understood to mean."""
    return {
        "kind": read.kind,
        "text": read.text,
        "readings": [{"value": r.value, "label": r.label, "count": r.count, "chosen": r.chosen} for r in read.readings],
        "variants": list(read.variants),
        "suggestions": [{"query": query, "count": count} for query, count in read.suggestions],
        "dropped": list(read.dropped),
    }


def document_to_dict(view: DocumentView, reference: Reference = no_reference) -> dict[str, Any]:
    """A whole document: metadata, paragraphs with their marks, and the receipts of its facet values."""
    return {
        "id": view.id,
        "title": plain(view.title),
        "url": view.url,
        "source": view.source,
        "date": view.date,
        "lang": view.lang,
        **facets_to_dict(view.facets, reference),
        "hits": view.hits,
        "paragraphs": [
            {"number": number, "start": start, "end": end, "lang": lang, "segments": pairs(segments)}
            for number, (start, end, lang, segments) in enumerate(view.paragraphs)
        ],
        "receipts": {facet: [dict(row) for row in rows] for facet, rows in view.receipts.items()},
        "extra": {key: str(value) for key, value in view.extra.items()},
    }


def plain(segments: Sequence[Segment]) -> str:
    """The text without its marks."""
    return "".join(text for text, _ in segments)


def pairs(segments: Sequence[Segment]) -> list[list[str | bool]]:
    """Segments as JSON knows them."""
    return [[text, is_hit] for text, is_hit in segments]
