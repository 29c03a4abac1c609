"""Counts equal a loop over documents by every road; the best of many scores equal a full sort."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query

from analysis.errors import RequestError
from indexer import codec
from search.collect import Collector
from search.matchsets import best
from search.roads import Selection

FACETS = ("country", "year", "article", "actor")
COUNT = 700


def rows() -> list[dict[str, list[str]]]:
    rng = np.random.default_rng(7)
    out = []
    for _ in range(COUNT):
        out.append(
            {
                "country": [f"c{x}" for x in set(rng.geometric(0.5, rng.integers(0, 3)).tolist())],
                "year": [str(2000 + int(rng.integers(0, 12)))],
                "article": [f"kz/code-{x % 3}/art-{x}" for x in set(rng.integers(0, 300, rng.integers(0, 4)).tolist())],
                "actor": [f"a{x}" for x in set(rng.integers(0, 6, rng.integers(0, 5)).tolist())],
            }
        )
    return out


@pytest.fixture(scope="module", params=[1, 3])
def index(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Collector, list[Any], set[int]]:
    folder: Path = tmp_path_factory.mktemp("index")
    facets, infos = rows(), []
    for part in np.array_split(np.arange(COUNT), request.param):
        made = codec.SegmentBuilder(folder, facets=FACETS)
        for i in part.tolist():
            text = " ".join(w for w, k in (("all", 1), ("half", 2), ("third", 3), ("rare", 97)) if i % k == 0)
            made.add(
                {
                    "id": f"d{i}",
                    "text": text,
                    "title": "",
                    "passages": [],
                    "title_lang": "",
                    "facets": facets[i],
                    "date": i % 50,
                    "card": b"",
                    "receipts": b"",
                }
            )
        infos.append(made.finish())
    gone = set(range(0, COUNT, 11))
    codec.commit(folder / "a", new=infos, source=folder)
    codec.commit(folder / "b", base=folder / "a", deleted=[f"d{i}" for i in gone])
    return Collector(folder / "b"), [{**f, "article": codec.with_ancestors(f["article"])} for f in facets], gone


def counted(facets: list[Any], docs: set[int], name: str) -> list[tuple[str, int]]:
    out: dict[str, int] = {}
    for i in docs:
        for value in facets[i][name]:
            out[value] = out.get(value, 0) + 1
    return sorted(out.items())


@pytest.mark.parametrize(("word", "step"), [("all", 1), ("half", 2), ("third", 3), ("rare", 97)])
@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"country": ["c1", "c2"]},
        {"year": [(2003, 2006)], "actor": ["a1"]},
        {"article": ["kz/code-1"], "country": ["c1"], "year": ["2004", (2008, 2010)]},
        {"actor": ["unknown"]},
    ],
)
def test_disjunctive_counts_equal_a_loop(index: Any, word: str, step: int, filters: dict[str, list[Any]]) -> None:
    engine, facets, gone = index
    hits = {i for i in range(0, COUNT, step) if i not in gone}

    def passes(i: int, name: str) -> bool:
        values = facets[i][name]
        ranges = [v for v in filters[name] if isinstance(v, tuple)]
        return any(v in filters[name] or any(a <= int(v) <= b for a, b in ranges) for v in values)

    found = engine.search(query.Term("body", word), filters, limit=COUNT, facets=FACETS)
    inside = {i for i in hits if all(passes(i, f) for f in filters)}
    assert found.total == len(inside)
    assert {engine.id_of(d) for d in found.docs.tolist()} == {f"d{i}" for i in inside}
    for name in FACETS:
        ignoring = {i for i in hits if all(passes(i, f) for f in filters if f != name)}
        assert found.counts[name].items() == counted(facets, ignoring, name)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.sets(st.integers(0, COUNT - 1)))
def test_all_roads_of_counting_agree(index: Any, chosen: set[int]) -> None:
    engine = index[0]
    docs = np.array(sorted(chosen), np.intp)
    for name in FACETS:
        facet = engine._facets[name]
        selection, gathered = Selection(engine.view, docs, None), facet._gathered(docs).tolist()
        assert facet.roads.count(selection).tolist() == gathered
        assert facet.roads.count(Selection(engine.view, None, selection.mask, len(docs))).tolist() == gathered
        for part in facet.roads.parts:
            mine = [gathered[value] for value in part.sets.values.tolist()]
            assert part.count(selection).tolist() == mine
            assert part.sets.count(docs).tolist() == mine


def test_values_with_just_the_same_documents_are_counted_once(index: Any) -> None:
    engine, facets, _ = index
    roads = engine._facets["article"].roads
    counted_once = sum(len(part.sets.values) for part in roads.parts)
    assert counted_once < len({value for row in facets for value in row["article"]})


def test_counts_can_be_asked_by_value_and_by_size(index: Any) -> None:
    engine, facets, gone = index
    counts = engine.search(query.Every(), facets=("country",)).counts["country"]
    expected = counted(facets, set(range(COUNT)) - gone, "country")
    assert counts.top(2) == sorted(expected, key=lambda row: (-row[1], row[0]))[:2]
    assert [counts[v] for v, _ in expected] == [n for _, n in expected]
    assert counts["nothing"] == 0


def test_unknown_facets_sorts_and_queries_are_refused(index: Any) -> None:
    engine = index[0]
    with pytest.raises(RequestError, match="no facet"):
        engine.search(query.Every(), facets=("colour",))
    with pytest.raises(RequestError, match="sort"):
        engine.search(query.Every(), sort="random")
    with pytest.raises(RequestError, match="Sequence"):
        engine.search(query.Sequence([query.Term("body", "all")]))
    deep: Any = query.Term("body", "all")
    for _ in range(3000):
        deep = query.And([deep, query.Term("body", "half")])
    with pytest.raises(RequestError, match="nested"):
        engine.search(deep)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 9000), st.integers(1, 60), st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_the_best_equal_a_stable_sort(size: int, levels: int, limit: int, seed: int) -> None:
    scores = np.random.default_rng(seed).integers(0, levels, size).astype(np.float32)
    assert best(scores, limit).tolist() == np.argsort(-scores, kind="stable")[:limit].tolist()


def test_threads_share_one_engine(index: Any) -> None:
    engine = index[0]
    queries = [query.Term("body", w) for w in ("all", "half", "third", "rare")] + [query.Prefix("body", "a")]

    def ask(wanted: Any) -> tuple[Any, ...]:
        found = engine.search(wanted, {"country": ["c1"]}, limit=20, facets=FACETS)
        texts = [engine.fetch(d).text for d in found.docs.tolist()]
        return found.docs.tolist(), texts, {f: c.items() for f, c in found.counts.items()}

    expected = [ask(wanted) for wanted in queries]
    wrong: list[int] = []

    def work() -> None:
        for i in range(60):
            if ask(queries[i % len(queries)]) != expected[i % len(queries)]:
                wrong.append(i)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
