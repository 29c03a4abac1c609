"""Bytes of a file of the corpus: regular files under the root, of bounded size, nothing else."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from analysis.errors import DocumentError

MAX_FILE_BYTES = 50_000_000
MAX_TEXT_CHARS = 5_000_000


def load(path: Path, root: Path) -> bytes:
    """The bytes of a regular file that lies under ``root`` when links are followed.  Raises DocumentError."""
    name = relative(path, root)
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(root.resolve(strict=True)):
            raise DocumentError(name, "a link leads out of the corpus; copy the file into it")
        if not real.is_file():
            raise DocumentError(name, "not a regular file")
        with real.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise DocumentError(name, f"the file cannot be read ({reason})") from None
    if len(data) > MAX_FILE_BYTES:
        raise DocumentError(name, f"larger than {MAX_FILE_BYTES // 1_000_000} MB; split it")
    return data


def relative(path: Path, root: Path) -> str:
    """The path under the root with forward slashes; the file's name where it does not lie under it.

    Bytes that are no text in a file name become U+FFFD.
    """
    try:
        name = path.relative_to(root).as_posix()
    except ValueError:
        name = path.name
    return name.encode("utf-8", "replace" if name.isascii() else "surrogateescape").decode("utf-8", "replace")


def document_id(relative_path: str) -> str:
    """The opaque, stable id of a document: 13 letters and digits of the BLAKE2s of its path in the corpus."""
    digest = hashlib.blake2s(relative_path.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return base64.b32encode(digest).decode().rstrip("=").lower()
