"""The law of a name at its place: which country, which of several laws, which edition (law-and-names §2.6, 1 and 2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from analysis.citations.dating import THIS_YEAR
from analysis.citations.editions import ASSUMED, Choice, Evidence, choose, is_adopted
from analysis.citations.laws import CODES, LANGUAGE_COUNTRY, OTHER, Law, is_foreign, law, laws_of, named_laws
from analysis.citations.lexer import Tokens
from analysis.citations.model import Context
from analysis.citations.named import Name
from analysis.citations.numbers import Number
from analysis.citations.provisions import fits, knows
from analysis.citations.setting import Setting
from analysis.statutes import Statute, registry

CONFIDENCE = {
    "explicit": 1.0,
    "treaty_name": 1.0,
    "abbreviation": 0.95,
    "list": 0.85,
    "anaphora": 0.85,
    "recent": 0.75,
    "subject_words": 0.8,
    "document_default": 0.6,
    "none": 0.4,
}
"""How sure each step is; "recent" (a law named up to three sentences before) is reported as "list"."""

COUNTRY_ASSUMED = "country-assumed"
APPROXIMATE = "name-approximate"
"""Flag of a law that is not called quite as the text has it."""
_EVERYWHERE = CODES | {"constitution"}
"""Kinds of law that every country has."""
_OLDER = 5  # years; the registry may know only when a law came into force
_TEMPERED = {"edition-assumed": 0.8, COUNTRY_ASSUMED: 0.6, APPROXIMATE: 0.8, "footnote": 0.5, "range": 0.95}


class Found(NamedTuple):
    """The law of a reference, the step that found it, and what tempers it.  ``law`` None: foreign or unresolved."""

    law: Law | None
    choice: Choice | None
    step: str
    country: str | None = None
    flags: tuple[str, ...] = ()

    @property
    def statute(self) -> str | None:
        return self.choice.statute if self.choice else None


@cache
def confidence(step: str, flags: tuple[str, ...]) -> float:
    """Between 0 and 1: the step's own, less for every assumption."""
    value = CONFIDENCE[step]
    for flag in flags:
        value *= _TEMPERED.get(flag, 1.0)
    return round(value, 3)


