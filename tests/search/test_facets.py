import gc

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.statutes import article_key
from schema import FACETS
from search.counting import Counts
from search.facets import Tree, panels
from search.results import FacetValue, Panel

STATUTES = ("kz/code-2014", "kg/code-2021", "uz/code-1994", "unresolved")
IDS = st.builds(
    lambda statute, article, part: (
        f"{statute}/general"
        if article == 13
        else statute + f"/art-{article}" * (article > 0) + f"/part-{part}" * (article > 0 < part)
    ),
    st.sampled_from(STATUTES),
    st.integers(0, 13),
    st.integers(0, 2),
)
CHOSEN = st.lists(IDS, unique=True, max_size=3).map(tuple)


def article_panel(counted: dict[str, int], chosen: tuple[str, ...], limit: int, child_limit: int) -> Panel:
    """The panel of articles: counts as given, every ancestor counted as the sum of what is below it."""
    full: dict[str, int] = {}
    for value, n in counted.items():
        levels = value.split("/")
        for depth in range(1 if value.startswith("unresolved") else 2, len(levels) + 1):
            id = "/".join(levels[:depth])
            full[id] = full.get(id, 0) + n
    names = sorted(full)
    counts = Counts(names, np.array([full[v] for v in names], np.int64), {v: i for i, v in enumerate(names)})
    tree = Tree(names, lambda v: article_key(v.rpartition("/")[2].partition("-")[2]))
    named = {"article": counts}
    [panel] = panels(named, {"article": chosen}, lambda facet, value: value, {"article": tree}, limit, child_limit)
    return panel


def bare(row: FacetValue) -> tuple[object, ...]:
    return row.value, row.count, row.selected


@given(st.dictionaries(IDS, st.integers(0, 5)), CHOSEN, st.integers(1, 3), st.integers(1, 4))
def test_a_short_panel_has_the_first_statutes_their_most_cited_articles_and_all_that_are_chosen(
    counted: dict[str, int], chosen: tuple[str, ...], limit: int, child_limit: int
) -> None:
    whole, short = article_panel(counted, chosen, 0, 0), article_panel(counted, chosen, limit, child_limit)
    assert short.size == whole.size == len(whole.values)

    def stays(row: FacetValue, place: int, most: int) -> bool:
        return place < most or row.selected or row.partly

    shown = [row for i, row in enumerate(whole.values) if stays(row, i, limit)]
    assert [bare(row) for row in short.values] == [bare(row) for row in shown]
    for row, full in zip(short.values, shown, strict=True):
        assert (row.width, row.partly) == (len(full.children), full.partly)
        most = sorted(full.children, key=lambda child: (not child.value.endswith("/general"), -child.count))
        kept = {child.value for i, child in enumerate(most) if stays(child, i, child_limit)}
        assert [bare(child) for child in row.children] == [bare(c) for c in full.children if c.value in kept]


@given(st.dictionaries(IDS, st.integers(0, 5)), CHOSEN)
def test_every_value_with_documents_and_every_chosen_one_is_in_the_whole_panel_once(
    counted: dict[str, int], chosen: tuple[str, ...]
) -> None:
    def ids(rows: tuple[FacetValue, ...]) -> list[str]:
        return [id for row in rows for id in (row.value, *ids(row.children))]

    met = ids(article_panel(counted, chosen, 0, 0).values)
    assert len(met) == len(set(met))
    assert {value for value, n in counted.items() if n} | set(chosen) <= set(met)


def test_what_made_a_panel_is_gone_with_it_and_waits_for_no_collector() -> None:
    gc.collect()
    gc.disable()
    try:
        article_panel({"kz/code-2014/art-1": 2, "kg/code-2021/art-5": 1}, ("kz/code-2014/art-1",), 2, 2)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_the_facets_are_those_of_the_schema_in_its_order() -> None:
    none = {f.name: Counts((), np.empty(0, np.int64), {}) for f in FACETS}
    got = panels(none, {}, lambda facet, value: value, {"article": Tree((), lambda v: v)})
    assert [panel.facet for panel in got] == [facet.name for facet in FACETS]
