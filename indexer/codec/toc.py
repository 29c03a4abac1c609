"""The table of contents of an index folder, commits and the writer's lock.  A folder once committed never changes.

``toc.json``: format, generation, and for every segment its name, documents and the file of its deletions (packed bits,
1 = live, a new file for every change).  Unchanged files of the previous folder are hard-linked.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from analysis.errors import IndexCorrupt, IndexLocked, IndexMissing, IndexOutdated
from indexer.codec.arrays import Array
from indexer.codec.deriving import PREFIX
from indexer.codec.merging import merge_segments
from indexer.codec.records import SegmentInfo
from indexer.codec.segment import Segment

FORMAT = 5
TOC = "toc.json"
LOCK = "write.lock"
MAX_SEGMENTS = 8
_OURS = re.compile(rf"s[0-9a-f]{{12}}(r[0-9]+)?\.|{re.escape(PREFIX)}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One segment in the table of contents."""

    name: str
    docs: int
    live: str  # file of the deletions, "" if there are none


@dataclass(frozen=True, slots=True)
class Toc:
    """What an index folder holds."""

    generation: str
    entries: tuple[Entry, ...]


def read_toc(folder: str | os.PathLike[str]) -> Toc:
    """The table of contents.  Raises IndexMissing, IndexCorrupt or IndexOutdated."""
    path = Path(folder) / TOC
    try:
        raw: dict[str, Any] = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise IndexMissing(f"{folder}: there is no index; make one with: izde index FOLDER") from None
    except ValueError as error:
        raise IndexCorrupt(f"{path} cannot be read; build the index again or roll back") from error
    if raw.get("format") != FORMAT:
        raise IndexOutdated(
            f"{folder}: format {raw.get('format')}, this program reads {FORMAT}; run: izde index FOLDER"
        )
    return Toc(raw["generation"], tuple(Entry(**e) for e in raw["segments"]))


def live_docs(folder: Path, entry: Entry) -> Array | None:
    """bool[docs] of a segment, or None where every document is live."""
    if not entry.live:
        return None
    try:
        packed = np.fromfile(folder / entry.live, np.uint8)
        return np.unpackbits(packed, count=entry.docs).astype(bool)
    except (FileNotFoundError, ValueError) as error:
        raise IndexCorrupt(f"{folder / entry.live} is missing or short; build the index again or roll back") from error


def files(folder: str | os.PathLike[str]) -> list[str]:
    """Names of the files of the index in a folder, ``toc.json`` first."""
    names = [TOC]
    for entry in read_toc(folder).entries:
        names += Segment(Path(folder), entry.name).files
        names += [entry.live] if entry.live else []
    return names


def document_ids(folder: str | os.PathLike[str]) -> list[str]:
    """Ids of the live documents in their order."""
    out: list[str] = []
    for entry in read_toc(folder).entries:
        field = Segment(Path(folder), entry.name).fields["id"]
        assert field.column is not None
        names = field.terms.between(0, len(field.terms))
        live = live_docs(Path(folder), entry)
        column = field.column if live is None else field.column[live]
        out += [names[i].decode("utf-8", "surrogatepass") for i in column.tolist()]
    return out


@contextmanager
def lock(folder: str | os.PathLike[str]) -> Iterator[None]:
    """Hold the writer's lock of a folder.  Raises IndexLocked at once where another holds it."""
    from whoosh.util.filelock import FileLock  # 30 ms, which a process that only builds does not need

    held = FileLock(str(Path(folder) / LOCK))
    if not held.acquire(blocking=False):
        raise IndexLocked(f"{folder}: another process is writing to this index; wait until it is done")
    try:
        yield
    finally:
        held.release()


