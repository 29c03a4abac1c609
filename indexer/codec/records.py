"""What is given to the builder and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TypedDict


class Record(TypedDict):
    """One finished document.

    ``passages``: (start, end, lang) spans of ``text`` in characters, rising; the gaps between them have lang "".
    ``facets`` holds the most precise values; ancestors are added here.  ``date``: days since 1970-01-01 or
    ``schema.DATE_UNKNOWN``.  ``card`` is bytes of ``indexer.cards``, ``receipts`` JSON.
    """

    id: str
    text: str
    title: str
    passages: Sequence[tuple[int, int, str]]
    title_lang: str
    facets: Mapping[str, Sequence[str]]
    date: int
    card: bytes
    receipts: bytes


@dataclass(frozen=True, slots=True)
class Analysis:
    """What becomes of words.  Picklable where its functions are.

    ``stems(form, lang)``: terms of the stem layer, such as "kk:бап".  ``name_keys(form)``: keys that lead to the form.
    ``ready``: words are split at white space and taken as they are (benchmarks with ready tokens).
    """

    stems: Callable[[str, str], Sequence[str]] | None = None
    name_keys: Callable[[str], Sequence[str]] | None = None
    ready: bool = False


@dataclass(frozen=True, slots=True)
class SegmentInfo:
    """A finished segment: its name in its folder, documents, and the names of its files."""

    name: str
    docs: int
    files: tuple[str, ...]


def with_ancestors(values: Iterable[str]) -> list[str]:
    """Values of a tree facet with every prefix of two levels (the statute) or more; ``unresolved`` counts as one."""
    return list(dict.fromkeys(chain.from_iterable(map(lineage, values))))


@lru_cache(1 << 16)
def lineage(value: str) -> tuple[str, ...]:
    """A value of a tree facet behind its ancestors."""
    levels = value.split("/")
    depths = range(1 if levels[0] == "unresolved" else 2, len(levels))
    return (*("/".join(levels[:depth]) for depth in depths), value)
