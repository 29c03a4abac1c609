"""Text becomes words, numbers and marks, once, with offsets into the untouched text.

Unlike the words of the index (``analysis.tokens``) hyphens, dots, brackets and raised digits are kept apart, because
they decide between 244-1, 244–246 and 244(1) (law-and-names §2.2).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import accumulate, pairwise
from typing import NamedTuple

from analysis.citations.words import PLAIN, Word, Words
from analysis.tokens import CACHE_WORDS

WORD, NUMBER, RAISED, BREAK, MARK = range(1, 6)
HYPHENS = frozenset("-‐‑")
DASHES = frozenset("–—−")
STROKES = HYPHENS | DASHES
OPENING = {"(": ")", "[": "]", "«": "»", "“": "”", "„": "“”", '"': '"', "”": "”", "‘": "’"}

_APOSTROPHES = "'’‘ʻʼ`´ʹ′ˈ＇"
_RAISED = "¹²³⁰⁴-⁹"
_LETTER = rf"[^\W\d_{_RAISED}ºª]"
_DIGITLIKE = str.maketrans("OОIlІЗ", "001113")  # what a scanner makes of 0, 1 and 3
_SCANNED = r"[0-9][0-9OОIlІЗ]{0,6}(?![^\W_])"
_PATTERNS = (  # of a piece of each kind
    rf"(?![IlІ]{_SCANNED}){_LETTER}+(?:[{_APOSTROPHES}]{_LETTER}+)*(?:(?<=\b[Ss]ub)-{_LETTER}+)?",
    rf"[IlІ]?{_SCANNED}|[0-9]+",
    rf"[{_RAISED}]+",
    r"\n\s*",
    r"[^\s\w]|_",
)
_PIECE = re.compile(f"(?! )({'|'.join(_PATTERNS)})")  # a space need not be tried with every pattern
_KIND = re.compile("|".join(f"({pattern})" for pattern in _PATTERNS))
_MISREAD = re.compile(rf"[01I](?:(?<={_LETTER}[01])(?={_LETTER})|(?<=[a-z]I)(?=[a-z]))")
_LETTERLIKE = {"0": "o", "1": "l"}
_BROKEN = re.compile(rf"-(?<={_LETTER}-)\s+(?={_LETTER})")
_OPEN_LINE = re.compile(r"\n(?=[^\n])(?<=[^\n!?:;]\n)")
_UNFINISHED = frozenset(",(")  # marks at which no line is complete
_LONG_WORD = 8  # letters of a word that may have been broken
_FULL_LINE = 20  # characters of a line that may go on in the next
_UNSEEN = re.compile("[\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


class Token(NamedTuple):
    """One word, number or mark of the cleaned text."""

    kind: int
    text: str  # as written
    start: int
    end: int
    word: Word  # what the word lists know of it


_token = partial(tuple.__new__, Token)  # what Token(…) does, without its check of arguments


class Pieces(dict[str, tuple[int, str, Word]]):
    """Piece of text -> its kind, how it reads, what the word lists know of it: found once a piece; bounded."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, piece: str) -> tuple[int, str, Word]:
        if len(self) >= CACHE_WORDS:
            self.clear()
        match = _KIND.fullmatch(piece)
        kind = (match and match.lastindex) or MARK
        text = piece.translate(_DIGITLIKE) if kind == NUMBER else piece
        known = self[piece] = kind, text, self._words.look_up(text) if kind == WORD or text in "§№" else PLAIN
        return known

    def word(self, text: str) -> Word:
        """What the word lists know of a word."""
        return self[text][2]


