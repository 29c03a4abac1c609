"""References get their law, in the order of law-and-names §2.6; the first step that can decide wins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.citations.chains import Ref
from analysis.citations.editions import Choice, Evidence, choose
from analysis.citations.laws import (
    CODES,
    LANGUAGE_COUNTRY,
    OTHER,
    Law,
    is_foreign,
    is_soft,
    knowing,
    law,
    laws_of,
    named_laws,
)
from analysis.citations.lexer import Tokens
from analysis.citations.model import Citation, Context, Mention
from analysis.citations.names import GENERIC, Name, Names
from analysis.citations.negatives import is_no_article, is_unresolved_legal
from analysis.citations.numbers import Number
from analysis.citations.provisions import HIGHEST, Provision, read
from analysis.citations.setting import Setting, speaks_of

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
_DEFAULT_KINDS = ("criminal", "administrative", "civil", "constitution")
_RECENT = 6
_REACH = 3  # sentences back to a law named before
_TEMPERED = {"edition-assumed": 0.8, "country-assumed": 0.6, "footnote": 0.5, "range": 0.95}


@dataclass(frozen=True, slots=True)
class Found:
    """The law of a reference and the step that found it."""

    law: Law | None
    choice: Choice | None
    step: str
    name: Name | None = None
    country: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """A law named or cited at a sentence."""

    sentence: int
    law: Law
    name: Name | None
    choice: Choice | None


class Resolver:
    """Walks references and names from left to right; remembers what was named."""

    def __init__(self, tokens: Tokens, names: Names, context: Context) -> None:
        self.tokens = tokens
        self.names = names
        self.context = context
        self.setting = Setting(tokens, names)
        self._said: list[_Said] = []
        self._own: _Said | None = None
        self._last: tuple[Provision, Found] | None = None
        self._heading: tuple[Provision, Found] | None = None
        self.mentions: list[Mention] = []
        self.citations: list[Citation] = []

    def run(self, refs: Sequence[Ref]) -> None:
        attached = {id(ref.name): ref for ref in reversed(refs) if ref.name}
        queue = sorted(names := self.names.found, key=lambda n: n.first)
        at = 0
        for ref in refs:
            until = max(ref.last, ref.name.last if ref.name and ref.attached else 0)
            while at < len(queue) and queue[at].first < until:
                self._mention(queue[at], attached.get(id(queue[at])))
                at += 1
            self._cite(ref)
        for name in names[at:]:
            self._mention(name, attached.get(id(name)))

    def _mention(self, name: Name, ref: Ref | None) -> None:
        """Remember a law that is named, and report it where the name is certain."""
        if name.kind in GENERIC or is_soft(name) or is_foreign(name):
            return
        number = ref.number if ref else None
        lang = ref.unit.lang if ref and ref.unit.lang else name.lang if not self._ambiguous(name) else self.context.lang
        found = self._by_name(name, number, name.first, lang, ref.unit.many if ref else False)
        if found is None or found.law is None or found.choice is None:
            return
        said = _Said(self.tokens.sentence[name.first], found.law, name, found.choice)
        self._said = [*self._said[-_RECENT:], said]
        if self._own is None and name.first < 40 and found.law.kind in CODES and self.tokens.paragraph[name.first] < 6:
            self._own = said
        if number is None and self._ambiguous(name) and name.kind != "title" and not name.country:
            return
        start, end = self.tokens.span(name.first, name.last)
        confidence = self._confidence(found.step, (*found.flags, *found.choice.flags))
        self.mentions.append(Mention(found.choice.statute, start, end, confidence, found.step))

    @staticmethod
    def _ambiguous(name: Name) -> bool:
        return bool(name.forms) and all(f.ambiguous for f in name.forms)

    def _by_name(self, name: Name, number: Number | None, at: int, lang: str, many: bool) -> Found | None:
        """Steps 1 and 2: the law of a name; None where the name cannot have this article."""
        if is_foreign(name):
            return Found(None, None, "explicit", name, OTHER)
        laws = named_laws(name, lang)
        if not laws:
            return None
        step = self._step_of(name, laws)
        for country, flags in self._countries(name, laws, at, lang):
            if country == OTHER:
                return Found(None, None, step, name, OTHER)
            of_country = [one for one in laws if one.country == country]
            here = [one for one in of_country if one.admits(number)] or [
                one for one in of_country if one.admits(number, True)
            ]
            if here:
                return self._found(self._of_kind(here, number, at), number, many, step, at, name, flags)
        knowing_it = [one for one in laws if number is not None and one.knows(number)]
        if len({one.country for one in knowing_it}) == 1:
            return self._found(knowing_it[0], number, many, step, at, name, ("country-assumed",))
        return None

    @staticmethod
    def _step_of(name: Name, laws: Sequence[Law]) -> str:
        if name.kind == "abbreviation":
            return "treaty_name" if laws[0].country == "int" else "abbreviation"
        return "treaty_name" if laws[0].country == "int" else "explicit"

    def _countries(self, name: Name, laws: Sequence[Law], at: int, lang: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Countries to try for a name, best evidence first."""
        of_laws = list(dict.fromkeys(one.country for one in laws))
        if len(of_laws) == 1:
            yield of_laws[0], ()
            return
        if name.country:
            yield name.country, ()
            return
        near, given = self.setting.countries_near(at), list(self.context.countries)
        if near and not (given and given[0] in near):
            given = [*near, *given] if not (near == [OTHER] and given) else [*given, OTHER]
        if not given:
            before = self.setting.country_before(at)
            given = [before] if before else []
        for country in given or [LANGUAGE_COUNTRY.get(lang) or LANGUAGE_COUNTRY.get(self.context.lang[:2], "")]:
            if country in of_laws or country == OTHER:
                yield country, ()

    def _of_kind(self, laws: Sequence[Law], number: Number | None, at: int) -> Law:
        """Of laws with one abbreviation in one country, the one the words speak for: CC, ЖК."""
        if len(laws) == 1:
            return laws[0]
        cues = self.setting.cues(self.tokens.sentence[at])
        return max(laws, key=lambda one: (bool(number and one.knows(number)), one.kind in cues, one.kind == "criminal"))

    def _found(
        self,
        one: Law,
        number: Number | None,
        many: bool,
        step: str,
        at: int,
        name: Name | None,
        flags: tuple[str, ...] = (),
    ) -> Found | None:
        choice = choose(one.editions, number, many, self._evidence(at, name))
        return Found(one, choice, step, name, one.country, flags) if choice else None

    def _evidence(self, at: int, name: Name | None) -> Evidence:
        return Evidence(
            date=self.context.date,
            years=self.setting.years.get(self.tokens.sentence[at], ()),
            year=name.year if name else "",
            age=name.age if name else "",
            words=self.setting.near(at, at + 1),
        )

    def _cite(self, ref: Ref) -> None:
        if is_no_article(self.tokens, self.setting, ref):
            return
        if ref.number is None:
            self._cite_same(ref)
            return
        found = self._resolve(ref, ref.number)
        if found is None:
            return
        edition = found.choice.edition if found.choice else None
        if found.choice and edition is None and found.law:
            edition = next((e for e in reversed(found.law.editions) if read(ref.number, e, ref.unit.many)), None)
        provisions = read(ref.number, edition, ref.unit.many or ref.number.joint == "dash")
        if not provisions:
            return
        provisions = self._titled_part(ref, provisions, found)
        heading = self._is_heading(ref)
        self._last = provisions[-1], found
        if heading:
            self._heading = self._last
        if found.law:
            self._said = [
                *self._said[-_RECENT:],
                _Said(self.tokens.sentence[ref.first], found.law, found.name, found.choice),
            ]
        flags = ("heading",) if heading else ()
        for provision in provisions:
            self._emit(ref, provision, found, flags)

    def _cite_same(self, ref: Ref) -> None:
        """Step 3: "part 3 of the same article"."""
        own = self._heading and "itself" in self.setting.cues(self.tokens.sentence[ref.first])
        last = self._heading if own else self._last
        if last is None or not ref.variants:
            return
        provision, found = last
        self._emit(
            ref, Provision(provision.article), Found(found.law, found.choice, "anaphora", None, found.country), ()
        )

    def _resolve(self, ref: Ref, number: Number) -> Found | None:
        lang = ref.unit.lang or self.context.lang
        if ref.name is not None and ref.name.kind not in GENERIC:
            if is_soft(ref.name):
                pass
            elif not ref.attached and (age := self._age(ref)) and ref.name.age not in ("", age):
                return self._other_age(ref, number, age)
            elif found := self._by_name(ref.name, number, ref.first, lang, ref.unit.many):
                return found if ref.attached or found.law is None else self._as(found, "list")
            elif ref.attached and named_laws(ref.name, lang):
                return self._unresolved(ref, number)
        for step in (self._pointed, self._recent, self._default):
            found = step(ref, number)
            if found:
                return found
        return self._unresolved(ref, number)

    def _age(self, ref: Ref) -> str:
        """ "now Article 174", "formerly Article 164"."""
        before = self.tokens.items[max(0, ref.first - 2) : ref.first]
        cues = set().union(*(token.word.cues for token in before))
        return "new" if "new" in cues else "old" if cues & {"formerly", "old"} else ""

    def _other_age(self, ref: Ref, number: Number, age: str) -> Found | None:
        """An article of the other edition of a law: "164 of the old Code (now 174)"."""
        named = self._by_name(ref.name, None, ref.first, ref.unit.lang, False) if ref.name else None
        if named is None or named.law is None:
            return self._unresolved(ref, number)
        whole = law(named.law.family)
        evidence = Evidence(self.context.date, (), "", age, ())
        choice = choose(whole.editions, number, ref.unit.many, evidence)
        return Found(whole, choice, "list", None, whole.country) if choice else self._unresolved(ref, number)

    @staticmethod
    def _as(found: Found, step: str) -> Found:
        return Found(found.law, found.choice, step, found.name, found.country, found.flags)

    def _pointed(self, ref: Ref, number: Number) -> Found | None:
        """Step 3: "of the Code", "настоящего Кодекса", "the Covenant"."""
        name = ref.name
        if name is None or name.kind not in GENERIC:
            return None
        if name.kind == "covenant":
            return self._found(law("int/iccpr"), number, ref.unit.many, "treaty_name", ref.first, name)
        itself = any("itself" in self.tokens.items[i].word.cues for i in range(max(0, name.first - 2), name.first))
        said = [self._own] if itself and self._own else list(reversed(self._said))
        for one in said:
            fits = {"code": one.law.kind in CODES, "law": one.law.kind not in CODES and one.law.country != "int"}
            if fits.get(name.kind, one.law.country == "int") and one.law.admits(number):
                if name.country and one.law.country != name.country:
                    continue
                return self._again(one, ref, number, "anaphora")
        return None

    def _again(self, said: _Said, ref: Ref, number: Number, step: str) -> Found | None:
        """A law named before, with its edition where that was certain and has this number."""
        choice = said.choice
        if choice and choice.edition and read(number, choice.edition, ref.unit.many):
            return Found(said.law, choice, step, None, said.law.country)
        return self._found(said.law, number, ref.unit.many, step, ref.first, None)

    def _recent(self, ref: Ref, number: Number) -> Found | None:
        """Steps 4 and 5: a law of the same sentence, or named in the three sentences before."""
        if ref.name is not None and ref.name.kind in ("law", "convention"):
            return None
        here = self.tokens.sentence[ref.first]
        ahead = self._named_after(ref, here)
        for one in [*reversed(self._said), *ahead]:
            if one.law.admits(number) and here - one.sentence <= _REACH:
                found = self._again(one, ref, number, "list" if one.sentence == here else "recent")
                if found:
                    return found
        return None

    def _named_after(self, ref: Ref, sentence: int) -> Iterator[_Said]:
        """A law named later in the same sentence."""
        for name in self.names.found:
            if name.first >= ref.last and self.tokens.sentence[name.first] == sentence and name.kind not in GENERIC:
                found = self._by_name(name, ref.number, name.first, ref.unit.lang or self.context.lang, ref.unit.many)
                if found and found.law:
                    yield _Said(sentence, found.law, name, found.choice)
                return
            if self.tokens.sentence[name.first] > sentence:
                return

    def _default(self, ref: Ref, number: Number) -> Found | None:
        """Steps 6 and 7: subject words beside the number, then the country of the document and the kind of the case."""
        countries = self._document_countries(ref)
        words = self.setting.near(ref.first, ref.last)
        laws = [one for c in countries for kind in _DEFAULT_KINDS for one in laws_of(c, kind) if one.admits(number)]
        if "covenant" in self.setting.cues(self.tokens.sentence[ref.first]):
            laws.append(law("int/iccpr"))
        spoken = [one for one in laws or list(knowing(number)) if self._speaks(one, number, words)]
        if spoken and len({one.country for one in spoken}) == 1:
            flags = () if laws else ("country-assumed",)
            return self._found(spoken[0], number, ref.unit.many, "subject_words", ref.first, None, flags)
        scored = sorted(((self._score(one, number, ref), -i) for i, one in enumerate(laws)), reverse=True)
        if scored and scored[0][0] > 0 and (len(scored) == 1 or scored[0][0] > scored[1][0]):
            return self._found(laws[-scored[0][1]], number, ref.unit.many, "document_default", ref.first, None)
        if not countries:
            return self._only_knowing(ref, number)
        return None

    def _document_countries(self, ref: Ref) -> list[str]:
        """The countries whose law an article without a name can be."""
        near = [c for c in self.setting.countries_near(ref.first) if c != OTHER]
        if self.context.countries:
            given = list(self.context.countries)
            return near[:1] if near and near[0] in given else given[:1]
        if near:
            return near[:1]
        if self._last and self._last[1].country:
            return [self._last[1].country]
        if before := self.setting.country_before(ref.first):
            return [before]
        language = LANGUAGE_COUNTRY.get(ref.unit.lang) or LANGUAGE_COUNTRY.get(self.context.lang[:2])
        return [language] if language else []

    @staticmethod
    def _speaks(one: Law, number: Number, words: list[str]) -> bool:
        return any(speaks_of(e, p.article, words) for e in one.editions for p in read(number, e))

    def _score(self, one: Law, number: Number, ref: Ref) -> int:
        cues = self.setting.cues(self.tokens.sentence[ref.first])
        near = one.kind in cues
        if one.kind == "criminal" and "administrative" in cues and "criminal" in cues:
            near = False
        if one.family == "int/iccpr":
            return 5
        known = sum(one.knows(n) for n in (number, *ref.unit.numbers))
        return 3 * known + 2 * near + (self.setting.document[one.kind] > 0)

    def _only_knowing(self, ref: Ref, number: Number) -> Found | None:
        """No country at all: the one law that has this inserted number, or this article with these parts."""
        knows = list(knowing(number))
        families = {one.family for one in knows}
        inserted = bool(number.rest or number.brackets) or len(number.first) == 4
        if len(families) == 1 and (inserted or ref.variants):
            return self._found(knows[0], number, ref.unit.many, "subject_words", ref.first, None, ("country-assumed",))
        return None

    def _unresolved(self, ref: Ref, number: Number) -> Found | None:
        """Step 8: kept without a law where the word is plain and the setting legal."""
        if len(number.first) > 3 and int(number.first) > HIGHEST:
            return None
        legal = ref.attached or is_unresolved_legal(self.tokens, self.setting, ref)
        return Found(None, None, "none") if legal else None

    def _titled_part(self, ref: Ref, provisions: list[Provision], found: Found) -> list[Provision]:
        """A note with the title of an inserted article: "моддаи 307, қ 1 (calls to extremism)" is 307-1."""
        edition = found.choice.edition if found.choice else None
        if edition is None or len(provisions) != 1 or len(ref.variants) != 1 or len(ref.variants[0]) != 1:
            return provisions
        inserted = f"{provisions[0].article}-{ref.variants[0][0].numbers[0].first}"
        closing = self.tokens.closing(ref.last) if ref.last < len(self.tokens) else None
        if inserted not in edition.articles or closing is None:
            return provisions
        note = [t.word.form or t.text.lower() for t in self.tokens.items[ref.last : closing]]
        if speaks_of(edition, inserted, note) and not speaks_of(edition, provisions[0].article, note):
            ref.variants.clear()
            return [Provision(inserted)]
        return provisions

    def _is_heading(self, ref: Ref) -> bool:
        """ "Статья 411. Клевета в отношении судьи" at the start of a line."""
        items = self.tokens.items
        if not self.setting.starts_paragraph(ref.first) or ref.variants or ref.name is not None:
            return False
        after = items[ref.last].text if ref.last < len(items) else ""
        return after in (".", "\n") and (
            ref.last + 1 >= len(items) or items[ref.last + 1].text[:1].isupper() or after == "\n"
        )

    def _emit(self, ref: Ref, provision: Provision, found: Found, flags: tuple[str, ...]) -> None:
        choice_flags = found.choice.flags if found.choice else ()
        flags = tuple(dict.fromkeys((*provision.flags, *flags, *choice_flags, *found.flags, *self._formerly(ref))))
        start, end = self.tokens.span(*self._span(ref))
        for part, point in _levels(ref, provision):
            self.citations.append(
                Citation(
                    country=found.country,
                    statute=found.choice.statute if found.choice else None,
                    article=provision.article,
                    part=part,
                    point=point,
                    start=start,
                    end=end,
                    confidence=self._confidence(found.step, flags),
                    resolved_by="list" if found.step == "recent" else found.step,
                    rule=ref.unit.keyword.id if ref.unit.keyword else "list",
                    flags=flags,
                )
            )

    def _span(self, ref: Ref) -> tuple[int, int]:
        name = ref.name
        if name is None or not ref.attached:
            return ref.first, ref.last
        return min(ref.first, name.first) if ref.name_before else ref.first, max(
            ref.last, 0 if ref.name_before else name.last
        )

    def _formerly(self, ref: Ref) -> tuple[str, ...]:
        before = self.tokens.items[max(0, ref.first - 2) : ref.first]
        return ("formerly",) if any("formerly" in token.word.cues for token in before) else ()

    @staticmethod
    def _confidence(step: str, flags: Sequence[str]) -> float:
        value = CONFIDENCE[step]
        for flag in flags:
            value *= _TEMPERED.get(flag, 1.0)
        return round(value, 3)


def _levels(ref: Ref, provision: Provision) -> Iterator[tuple[str | None, str | None]]:
    """Part and point of each record of a reference."""
    rows = [[[n.first for n in unit.numbers] for unit in variant] for variant in ref.variants] or [[]]
    for row in rows:
        if provision.part is not None:
            row = [[provision.part], *([[provision.point]] if provision.point else []), *row]
        parts = row[0] if row else []
        points = row[1] if len(row) > 1 else []
        if not parts:
            yield None, None
        for part in parts:
            if part is not parts[-1] or not points:
                yield part, None
        for point in points:
            yield parts[-1], point
