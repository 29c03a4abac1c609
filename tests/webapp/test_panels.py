from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from search.request import SearchRequest
from search.results import FacetValue, Interpretation, Results
from tests.webapp.fake_engine import FakeEngine
from webapp import panels


def results(total: int, page: int = 1, size: int = 20) -> Results:
    return Results(SearchRequest(page=page, size=size), total, (), (), Interpretation(), 1.0, "g")


@given(st.integers(0, 5000), st.integers(1, 50), st.integers(1, 100))
def test_page_numbers_rise_hold_both_ends_and_show_every_gap(total: int, page: int, size: int) -> None:
    answer = results(total, page, size)
    last = panels.last_page(answer)
    numbers = panels.page_numbers(answer)
    real = [n for n in numbers if n]
    assert real == sorted(set(real))
    assert {1, last} <= set(real)
    assert len(numbers) <= 11
    for before, after in pairwise(numbers):
        assert 0 in (before, after) or after == before + 1
    assert (last - 1) * size < 1000


@given(st.dictionaries(st.integers(1980, 2030), st.integers(0, 999), min_size=1))
def test_bars_stand_for_consecutive_years_and_are_as_high_as_their_counts(counts: dict[int, int]) -> None:
    bars = panels.bars_of([FacetValue(str(y), str(y), n, False) for y, n in counts.items()])
    years = [bar.year for bar in bars]
    assert years == list(range(years[0], max(counts) + 1))
    assert len(years) <= panels.MAX_BARS
    for bar in bars:
        assert bar.documents == counts.get(bar.year, 0)
        assert (bar.height > 0) == (bar.documents > 0)
        assert bar.height <= 100


def test_there_are_no_bars_without_years() -> None:
    assert panels.bars_of([]) == []


def test_the_year_boxes_show_one_range_and_nothing_for_several() -> None:
    def bounds(*years: str) -> tuple[str, str]:
        return panels.year_bounds(SearchRequest(year=years))

    assert bounds("2016") == ("2016", "2016")
    assert bounds("2016..2019") == ("2016", "2019")
    assert bounds("2016..") == ("2016", "")
    assert bounds() == bounds("2016", "2018") == ("", "")


def test_the_ways_out_are_true_and_the_best_comes_first() -> None:
    engine = FakeEngine()
    request = SearchRequest(country=("tj",), year=("2016",), lang=("ru",))
    answer = engine.search(request)
    assert answer.total == 0
    ways = panels.ways_out(engine, answer, panels.chips_of(request, "en"))
    assert [(chip.facet, count) for chip, count in ways] == [("country", 1), ("year", 0), ("lang", 0)]
