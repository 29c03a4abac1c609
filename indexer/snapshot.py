"""Immutable snapshot folders: draft, publish, verify, activate, roll back, prune.

``<index>/current`` holds the name of the snapshot in use, ``<index>/<name>/`` the snapshot with its ``manifest.json``
(SHA-256 and size of every file, versions, counts).  A draft is built beside the others under a name that starts with a
dot, synced, renamed, and only then named in ``current`` (itself replaced by a rename): a writer killed at any moment
leaves the previous snapshot in use.  Nothing in a folder is opened before its manifest is verified.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from whoosh.filedb.filestore import FileStorage

from analysis.errors import IndexCorrupt, IndexLocked, IndexMissing, SnapshotError

MANIFEST = "manifest.json"
KEEP = 3
_NAME = re.compile(r"\d{8}T\d{6}-\d{4}")
_DRAFT = ".draft-"


Known = dict[tuple[int, int, int, int], str]
"""SHA-256 in hex of files told by device, inode, size and time of change; snapshots share files by hard links."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot says of itself.  ``files``: name -> (size in bytes, SHA-256 in hex)."""

    files: Mapping[str, tuple[int, str]]
    versions: Mapping[str, str]
    documents: int


@contextmanager
def writer_lock(index: Path) -> Iterator[None]:
    """Hold the index for writing (Whoosh's file lock; it dies with the process).  Raises IndexLocked."""
    index.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileStorage(str(index)).lock("write.lock")
    if not lock.acquire(blocking=False):
        raise IndexLocked(f"{index}: another process is writing to this index. Wait until it ends, then try again.")
    try:
        yield
    finally:
        lock.release()


def names(index: Path) -> list[str]:
    """Names of the published snapshots, oldest first."""
    return sorted(p.name for p in index.iterdir() if _NAME.fullmatch(p.name)) if index.is_dir() else []


def current(index: Path) -> Path:
    """The folder of the snapshot in use.  Raises IndexMissing with the command that makes one."""
    try:
        name = (index / "current").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        name = ""
    if not _NAME.fullmatch(name) or not (index / name).is_dir():
        raise IndexMissing(f"{index}: there is no index here. Make one with: izde index PATH --index {index}")
    return index / name


@contextmanager
def draft(index: Path) -> Iterator[Path]:
    """An empty folder to build the next snapshot in; removed if it is not published.  Call under ``writer_lock``."""
    for left in index.glob(_DRAFT + "*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = index / f"{_DRAFT}{os.getpid()}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        if folder.exists():
            shutil.rmtree(folder, ignore_errors=True)


def publish(index: Path, folder: Path, versions: Mapping[str, str], documents: int, keep: int = KEEP) -> Path:
    """Sync a draft to disk, give it its manifest and name, and make it the current snapshot.

    Files hard-linked from the current snapshot keep the digest that its manifest has for them.
    """
    known = _known_digests(index)
    files = {}
    for path in sorted(p for p in folder.iterdir() if p.name != MANIFEST):
        status = path.stat()
        digest = known.get((status.st_dev, status.st_ino)) or _sync_and_hash(path)
        files[path.name] = (status.st_size, digest)
    body = {"versions": dict(versions), "documents": documents, "files": files}
    _write_synced(folder / MANIFEST, json.dumps(body, indent=1, sort_keys=True).encode())
    _sync_folder(folder)
    target = index / _next_name(index)
    folder.rename(target)
    activate(index, target.name)
    prune(index, keep)
    return target


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a snapshot, unverified.  Raises IndexCorrupt."""
    try:
        raw = json.loads((folder / MANIFEST).read_bytes())
        files = {str(k): (int(size), str(digest)) for k, (size, digest) in raw["files"].items()}
        return Manifest(files, {str(k): str(v) for k, v in raw["versions"].items()}, int(raw["documents"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexCorrupt(f"{folder}: the manifest cannot be read ({error}). {_MEND}") from None


def verify(folder: Path, known: Known | None = None) -> Manifest:
    """Check every file of a snapshot against its manifest.  Raises IndexCorrupt naming the first file that differs.

    ``known``: digests that earlier calls found; a file that was read and is the same since is not read again.  What
    this call finds is added, and files that are not in this snapshot are dropped.
    """
    manifest = read_manifest(folder)
    found = {p.name for p in folder.iterdir()} - {MANIFEST}
    if odd := sorted(found ^ set(manifest.files)):
        raise IndexCorrupt(f"{folder / odd[0]}: the manifest and the folder disagree about this file. {_MEND}")
    read: Known = {}
    for name, (size, digest) in manifest.files.items():
        path = folder / name
        status = path.lstat()
        same = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
        if stat.S_ISREG(status.st_mode) and status.st_size == size:
            read[same] = (known or {}).get(same) or _hash(path)
        if read.get(same) != digest:
            raise IndexCorrupt(f"{path}: the content is not what the manifest says. {_MEND}")
    if known is not None:
        known.clear()
        known.update(read)
    return manifest


def activate(index: Path, name: str) -> None:
    """Make a published snapshot the current one.  Raises SnapshotError if there is none of this name."""
    if not _NAME.fullmatch(name) or not (index / name).is_dir():
        raise SnapshotError(f"{index}: no snapshot is named {name!r}. See: izde snapshots list --index {index}")
    _sync_folder(index)
    pointer = index / ".current.new"
    _write_synced(pointer, f"{name}\n".encode("ascii"))
    pointer.replace(index / "current")
    _sync_folder(index)


def rollback(index: Path) -> str:
    """Activate the newest snapshot older than the current one; return its name."""
    now = current(index).name
    older = [n for n in names(index) if n < now]
    if not older:
        raise SnapshotError(f"{index}: there is no snapshot before {now}.")
    activate(index, older[-1])
    return older[-1]


def prune(index: Path, keep: int = KEEP) -> list[str]:
    """Remove all but the newest ``keep`` snapshots, never the current one; return the names removed."""
    if keep < 1:
        raise SnapshotError(f"keep={keep}: at least one snapshot must stay.")
    now = current(index).name
    gone = [n for n in names(index)[:-keep] if n != now]
    for name in gone:
        doomed = index / f"{_DRAFT}{name}"
        (index / name).rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)
    return gone


_MEND = "Go back with: izde snapshots rollback, or rebuild with: izde index --full"


def _next_name(index: Path) -> str:
    """A name that sorts after every other, whatever the clock says."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    last = names(index)[-1:]
    if last and last[0][:15] >= stamp:
        return f"{last[0][:15]}-{int(last[0][16:]) + 1:04d}"
    return f"{stamp}-0001"


def _known_digests(index: Path) -> dict[tuple[int, int], str]:
    try:
        folder = current(index)
        manifest = read_manifest(folder)
    except SnapshotError:
        return {}
    digests = {}
    for name, (size, digest) in manifest.files.items():
        try:
            status = (folder / name).stat()
        except OSError:
            continue
        if status.st_size == size:
            digests[status.st_dev, status.st_ino] = digest
    return digests


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_and_hash(path: Path) -> str:
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
