"""The names of laws and of countries as tries over words, with the word lists that feed them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from analysis.citations.lexer import Pieces
from analysis.citations.words import DATA, Words, plain, refuse_unknown
from analysis.errors import DataError
from analysis.statute_data import expand
from analysis.statutes import NameForm, registry

COUNTRIES = ("kz", "kg", "uz", "tj", "tm", "ru", "other")
GENERIC = ("code", "law", "covenant", "convention")
"""Names that only point: "the Code", "the Law"."""
BARE_TITLE = "bare-title"
"""The title of a law without its last word: «axborotlashtirish qonuni»; counts right before a law word."""
ABOUT_LAST = frozenset(("туралы", "жөнүндө", "to'g'risida", "тўғрисида", "hakynda", "týraly", "turaly"))
UNLISTED = "unlisted"
"""A law that the registry does not hold: "Labour Code", «Закон «О науке»», «ТК РК»."""
_SAME, _LATIN = "same", "latin"
_LISTS = ("words", "abbreviations", "shortened", "cities")


@dataclass(frozen=True, slots=True)
class Country:
    """End of a path of the country trie; a city speaks for its country but stands beside no law."""

    code: str
    city: bool = False


@dataclass(frozen=True, slots=True)
class Generic:
    """End of a path that is no name but a word for one: one of GENERIC, or UNLISTED."""

    kind: str


Payload = NameForm | Country | Generic


@dataclass(slots=True)
class Node:
    """A place in a trie; edges are patterns of words: ``кодекс*``, ``code``, ``=УК``."""

    next: dict[str, Node] = field(default_factory=dict)
    payloads: tuple[Payload, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists, as they know the pieces of a text, and the two tries."""

    pieces: Pieces
    names: Node
    countries: Node
    law_words: frozenset[str]  # edges from ``names`` to a word for "law"
    code_words: frozenset[str]  # the same for "code"


@cache
def lexicon() -> Lexicon:
    """Built once from the registry and our own data.  Raises DataError where the data is wrong."""
    names, countries, used = Node(), Node(), dict[str, None]()
    for form in registry().name_forms:
        _insert(names, _edges(form), form, used)
        if form.kind == "title" and form.tokens[-1] in ABOUT_LAST and len(form.tokens) > 1:
            _insert(names, _edges(form)[:-1], form._replace(kind=BARE_TITLE), used)
    for kind in (*GENERIC, UNLISTED):
        patterns = _generic()[kind]
        for edges in (edges for pattern in patterns for edges in expand(pattern)):
            _insert(names, edges, Generic(kind), used)
    for code, edges in _country_paths():
        _insert(countries, edges, Country(code), used)
    for code, lists in _countries().items():
        for city in lists.get("cities", ()):
            _insert(countries, (city,), Country(code, city=True), used)
    laws, codes = (
        frozenset(edge for edge, node in names.next.items() if Generic(kind) in node.payloads)
        for kind in ("law", "code")
    )
    return Lexicon(Pieces(Words(used, _generic()[_SAME])), names, countries, laws, codes)


def _edges(form: NameForm) -> tuple[str, ...]:
    if form.kind == "abbreviation":
        return tuple(f"={token}" for token in form.tokens)
    edges = tuple(token.replace("'", "") for token in form.tokens)
    if form.lang == "tg" and not edges[-1].endswith("*"):
        return (*edges[:-1], f"{edges[-1]}*")  # башар, башарро
    return edges


def _insert(root: Node, edges: Sequence[str], payload: Payload, used: dict[str, None]) -> None:
    node = root
    for edge in edges:
        used[edge] = None
        node = node.next.setdefault(edge, Node())
    if payload not in node.payloads:
        node.payloads += (payload,)


def _country_paths() -> Iterator[tuple[str, tuple[str, ...]]]:
    for code, lists in _countries().items():
        for pattern in lists["words"]:
            for edges in expand(pattern):
                yield code, edges
        for abbreviation in lists["abbreviations"]:
            yield code, (f"={abbreviation}",)
    for other in registry().others.values():
        for form in other.country_words:
            yield "other", _edges(form)


def query_country(word: str) -> str:
    """The country that a word cut short stands for in a query ("тадж", "kz"), "" if none."""
    return _shortened().get(plain(word), "")


def in_cyrillic(query: str) -> str:
    """A query with Russian abbreviations in Latin letters ("st 174 uk rk") in Cyrillic, every letter at its place."""
    words = _generic()[_LATIN]
    if not any(word.lower() in words["codes"] for word in query.split()):
        return query
    table = words["codes"] | words["beside"]
    return re.sub(r"[A-Za-z]+", lambda word: table.get(word[0].lower(), word[0]), query)


@cache
def _shortened() -> dict[str, str]:
    table = _countries()
    return {word: code for code, lists in table.items() for word in lists.get("shortened", ())}


@cache
def _countries() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """``countries.toml``, checked down to its last key."""
    table = _table("countries.toml", COUNTRIES)
    for code, lists in table.items():
        refuse_unknown(f"countries.toml: {code}", lists, _LISTS)
        for key, words in lists.items():
            _refuse_other_than_words(f"countries.toml: {code}.{key}", words)
        if missing := [key for key in _LISTS[:2] if key not in lists]:
            raise DataError(f"citations/countries.toml: {code}: {', '.join(missing)} is needed")
    return table


@cache
def _generic() -> Mapping[str, Any]:
    """``generic.toml``, checked: lists of patterns, words that stand for one another, Russian in Latin letters."""
    table = _table("generic.toml", (*GENERIC, UNLISTED, _SAME, _LATIN))
    for key, words in (*((k, table[k]) for k in (*GENERIC, UNLISTED)), *table[_SAME].items()):
        _refuse_other_than_words(f"generic.toml: {key}", words)
    refuse_unknown(f"generic.toml: {_LATIN}", table[_LATIN], ("codes", "beside"))
    for latin, word in (*table[_LATIN]["codes"].items(), *table[_LATIN]["beside"].items()):
        if len(latin) != len(word):
            raise DataError(f"citations/generic.toml: {_LATIN}: {latin} and {word} are not of one length")
    return table


def _table(name: str, allowed: Sequence[str]) -> Mapping[str, Any]:
    with (DATA / name).open("rb") as file:
        table = tomllib.load(file)
    refuse_unknown(name, table, allowed)
    return table


def _refuse_other_than_words(where: str, words: object) -> None:
    if not (isinstance(words, list) and all(isinstance(word, str) and word for word in words)):
        raise DataError(f"citations/{where}: a list of words is needed")
