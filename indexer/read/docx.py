"""DOCX: to HTML by mammoth, then the road of HTML."""

from __future__ import annotations

import io
import zipfile

import mammoth

from analysis.errors import DocumentError
from indexer.document import Document
from indexer.read import html

MAX_UNPACKED_BYTES = 200_000_000
MAX_ENTRIES = 5_000


def read(data: bytes, path: str, own_id: str) -> Document:
    """The text of a Word file.  Raises DocumentError for one that is broken or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
        if len(entries) > MAX_ENTRIES or sum(e.file_size for e in entries) > MAX_UNPACKED_BYTES:
            raise DocumentError(path, f"unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB")
        source = mammoth.convert_to_html(io.BytesIO(data), convert_image=mammoth.images.img_element(_no_image)).value
    except DocumentError:
        raise
    except Exception as error:  # mammoth and the XML parsers below it raise whatever a broken file makes them
        raise DocumentError(path, f"the Word file cannot be read ({type(error).__name__})") from None
    return html.from_source(source, path, own_id, whole=True)


def _no_image(image: object) -> dict[str, str]:
    return {"src": ""}
