"""A cleaned text and its metadata become a Document: title, kept text, languages of its passages."""

from __future__ import annotations

from analysis import dates, detect, law_dates, years
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
_TITLE_WORDS = 2  # fewer words after a date name the place
_TITLE_SEARCH = 12  # lines in which a title is looked for


def document(raw: str, meta: Meta, path: str, own_id: str) -> Document:
    """Build a document.  Without a given title it is the first line that can be one, which then leaves the text.

    Raises DocumentError for a text that is empty or longer than 5 million characters.
    """
    if len(raw) > MAX_TEXT_CHARS:
        raise DocumentError(path, f"more than {MAX_TEXT_CHARS // 1_000_000} million characters of text; split it")
    text = clean.text(raw)
    title, line = meta.title, None
    if not title and (line := title_line(text)):
        stamp = line[0] + _stamp_length(text[slice(*line)])
        title = clean.title(text[stamp : line[1]])
        line = (stamp, line[1]) if line[1] - line[0] <= TITLE_LINE_CHARS else None
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
        lang=meta.lang or detect.main_language(text, spans, tags) or detect.detect(title),
        passages=passages,
        url=meta.url,
        source=meta.source,
        date=day,
        given=meta.given,
        extra=meta.extra,
    )


def title_line(text: str) -> tuple[int, int] | None:
    """The span of the first line that a reader would call the title, or None.

    Passed over: boilerplate, lines that are only a date, "Adopted on …" over the title of a law, and a site's name
    said in three languages.  A title in capitals may be broken over several lines.
    """
    spans = list(paragraphs(text))[:_TITLE_SEARCH]
    header = _header(text, spans)
    found = [n for n, span in enumerate(spans) if n >= header and _can_be_title(text[slice(*span)])]
    named = [n for n in found if not law_dates.adopted_line(text[slice(*spans[n])])] or found
    if not named:
        return None
    last = named[0]
    while _goes_on(text, spans, named[0], last):
        last += 1
    return spans[named[0]][0], spans[last][1]


def _can_be_title(line: str) -> bool:
    stamp = _stamp_length(line)
    stamped = stamp > 0 and len(line[stamp:].split()) >= _TITLE_WORDS
    return not boilerplate.is_boilerplate(line) and (stamped or not _is_date(line)) and _letters(line) > 2


def _goes_on(text: str, spans: list[tuple[int, int]], first: int, last: int) -> bool:
    """Whether the line after ``last`` is the rest of a title in capitals that was broken at the line end."""
    if last + 1 >= len(spans):
        return False
    (_, end), (start, after) = spans[last], spans[last + 1]
    lines = (text[slice(*spans[first])], text[start:after])
    broken = text[start - 1 : start] == "\n" and "\n" not in text[end : start - 1]
    capitals = all(line.isupper() and line[0].isalpha() and not line.endswith((".", ":")) for line in lines)
    return broken and capitals and after - spans[first][0] <= TITLE_LINE_CHARS and _can_be_title(lines[1])


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
    """The day in the first line near the head of a text that is little more than a date, or begins with it as a stamp.

    Days of several years are dates of several texts: "".
    """
    lines = [text[start:end] for start, end in spans[: years.BYLINE_PARAGRAPHS]]
    days = [day for line in lines if len(day := _date_of(line) or _stamp(line)) == _WHOLE_DATE]
    return days[0] if len({day[:4] for day in days}) == 1 else ""


def _date_of(line: str) -> str:
    """The date of a line that is mostly a date, ISO 8601 as precise as it says, or ""."""
    if len(line) > _DATE_LINE_CHARS:
        return ""
    found = dates.dates(read_evidence(line).stretches[0])
    return found[0].iso if found and sum(d.end - d.start for d in found) * 2 > len(line) else ""


def _stamp(line: str) -> str:
    found = dates.leading(read_evidence(line[:_DATE_LINE_CHARS]).stretches[0])
    return found.iso if found else ""


def _stamp_length(line: str) -> int:
    """How many characters at the head of a line are the date before a title: "21 May 2015 The court" 12."""
    found = dates.leading(read_evidence(line[:_DATE_LINE_CHARS]).stretches[0])
    if not found or _letters(line[found.end :]) <= 2:
        return 0
    return dates.after_stamp(line, found.end)


def _letters(line: str) -> int:
    return sum(map(str.isalpha, line))


def _rest(text: str, span: tuple[int, int], line: tuple[int, int] | None) -> tuple[int, int] | None:
    """What of a paragraph is not the title: all, the date before it, or nothing."""
    start, end = span
    if not line or end <= line[0] or start >= line[1]:
        return span
    before = text[start : line[0]].rstrip(" -–—|:,")
    return (start, start + len(before)) if before else None


def _without_boilerplate(text: str, title: str, line: tuple[int, int] | None) -> str:
    """The text without boilerplate lines and the title's lines; empty lines between paragraphs stay as they were."""
    kept = [rest for span in boilerplate.kept_spans(text, title) if (rest := _rest(text, span, line))]
    pieces: list[str] = []
    last = 0
    for start, end in kept:
        gap = text[last:start]
        breaks = gap.count("\n") if pieces and gap.strip() == "" else 2
        pieces.append(("\n" * max(breaks, 1) if pieces else "") + text[start:end])
        last = end
    return "".join(pieces)
