"""Citations of law articles: found, read and resolved, each with the step that decided (law-and-names §2).

``find_citations`` and ``find_mentions`` read a text, ``find_all`` both in one pass, ``read_query`` and ``read_laws`` a
short query.  Work is linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from analysis.citations.bare import bare_units
from analysis.citations.chains import find_refs
from analysis.citations.gazettes import gazette_items
from analysis.citations.lexer import Tokens
from analysis.citations.lexicon import lexicon
from analysis.citations.model import Citation, Context, Mention
from analysis.citations.names import Names
from analysis.citations.query import read_laws, read_query
from analysis.citations.resolution import Resolver
from analysis.citations.units import Unit, find_units

__all__ = ["Citation", "Context", "Mention", "find_all", "find_citations", "find_mentions", "read_laws", "read_query"]

_UNKNOWN = Context()


def find_citations(text: str, context: Context = _UNKNOWN) -> list[Citation]:
    """The cited provisions of a text, in order.  Undated text gives the newest edition, flagged ``edition-assumed``."""
    return find_all(text, context)[0]


def find_mentions(text: str, context: Context = _UNKNOWN) -> list[Mention]:
    """The laws named in a text, with or without an article, in order."""
    return find_all(text, context)[1]


def find_all(text: str, context: Context = _UNKNOWN) -> tuple[list[Citation], list[Mention]]:
    """Citations and mentions in one pass."""
    tokens = Tokens(text, lexicon().pieces)
    names = Names(tokens)
    units = _outside(gazette_items(tokens), find_units(tokens))
    resolver = Resolver(tokens, names, context)
    resolver.run(find_refs(tokens, [*units, *bare_units(tokens, units, names.found)], names.found))
    return resolver.citations, resolver.mentions


def _outside(places: Container[int], units: Sequence[Unit]) -> Sequence[Unit]:
    return [unit for unit in units if unit.first not in places] if places else units