class Naming:
    """Finds the law of names in one text."""

    def __init__(self, tokens: Tokens, setting: Setting, context: Context) -> None:
        self.tokens = tokens
        self.setting = setting
        self.context = context
        self.named: set[str] = set()  # countries of the laws that the text surely names
        self._settled: dict[tuple[str, str, tuple[str, ...]], Statute] = {}
        self._own: Found | None = None

    def belongs_to(self, own: Found) -> None:
        """The text is the text of this law: it means its own edition, and other laws as they stand beside it."""
        self._own = own
        edition = own.choice.edition if own.choice else None
        if edition and self.context.date < edition.valid_from:
            self.context = replace(self.context, date=edition.valid_from)

    def settle(self, found: Found, number: Number) -> None:
        """Remember in which edition the text surely cites this article, if the registry knows it there."""
        edition = found.choice.edition if found.choice else None
        if edition and found.choice and ASSUMED not in found.choice.flags and knows(number, edition):
            self._settled.setdefault((edition.edition_family, number.first, number.rest), edition)

    def by_name(self, name: Name, number: Number | None, at: int, lang: str, many: bool = False) -> Found | None:
        """The law a name denotes beside an article (or alone); None where it cannot have this article."""
        named = named_laws(name, lang)
        if is_foreign(name) or self._is_older(name, named):
            return Found(None, None, "explicit", OTHER)
        laws: Sequence[Law] = named
        if self.context.date or self._year(name):
            laws = [self._known_then(one, name, number, at) for one in laws]
        if not laws:
            return None
        step = _step(name, laws)
        countries = list(self._countries(name, laws, at, lang))
        if number and number.rest and not (name.country or self.setting.countries_near(at)):
            countries = [*self._knowing(laws, number), *countries]
        for country in countries:
            if country == OTHER:
                return Found(None, None, step, OTHER)
            here = [one for one in laws if one.country == country]
            fit = [one for one in here if one.admits(number)] or [one for one in here if one.admits(number, glued=True)]
            if fit:
                found = self.of_law(self._of_kind(fit, number, at), number, many, step, at, name)
                return _tempered(found, named) if found else None
        if counterpart := self._counterpart(laws, number, at):
            return self.of_law(counterpart, number, many, step, at, name)
        knowing = [one for one in laws if number is not None and not name.approximate and one.knows(number)]
        if len({one.country for one in knowing}) == 1:
            return self.of_law(knowing[0], number, many, step, at, name, (COUNTRY_ASSUMED,))
        return None

    def _is_older(self, name: Name, named: Sequence[Law]) -> bool:
        """Does the year beside a name tell of a law before all editions listed: the code of 1961?"""
        year = self._year(name)
        return bool(year and named) and all(int(year) + _OLDER <= _first_year(one.family) for one in named)

    def _known_then(self, one: Law, name: Name, number: Number | None, at: int) -> Law:
        """The whole family of a law by whose name a text means none of the future: «Жазык кодекси» before 2017.

        So too where the edition in force at the time has another name, and a year beside the name or the article
        tells it: «Кылмыш-жаза кодексинин 313-беренеси» of 2020.
        """
        date, year, whole = self.context.date, self._year(name), law(one.family)
        if name.age or name.statute or len(one.editions) == len(whole.editions):
            return one
        if not year and not any(is_adopted(edition, date) for edition in one.editions):
            return whole
        then = registry().edition(one.family, year or next(iter(self.setting.years_at(at)), date))
        if then is None or then in one.editions:
            return one
        known = number is not None and knows(number, then) and not one.knows(number)
        plain = number is not None and not one.knows(number) and not self.setting.years_at(at)
        return whole if year or known or plain else one

    def _counterpart(self, laws: Sequence[Law], number: Number | None, at: int) -> Law | None:
        """The code of the country spoken of, by a name that the registry has of another's: "the new Constitution"."""
        kinds = {one.kind for one in laws} & _EVERYWHERE
        countries = (*self.setting.countries_near(at), *self.context.countries)
        every = (one for country in countries for kind in kinds for one in laws_of(country, kind))
        return next((one for one in every if one.admits(number)), None)

    def _knowing(self, laws: Sequence[Law], number: Number) -> list[str]:
        """The one country that knows this inserted article, if the text names it."""
        knowing = {one.country for one in laws if one.knows(number)}
        return list(knowing) if len(knowing) == 1 and self.is_said(*knowing) else []

    def is_said(self, country: str) -> bool:
        """Does the text or its context name the country?"""
        return country in self.context.countries or self.setting.named[country] > 0

    def of_law(
        self,
        law: Law,
        number: Number | None,
        many: bool,
        step: str,
        at: int,
        name: Name | None = None,
        flags: tuple[str, ...] = (),
    ) -> Found | None:
        """A law with the edition that is meant at this place."""
        if name and name.approximate:
            flags = (*flags, APPROXIMATE)
        own = self._own if self._own and self._own.law and self._own.law.family == law.family else None
        edition = own.choice.edition if own and own.choice else None
        if edition and not (name and (name.year or name.age)) and (number is None or fits(number, edition, many)):
            return Found(law, own.choice if own else None, step, law.country, flags)
        choice = choose(law.editions, number, many, self._evidence(at, name, law, number))
        return Found(law, choice, step, law.country, flags) if choice else None

    def is_of(self, name: Name, country: str) -> bool:
        """Does more than the language of the text say that this name is of this country?"""
        if name.country or name.kind == "title" or country in self.named or self.is_said(country):
            return True
        if self._foreign(name) and country == self.language_country(name.lang):
            return True
        return {one.country for one in named_laws(name, "")} == {country}

    def _foreign(self, name: Name) -> bool:
        """Is the name written in a language of its own, not in that of the text: «Жиноят кодекси» in a Russian text?"""
        languages = {form.lang for form in name.forms}
        return bool(self.context.lang) and len(languages) == 1 and self.context.lang[:2] not in languages

    def language_country(self, lang: str) -> str:
        """The country whose law a text in this language speaks of unless it says otherwise; "" for en, ru."""
        return LANGUAGE_COUNTRY.get(lang) or LANGUAGE_COUNTRY.get(self.context.lang[:2], "")

    def _countries(self, name: Name, laws: Sequence[Law], at: int, lang: str) -> Iterator[str]:
        """Countries to try for a name, best evidence first."""
        of_laws = list(dict.fromkeys(one.country for one in laws))
        if name.country:
            yield of_laws[0] if of_laws == ["int"] else name.country
            return
        near, given = self.setting.countries_near(at), list(self.context.countries)
        placed = self.setting.placed(at, at)
        if given and len(of_laws) > 1 and placed and given[0] in near and self.setting.is_first_after(given[0], at):
            near = [placed[1]]  # «в Казахстане … по ст. 130 УК, теперь он в Бишкеке»
            given = [country for country in given if country != placed[1]]
            yield from (country for country in near if country in of_laws)
        if len(of_laws) == 1:
            if not self._is_elsewhere(name, laws[0], near):
                yield of_laws[0]
            return
        if not near and self._foreign(name) and name.lang in LANGUAGE_COUNTRY:
            near = [LANGUAGE_COUNTRY[name.lang]]
        if near and not (given and given[0] in near):
            given = [*given, OTHER] if given and near == [OTHER] else [*near, *given]
        if not given:
            languages = {form.lang for form in name.forms}
            own = languages.pop() if len(languages) == 1 else ""
            given = [self.language_country(lang) or self.setting.main_country or self.language_country(own)]
            if not given[0] and self.setting.named[OTHER]:
                given = [OTHER]  # a text about foreign countries alone
        yield from (country for country in given if country in of_laws or country == OTHER)

    def _is_elsewhere(self, name: Name, law: Law, near: Sequence[str]) -> bool:
        """Is a law of which the registry holds that of one country, by a name not its own, spoken of in another?"""
        if law.country == "int" or self.is_said(law.country):
            return False
        if name.kind == "number" or any(LANGUAGE_COUNTRY.get(form.lang) == law.country for form in name.forms):
            return False
        return bool(near or [c for c in self.context.countries if c != "int"])

    def _of_kind(self, laws: Sequence[Law], number: Number | None, at: int) -> Law:
        """Of laws with one abbreviation in one country, the one the words speak for: CC, ЖК."""
        if len(laws) == 1:
            return laws[0]
        cues = self.setting.cues(self.tokens.sentence[at])

        def spoken(one: Law) -> tuple[bool, bool, bool]:
            known = number is not None and one.knows(number)
            return known, one.kind.removesuffix("-procedure") in cues, one.kind == "criminal"

        return max(laws, key=spoken)

    def _year(self, name: Name) -> str:
        return self.context.date[:4] if name.year == THIS_YEAR else name.year

    def _evidence(self, at: int, name: Name | None, law: Law, number: Number | None) -> Evidence:
        return Evidence(
            date=self.context.date,
            years=self.setting.years_at(at),
            year=self._year(name) if name else "",
            age=name.age if name else "",
            words=lambda: self.setting.near(at, at + 1),
            settled=self._settled.get((law.family, number.first, number.rest)) if number else None,
        )


@cache
def _first_year(family: str) -> int:
    """The first year that the registry has of a law; 0 of a treaty, and where it has none."""
    first, country = law(family).editions[0], law(family).country
    years = [int(year[:4]) for year in (first.year, first.adopted, first.valid_from) if year]
    return min(years, default=0) if country != "int" else 0


def _tempered(found: Found, named: Sequence[Law]) -> Found:
    """A law of which an edition is taken that is not called so: flagged as assumed."""
    edition = found.choice.edition if found.choice else None
    if edition is None or any(edition is one for law in named for one in law.editions):
        return found
    return found._replace(flags=(*found.flags, ASSUMED))


def _step(name: Name, laws: Sequence[Law]) -> str:
    if laws[0].country == "int":
        return "treaty_name"
    return "abbreviation" if name.kind == "abbreviation" else "explicit"
