import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qsl, unquote_to_bytes, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.urls import iri_to_uri

from analysis.errors import RequestError
from schema import FACET_NAMES
from search.request import SORTS, SearchRequest
from webapp.links import Links, read_request, read_strictly, without_language

WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20)
VALUES = st.lists(WORDS, unique=True, max_size=3).map(tuple)
YEARS = st.lists(st.sampled_from(["2016", "2016..2019", "..2019", "2016.."]), unique=True, max_size=2).map(tuple)
REQUESTS = st.builds(
    SearchRequest,
    q=st.one_of(st.just(""), WORDS),
    country=VALUES,
    year=YEARS,
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


def asked(url: str) -> SearchRequest:
    return read_request(MultiDict(parse_qsl(urlsplit(url).query, keep_blank_values=True)))


@given(REQUESTS)
def test_a_search_address_reads_back_as_the_same_request(request: SearchRequest) -> None:
    assert asked(Links("en").search(request)) == request
    assert asked(Links("kk", embed=True).search(request)) == request
    assert read_strictly(MultiDict(parse_qsl(urlsplit(Links("en").api(request)).query))) == request


@given(REQUESTS, st.sampled_from(FACET_NAMES), WORDS)
def test_choosing_and_removing_a_value_undo_each_other(request: SearchRequest, facet: str, value: str) -> None:
    link = Links("en")
    value = "2020" if facet == "year" else value
    with_it = asked(link.chosen(request, facet, value))
    assert value in with_it.selected(facet)
    assert with_it.page == 1
    without = asked(link.without(with_it, facet, value))
    kept = () if facet == "year" else tuple(v for v in request.selected(facet) if v != value)
    assert without == request.with_selected(facet, kept)


@given(REQUESTS, st.integers(1, 10), st.sampled_from(FACET_NAMES), WORDS, st.booleans())
def test_the_addresses_that_lead_on_from_one_search_are_those_of_the_changed_searches(
    request: SearchRequest, page: int, facet: str, value: str, embed: bool
) -> None:
    link = Links("kk", embed)
    onward = link.onward(request)
    assert onward.paged(page) == link.search(replace(request, page=page))
    assert onward.document(value, "hit-1") == link.document(value, request, "hit-1")
    for chosen in (value, *request.selected(facet)):
        kept = () if facet == "year" else tuple(v for v in request.selected(facet) if v != chosen)
        assert onward.chosen(facet, chosen) == link.search(request.with_selected(facet, (*kept, chosen)))
    path, _, query = onward.facet(facet, value).partition("?")
    assert path == f"/kk/facet/{facet}"
    assert parse_qsl(query, keep_blank_values=True) == [*replace(request, page=1).to_pairs(), ("find", value)]


@given(REQUESTS)
def test_an_address_holds_letters_as_they_are_and_a_browser_asks_for_its_ascii_form(request: SearchRequest) -> None:
    url = Links("en").search(request)
    assert not re.search(r"[^\w%&+./=?~-]", url)
    assert iri_to_uri(url).isascii()
    assert asked(iri_to_uri(url)) == request


@given(REQUESTS)
def test_every_way_to_change_a_search_begins_at_its_first_page(request: SearchRequest) -> None:
    link = Links("ru")
    for url in (
        link.sorted(request, "newest"),
        link.cleared(request),
        link.as_text(request),
        link.widened(request, True),
    ):
        assert asked(url).page == 1


@given(REQUESTS)
def test_clearing_keeps_the_words_and_drops_every_filter(request: SearchRequest) -> None:
    cleared = asked(Links("en").cleared(request))
    assert cleared.q == request.q
    assert not any(cleared.selected(name) for name in FACET_NAMES)


@given(REQUESTS, WORDS)
def test_a_document_address_remembers_the_search_but_not_the_place_in_the_list(request: SearchRequest, id: str) -> None:
    url = Links("en").document(id, request, "p3", hit=2)
    parts = urlsplit(url)
    assert parts.path.count("/") == 3
    assert parts.fragment == "p3"
    back = asked(url)
    assert (back.q, back.country, back.sort, back.page) == (request.q, request.country, request.sort, 1)


@given(st.dictionaries(st.sampled_from(["q", "country", "page", "foo"]), WORDS), WORDS)
def test_the_language_switch_stays_on_this_site_and_asks_the_same(args: dict[str, str], rest: str) -> None:
    url = "/kk" + without_language(f"/en/{rest}", urlencode(args).encode())
    assert url.startswith("/kk/")
    assert dict(parse_qsl(urlsplit(url).query, keep_blank_values=True)) == args


@given(st.binary(max_size=40))
def test_the_language_switch_is_an_address_whatever_came_as_a_query_string(query: bytes) -> None:
    url = urlsplit("/kk" + without_language("/en/search", query))
    assert (url.netloc, url.path, url.fragment) == ("", "/kk/search", "")
    assert unquote_to_bytes(url.query) == unquote_to_bytes(query)
    assert not re.search(r"[^\w!$%&'()*+,/:;=?@.~-]", url.query)


@pytest.mark.parametrize("read", [read_request, read_strictly])
def test_a_value_that_is_longer_than_any_can_be_is_refused(read: Callable[..., SearchRequest]) -> None:
    for facet in ("country", "article", "actor", "lang"):
        assert read(MultiDict([(facet, "x" * 300)])).selected(facet) == ("x" * 300,)
        with pytest.raises(RequestError, match=f"{facet}='xxx.*at most 300"):
            read(MultiDict([(facet, "kz"), (facet, "x" * 301)]))


def test_an_unknown_parameter_is_an_error_of_the_api_and_nothing_to_a_page() -> None:
    args = MultiDict([("q", "x"), ("colour", "red")])
    assert read_request(args) == SearchRequest(q="x")
    with pytest.raises(RequestError, match="colour"):
        read_strictly(args)