def commit(
    target: str | os.PathLike[str],
    base: str | os.PathLike[str] | None = None,
    new: Sequence[SegmentInfo] = (),
    source: str | os.PathLike[str] | None = None,
    deleted: Iterable[str] = (),
    generation: str = "",
    max_segments: int = MAX_SEGMENTS,
) -> Toc:
    """Make ``target`` the index of ``base`` without the ``deleted`` ids and with the ``new`` segments.

    ``new`` were built in ``source`` (default: ``target``).  A document of ``base`` whose id is in a new segment goes.
    Small segments are merged where there are more than ``max_segments``.  ``toc.json`` is written last, by rename.
    """
    target = Path(target)
    target.mkdir(parents=True, exist_ok=True)
    built = Path(source) if source is not None else target
    added = [Entry(info.name, info.docs, "") for info in new if info.docs]
    for info in new:
        _link(built, target, info.files)
    entries = []
    if base is not None:
        gone = [i.encode("utf-8", "surrogatepass") for i in deleted]
        for entry in added:
            gone += Segment(target, entry.name).fields["id"].terms
        for entry in read_toc(base).entries:
            segment = Segment(Path(base), entry.name)
            _link(Path(base), target, segment.files)
            kept = _without(Path(base), target, entry, segment, gone)
            if kept is not None:
                entries.append(kept)
    entries = _merged(target, [*entries, *added], max_segments)
    keep = {TOC, LOCK}
    for entry in entries:
        keep.update(Segment(target, entry.name).files, [entry.live])
    for path in target.iterdir():
        if _OURS.match(path.name) and path.name not in keep:
            path.unlink()
    toc = Toc(generation, tuple(entries))
    rows = [{"name": e.name, "docs": e.docs, "live": e.live} for e in entries]
    part = target / f"{TOC}.part"
    part.write_text(json.dumps({"format": FORMAT, "generation": generation, "segments": rows}, indent=1))
    part.replace(target / TOC)
    return toc


def _link(source: Path, target: Path, names: Iterable[str]) -> None:
    for name in names:
        old, new = source / name, target / name
        if source.resolve() == target.resolve() or new.exists():
            continue
        try:
            os.link(old, new)
        except OSError:
            shutil.copyfile(old, new)


def _without(base: Path, target: Path, entry: Entry, segment: Segment, gone: Sequence[bytes]) -> Entry | None:
    """The entry without the documents of these ids; None if nothing is left."""
    field = segment.fields["id"]
    numbers = [n for n in map(field.terms.find, gone) if n >= 0]
    live = live_docs(base, entry)
    docs = field.docs[field.first[np.array(numbers, np.int64)]]
    if not len(docs) or (live is not None and not live[docs].any()):
        if entry.live:
            _link(base, target, [entry.live])
        return entry
    after = np.ones(entry.docs, bool) if live is None else live.copy()
    after[docs] = False
    if not after.any():
        return None
    serial = int(entry.live.rsplit(".", 1)[1]) + 1 if entry.live else 1
    name = f"{entry.name}.live.{serial}"
    np.packbits(after).tofile(target / name)
    return Entry(entry.name, entry.docs, name)


def _merged(target: Path, entries: list[Entry], max_segments: int) -> list[Entry]:
    """Merge neighbours, the smallest pair first, until there are few enough; documents keep their order."""
    groups: list[list[Entry]] = [[e] for e in entries]
    while len(groups) > max_segments:
        sizes = [sum(e.docs for e in g) for g in groups]
        at = min(range(len(groups) - 1), key=lambda i: sizes[i] + sizes[i + 1])
        groups[at : at + 2] = [groups[at] + groups[at + 1]]
    return [group[0] if len(group) == 1 else merge(target, group) for group in groups]


def merge(folder: Path, entries: Sequence[Entry]) -> Entry:
    """Merge segments of a folder into a new one without their deleted documents."""
    name = f"s{os.urandom(6).hex()}"
    live = [live_docs(folder, e) for e in entries]
    merge_segments(folder, name, [Segment(folder, e.name) for e in entries], live)
    return Entry(name, sum(e.docs if x is None else int(x.sum()) for e, x in zip(entries, live, strict=True)), "")
