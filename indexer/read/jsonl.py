"""JSON Lines: one document a line."""

from __future__ import annotations

import json
from pathlib import Path

from analysis.errors import DocumentError
from indexer.document import Document
from indexer.read import build, clean, encoding, files, meta

MAX_ID_CHARS = 200


def read(data: bytes, path: Path, root: Path) -> list[Document | DocumentError]:
    """One entry a line that is not empty; a line that cannot be read is a DocumentError with its number."""
    lines = enumerate(data.split(b"\n"), 1)
    return [read_line(line, path, root, number) for number, line in lines if line.strip()]


def read_line(raw: bytes, path: Path, root: Path, number: int) -> Document | DocumentError:
    """The document of line ``number`` (from 1), or the error that says why there is none."""
    name = files.relative(path, root)
    where = f"{name}:{number}"
    try:
        row = json.loads(encoding.decode(raw))
        if not isinstance(row, dict):
            raise DocumentError(where, 'a line must be an object: {"id": …, "title": …, "text": …}')
        if not isinstance(row.get("text"), str):
            raise DocumentError(where, '"text" must be a string')
        own_id = _own_id(row.get("id"), where) or files.document_id(f"{name}#{number}")
        return build.document(row["text"], meta.read(row, where), where, own_id)
    except DocumentError as error:
        return error
    except (ValueError, RecursionError) as error:
        return DocumentError(where, f"no JSON: {error}")


def _own_id(value: object, where: str) -> str:
    if value is None or value == "":
        return ""
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise DocumentError(where, '"id" must be a string or a whole number')
    own = clean.title(str(value))
    if not own or len(own) > MAX_ID_CHARS or own != str(value):
        raise DocumentError(where, f'"id" must be one line of at most {MAX_ID_CHARS} characters')
    return own
