"""A law that a text speaks of again: the edition it had before, unless the place tells another (law-and-names §2.6)."""

from __future__ import annotations

from analysis.citations.chains import Ref
from analysis.citations.dating import age_before, edition_behind
from analysis.citations.editions import SPOKEN, Choice, Evidence, choose, is_adopted
from analysis.citations.laws import Law, law
from analysis.citations.lexer import Tokens
from analysis.citations.model import Context
from analysis.citations.naming import Found, Naming
from analysis.citations.numbers import Number
from analysis.citations.provisions import fits, knows
from analysis.citations.renumbering import renumbered, spoken_instead
from analysis.citations.setting import Setting
from analysis.statutes import Statute

_DRAFT = 6  # tokens from "draft" to an article of it


class Again:
    """Finds the edition of laws named before; ``cited`` is the last article of the text, which ends at ``stop``."""

    def __init__(self, tokens: Tokens, setting: Setting, naming: Naming, context: Context) -> None:
        self.tokens = tokens
        self.setting = setting
        self.naming = naming
        self.context = context
        self.cited = ""
        self.stop = -1

    def of(self, one: Law, choice: Choice | None, ref: Ref, number: Number, step: str) -> Found | None:
        """A law named before, with its edition where that has this number and no year speaks for another."""
        edition = choice.edition if choice else None
        told, year = edition_behind(self.tokens, ref.last)
        if told or year:
            evidence = Evidence(self.context.date, age=told, year=year)
            if other := choose(law(one.family).editions, number, ref.unit.many, evidence):
                return Found(one, other, step, one.country)
        if self._is_of_draft(one, ref):
            drafted = choose(law(one.family).editions, number, ref.unit.many, Evidence(self.context.date, age="draft"))
            return Found(one, drafted, step, one.country) if drafted else None
        if edition and (other := self._other_edition(ref, number, edition)):
            return Found(one, other, step, one.country)
        if (age := age_before(self.tokens, ref.first)) in ("new", "current") and len(one.editions) > 1:
            aged = choose(one.editions, number, ref.unit.many, Evidence(self.context.date, age=age))
            return Found(one, aged, step, one.country) if aged else None
        if edition is None or not fits(number, edition, ref.unit.many):
            return self.naming.of_law(one, number, ref.unit.many, step, ref.first)
        if self.setting.years.get(self.tokens.sentence[ref.first]):
            dated = self.naming.of_law(law(one.family), number, ref.unit.many, step, ref.first)
            meant = dated.choice.edition if dated and dated.choice else None
            if not knows(number, edition) or (meant and knows(number, meant)):
                return dated
        return Found(one, choice, step, one.country)

    def _is_of_draft(self, one: Law, ref: Ref) -> bool:
        """ "In the new draft this is Article 23", of a law whose next edition is not yet adopted."""
        before = self.tokens.items[max(self.setting.start(ref.first), ref.first - _DRAFT) : ref.first]
        if not self.context.date or not any("draft" in token.word.cues for token in before):
            return False
        return not is_adopted(law(one.family).editions[-1], self.context.date)

    def _other_edition(self, ref: Ref, number: Number, edition: Statute) -> Choice | None:
        """The edition that a succession or, in an undated text, the subject before the article speaks for."""
        if later := renumbered(self.tokens, number, edition, self.cited, self.stop, ref.first):
            return Choice(later.id, later)
        if self.context.date or self.stop > self.setting.start(ref.first):
            return None
        spoken = spoken_instead(self.setting, number, edition, ref.first)
        return Choice(spoken.id, spoken, (SPOKEN,)) if spoken else None
