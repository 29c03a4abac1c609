"""A document's paragraphs, ready for the template: hits numbered, one span lit up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.results import Segment

Paragraph = tuple[int, int, str, Sequence[Segment]]
"""(start, end, language, segments); joined, the segments are ``text[start:end]``."""

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text.  ``hit``: its number among the hits, 0 for none; ``first``: the first piece of that hit."""

    text: str
    hit: int = 0
    first: bool = False
    lit: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph."""

    number: int
    lang: str
    pieces: tuple[Piece, ...]


def blocks_of(paragraphs: Sequence[Paragraph], light: tuple[int, int] = (0, 0)) -> list[Block]:
    """Number the hits through the document and light up ``text[light[0]:light[1]]``."""
    out: list[Block] = []
    seen = 0
    for number, (start, _, lang, segments) in enumerate(paragraphs):
        pieces: list[Piece] = []
        at = start
        for text, is_hit in segments:
            seen += is_hit
            parts = list(_cut(text, at, light))
            pieces += [Piece(part, seen * is_hit, is_hit and i == 0, lit) for i, (part, lit) in enumerate(parts)]
            at += len(text)
        out.append(Block(number, lang, tuple(pieces)))
    return out


def hits_of(blocks: Sequence[Block]) -> int:
    """How many hits are numbered."""
    return sum(piece.first for block in blocks for piece in block.pieces)


def _cut(text: str, start: int, light: tuple[int, int]) -> Iterator[tuple[str, bool]]:
    """``text``, which begins at ``start``, cut at the edges of the lit span; never an empty part."""
    low = min(max(light[0] - start, 0), len(text))
    high = min(max(light[1] - start, low), len(text))
    for part, lit in ((text[:low], False), (text[low:high], True), (text[high:], False)):
        if part:
            yield part, lit


def plain(segments: Sequence[Segment]) -> str:
    """The text without its marks."""
    return "".join(text for text, _ in segments)


def level(text: str) -> str:
    """A title without the marks that turn the direction of the text around it."""
    return text if text.isprintable() else _BIDI.sub("", text)


def read_span(raw: str) -> tuple[int, int]:
    """``"120-180"`` -> (120, 180); anything else -> (0, 0), which lights nothing."""
    low, dash, high = raw.partition("-")
    whole = dash and low.isascii() and high.isascii() and low.isdigit() and high.isdigit() and len(raw) < 24
    return (int(low), int(high)) if whole else (0, 0)
