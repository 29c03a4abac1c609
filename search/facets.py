"""Counts become panels: rows with labels, in the facet's own order, articles as a tree.  Knows no request format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from schema import FACETS, UNRESOLVED, Facet
from search.results import FacetValue, Panel

Count = tuple[str, int]
Label = Callable[[str, str], str]
"""(facet name, value) -> label in the reader's language."""

SortKey = Callable[[str], Any]
"""Article id -> key that puts 9 before 10 and 130 before 130-1."""


def panels(
    counts: dict[str, Sequence[Count]],
    selected: dict[str, tuple[str, ...]],
    label: Label,
    article_key: SortKey,
    limit: int = 0,
) -> tuple[Panel, ...]:
    """A panel for every facet that was counted.  A selected value without documents stays, with 0.

    ``limit``: rows shown of a facet, and statutes of the tree, at the most (0: all); selected rows always stay.
    """
    out = []
    for facet in FACETS:
        if facet.name not in counts:
            continue
        chosen = selected.get(facet.name, ())
        table = {value: n for value, n in counts[facet.name] if n or value in chosen}
        table.update({v: 0 for v in chosen if v not in table and _is_value(facet, v)})
        rows = _tree(facet, table, chosen, label, article_key, limit) if facet.order == "tree" else None
        out.append(Panel(facet.name, tuple(rows if rows is not None else _flat(facet, table, chosen, label, limit))))
    return tuple(out)


def _is_value(facet: Facet, value: str) -> bool:
    return not (facet.name == "year" and ".." in value)


def _flat(facet: Facet, table: dict[str, int], chosen: Sequence[str], label: Label, limit: int) -> Iterable[FacetValue]:
    rows = [FacetValue(v, label(facet.name, v), n, v in chosen) for v, n in table.items()]
    by_value = facet.order == "value"
    rows.sort(key=(lambda r: r.value) if by_value else (lambda r: (-r.count, r.label)))
    if not limit or by_value:
        return rows
    return [r for i, r in enumerate(rows) if i < limit or r.selected]


def _tree(
    facet: Facet, table: dict[str, int], chosen: Sequence[str], label: Label, key: SortKey, limit: int
) -> list[FacetValue]:
    """Values are paths: a statute is two levels (``kz/criminal-code-2014``), ``unresolved`` one."""
    children: dict[str, list[str]] = {}
    for value in table:
        parent = value.rpartition("/")[0]
        top = not parent or ("/" not in parent and parent != UNRESOLVED)
        children.setdefault("" if top else parent, []).append(value)
    roots = sorted(children.get("", []), key=lambda v: (v == UNRESOLVED, -table[v], v))
    if limit:
        roots = [v for i, v in enumerate(roots) if i < limit or any(c.startswith(v) for c in chosen)]

    def row(value: str) -> FacetValue:
        below = tuple(row(v) for v in sorted(children.get(value, ()), key=key))
        partly = any(b.selected or b.partly for b in below)
        return FacetValue(value, label(facet.name, value), table[value], value in chosen, below, partly)

    return [row(v) for v in roots]