class Tokens:
    """The tokens of a text and how they lie: sentences, paragraphs, and the way back to the untouched text."""

    def __init__(self, text: str, pieces: Pieces) -> None:
        self.text, self._places = _clean(text)
        split = _PIECE.split(self.text)  # what lies between the pieces, and the pieces
        bounds = list(accumulate(map(len, split)))
        known = map(pieces.__getitem__, split[1::2])
        self.items = [
            _token((kind, piece, start, end, word))
            for (kind, piece, word), start, end in zip(known, bounds[::2], bounds[1::2], strict=False)
        ]
        if _MISREAD.search(self.text):
            self.items = list(_reread(self.items, pieces))
        if _BROKEN.search(self.text):
            self.items = list(_whole_words(self.items, pieces))
        if "-" in self.text and (broken := dict(_broken_words(self.items, pieces))):
            self.items = list(_joined(self.items, broken))
        if _OPEN_LINE.search(self.text):
            self.items = list(_whole_lines(self.items))
        self.telling = [at for at, t in enumerate(self.items) if t.word is not PLAIN or t.kind == NUMBER]
        """Places of numbers and of the words that may mean anything here."""
        self.starts, breaks = self._lines()
        self.sentence, self.paragraph = self._numbered(self.starts), self._numbered(breaks)

    def __len__(self) -> int:
        return len(self.items)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Characters of the untouched text under ``items[first:last]``."""
        start, end = self.items[first].start, self.items[last - 1].end
        if not self._places:
            return start, end
        return self._places[start], self._places[end - 1] + 1

    def spoken(self, start: int, end: int) -> str:
        """``items[start:end]`` in small letters, each word between spaces."""
        words, lengths = self._spoken
        return words[lengths[start] + start : lengths[end] + end + 1]

    @cached_property
    def _spoken(self) -> tuple[str, list[int]]:
        """All words, as they are looked up where they are known, and how long those before each are together."""
        words = [token.word.form or token.text for token in self.items]
        lengths = list(accumulate(map(len, words), initial=0))
        spoken = f" {' '.join(words)} ".replace("İ", "i")  # whose small letter is two characters
        return spoken.lower().replace("ё", "е"), lengths

    def joined(self, at: int) -> bool:
        """No space before ``items[at]``."""
        return at > 0 and self.items[at - 1].end == self.items[at].start

    def closing(self, at: int, reach: int = 30) -> int | None:
        """Index after the bracket or quotation mark that closes ``items[at]``, within ``reach`` tokens of its line."""
        wanted = OPENING.get(self.items[at].text)
        if wanted is None:
            return None
        for here, token in enumerate(self.items[at + 1 : at + reach], at + 1):
            if token.kind == BREAK:
                return None
            if token.kind == MARK and token.text in wanted:
                return here + 1
        return None

    def _lines(self) -> tuple[list[int], list[int]]:
        """The first tokens of sentences (a break begins one) and of paragraphs."""
        starts, breaks = [0], [0]
        for at, token in enumerate(self.items):
            if token.kind == BREAK:
                starts.append(at)
                breaks.append(at)
            elif token.kind == MARK and token.text in ".!?…" and self._ends_sentence(at):
                starts.append(at + 1)
        return starts, breaks

    def _numbered(self, starts: Sequence[int]) -> list[int]:
        """For each token the number of the stretch it lies in, where stretches begin at ``starts``."""
        numbers: list[int] = []
        for number, (start, end) in enumerate(pairwise((*starts, len(self.items)))):
            numbers += [number] * (end - start)
        return numbers

    def _ends_sentence(self, at: int) -> bool:
        items = self.items
        if at + 1 >= len(items) or items[at + 1].start == items[at].end:
            return False
        before, after = items[at - 1], items[at + 1]
        if after.kind == WORD and not after.text[0].isupper():
            return False
        if items[at].text != "." or at == 0 or before.kind != WORD:
            return not (before.kind == NUMBER and after.kind == NUMBER)
        return (len(before.text) > 2 or _is_abbreviation(before.text)) and not before.word.shortened


def _is_abbreviation(text: str) -> bool:
    """ "ГК РК. Пункт 13 …": two capitals without a full stop between them."""
    return len(text) == 2 and text.isupper()


def _reread(items: Sequence[Token], pieces: Pieces) -> Iterator[Token]:
    """The tokens with words that a scanner read with a digit or a capital inside ("C0de", "ArticIe") put right."""
    at = 0
    while at < len(items):
        token = items[at]
        head, digit, tail = items[at : at + 3] if at + 2 < len(items) else (token, token, token)
        split = head.kind == WORD and digit.kind == NUMBER and head.end == digit.start and digit.end == tail.start
        if split and tail.kind == WORD and digit.text in _LETTERLIKE:
            text = head.text + (_LETTERLIKE[digit.text] if head.text.isascii() else "о") + tail.text
            if pieces.word(text) is not PLAIN:
                yield Token(WORD, text, head.start, tail.end, pieces.word(text))
                at += 3
                continue
        text = token.text[:1] + token.text[1:].replace("I", "l")
        known = token.kind == WORD and token.word is PLAIN and text != token.text and pieces.word(text) is not PLAIN
        yield token._replace(text=text, word=pieces.word(text)) if known else token
        at += 1


def _whole_words(items: Sequence[Token], pieces: Pieces) -> Iterator[Token]:
    """The tokens with a word that a line end has broken ("Уголов-" "ного") put together where that makes it known."""
    at = 0
    while at < len(items):
        token, after = items[at], at + 3 if at + 2 < len(items) and items[at + 2].kind == BREAK else at + 2
        mended = PLAIN
        if token.kind == WORD and after < len(items) and items[at + 1].text in HYPHENS:
            head, hyphen, tail = token, items[at + 1], items[after]
            if head.end == hyphen.start and hyphen.end < tail.start and tail.kind == WORD and tail.text.islower():
                mended = pieces.word(head.text + tail.text)
        if mended is PLAIN or token.word.joins:
            yield token
            at += 1
        else:
            yield Token(WORD, token.text + items[after].text, token.start, items[after].end, mended)
            at = after + 1


def _broken_words(items: Sequence[Token], pieces: Pieces) -> Iterator[tuple[int, Token]]:
    """Known words that the hyphen of an old line breaks into unknown ones ("Конститу-циясы"), by its place."""
    for at in [at for at, token in enumerate(items) if token.text == "-"]:
        head, tail = items[max(0, at - 1)], items[min(at + 1, len(items) - 1)]
        tight = head.kind == tail.kind == WORD and head.end == items[at].start and items[at].end == tail.start
        if not (tight and tail.text.islower()) or len(head.text) + len(tail.text) < _LONG_WORD:
            continue
        if _means_anything(head.word) or _means_anything(tail.word):
            continue
        text = head.text + tail.text
        if (word := pieces.word(text)).stems:
            yield at, Token(WORD, text, head.start, tail.end, word)


def _joined(items: Sequence[Token], broken: Mapping[int, Token]) -> Iterator[Token]:
    """The tokens, each word of ``broken`` in place of its hyphen and of its two halves."""
    for at, token in enumerate(items):
        if at in broken:
            yield broken[at]
        elif not (at + 1 in broken or at - 1 in broken):
            yield token


def _means_anything(word: Word) -> bool:
    return bool(word.stems or word.keywords or word.cues or word.joins or word.case or word.numeral)


def _whole_lines(items: Sequence[Token]) -> Iterator[Token]:
    """The tokens without the breaks of lines that go on in the next."""
    begins = 0
    for at, token in enumerate(items):
        if token.kind != BREAK:
            yield token
            continue
        if at == 0 or at + 1 == len(items) or token.text.count("\n") > 1 or not _goes_on(items, at, begins):
            yield token
        begins = token.end


def _goes_on(items: Sequence[Token], at: int, begins: int) -> bool:
    """Does the line from character ``begins`` to ``items[at]`` go on?  A level word, a comma, a small letter tell."""
    last, following, before = items[at - 1], items[at + 1], items[max(0, at - 2)]
    shortened = last.text == "." and before.kind == WORD and bool(before.word.keywords)
    if shortened or (last.kind == WORD and last.word.keywords and len(last.text) > 1):
        return following.kind == NUMBER
    small = following.kind == WORD and following.text[0].islower()
    if small and last.kind == NUMBER and following.word.keywords:
        return True
    if last.kind == MARK and last.text not in _UNFINISHED:
        return False
    full = last.end - begins >= _FULL_LINE or last.text in _UNFINISHED
    named = following.kind == WORD and bool(following.word.stems) and last.kind != MARK
    return full and (small or (named and last.end - begins >= 2 * _FULL_LINE))


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
