"""A snippet is the text, cut; its marks are the spans, no more and no less."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from analysis.tokens import paragraphs, tokenize
from indexer.cards import Paragraphs
from search.marks import WIDTH, fragments, merge, segments

TEXTS = st.lists(
    st.sampled_from(
        ["слово ", "бап. ", "a", "😀 ", "\n", "Long sentence ends! ", "  ", "supercalifragilistic" * 4 + " ", "x. "]
    ),
    min_size=1,
    max_size=120,
).map("".join)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """A text and the spans of some of its words."""
    text = draw(TEXTS)
    tokens = tokenize(text)
    chosen = draw(st.lists(st.sampled_from(tokens), max_size=30)) if tokens else []
    return text, merge([(t.start, t.end) for t in chosen])


def columns(rows: list[tuple[int, int, str]]) -> Paragraphs:
    """Begins, ends, languages."""
    return [a for a, _, _ in rows], [b for _, b, _ in rows], [lang for _, _, lang in rows]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=30))
def test_merged_spans_cover_the_same_characters_without_overlap(spans: list[tuple[int, int]]) -> None:
    """Brute force: the set of covered characters."""
    merged = merge(spans)
    assert {i for a, b in spans for i in range(a, b)} == {i for a, b in merged for i in range(a, b)}
    assert all(a < b for a, b in merged)
    assert all(x[1] <= y[0] for x, y in itertools.pairwise(merged))


@given(marked())
def test_the_pieces_joined_are_the_text_and_the_marked_ones_the_spans(case: tuple[str, list[tuple[int, int]]]) -> None:
    """Text without marks is identical."""
    text, spans = case
    pieces = segments(text, 0, len(text), spans)
    assert "".join(p for p, _ in pieces) == text
    assert [p for p, hit in pieces if hit] == [text[a:b] for a, b in spans]


@given(marked())
def test_a_fragment_is_a_slice_of_one_paragraph_with_all_its_marks(case: tuple[str, list[tuple[int, int]]]) -> None:
    """Cut nowhere inside a hit, at most two, in text order, not overlapping, about as long as promised."""
    text, spans = case
    rows = [(a, b, "ru") for a, b in paragraphs(text)]
    found = fragments(text, columns(rows), spans)
    assert bool(found) == bool(rows)
    assert len(found) <= 2
    for snippet in found:
        low, high, _ = rows[snippet.paragraph]
        assert low <= snippet.start < snippet.end <= high
        assert snippet.end - snippet.start <= 3 * WIDTH
        assert "".join(p for p, _ in snippet.segments) == text[snippet.start : snippet.end]
        inside = [text[a:b] for a, b in spans if a >= snippet.start and b <= snippet.end]
        assert [p for p, hit in snippet.segments if hit] == inside
    if spans:
        assert any(hit for snippet in found for _, hit in snippet.segments)
    assert all(x.end <= y.start for x, y in itertools.pairwise(found))


@given(marked(), st.integers(1, 3))
def test_no_stretch_of_a_paragraph_has_more_distinct_words_than_the_best_fragment(
    case: tuple[str, list[tuple[int, int]]], forms: int
) -> None:
    """Brute force: every stretch of four fifths of a fragment that begins with a hit, words told apart by numbers."""
    text, spans = case
    rows = [(a, b, "ru") for a, b in paragraphs(text)]
    words = [a % forms for a, _ in spans]
    shown = [
        {n for (a, b), n in zip(spans, words, strict=True) if a >= s.start and b <= s.end}
        for s in fragments(text, columns(rows), spans, words)
    ]
    for a, _ in spans:
        stop = next(high for low, high, _ in rows if low <= a < high)
        here = {n for (b, _), n in zip(spans, words, strict=True) if a <= b < min(a + WIDTH * 4 // 5, stop)}
        assert len(here) <= max(map(len, shown))
