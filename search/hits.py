"""Documents of the answer become records to show: hits with fragments, whole documents with marks and receipts."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from whoosh import query as wq

from indexer.cards import unpack
from indexer.codec.stored import Stored
from indexer.codec.stored import spans as spans_of
from search.collect import Collector
from search.labels import label
from search.marks import Span, fragments, marked_from, merge, segments
from search.results import DocumentView, Hit
from search.words import NOWHERE

_decode = json.JSONDecoder().raw_decode


def page(
    collector: Collector,
    docs: Sequence[int],
    scores: Sequence[float],
    query: wq.Query | None,
    articles: Sequence[str],
    reasons: Mapping[str, str],
) -> tuple[Hit, ...]:
    """The documents of one page with their best fragments.

    ``query``: what is marked (None: nothing); ``articles``: ids whose sentences are marked, from the receipts;
    ``reasons``: folded form -> why it was taken for the name that was asked for.
    """
    texts, cards = collector.fetch_many(docs), collector.cards(docs)
    found = collector.places_many(query, docs, known=True) if query is not None else NOWHERE
    cuts, words, spans = found.cuts(len(docs)), found.words.tolist(), spans_of(texts, found.docs, found.places)
    out = []
    for doc, score, stored, card, a, b in zip(docs, scores, texts, cards, cuts, cuts[1:], strict=False):
        why = _reasons(collector, doc, found.places[a:b], reasons) if reasons else ()
        cited = cited_spans(_read(collector.receipts(doc)), articles) if articles else None
        out.append(_hit(card, score, stored, spans[a:b], words[a:b], cited, why))
    return tuple(out)


def _hit(
    card: bytes,
    score: float,
    stored: Stored,
    spans: list[Span],
    words: list[int],
    cited: Sequence[Span] | None,
    reasons: tuple[str, ...],
) -> Hit:
    id, title, url, source, date, lang, _, facets, paragraphs = unpack(card)
    matched = len(spans)
    if cited is not None:
        spans, words = merge([*spans, *cited]), []
    shown = marked_from(title, stored.characters + 1, spans)
    snippets = fragments(stored.text, paragraphs, spans, words)
    return Hit(id, shown, url, source, date, lang, facets, snippets, score, matched, reasons)


def document(
    collector: Collector, doc: int, query: wq.Query | None, articles: Sequence[str], lang: str
) -> DocumentView:
    """A whole document with every mark."""
    card, receipts = unpack(collector.card(doc)), _read(collector.receipts(doc))
    stored = collector.fetch(doc)
    spans = _spans(stored, collector.places(query, doc) if query is not None else ())
    if articles:
        spans = merge([*spans, *cited_spans(receipts, articles)])
    text, rows = stored.text, list(zip(*card.paragraphs, strict=True))
    inside = [s for s in spans if s[1] <= len(text)]
    return DocumentView(
        id=card.id,
        title=marked_from(stored.title, stored.characters + 1, spans),
        url=card.url,
        source=card.source,
        date=card.date,
        lang=card.lang,
        facets=card.facets,
        labels={value: label(name, value, lang) for name, values in card.facets.items() for value in values},
        paragraphs=tuple((a, b, p_lang, segments(text, a, b, inside)) for a, b, p_lang in rows),
        hits=len(spans),
        receipts={name: _receipts(name, found, text, rows, lang) for name, found in receipts.items()},
        extra=json.loads(card.extra) if card.extra else {},
    )


def cited_spans(receipts: Mapping[str, Any], articles: Iterable[str]) -> list[Span]:
    """Spans in the text of the citations of these articles or of anything below them."""
    wanted = tuple(articles)
    below = tuple(a + "/" for a in wanted)
    return [
        (r["start"], r["end"])
        for finding in receipts.get("article", ())
        if finding["value"] in wanted or finding["value"].startswith(below)
        for r in finding["receipts"]
        if r["where"] == "text" and r["start"] >= 0
    ]


def _spans(stored: Any, places: Any) -> list[Span]:
    if not len(places):
        return []
    return merge(list(zip(stored.starts[places].tolist(), stored.ends[places].tolist(), strict=True)))


def _reasons(collector: Collector, doc: int, places: Any, reasons: Mapping[str, str]) -> tuple[str, ...]:
    met = dict.fromkeys(collector.words(doc, places))
    return tuple(f"{reasons[w]}:{w}" for w in met if w in reasons)


def _receipts(name: str, found: Any, text: str, rows: Sequence[Any], lang: str) -> list[dict[str, Any]]:
    starts = [row[0] for row in rows]
    out = []
    for finding in found:
        shown = []
        for r in finding["receipts"]:
            at = bisect_right(starts, r["start"]) - 1 if r["where"] == "text" and r["start"] >= 0 else -1
            shown.append({**r, "paragraph": at, "text": text[r["start"] : r["end"]] if at >= 0 else ""})
        out.append({"value": finding["value"], "label": label(name, finding["value"], lang), "receipts": shown})
    return out


def _read(data: bytes) -> Any:
    """JSON that was written without space about it; a fifth sooner than ``json.loads``."""
    return _decode(data.decode("utf-8", "surrogatepass"))[0]
