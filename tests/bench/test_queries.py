"""The queries of a corpus: 60, the same every time, and every one of them is found in the sample it was drawn from."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from bench import corpus, queries


@pytest.fixture(scope="module")
def documents() -> list[dict[str, Any]]:
    make = corpus.maker("synthetic")
    return [corpus.ready(make(i)) for i in range(400)]


@pytest.fixture(scope="module")
def drawn(documents: list[dict[str, Any]]) -> list[queries.Query]:
    return draw(documents)


def draw(documents: list[dict[str, Any]]) -> list[queries.Query]:
    return queries.draw(documents, [d["persons"] for d in documents], corpus.variants("synthetic"))


def test_the_same_sample_gives_the_same_queries(documents: list[dict[str, Any]], drawn: list[queries.Query]) -> None:
    assert draw(list(documents)) == drawn


def test_there_are_sixty_queries_and_every_class_has_some(drawn: list[queries.Query]) -> None:
    counts = Counter(c for q in drawn for c in q.classes())
    assert set(counts) == set(queries.CLASSES)
    assert (len(drawn), counts["1 filter"], counts["2 filters"]) == (60, 14, 14)


def test_words_of_a_query_without_filters_stand_in_some_document(
    documents: list[dict[str, Any]], drawn: list[queries.Query]
) -> None:
    texts = [f" {d['text']} " for d in documents]
    for query in drawn:
        if query.kind == "phrase":
            assert any(f" {' '.join(query.words)} " in t for t in texts)
        elif query.kind == "prefix":
            assert any(f" {query.words[0]}" in t for t in texts)
        elif query.kind == "and":
            assert any(all(f" {w} " in t for w in query.words) for t in texts)
