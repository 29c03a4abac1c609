"""A request survives the way through a query string, and says what is wrong with it."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import RequestError
from schema import FACET_NAMES
from search.request import SORTS, SearchRequest, year_range

VALUES = st.lists(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9), max_size=3, unique=True
).map(tuple)
REQUESTS = st.builds(
    SearchRequest,
    q=st.text(max_size=30),
    country=VALUES,
    year=st.lists(st.sampled_from(["2016", "2016..2019", "..2019", "2016.."]), max_size=2, unique=True).map(tuple),
    article=VALUES,
    actor=VALUES,
    lang=VALUES,
    sort=st.sampled_from(SORTS),
    page=st.integers(1, 10),
    size=st.integers(1, 100),
    exact=st.booleans(),
    as_text=st.booleans(),
    widen=st.booleans(),
)


@given(REQUESTS)
def test_a_request_survives_a_query_string(request_: SearchRequest) -> None:
    """from_mapping(to_pairs) is the request again."""
    mapping: dict[str, list[str]] = {}
    for key, value in request_.to_pairs():
        mapping.setdefault(key, []).append(value)
    assert SearchRequest.from_mapping(mapping) == request_


def test_every_facet_can_be_asked_for() -> None:
    """The request has one tuple a facet of the schema."""
    assert set(FACET_NAMES) <= {f.name for f in fields(SearchRequest)}


@pytest.mark.parametrize(
    "raw",
    [
        {"sort": "best"},
        {"page": "0"},
        {"page": "x"},
        {"size": "101"},
        {"page": "10000000000"},
        {"page": 900, "size": 20},
        *({"year": y} for y in ("20x6", "..", "2016..x", "2016-2019")),
    ],
)
def test_what_cannot_be_read_is_an_error_that_names_the_value(raw: dict[str, object]) -> None:
    """No silent default for a value that was given."""
    with pytest.raises(RequestError) as caught:
        SearchRequest.from_mapping(raw)
    assert str(next(iter(raw))) in str(caught.value)


def test_a_year_range_may_be_open() -> None:
    """Open ends are 0 and 9999."""
    assert year_range("2016") == (2016, 2016)
    assert year_range("2016..") == (2016, 9999)
    assert year_range("..2019") == (0, 2019)
