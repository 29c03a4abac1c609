"""Text becomes words, numbers and marks, once, with offsets into the untouched text.

Unlike the words of the index (``analysis.tokens``) hyphens, dots, brackets and raised digits are kept apart, because
they decide between 244-1, 244–246 and 244(1) (law-and-names §2.2).
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from analysis.citations.words import PLAIN, Word, Words

WORD, NUMBER, RAISED, BREAK, MARK = range(1, 6)
HYPHENS = frozenset("-‐‑")
DASHES = frozenset("–—−")
OPENING = {"(": ")", "[": "]", "«": "»", "“": "”", "„": "“”", '"': '"', "”": "”", "‘": "’"}

_APOSTROPHES = "'’‘ʻʼ`´ʹ′ˈ＇"
_RAISED = "¹²³⁰⁴-⁹"
_LETTER = rf"[^\W\d_{_RAISED}ºª]"
_TOKEN = re.compile(rf"({_LETTER}+(?:[{_APOSTROPHES}]{_LETTER}+)*)|([0-9]+)|([{_RAISED}]+)|(\n\s*)|([^\s\w]|_)")
_UNSEEN = re.compile("[\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_NO_PLACE: tuple[int, ...] = ()


class Token(NamedTuple):
    """One word, number or mark of the cleaned text."""

    kind: int
    text: str  # as written
    start: int
    end: int
    word: Word  # what the word lists know of it


class Tokens:
    """The tokens of a text and how they lie: sentences, paragraphs, and the way back to the untouched text."""

    def __init__(self, text: str, words: Words) -> None:
        self.text, self._places = _clean(text)
        self.items = [
            Token(kind, piece, *match.span(), words[piece] if kind == WORD or piece == "§" else PLAIN)
            for match in _TOKEN.finditer(self.text)
            for kind in [match.lastindex or MARK]
            for piece in [match.group()]
        ]
        self.sentence, self.paragraph = self._lines()

    def __len__(self) -> int:
        return len(self.items)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Characters of the untouched text under ``items[first:last]``."""
        start, end = self.items[first].start, self.items[last - 1].end
        if not self._places:
            return start, end
        return self._places[start], self._places[end - 1] + 1

    def joined(self, at: int) -> bool:
        """No space before ``items[at]``."""
        return at > 0 and self.items[at - 1].end == self.items[at].start

    def closing(self, at: int, reach: int = 30) -> int | None:
        """Index after the bracket or quotation mark that closes ``items[at]``, within ``reach`` tokens of its line."""
        wanted = OPENING.get(self.items[at].text)
        if wanted is None:
            return None
        for here in range(at + 1, min(at + reach, len(self.items))):
            token = self.items[here]
            if token.kind == BREAK:
                return None
            if token.kind == MARK and token.text in wanted:
                return here + 1
        return None

    def _lines(self) -> tuple[list[int], list[int]]:
        sentences, paragraphs, sentence, paragraph = [], [], 0, 0
        items = self.items
        for at, token in enumerate(items):
            if token.kind == BREAK:
                sentence, paragraph = sentence + 1, paragraph + 1
            sentences.append(sentence)
            paragraphs.append(paragraph)
            if token.kind == MARK and token.text in ".!?…" and self._ends_sentence(at):
                sentence += 1
        return sentences, paragraphs

    def _ends_sentence(self, at: int) -> bool:
        items = self.items
        if at + 1 >= len(items) or items[at + 1].start == items[at].end:
            return False
        before, after = items[at - 1], items[at + 1]
        if after.kind == WORD and not after.text[0].isupper():
            return False
        if items[at].text != "." or at == 0 or before.kind != WORD:
            return not (before.kind == NUMBER and after.kind == NUMBER)
        return len(before.text) > 2 and not before.word.shortened


def _clean(text: str) -> tuple[str, list[int]]:
    """The text in composed form without invisible characters, and the place of each kept character (or none)."""
    if text.isascii() or not (_UNSEEN.search(text) or not unicodedata.is_normalized("NFC", text)):
        return text, []
    kept: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if not _UNSEEN.match(char):
            kept.append(char)
            places.append(place)
        elif kept and unicodedata.combining(char):
            joined = unicodedata.normalize("NFC", kept[-1] + char)
            if len(joined) == 1:
                kept[-1] = joined
    return "".join(kept), places
