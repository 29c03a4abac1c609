"""Several processes read, extract and write at once, this one among them; what they wrote becomes one segment."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty
from typing import Any

from analysis.errors import DocumentError, IzdeError
from analysis.layers import stems
from analysis.names import name_keys
from indexer import codec
from indexer.document import Document
from indexer.extract import extract
from indexer.overrides import Overrides, load_overrides
from indexer.read.guarded import Reader
from indexer.read.jsonl import read_line
from indexer.record import make_record
from indexer.sources import Known, Piece
from schema import FACET_NAMES

SMALL = 1 << 20
"""Bytes below which one process does it all: starting others would take longer."""

CHUNK = 1 << 20
"""Bytes of a ``.jsonl`` file that a process takes at once."""

ANALYSIS = codec.Analysis(stems=stems, name_keys=name_keys)
TREES = ("article",)
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Done:
    """What came of the pieces: segments, the ids that each piece gave, and what failed."""

    segments: list[codec.SegmentInfo] = field(default_factory=list)
    known: Known = field(default_factory=dict)
    failed: list[tuple[str, str]] = field(default_factory=list)

    def note(self, key: str, digest: str, ids: list[str], failed: list[tuple[str, str]]) -> None:
        """One piece is done.  One that gave nothing but failures is not known: it is tried again the next time."""
        if ids or not failed:
            self.known.setdefault(key, {})[digest] = ids
        self.failed += failed


def build(pieces: Sequence[Piece], folder: Path, jobs: int, progress: Progress | None) -> Done:
    """Read the pieces and write their segment into ``folder``."""
    tasks = list(_split(pieces))
    total = sum(map(_size, tasks))
    others = min(jobs, len(tasks)) - 1 if total >= SMALL else 0
    news = _News(total, progress)
    with codec.seldom_collected():
        if others > 0:
            _beside_others(tasks, folder, others, news)
        else:
            news.done.segments += _build(tasks, folder, news.tell)
    joined = codec.join(folder, news.done.segments)
    news.done.segments = [joined] if joined else []
    return news.done


def without(pieces: Sequence[Piece], left_out: Container[tuple[str, str]]) -> list[Piece]:
    """The pieces, less the files and lines with these (source key, digest)."""
    out = []
    for piece in pieces:
        lines = [line for line in piece.lines if (piece.source.key, line[3]) not in left_out]
        if lines or (not piece.lines and (piece.source.key, piece.digest) not in left_out):
            out.append(Piece(piece.source, piece.digest, lines))
    return out


def discard(folder: Path, done: Done) -> Path:
    """Remove the segments that were built into a folder."""
    for segment in done.segments:
        for name in segment.files:
            (folder / name).unlink()
    return folder


class _News:
    """What processes tell while they work, put together."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.done, self.open = Done(), 0
        self._seen, self._total, self._progress = 0, total, progress

    def tell(self, message: Any) -> None:
        """A note of one source, the size of a task that is done, the segments of a process, or what stopped it."""
        if isinstance(message, Exception):
            raise message
        if isinstance(message, list):
            self.done.segments += message
            self.open -= 1
        elif isinstance(message, int):
            self._seen += message
            if self._progress:
                self._progress(self._seen, self._total)
        else:
            self.done.note(*message)


def _beside_others(tasks: list[Piece], folder: Path, others: int, news: _News) -> None:
    """Work on the tasks together with other processes."""
    context = multiprocessing.get_context("spawn")
    inbox, outbox = context.Queue(), context.Queue()
    workers = [context.Process(target=_worker, args=(inbox, outbox, folder), daemon=True) for _ in range(others)]
    try:
        for worker in workers:
            worker.start()
        for task in [*sorted(tasks, key=_size, reverse=True), *[None] * (others + 1)]:
            inbox.put(task)
        news.open = others

        def tell(message: Any) -> None:
            news.tell(message)
            while not outbox.empty():
                news.tell(outbox.get())

        news.done.segments += _build(iter(inbox.get, None), folder, tell, shared=True)
        while news.open:
            try:
                news.tell(outbox.get(timeout=1.0))
            except Empty:
                if any(w.exitcode not in (None, 0) for w in workers):
                    raise IzdeError(
                        "an indexing process died (out of memory?); nothing was changed. Try --jobs 1."
                    ) from None
        for worker in workers:
            worker.join()
    finally:
        for worker in workers:
            worker.terminate()


def _worker(inbox: Any, outbox: Any, folder: Path) -> None:
    try:
        with codec.seldom_collected():
            outbox.put(_build(iter(inbox.get, None), folder, outbox.put, shared=True))
    except Exception as error:
        outbox.put(error)


def _build(
    tasks: Iterable[Piece], folder: Path, tell: Callable[[Any], None], shared: bool = False
) -> list[codec.SegmentInfo]:
    """Work on tasks, telling of each; returns the segments."""
    builder = codec.SegmentBuilder(folder, analysis=ANALYSIS, facets=FACET_NAMES, trees=TREES, shared=shared)
    with Reader() as reader:
        for task in tasks:
            for note in _work(task, builder, reader):
                tell(note)
            tell(_size(task))
    return builder.runs()


def _work(
    piece: Piece, builder: codec.SegmentBuilder, reader: Reader
) -> Iterator[tuple[str, str, list[str], list[tuple[str, str]]]]:
    """Read, extract and add one piece; yield (source key, digest, ids, failures) for the file or each line."""
    overrides = load_overrides(piece.source.root / "overrides.toml")
    for digest, found in _read(piece, reader):
        ids, failed = [], []
        for item in found:
            if isinstance(item, DocumentError):
                failed.append((item.path, item.reason))
                continue
            try:
                builder.add(_record(item, overrides, piece.source.key))
                ids.append(item.id)
            except DocumentError as error:
                failed.append((error.path, error.reason))
        yield piece.source.key, digest, ids, failed


def _record(document: Document, overrides: Overrides, where: str) -> codec.Record:
    """A document as it is indexed.  Raises DocumentError also for a fault of ours: it must not cost the others."""
    try:
        return make_record(document, extract(document, overrides))
    except IzdeError:
        raise
    except Exception as error:
        reason = f"{document.id}: a fault of Izde ({type(error).__name__}); please report it with this document"
        raise DocumentError(where, reason) from error


def _read(piece: Piece, reader: Reader) -> Iterator[tuple[str, list[Document | DocumentError]]]:
    source = piece.source
    if not piece.lines:
        try:
            yield piece.digest, reader.read(source.path, source.root)
        except DocumentError as error:
            yield piece.digest, [DocumentError(source.key, error.reason)]
        return
    with source.path.open("rb") as file:
        for number, offset, size, digest in piece.lines:
            file.seek(offset)
            yield digest, [read_line(file.read(size), source.path, source.root, number)]


def _split(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Long ``.jsonl`` pieces in parts of about ``CHUNK`` bytes."""
    for piece in pieces:
        part, size = Piece(piece.source, piece.digest), 0
        for line in piece.lines:
            part.lines.append(line)
            size += line[2]
            if size >= CHUNK:
                yield part
                part, size = Piece(piece.source, piece.digest), 0
        if part.lines or not piece.lines:
            yield part


def _size(piece: Piece) -> int:
    return sum(line[2] for line in piece.lines) if piece.lines else piece.source.path.stat().st_size
