"""Building Izde's index from a corpus; imports nothing that answers, for the processes that only build."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from bench import corpus as corpora
from bench.corpus import FACETS
from bench.engines.base import JOBS
from indexer import codec
from schema import DATE_UNKNOWN

SHARE = 4 << 20
"""Bytes of the file that a process takes at once."""

Segments = Callable[[Path, Iterable[dict[str, Any]], bool], list[codec.SegmentInfo]]
"""Folder, documents, and whether other processes build beside this one -> what was written."""


def build_segments(file: Path, folder: Path, segments: Segments | None = None, jobs: int = JOBS) -> None:
    """Processes, this one among them, take shares of the file as they come; what they wrote is joined and committed."""
    work = segments or ready_segments
    own = work(folder, corpora.read(file), False) if jobs == 1 else _side_by_side(work, file, folder, jobs - 1)
    joined = codec.join(folder, own)
    codec.commit(folder, new=[joined] if joined else [])


def _side_by_side(work: Segments, file: Path, folder: Path, others: int) -> list[codec.SegmentInfo]:
    context = multiprocessing.get_context("spawn")
    shares, taken, made = corpora.shares(file, file.stat().st_size // SHARE + 1), context.Value("i", 0), context.Queue()
    started = [context.Process(target=_work, args=(work, file, folder, shares, taken, made)) for _ in range(others)]
    for other in started:
        other.start()
    own = work(folder, _documents(file, shares, taken), True)
    for _ in started:
        own += made.get()
    for other in started:
        other.join()
    return own


def _work(work: Segments, file: Path, folder: Path, shares: list[tuple[int, int]], taken: Any, made: Any) -> None:
    made.put(work(folder, _documents(file, shares, taken), True))


def _documents(file: Path, shares: list[tuple[int, int]], taken: Any) -> Iterator[dict[str, Any]]:
    """Documents of the shares that no other process has taken."""
    while True:
        with taken.get_lock():
            number = taken.value
            taken.value += 1
        if number >= len(shares):
            return
        yield from corpora.read(file, *shares[number])


def record(document: dict[str, Any]) -> codec.Record:
    """A ready document: words, facets and nothing else."""
    return codec.Record(
        id=document["id"],
        text=document["text"],
        title="",
        passages=(),
        title_lang="",
        facets={f: document[f] for f in FACETS},
        date=DATE_UNKNOWN,
        card=b"{}",
        receipts=b"{}",
    )


def ready_segments(folder: Path, documents: Iterable[dict[str, Any]], shared: bool = False) -> list[codec.SegmentInfo]:
    """Segments of ready documents."""
    builder = codec.SegmentBuilder(folder, analysis=codec.Analysis(ready=True), facets=FACETS, shared=shared)
    with codec.seldom_collected():
        builder.add_many(map(record, documents))
        return builder.runs()
