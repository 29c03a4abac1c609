"""The promise of the engine: counts exact, marks true, nothing missed.  The oracle is a loop over plain documents."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from schema import FACET_NAMES
from search.engine import Engine
from search.request import SearchRequest, year_range
from search.results import FacetValue
from search.syntax import read
from tests.search.oracle import Plain, matches, places


def questions(plain: dict[str, Plain], seed: int) -> Callable[[], SearchRequest]:
    """Random requests made of the words, phrases and facet values that the documents have."""
    rng = random.Random(seed)
    documents = list(plain.values())
    values = {name: sorted({v for d in documents for v in d.facets[name]}) for name in FACET_NAMES}

    def word() -> str:
        return rng.choice(rng.choice(documents).tokens).text

    def phrase() -> str:
        tokens = rng.choice(documents).tokens
        at = rng.randrange(len(tokens) - 1)
        row = [t.text for t in tokens[at : at + rng.choice([2, 2, 3])]]
        return f'"{" ".join(row)}"' + rng.choice(["", "", "~3"])

    def piece() -> str:
        return rng.choice([word, word, word, phrase, lambda: word()[:3] + "*", lambda: "-" + word()])()

    def question() -> SearchRequest:
        joined = rng.choice([" ", " ", " OR "]).join(piece() for _ in range(rng.choice([0, 1, 1, 1, 2, 2, 3])))
        request = SearchRequest(q=joined, as_text=True, exact=rng.random() < 0.3, size=100)
        for name in rng.sample(FACET_NAMES, rng.choice([0, 0, 1, 1, 2])):
            chosen = tuple(dict.fromkeys(rng.choices(values[name], k=rng.choice([1, 1, 2]))))
            if name == "year" and rng.random() < 0.5:
                chosen = (f"{rng.randint(2010, 2020)}..{rng.choice(['', '2022'])}",)
            request = request.with_selected(name, chosen)
        return request

    return question


def chosen_by(document: Plain, request: SearchRequest, but: str = "") -> bool:
    """Whether a document has a selected value of every facet but one."""
    for name in FACET_NAMES:
        wanted = request.selected(name)
        if not wanted or name == but:
            continue
        if name == "year":
            spans = [year_range(v) for v in wanted]
            if not any(low <= int(y) <= high for y in document.facets["year"] for low, high in spans):
                return False
        elif not document.facets[name] & set(wanted):
            return False
    return True


def rows(values: Iterable[FacetValue]) -> Iterable[FacetValue]:
    """All rows of a panel, those of a tree too."""
    for value in values:
        yield value
        yield from rows(value.children)


def test_totals_and_every_facet_count_equal_a_recount(engine: Engine, plain_documents: dict[str, Plain]) -> None:
    """2,000 random states of query and selection; a facet's own selection is left out of its own counts."""
    question = questions(plain_documents, 1)
    for _ in range(2_000):
        request = question()
        syntax = read(request.q)
        found = [d for d in plain_documents.values() if matches(syntax.tree, d, request.exact)] if request.q else []
        found = found if request.q else list(plain_documents.values())
        results = engine.search(request)
        if results.interpretation.kind == "relaxed":
            assert not found, request
            continue
        assert results.total == sum(chosen_by(d, request) for d in found), request
        assert {h.id for h in results.hits} == {d.record["id"] for d in found if chosen_by(d, request)}, request
        for panel in results.panels:
            counted = Counter(v for d in found if chosen_by(d, request, panel.facet) for v in d.facets[panel.facet])
            shown = {row.value: row.count for row in rows(panel.values)}
            assert {v: n for v, n in shown.items() if n} == dict(counted), (request, panel.facet)
            assert all(row.selected == (row.value in request.selected(panel.facet)) for row in rows(panel.values))


def test_the_count_of_a_value_is_what_choosing_it_gives(engine: Engine, plain_documents: dict[str, Plain]) -> None:
    """Every promise of a panel is kept by the next click."""
    question = questions(plain_documents, 2)
    for _ in range(60):
        request = replace(question(), size=1)
        results = engine.search(request)
        for panel in results.panels:
            for row in list(rows(panel.values))[:6]:
                alone = request.with_selected(panel.facet, (row.value,))
                assert engine.search(alone).total == row.count, (request, row)


