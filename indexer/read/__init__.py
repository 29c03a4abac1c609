"""A file of the corpus becomes documents: one module a format, boilerplate left out, offsets that never lie."""

from __future__ import annotations

from pathlib import Path

from analysis.errors import DocumentError
from indexer.document import Document
from indexer.read import files
from indexer.read.files import MAX_FILE_BYTES, MAX_TEXT_CHARS, document_id

__all__ = ["MAX_FILE_BYTES", "MAX_TEXT_CHARS", "SUFFIXES", "document_id", "read_file"]

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".jsonl", ".pdf", ".docx"})


def read_file(path: Path, root: Path) -> list[Document | DocumentError]:
    """The documents of one file; ``root`` is the folder of its corpus, above which no link may lead.

    A ``.jsonl`` gives one entry a line, and a line that cannot be read is a DocumentError among them.  Raises
    DocumentError for a file that cannot be read at all: unknown suffix, too big, broken, outside the root.
    """
    name = files.relative(path, root)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise DocumentError(
            name, f"files that end in {suffix or 'nothing'} are not read; known: {', '.join(sorted(SUFFIXES))}"
        )
    data = files.load(path, root)
    if suffix == ".jsonl":
        from indexer.read import jsonl

        return list(jsonl.read(data, path, root))
    try:
        return [_read(suffix, data, name)]
    except UnicodeError as error:
        raise DocumentError(name, f"its characters cannot be read ({error})") from None


def _read(suffix: str, data: bytes, name: str) -> Document:
    """Readers are imported when first needed: the libraries behind them are slow to load."""
    own_id = document_id(name)
    if suffix in (".html", ".htm"):
        from indexer.read import html

        return html.read(data, name, own_id)
    if suffix in (".md", ".markdown"):
        from indexer.read import markdown

        return markdown.read(data, name, own_id)
    if suffix == ".pdf":
        from indexer.read import pdf

        return pdf.read(data, name, own_id)
    if suffix == ".docx":
        from indexer.read import docx

        return docx.read(data, name, own_id)
    from indexer.read import text

    return text.read(data, name, own_id)
