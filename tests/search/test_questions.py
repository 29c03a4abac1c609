"""Whole questions to the corpus of the repository, as readers would ask them, find what answers them."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path
from statistics import mean

from bench.retrieval import ndcg
from indexer.read import read_file
from indexer.sources import find
from search.engine import Engine
from search.request import SearchRequest

FLOOR = 0.9
"""Mean nDCG@10 over all questions; measured: .933."""

FLOOR_OF_A_LANGUAGE = 0.85


def test_what_answers_a_question_is_found_early_in_every_language(engine: Engine, root: Path) -> None:
    text = (root / "bench" / "corpus_questions.toml").read_text("utf-8")
    sources = [*find([root / "corpus"])]
    named = {d.id: s.path.name.partition(".")[0] for s in sources for d in read_file(s.path, s.root)}  # type: ignore[union-attr]
    rows = {name: row for row, name in enumerate(sorted(set(named.values())))}
    by_language: dict[str, list[float]] = defaultdict(list)
    for asked in tomllib.loads(text)["question"]:
        hits = engine.search(SearchRequest(q=asked["q"], size=50)).shown
        found = list(dict.fromkeys(rows[named[hit.id]] for hit in hits))
        grades = {rows[name]: float(grade) for name, grade in asked["relevant"].items()}
        by_language[asked["lang"]].append(ndcg(found, grades))
    assert len(by_language) == 7
    assert min(map(mean, by_language.values())) >= FLOOR_OF_A_LANGUAGE, by_language
    assert mean(value for values in by_language.values() for value in values) >= FLOOR


def test_a_question_about_a_country_finds_its_law_before_that_of_others(engine: Engine) -> None:
    results = engine.search(SearchRequest(q="Как наказывают за клевету в Узбекистане?"))
    assert results.interpretation.kind == "relaxed"
    assert results.hits[0].facets["country"] == ("uz",)