def test_marks_are_the_words_that_matched_and_the_text_is_untouched(
    engine: Engine, plain_documents: dict[str, Plain]
) -> None:
    """500 random queries against a matcher that walks the words; without its marks the text is the text."""
    question = questions(plain_documents, 3)
    seen = 0
    while seen < 500:
        request = replace(question(), country=(), year=(), article=(), actor=(), lang=(), size=3)
        if not request.q:
            continue
        results = engine.search(request)
        seen += 1
        if results.interpretation.kind == "relaxed":
            continue
        tree = read(request.q).tree
        for hit in results.hits[:2]:
            document = plain_documents[hit.id]
            view = engine.document(hit.id, request)
            expected = [document.tokens[p] for p in places(tree, document, request.exact)]
            text, size = document.record["text"], len(document.record["text"])
            marked = [
                (a + sum(len(t) for t, _ in segments[:i]), piece)
                for a, _, _, segments in view.paragraphs
                for i, (piece, is_hit) in enumerate(segments)
                if is_hit
            ]
            assert marked == [(t.start, text[t.start : t.end]) for t in expected if t.start < size], (request, hit.id)
            assert all("".join(t for t, _ in s) == text[a:b] for a, b, _, s in view.paragraphs)
            assert "".join(t for t, _ in view.title) == document.record["title"]
            assert [t for t, is_hit in view.title if is_hit] == [
                document.stream[t.start : t.end] for t in expected if t.start > size
            ]
            for snippet in hit.snippets:
                assert "".join(t for t, _ in snippet.segments) == text[snippet.start : snippet.end]


@pytest.mark.parametrize("query", ["Нарымбаев", "Narymbaev", "Narymbayev", "Наримбаев"])
def test_a_person_is_found_in_every_script_and_spelling(
    engine: Engine, plain_documents: dict[str, Plain], query: str
) -> None:
    """Every telling of the case of January 2016, in seven languages and two scripts."""
    told = {
        i for i, d in plain_documents.items() if any(t.text[:6] in ("нарымб", "narymb", "наримб") for t in d.tokens)
    }
    results = engine.search(SearchRequest(q=query, size=50))
    assert {h.id for h in results.hits} == told
    assert len({h.lang for h in results.hits}) >= 6
    assert results.interpretation.kind == "name"


def test_a_citation_is_read_as_such_and_said(engine: Engine) -> None:
    """The answer names what was understood, offers the other codes, and the way back to the plain text."""
    results = engine.search(SearchRequest(q="ст. 174 УК РК"))
    assert results.interpretation.kind == "citation"
    assert results.interpretation.readings[0].value == "kz/criminal-code-2014/art-174"
    assert results.total == results.interpretation.readings[0].count > 0
    assert engine.search(SearchRequest(q="ст. 174 УК РК", as_text=True)).interpretation.kind != "citation"


@pytest.mark.parametrize("query", ["УК РК", "ҚР ҚК", "criminal code of Kazakhstan", "Уголовный кодекс Казахстана"])
def test_a_query_that_is_the_name_of_a_law_gives_what_cites_it_in_any_language(
    engine: Engine, plain_documents: dict[str, Plain], query: str
) -> None:
    """Every edition is named with its count; together they are the answer."""
    results = engine.search(SearchRequest(q=query, size=50))
    chosen = [r for r in results.interpretation.readings if r.chosen]
    editions = ("kz/criminal-code-2014", "kz/criminal-code-1997", "kz/criminal-code")
    told = {i for i, d in plain_documents.items() if any(a.startswith(editions) for a in d.facets["article"])}
    assert {h.id for h in results.hits} == told
    assert {r.value for r in chosen} <= set(editions)
    assert max(r.count for r in chosen) <= results.total
    assert len({h.lang for h in results.hits}) > 2


@pytest.mark.parametrize("query", ["Уголовный кодекс", "УК РК свобода", "конституция и закон", "ОБСЕ"])
def test_a_query_that_is_more_than_a_law_or_leaves_its_country_open_is_text(engine: Engine, query: str) -> None:
    """Nothing is guessed from half a name."""
    assert engine.search(SearchRequest(q=query)).interpretation.kind in ("text", "relaxed", "name")


def test_a_query_of_words_that_no_document_holds_together_is_relaxed_and_said(engine: Engine) -> None:
    """The documents with most of the rarest words, and the words that none has."""
    results = engine.search(SearchRequest(q="журналист батырбеков конституция кенгуру"))
    assert results.interpretation.kind == "relaxed"
    assert results.interpretation.dropped == ("кенгуру",)
    assert results.total
