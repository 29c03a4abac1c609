"""Engines at hand find and count what a plain loop over the documents does, at every level."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bench import corpus, engines, queries
from bench.engines import base, segments

DOCUMENTS = 150


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus")
    make = corpus.maker("synthetic")
    with (path / "ready.jsonl").open("w", encoding="utf-8") as out:
        for raw in map(make, range(DOCUMENTS)):
            out.write(json.dumps(corpus.ready(raw)) + "\n")
    (path / "done").write_text(json.dumps({"documents": DOCUMENTS, "source": "synthetic"}))
    return path


@pytest.fixture(scope="module")
def asked(folder: Path) -> list[queries.Query]:
    return queries.load(folder)


def matches(query: queries.Query, document: dict[str, Any], filters: dict[str, list[str]]) -> bool:
    text, words = f" {document['text']} ", set(document["text"].split())
    found = {
        "term": lambda: query.words[0] in words,
        "and": lambda: all(w in words for w in query.words),
        "or": lambda: any(w in words for w in query.words),
        "phrase": lambda: f" {' '.join(query.words)} " in text,
        "prefix": lambda: any(w.startswith(query.words[0]) for w in words),
        "name": lambda: any(f" {' '.join(s)} " in text for s in query.spellings),
    }[query.kind]()
    return found and all(set(values) & set(document[f]) for f, values in filters.items())


def expected(query: queries.Query, documents: list[dict[str, Any]]) -> base.Answer:
    answer = base.Answer(sum(matches(query, d, query.filters) for d in documents))
    for facet in corpus.FACETS:
        rest = [d for d in documents if matches(query, d, base.other_filters(query, facet))]
        answer.facets[facet] = Counter(v for d in rest for v in d[facet]).items()
    return answer


@pytest.mark.parametrize("name", ["izde", "fts5"])
def test_totals_and_counts_are_those_of_a_loop(
    name: str, folder: Path, asked: list[queries.Query], tmp_path: Path
) -> None:
    engine = engines.load(name)
    if name == "izde":
        segments.build_segments(folder / "ready.jsonl", tmp_path, jobs=1)
    else:
        engine.build(folder, tmp_path)
    engine.open(tmp_path)
    documents = list(corpus.read(folder / "ready.jsonl"))
    for query in asked:
        right, found = expected(query, documents), engine.run(query, "whole")
        assert (found.total, found.counts()) == (right.total, right.counts()), query
        assert engine.run(query, "search").total == right.total
        assert len(found.ids) == len(found.snippets) == min(right.total, base.TOP)
        if query.kind != "prefix":
            assert all("<b>" in s for s in found.snippets), query
