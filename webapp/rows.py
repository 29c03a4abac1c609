"""Panels become rows of boxes to tick."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from schema import Facet
from search.results import FacetValue, Panel
from webapp.links import Onward
from webapp.messages import Messages
from webapp.statutes import level_of, subject_of

CHILDREN = 5
"""Articles of one statute asked for beside the answers, those with most documents; the facet page has all."""


class Row(NamedTuple):
    """One box; the template knows what it says (``said``).

    ``fold``: the words behind which the children are folded, "" where they stand open below the row; ``more``: address
    and words of the page that has all of them, where some are not shown.
    """

    value: str
    label: str
    number: str
    checked: bool
    partly: bool
    children: tuple[Row, ...] = ()
    fold: str = ""
    more: tuple[str, str] | None = None


def column(panel: Panel, facet: Facet, t: Messages, onward: Onward) -> tuple[list[Row], tuple[str, str] | None]:
    """The rows of a facet beside the answers, the first ones and those that are chosen, and the way to all of them.

    The years are no boxes: ``panels.years_of`` has them.
    """
    if facet.order == "value":
        return [], None
    tree = facet.order == "tree"
    make = _folded if tree else _plain
    values = _first(panel.values, facet.shown)
    size = max(panel.size, len(panel.values))
    rows = [make(facet.name, v, t, onward) for v in values]
    if size <= facet.shown:
        return rows, None
    words = t("facet.all_statutes", count=size) if tree else t("facet.all", count=size)
    return rows, (onward.facet(facet.name), words)


def whole(facet: str, values: Iterable[FacetValue], t: Messages) -> tuple[Row, ...]:
    """All rows of a facet, those of a tree below one another."""
    return tuple(_row(v, t, whole(facet, v.children, t)) for v in values)


def _plain(facet: str, value: FacetValue, t: Messages, onward: Onward) -> Row:
    return _row(value, t)


def _folded(facet: str, value: FacetValue, t: Messages, onward: Onward) -> Row:
    """A statute with its articles behind a fold; what is below an article is shown where it is chosen."""
    if not value.children:
        return _row(value, t)
    below = tuple(
        _row(child, t, whole(facet, child.children, t) if child.selected or child.partly else ())
        for child in value.children
    )
    width = max(value.width, len(value.children))
    more = (onward.facet(facet, value.value), t("facet.all", count=width)) if width > len(below) else None
    return _row(value, t, below, t("facet.articles", count=width), more)


def _row(
    value: FacetValue,
    t: Messages,
    children: tuple[Row, ...] = (),
    fold: str = "",
    more: tuple[str, str] | None = None,
) -> Row:
    number = t.number(value.count)
    return Row(value.value, value.label, number, value.selected, value.partly, children, fold, more)


def _first(values: tuple[FacetValue, ...], limit: int) -> Iterable[FacetValue]:
    """The first values, and those further on that are chosen or have something chosen below them."""
    return (*values[:limit], *(v for v in values[limit:] if v.selected or v.partly))


def said(facet: str, value: str, label: str, t: Messages) -> tuple[str, str, str]:
    """Name, subject and title of a row: below its statute an article is called by its number alone.

    The subject is that of an article; the title is the whole label where the name is a short one.
    """
    if facet != "article":
        return label, "", ""
    level, number = level_of(value)
    if level == "statute":
        return label, "", ""
    return t(f"tree.{level}", n=number), subject_of(value, t.lang), label
