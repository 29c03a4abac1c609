"""Spans that matched become fragments.  A snippet is text plus spans, never HTML, and its pieces joined are the text.

A fragment never crosses a paragraph; it is cut at a sentence where one begins near, else at a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Sequence
from operator import itemgetter, sub

from indexer.cards import Paragraphs
from search.results import Segment, Snippet

WIDTH = 150
"""Characters of a fragment, about."""

FRAGMENTS = 2
MAX_SPANS = 64
"""Places looked at when fragments are chosen; all of them are marked on the document page."""

LONG_WORD = 40
"""Characters that an end is moved to spare a word."""

Span = tuple[int, int]
_begin, _end = itemgetter(0), itemgetter(1)
_WEIGHT = MAX_SPANS + 1  # of a new word: more than of all spans
_GAP = re.compile(r"\s+")
_SENTENCE = re.compile(r"[.!?…]['\"»”’)]*\s+(?=[^\s])")


def merge(spans: Sequence[Span]) -> list[Span]:
    """Sorted, disjoint spans that cover the same characters; empty ones are left out."""
    out: list[Span] = []
    for start, end in sorted(s for s in spans if s[0] < s[1]):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def segments(text: str, start: int, end: int, spans: Sequence[Span]) -> tuple[Segment, ...]:
    """``text[start:end]`` cut at the spans (sorted, disjoint) that touch it.  Joined, the pieces are that text."""
    first = bisect_right(spans, start, key=_end)
    return _pieces(text, start, end, spans[first : bisect_left(spans, end, first, key=_begin)])


def marked_from(piece: str, offset: int, spans: Sequence[Span]) -> tuple[Segment, ...]:
    """A piece at the end of a text, from ``offset`` on, cut at the spans in it; a title behind its text."""
    if not spans or spans[-1][1] <= offset:
        return ((piece, False),)
    inside = spans[bisect_left(spans, offset, key=_begin) :]
    return _pieces(piece, 0, len(piece), [(a - offset, b - offset) for a, b in inside])


def _pieces(text: str, start: int, end: int, inside: Sequence[Span]) -> tuple[Segment, ...]:
    """``text[start:end]`` cut at spans that all touch it."""
    out: list[Segment] = []
    at = start
    for a, b in inside:
        if at < a:
            out.append((text[at:a], False))
            at = a
        out.append((text[at:b] if b < end else text[at:end], True))
        at = b
    if at < end or not out:
        out.append((text[at:end], False))
    return tuple(out)


def fragments(
    text: str,
    paragraphs: Paragraphs,
    spans: Sequence[Span],
    words: Sequence[int] = (),
    count: int = FRAGMENTS,
    width: int = WIDTH,
) -> tuple[Snippet, ...]:
    """The ``count`` best fragments of a text, in text order; the opening where nothing in it is marked.

    ``spans``: sorted, disjoint; ``words``: of each the number of its word, else words are told apart by their letters.
    Best = most distinct words that no better fragment shows, then most spans, then the earliest.
    """
    starts, stops, langs = paragraphs
    if not stops:
        return ()
    if spans and spans[-1][1] > (last := stops[-1]):
        spans = [s for s in spans if s[1] <= last]
    if not spans:
        return (_opening(text, starts[0], stops[0], langs[0], width),)
    row = bisect_right(stops, spans[0][0])
    reach, looked_at = width * 4 // 5, min(len(spans), MAX_SPANS)
    if (far := spans[looked_at - 1][0]) < stops[row] and far < spans[0][0] + reach:  # one fragment has them all
        chosen, ends = [0], [looked_at]
    else:
        ends = _windows(stops, row, [begin for begin, _ in spans[:looked_at]], reach)
        chosen = _best(words[:looked_at] or [text[a:b].casefold() for a, b in spans[:looked_at]], ends, count)
    out: list[Snippet] = []
    for i in chosen:
        row = bisect_right(stops, spans[i][0], row)
        start, end, pieces = _cut(text, starts[row], stops[row], spans, i, ends[i], width)
        if not out or start >= out[-1].end:
            out.append(Snippet(pieces, langs[row], row, start, end))
    return tuple(out)


def _windows(stops: Sequence[int], row: int, begins: Sequence[int], reach: int) -> list[int]:
    """For each span the first one that begins too far on to be in one fragment with it.

    ``stops``: of paragraphs; ``row``: the one of the first span.
    """
    size, last = len(begins), 0
    out: list[int] = []
    while last < size:
        first = last
        row = bisect_right(stops, begins[first], row)
        last = bisect_left(begins, stops[row], first + 1)
        if begins[last - 1] < begins[first] + reach:
            out += [last] * (last - first)
        else:
            out += [bisect_left(begins, a + reach, i, last) for i, a in enumerate(begins[first:last], first + 1)]
    return out


def _best(words: Sequence[Hashable], ends: Sequence[int], count: int) -> list[int]:
    """The best windows ``i..ends[i]-1``, rising; none has a span of another.

    A window that ends where the one before it ends is less than that, and not looked at where that one is free.
    """
    if ends[0] == 1 and len(ends) == 2 <= count:
        return [0, 1]
    new = {*words}
    free = [range(len(ends))]
    alike = len(new) == 1
    chosen: list[int] = []
    while True:
        best = _longest(ends, free) if alike else _richest(words, ends, free, new)
        if best >= 0:
            chosen.append(best)
        if best < 0 or len(chosen) == count:
            return sorted(chosen)
        new.difference_update(words[best : ends[best]])
        free = [r for part in free for r in _around(part, best, ends[best])]
        alike = not new


def _longest(ends: Sequence[int], free: Iterable[range]) -> int:
    """The window in one of the stretches with most spans, the first of them; -1 if there is none."""
    best, most = -1, 0
    for part in free:
        sizes = list(map(sub, ends[part.start : bisect_right(ends, part.stop)], part))
        if sizes and (size := max(sizes)) > most:
            best, most = part.start + sizes.index(size), size
    return best


def _richest(words: Sequence[Hashable], ends: Sequence[int], free: Iterable[range], new: set[Hashable]) -> int:
    """The window in one of the stretches with most of the new words, then most spans; -1 if there is none."""
    best, most, kinds = -1, -1, len(new)
    for part in free:
        until, stop = -1, part.stop
        for i in part:
            if (end := ends[i]) == until:
                continue
            if end > stop:
                break
            until, size = end, end - i
            if (size if size < kinds else kinds) * _WEIGHT + size > most:
                rank = len(new.intersection(words[i:end])) * _WEIGHT + size
                if rank > most:
                    best, most = i, rank
    return best


def _around(part: range, first: int, end: int) -> Iterable[range]:
    """What is left of a stretch without ``first..end-1``, which lies in it or beside it."""
    if first not in part:
        return (part,)
    return (range(part.start, first), range(end, part.stop))


def _opening(text: str, low: int, high: int, lang: str, width: int) -> Snippet:
    end = low + width
    end = _word_end(text, end, high) if end < high else high
    return Snippet(((text[low:end], False),), lang, 0, low, end)


def _cut(
    text: str, low: int, high: int, spans: Sequence[Span], first: int, last: int, width: int
) -> tuple[int, int, tuple[Segment, ...]]:
    """The fragment about the spans ``first..last-1``: from a sentence, a word or a span on, to the end of a word."""
    core, end = spans[first][0], spans[last - 1][1]
    start = max(low, min((core + end - width) // 2, core, high - width))
    while first and spans[first - 1][0] >= start:
        first -= 1
    if start > low:
        stop = spans[first][0]
        ahead = _SENTENCE.search(text, max(low, start - width // 3), min(high, start + width // 5))
        start = ahead.end() if ahead and ahead.end() <= stop else _word_start(text, start, low, stop)
        while first and spans[first - 1][1] > start:
            first -= 1
    end = max(start + width, end)
    count = len(spans)
    while last < count and spans[last][0] < end and end < high:
        end = max(end, spans[last][1])
        last += 1
    end = _word_end(text, end, high) if end < high else high
    while last < count and spans[last][0] < end:
        last += 1
    return start, end, _pieces(text, start, end, spans[first:last])


def _word_start(text: str, at: int, low: int, stop: int) -> int:
    """The first position from ``at`` on, not past ``stop``, where a word begins; back to ``low`` at the most."""
    space = text.find(" ", at - 1, min(stop, at + LONG_WORD)) + 1
    if 0 < space < stop and not text[space].isspace():
        return space
    gap = _GAP.search(text, at - 1, min(stop, at + LONG_WORD))
    if gap is not None and gap.end() < stop:
        return gap.end()
    return max(low, text.rfind(" ", low, at) + 1, text.rfind("\u00a0", low, at) + 1)


def _word_end(text: str, at: int, high: int) -> int:
    """The end of the word that ``at`` lies in; a word that goes on for over 40 characters is cut."""
    far = min(high, at + LONG_WORD)
    if (space := text.find(" ", at, far)) >= 0:
        return space
    gap = _GAP.search(text, at, far)
    if gap is not None:
        return gap.start()
    return high if high - at < LONG_WORD else at
