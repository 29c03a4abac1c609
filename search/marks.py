"""Spans that matched become fragments.  A snippet is text plus spans, never HTML, and its pieces joined are the text.

A fragment never crosses a paragraph; it is cut at a sentence where one begins near, else at a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from search.results import Segment, Snippet

WIDTH = 150
"""Characters of a fragment, about."""

FRAGMENTS = 2
MAX_SPANS = 64
"""Places looked at when fragments are chosen; all of them are marked on the document page."""

LONG_WORD = 40
"""Characters that an end is moved to spare a word."""

Span = tuple[int, int]
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
    out: list[Segment] = []
    at = start
    for a, b in spans[max(bisect_right(spans, (start, 0)) - 1, 0) :]:
        a, b = max(a, start), min(b, end)
        if a >= end:
            break
        if a < b:
            if at < a:
                out.append((text[at:a], False))
            out.append((text[a:b], True))
            at = b
    if at < end or not out:
        out.append((text[at:end], False))
    return tuple(out)


def fragments(
    text: str,
    paragraphs: Sequence[tuple[int, int, str]],
    spans: Sequence[Span],
    count: int = FRAGMENTS,
    width: int = WIDTH,
) -> tuple[Snippet, ...]:
    """The ``count`` best fragments of a text, in text order; the opening where nothing matched.

    ``paragraphs``: (start, end, language), rising; ``spans``: sorted, disjoint.  Best = most distinct words
    that no better fragment shows, then most hits, then the earliest.
    """
    if not paragraphs:
        return ()
    last = paragraphs[-1][1]
    inside = [s for s in spans[:MAX_SPANS] if s[1] <= last]
    if not inside:
        return (_cut(text, paragraphs, 0, (paragraphs[0][0], paragraphs[0][0]), spans, width),)
    words = [text[a:b].casefold() for a, b in inside] if len(inside) > 1 else [""]
    where, ends = _windows(paragraphs, inside, width * 4 // 5)
    first = _best(words, ends, range(len(inside)), frozenset())
    chosen = [first]
    if count > 1 and len(inside) > 1:
        seen = frozenset(words[first : ends[first]])
        while len(chosen) < count:
            free = [i for i, end in enumerate(ends) if all(i >= ends[c] or end <= c for c in chosen)]
            if not free:
                break
            chosen.append(_best(words, ends, free, seen))
            seen |= set(words[chosen[-1] : ends[chosen[-1]]])
    out: list[Snippet] = []
    for i in sorted(chosen):
        snippet = _cut(text, paragraphs, where[i], (inside[i][0], inside[ends[i] - 1][1]), spans, width)
        if not out or snippet.start >= out[-1].end:
            out.append(snippet)
    return tuple(out)


def _windows(
    paragraphs: Sequence[tuple[int, int, str]], spans: Sequence[Span], reach: int
) -> tuple[list[int], list[int]]:
    """For each span its paragraph, and the first span that begins too far on to be in one fragment with it."""
    starts = [p[0] for p in paragraphs]
    where = [max(bisect_right(starts, a) - 1, 0) for a, _ in spans]
    begins = [a for a, _ in spans]
    stops = [min(a + reach, paragraphs[row][1]) for a, row in zip(begins, where, strict=True)]
    return where, [max(bisect_left(begins, stop, i), i + 1) for i, stop in enumerate(stops)]


def _best(words: Sequence[str], ends: Sequence[int], candidates: Iterable[int], seen: frozenset[str]) -> int:
    """The window with most words not seen, then with most hits, then the first."""
    best, most = -1, (-1, -1)
    for i in candidates:
        hits = ends[i] - i
        if hits < most[0]:
            continue
        rank = (len(set(words[i : ends[i]]) - seen), hits)
        if rank > most:
            best, most = i, rank
    return best


def _cut(
    text: str, paragraphs: Sequence[tuple[int, int, str]], where: int, core: Span, spans: Sequence[Span], width: int
) -> Snippet:
    """The fragment of paragraph ``where`` about ``core``, which it holds; from a sentence, a word or a hit on."""
    low, high, lang = paragraphs[where]
    start = max(low, min((core[0] + core[1] - width) // 2, core[0], high - width))
    if start > low:
        ahead = _SENTENCE.search(text, max(low, start - width // 3), min(high, start + width // 5))
        first_hit = next((a for a, b in spans[bisect_left(spans, (start, 0)) :] if a < high), high)
        sentence = ahead is not None and ahead.end() <= first_hit
        start = ahead.end() if ahead and sentence else _word_start(text, start, low, first_hit)
    end = min(high, max(start + width, core[1]))
    if end < high:
        for a, b in spans[max(bisect_left(spans, (end, 0)) - 1, 0) :]:
            if a < end < b:
                end = b
            elif a >= end:
                break
        end = _word_end(text, end, high)
    return Snippet(segments(text, start, end, spans), lang, where, start, end)


def _word_start(text: str, at: int, low: int, stop: int) -> int:
    """The first position from ``at`` on, not past ``stop``, where a word begins; back to ``low`` at the most."""
    gap = _GAP.search(text, at - 1, min(stop, at + LONG_WORD))
    if gap is not None and gap.end() < stop:
        return gap.end()
    return max(low, text.rfind(" ", low, at) + 1, text.rfind("\u00a0", low, at) + 1)


def _word_end(text: str, at: int, high: int) -> int:
    """The end of the word that ``at`` lies in; a word that goes on for over 40 characters is cut."""
    gap = _GAP.search(text, at, min(high, at + LONG_WORD))
    if gap is not None:
        return gap.start()
    return high if high - at < LONG_WORD else at
