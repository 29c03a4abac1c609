"""Counts become panels: rows with labels, in the facet's own order, articles as a tree.  Knows no request format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from indexer.codec.arrays import Array
from schema import FACETS, GENERAL, UNRESOLVED, Facet
from search.counting import Counts
from search.results import FacetValue, Panel

NAMED_ALONE = f"/{GENERAL}"

Label = Callable[[str, str], str]
"""(facet name, value) -> label in the reader's language."""

SortKey = Callable[[str], Any]
"""Article id -> key that puts 9 before 10 and 130 before 130-1, among the children of one node."""


class Tree:
    """The values of a tree facet in one snapshot, sorted once: a statute is two levels, ``unresolved`` one."""

    def __init__(self, names: Sequence[str], key: SortKey) -> None:
        self.place = {name: i for i, name in enumerate(names)}
        self.children: dict[str, list[str]] = {}
        for name in names:
            self.children.setdefault(parent_of(name), []).append(name)
        for parent, names_below in self.children.items():
            if parent:
                names_below.sort(key=key)
        below = {root: self.children.get(root, []) for root in self.children.get("", ())}
        self._below = {root: np.array([self.place[v] for v in values], np.intp) for root, values in below.items()}

    def most(self, root: str, numbers: Array, limit: int) -> tuple[list[tuple[str, int]], int]:
        """The values below a root with most documents, in order, with their number of them; and how many there are."""
        names, below = self.children.get(root, ()), numbers[self._below[root]]
        shown = some = below.nonzero()[0]
        if len(some) > limit:
            rank = -below[some]
            if names[some[0]].endswith(NAMED_ALONE):
                rank[0] = np.iinfo(rank.dtype).min
            shown = np.sort(some[np.argsort(rank, kind="stable")[:limit]])
        return [(names[i], n) for i, n in zip(shown.tolist(), below[shown].tolist(), strict=True)], len(some)


def parent_of(value: str) -> str:
    """The id one level up; "" for a statute and for ``unresolved``."""
    parent = value.rpartition("/")[0]
    return parent if "/" in parent or parent == UNRESOLVED else ""


def panels(
    counts: Mapping[str, Counts],
    selected: Mapping[str, tuple[str, ...]],
    label: Label,
    trees: Mapping[str, Tree],
    limit: int = 0,
    child_limit: int = 0,
) -> tuple[Panel, ...]:
    """A panel for every facet that was counted.  A selected value without documents stays, with 0.

    ``limit``: rows of a facet, and statutes of a tree; ``child_limit``: rows below one row, those with most documents
    and the one for the statute named alone; 0 is all.  A panel's ``size`` and a row's ``width`` tell how many there
    are; selected rows are always among those shown.
    """
    out = []
    for facet in FACETS:
        if facet.name in counts:
            chosen = selected.get(facet.name, ())
            if facet.order == "tree":
                out.append(_tree(facet, counts[facet.name], chosen, label, trees[facet.name], limit, child_limit))
            else:
                out.append(_flat(facet, counts[facet.name], chosen, label, limit))
    return tuple(out)


def _flat(facet: Facet, counts: Counts, chosen: Sequence[str], label: Label, limit: int) -> Panel:
    table = dict(counts.items())
    table.update({v: 0 for v in chosen if v not in table and not (facet.name == "year" and ".." in v)})
    rows = [FacetValue(v, label(facet.name, v), n, v in chosen) for v, n in table.items()]
    by_value = facet.order == "value"
    rows.sort(key=(lambda r: r.value) if by_value else (lambda r: (-r.count, r.label)))
    shown = rows if by_value else _cut(rows, limit, lambda r: r.selected)
    return Panel(facet.name, tuple(shown), len(rows))


def _tree(
    facet: Facet, counts: Counts, chosen: Sequence[str], label: Label, tree: Tree, limit: int, child_limit: int
) -> Panel:
    opened = dict.fromkeys(chosen)  # the values chosen and all above them
    for value in chosen:
        while value := parent_of(value):
            opened[value] = None
    strange: dict[str, list[str]] = {}  # those of them that the index does not have, by parent
    for value in opened:
        if value not in tree.place:
            strange.setdefault(parent_of(value), []).append(value)

    # a list is read faster than an array, but not made for a few rows
    numbers: Any = counts.numbers if child_limit else counts.numbers.tolist()

    def count(value: str) -> int:
        at = tree.place.get(value, -1)
        return int(numbers[at]) if at >= 0 else 0

    def row(value: str) -> FacetValue:
        if child_limit and value not in opened:
            most, size = tree.most(value, counts.numbers, child_limit)
            leaves = tuple(FacetValue(v, label(facet.name, v), n, False) for v, n in most)
            return FacetValue(value, label(facet.name, value), count(value), False, leaves, False, size)
        below = [v for v in tree.children.get(value, ()) if count(v) or v in opened]
        below += strange.get(value, [])
        rows = tuple(row(v) if not child_limit or v in opened else leaf(v) for v in shown(below))
        partly = any(v in opened for v in below)
        return FacetValue(value, label(facet.name, value), count(value), value in chosen, rows, partly, len(below))

    def shown(below: list[str]) -> list[str]:
        if not child_limit or len(below) <= child_limit:
            return below
        most = sorted(below, key=lambda v: (not v.endswith(NAMED_ALONE), -count(v)))[:child_limit]
        return [v for v in below if v in most or v in opened]

    def leaf(value: str) -> FacetValue:
        return FacetValue(value, label(facet.name, value), count(value), value in chosen)

    roots = [v for v in tree.children.get("", ()) if count(v) or v in opened]
    roots += strange.get("", [])
    roots.sort(key=lambda v: (v == UNRESOLVED, -count(v), v))
    return Panel(facet.name, tuple(row(v) for v in _cut(roots, limit, opened.__contains__)), len(roots))


def _cut(rows: Sequence[Any], limit: int, stays: Callable[[Any], bool]) -> Iterable[Any]:
    return [r for i, r in enumerate(rows) if i < limit or stays(r)] if limit else rows
