"""References get their law, in the order of law-and-names §2.6; the first step that can decide wins."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.citations.chains import Ref
from analysis.citations.defaults import COVENANT, Defaults
from analysis.citations.editions import Choice, Evidence, choose
from analysis.citations.laws import (
    CODES,
    Law,
    belongs_elsewhere,
    is_called,
    is_foreign,
    is_number_of,
    is_soft,
    law,
    laws_of,
    named_laws,
)
from analysis.citations.lexer import Tokens
from analysis.citations.lexicon import GENERIC
from analysis.citations.model import Citation, Context, Mention
from analysis.citations.names import UNLISTED, Name, Names
from analysis.citations.naming import Found, Naming, confidence
from analysis.citations.negatives import is_no_article, is_unresolved_legal
from analysis.citations.numbers import Number
from analysis.citations.own import own_law
from analysis.citations.provisions import HIGHEST, Provision, fits, knows, read
from analysis.citations.records import is_heading, records, titled_part
from analysis.citations.renumbering import renumbered, spoken_instead
from analysis.citations.setting import Setting
from analysis.citations.words import SUFFIXING
from analysis.statutes import Statute

_RECENT = 6
_REACH = 3  # sentences back to a law named before
_OPENING = 120  # tokens in which a code names itself


@dataclass(frozen=True, slots=True)
class _Said:
    """A law named or cited in a sentence."""

    at: int  # place
    sentence: int
    law: Law
    choice: Choice | None


class Resolver:
    """Walks references and names from left to right; remembers what was named."""

    def __init__(self, tokens: Tokens, names: Names, context: Context, query: bool = False) -> None:
        """``query``: the text is a query, all of which means to cite."""
        self._query = query
        self.tokens = tokens
        self.names = names.found
        self.context = context
        self.lang = context.lang[:2]
        self.setting = Setting(tokens, names)
        self.naming = Naming(tokens, self.setting, context)
        self._defaults = Defaults(self.setting, self.naming, context)
        self.mentions: list[Mention] = []
        self.citations: list[Citation] = []
        self._starts = [name.first for name in self.names]
        self._said: deque[_Said] = deque(maxlen=_RECENT)
        self._own: _Said | None = None
        self._last: tuple[Provision, Found] | None = None
        self._last_stop = 0
        self._attached: dict[int, Ref] = {}  # a name and its first article
        self._heading: tuple[Provision, Found] | None = None

    def run(self, refs: Sequence[Ref]) -> None:
        attached = self._attached = {id(ref.name): ref for ref in reversed(refs) if ref.name}
        if own := own_law(self.tokens, self.setting, self.naming, self.names, refs, self.lang):
            self.naming.belongs_to(own)
            self._own = _Said(0, 0, own.law, own.choice) if own.law else None
        at = 0
        for ref in refs:
            until = max(ref.last, ref.name.last if ref.name and ref.attached else 0)
            while at < len(self.names) and self.names[at].first < until:
                self._mention(self.names[at], attached.get(id(self.names[at])))
                at += 1
            self._cite(ref)
        for name in self.names[at:]:
            self._mention(name, attached.get(id(name)))

    def _mention(self, name: Name, ref: Ref | None) -> None:
        """Remember a law that is named, and report it where the name is certain."""
        if name.kind == "code" and (name.year or name.age in ("old", "new")):
            self._remember_dated(name)
        if name.kind == UNLISTED or name.kind in GENERIC or is_foreign(name):
            return
        if is_soft(name):
            if any(form.owner.startswith("soft/general-comment-3") for form in name.forms):
                self._remember(name.first, law(COVENANT), None)  # comments 34 and 37 are on the Covenant
            return
        number = ref.number if ref else None
        lang = (ref.unit.lang if ref else "") or (self.lang if name.ambiguous else name.lang)
        found = self.naming.by_name(name, number, name.first, lang, ref.unit.many if ref else False)
        if found is None or found.law is None or found.choice is None:
            return
        if ref or name.first not in self.setting.noted:
            self._remember(name.first, found.law, found.choice)
        if self._own is None and name.first < _OPENING:
            self._own = _Said(0, 0, found.law, found.choice)
        if number is None and name.ambiguous and name.kind != "title" and not name.country:
            return
        if self.naming.is_of(name, found.law.country):
            self.naming.named.add(found.law.country)
        elif number is None:
            return
        start, end = self.tokens.span(name.first, name.last)
        flags = (*found.flags, *found.choice.flags)
        self.mentions.append(Mention(found.choice.statute, start, end, confidence(found.step, flags), found.step))

    def _remember_dated(self, name: Name) -> None:
        """ "The code of 1997", "the old code": another edition of the code named last."""
        one = next((said.law for said in reversed(self._said) if is_called(said.law, name)), None)
        found = self.naming.of_law(law(one.family), None, False, "anaphora", name.first, name) if one else None
        if found and found.law:
            self._remember(name.first, found.law, found.choice)

    def _remember(self, at: int, one: Law, choice: Choice | None) -> None:
        self._said.append(_Said(at, self.tokens.sentence[at], one, choice))

    def _cite(self, ref: Ref) -> None:
        heading = is_heading(self.tokens, self.setting, ref)
        if not (self._query or (self._own and heading)) and is_no_article(self.tokens, self.setting, ref):
            return
        if ref.number is None:
            self._cite_same(ref)
            return
        found = self._resolve(ref, ref.number)
        if found and not ref.attached and is_number_of(found.law, ref.number):
            return
        provisions = self._provisions(ref, ref.number, found) if found else []
        if not found or not provisions:
            return
        provisions = titled_part(self.tokens, ref, provisions, found)
        self._last, self._last_stop = (provisions[-1], found), ref.last
        if heading:
            self._heading = self._last
        self.naming.settle(found, ref.number)
        if found.law:
            self._remember(ref.first, found.law, None if "formerly" in found.flags else found.choice)
        for provision in provisions:
            self.citations += records(self.tokens, ref, provision, found, ("heading",) if heading else ())

    @staticmethod
    def _provisions(ref: Ref, number: Number, found: Found) -> list[Provision]:
        """The articles of a number; of a family whose edition is open, as its newest fitting edition reads them."""
        edition = found.choice.edition if found.choice else None
        if edition is None and found.law:
            edition = next((e for e in reversed(found.law.editions) if read(number, e, ref.unit.many)), None)
        return read(number, edition, ref.unit.many)

    def _cite_same(self, ref: Ref) -> None:
        """Step 3: "part 3 of the same article"."""
        own = self._heading and "itself" in self.setting.cues(self.tokens.sentence[ref.first])
        last = self._heading if own else self._last
        if last is not None and ref.variants:
            provision, found = last
            same = Found(found.law, found.choice, "anaphora", found.country)
            self.citations += records(self.tokens, ref, Provision(provision.article), same, ())

    def _resolve(self, ref: Ref, number: Number) -> Found | None:
        name, lang = ref.name, ref.unit.lang or self.lang
        if name is not None and name.kind == UNLISTED:
            return self._unresolved(ref, number)
        if name is not None and name.kind not in GENERIC and not is_soft(name):
            if (age := self._age(ref)) and name.age != age and (name.age or ref.attached):
                return self._other_age(ref, number, name, age)
            if found := self.naming.by_name(name, number, ref.first, lang, ref.unit.many):
                return found if ref.attached or found.law is None else replace(found, step="list")
            if ref.attached and named_laws(name, lang):
                return self._unresolved(ref, number)
        steps = [self._headed, self._pointed, self._recent, self._by_default]
        if name is not None and name.kind in ("law", "convention"):
            steps = steps[:2]
        elif name is not None and name.country:
            steps.remove(self._recent)  # "Kazakhstan's code": not the law of another country
        for step in steps:
            if found := step(ref, number):
                return found
        return self._unresolved(ref, number)

    def _age(self, ref: Ref) -> str:
        """ "now Article 174", "formerly Article 164"."""
        before = self.tokens.items[max(0, ref.first - 2) : ref.first]
        cues = {cue for token in before for cue in token.word.cues}
        return "new" if "new" in cues else "old" if cues & {"formerly", "old"} else ""

    def _other_age(self, ref: Ref, number: Number, name: Name, age: str) -> Found | None:
        """An article of the other edition of a law: "164 of the old Code (now 174)"."""
        named = self.naming.by_name(name, None, ref.first, ref.unit.lang)
        if named is not None and named.law is not None:
            whole = law(named.law.family)
            choice = choose(whole.editions, number, ref.unit.many, Evidence(self.context.date, age=age))
            if choice:
                return Found(whole, choice, "list", whole.country, ("formerly",) if age == "old" else ())
        return self._unresolved(ref, number)

    def _headed(self, ref: Ref, number: Number) -> Found | None:
        """In the text of a law that names itself at its beginning: its headings, and articles of no other law."""
        inside = self._heading and ref.name is None
        if self._own and self._own.law.admits(number) and (inside or is_heading(self.tokens, self.setting, ref)):
            return self._again(self._own, ref, number, "anaphora")
        return None

    def _pointed(self, ref: Ref, number: Number) -> Found | None:
        """Step 3: "of the Code", "настоящего Кодекса", "the Covenant"."""
        name = ref.name
        if name is None or name.kind not in GENERIC:
            return None
        if name.kind == "covenant":
            return self.naming.of_law(law(COVENANT), number, ref.unit.many, "treaty_name", ref.first, name)
        itself = any("itself" in token.word.cues for token in self.tokens.items[max(0, name.first - 2) : name.first])
        for one in [self._own] if itself and self._own else reversed(self._said):
            if is_called(one.law, name) and (name.year or one.law.admits(number)):
                if not name.year:
                    return self._again(one, ref, number, "anaphora")
                return self.naming.of_law(law(one.law.family), number, ref.unit.many, "anaphora", ref.first, name)
        if name.kind == "code" and name.country:
            return self._counterpart(ref, number, name)
        return None

    def _counterpart(self, ref: Ref, number: Number, name: Name) -> Found | None:
        """ "Kazakhstan's code" after the criminal code of another country: its criminal code."""
        kind = next((one.law.kind for one in reversed(self._said) if one.law.kind in CODES), "")
        one = next((one for one in laws_of(name.country, kind) if one.admits(number)), None)
        return self.naming.of_law(one, number, ref.unit.many, "anaphora", ref.first, name) if one else None

    def _again(self, said: _Said, ref: Ref, number: Number, step: str) -> Found | None:
        """A law named before, with its edition where that has this number and no year speaks for another."""
        edition = said.choice.edition if said.choice else None
        if edition and (other := self._other_edition(ref, number, edition)):
            return Found(said.law, Choice(other.id, other), step, said.law.country)
        if self._age(ref) == "new" and len(said.law.editions) > 1:
            choice = choose(said.law.editions, number, ref.unit.many, Evidence(self.context.date, age="new"))
            return Found(said.law, choice, step, said.law.country) if choice else None
        if edition is None or not fits(number, edition, ref.unit.many):
            return self.naming.of_law(said.law, number, ref.unit.many, step, ref.first)
        if self.setting.years.get(self.tokens.sentence[ref.first]) and not knows(number, edition):
            return self.naming.of_law(law(said.law.family), number, ref.unit.many, step, ref.first)
        return Found(said.law, said.choice, step, said.law.country)

    def _other_edition(self, ref: Ref, number: Number, edition: Statute) -> Statute | None:
        """The edition that a succession or, in an undated text, the subject before the article speaks for."""
        cited = self._last[0].article if self._last else ""
        later = renumbered(self.tokens, number, edition, cited, self._last_stop, ref.first)
        if later or self.context.date or self._last_stop > self.setting.start(ref.first):
            return later
        return spoken_instead(self.setting, number, edition, ref.first)

    def _recent(self, ref: Ref, number: Number) -> Found | None:
        """Steps 4 and 5: a law of the same sentence, or named in the three sentences before."""
        here, placed = self.tokens.sentence[ref.first], self.setting.placed(ref.first)
        for one in [*reversed(self._said), *self._named_after(ref, here)]:
            step = "list" if one.sentence == here else "recent"
            abroad = placed and one.at < placed[0] and one.law.country not in (placed[1], "int")
            near = not abroad and here - one.sentence <= _REACH and one.law.admits(number)
            elsewhere = near and belongs_elsewhere(one.law, number, self.naming.is_said)
            if near and not elsewhere and (found := self._again(one, ref, number, step)):
                return found
        return None

    def _named_after(self, ref: Ref, sentence: int) -> Iterator[_Said]:
        """A law named later in the same sentence."""
        at = bisect_left(self._starts, ref.last)
        near = (n for n in self.names[at : at + _RECENT] if n.kind not in GENERIC)
        name = next((n for n in near if n.first not in self.setting.noted or ref.first in self.setting.noted), None)
        if name and ref.unit.lang in SUFFIXING and id(name) in self._attached:
            return  # it stands before articles of its own
        if name and self.tokens.sentence[name.first] == sentence:
            found = self.naming.by_name(name, ref.number, name.first, ref.unit.lang or self.lang)
            if found and found.law:
                yield _Said(-1, sentence, found.law, found.choice)

    def _by_default(self, ref: Ref, number: Number) -> Found | None:
        """Steps 6 and 7."""
        return self._defaults.find(ref, number, self._last_country())

    def _last_country(self) -> str:
        return (self._last[1].country if self._last else "") or ""

    def _unresolved(self, ref: Ref, number: Number) -> Found | None:
        """Step 8: kept without a law where the word is plain and the setting legal."""
        if len(number.first) > 3 and int(number.first) > HIGHEST:
            return None
        legal = ref.attached or self._query or is_unresolved_legal(self.tokens, self.setting, ref)
        country = next(iter(self._defaults.countries(ref, self._last_country())), None) if self._query else None
        return Found(None, None, "none", country) if legal else None
