from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from search.request import SearchRequest
from search.results import Hit, Interpretation, Reading, Results, Snippet
from webapp import cards, messages


def test_the_articles_asked_for_come_first_on_a_card() -> None:
    ids = ("a/b/art-1", "a/c/art-2", "a/d/art-3/part-1", "a/e/art-4")
    hit = Hit("1", (), "", "", "", "en", {"article": ids}, (), 1.0)
    request = SearchRequest(article=("a/d/art-3", "a/e"))
    answer = Results(request, 1, (hit,), (), Interpretation(), 1.0, "g")
    wanted = cards.wanted_articles(request, answer)
    assert list(cards.articles_first(hit, wanted)) == ["a/d/art-3/part-1", "a/e/art-4", "a/b/art-1"]


def test_every_chosen_reading_counts_as_asked_for_and_none_that_is_offered() -> None:
    readings = tuple(Reading(id, id, 1, chosen) for id, chosen in (("a/b", True), ("a/c", True), ("a/d", False)))
    answer = Results(SearchRequest(), 0, (), (), Interpretation("citation", readings), 1.0, "g")
    assert cards.wanted_articles(SearchRequest(), answer) == ["a/b", "a/c"]


def test_dots_stand_only_where_a_fragment_was_cut() -> None:
    def cut(text: str, start: int) -> tuple[bool, bool]:
        return cards.cut_of(Snippet(((text, False),), "ru", 0, start, start + len(text)))

    assert cut("Свобода слова.", 0) == (False, False)
    assert cut("свобода слова", 0) == (False, True)
    assert cut("свобода слова.", 40) == (True, False)
    assert cut("Свобода слова.»", 40) == (False, False)


@given(st.text("aB .»'é…", min_size=1, max_size=12), st.lists(st.integers(0, 12), max_size=3), st.integers(0, 1))
def test_it_does_not_matter_how_a_fragment_is_cut_into_segments(text: str, cuts: list[int], start: int) -> None:
    edges = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    pieces = tuple((text[a:b], False) for a, b in pairwise(edges))
    whole = cards.cut_of(Snippet(((text, False),), "ru", 0, start))
    assert cards.cut_of(Snippet(pieces, "ru", 0, start)) == whole
    first = next((letter for letter in text if letter.isalnum()), "")
    assert whole[0] == (start > 0 and first.islower())
    last = text.strip().rstrip("\"'»”’)")
    assert whole[1] == (bool(text.strip()) and last[-1:] not in (".", "!", "?", "…"))


def test_reasons_of_one_kind_are_one_line() -> None:
    said = cards.reasons_of(("same_name:a", "other:b:c", "same_name:d"), messages.load("en"))
    assert len(said) == 2
    assert "a, d" in said[0]
