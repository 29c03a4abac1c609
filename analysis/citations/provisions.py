"""What a written number means in a law: article, part, point (law-and-names §2.5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from analysis.citations.numbers import Number
from analysis.statutes import Statute, registry

MOST_INSERTED = 20
_LONG = frozenset(("criminal", "criminal-procedure", "civil", "civil-procedure", "administrative"))
_WHOLE = 3  # digits of an article that defines a crime
LONGEST_RANGE = 12
GLUED = "footnote"
"""Flag of a number from which a glued footnote mark was cut off: 222 read as 22."""
HIGHEST = 1600  # no code in the registry has more articles


@dataclass(frozen=True, slots=True)
class Provision:
    """An article, with the part and point that its own number holds ("19(3)(b)")."""

    article: str
    part: str | None = None
    point: str | None = None
    flags: tuple[str, ...] = ()


class _Reading(NamedTuple):
    """A written number as one edition reads it."""

    provisions: tuple[Provision, ...]
    fits: bool
    known: bool


def read(number: Number, edition: Statute | None, many: bool = False) -> tuple[Provision, ...]:
    """The provisions that a number denotes in an edition; none if the edition cannot have such an article.

    ``edition`` None: no law is known, the plainest reading is taken.
    """
    return _reading(number, edition, many).provisions


def fits(number: Number, edition: Statute, many: bool = False) -> bool:
    """Can the edition have this number as it is written, without cutting a footnote mark off?"""
    return _reading(number, edition, many).fits


def knows(number: Number, edition: Statute) -> bool:
    """Does the registry hold this very article of the edition?"""
    return _reading(number, edition, False).known


def _reading(number: Number, edition: Statute | None, many: bool) -> _Reading:
    statute = edition.id if edition else ""
    return _read(number.first, number.rest, number.joint, number.brackets, number.upto, statute, many)


@lru_cache(maxsize=8192)
def _read(
    first: str, rest: tuple[str, ...], joint: str, brackets: tuple[str, ...], upto: str, statute: str, many: bool
) -> _Reading:
    number, edition = Number(first, 0, 0, rest, joint, brackets, upto), registry().get(statute) if statute else None
    inserted = _known(edition)
    read = _inserted_range(number) or _ranges(number, inserted, many)
    if read is None:
        read = [_single(number, edition, inserted)]
    found = tuple(p for p in read if _fits(p, edition, inserted))
    plain = [p.article for p in found if GLUED not in p.flags]
    known = edition is not None and any(article in edition.articles or article in inserted for article in plain)
    return _Reading(found, bool(plain), known)


def below(number: Number) -> list[str]:
    """The parts or points that a number denotes: "2", the inserted "2-1", the range "1–3"."""
    ends = number.upto or (number.rest[0] if len(number.rest) == 1 and number.joint in ("hyphen", "dash") else "")
    if ends and number.first.isdecimal() and 0 < int(ends) - int(number.first) < LONGEST_RANGE:
        return [str(n) for n in range(int(number.first), int(ends) + 1)]
    if number.upto:
        return [number.first, number.upto]
    return [("." if number.joint == "dot" else "-").join((number.first, *number.rest))]


def _known(edition: Statute | None) -> frozenset[str]:
    return frozenset(edition.inserted_articles) if edition else frozenset()


def _inserted_range(number: Number) -> list[Provision]:
    """ "244-5–244-6": both ends, and what lies between them."""
    if number.joint != "hyphen" or len(number.rest) != 3 or number.rest[1] != number.first:
        return []
    low, high = int(number.rest[0]), int(number.rest[2])
    inside = range(low, high + 1) if 0 < high - low < LONGEST_RANGE else ()
    return [Provision(f"{number.first}-{n}", flags=("range",)) for n in inside]


def _raised(first: str, last: str, inserted: frozenset[str]) -> list[Provision]:
    """The inserted articles of "216—2162", which has lost its raised 2."""
    upto = last.removeprefix(first)
    if upto == last or f"{first}-{upto}" not in inserted:
        return []
    return [Provision(f"{first}-{n}", flags=("range",)) for n in range(1, int(upto) + 1)]


def _ranges(number: Number, inserted: frozenset[str], many: bool) -> list[Provision] | None:
    """The articles of "19–22", "174-175", "5 to 10"; None where the number is no range."""
    low, joint = int(number.first) if number.first.isdecimal() else 0, number.joint
    if number.upto:
        high = int(number.upto)
    elif joint in ("hyphen", "dash") and len(number.rest) == 1 and not number.first.startswith("0"):
        high = int(number.rest[0])
        if high <= low or f"{low}-{high}" in inserted:
            return None
        if joint == "hyphen" and not many and high - low > MOST_INSERTED:
            attempt = len(number.first) < _WHOLE <= len(number.rest[0])  # "ст. 24-174": the attempt, and what was tried
            return [Provision(number.first), Provision(number.rest[0])] if attempt else None
    else:
        return None
    if high <= low:
        return None
    if raised := _raised(number.first, str(high), inserted):
        return [Provision(number.first, flags=("range",)), *raised]
    if high - low < LONGEST_RANGE:
        return [Provision(str(n), flags=("range",)) for n in range(low, high + 1)]
    return [Provision(str(n), flags=("range",)) for n in (low, high)]


def _single(number: Number, edition: Statute | None, inserted: frozenset[str]) -> Provision:
    treaty = edition is not None and edition.kind in ("treaty", "constitution")
    russian = edition is not None and edition.country == "ru"
    first, rest = number.first, number.rest
    if not rest:
        return _bracketed(number, edition, inserted)
    numbers = "-".join((first, *rest))
    dotted = ".".join((first, *rest))
    if dotted in inserted or (russian and number.joint in ("dot", "raised", "inserted")):
        found = Provision(dotted)
    elif numbers in inserted:
        found = Provision(numbers)
    elif edition is not None and number.joint == "dot":
        found = Provision(first, rest[0], rest[1] if len(rest) > 1 else None)
    elif treaty and number.joint == "raised":
        found = Provision(first, flags=(GLUED,))
    elif edition is None and number.joint == "dot":
        found = Provision(dotted)
    elif int(rest[0]) > MOST_INSERTED:
        found = Provision(first)
    else:
        found = Provision(numbers)
    return _with_brackets(found, number.brackets)


def _has_lost(first: str, highest: int) -> bool:
    """Has 2443 lost its raised 3?  No criminal code has a thousand articles, and 2022 is a year."""
    return len(first) == 4 and first[-1] != "0" and int(first[:-1]) <= highest and not 1900 <= int(first) < 2100


def _plain_digits(edition: Statute | None) -> int:
    """How many digits the articles of an edition have whose highest is not known: codes are long, laws are short."""
    return 2 if edition and edition.kind not in _LONG else 3


def _with_brackets(found: Provision, brackets: tuple[str, ...]) -> Provision:
    if brackets and found.part is None:
        return replace(found, part=brackets[0], point=brackets[1] if len(brackets) > 1 else None)
    return found


def _bracketed(number: Number, edition: Statute | None, inserted: frozenset[str]) -> Provision:
    """A bare number, perhaps with brackets: an inserted article where the registry has it, else parts."""
    first, brackets = number.first, number.brackets
    for joint in "-.":
        if brackets and f"{first}{joint}{brackets[0]}" in inserted:
            return _with_brackets(Provision(f"{first}{joint}{brackets[0]}"), brackets[1:])
    highest = edition.max_article if edition else None
    if first.isdecimal() and (int(first) > highest if highest is not None else len(first) > _plain_digits(edition)):
        for cut in (1, 2):
            for joint in "-.":
                if f"{first[:-cut]}{joint}{first[-cut:]}" in inserted:
                    return _with_brackets(Provision(f"{first[:-cut]}{joint}{first[-cut:]}"), brackets)
        if edition is not None and edition.kind == "criminal" and _has_lost(first, highest or int(first)):
            joint = "." if edition.country == "ru" else "-"
            return _with_brackets(Provision(f"{first[:-1]}{joint}{first[-1]}"), brackets)
        if edition is not None and edition.kind in ("treaty", "constitution") and len(first) == 3:
            return _with_brackets(Provision(first[:-1], flags=(GLUED,)), brackets)
    return _with_brackets(Provision(first), brackets)


def _fits(found: Provision, edition: Statute | None, inserted: frozenset[str]) -> bool:
    head = found.article.replace(".", "-").split("-")[0]
    if not head.isdecimal() or head.startswith("0"):
        return False
    if edition is None:
        return int(head) <= HIGHEST
    if found.article in inserted or found.article in edition.articles:
        return True
    return int(head) <= (edition.max_article or HIGHEST)
