"""References get their law, in the order of law-and-names §2.6; the first step that can decide wins."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from analysis.citations.again import Again
from analysis.citations.amending import is_change, is_own_heading
from analysis.citations.chains import Ref
from analysis.citations.contents import lines_of_contents
from analysis.citations.dating import age_before
from analysis.citations.defaults import Defaults, Doubt, spoken_first
from analysis.citations.editions import Evidence, choose
from analysis.citations.laws import (
    OTHER,
    belongs_elsewhere,
    is_foreign,
    is_missing,
    is_number_of,
    is_soft,
    law,
    named_laws,
)
from analysis.citations.lexer import Tokens
from analysis.citations.lexicon import GENERIC, UNLISTED
from analysis.citations.memory import REACH, RECENT, Memory, Said
from analysis.citations.mentions import Mentions
from analysis.citations.model import Citation, Context, Mention
from analysis.citations.named import Name
from analysis.citations.names import Names
from analysis.citations.naming import Found, Naming
from analysis.citations.negatives import is_no_article, is_unresolved_legal
from analysis.citations.notes import below_heading, is_titled
from analysis.citations.numbers import Number
from analysis.citations.own import own_law
from analysis.citations.papers import Papers
from analysis.citations.pointing import Pointing
from analysis.citations.provisions import HIGHEST, Provision, knows, read
from analysis.citations.records import is_heading, records, titled_part
from analysis.citations.setting import NEAR, Setting
from analysis.citations.words import SUFFIXING

_BESIDE = 2  # tokens between a law and the article behind it: "Трудовой кодекс. Статья 33"


class Resolver:
    """Walks references and names from left to right; remembers what was named."""

    def __init__(self, tokens: Tokens, names: Names, context: Context, query: bool = False) -> None:
        """``query``: the text is a query, all of which means to cite."""
        self._query = query
        self.tokens = tokens
        self.names = names.found
        self.context = context
        self.lang = context.lang[:2]
        self.setting = Setting(tokens, names, next(iter(context.countries), ""))
        self.setting.document["legal"] += query
        self.naming = Naming(tokens, self.setting, context)
        self._defaults = Defaults(self.setting, self.naming, context)
        self.citations: list[Citation] = []
        self._starts = [name.first for name in self.names]
        self._memory = Memory(tokens)
        self._mentions = Mentions(tokens, self.setting, self.naming, self._memory, self.lang)
        self._again = Again(tokens, self.setting, self.naming, context)
        self._pointing = Pointing(tokens, self.names, self.setting, self.naming, self._memory, self._again)
        self._papers = Papers(tokens, self.setting, self.names)
        self._last: tuple[Provision, Found] | None = None
        self._attached: dict[int, Ref] = {}  # a name and its first article
        self._heading: tuple[Provision, Found] | None = None
        asked = (n.first for n in self.names if n.kind in GENERIC and n.first)
        self._unsaid = {tokens.sentence[at] for at in asked if "which" in tokens.items[at - 1].word.cues}

    @property
    def mentions(self) -> list[Mention]:
        """The laws named, in order."""
        return self._mentions.found

    def run(self, refs: Sequence[Ref]) -> None:
        attached = self._attached = {id(ref.name): ref for ref in reversed(refs) if ref.name}
        if own := own_law(self.tokens, self.setting, self.naming, self.names, refs, self.lang):
            self.naming.belongs_to(own)
            self._papers.in_law = True
            self._memory.own = Said(0, 0, own.law, own.choice)
        else:
            self._papers.read(refs)
            contents = lines_of_contents(self.tokens, refs)
            refs = [ref for ref in refs if ref.first not in contents]
        at = 0
        for ref in refs:
            until = max(ref.last, ref.name.last if ref.name and ref.attached else 0)
            while at < len(self.names) and self.names[at].first < until:
                self._mentions.take(self.names[at], attached.get(id(self.names[at])))
                at += 1
            self._cite(ref)
        for name in self.names[at:]:
            self._mentions.take(name, attached.get(id(name)))

    def _cite(self, ref: Ref) -> None:
        if is_own_heading(self.tokens, self.setting, self.names, ref):
            self._memory.belong_to_none()
            return
        heading = is_heading(self.tokens, self.setting, ref)
        titled = is_titled(self.tokens, self.names, ref.first, ref.last)
        if not (self._query or (self._memory.own and heading)) and (
            is_no_article(self.tokens, self.setting, ref, titled)
            or self._papers.own(ref, self._memory.law_at, self._again.cited, self._again.stop)
        ):
            return
        if ref.number is None:
            self._cite_same(ref)
            return
        found = self._resolve(ref, ref.number)
        if found and not ref.attached and is_number_of(found.law, ref.number):
            return
        provisions = self._provisions(ref, ref.number, found) if found else ()
        if not found or not provisions:
            return
        provisions = titled_part(self.tokens, ref, provisions, found)
        self._last = (provisions[-1], found)
        self._again.cited, self._again.stop = provisions[-1].article, ref.last
        if heading:
            self._heading = self._last
        self.naming.settle(found, ref.number)
        if found.law:
            self._memory.remember(ref.first, found.law, None if "formerly" in found.flags else found.choice)
        for provision in provisions:
            self.citations += records(self.tokens, ref, provision, found, ("heading",) if heading else ())

    @staticmethod
    def _provisions(ref: Ref, number: Number, found: Found) -> Sequence[Provision]:
        """The articles of a number; of a family whose edition is open, as its newest fitting edition reads them."""
        edition = found.choice.edition if found.choice else None
        if edition is None and found.law:
            edition = next((e for e in reversed(found.law.editions) if read(number, e, ref.unit.many)), None)
        return read(number, edition, ref.unit.many)

    def _cite_same(self, ref: Ref) -> None:
        """Step 3: "part 3 of the same article"."""
        keyword = ref.unit.keyword
        this = keyword and keyword.level == "article" and keyword.lang in (*SUFFIXING, "tg")  # "ushbu modda" of a law
        itself = "itself" in self.setting.cues(self.tokens.sentence[ref.first])
        own = self._heading and (itself or (this and self._papers.in_law))
        last = self._heading if own else self._last
        if last is not None and ref.variants:
            provision, found = last
            same = Found(found.law, found.choice, "anaphora", found.country)
            self.citations += records(self.tokens, ref, Provision(provision.article), same, ())

    def _resolve(self, ref: Ref, number: Number) -> Found | None:
        name, lang = ref.name, ref.unit.lang_in(self.lang)
        if name is not None and not (name.country or ref.name_before) and (owner := self.setting.owner(ref.first)):
            name = name._replace(country=owner)
        named = ref.name is not None and self._attached[id(ref.name)].unit is ref.unit
        if not named and (found := self._pointing.covenant(ref, number)):
            return found
        if name is not None and name.kind == UNLISTED:
            outside = name.sure or is_foreign(name)
            return Found(None, None, "explicit", OTHER) if outside else self._unresolved(ref, number)
        if name is not None and name.kind not in GENERIC and not is_soft(name):
            if (age := age_before(self.tokens, ref.first)) and name.age != age and (name.age or ref.attached):
                return self._other_age(ref, number, name, age)
            if found := self.naming.by_name(name, number, ref.first, lang, ref.unit.many):
                return found if ref.attached or found.law is None else found._replace(step="list")
            if ref.attached and is_missing(name, lang, self.context.countries):
                return Found(None, None, "explicit", OTHER)
            if ref.attached and named_laws(name, lang):
                return self._unresolved(ref, number)
        steps = [self._noted, self._headed, self._pointing.law_of, self._recent, self._by_default]
        noted = ref.name_before and self.tokens.items[ref.unit.first - 1].text == "("  # "by law (Article 283)"
        if name is not None and name.kind in ("law", "convention") and not noted:
            steps = [self._headed, self._pointing.law_of]
        elif name is not None and name.country:
            steps.remove(self._recent)  # "Kazakhstan's code": not the law of another country
        for step in steps:
            if found := step(ref, number):
                return found
        return self._unresolved(ref, number)

    def _other_age(self, ref: Ref, number: Number, name: Name, age: str) -> Found | None:
        """An article of the other edition of a law: "164 of the old Code (now 174)"."""
        named = self.naming.by_name(name, None, ref.first, ref.unit.lang)
        if named is not None and named.law is not None:
            whole, present = law(named.law.family), named.choice.edition if named.choice else None
            if age == "old" and self.context.date and present and knows(number, present):
                return named  # "Article 130, formerly of the Code": of the code in force
            choice = choose(whole.editions, number, ref.unit.many, Evidence(self.context.date, age=age))
            if choice:
                return Found(whole, choice, "list", whole.country, ("formerly",) if age == "old" else ())
        return self._unresolved(ref, number)

    def _noted(self, ref: Ref, number: Number) -> Found | None:
        """The law in brackets below a heading."""
        if not is_heading(self.tokens, self.setting, ref):
            return None
        name = below_heading(self.tokens, self.names, ref.last)
        lang = ref.unit.lang_in(self.lang)
        return self.naming.by_name(name, number, ref.first, lang, ref.unit.many) if name else None

    def _headed(self, ref: Ref, number: Number) -> Found | None:
        """In the text of a law that names itself at its beginning: its headings, and articles of no other law."""
        inside = self._heading and ref.name is None
        own = self._memory.own
        if own and own.law and own.law.admits(number) and (inside or is_heading(self.tokens, self.setting, ref)):
            return self._again.of(own.law, own.choice, ref, number, "anaphora")
        return None

    def _recent(self, ref: Ref, number: Number) -> Found | None:
        """Steps 4 and 5: a law of the same sentence, or named in the three sentences before."""
        here, placed = self.tokens.sentence[ref.first], self.setting.placed(ref.first, ref.last)
        if (self._memory.own is None or self._memory.own.law is None) and is_heading(self.tokens, self.setting, ref):
            return None
        told = self.tokens.spoken(max(ref.first - NEAR, self.setting.start(ref.first)), ref.first)
        for one in spoken_first([*reversed(self._memory), *self._named_after(ref, here)], number, told):
            if one.law is None:
                if here == one.sentence and one.sure:
                    return Found(None, None, "list", OTHER)
                if here - one.sentence <= REACH:
                    return None
                continue
            step = "list" if one.sentence == here else "recent"
            abroad = placed and one.at < placed[0] and one.law.country not in (placed[1], "int")
            near = not abroad and here - one.sentence <= REACH and one.law.admits(number)
            elsewhere = near and belongs_elsewhere(one.law, number, self.naming.is_said)
            if near and not elsewhere and (found := self._again.of(one.law, one.choice, ref, number, step)):
                return found
        return None

    def _named_after(self, ref: Ref, sentence: int) -> Iterator[Said]:
        """A law named later in the same sentence."""
        at = bisect_left(self._starts, ref.last)
        near = (n for n in self.names[at : at + RECENT] if n.kind not in GENERIC)
        name = next((n for n in near if n.first not in self.setting.noted or ref.first in self.setting.noted), None)
        if name and ref.unit.lang in SUFFIXING and id(name) in self._attached:
            return  # it stands before articles of its own
        if name and self.tokens.sentence[name.first] == sentence:
            found = self.naming.by_name(name, ref.number, name.first, ref.unit.lang_in(self.lang))
            if found and found.law:
                yield Said(-1, sentence, found.law, found.choice)

    def _by_default(self, ref: Ref, number: Number) -> Found | None:
        """Steps 6 and 7; none for "its Article 20", nor where "it does not say which law"."""
        if ref.first and "its" in self.tokens.items[ref.first - 1].word.cues:
            return None
        if self.tokens.sentence[ref.first] in self._unsaid:
            return None
        doubt = Doubt.OWN if self._is_of_this(ref) else self._doubt(ref)
        found = self._defaults.find(ref, number, self._last_country(), doubt)
        outside = doubt is Doubt.OWN and self._memory.is_outside()
        return found or (Found(None, None, "list", OTHER) if outside else None)

    def _is_of_this(self, ref: Ref) -> bool:
        """ "Ushbu Kodeksning 139-moddasi", «настоящего Кодекса», where neither the text nor a case says of which."""
        name = ref.name
        if name is None or name.kind not in ("code", "law"):
            return False
        if "criminal" in self.setting.cues(self.tokens.sentence[ref.first]):
            return False
        return any(t.word.cues & {"this", "itself"} for t in self.tokens.items[max(0, name.first - 1) : name.first + 1])

    def _doubt(self, ref: Ref) -> Doubt:
        away, own = self._memory.missing_before(ref.first), self._memory.own
        headed = self._heading is not None and self._heading[1].law is None  # the text is of a law not told
        changes = is_change(self.tokens, self.setting, ref.first)
        beside = away is not None and away <= _BESIDE and not self._is_case_after(ref, away)
        if changes or headed or beside or (own and own.law is None and self._heading):
            return Doubt.OWN
        if is_heading(self.tokens, self.setting, ref):
            return Doubt.HEADING
        return Doubt.NONE if away is None else Doubt.UNHELD

    def _is_case_after(self, ref: Ref, away: int) -> bool:
        """A criminal case told in the sentence behind a law: "… under the Law on Songs. He was charged under 278"."""
        sentence = self.tokens.sentence[ref.first]
        return sentence != self.tokens.sentence[ref.first - away] and "criminal" in self.setting.cues(sentence)

    def _last_country(self) -> str:
        return (self._last[1].country if self._last else "") or ""

    def _unresolved(self, ref: Ref, number: Number) -> Found | None:
        """Step 8: kept without a law where the word is plain and the setting legal."""
        if len(number.first) > 3 and int(number.first) > HIGHEST:
            return None
        legal = ref.attached or self._query or is_unresolved_legal(self.tokens, self.setting, ref)
        country = next(iter(self._defaults.countries(ref, self._last_country())), None) if self._query else None
        return Found(None, None, "none", country) if legal else None
