"""The query language is total: it never raises, and says what it ignored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.syntax import MAX_DEPTH, MAX_WORDS, Group, Node, Phrase, Word, read

QUOTED = ['"', '"two words"', "«две кавычки»", '"a b"~3', '-"x y"']
SIGNS = ["AND", "OR", "NOT", "(", ")", "-x", "-", "def*", "*", "?", "ab*", "~", "x~2", ":", "\u0000", "\ud800", " "]
FIELDED = ["title:", "title:x", "year:2016..2019", "country:kz"]
PIECES = st.lists(st.sampled_from(["слово", "a", "174", *QUOTED, *SIGNS, *FIELDED]), max_size=60)


def leaves(node: Node | None) -> list[Word | Phrase]:
    """The words and phrases of a tree, in order."""
    if isinstance(node, Group):
        return [leaf for item in node.items for leaf in leaves(item)]
    return [node] if node else []


def depth(node: Node | None) -> int:
    """Levels of groups."""
    return 1 + max(map(depth, node.items)) if isinstance(node, Group) else 0


@given(st.one_of(st.text(max_size=700), PIECES.map(" ".join), PIECES.map("".join)))
def test_any_string_can_be_read_and_stays_within_the_limits(query: str) -> None:
    """No exception, no more words than allowed, no deeper than allowed."""
    syntax = read(query)
    assert sum(len(leaf.text.split()) for leaf in leaves(syntax.tree) if isinstance(leaf, Phrase)) <= MAX_WORDS
    assert len(leaves(syntax.tree)) <= MAX_WORDS
    assert depth(syntax.tree) <= 3 * (MAX_DEPTH + 1)


@given(st.lists(st.text("абвгabcd", min_size=1, max_size=8), min_size=1, max_size=MAX_WORDS))
def test_plain_words_are_all_kept_and_nothing_is_said(words: list[str]) -> None:
    """A query of words is the conjunction of just these words."""
    syntax = read(" ".join(words))
    assert [leaf.text for leaf in leaves(syntax.tree)] == words
    assert syntax.plain
    assert not syntax.limits


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ('"unbalanced', "quote_ignored"),
        ("(a b", "bracket_ignored"),
        ("a) b", "bracket_ignored"),
        ("AND a", "operator_ignored"),
        ("a OR", "operator_ignored"),
        ("NOT", "operator_ignored"),
        ("ab*", "prefix_too_short"),
        ("*word", "wildcard_ignored"),
        ("x " * 600, "query_too_long"),
        ("x " * 40, "too_many_words"),
    ],
)
def test_what_was_ignored_is_said(query: str, message: str) -> None:
    """Every limit and every mistake has its message."""
    assert message in [limit[0] for limit in read(query).limits]


def test_operators_bind_as_in_every_search_engine() -> None:
    """NOT before AND before OR; brackets group; NOT NOT is nothing."""
    a, b, c = Word("a"), Word("b"), Word("c")
    assert read("a b OR c").tree == Group("or", (Group("and", (a, b)), c))
    assert read("a (b OR c)").tree == Group("and", (a, Group("or", (b, c))))
    assert read("a -b").tree == Group("and", (a, Group("not", (b,))))
    assert read('a -"b c"').tree == Group("and", (a, Group("not", (Phrase("b c"),))))
    assert read("NOT NOT a").tree == a
    assert read('title:"a b"~3').tree == Phrase("a b", "title", 3)
    assert read("«a b»").tree == Phrase("a b")
