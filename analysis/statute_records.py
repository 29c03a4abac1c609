"""The records of the statute registry: families of laws, their editions, articles and name forms."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

LANGUAGES = ("en", "ru", "kk", "ky", "uz", "tg", "tk")
KINDS = (
    "constitution",
    "criminal",
    "criminal-procedure",
    "civil",
    "civil-procedure",
    "administrative",
    "media",
    "information",
    "ngo",
    "assembly",
    "extremism",
    "data",
    "security",
    "other",
    "treaty",
)
MARKS = ("V", "P", "U")
"""How far a fact was checked: V seen in a source, P the act seen but not the number or day, U unconfirmed."""

Texts = Mapping[str, str]
"""Language -> text."""


class NameForm(NamedTuple):
    """One way a law is cited: ``tokens`` in order, each a folded word or ``stem*`` (abbreviations in exact case).

    ``owner`` is the id of a family, or of an ``Other``; ``editions`` are the ids it can denote, oldest first.
    """

    owner: str
    lang: str
    tokens: tuple[str, ...]
    kind: str  # "name" | "title" | "abbreviation"
    ambiguous: bool = False
    editions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article whose subject is known.  ``subject`` may be shown to a user only where ``mark`` is V.

    ``words``: language -> token sequences that name the subject in a text.  ``parts``: how many, 0 unknown.
    ``formerly``/``now``: article ids of the nearest predecessors and successors.
    """

    number: str
    mark: str
    subject: Texts
    words: Mapping[str, tuple[tuple[str, ...], ...]]
    parts: int = 0
    valid_from: str = ""
    valid_to: str = ""
    note: str = ""
    formerly: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statute:
    """One edition of a law.  Dates are ISO 8601, as precise as known; "" is unknown, for ``valid_to`` also "in force".

    ``titles`` and ``abbreviations`` hold ``{of}`` where the country stands; ``subdivision`` is what the level
    below an article is called ("part" or "paragraph"); ``emanator`` is the country of an Akoma Ntoso reference.
    """

    id: str
    edition_family: str
    country: str
    kind: str
    mark: str
    titles: Texts
    abbreviations: Texts
    names: tuple[NameForm, ...]
    valid_from: str = ""
    valid_to: str = ""
    adopted: str = ""
    numbers: tuple[str, ...] = ()
    predecessor: str = ""
    successor: str = ""
    max_article: int | None = None
    inserted_articles: tuple[str, ...] = ()
    articles: Mapping[str, Article] = field(default_factory=dict)
    subdivision: str = "part"
    emanator: str = ""
    note: str = ""

    @property
    def year(self) -> str:
        """The year of adoption that the id carries, "" for a treaty."""
        return self.id.removeprefix(self.edition_family).removeprefix("-")


@dataclass(frozen=True, slots=True)
class Family:
    """A law under one name, with its editions, oldest first."""

    id: str
    country: str
    kind: str
    titles: Texts
    abbreviations: Texts
    names: tuple[NameForm, ...]
    editions: tuple[Statute, ...]
    subdivision: str = "part"


@dataclass(frozen=True, slots=True)
class Other:
    """Recognised and dropped: the law of another country (``kind`` "foreign"), or soft law (``kind`` "soft").

    ``names`` stand by themselves (``КУпАП``); ``country_words`` make any code name foreign (``УК Беларуси``).
    """

    id: str
    kind: str
    titles: Texts
    names: tuple[NameForm, ...]
    country_words: tuple[NameForm, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and the id its citation gives, with the document's date and country where they are needed.

    ``gives`` is "" where the sentence names no statute, ``other/…`` or the id of a soft law where that is named.
    """

    text: str
    gives: str
    date: str = ""
    country: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Records:
    """Everything the files say."""

    families: Mapping[str, Family]
    others: Mapping[str, Other]
    law_words: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, Any]
    examples: tuple[Example, ...]


@lru_cache(maxsize=4096)
def period(date: str) -> tuple[str, str]:
    """First and last day of a date that may be partial; "" is all of time.  Raises ValueError for another text."""
    if not date:
        return "0000-00-00", "9999-99-99"
    parts = date.split("-")
    first = datetime.date.fromisoformat("-".join([*parts, "01", "01"][:3] if len(parts) < 3 else parts))
    if len(parts) == 1:
        return first.isoformat(), f"{date}-12-31"
    if len(parts) == 2:
        return first.isoformat(), f"{date}-{calendar.monthrange(first.year, first.month)[1]}"
    return date, date


def article_key(number: str) -> tuple[tuple[int, str], ...]:
    """Natural order of article numbers: 9, 10, 73-3, 130, 130-1, 207.3."""
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in number.replace(".", "-").split("-"))
