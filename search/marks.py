"""Spans that matched become fragments.  A snippet is text plus spans, never HTML, and its pieces joined are the text.

A fragment never crosses a paragraph; it is cut at a sentence where one begins near, else at a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from search.results import Segment, Snippet

WIDTH = 150
"""Characters of a fragment, about."""

FRAGMENTS = 2
MAX_SPANS = 400
"""Places looked at when fragments are chosen; all of them are marked on the document page."""

Span = tuple[int, int]
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
    starts = [p[0] for p in paragraphs]
    inside = [s for s in spans[:MAX_SPANS] if s[1] <= paragraphs[-1][1]]
    if not inside:
        return (_cut(text, paragraphs, 0, (paragraphs[0][0], paragraphs[0][0]), spans, width),)
    windows = []
    for i, (a, _) in enumerate(inside):
        where = max(bisect_right(starts, a) - 1, 0)
        stop = min(a + width * 4 // 5, paragraphs[where][1])
        j = bisect_left(inside, (stop, stop), i)
        windows.append((i, max(j, i + 1), where))
    words = [text[a:b].casefold() for a, b in inside]
    chosen: list[tuple[int, int, int]] = []
    seen: set[str] = set()
    while len(chosen) < count:
        free = [w for w in windows if all(w[0] >= c[1] or w[1] <= c[0] for c in chosen)]
        if not free:
            break
        best = max(free, key=lambda w: (len(set(words[w[0] : w[1]]) - seen), w[1] - w[0], -w[0]))
        chosen.append(best)
        seen |= set(words[best[0] : best[1]])
    out: list[Snippet] = []
    for first, last, where in sorted(chosen):
        snippet = _cut(text, paragraphs, where, (inside[first][0], inside[last - 1][1]), spans, width)
        if not out or snippet.start >= out[-1].end:
            out.append(snippet)
    return tuple(out)


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
    blank = next((i for i in range(at, min(stop, at + 40)) if text[i - 1].isspace() and not text[i].isspace()), -1)
    if blank >= 0:
        return blank
    while at > low and not text[at - 1].isspace():
        at -= 1
    return at


def _word_end(text: str, at: int, high: int) -> int:
    """The end of the word that ``at`` lies in, or of the one before it; a word of over 40 characters is cut."""
    for i in range(at, min(high, at + 40)):
        if text[i].isspace():
            return i
    return high if high - at < 40 else at
