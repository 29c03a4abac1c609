"""From a name in a text to the laws it can denote, country by country (law-and-names §2.6, steps 1 and 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from analysis.citations.lexicon import UNLISTED
from analysis.citations.named import Name
from analysis.citations.numbers import Number
from analysis.citations.provisions import fits, knows, read
from analysis.statutes import Family, NameForm, Statute, registry

OTHER = "other"
CODES = frozenset(("criminal", "criminal-procedure", "civil", "civil-procedure", "administrative"))
LANGUAGE_COUNTRY = {"kk": "kz", "ky": "kg", "uz": "uz", "tg": "tj", "tk": "tm"}


@dataclass(frozen=True, slots=True)
class Law:
    """A family, and those of its editions that a name can denote."""

    family: str
    country: str
    kind: str
    editions: tuple[Statute, ...]

    def admits(self, number: Number | None, glued: bool = False) -> bool:
        """Can an edition have this number, if need be (``glued``) with a footnote mark cut off?"""
        return number is None or any(fits(number, e) or (glued and read(number, e)) for e in self.editions)

    def knows(self, number: Number) -> bool:
        return any(knows(number, e) for e in self.editions)


@cache
def law(family: str) -> Law:
    """A family with all its editions."""
    found = registry().family(family)
    return Law(found.id, found.country, found.kind, found.editions)


@cache
def laws_of(country: str, kind: str) -> tuple[Law, ...]:
    """The laws of one kind of a country."""
    return tuple(law(f.id) for f in registry().families() if f.country == country and f.kind == kind)


def named_laws(name: Name, lang: str) -> tuple[Law, ...]:
    """The laws a name can denote, whatever their country; empty for "the Code" and for foreign and soft law.

    An ambiguous abbreviation denotes only what it means in the language of the text: ЖК is no criminal code in
    Russian.  With a country beside the name, laws of that country only, if need be of the same kind.
    """
    return _named(name.statute, name.forms, name.country, lang)


@lru_cache(maxsize=4096)
def _named(statute: str, forms: tuple[NameForm, ...], country: str, lang: str) -> tuple[Law, ...]:
    if statute:
        edition = registry().get(statute)
        return (_law(registry().family(edition.edition_family), (edition.id,)),)
    laws = _laws(_in_language(forms, lang, bool(country)))
    if not country or all(found.country == "int" for found in laws):
        return laws
    here = tuple(found for found in laws if found.country == country)
    kinds = dict.fromkeys(found.kind for found in laws)
    return here or tuple(chain.from_iterable(laws_of(country, kind) for kind in kinds))


def is_missing(name: Name, lang: str, countries: Sequence[str] = ()) -> bool:
    """A law that the registry does not hold: «УПК РФ» where no such code of that country is listed.

    ``countries``: those of the document, of which a single one counts as that of the name.
    """
    if name.kind == UNLISTED:
        return True
    if not name.country and len(countries) == 1:
        name = name._replace(country=countries[0])
    own = _in_language(name.forms, lang, True) or lang == "ru"  # «ЖК РУз», a housing code
    return bool(name.country and own) and not named_laws(name, lang)


@lru_cache(maxsize=4096)
def _in_language(forms: tuple[NameForm, ...], lang: str, country: bool) -> tuple[NameForm, ...]:
    """The forms of listed laws that a text in a language means."""
    listed = tuple(form for form in forms if form.owner not in registry().others)
    if not lang:
        return listed
    same = tuple(form for form in listed if form.lang == lang)
    if same:
        return same
    return listed if country and lang != "ru" else tuple(form for form in listed if not form.ambiguous)


def _laws(forms: Sequence[NameForm]) -> tuple[Law, ...]:
    owners: dict[str, dict[str, None]] = {}
    for form in forms:
        owners.setdefault(form.owner, {}).update(dict.fromkeys(form.editions))
    return tuple(_law(registry().family(owner), editions) for owner, editions in owners.items())


def _law(family: Family, editions: Iterable[str]) -> Law:
    ids = set(editions)
    return Law(
        family.id, family.country, family.kind, tuple(e for e in family.editions if e.id in ids) or family.editions
    )


def is_foreign(name: Name) -> bool:
    """The law of a country the registry does not hold."""
    return name.country == OTHER or not _others("foreign").isdisjoint([form.owner for form in name.forms])


def is_soft(name: Name) -> bool:
    """Soft law: a comment, a resolution, principles; recognised, no law of articles."""
    return not _others("soft").isdisjoint([form.owner for form in name.forms])


@cache
def _others(kind: str) -> frozenset[str]:
    return frozenset(owner for owner, other in registry().others.items() if other.kind == kind)


def knowing(number: Number) -> list[Law]:
    """The laws of which the registry holds this very article."""
    return [law(family) for family in _knowing(number._replace(start=0, stop=0))]


@lru_cache(maxsize=4096)
def _knowing(number: Number) -> tuple[str, ...]:
    return tuple(family.id for family in registry().families() if law(family.id).knows(number))


def belongs_elsewhere(one: Law, number: Number, is_said: Callable[[str], bool]) -> bool:
    """Is an inserted number known in another law of a country that ``is_said``, but not in this one?"""
    others = knowing(number) if number.rest else []
    if any(other.family == one.family for other in others):
        return False
    return any(other.country == one.country or is_said(other.country) for other in others)


def is_number_of(law: Law | None, number: Number) -> bool:
    """Is this the number of the law itself ("Law No. 72"), where no such article of it is known?"""
    return law is not None and law.kind not in CODES and any(_bears(e, number) for e in law.editions)


def _bears(edition: Statute, number: Number) -> bool:
    return number.first in edition.numbers and not number.rest and edition.max_article is None


def is_called(law: Law, name: Name) -> bool:
    """Can "the Code", "the Law", "the Convention" be this law?"""
    if name.country and law.country != name.country:
        return False
    if name.kind == "code":
        return law.kind in CODES
    return law.country == "int" if name.kind == "convention" else law.kind not in CODES and law.country != "int"
