"""Documents become segments: buffered, and inverted in runs of bounded size, which are merged into one at the end."""

from __future__ import annotations

import gc
import itertools
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from analysis.errors import DocumentError
from indexer.codec.arrays import ArrayWriter
from indexer.codec.chunks import ChunkTokenizer
from indexer.codec.deriving import Deriving
from indexer.codec.layers import MAX_DOCS
from indexer.codec.merging import join, remove
from indexer.codec.records import Analysis, Record, SegmentInfo
from indexer.codec.running import Run
from schema import FACET_NAMES

RUN_WORDS = 14_000_000  # words of a run; about 25 bytes of memory each while it is inverted, with all layers
KNOWN_CHUNKS = 1_500_000  # chunks of text remembered; more start the tokenizer afresh with the next run
PENDING = 1 << 20  # characters of text that wait for the tokenizer
KEPT = (32 << 20) - (64 << 10)  # bytes; the most that glibc takes for this, less its own
OBJECTS = 50_000  # new ones between two looks for garbage in cycles, of which building makes next to none


class SegmentBuilder:
    """Builds segments in ``folder``, in any process.

    ``add``/``add_many`` take records; ``finish`` gives one segment (no files if there were no documents), ``runs`` all
    of them as they were written, for ``join``; ``abort`` removes them.  A DocumentError names the id of a record that
    cannot be taken.  ``shared``: other processes build in the same folder, and share the analysis of distinct forms.
    """

    def __init__(
        self,
        folder: str | os.PathLike[str],
        analysis: Analysis | None = None,
        facets: Sequence[str] = FACET_NAMES,
        trees: Sequence[str] = ("article",),
        name: str | None = None,
        run_words: int = RUN_WORDS,
        shared: bool = False,
    ) -> None:
        self.folder = Path(folder)
        self.name = name or f"s{os.urandom(6).hex()}"
        self._analysis = analysis or Analysis()
        self._facets, self._trees = tuple(facets), frozenset(trees)
        self._run_words = run_words
        self._runs: list[SegmentInfo] = []
        self._pending: list[Record] = []
        self._size = 0
        self._fresh_words(self.folder if shared else None)
        self._run: Run | None = None

    def _fresh_words(self, shared: Path | None = None) -> None:
        self._words = ChunkTokenizer(self._analysis.ready)
        self._derived = Deriving(self._analysis, self._words.forms, shared)

    def add(self, record: Record) -> None:
        """Take one document."""
        _check(record)
        self._pending.append(record)
        self._size += len(record["text"])
        if self._size >= PENDING:
            self._take()

    def add_many(self, records: Iterable[Record]) -> None:
        """Take many documents."""
        for record in records:
            self.add(record)

    def runs(self) -> list[SegmentInfo]:
        """Write what is left; returns a segment for every run."""
        self._take()
        self._flush()
        runs, self._runs = self._runs, []
        return runs

    def finish(self) -> SegmentInfo:
        """Write what is left; returns all runs as one segment."""
        return join(self.folder, self.runs()) or SegmentInfo(self.name, 0, ())

    def abort(self) -> None:
        """Remove every file written so far."""
        if self._run is not None:
            self._run.writer.abort()
        remove(self.folder, self._runs)

    def _take(self) -> None:
        if not self._pending:
            return
        if self._run is None:
            name = f"{self.name}r{len(self._runs)}"
            self._run = Run(ArrayWriter(self.folder, name), self._facets, self._trees)
        records, self._pending, self._size = self._pending, [], 0
        texts = itertools.chain.from_iterable((r["text"], r["title"]) for r in records)
        self._run.take(records, self._words.words(list(texts)))
        if self._run.size >= self._run_words or len(self._run.ids) >= MAX_DOCS - 100_000:
            self._flush()

    def _flush(self) -> None:
        if self._run is None:
            return
        run, self._run = self._run, None
        files = run.write(self._derived)
        self._runs.append(SegmentInfo(run.writer.name, len(run.ids), tuple(files)))
        if self._words.chunks > KNOWN_CHUNKS:
            self._fresh_words()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Within it this process looks for garbage in cycles seldom: 5 % of the time of building otherwise.

    It also keeps the memory of arrays that are let go, for the next ones, instead of giving it back page by page.
    """
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS, *before[1:])
    np.empty(KEPT, np.uint8)  # glibc keeps what is no larger than the largest that was let go
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _check(record: Record) -> None:
    for key in ("id", "text", "title", "title_lang"):
        if not isinstance(record[key], str):
            raise DocumentError(str(record["id"]), f"{key} is not a string")
    if not record["id"]:
        raise DocumentError("?", "a document needs an id")
