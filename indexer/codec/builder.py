"""Documents become a segment: buffered, inverted in runs of bounded size, the runs merged into one."""

from __future__ import annotations

import gc
import itertools
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from analysis.errors import DocumentError
from indexer.codec.arrays import ArrayWriter
from indexer.codec.chunks import ChunkTokenizer
from indexer.codec.deriving import Deriving
from indexer.codec.layers import MAX_DOCS
from indexer.codec.merging import merge_segments
from indexer.codec.records import Analysis, Record, SegmentInfo
from indexer.codec.running import Run
from indexer.codec.segment import Segment
from schema import FACET_NAMES

RUN_WORDS = 20_000_000  # words of a run; about 15 bytes of memory each while it is inverted
KNOWN_CHUNKS = 1_500_000  # chunks of text remembered; more start the tokenizer afresh with the next run
PENDING = 1 << 20  # characters of text that wait for the tokenizer
OBJECTS = 50_000  # new ones between two looks for garbage in cycles, of which building makes next to none


class SegmentBuilder:
    """Builds one segment in ``folder``, in any process.

    ``add``/``add_many`` take records; ``finish`` gives the SegmentInfo (no files if there were no documents);
    ``abort`` removes what was written.  A DocumentError names the id of a record that cannot be taken.
    ``shared``: other processes build segments in the same folder, and share the analysis of distinct forms.
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
        self._runs: list[str] = []
        self._pending: list[Record] = []
        self._size = 0
        self._docs = 0
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

    def finish(self) -> SegmentInfo:
        """Write what is left; returns the segment."""
        self._take()
        self._flush()
        if not self._runs:
            return SegmentInfo(self.name, 0, ())
        if len(self._runs) == 1:
            files = _rename(self.folder, self._runs[0], self.name)
        else:
            parts = [Segment(self.folder, run) for run in self._runs]
            files = merge_segments(self.folder, self.name, parts)
            for part in parts:
                _remove(self.folder, part.name)
        self._runs = []
        return SegmentInfo(self.name, self._docs, tuple(files))

    def abort(self) -> None:
        """Remove every file written so far."""
        if self._run is not None:
            self._run.writer.abort()
        for name in (*self._runs, self.name):
            _remove(self.folder, name)

    def _take(self) -> None:
        if not self._pending:
            return
        if self._run is None:
            name = f"{self.name}r{len(self._runs)}"
            self._run = Run(ArrayWriter(self.folder, name), self._facets, self._trees)
        records, self._pending, self._size = self._pending, [], 0
        streams = [f"{r['text']}\n{r['title']}" for r in records]
        self._run.take(records, streams, self._words.words(streams))
        self._docs += len(records)
        if self._run.size >= self._run_words or len(self._run.ids) >= MAX_DOCS - 100_000:
            self._flush()

    def _flush(self) -> None:
        if self._run is None:
            return
        run, self._run = self._run, None
        run.write(self._derived)
        self._runs.append(run.writer.name)
        if self._words.chunks > KNOWN_CHUNKS:
            self._fresh_words()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Within it this process looks for garbage in cycles seldom: 5 % of the time of building otherwise."""
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS, *before[1:])
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


def _rename(folder: Path, old: str, new: str) -> list[str]:
    names = []
    for path in sorted(folder.glob(f"{old}.*")):
        names.append(new + path.name[len(old) :])
        path.rename(folder / names[-1])
    return names


def _remove(folder: Path, name: str) -> None:
    for path in itertools.chain(folder.glob(f"{name}.*"), folder.glob(f"{name}r*.*")):
        path.unlink(missing_ok=True)
