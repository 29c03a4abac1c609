"""Finding a value in a long facet: by its name in any language of the interface, in any script, or by its id."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import icu

from search.labels import label
from search.results import FacetValue
from webapp.messages import LANGUAGES
from webapp.statutes import label_of

PLAIN = "Any-Latin; NFD; [:Nonspacing Mark:] Remove; [:Punctuation:] Remove; Lower"
_local = threading.local()


def found(facet: str, values: tuple[FacetValue, ...], find: str) -> tuple[FacetValue, ...]:
    """The values that hold the text, those above and below them included; all for an empty text."""
    needle = plain(find)
    if not needle:
        return values
    kept = []
    for value in values:
        if any(needle in plain(name) for name in names(facet, value)):
            kept.append(value)
        elif below := found(facet, value.children, find):
            kept.append(replace(value, children=below))
    return tuple(kept)


def names(facet: str, value: FacetValue) -> set[str]:
    """What a value is called: its id, its label, its labels in every language; a statute also by its title."""
    titles = (label_of(value.value, lang) for lang in LANGUAGES) if facet == "article" else ()
    return {value.value, value.label, *(label(facet, value.value, lang) for lang in LANGUAGES), *titles}


def values_in(values: tuple[FacetValue, ...]) -> Iterator[str]:
    """All values of a tree, parents first."""
    for value in values:
        yield value.value
        yield from values_in(value.children)


def plain(text: str) -> str:
    """A text in lower-case Latin letters without accents and punctuation."""
    if not hasattr(_local, "transliterator"):
        _local.transliterator = icu.Transliterator.createInstance(PLAIN)
    return str(_local.transliterator.transliterate(text)).strip()
