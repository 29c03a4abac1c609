"""What is to be indexed, and what of it has changed: files and lines known by their content.

A *source* is one file.  It consists of *pieces*: the whole file, or for ``.jsonl`` its lines.  A snapshot keeps the
digest of every piece with the ids of the documents that it gave, so that only what is new is read again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.errors import DocumentError, IndexCorrupt
from indexer.read import SUFFIXES

FILE = "sources.json"
SKIPPED_NAMES = ("README.md", "overrides.toml", "manifest.jsonl")
"""Files of a corpus folder that speak about it and are no documents."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file: where it is, the folder its documents are named relative to, and the name it is known by."""

    path: Path
    root: Path
    key: str


@dataclass(slots=True)
class Piece:
    """A file, or the lines of a ``.jsonl`` file that are new: (number from 1, first byte, bytes)."""

    source: Source
    digest: str
    lines: list[tuple[int, int, int, str]] = field(default_factory=list)  # number, offset, size, digest


Known = dict[str, dict[str, list[str]]]
"""Source key -> digest of a piece -> ids of its documents."""


def find(paths: Iterable[Path], index: Path | None = None) -> Iterator[Source]:
    """The files under the given files and folders, each once, in a fixed order.

    Hidden files are left out, and those of the index itself where it lies in such a folder.
    """
    seen = set()
    own = index.resolve() if index else None
    for path in paths:
        root = path if path.is_dir() else path.parent
        inside = sorted(p for p in path.rglob("*") if _wanted(p, root)) if path.is_dir() else [path]
        for file in inside:
            place = file.resolve()
            if place not in seen and own not in place.parents:
                seen.add(place)
                yield Source(file, root, f"{root.resolve().name}/{file.relative_to(root).as_posix()}")


def _wanted(path: Path, root: Path) -> bool:
    parts = path.relative_to(root).parts
    return not any(p.startswith(".") for p in parts) and path.name not in SKIPPED_NAMES and not path.is_dir()


def changed(source: Source, known: Mapping[str, list[str]], salt: str) -> tuple[Piece | None, dict[str, list[str]]]:
    """What of a source must be read, and the pieces that are as they were.  Raises DocumentError.

    ``salt`` goes into every digest: it changes with whatever else decides the outcome (the overrides of the source).
    """
    if source.path.suffix.lower() not in SUFFIXES:
        raise DocumentError(source.key, f"files that end in {source.path.suffix or 'nothing'} are not read")
    try:
        if source.path.suffix.lower() == ".jsonl":
            return _changed_lines(source, known, salt)
        with source.path.open("rb") as file:
            digest = _digest(salt, hashlib.file_digest(file, "blake2b").digest())
    except OSError as error:
        raise DocumentError(source.key, f"the file cannot be read ({error.strerror})") from None
    if digest in known:
        return None, {digest: list(known[digest])}
    return Piece(source, digest), {}


def _changed_lines(
    source: Source, known: Mapping[str, list[str]], salt: str
) -> tuple[Piece | None, dict[str, list[str]]]:
    piece, same, at = Piece(source, ""), {}, 0
    fresh: set[str] = set()
    with source.path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                digest = _digest(salt, line.strip())
                if digest in known:
                    same[digest] = list(known[digest])
                elif digest not in fresh:  # the same line again is the same document
                    fresh.add(digest)
                    piece.lines.append((number, at, len(line), digest))
            at += len(line)
    return (piece if piece.lines else None), same


def _digest(salt: str, content: bytes) -> str:
    return hashlib.blake2b(salt.encode() + b"\0" + content, digest_size=10).hexdigest()


def read_known(folder: Path) -> Known:
    """The sources of a snapshot.  Raises IndexCorrupt."""
    try:
        raw: Any = json.loads((folder / FILE).read_bytes())
        return {str(k): {str(d): list(ids) for d, ids in v.items()} for k, v in raw.items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise IndexCorrupt(f"{folder / FILE}: cannot be read ({error}). Rebuild with: izde index --full") from None


def write_known(folder: Path, known: Known) -> None:
    """Keep the sources with the snapshot that is being built."""
    (folder / FILE).write_text(json.dumps(known, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
