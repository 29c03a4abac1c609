"""Names of laws and countries in a text, and what stands beside a name: its country, year and age."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.citations.dating import age_beside, is_year, year_beside
from analysis.citations.lexer import BREAK, DASHES, HYPHENS, NUMBER, WORD, Tokens
from analysis.citations.lexicon import Country, Generic, Node, Payload, lexicon
from analysis.citations.words import SUFFIXING
from analysis.statutes import NameForm, registry

UNLISTED = "unlisted"
"""A law that the registry does not hold: "Labour Code", «Закон «О науке»»."""

QUOTES = frozenset("«»“”„\"‘’'")
_PASSED_INSIDE = HYPHENS | DASHES | frozenset(',.()«»"№')
_MARKS = 3  # marks between two words of one name
_LAW_REACH = 16
_FUNCTION = frozenset(
    ("this", "itself", "new", "old", "draft", "linking", "dating", "about", "formerly", "criminal", "legal", "counted")
)


@dataclass(frozen=True, slots=True)
class Name:
    """A law named at ``tokens[first:last]``.

    ``forms`` are the registry's forms that fit (none for "the Code"); ``country`` is what stands beside it, "" if
    nothing does, "other" for a foreign one; ``year`` is a year beside it; ``age`` "old", "new", "draft" or "".
    """

    first: int
    last: int
    kind: str  # "name", "title", "abbreviation", "number", UNLISTED, or one of GENERIC
    forms: tuple[NameForm, ...] = ()
    country: str = ""
    year: str = ""
    age: str = ""
    statute: str = ""  # the edition, of a law named by its number

    @property
    def lang(self) -> str:
        return self.forms[0].lang if self.forms else ""

    @property
    def ambiguous(self) -> bool:
        """Needs an article or a country beside it to count."""
        return bool(self.forms) and all(form.ambiguous for form in self.forms)


class Names:
    """All names of laws (``found``) and of countries in the tokens of a text."""

    def __init__(self, tokens: Tokens, loose: bool = False) -> None:
        """``loose``: abbreviations may stand in small letters (a query)."""
        self._tokens = tokens
        self._loose = loose
        self._lexicon = lexicon()
        self.cities: dict[int, str] = {}  # first token -> country
        self.countries = dict(self._find_countries())  # first token -> (code, index after)
        self._country_ends = {last: (code, first) for first, (code, last) in self.countries.items()}
        self.found = self._find_names()

    def _find_countries(self) -> Iterator[tuple[int, tuple[str, int]]]:
        at, items = 0, self._tokens.items
        while at < len(items):
            last = 0
            if self._starts(self._lexicon.countries, at):
                last, payloads, _ = self._walk(self._lexicon.countries, at)
                hit = next((p for p in payloads if isinstance(p, Country)), None)
                if hit and hit.city:
                    self.cities[at] = hit.code
                elif hit:
                    yield at, (hit.code, last)
            at = max(at + 1, last)

    def _find_names(self) -> list[Name]:
        found: list[Name] = []
        at, items = 0, self._tokens.items
        while at < len(items):
            name = self._name(at) if self._starts(self._lexicon.names, at) else self._numbered(at)
            if name:
                while found and found[-1].last > name.first:
                    found.pop()  # "the Law" of «Закон … «О СМИ»»
                found.append(name)
            at = name.last if name else at + 1
        return found

    def _starts(self, root: Node, at: int) -> bool:
        return bool(self._tokens.items[at].word.stems) and not root.next.keys().isdisjoint(self._keys(at))

    def _walk(self, root: Node, at: int) -> tuple[int, Sequence[Payload], str]:
        """The longest path from ``items[at]``: index after it, its payloads, the country that stands inside it."""
        items, nodes, here = self._tokens.items, [root], at
        best, payloads, inside, country, walked = at, list[Payload](), "", "", at
        while here < len(items):
            if here > at and items[here].text in _PASSED_INSIDE and here - walked < _MARKS:
                here += 1
                continue
            reached = [child for key in self._keys(here) for node in nodes if (child := node.next.get(key))]
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

    def _keys(self, at: int) -> tuple[str, ...]:
        token = self._tokens.items[at]
        if token.kind == NUMBER:
            return (token.text,)
        stems = token.word.stems
        return tuple(stem.removeprefix("~") for stem in stems) if self._loose else stems

    def _country_gap(self, at: int) -> tuple[str, int] | None:
        """A country inside a name: "Code [of the Republic of Kazakhstan] on Administrative Offences"."""
        items, here = self._tokens.items, at
        while here < min(at + 2, len(items)) and items[here].word.form in ("of", "the"):
            here += 1
        return self.countries.get(here)

    def _name(self, at: int) -> Name | None:
        last, payloads, country = self._walk(self._lexicon.names, at)
        forms = tuple(p for p in payloads if isinstance(p, NameForm))
        plain = tuple(form for form in forms if form.kind != "title")
        if plain:
            return self._beside(Name(at, self._case_ending(last), plain[0].kind, plain, country))
        if forms:
            return self._titled(at, last, forms, country)
        generic = next((p.kind for p in payloads if isinstance(p, Generic)), "")
        return self._pointing(at, last, generic, country) if generic else None

    def _pointing(self, at: int, last: int, kind: str, country: str) -> Name:
        """ "The Code"; with an adjective or a title of its own it is a law that the registry does not hold."""
        name = self._beside(Name(at, last, kind, (), country))
        modified = self._modifier(name.first) if kind in ("code", "law") else name.first
        if modified < name.first or (kind == "law" and self._has_title(name)):
            return replace(name, kind=UNLISTED, first=modified)
        return name

    def _modifier(self, first: int) -> int:
        """Index of a word that makes "code" the name of another code: "Labour Code", «Трудового кодекса»."""
        items = self._tokens.items
        if (
            first == 0
            or items[first - 1].kind != WORD
            or self._tokens.sentence[first - 1] != self._tokens.sentence[first]
        ):
            return first
        token = items[first - 1]
        word = token.word
        if word.cues & _FUNCTION or word.joins or word.keywords or first in self._country_ends or len(token.text) < 4:
            return first
        russian = _ends_like_adjective(token.text)
        latin = token.text.isascii() and items[first].text.lower() in ("code", "law", "act")
        capital = token.text[0].isupper()
        suffixing = items[first].word.form.startswith(("кодекси", "кодексі", "kodeksi", "қонуни", "заңы", "мыйзамы"))
        return first - 1 if russian or (latin and capital) or suffixing else first

    def _has_title(self, name: Name) -> bool:
        """A quoted title behind or before the law word, that no form of the registry fits."""
        items = self._tokens.items
        before = name.first - 1
        while before > 0 and items[before].kind == WORD and items[before].word.cues & {"about"}:
            before -= 1
        if (before >= 0 and items[before].text in QUOTES) or before < name.first - 1:
            return True
        for at in range(name.last, min(name.last + _LAW_REACH, len(items))):
            if items[at].text in QUOTES and items[at].text != "'":
                return True
            if items[at].word.form == "on":
                return True
            if items[at].kind == BREAK or (
                items[at].kind == WORD and not self._passable(at) and at not in self.countries
            ):
                return False
        return False

    def _numbered(self, at: int) -> Name | None:
        """A law by its number: "Law No. 72", "№ 226-V"."""
        items = self._tokens.items
        if items[at].text != "№" or at + 1 >= len(items) or items[at + 1].kind != NUMBER:
            return None
        last = at + 2
        if last + 1 < len(items) and items[last].text in HYPHENS and self._tokens.joined(last):
            number = f"{items[at + 1].text}-{items[last + 1].text}"
            statute = registry().by_number.get(number, "")
            if statute and items[last + 1].kind == WORD:
                return Name(at, last + 2, "number", statute=statute)
        return None

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
            return name if name.year else replace(name, year=self._year_between(first, at))
        after = after or self._law_word_after(last)
        if after is not None:
            return self._beside(Name(at, after, "title", forms, country))
        quoted = at > 0 and self._tokens.items[at - 1].text in QUOTES
        return self._beside(Name(at, last, "title", forms, country)) if quoted else None

    def _law_word_before(self, at: int) -> tuple[int | None, str]:
        """Going left over country, date, number and quotation marks to "Закон": its index, and the country passed."""
        items, here, country = self._tokens.items, at - 1, ""
        while here >= max(0, at - _LAW_REACH) and items[here].kind != BREAK:
            if self._is_law_word(here):
                return here, country or self.countries.get(here, ("", 0))[0]
            if hit := self._country_ends.get(here + 1):
                country, here = hit[0], hit[1] - 1
            elif items[here].kind == WORD and not self._passable(here):
                break
            else:
                here -= 1
        return None, ""

    def _passable(self, at: int) -> bool:
        token = self._tokens.items[at]
        return bool(token.word.cues & {"month", "linking", "dating", "about"}) or len(token.text) <= 2

    def _law_word_after(self, last: int) -> int | None:
        items = self._tokens.items
        for here in range(last, min(last + 5, len(items))):
            if self._is_law_word(here):
                return here + 1
            if items[here].kind == WORD and not items[here].word.cues & {"about"} and not items[here].word.case:
                return None
        return None

    def _is_law_word(self, at: int) -> bool:
        children = [child for key in self._keys(at) if (child := self._lexicon.names.next.get(key))]
        return any(payload == Generic("law") for child in children for payload in child.payloads)

    def _year_between(self, first: int, last: int) -> str:
        return next((t.text for t in self._tokens.items[first:last] if is_year(t.kind, t.text)), "")

    def _beside(self, name: Name) -> Name:
        """The name with the country, the year and the age that stand beside it."""
        name = self._with_country(name)
        year = name.year or year_beside(self._tokens, name.first, name.last)
        return replace(name, year=year, age=age_beside(self._tokens, name.first, name.last))

    def _with_country(self, name: Name) -> Name:
        if name.country:
            return name
        before, after = self._country_before(name.first), self._country_after(name.last)
        if before and (name.lang in SUFFIXING or not after):
            return replace(name, country=before[0], first=before[1])
        return replace(name, country=after[0], last=after[1]) if after else name

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


def _ends_like_adjective(text: str) -> bool:
    """Does a Russian word before "кодекс" look like an adjective: «Трудового», "Налоговый"?"""
    return text.lower().endswith(("ого", "ому", "ым", "ом", "ый", "ой", "его", "ему", "им", "ий"))
