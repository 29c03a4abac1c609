"""Building Izde's segments from a corpus; imports nothing that answers, for the processes that only build."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import corpus as corpora
from bench.corpus import FACETS
from bench.engines.base import JOBS
from indexer import codec
from schema import DATE_UNKNOWN

Task = tuple[Path, Path, int, int]
"""File, folder for the segment, and the bytes of the file that it takes."""

Segment = Callable[[Task], codec.SegmentInfo]


def build_segments(file: Path, folder: Path, segment: Segment | None = None, jobs: int = JOBS) -> None:
    """One process a share of the file, this one the first; each builds one segment, then they are committed."""
    own, *others = [(file, folder, low, high) for low, high in corpora.shares(file, jobs)]
    work = segment or ready_segment
    if others:
        with multiprocessing.get_context("spawn").Pool(len(others)) as pool:
            theirs = pool.map_async(work, others, chunksize=1)
            made = [work(own), *theirs.get()]
    else:
        made = [work(own)]
    codec.commit(folder, new=made)


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


def ready_segment(task: Task) -> codec.SegmentInfo:
    """One segment of ready documents."""
    file, folder, low, high = task
    builder = codec.SegmentBuilder(folder, analysis=codec.Analysis(ready=True), facets=FACETS)
    with codec.seldom_collected():
        builder.add_many(record(d) for d in corpora.read(file, low, high))
        return builder.finish()
