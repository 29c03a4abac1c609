"""Which edition of a law is meant: by its number, by a year or word beside it, by the date, never silently (§1.1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from analysis.citations.numbers import Number
from analysis.citations.provisions import fits, knows, read
from analysis.citations.setting import speaks_of
from analysis.statutes import Statute, registry

ASSUMED = "edition-assumed"
SPOKEN = "edition-by-subject"
"""Flag of an edition that only the words for the subject of the article tell."""


class Evidence(NamedTuple):
    """What is known at one place: date of the document, years of the sentence (the one that counts first), year and age
    beside the name, words.
    """

    date: str = ""
    years: Sequence[str] = ()
    year: str = ""
    age: str = ""
    words: Callable[[], str] = str
    settled: Statute | None = None  # the edition of this very article elsewhere in the text


class Choice(NamedTuple):
    """An edition, or a family where it cannot be told (``edition`` None), with the flags that temper it."""

    statute: str
    edition: Statute | None
    flags: tuple[str, ...] = ()


def choose(editions: Sequence[Statute], number: Number | None, many: bool, evidence: Evidence) -> Choice | None:
    """One of ``editions`` (one family, oldest first); None if none of them can have this number."""
    plain = [e for e in editions if number is None or fits(number, e, many)]
    able = plain or [e for e in editions if number is not None and read(number, e, many)]
    if not able:
        return None
    if evidence.age == "draft":
        return Choice(able[-1].id, able[-1], ("draft",))
    inserted = number is not None and bool(number.rest or number.brackets or len(number.first) > 3)
    knowing = [e for e in able if number is not None and inserted and knows(number, e)]
    if len(able) == 1 or len(knowing) == 1:
        only = (knowing or able)[0]
        return Choice(only.id, only)
    found = _by_year(able, evidence.year)
    if found:
        return Choice(found.id, found)
    if choice := _by_date(able, number, evidence):
        return choice
    if evidence.date:
        return _among_possible(able, number, evidence)
    return _assumed(able, number, evidence)


def _by_year(able: Sequence[Statute], year: str) -> Statute | None:
    """ "Criminal Code of 1997", "УК 2015 года"."""
    if not year:
        return None
    exact = [e for e in able if year in (e.year, e.adopted[:4], e.valid_from[:4])]
    return exact[0] if len(exact) == 1 else _in_force(able, year)


def _in_force(able: Sequence[Statute], date: str) -> Statute | None:
    """The edition surely in force, or the only one that can have been."""
    found = _of_date(able[0].edition_family, date)
    return found if found in able else None


@lru_cache(maxsize=4096)
def _of_date(family: str, date: str) -> Statute | None:
    found = registry().edition(family, date)
    if found is None:
        possible = registry().possible_editions(family, date)
        found = possible[0] if len(possible) == 1 else None
    return found


def _by_date(able: Sequence[Statute], number: Number | None, evidence: Evidence) -> Choice | None:
    """The edition of the date; the subject told may correct it."""
    found = _dated(able, evidence)
    if found is None or number is None or evidence.age or knows(number, found):
        return Choice(found.id, found) if found else None
    spoken = _spoken_of(able, number, evidence.words)
    if len(spoken) == 1 and (able.index(spoken[0]) < able.index(found) or is_adopted(spoken[0], evidence.date)):
        return Choice(spoken[0].id, spoken[0], () if spoken[0] is found else (SPOKEN,))
    meant = evidence.settled if evidence.settled and evidence.settled in able else found
    return Choice(meant.id, meant)


def _dated(able: Sequence[Statute], evidence: Evidence) -> Statute | None:
    """The edition of the event, if the sentence dates it, else of the document."""
    past = [year for year in evidence.years if not evidence.date or year <= evidence.date[:4]]
    found = _in_force(able, past[0]) if past else None
    found = found or (_in_force(able, evidence.date) if evidence.date else None)
    if evidence.age == "current":
        return _in_force(able, evidence.date) if evidence.date else None
    if evidence.age == "old":
        now = (_in_force(able, evidence.date) if evidence.date else None) or found or able[-1]
        return able[max(0, able.index(now) - 1)]
    if evidence.age == "new":
        return next((e for e in reversed(able) if is_adopted(e, evidence.date)), found) if evidence.date else None
    return found


def is_adopted(edition: Statute, date: str) -> bool:
    """Was an edition adopted by a date?"""
    return (edition.adopted or edition.valid_from or edition.year)[: len(date)] <= date


def _spoken_of(able: Sequence[Statute], number: Number, words: Callable[[], str]) -> list[Statute]:
    articles = ((e, [p.article for p in read(number, e) if p.article in e.articles]) for e in able)
    return [e for e, known in articles if any(speaks_of(e, article, words()) for article in known)]


def _among_possible(able: Sequence[Statute], number: Number | None, evidence: Evidence) -> Choice:
    """The date contains a change-over: the subject decides, else the family is all that is known."""
    family = able[0].edition_family
    possible = [e for e in registry().possible_editions(family, evidence.date) if e in able] or list(able)
    if len(possible) == 1:
        return Choice(possible[0].id, possible[0])
    spoken = _spoken_of(possible, number, evidence.words) if number is not None else []
    if len(spoken) == 1:
        return Choice(spoken[0].id, spoken[0], (SPOKEN,))
    if evidence.settled and evidence.settled in possible:
        return Choice(evidence.settled.id, evidence.settled, (ASSUMED,))
    return Choice(family, None)


def _assumed(able: Sequence[Statute], number: Number | None, evidence: Evidence) -> Choice:
    """No date: subject, a number known in one edition only, else the newest with verified numbers; always flagged."""
    if number is not None:
        spoken = _spoken_of(able, number, evidence.words)
        known = [e for e in able if knows(number, e)]
        for decided in (spoken, known):
            if len(decided) == 1:
                return Choice(decided[0].id, decided[0], (SPOKEN,) if decided is spoken else (ASSUMED,))
    if evidence.age in ("new", "current"):
        return Choice(able[-1].id, able[-1])
    if evidence.settled and evidence.settled in able:
        return Choice(evidence.settled.id, evidence.settled, (ASSUMED,))
    verified = [e for e in able if any(a.mark == "V" for a in e.articles.values())] or able
    return Choice(verified[-1].id, verified[-1], (ASSUMED,))
