"""The statute registry: which laws there are, by which names they are cited, which edition was in force, what an
article is called in seven languages.

Ids: ``kz/criminal-code-2014`` (an edition), ``kz/criminal-code`` (its family: the law is certain, the edition not),
``kz/criminal-code-2014/art-274/part-2/point-3``, ``kz/criminal-code-2014/general`` (named without an article),
``unresolved/art-174``.  The data is ``analysis/data/statutes``; its format is told in ``analysis.statute_data``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any

from analysis import statute_labels as labels
from analysis.errors import StatuteNotFound
from analysis.statute_data import load
from analysis.statute_ids import UNRESOLVED, ArticleId, akoma_ntoso, article_id, split_id
from analysis.statute_records import (
    Article,
    Example,
    Family,
    NameForm,
    Other,
    Records,
    Statute,
    article_key,
    period,
)

__all__ = [
    "Article",
    "ArticleId",
    "Example",
    "Family",
    "NameForm",
    "Other",
    "Registry",
    "Statute",
    "article_id",
    "article_key",
    "registry",
    "split_id",
]


@cache
def registry() -> Registry:
    """The registry of this program, read once.  Raises DataError where the data is wrong."""
    return Registry(load())


class Registry:
    """All statutes; every method is a look-up, nothing is guessed."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._families = records.families
        self._statutes = {s.id: s for f in records.families.values() for s in f.editions}

    def get(self, statute: str) -> Statute:
        """One edition.  Raises StatuteNotFound."""
        try:
            return self._statutes[statute]
        except KeyError:
            raise StatuteNotFound(f"no statute {statute!r}: see `izde statutes` for the list") from None

    def all(self) -> tuple[Statute, ...]:
        """Every edition, in the order of the files."""
        return tuple(self._statutes.values())

    def by_country(self, country: str) -> tuple[Statute, ...]:
        """Every edition of one country; none for a country we have no laws of."""
        return tuple(s for s in self._statutes.values() if s.country == country)

    def families(self) -> tuple[Family, ...]:
        """Every family, in the order of the files."""
        return tuple(self._families.values())

    def family(self, statute: str) -> Family:
        """The family of an id of a family or of an edition.  Raises StatuteNotFound."""
        if statute in self._families:
            return self._families[statute]
        return self._families[self.get(statute).edition_family]

    @property
    def others(self) -> Mapping[str, Other]:
        """Foreign codes and soft law, by id: recognised, never an article of ours."""
        return self._records.others

    @property
    def law_words(self) -> Mapping[str, tuple[str, ...]]:
        """Language -> patterns (``закон*``) of the word that stands next to a title form."""
        return self._records.law_words

    @property
    def examples(self) -> tuple[Example, ...]:
        """The example sentences of the data files."""
        return self._records.examples

    @cached_property
    def name_forms(self) -> tuple[NameForm, ...]:
        """Every name form of every family and of ``others``; country words of foreign countries are not among them."""
        owners: list[Family | Other] = [*self._families.values(), *self.others.values()]
        return tuple(form for owner in owners for form in owner.names)

    @cached_property
    def by_number(self) -> Mapping[str, str]:
        """Law number (``226-V``, ``63-ФЗ``) -> statute id.  A bare number (``72``) names no law without its date."""
        return {n: statute.id for statute in self._statutes.values() for n in statute.numbers if not n.isdecimal()}

    def with_article(self, number: str, country: str = "") -> tuple[Statute, ...]:
        """The editions that can have an article of this number, newest first within a family."""
        homes = self.by_country(country) if country else self.all()
        return tuple(s for s in reversed(homes) if self.admits(s.id, number))

    def admits(self, statute: str, number: str) -> bool:
        """Can this edition have an article of this number?  Yes where its highest number is not known.

        An inserted number that is not known (``130-7``) is judged by its base: not all inserted articles are known.
        """
        edition = self.get(statute)
        return edition.max_article is None or 1 <= article_key(number)[0][0] <= edition.max_article

    def edition(self, statute: str, date: str) -> Statute | None:
        """The edition of a family that was surely in force during all of ``date`` (a day, a month or a year).

        None where none was, where the date is "" or contains a change-over, and where the dates known are too
        coarse to tell.  A law that ever had one edition only is that edition when the date is "".
        The Kazakh code adopted in 2014 took force in 2015: ``"2014"`` gives the code of 1997.
        """
        editions = self.family(statute).editions
        if not date or not editions[0].year:
            return editions[0] if len(editions) == 1 else None
        first, last = period(date)
        sure = (
            s
            for s in editions
            if s.valid_from and period(s.valid_from)[1] <= first and (not s.valid_to or last <= period(s.valid_to)[0])
        )
        return next(sure, None)

    def possible_editions(self, statute: str, date: str = "") -> tuple[Statute, ...]:
        """The editions of a family that may have been in force on some day of ``date``, oldest first."""
        first, last = period(date)
        return tuple(
            s
            for s in self.family(statute).editions
            if not s.year
            or (max(period(s.valid_from or s.year)[0], period(s.adopted)[0]) <= last and first <= period(s.valid_to)[1])
        )

    def newest(self, statute: str) -> Statute:
        """The last edition of a family."""
        return self.family(statute).editions[-1]

    def successors(self, article: str) -> tuple[str, ...]:
        """Ids of the articles that took over from this one, nearest first; a part or a point counts as its article."""
        return self._chain(article, "now")

    def predecessors(self, article: str) -> tuple[str, ...]:
        """Ids of the articles this one took over from, nearest first; a part or a point counts as its article."""
        return self._chain(article, "formerly")

    def link_mark(self, one: str, other: str) -> str:
        """How far a succession between two articles was checked: the weaker of their two marks."""
        found = self.find_article(one), self.find_article(other)
        return max((a.mark if a else "U" for a in found), key="VPU".index)

    def find_article(self, article: str) -> Article | None:
        """What is known of the article of an id, None if nothing."""
        ref = split_id(article)
        statute = self._statutes.get(ref.statute)
        return statute.articles.get(ref.article) if statute else None

    def shown_subject(self, statute: str, article: str, lang: str) -> str | None:
        """The subject of an article in a language, else in English; None where it was not verified."""
        found = self.get(statute).articles.get(article)
        if found is None or found.mark != "V":
            return None
        return found.subject.get(lang) or found.subject["en"]

    @property
    def labels(self) -> Mapping[str, Any]:
        """The words labels are made of, by language."""
        return self._records.labels

    def statute_label(self, statute: str, lang: str, form: str = "short") -> str:
        """What an edition, a family, a foreign code or a soft law is called.

        ``form``: "short" («УК РК (2014)»), "title" («Уголовный кодекс РК (2014)»), or "long" (the official name of
        the country, the date of adoption and the number).  Raises StatuteNotFound.
        """
        if statute in self.others:
            titles = self.others[statute].titles
            return titles[labels.source_language(titles, lang)]
        return labels.statute_label(self.labels, self._statutes.get(statute) or self.family(statute), lang, form)

    def article_label(self, article: str, lang: str, form: str = "short") -> str:
        """What an id of any level is called: "Article 174, Criminal Code of Kazakhstan (2014)".

        Raises StatuteNotFound for a law that is not in the registry or an id that cannot be read.
        """
        ref = split_id(article)
        if ref.statute in self.others:
            return self.statute_label(ref.statute, lang)
        law = self._statutes.get(ref.statute) or (None if ref.statute == UNRESOLVED else self.family(ref.statute))
        return labels.article_label(self.labels, ref, law, lang, form)

    def akoma_ntoso(self, article: str) -> str:
        """The id as an Akoma Ntoso reference (see ``statute_ids.akoma_ntoso``), "" where the edition is not known."""
        ref = split_id(article)
        statute = self._statutes.get(ref.statute)
        return akoma_ntoso(statute, ref) if statute else ""

    def _chain(self, article: str, link: str) -> tuple[str, ...]:
        seen: dict[str, None] = {}
        queue = [article]
        for id_ in queue:
            found = self.find_article(id_)
            steps: tuple[str, ...] = getattr(found, link) if found else ()
            queue += [step for step in steps if step not in seen]
            seen |= dict.fromkeys(steps)
        return tuple(seen)
