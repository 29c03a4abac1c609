"""Numbers that have no level word beside them, only the name of a law."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from analysis.citations.lexer import DASHES, MARK, NUMBER, WORD, Tokens
from analysis.citations.names import Name
from analysis.citations.numbers import is_year, read_number
from analysis.citations.units import Unit, read_list
from analysis.citations.words import SUFFIXING

_CODE_ABBREVIATIONS = ("ru", "kk")  # languages in which they mean next to nothing else
_PREPOSITIONS = frozenset(("по", "на", "с", "со", "под"))
_CASE = 15  # tokens around a number without a level word in which a case must be told


def bare_units(tokens: Tokens, units: Sequence[Unit], names: Sequence[Name]) -> Iterator[Unit]:
    """ "По 174 УК РК", "ҚК 174 және 405", "три статьи УК КР: 278 и 330", «статья Уголовного кодекса 174»."""
    taken = {at for unit in units for at in range(unit.first, unit.last)}
    for name in names:
        for unit in (_before(tokens, name), _after_article(tokens, name) or _after(tokens, name)):
            if unit and taken.isdisjoint(range(unit.first, unit.last)):
                yield unit
                taken |= set(range(unit.first, unit.last))
    named = {name.first for name in names}
    for at in range(1, len(tokens)):
        if tokens.items[at].kind == NUMBER and at not in taken and tokens.items[at - 1].word.form in _PREPOSITIONS:
            unit = _understood(tokens, at, named)
            if unit and taken.isdisjoint(range(unit.first, unit.last)):
                yield unit


def _understood(tokens: Tokens, at: int, named: Collection[int]) -> Unit | None:
    """ "Статья" left out, where a case is told: «судили по 274-й», «переквалифицировали на 330-ю», «по 207.3»."""
    number, items, sentence = read_number(tokens, at), tokens.items, tokens.sentence
    if number is None or not (number.rest or (number.ordinal and len(number.first) == 3)):
        return None
    after = number.stop
    if after < len(items) and items[after].kind == WORD and after not in named and not items[after].word.joins:
        return None
    near = range(max(0, at - _CASE), min(len(items), at + _CASE))
    signs = {cue for i in near if sentence[i] == sentence[at] for cue in items[i].word.cues}
    return Unit("article", (number,), at, after, None) if signs & {"criminal", "administrative"} else None


def _before(tokens: Tokens, name: Name) -> Unit | None:
    """A number before the abbreviation of a code: "по 174 УК", "330 КЖК"."""
    at = name.first - 1
    if name.kind != "abbreviation" or at < 0 or not (name.lang == "ru" or (_is_code(name) and name.lang in SUFFIXING)):
        return None
    first = at
    while first > 0 and tokens.joined(first) and tokens.items[first - 1].kind in (NUMBER, MARK) and at - first < 4:
        first -= 1
    numbers = (read_number(tokens, here) for here in range(first, at + 1))
    number = next((n for n in numbers if n and n.stop == name.first), None)
    if number is None or len(number.first) < (2 if name.lang == "ru" else 3) or is_year(number):
        return None
    return Unit("article", (number,), number.start, number.stop, None)


def _after(tokens: Tokens, name: Name) -> Unit | None:
    """Numbers of three digits behind the abbreviation of a code, before no noun that they could count."""
    if name.kind != "abbreviation" or not _is_code(name):
        return None
    numbers, last = read_list(tokens, name.last, "article")
    if not numbers or any(len(n.first) != 3 or n.ordinal for n in numbers):
        return None
    after = tokens.items[last : last + 1]
    part = after and any(k.level != "article" for k in after[0].word.keywords)
    counts = after and after[0].kind == WORD and not part and not after[0].word.joins
    return None if counts else Unit("article", tuple(numbers), name.last, last, None)


def _is_code(name: Name) -> bool:
    """An abbreviation that can hardly mean anything else: КЖК, but not ЖК, a parliament in Kyrgyz."""
    return name.lang in _CODE_ABBREVIATIONS or not name.ambiguous


def _after_article(tokens: Tokens, name: Name) -> Unit | None:
    """Numbers after "articles of the Criminal Code:", or after the name where "article" stands right before it."""
    items, at = tokens.items, name.last
    colon = at < len(items) and (items[at].text == ":" or items[at].text in DASHES)
    before = items[max(0, name.first - (4 if colon else 1)) : name.first]
    if not any(keyword.level == "article" for token in before for keyword in token.word.keywords):
        return None
    numbers, last = read_list(tokens, at + colon, "article")
    if not numbers or is_year(numbers[0]):
        return None
    return Unit("article", tuple(numbers), at + colon, last, None)
