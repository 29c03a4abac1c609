"""Plain text."""

from __future__ import annotations

from indexer.document import Document
from indexer.read import build, encoding
from indexer.read.meta import Meta


def read(data: bytes, path: str, own_id: str) -> Document:
    """A plain text in any encoding of the region.  Raises UnicodeError, DocumentError."""
    return build.document(encoding.decode(data), Meta(), path, own_id)
