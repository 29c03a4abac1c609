"""Versions of everything that decides what an index says: an index made by others is rebuilt, never misread."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import whoosh

import analysis
from analysis.errors import IndexOutdated
from analysis.tokens import icu_versions
from indexer import codec
from indexer.snapshot import Manifest
from schema import SCHEMA_VERSION


@cache
def versions() -> dict[str, str]:
    """Name -> version.  ``analysis`` is a digest of the rules and their data; ``extraction`` one of the readers."""
    here = Path(__file__).parent
    return {
        "schema": str(SCHEMA_VERSION),
        "format": str(codec.FORMAT),
        "whoosh": whoosh.versionstring(),
        "analysis": _digest(Path(analysis.__file__).parent),
        "extraction": _digest(here / "read", here / "extract.py", here / "record.py"),
        **icu_versions(),
    }


def check(manifest: Manifest, index: Path) -> None:
    """Raise IndexOutdated where a snapshot was made by versions that number or spell terms otherwise."""
    for name in ("schema", "format"):
        if manifest.versions.get(name) != versions()[name]:
            raise IndexOutdated(
                f"{index}: this index has {name} {manifest.versions.get(name)}, the program {versions()[name]}. "
                f"Rebuild with: izde index PATH --full --index {index}"
            )


def _digest(*places: Path) -> str:
    """A digest of the program files and data files of some folders."""
    digest = hashlib.blake2b(digest_size=8)
    for place in places:
        files = (
            [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.suffix in (".py", ".toml", ".txt"))
        )
        for file in files:
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
