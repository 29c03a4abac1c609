"""A cleaned text and its metadata become a Document: title, kept text, languages of its passages."""

from __future__ import annotations

from analysis import dates, detect, years
from analysis.errors import DocumentError
from analysis.evidence import read as read_evidence
from analysis.tokens import paragraphs
from indexer.document import Document, Passage
from indexer.read import boilerplate, clean
from indexer.read.files import MAX_TEXT_CHARS
from indexer.read.meta import Meta

TITLE_LINE_CHARS = 200  # a longer first line is a paragraph: the title is its beginning, and it stays in the text
HEADER_LANGUAGES = 3  # so many lines in so many languages at the head are the name of the site
_HEADER_LINE_CHARS = 120
_DATE_LINE_CHARS = 60
_WHOLE_DATE = len("2019-11-01")
_TITLE_SEARCH = 12  # lines in which a title is looked for


def document(raw: str, meta: Meta, path: str, own_id: str) -> Document:
    """Build a document.  Without a given title it is the first line that can be one, which then leaves the text.

    Raises DocumentError for a text that is empty or longer than 5 million characters.
    """
    if len(raw) > MAX_TEXT_CHARS:
        raise DocumentError(path, f"more than {MAX_TEXT_CHARS // 1_000_000} million characters of text; split it")
    text = clean.text(raw)
    title, line = meta.title, None
    if not title:
        line = title_line(text)
        title = clean.title(text[slice(*line)]) if line else ""
    if line and line[1] - line[0] > TITLE_LINE_CHARS:
        line = None
    text = _without_boilerplate(text, title, line)
    if not text and not title:
        raise DocumentError(path, "there is no text in it")
    spans = list(paragraphs(text))
    day = meta.date or _date_line(text, spans)
    tags = detect.detect_passages(text, spans)
    passages = tuple(Passage(start, end, tag) for (start, end), tag in zip(spans, tags, strict=True))
    return Document(
        id=own_id,
        path=path,
        title=title,
        text=text,
        lang=meta.lang or detect.detect(text or title),
        passages=passages,
        url=meta.url,
        source=meta.source,
        date=day,
        given=meta.given,
        extra=meta.extra,
    )


def title_line(text: str) -> tuple[int, int] | None:
    """The span of the first line that a reader would call the title, or None.

    Passed over: boilerplate, lines that are only a date, and a site's name said in three languages.
    """
    spans = list(paragraphs(text))[:_TITLE_SEARCH]
    header = _header(text, spans)
    for number, (start, end) in enumerate(spans):
        line = text[start:end]
        if number >= header and not boilerplate.is_boilerplate(line) and not _is_date(line) and _letters(line) > 2:
            return start, end
    return None


def _header(text: str, spans: list[tuple[int, int]]) -> int:
    """How many first lines name the site: short lines without a full stop, each in another language."""
    seen: list[str] = []
    for start, end in spans:
        line = text[start:end]
        if boilerplate.is_boilerplate(line):
            seen.append("")
            continue
        tag = detect.detect(line).partition("-")[0]
        if end - start > _HEADER_LINE_CHARS or line.endswith((".", "!", "?")) or not tag or tag in seen:
            break
        seen.append(tag)
    return len(seen) if len(set(seen) - {""}) >= HEADER_LANGUAGES else 0


def _is_date(line: str) -> bool:
    return bool(_date_of(line))


def _date_line(text: str, spans: list[tuple[int, int]]) -> str:
    """The day in the first line near the head of a text that is little more than a date, or ""."""
    lines = (text[start:end] for start, end in spans[: years.BYLINE_PARAGRAPHS])
    return next((day for line in lines if len(day := _date_of(line)) == _WHOLE_DATE), "")


def _date_of(line: str) -> str:
    """The date of a line that is mostly a date, ISO 8601 as precise as it says, or ""."""
    if len(line) > _DATE_LINE_CHARS:
        return ""
    found = dates.dates(read_evidence(line).stretches[0])
    return found[0].iso if found and sum(d.end - d.start for d in found) * 2 > len(line) else ""


def _letters(line: str) -> int:
    return sum(map(str.isalpha, line))


def _without_boilerplate(text: str, title: str, line: tuple[int, int] | None) -> str:
    """The text without boilerplate lines and the title's line; empty lines between paragraphs stay as they were."""
    kept = [span for span in boilerplate.kept_spans(text, title) if span != line]
    pieces: list[str] = []
    last = 0
    for start, end in kept:
        gap = text[last:start]
        breaks = gap.count("\n") if pieces and gap.strip() == "" else 2
        pieces.append(("\n" * max(breaks, 1) if pieces else "") + text[start:end])
        last = end
    return "".join(pieces)
