"""A document and its findings become the record that the index stores."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Any

from indexer import cards
from indexer.codec import Record
from indexer.document import Document, Findings
from schema import DATE_UNKNOWN, FACET_NAMES

_EPOCH = date(1970, 1, 1).toordinal()


def make_record(document: Document, findings: Findings) -> Record:
    """The finished record: words and facets to search by, a card to show, receipts to prove."""
    facets = {name: tuple(f.value for f in findings.get(name, ())) for name in FACET_NAMES}
    passages = document.passages
    card = cards.Card(
        id=document.id,
        title=document.title,
        url=document.url,
        source=document.source,
        date=document.date,
        lang=document.lang,
        extra=_json(dict(document.extra)).decode() if document.extra else "",
        facets=facets,
        paragraphs=([p.start for p in passages], [p.end for p in passages], [p.lang for p in passages]),
    )
    receipts = {name: [asdict(f) for f in found] for name, found in findings.items()}
    return Record(
        id=document.id,
        text=document.text,
        title=document.title,
        passages=[(p.start, p.end, p.lang) for p in passages],
        title_lang=document.lang,
        facets=facets,
        date=days(document.date or max(facets["year"], default="")),
        card=cards.pack(card),
        receipts=_json(receipts),
    )


@lru_cache(1 << 12)
def days(iso: str) -> int:
    """Days since 1970-01-01 of an ISO date, of the first day of a month or year; DATE_UNKNOWN if it is none."""
    parts = iso.split("T")[0].split("-")
    try:
        year, month, day = (int(p) for p in (*parts, "1", "1")[:3])
        return date(year, month, day).toordinal() - _EPOCH
    except ValueError:
        return DATE_UNKNOWN


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).encode()
