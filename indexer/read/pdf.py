"""PDF: the text of its pages, words and paragraphs that were broken at line ends put together again."""

from __future__ import annotations

import re

import pypdfium2

from analysis.errors import DocumentError
from indexer.document import Document
from indexer.read import build, clean
from indexer.read.files import MAX_TEXT_CHARS
from indexer.read.meta import Meta, date

MAX_PAGES = 2_000
_HYPHEN = re.compile(r"(?<=[^\W\d_])(?:\ufffe|\u00ad|[-‐])\n(?=[^\W\d_])")
_LONG_LINES = 0.9  # the line longer than this share of all lines is as long as lines get
_FULL_LINE = 0.85  # of that length, from which on a line is full
_NUMBER_ONLY = re.compile(r"[-–— ]*\d{1,4}[-–— ]*")
_NO_YEAR = re.compile(r"(?!(?:19|20)\d\d)" + _NUMBER_ONLY.pattern)  # the cover says the year


def read(data: bytes, path: str, own_id: str) -> Document:
    """The text of a PDF.  Raises DocumentError for one that is broken, locked, or only pictures."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise DocumentError(path, f"the PDF cannot be opened ({error})") from None
    try:
        if len(pdf) > MAX_PAGES:
            raise DocumentError(path, f"more than {MAX_PAGES} pages; split it")
        info = pdf.get_metadata_dict()
        pages = _pages(pdf, path)
    except pypdfium2.PdfiumError as error:
        raise DocumentError(path, f"the PDF cannot be read ({error})") from None
    finally:
        pdf.close()
    text = join_lines("\n".join(pages))
    if not text.strip():
        raise DocumentError(path, "the PDF holds no text, only pictures; recognise its letters (OCR) first")
    return build.document(text, _meta(info), path, own_id)


def _pages(pdf: pypdfium2.PdfDocument, path: str) -> list[str]:
    pages: list[str] = []
    size = 0
    for number in range(len(pdf)):
        page = pdf[number]
        piece = clean.text(page.get_textpage().get_text_bounded())
        page.close()
        size += len(piece)
        if size > MAX_TEXT_CHARS:
            raise DocumentError(path, f"more than {MAX_TEXT_CHARS // 1_000_000} million characters of text; split it")
        numbers = _NUMBER_ONLY if number else _NO_YEAR
        pages.append("\n".join(line for line in piece.split("\n") if not numbers.fullmatch(line)))
    return pages


def join_lines(text: str) -> str:
    """Lines put together to paragraphs: a line goes on where the next begins with a small letter, or where it is as
    long as lines get and ends no sentence.

    A hyphen at a line end goes only if a small letter follows; a number or a capital after it keeps it.
    """
    text = _HYPHEN.sub(lambda m: "" if text[m.end()].islower() else "-", text).replace("\ufffe", "-")
    raw = [line.strip() for line in text.split("\n")]
    lengths = sorted(map(len, raw))
    full = _FULL_LINE * lengths[int(_LONG_LINES * (len(lengths) - 1))]
    lines: list[str] = []
    last = ""
    for line in raw:
        open_end = bool(last) and not last.endswith((".", "!", "?", ":", ";"))
        if line and open_end and (line[0].islower() or (len(last) >= full > 40 and line[0].isalpha())):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
        last = line
    return "\n".join(lines)


def _meta(info: dict[str, str]) -> Meta:
    """The creation date of a PDF says when the file was made, not the text: it is kept, but decides nothing."""
    made = re.match(r"D:(\d{4})(\d\d)(\d\d)", info.get("CreationDate", ""))
    return Meta(extra={"file made": date("-".join(made.groups()))} if made else {})
