"""The laws that a text names: remembered for the articles that follow, and reported."""

from __future__ import annotations

from analysis.citations.chains import Ref
from analysis.citations.defaults import COVENANT
from analysis.citations.laws import is_called, is_foreign, is_missing, is_soft, law
from analysis.citations.lexer import Tokens
from analysis.citations.lexicon import GENERIC, UNLISTED
from analysis.citations.memory import Memory
from analysis.citations.model import Mention
from analysis.citations.named import Name
from analysis.citations.naming import Naming, confidence
from analysis.citations.setting import Setting

_GENITIVE = ("ның", "нің", "дың", "нын", "нин", "дын", "ning", "нинг", "nyň", "niň")  # of a law that owns an article


class Mentions:
    """Takes the names of a text in order; ``found`` are those that are certain."""

    def __init__(self, tokens: Tokens, setting: Setting, naming: Naming, memory: Memory, lang: str) -> None:
        self._tokens = tokens
        self._setting = setting
        self._naming = naming
        self._memory = memory
        self._lang = lang
        self.found: list[Mention] = []

    def take(self, name: Name, ref: Ref | None) -> None:
        """Remember a law that is named, and report it where the name is certain."""
        if name.kind in ("code", "law") and (name.year or name.age in ("old", "new", "current")):
            self._remember_dated(name)
        if self._is_missing(name, ref):
            self._memory.miss(name, name.first in self._setting.noted)
        if name.kind == UNLISTED or name.kind in GENERIC or is_foreign(name):
            return
        if is_soft(name):
            if any(form.owner.startswith("soft/general-comment-3") for form in name.forms):
                self._memory.remember(name.first, law(COVENANT), None)  # comments 34 and 37 are on the Covenant
            return
        number = ref.number if ref else None
        lang = (ref.unit.lang_in(self._lang) if ref else "") or (self._lang if name.ambiguous else name.lang)
        found = self._naming.by_name(name, number, name.first, lang, ref.unit.many if ref else False)
        if found is None or found.law is None or found.choice is None:
            return
        if ref or name.first not in self._setting.noted:
            self._memory.remember(name.first, found.law, found.choice)
        self._memory.open(name.first, found.law, found.choice)
        if number is None and name.ambiguous and name.kind != "title" and not name.country:
            return
        if self._naming.is_of(name, found.law.country):
            self._naming.named.add(found.law.country)
        elif number is None:
            return
        start, end = self._tokens.span(name.first, name.last)
        flags = (*found.flags, *found.choice.flags)
        self.found.append(Mention(found.choice.statute, start, end, confidence(found.step, flags), found.step))

    def _is_missing(self, name: Name, ref: Ref | None) -> bool:
        """A law that the registry does not hold, and not only a word of it: "НК" is a company as well."""
        if name.generic == "law":
            owns = name.sure and self._tokens.items[name.last - 1].text.lower().endswith(_GENITIVE)
            return bool(ref) or owns or self._setting.starts_paragraph(name.first)
        told = ref or name.country or not self._tokens.items[name.first].text.isupper()
        return bool(told) and (
            is_foreign(name) or is_missing(name, ref.unit.lang_in(self._lang) if ref else self._lang)
        )

    def _remember_dated(self, name: Name) -> None:
        """ "The code of 1997", "the old law": another edition of the one named last."""
        one = next((said.law for said in reversed(self._memory) if said.law and is_called(said.law, name)), None)
        found = self._naming.of_law(law(one.family), None, False, "anaphora", name.first, name) if one else None
        if found and found.law:
            self._memory.remember(name.first, found.law, found.choice)
