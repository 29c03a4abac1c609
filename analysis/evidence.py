"""What places, years and actors share: a text read once, and the evidence they find in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analysis.tokens import Token, paragraphs, tokenize

SHORT_TEXT_WORDS = 80  # a text this short is all lead, and its own title if it has none
LEAD_PARAGRAPHS = 2
LEAD_SHARE = 0.2  # the lead is the first paragraphs, and at least this share of the text,
LEAD_CHARS = 2_000  # but no more than this much for its share
LONG_TEXT_WORDS = 3_000  # in a longer text one word of the body says less
HEADING_CHARS = 160  # a first line up to this long that ends no sentence is a heading
_SENTENCE_ENDS = (".", "!", "…", ";", ",")


class Evidence(NamedTuple):
    """One place in a text that speaks for a value.

    ``start``/``end`` are Python characters of the text, or of the title where ``where`` is "title".
    ``weight`` is the weight after position and context (law-and-names §3.1, §3.3, §4.1).
    """

    value: str
    rule: str
    kind: str
    weight: float
    start: int
    end: int
    where: str = "text"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One paragraph, or the title: its words and how much it counts."""

    text: str  # the whole text that the offsets point into
    tokens: Sequence[Token]
    start: int
    end: int
    lang: str  # "" where it is not known
    zone: str  # "title" | "lead" | "body"
    factor: float  # falls from 1.0 in the first third to 0.6 in the last
    where: str  # "title" | "text"
    number: int  # paragraph number, -1 for the title


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its title, cut into paragraphs and words once for all extractors."""

    title: str
    text: str
    stretches: tuple[Stretch, ...]
    short: bool  # so few words that every paragraph counts as the lead, or as the title where there is none

    @property
    def dilution(self) -> float:
        """How much one word of the body weighs: 1 up to 3,000 words, then falling with the length."""
        return min(1.0, LONG_TEXT_WORDS / max(1, sum(len(s.tokens) for s in self.stretches)))

    @property
    def body(self) -> tuple[Stretch, ...]:
        """The paragraphs of the text, without the title."""
        return tuple(s for s in self.stretches if s.number >= 0)


def read(
    text: str,
    title: str = "",
    spans: Sequence[tuple[int, int, str]] | None = None,
    lang: str = "",
    heading: int | None = None,
) -> Reading:
    """Cut a text into stretches.

    ``spans`` are (start, end, language) of its paragraphs; without them they are the lines of the text in ``lang``.
    ``heading`` is where the paragraph starts that stands for the title if there is none; by default the first line,
    if it is short and ends no sentence.
    """
    spans = [(a, b, lang) for a, b in paragraphs(text)] if spans is None else spans
    tokens = tokenize(text)
    short = len(tokens) <= SHORT_TEXT_WORDS
    starts = [t.start for t in tokens]
    stretches: list[Stretch] = []
    if title:
        stretches.append(
            Stretch(title, tokenize(title), 0, len(title), lang.partition("-")[0], "title", 1.0, "title", -1)
        )
    lead_end = lead_limit(text, spans)
    if heading is None and not title and len(spans) > 1 and is_heading(text[spans[0][0] : spans[0][1]]):
        heading = spans[0][0]
    for number, (start, end, own) in enumerate(spans):
        words = tokens[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)]
        zone = "lead" if start < lead_end or short else "body"
        if start == heading or (short and not title):
            zone = "title"
        factor = 1.0 if 3 * start < len(text) else 0.8 if 3 * start < 2 * len(text) else 0.6
        stretches.append(Stretch(text, words, start, end, own.partition("-")[0], zone, factor, "text", number))
    return Reading(title, text, tuple(stretches), short)


def lead_limit(text: str, spans: Sequence[tuple[int, int, str]]) -> int:
    """Offset where the lead ends: after the second real paragraph, and not before a fifth of the text."""
    long_ones = [end for start, end, _ in spans if end - start > HEADING_CHARS][:LEAD_PARAGRAPHS]
    return max([min(LEAD_CHARS, int(LEAD_SHARE * len(text))), *long_ones])


def is_heading(line: str) -> bool:
    """Whether a line can stand for a title: it is short and ends no sentence."""
    return len(line) <= HEADING_CHARS and not line.endswith(_SENTENCE_ENDS)
