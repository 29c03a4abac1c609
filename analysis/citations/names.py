"""Names of laws and countries in a text, and what stands beside a name: its country, year and age."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.citations.dating import THIS_YEAR, age_beside, is_this_year, is_year, year_beside
from analysis.citations.law_numbers import law_by_number, law_numbers
from analysis.citations.lexer import BREAK, HYPHENS, NUMBER, STROKES, WORD, Tokens
from analysis.citations.lexicon import BARE_TITLE, UNLISTED, Country, Generic, Node, Payload, lexicon
from analysis.citations.likeness import alike, alike_code, alike_whole
from analysis.citations.named import Name
from analysis.citations.unlisted import LAW_REACH, QUOTES, is_passable, modifier, of_what, title_beside
from analysis.citations.words import SUFFIXING
from analysis.statutes import NameForm

_PASSED_INSIDE = STROKES | frozenset(',.()«»"№')
_BEFORE_LAW = {"about", "dating", "month", "adopted", "linking", "this", "thisyear", "new", "current", "special"}
_LAW_AFTER = 12  # tokens between the title of a law and its law word
_MARKS = 3  # marks between two words of one name
_ALIAS = 4  # tokens from "hereinafter" to the name it gives


def _is_told(name: Name) -> bool:
    """A law of the registry by its title or its number."""
    return name.kind in ("title", "number")


class Names:
    """All names of laws (``found``) and of countries in the tokens of a text."""

    def __init__(self, tokens: Tokens, loose: bool = False) -> None:
        """``loose``: abbreviations may stand in small letters (a query)."""
        self._tokens = tokens
        self._loose = loose
        self._lexicon = lexicon()
        self._keys = dict(self._find_keys())  # place -> edges of the tries that its word is
        self.cities: dict[int, str] = {}  # first token -> country
        self.countries = dict(self._find_countries())  # first token -> (code, index after)
        self._of_countries = {at for first, (_, last) in self.countries.items() for at in range(first, last)}
        self._country_ends = {last: (code, first) for first, (code, last) in self.countries.items()}
        self.found = self._find_names()

    def _find_keys(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        for at in self._tokens.telling:
            token = self._tokens.items[at]
            if token.kind == NUMBER:
                yield at, (token.text,)
            elif stems := token.word.stems:
                yield at, tuple(stem.removeprefix("~") for stem in stems) if self._loose else stems

    def _find_countries(self) -> Iterator[tuple[int, tuple[str, int]]]:
        until = 0
        for at in self._starting(self._lexicon.countries):
            if at < until:
                continue
            until, payloads, _ = self._walk(self._lexicon.countries, at)
            hit = next((p for p in payloads if isinstance(p, Country)), None)
            if hit and hit.city:
                self.cities[at] = hit.code
            elif hit:
                yield at, (hit.code, until)

    def _find_names(self) -> list[Name]:
        found: list[Name] = []
        until = 0
        starting = set(self._starting(self._lexicon.names))
        for at in sorted(starting.union(law_numbers(self._tokens))):
            if at < until:
                continue
            name = self._name(at) if at in starting else self._numbered(at)
            if (
                name
                and name.generic == "law"
                and found
                and name.first - found[-1].last <= _MARKS
                and _is_told(found[-1])
            ):
                name = name._replace(kind=name.generic, generic="", sure=False)  # «…» туралы … № 31-III заң
            if name:
                while found and found[-1].last > name.first:
                    found.pop()  # "the Law" of «Закон … «О СМИ»»
                found.append(name)
                until = name.last
        return self._with_alike(found)

    def _with_alike(self, found: Sequence[Name]) -> list[Name]:
        """The names, those of unlisted laws replaced by what a listed law is nearly called."""
        names: list[Name] = []
        for at, name in enumerate(found):
            stop = found[at + 1].first if at + 1 < len(found) else len(self._tokens)
            other = self._alike(name)
            if other and other.last <= stop and (not names or names[-1].last <= other.first):
                name = other
            names.append(name)
        return names

    def _alike(self, name: Name) -> Name | None:
        treaty = name.kind in ("convention", "covenant")
        if "code" in (name.kind, name.generic):
            near = alike_code(self._tokens, at := self._code_word(name), name.first < at)
        elif name.kind == "title":
            near = alike_whole(self._tokens, name.first, name.last)
        elif treaty or "law" in (name.kind, name.generic):
            near = alike(self._tokens, self._of_countries, name.first, name.last, treaty)
        else:
            return None
        if near is None:
            return None
        first, last = min(near.first, name.first), max(near.last, name.last)
        other = Name(first, last, "title", near.forms, name.country, name.year, name.age, approximate=True)
        other = self._beside(other)
        owners = {form.owner.partition("/")[0] for form in near.forms}
        return other if not other.country or owners & {other.country, "int"} else None

    def _code_word(self, name: Name) -> int:
        """The place of "code" in a name."""
        edges = self._lexicon.code_words
        places = range(name.first, name.last)
        return next((at for at in places if not edges.isdisjoint(self._keys.get(at, ()))), name.first)

    def _starting(self, root: Node) -> list[int]:
        """Places of words that begin a path of the trie."""
        edges = root.next.keys()
        return [at for at, keys in self._keys.items() if not edges.isdisjoint(keys)]

    def _walk(self, root: Node, at: int) -> tuple[int, Sequence[Payload], str]:
        """The longest path from ``items[at]``: index after it, its payloads, the country that stands inside it."""
        items, nodes, here = self._tokens.items, [root], at
        best, payloads, inside, country, walked = at, list[Payload](), "", "", at
        while here < len(items):
            if here > at and items[here].text in _PASSED_INSIDE and here - walked < _MARKS:
                here += 1
                continue
            reached = [child for key in self._keys.get(here, ()) for node in nodes if (child := node.next.get(key))]
            if not reached:
                gap = self._country_gap(here) if here > at and root is self._lexicon.names else None
                if gap is None or country:
                    break
                country, here = gap
                walked = here
                continue
            nodes, here = reached, here + 1
            walked = here
            if ending := [payload for node in nodes for payload in node.payloads]:
                best, payloads, inside = here, ending, country
        return best, payloads, inside

    def _country_gap(self, at: int) -> tuple[str, int] | None:
        """A country inside a name: "Code [of the Republic of Kazakhstan] on Administrative Offences"."""
        items, here = self._tokens.items, at
        while here < min(at + 2, len(items)) and items[here].word.form in ("of", "the"):
            here += 1
        return self.countries.get(here)

    def _name(self, at: int) -> Name | None:
        last, payloads, country = self._walk(self._lexicon.names, at)
        named = [payload for payload in payloads if isinstance(payload, NameForm)]
        forms = tuple([form for form in named if form.kind != BARE_TITLE])
        if named and not forms:
            near = last < len(self._tokens) and self._is_law_word(last)
            return self._beside(Name(at, last + 1, "title", tuple(named), country)) if near else None
        plain = tuple([form for form in forms if form.kind != "title"])
        if plain and self._is_parliament(last, plain):
            return None
        if plain:
            return self._beside(Name(at, self._case_ending(last), plain[0].kind, plain, country))
        if forms:
            return self._titled(at, last, forms, country)
        generic = next((p.kind for p in payloads if isinstance(p, Generic)), "")
        if generic == UNLISTED:
            return self._beside(Name(at, self._case_ending(last), UNLISTED))._replace(generic="code", sure=True)
        return self._pointing(at, last, generic, country) if generic and not self._is_alias(at) else None

    def _is_parliament(self, last: int, forms: Sequence[NameForm]) -> bool:
        """«КР ЖК депутаттары»: letters that are short for the parliament, too."""
        behind = self._tokens.items[last : last + 1]
        return bool(behind) and "parliament" in behind[0].word.cues and all(form.ambiguous for form in forms)

    def _is_alias(self, at: int) -> bool:
        """ "Заңының (бұдан әрі – Заң)": only how a law is called from here on; or the end of a number, "184-ФЗ"."""
        before = self._tokens.items[max(0, at - _ALIAS) : at]
        return any("alias" in token.word.cues for token in before) or (bool(before) and before[-1].text in HYPHENS)

    def _pointing(self, at: int, last: int, kind: str, country: str) -> Name:
        """ "The Code"; with an adjective or a title of its own it is a law that the registry does not hold."""
        name = self._beside(Name(at, last, kind, (), country))
        if kind not in ("code", "law"):
            return name
        tokens, countries = self._tokens, self._of_countries
        first = name.first if name.first in self._country_ends else modifier(tokens, name.first)
        titled = title_beside(tokens, countries, name.first, name.last, kind == "law")
        until = of_what(tokens, countries, last)
        if first < name.first or titled or until > last:
            inside = next((self.countries[at][0] for at in range(first, name.first) if at in self.countries), "")
            act = tokens.items[last - 1].text == "Act"  # "Criminal Procedure Act": its capitals are its title
            sure, last = kind == "code" or act or bool(titled), max(name.last, until)
            name = name._replace(kind=UNLISTED, first=first, last=last, generic=kind, sure=sure)
            return self._with_country(name._replace(country=name.country or inside))
        return name

    def _numbered(self, at: int) -> Name | None:
        """A law by its number, from the law word before it on."""
        if (found := law_by_number(self._tokens, at)) is None:
            return None
        last, statute = found
        first, _ = self._law_word_before(at)
        return Name(at if first is None else first, last, "number", statute=statute)

    def _case_ending(self, last: int) -> int:
        """Index after the case ending of an abbreviation: ҚК-нің."""
        items, joined = self._tokens.items, self._tokens.joined
        if last + 1 >= len(items) or items[last].text not in HYPHENS or not items[last + 1].word.case:
            return last
        return last + 2 if joined(last) and joined(last + 1) else last

    def _titled(self, at: int, last: int, forms: tuple[NameForm, ...], country: str) -> Name | None:
        """The title of a law: inside quotation marks, or beside a law word."""
        after = self._law_word_after(last) if forms[0].lang in SUFFIXING else None
        first, passed = self._law_word_before(at) if after is None else (None, "")
        if first is not None:
            name = self._beside(Name(first, last, "title", forms, country or passed))
            return name if name.year else name._replace(year=self._year_between(first, at))
        after = after or self._law_word_after(last)
        if after is not None:
            name = self._beside(Name(at, after, "title", forms, country))
            return name if name.year else name._replace(year=self._year_between(last, after))
        quoted = at > 0 and self._tokens.items[at - 1].text in QUOTES
        return self._beside(Name(at, last, "title", forms, country)) if quoted else None

    def _law_word_before(self, at: int) -> tuple[int | None, str]:
        """Going left over country, date, number and quotation marks to "Закон": its index, and the country passed."""
        items, here, country = self._tokens.items, at - 1, ""
        while here >= max(0, at - LAW_REACH) and items[here].kind != BREAK:
            if self._is_law_word(here):
                return here, country or self.countries.get(here, ("", 0))[0]
            if hit := self._country_ends.get(here + 1):
                country, here = hit[0], hit[1] - 1
            elif items[here].kind == WORD and not is_passable(items[here]):
                break
            else:
                here -= 1
        return None, ""

    def _law_word_after(self, last: int) -> int | None:
        items, country_until = self._tokens.items, last
        for here in range(last, min(last + _LAW_AFTER, len(items))):
            if self._is_law_word(here):
                return here + 1
            country_until = max(country_until, self.countries.get(here, ("", here))[1])
            word = items[here].word
            passed = here < country_until or word.cues & _BEFORE_LAW or word.case or word.numeral
            between = here + 1 < len(items) and here == last and self._is_law_word(here + 1)  # "туралы алғашқы заң"
            if items[here].kind == BREAK or (items[here].kind == WORD and not (passed or between)):
                return None
        return None

    def _is_law_word(self, at: int) -> bool:
        number = at > 0 and self._tokens.items[at - 1].text in HYPHENS  # "54-ФЗ"
        return not (number or self._lexicon.law_words.isdisjoint(self._keys.get(at, ())))

    def _year_between(self, first: int, last: int) -> str:
        items = self._tokens.items
        if any(is_this_year(self._tokens, at) for at in range(first, last)):
            return THIS_YEAR
        return next((t.text for t in items[first:last] if is_year(t.text)), "")

    def _beside(self, name: Name) -> Name:
        """The name with the country, the year and the age that stand beside it."""
        name = self._with_country(name)
        year = name.year or year_beside(self._tokens, name.first, name.last)
        age = age_beside(self._tokens, name.first, name.last)
        return name._replace(year=year, age=age) if year or age else name

    def _with_country(self, name: Name) -> Name:
        if name.country:
            return name
        before, after = self._country_before(name.first), self._country_after(name.last)
        if before and (name.lang in SUFFIXING or not after):
            return name._replace(country=before[0], first=before[1])
        return name._replace(country=after[0], last=after[1]) if after else name

    def _country_before(self, first: int) -> tuple[str, int] | None:
        items = self._tokens.items
        if first >= 2 and items[first - 2].text in HYPHENS and items[first - 1].word.case:
            first -= 2  # "ҚР-ның Қылмыстық кодексі"
        return self._country_ends.get(first)

    def _country_after(self, last: int) -> tuple[str, int] | None:
        items, here = self._tokens.items, last
        passed = ("of", "the", "in", "for")
        while here < min(last + 3, len(items)) and (items[here].word.form in passed or items[here].text == "("):
            here += 1
        return self.countries.get(here)
