"""Laws that a text points at: "the Code", "the Covenant", "Kazakhstan's code" (law-and-names §2.6, step 3)."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.citations.again import Again
from analysis.citations.chains import Ref
from analysis.citations.defaults import CONVENTION, COVENANT
from analysis.citations.laws import CODES, OTHER, is_called, law, laws_of
from analysis.citations.lexer import Tokens
from analysis.citations.lexicon import GENERIC
from analysis.citations.memory import Memory
from analysis.citations.named import Name
from analysis.citations.naming import Found, Naming
from analysis.citations.notes import explained
from analysis.citations.numbers import Number
from analysis.citations.setting import Setting


class Pointing:
    """Finds the law that a word for a law means: one named before, beside it in brackets, or the treaty spoken of."""

    def __init__(
        self, tokens: Tokens, names: Sequence[Name], setting: Setting, naming: Naming, memory: Memory, again: Again
    ) -> None:
        self.tokens = tokens
        self.names = names
        self.setting = setting
        self.naming = naming
        self._memory = memory
        self._again = again

    def law_of(self, ref: Ref, number: Number) -> Found | None:
        """Step 3: "of the Code", "настоящего Кодекса", "the Covenant"."""
        name = ref.name
        if name is None or name.kind not in GENERIC:
            return None
        if name.kind == "covenant":
            return self.naming.of_law(law(COVENANT), number, ref.unit.many, "treaty_name", ref.first, name)
        itself = any("itself" in token.word.cues for token in self.tokens.items[max(0, name.first - 2) : name.first])
        for one in [self._memory.own] if itself and self._memory.own else reversed(self._memory):
            if one.law is None:
                if one.generic == name.kind:
                    return Found(None, None, "anaphora", OTHER if one.sure else None)
                continue
            if is_called(one.law, name) and (name.year or one.law.admits(number)):
                if not name.year:
                    return self._again.of(one.law, one.choice, ref, number, "anaphora")
                return self.naming.of_law(law(one.law.family), number, ref.unit.many, "anaphora", ref.first, name)
        if name.kind == "code" and name.country:
            return self._counterpart(ref, number, name)
        if name.kind == "convention" and "strasbourg" in self.setting.cues(self.tokens.sentence[ref.first]):
            return self.naming.of_law(law(CONVENTION), number, ref.unit.many, "treaty_name", ref.first, name)
        return self._in_note(ref, number, name)

    def covenant(self, ref: Ref, number: Number) -> Found | None:
        """ "(arts. 18, 19 and 22)" where a committee of the United Nations speaks: the articles of its Covenant."""
        first, last, items = ref.unit.first, ref.unit.last, self.tokens.items
        sentence = self.tokens.sentence[ref.first]
        spoken = "covenant" in self.setting.cues(sentence) or self.setting.document["covenant"] > 1
        noted = first > 0 and last < len(items) and items[first - 1].text == "(" and items[last].text in (")", ".")
        if not (spoken and noted) or "constitution" in self.setting.cues(sentence):
            return None
        low = all(one.first.isdecimal() and law(COVENANT).admits(one) for one in ref.unit.numbers)
        return self.naming.of_law(law(COVENANT), number, ref.unit.many, "document_default", ref.first) if low else None

    def _in_note(self, ref: Ref, number: Number, name: Name) -> Found | None:
        """The law named in brackets behind the word for it."""
        noted = explained(self.tokens, self.names, name)
        lang = ref.unit.lang_in(self._again.context.lang[:2])
        found = self.naming.by_name(noted, number, ref.first, lang, ref.unit.many) if noted else None
        return found if found and found.law and is_called(found.law, name) else None

    def _counterpart(self, ref: Ref, number: Number, name: Name) -> Found | None:
        """ "Kazakhstan's code" after the criminal code of another country: its criminal code."""
        kind = next((one.law.kind for one in reversed(self._memory) if one.law and one.law.kind in CODES), "")
        one = next((one for one in laws_of(name.country, kind) if one.admits(number)), None)
        return self.naming.of_law(one, number, ref.unit.many, "anaphora", ref.first, name) if one else None
