"""The road of a document: find what changed, read it, extract, write a segment, publish a snapshot, report.

No detail lives here; each step is a room of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analysis.errors import DocumentError, IndexOutdated, SnapshotError
from indexer import codec, snapshot, sources
from indexer.extract import load_overrides
from indexer.read import document_id
from indexer.sources import Known, Piece, Source
from indexer.versions import versions
from indexer.workers import Done, build, discard, without

OVERRIDES = "overrides.toml"

Progress = Callable[[int, int], None]
"""Called with (bytes read so far, bytes to read)."""


@dataclass(slots=True)
class Report:
    """What a run did: documents indexed, unchanged, removed, and what failed: (path, reason)."""

    indexed: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    seconds: float = 0.0
    snapshot: str = ""
    rebuilt: str = ""  # why everything was read again, if it was


def run(
    paths: Sequence[Path], index: Path, *, jobs: int = 1, full: bool = False, progress: Progress | None = None
) -> Report:
    """Bring an index up to date with files and folders.

    What an earlier run took from elsewhere stays; ``full`` starts anew from ``paths`` alone.  One bad file never stops
    the run.  Raises IndexLocked, or DataError for overrides that cannot be read.
    """
    began = time.monotonic()
    report = Report()
    with snapshot.writer_lock(index), snapshot.draft(index) as folder:
        base, known = _base(paths, index, full, report)
        todo, kept, gone = _plan(paths, index, known, report)
        report.unchanged = sum(len(ids) for pieces in kept.values() for ids in pieces.values())
        done = build(todo, folder, jobs, progress) if todo else Done()
        if doubles := _doubles(todo, kept, done):
            report.failed += doubles.values()
            done = build(without(todo, doubles), discard(folder, done), jobs, progress)
        report.failed += done.failed
        if base is not None and not done.known and not gone:
            report.snapshot = base.name
        else:
            _publish(index, folder, base, kept, gone, done, report)
    report.seconds = time.monotonic() - began
    return report


def _base(paths: Sequence[Path], index: Path, full: bool, report: Report) -> tuple[Path | None, Known]:
    """The snapshot to build on and its sources; none where there is none, or it was made by other versions."""
    try:
        folder = snapshot.current(index)
        manifest = snapshot.read_manifest(folder)
        known = sources.read_known(folder)
    except SnapshotError:
        return None, {}
    if full:
        return None, {}
    if stale := [name for name, version in versions().items() if manifest.versions.get(name) != version]:
        if others := _other_roots(paths, known):
            raise IndexOutdated(
                f"{index}: made by other versions ({', '.join(stale)}), and it holds documents of {', '.join(others)} "
                f"too. Rebuild it from all its folders: izde index --full PATH… --index {index}"
            )
        report.rebuilt = ", ".join(stale)
        return None, {}
    return folder, known


def _other_roots(paths: Sequence[Path], known: Known) -> list[str]:
    """Folders that documents of the index came from and that are not among ``paths``."""
    given = {(p if p.is_dir() else p.parent).resolve().name for p in paths}
    return sorted({key.split("/")[0] for key in known} - given)


def _plan(paths: Sequence[Path], index: Path, known: Known, report: Report) -> tuple[list[Piece], Known, list[str]]:
    """Pieces to read, pieces that stay, ids of documents that go."""
    todo: list[Piece] = []
    kept: Known = {}
    for source in _found(paths, index, report):
        try:
            piece, same = sources.changed(source, known.get(source.key, {}), _salt(source))
        except DocumentError as error:
            report.failed.append((error.path, error.reason))
            continue
        kept[source.key] = same
        if piece is not None:
            todo.append(piece)
    roots = {f"{p.resolve().name}/" for p in paths if p.is_dir()}
    for key, pieces in known.items():
        if key not in kept and not any(key.startswith(r) for r in roots):
            kept[key] = pieces
    staying = {id_ for pieces in kept.values() for ids in pieces.values() for id_ in ids}
    gone = [i for pieces in known.values() for ids in pieces.values() for i in ids if i not in staying]
    return todo, kept, gone


def _doubles(todo: Sequence[Piece], kept: Known, done: Done) -> dict[tuple[str, str], tuple[str, str]]:
    """Pieces whose id another document has: (source key, digest) -> (path, reason).  The first one stays."""
    owner = {id_: key for key, pieces in kept.items() for ids in pieces.values() for id_ in ids}
    out = {}
    for piece in todo:
        key = piece.source.key
        for digest, where in [(d, f"{key}:{n}") for n, _, _, d in piece.lines] or [(piece.digest, key)]:
            for id_ in done.known.get(key, {}).get(digest, ()):
                if owner.setdefault(id_, where) != where:
                    out[key, digest] = (where, f"its id {id_!r} is that of another document, in {owner[id_]}")
    return out


def _found(paths: Sequence[Path], index: Path, report: Report) -> list[Source]:
    for path in paths:
        if not path.exists():
            report.failed.append((str(path), "there is no such file or folder"))
    return list(sources.find([p for p in paths if p.exists()], index))


def _salt(source: Source) -> str:
    """What else decides how this source comes out: the overrides that speak of it."""
    overrides = load_overrides(source.root / OVERRIDES)
    relative = source.path.relative_to(source.root).as_posix()
    lines = source.path.suffix == ".jsonl"
    mine = {k: v for k, v in overrides.items() if lines or k in (relative, document_id(relative))}
    return repr(sorted(mine.items())) if mine else ""


def _publish(
    index: Path, folder: Path, base: Path | None, kept: Known, gone: list[str], done: Done, report: Report
) -> None:
    """Write the segments, the sources and the manifest, and make the snapshot current."""
    fresh = {id_ for pieces in done.known.values() for ids in pieces.values() for id_ in ids}
    codec.commit(folder, base=base, new=done.segments, deleted=[i for i in gone if i not in fresh])
    for key, pieces in done.known.items():
        kept.setdefault(key, {}).update(pieces)
    sources.write_known(folder, kept)
    documents = sum(len(ids) for pieces in kept.values() for ids in pieces.values())
    report.snapshot = snapshot.publish(index, folder, versions(), documents).name
    report.indexed, report.removed = len(fresh), len([i for i in gone if i not in fresh])
