"""A short query read as a citation: "174", "ст 174 ук рк", "174-бап", "Art. 174 Kazakhstan", "19 ICCPR"."""

from __future__ import annotations

from dataclasses import replace

from analysis.citations.chains import find_refs
from analysis.citations.lexer import NUMBER, Tokens
from analysis.citations.lexicon import in_cyrillic, lexicon, query_country
from analysis.citations.model import Citation, Context, Mention
from analysis.citations.names import Names
from analysis.citations.numbers import Number, read_number
from analysis.citations.resolution import Resolver
from analysis.citations.units import Unit, find_units
from analysis.statutes import registry

_UNKNOWN = Context()
_PASSED = frozenset(",;()-–")
_LONGEST = 400  # characters; a longer text is no query for an article


def read_query(query: str, context: Context = _UNKNOWN) -> list[Citation]:
    """The citations a query is or contains; their spans leave the rest of it as text.

    Law abbreviations may stand in small letters ("ук рк") and countries be cut short ("тадж").  A bare number is an
    article without a law (``statute`` None); numbers between other words are left alone.  Nothing is raised.
    """
    if len(query) > _LONGEST:
        return []
    tokens = Tokens(in_cyrillic(query), lexicon().pieces)
    if not tokens.telling:
        return []
    names = Names(tokens, loose=True)
    units = find_units(tokens)
    bare = _bare(tokens, names, units)
    if not (units or bare) or (not names.found and _is_organisation(tokens, units)):
        return []
    if country := _country(tokens, names):
        context = replace(context, countries=(country,))
    resolver = Resolver(tokens, names, context, query=True)
    resolver.run(find_refs(tokens, [*units, *bare], names.found))
    if not units and not names.found and not country:
        return [replace(c, country=None, statute=None, resolved_by="none", flags=()) for c in resolver.citations]
    return resolver.citations


def read_laws(query: str) -> list[Mention]:
    """The laws a query names where it is nothing else: "УК РК", "ICCPR", "Конституция Кыргызстана".

    Empty where a word is left over or the country of a law is open: those queries are text.  A law with several
    editions is a family id unless the query gives the year.
    """
    if len(query) > _LONGEST:
        return []
    tokens = Tokens(query, lexicon().pieces)
    if not tokens.telling:
        return []
    names = Names(tokens, loose=True)
    named = {at for name in names.found for at in range(name.first, name.last)}
    years = {name.year for name in names.found if name.year}
    if not named or any(at not in named and t.text not in _PASSED | years for at, t in enumerate(tokens.items)):
        return []
    resolver = Resolver(tokens, names, _UNKNOWN, query=True)
    resolver.run([])
    if len(resolver.mentions) < len(names.found):
        return []
    if years:
        return resolver.mentions
    return [replace(mention, statute=registry().family(mention.statute).id) for mention in resolver.mentions]


def _bare(tokens: Tokens, names: Names, units: list[Unit]) -> list[Unit]:
    """Numbers without a level word: beside the name of a law, or with nothing but names and countries around."""
    named = {at for name in names.found for at in range(name.first, name.last)}
    known = named | {at for first, (_, last) in names.countries.items() for at in range(first, last)}
    taken = {at for unit in units for at in range(unit.first, unit.last)}
    numbers, others, at = list[Number](), bool(units), 0
    while at < len(tokens):
        token = tokens.items[at]
        number = read_number(tokens, at) if token.kind == NUMBER and at not in named | taken else None
        numbers += [number] if number else []
        passed = token.text in _PASSED or token.word.joins == "and"
        others = others or not (number or at in known or passed or query_country(token.text))
        at = number.stop if number else at + 1
    beside = [n for n in numbers if n.start - 1 in named or n.stop in named]
    taking = beside if others else numbers
    parts = [n for n, m in zip(taking[1:], taking, strict=False) if named and _is_part(n, m)]  # "iccpr 19 3"
    return [Unit("part" if n in parts else "article", (n,), n.start, n.stop, None) for n in taking]


def _is_part(number: Number, before: Number) -> bool:
    return number.start == before.stop and not number.rest and len(number.first) == 1


def _is_organisation(tokens: Tokens, units: list[Unit]) -> bool:
    """ "ARTICLE 19" in capitals."""
    word = tokens.items[units[0].first].text if len(units) == 1 else ""
    return word == "ARTICLE" and units[0].numbers[0].first == "19"


def _country(tokens: Tokens, names: Names) -> str:
    """A country named in the query, in full or cut short."""
    codes = [code for code, _ in names.countries.values()]
    codes += [code for token in tokens.items if (code := query_country(token.text))]
    return codes[0] if codes and codes[0] != "other" else ""
