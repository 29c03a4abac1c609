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
        self.roots = self.children.get("", [])
        self.places = np.array([self.place[root] for root in self.roots], np.intp)  # of the roots
        self._below = {
            root: np.array([self.place[v] for v in self.children.get(root, ())], np.intp) for root in self.roots
        }

    def most(self, root: str, numbers: Array, limit: int) -> tuple[list[tuple[str, int]], int]:
        """The values below a root with most documents, in order, with their number of them; and how many there are."""
        names, below = self.children.get(root, ()), numbers.take(self._below[root])
        shown = some = below.nonzero()[0]
        if len(some) > limit:
            rank = -below.take(some)
            if names[some[0]].endswith(NAMED_ALONE):
                rank[0] = np.iinfo(rank.dtype).min
            shown = some.take(rank.argsort(kind="stable")[:limit])
            shown.sort()
        return [(names[i], n) for i, n in zip(shown.tolist(), below.take(shown).tolist(), strict=True)], len(some)


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
    name, (values, numbers) = facet.name, counts.lists()
    for value in chosen:
        if value not in values and not (name == "year" and ".." in value):
            values.append(value)
            numbers.append(0)
    rows = list(zip(values, [label(name, v) for v in values], numbers, strict=True))
    if facet.order == "value":
        rows.sort()
    else:
        rows.sort(key=lambda row: (-row[2], row[1]))
    shown = rows if facet.order == "value" else _cut(rows, limit, lambda row: row[0] in chosen)
    return Panel(name, tuple([FacetValue(v, text, n, v in chosen) for v, text, n in shown]), len(rows))


class _Shown:
    """The rows of a tree facet in one answer.  No closures that call each other: they would outlive the answer."""

    def __init__(
        self, facet: Facet, counts: Counts, chosen: Sequence[str], label: Label, tree: Tree, child_limit: int
    ) -> None:
        self._name, self._chosen, self._label, self._tree, self._limit = facet.name, chosen, label, tree, child_limit
        self._counts = counts
        # a list is read faster than an array, but not made for a few rows
        self._numbers: Any = counts.numbers if child_limit else counts.numbers.tolist()
        self.opened = dict.fromkeys(chosen)  # the values chosen and all above them
        for value in chosen:
            while value := parent_of(value):
                self.opened[value] = None
        self._strange: dict[str, list[str]] = {}  # those of them that the index does not have, by parent
        for value in self.opened:
            if value not in tree.place:
                self._strange.setdefault(parent_of(value), []).append(value)

    def count(self, value: str) -> int:
        at = self._tree.place.get(value, -1)
        return int(self._numbers[at]) if at >= 0 else 0

    def roots(self) -> list[str]:
        """The statutes that have documents or are chosen, those with most documents first, ``unresolved`` last."""
        tree = self._tree
        counts = zip(tree.roots, self._counts.numbers.take(tree.places).tolist(), strict=True)
        rows = [(root == UNRESOLVED, -n, root) for root, n in counts if n or root in self.opened]
        rows += [(root == UNRESOLVED, 0, root) for root in self._strange.get("", ())]
        return [root for _, _, root in sorted(rows)]

    def below(self, value: str) -> list[str]:
        """The values below one that have documents or are chosen."""
        known = [v for v in self._tree.children.get(value, ()) if self.count(v) or v in self.opened]
        return known + self._strange.get(value, [])

    def row(self, value: str) -> FacetValue:
        if self._limit and value not in self.opened:
            most, size = self._tree.most(value, self._numbers, self._limit)
            name, label = self._name, self._label
            children = tuple([FacetValue(v, label(name, v), n, False) for v, n in most])
            return FacetValue(value, label(name, value), self.count(value), False, children, False, size)
        below, limit = self.below(value), self._limit
        shown = below
        if limit and len(below) > limit:
            most_cited = sorted(below, key=lambda v: (not v.endswith(NAMED_ALONE), -self.count(v)))[:limit]
            shown = [v for v in below if v in most_cited or v in self.opened]
        rows = tuple(self.row(v) if not limit or v in self.opened else self._row(v) for v in shown)
        return self._row(value, rows, len(below), partly=any(v in self.opened for v in below))

    def _row(
        self, value: str, children: tuple[FacetValue, ...] = (), width: int = 0, partly: bool = False
    ) -> FacetValue:
        name = self._label(self._name, value)
        return FacetValue(value, name, self.count(value), value in self._chosen, children, partly, width)


def _tree(
    facet: Facet, counts: Counts, chosen: Sequence[str], label: Label, tree: Tree, limit: int, child_limit: int
) -> Panel:
    shown = _Shown(facet, counts, chosen, label, tree, child_limit)
    roots = shown.roots()
    return Panel(facet.name, tuple(shown.row(v) for v in _cut(roots, limit, shown.opened.__contains__)), len(roots))


def _cut(rows: Sequence[Any], limit: int, stays: Callable[[Any], bool]) -> Iterable[Any]:
    return [r for i, r in enumerate(rows) if i < limit or stays(r)] if limit else rows
