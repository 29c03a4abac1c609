"""Building Izde's index from raw documents; imports nothing that answers, for the processes that only build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from analysis.layers import name_keys, stems
from bench.corpus import FACETS
from indexer import codec
from indexer.record import days


def passages(text: str) -> Iterator[tuple[int, int]]:
    """Where the paragraphs of a text begin and end."""
    begin = 0
    while (end := text.find("\n", begin)) >= 0:
        yield begin, end
        begin = end + 1
    yield begin, len(text)


def record(document: dict[str, Any]) -> codec.Record:
    """A raw document with its paragraphs as passages of its one language."""
    text, lang = document["text"], document["lang"]
    return codec.Record(
        id=document["id"],
        text=text,
        title=document["title"],
        passages=[(begin, end, lang) for begin, end in passages(text)],
        title_lang=lang,
        facets={f: document[f] for f in FACETS},
        date=days(max(document["year"])),
        card=b"{}",
        receipts=b"{}",
    )


def raw_segments(folder: Path, documents: Iterable[dict[str, Any]], shared: bool) -> list[codec.SegmentInfo]:
    """Segments of raw documents."""
    analysis = codec.Analysis(stems=stems, name_keys=name_keys)
    builder = codec.SegmentBuilder(folder, analysis=analysis, facets=FACETS, shared=shared)
    with codec.seldom_collected():
        builder.add_many(map(record, documents))
        return builder.runs()
