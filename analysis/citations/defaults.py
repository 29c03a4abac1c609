"""The law of an article that names none: by the subject beside it, else by country and kind of case (steps 6 and 7)."""

from __future__ import annotations

from enum import IntEnum

from analysis.citations.chains import Ref
from analysis.citations.laws import OTHER, Law, belongs_elsewhere, knowing, law, laws_of
from analysis.citations.memory import Said
from analysis.citations.model import Context
from analysis.citations.naming import COUNTRY_ASSUMED, Found, Naming
from analysis.citations.numbers import Number
from analysis.citations.provisions import read
from analysis.citations.setting import Setting, speaks_of

COVENANT, CONVENTION = "int/iccpr", "int/echr"
_DEFAULT_KINDS = ("criminal", "administrative", "civil", "constitution")


class Doubt(IntEnum):
    """What speaks against taking the law that goes without saying."""

    NONE = 0
    HEADING = 1  # a heading of some law: its subject must tell of which
    UNHELD = 2  # a law was named that the registry does not hold: a known article and its kind of case must tell
    OWN = 3  # the text, or the sentence, is of such a law: the subject must tell


_ENOUGH = {Doubt.NONE: 0, Doubt.HEADING: 99, Doubt.UNHELD: 4, Doubt.OWN: 99}
"""What the score of step 7 must exceed."""
_LEGAL = frozenset(("legal", "criminal", "administrative", "civil", "constitution"))
_TELLING_DIGITS, _LOST = 3, 4
_TELLING = ("criminal", "administrative")  # kinds of law whose subject and number together tell the country


class Defaults:
    """Reads the words around an article."""

    def __init__(self, setting: Setting, naming: Naming, context: Context) -> None:
        self.setting = setting
        self.naming = naming
        self.context = context

    def find(self, ref: Ref, number: Number, last: str, doubt: Doubt) -> Found | None:
        """Steps 6 and 7: subject words beside the number, then the country of the document and the kind of the case."""
        many, countries = ref.unit.many, self.countries(ref, last)
        able = [one for c in countries for kind in _DEFAULT_KINDS for one in laws_of(c, kind) if _can_be(one, number)]
        laws = [one for one in able if not belongs_elsewhere(one, number, self.naming.is_said)]
        covenant = "covenant" in self.setting.cues(self.setting.tokens.sentence[ref.first])
        alone = not countries and self.setting.document["covenant"] > 1
        if (covenant or alone) and law(COVENANT).admits(number):
            laws.append(law(COVENANT))
        words = self.setting.near(ref.first, ref.last)
        open_ = not laws and countries != [OTHER] and doubt < Doubt.UNHELD
        anywhere = [one for one in knowing(number) if one.kind in _TELLING] if open_ else []
        spoken = [one for one in laws or anywhere if _speaks(one, number, words)]
        if spoken and len({one.country for one in spoken}) == 1:
            flags = () if countries and self.naming.is_said(countries[0]) else (COUNTRY_ASSUMED,)
            return self.naming.of_law(spoken[0], number, many, "subject_words", ref.first, ref.name, flags)
        scores = sorted(((self._score(one, number, ref), -i) for i, one in enumerate(laws)), reverse=True)
        if scores and scores[0][0] > _ENOUGH[doubt] and (len(scores) == 1 or scores[0][0] > scores[1][0]):
            return self.naming.of_law(laws[-scores[0][1]], number, many, "document_default", ref.first, ref.name)
        return None if countries and (laws or not able) else self._only_knowing(ref, number)

    def countries(self, ref: Ref, last: str) -> list[str]:
        """The country whose law an article without a name can be, none if nothing tells; ``last`` was cited before."""
        if placed := self.setting.placed(ref.first, ref.last):
            return [placed[1]]
        near = [c for c in self.setting.countries_near(ref.first) if c != OTHER]
        given = [country for country in self.context.countries if country != "int"]
        if not given and self.setting.countries_near(ref.first) == [OTHER]:
            return [OTHER]
        if given:
            return near[:1] if near and (near[0] in given or self._only_there(ref, near[0], given[0])) else given[:1]
        country = near[0] if near else self.naming.language_country(ref.unit.lang) or last or self.setting.main_country
        return [country] if country else []

    @staticmethod
    def _only_there(ref: Ref, near: str, given: str) -> bool:
        """Is the article known in the country named beside it, and not in that of the document?"""
        knowers = {one.country for one in knowing(ref.number)} if ref.number else set()
        return near in knowers and given not in knowers

    def _score(self, one: Law, number: Number, ref: Ref) -> int:
        """How much the words around speak for a kind of law; a listed subject counts most."""
        if one.family == COVENANT:
            return 5
        cues = self.setting.cues(self.setting.tokens.sentence[ref.first])
        near = one.kind in cues and not (one.kind == "criminal" and "administrative" in cues)
        known = sum(one.knows(n) for n in (number, *ref.unit.numbers))
        legal = cues & _LEGAL or any(self.setting.document[cue] for cue in _LEGAL)
        if not known if "press" in cues else not legal and len(number.first) < _TELLING_DIGITS:
            return 0  # an article of a newspaper, "ст. 20" of a standard
        return 3 * known + 2 * near + (self.setting.document[one.kind] > 0)

    def _only_knowing(self, ref: Ref, number: Number) -> Found | None:
        """No country at all: the one law that has this inserted number, or this article of two parts ("both parts")."""
        laws = knowing(number)
        ranged = number.joint == "dash" or number.upto
        inserted = not ranged and (bool(number.rest or number.brackets) or len(number.first) == _LOST)
        if len({one.family for one in laws}) != 1 or not (inserted or _has_both_parts(laws[0], number, ref)):
            return None
        flags = (COUNTRY_ASSUMED,)
        return self.naming.of_law(laws[0], number, ref.unit.many, "subject_words", ref.first, None, flags)


def _has_both_parts(one: Law, number: Number, ref: Ref) -> bool:
    levels = [n for variant in ref.variants for unit in variant for n in unit.numbers]
    both = len(levels) == 2 and levels[0].start == levels[1].start
    return both and any(number.first in e.articles and e.articles[number.first].parts == 2 for e in one.editions)


def _can_be(one: Law, number: Number) -> bool:
    """Admits an article; a number of four digits is no lost raised one where nothing names the law."""
    return one.admits(number) and (len(number.first) < _LOST or one.kind == "civil" or one.knows(number))


def spoken_first(said: list[Said], number: Number, words: str) -> list[Said]:
    """Laws named before, those first whose article of this number has the subject that ``words`` tell."""
    laws = [one.law for one in said[:2] if one.law]
    if len(laws) < 2 or _speaks(laws[0], number, words) or not laws[0].admits(number):
        return said
    return sorted(said, key=lambda one: not (one.law and _speaks(one.law, number, words)))


def _speaks(one: Law, number: Number, words: str) -> bool:
    return any(speaks_of(e, p.article, words) for e in one.editions for p in read(number, e))
