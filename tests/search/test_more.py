"""Few documents hold all the words: the answer goes on with those that hold some, and counts them apart."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from schema import FACET_NAMES
from search.engine import Engine
from search.parse import BEGINNING, FEW
from search.request import SearchRequest
from search.results import Results
from search.syntax import Word
from tests.search.oracle import Plain, matches, places


def asked(plain: dict[str, Plain], how_many: int) -> list[SearchRequest]:
    """Two, three or four words, all of one document or each of some; now and then of a country."""
    rng = random.Random(how_many)
    documents = list(plain.values())
    countries = sorted({v for d in documents for v in d.facets["country"]})
    out: list[SearchRequest] = []
    while len(out) < how_many:
        of = rng.choices(documents, k=rng.choice([1, len(documents)]))
        forms = [rng.choice(rng.choice(of).tokens).text for _ in range(rng.choice([2, 2, 3, 4]))]
        forms[0] += rng.choice(["", "", "", "қыл"])  # now and then a form that no document has
        country = (rng.choice(countries),) if rng.random() < 0.3 else ()
        if all(map(str.isalpha, forms)):
            out.append(SearchRequest(q=" ".join(forms), as_text=True, size=100, country=country))
    return out


def partly(request: SearchRequest, plain: dict[str, Plain]) -> tuple[set[str], set[str]]:
    """Ids of the documents that match, and of those that match in part, by loops over plain documents."""
    forms = request.q.split()
    holding = [{id for id, d in plain.items() if matches(Word(form), d, exact=False)} for form in forms]
    whole = set.intersection(*holding)
    some = set.union(*holding)
    begun = tuple(f[:BEGINNING] for f, ids in zip(forms, holding, strict=True) if not ids and len(f) >= BEGINNING)
    some |= {id for id, d in plain.items() if begun and any(t.text.startswith(begun) for t in d.tokens)}
    chosen = {id for id, d in plain.items() if not request.country or d.facets["country"] & set(request.country)}
    return whole & chosen, (some - whole) & chosen


def test_documents_that_match_in_part_follow_and_are_counted_apart(
    engine: Engine, plain_documents: dict[str, Plain]
) -> None:
    """400 random questions against loops; facets and total are those of the documents with all words."""
    followed = 0
    for request in asked(plain_documents, 400):
        whole, some = partly(request, plain_documents)
        results = engine.search(request)
        if results.interpretation.kind == "relaxed":
            assert results.more is None
            assert {hit.id for hit in results.hits} == some, request
            continue
        assert (results.total, {hit.id for hit in results.hits}) == (len(whole), whole), request
        if len(whole) >= FEW or not some:
            assert results.more is None, request
            continue
        assert results.more is not None, request
        assert results.more.total == len(some)
        assert {hit.id for hit in results.more.hits} == some
        for panel in results.panels:
            if panel.facet != "country":
                assert {v.value for v in panel.values if v.count} <= {
                    v for id in whole for v in plain_documents[id].facets[panel.facet]
                }
        followed += 1
    assert followed > 100


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_go_through_both_lists_once(engine: Engine, plain_documents: dict[str, Plain], size: int) -> None:
    followed = [r for r in asked(plain_documents, 60) if (found := engine.search(r)).more and found.total][:8]
    assert followed
    for request in followed:
        at_once = engine.search(request)
        assert at_once.more is not None
        last = -(-(at_once.total + at_once.more.total) // size)
        pages = [engine.search(replace(request, size=size, page=n)) for n in range(1, last + 2)]
        assert [h.id for page in pages for h in page.hits] == [h.id for h in at_once.hits]
        assert [h.id for page in pages for h in page.shown] == [h.id for h in at_once.shown]
        assert [len(page.shown) for page in pages] == [size] * (last - 1) + [len(pages[-2].shown), 0]
        assert {(page.total, page.more.total if page.more else 0) for page in pages} == {
            (at_once.total, at_once.more.total)
        }


def test_a_document_that_matches_in_part_has_a_mark_in_the_list_and_on_its_page(
    engine: Engine, plain_documents: dict[str, Plain]
) -> None:
    for request in asked(plain_documents, 60):
        results = engine.search(replace(request, size=20))
        forms = request.q.split()
        for hit in results.more.hits if results.more else ():
            document = plain_documents[hit.id]
            assert hit.passages, (request, hit.id)
            assert engine.document(hit.id, request).hits, (request, hit.id)
            begun = [Word(form[:BEGINNING], kind="prefix") for form in forms if len(form) >= BEGINNING]
            may = {p for word in (*map(Word, forms), *begun) for p in places(word, document, exact=False)}
            words = {document.stream[document.tokens[p].start : document.tokens[p].end] for p in may}
            assert {text for s in hit.snippets for text, is_hit in s.segments if is_hit} <= words


@pytest.mark.parametrize(
    "change",
    [
        {"exact": True},
        {"sort": "newest"},
        {"q": '"сөз бостандығы" журналист'},
        {"q": "журналист AND депутат"},
        {"q": "журналист -депутат"},
        {"q": "country:kz журналист депутат"},
        {"q": "журналист"},
        {"q": "ст. 174 УК РК"},
        {"q": ""},
    ],
    ids=str,
)
def test_what_is_asked_for_strictly_is_not_gone_beyond(engine: Engine, change: dict[str, object]) -> None:
    assert engine.search(replace(SearchRequest(q="журналист депутат"), **change)).more is None  # type: ignore[arg-type]


def test_a_filter_without_a_match_is_said_and_its_panel_promises_what_a_click_gives(
    engine: Engine, plain_documents: dict[str, Plain]
) -> None:
    """All words stand together somewhere, but in no document of the country: nothing is relaxed, 0 is 0."""
    seen = 0
    for request in asked(plain_documents, 300):
        whole, some = partly(request, plain_documents)
        anywhere, _ = partly(replace(request, country=()), plain_documents)
        if whole or not anywhere:
            continue
        results = engine.search(request)
        assert (results.total, results.hits, results.interpretation.kind) == (0, (), "text")
        assert bool(results.more) == bool(some)
        for value in panel(results, "country"):
            assert engine.search(replace(request, country=(value,))).total == panel(results, "country")[value]
        seen += 1
    assert seen


def panel(results: Results, facet: str) -> dict[str, int]:
    """Value -> count of one panel."""
    assert facet in FACET_NAMES
    return {row.value: row.count for panel in results.panels if panel.facet == facet for row in panel.values}


def test_what_matches_in_part_is_left_out_where_it_is_not_wanted(
    engine: Engine, plain_documents: dict[str, Plain]
) -> None:
    left_out = 0
    for request in asked(plain_documents, 60):
        whole, short = engine.search(request), engine.search(request, more=False)
        left_out += whole.more is not None
        assert short.more is None
        assert (short.total, short.hits, short.panels) == (whole.total, whole.hits, whole.panels)
    assert left_out > 10
