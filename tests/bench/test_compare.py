"""The check that engines agree sees a difference, and the tables say what was measured."""

from __future__ import annotations

import copy
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import compare, report
from bench.corpus import FACETS
from bench.measure import geometric_mean
from bench.queries import Query

ASKED = [Query("rare", "term", ("сот",))]


def answers() -> dict[str, Any]:
    one = {"total": 2, "facets": {f: {"a": 2, "b": 1} for f in FACETS}, "ids": ["x", "y"]}
    return {name: [copy.deepcopy(one)] for name in ("izde", "tantivy", "layers")}


def test_engines_that_agree_have_no_differences() -> None:
    assert compare.differences(ASKED, answers()) == []


@pytest.mark.parametrize("facet", FACETS)
def test_one_count_that_differs_is_named(facet: str) -> None:
    found = answers()
    del found["tantivy"][0]["facets"][facet]["b"]
    (difference,) = compare.differences(ASKED, found)
    assert f"{facet} b: 1 in izde, 0 in tantivy" in difference


def test_a_total_that_differs_is_named() -> None:
    found = answers()
    found["tantivy"][0]["total"] = 3
    assert "2 documents in izde, 3 in tantivy" in compare.differences(ASKED, found)[0]


def test_all_layers_find_more_and_are_not_compared() -> None:
    found = answers()
    found["layers"][0]["total"] = 9
    assert compare.differences(ASKED, found) == []


def result(izde: list[list[float]], tantivy: list[list[float]]) -> dict[str, Any]:
    return {
        "queries": [{"classes": ["rare"]}, {"classes": ["mid"]}],
        "times": {"izde": {"whole": izde}, "tantivy": {"whole": tantivy}},
    }


def test_ratios_are_over_medians_of_queries_and_name_the_worst_class() -> None:
    passes = [[1.0, 8.0], [1.0, 8.0], [100.0, 8.0]]
    mean, _, worst, label = report.ratios(result(passes, [[2.0, 2.0]] * 3), "izde", "tantivy", "whole")
    assert mean == pytest.approx(math.sqrt(0.5 * 4))
    assert (worst, label) == (4.0, "mid")


@given(st.lists(st.floats(1e-3, 1e3), min_size=1, max_size=20), st.floats(0.1, 10))
def test_the_geometric_mean_scales_with_its_values(values: list[float], factor: float) -> None:
    assert geometric_mean(v * factor for v in values) == pytest.approx(geometric_mean(values) * factor)
    assert min(values) * 0.999 <= geometric_mean(values) <= max(values) * 1.001


def test_a_section_replaces_its_older_self_and_leaves_the_others(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    report.put_section(page, "One", "stale\n\n### Part\n")
    report.put_section(page, "Two", "two")
    report.put_section(page, "One", "new")
    text = page.read_text(encoding="utf-8")
    assert text.startswith(report.HEAD)
    assert text.index("## One\n\nnew\n\n## Two\n\ntwo\n") > 0
    assert "stale" not in text


@pytest.mark.parametrize(
    ("measured", "least", "verdict"),
    [(0.25, False, "met"), (0.5, False, "short by 2.00"), (0.125, True, "short by 2.00"), (0.3, True, "met")],
)
def test_a_target_is_met_or_says_by_what_factor_it_is_missed(measured: float, least: bool, verdict: str) -> None:
    assert report.Target("a", measured, 0.25, least).row()[-1] == verdict
