"""As typed comes first: no document with every word in just the form asked for stands behind three that lack one."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import numpy as np
import pytest

from search.engine import Engine
from search.matchsets import Dense, Sparse
from search.parse import compile_syntax
from search.request import SearchRequest
from search.syntax import read
from search.typed import FIRST, OTHERS, TypedFirst, typed_first

SAMPLE = 100


def queries(texts: list[list[str]], words: int) -> list[str]:
    """Runs of words from the documents, some of them, always the same."""
    runs = {" ".join(t[i : i + words]) for t in texts for i in range(len(t)) if all(map(str.isalpha, t[i : i + words]))}
    return sorted(runs, key=lambda run: zlib.crc32(run.encode()))[:SAMPLE]


@pytest.fixture(scope="module")
def texts(engine: Engine) -> list[list[str]]:
    collector = engine._open.collector
    return [collector.words(doc) for doc in range(collector.view.size)]


def ranked(engine: Engine, query: str) -> Iterator[int]:
    collector = engine._open.collector
    for hit in engine.search(SearchRequest(q=query, size=100, as_text=True)).shown:
        doc = collector.doc_of(hit.id)
        assert doc is not None
        yield doc


@pytest.mark.parametrize("words", [1, 2, 3, 4])
def test_two_documents_at_most_come_before_one_with_every_word_as_typed(
    engine: Engine, texts: list[list[str]], words: int
) -> None:
    others = 0
    for query in queries(texts, words):
        typed = [set(query.split()) <= set(texts[doc]) for doc in ranked(engine, query)]
        assert any(typed)
        last = len(typed) - typed[::-1].index(True)
        assert typed[:last].count(False) <= OTHERS, query
        others += not all(typed)
    assert others  # the order was in question


@pytest.mark.parametrize("forms", [("сот",), ("сот", "заң"), ("и", "в"), ("и", "сот"), ("жоксөз", "сот")])
def test_both_kinds_of_match_sets_are_raised_alike_and_no_other_is_found(
    engine: Engine, texts: list[list[str]], forms: tuple[str, ...]
) -> None:
    view = engine._open.collector.view
    docs = np.arange(0, view.size, 2)
    scores = np.ones(len(docs), np.float32)
    everywhere = np.zeros(view.size, np.float32)
    everywhere[docs] = 1
    typed = [set(forms) <= set(texts[doc]) for doc in docs.tolist()]
    raised = [at for at, each in enumerate(typed) if not each][: OTHERS * any(typed)]
    expected = [1 + float(FIRST) * (each or at in raised) for at, each in enumerate(typed)]
    sparse = typed_first(view, Sparse(docs, scores), forms)
    assert isinstance(sparse, Sparse)
    assert sparse.docs.tolist() == docs.tolist()
    assert sparse.scores.tolist() == expected
    for mask in (None, everywhere > 0):
        dense = typed_first(view, Dense(everywhere, mask), forms)
        assert isinstance(dense, Dense)
        assert dense.scores[docs].tolist() == expected
        assert dense.hits().sum() == len(docs)
    assert scores.max() == everywhere.max() == 1  # what was given is untouched


def test_only_plain_words_that_are_not_asked_for_exactly_are_ordered_so() -> None:
    assert compile_syntax(read("сот заң")).typed == ("сот", "заң")
    assert compile_syntax(read("сот")).typed == ("сот",)
    for query in ('"сот заң"', "сот OR заң", "сот -заң"):
        assert compile_syntax(read(query)).typed == ()
    assert compile_syntax(read("сот заң"), exact=True).typed == ()


def test_marks_are_those_of_the_query_whatever_comes_first(engine: Engine, texts: list[list[str]]) -> None:
    collector = engine._open.collector
    for text in queries(texts, 2)[:20]:
        parsed = compile_syntax(read(text))
        docs = collector.search(parsed.query).docs.tolist()
        plain = collector.places_many(parsed.query, docs, known=True)
        first = collector.places_many(TypedFirst(parsed.query, parsed.typed), docs, known=True)
        assert len(plain.places) > 0
        assert all(np.array_equal(a, b) for a, b in zip(plain, first, strict=True))
