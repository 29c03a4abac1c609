"""Names of laws and countries in a text: which words are one, and what stands beside it (country, year, age)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from analysis.citations.lexer import BREAK, DASHES, HYPHENS, MARK, NUMBER, WORD, Tokens
from analysis.citations.words import DATA, Words
from analysis.errors import DataError
from analysis.statute_data import expand
from analysis.statutes import NameForm, registry

COUNTRIES = ("kz", "kg", "uz", "tj", "tm", "ru", "other")
GENERIC = ("code", "law", "covenant", "convention")
SUFFIXING = frozenset(("kk", "ky", "uz", "tk"))
"""Languages in which the country and the law stand before the article."""

_QUOTES = frozenset("«»“”„\"‘’'")
_PASSED_INSIDE = HYPHENS | DASHES | frozenset(',()«»"')
_LAW_REACH = 16


@dataclass(frozen=True, slots=True)
class Name:
    """A law named at ``tokens[first:last]``.

    ``forms`` are the registry's forms that fit (none for "the Code"); ``country`` is what stands beside it, "" if
    nothing does, "other" for a foreign one; ``year`` is a year beside it; ``age`` "old", "new", "draft" or "".
    """

    first: int
    last: int
    kind: str  # "name", "title", "abbreviation", "number", or one of GENERIC
    forms: tuple[NameForm, ...] = ()
    country: str = ""
    year: str = ""
    age: str = ""
    statute: str = ""  # of a law named by its number

    @property
    def lang(self) -> str:
        return self.forms[0].lang if self.forms else ""


@dataclass(frozen=True, slots=True)
class _Country:
    code: str


@dataclass(frozen=True, slots=True)
class _Generic:
    kind: str


Payload = NameForm | _Country | _Generic


@dataclass(slots=True)
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    payloads: list[Payload] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists and the tries of names and of countries."""

    words: Words
    names: _Node
    countries: _Node


@cache
def lexicon() -> Lexicon:
    """Built once from the registry and ``countries.toml``.  Raises DataError where the data is wrong."""
    names, countries, used = _Node(), _Node(), dict[str, None]()
    for form in registry().name_forms:
        tokens = [f"={t}" if form.kind == "abbreviation" else t.replace("'", "") for t in form.tokens]
        _insert(names, tokens, form, used)
    for kind, patterns in _generic().items():
        for pattern in patterns:
            _insert(names, (pattern,), _Generic(kind), used)
    for code, pattern in _country_patterns():
        _insert(countries, pattern, _Country(code), used)
    return Lexicon(Words(used), names, countries)


def _insert(root: _Node, tokens: Sequence[str], payload: Payload, used: dict[str, None]) -> None:
    node = root
    for token in tokens:
        used[token] = None
        node = node.next.setdefault(token, _Node())
    if payload not in node.payloads:
        node.payloads.append(payload)


def _generic() -> dict[str, list[str]]:
    with (DATA / "generic.toml").open("rb") as file:
        table = tomllib.load(file)
    if unknown := set(table) - set(GENERIC):
        raise DataError(f"citations/generic.toml: unknown key {', '.join(sorted(unknown))}")
    return table


def _country_patterns() -> Iterator[tuple[str, tuple[str, ...]]]:
    with (DATA / "countries.toml").open("rb") as file:
        table = tomllib.load(file)
    if unknown := set(table) - set(COUNTRIES):
        raise DataError(f"citations/countries.toml: unknown country {', '.join(sorted(unknown))}")
    for code, lists in table.items():
        for pattern in lists["words"]:
            for tokens in expand(pattern):
                yield code, tokens
        for abbreviation in lists["abbreviations"]:
            yield code, (f"={abbreviation}",)
    for other in registry().others.values():
        for form in other.country_words:
            tokens = [f"={t}" if form.kind == "abbreviation" else t.replace("'", "") for t in form.tokens]
            yield "other", tuple(tokens)


class Names:
    """All names of laws and countries in the tokens of a text."""

    def __init__(self, tokens: Tokens, loose: bool = False) -> None:
        """``loose``: abbreviations may stand in small letters (a query)."""
        self._tokens = tokens
        self._loose = loose
        self._lexicon = lexicon()
        self.countries = dict(self._find_countries())  # first token -> (code, index after)
        self._country_ends = {last: (code, first) for first, (code, last) in self.countries.items()}
        self.found = self._find_names()

    def _find_countries(self) -> Iterator[tuple[int, tuple[str, int]]]:
        at, items = 0, self._tokens.items
        while at < len(items):
            if items[at].word.stems:
                last, payloads, _ = self._walk(self._lexicon.countries, at, ())
                if payloads and isinstance(payloads[0], _Country):
                    yield at, (payloads[0].code, last)
                    at = last
                    continue
            at += 1

    def _find_names(self) -> list[Name]:
        found: list[Name] = []
        at, items = 0, self._tokens.items
        while at < len(items):
            name = self._name(at) if items[at].word.stems else None
            if name:
                while found and found[-1].last > name.first:
                    found.pop()  # "the Law" of «Закон … «О СМИ»»
                found.append(name)
            at = name.last if name else at + 1
        return found

    def _walk(self, root: _Node, at: int, payloads: Sequence[Payload]) -> tuple[int, Sequence[Payload], str]:
        """The longest path from ``items[at]``: index after it, its payloads, the country that stands inside it."""
        items, nodes, here = self._tokens.items, [root], at
        best, inside, country = at, "", ""
        while here < len(items):
            token = items[here]
            if here > at and token.kind == MARK and token.text in _PASSED_INSIDE:
                here += 1
                continue
            nodes_next = [n for key in self._keys(here) for node in nodes if (n := node.next.get(key))]
            if not nodes_next:
                gap = self._country_gap(here) if here > at and root is self._lexicon.names else None
                if gap is None or country:
                    break
                country, here = gap
                continue
            nodes, here = nodes_next, here + 1
            if ending := [p for node in nodes for p in node.payloads]:
                best, payloads, inside = here, ending, country
        return best, payloads, inside

    def _keys(self, at: int) -> tuple[str, ...]:
        token = self._tokens.items[at]
        if token.kind == NUMBER:
            return (token.text,)
        stems = token.word.stems
        if self._loose:
            return tuple(s.removeprefix("~") for s in stems)
        return stems

    def _country_gap(self, at: int) -> tuple[str, int] | None:
        """A country inside a name: "Code [of the Republic of Kazakhstan] on Administrative Offences"."""
        items, here = self._tokens.items, at
        while here < min(at + 2, len(items)) and items[here].word.form in ("of", "the"):
            here += 1
        hit = self.countries.get(here)
        return hit if hit else None

    def _name(self, at: int) -> Name | None:
        last, payloads, country = self._walk(self._lexicon.names, at, ())
        if not payloads:
            return None
        forms = tuple(p for p in payloads if isinstance(p, NameForm))
        if not forms:
            generic = next(p for p in payloads if isinstance(p, _Generic))
            return self._beside(Name(at, last, generic.kind, (), country))
        plain = tuple(f for f in forms if f.kind != "title")
        if plain:
            return self._beside(Name(at, self._case_ending(last), plain[0].kind, plain, country))
        return self._titled(at, last, forms, country)

    def _case_ending(self, last: int) -> int:
        """Index after the case ending of an abbreviation: ҚК-нің."""
        items = self._tokens.items
        if last + 1 < len(items) and items[last].text in HYPHENS and self._tokens.joined(last):
            if items[last + 1].word.case and self._tokens.joined(last + 1):
                return last + 2
        return last

    def _titled(self, at: int, last: int, forms: tuple[NameForm, ...], country: str) -> Name | None:
        """The title of a law: inside quotation marks, or beside a law word."""
        first, country_before = self._law_word_before(at)
        if first is None:
            after = self._law_word_after(last)
            if after is not None:
                return self._beside(Name(at, after, "title", forms, country))
            quoted = at > 0 and self._tokens.items[at - 1].text in _QUOTES
            return self._beside(Name(at, last, "title", forms, country)) if quoted else None
        name = self._beside(Name(first, last, "title", forms, country or country_before))
        return name if name.year else replace(name, year=self._year_between(first, at))

    def _law_word_before(self, at: int) -> tuple[int | None, str]:
        """Going left over country, date, number and quotation marks to "Закон": its index, and the country passed."""
        items, here, country = self._tokens.items, at - 1, ""
        while here >= max(0, at - _LAW_REACH):
            token = items[here]
            if token.kind == BREAK:
                break
            if self._is_law_word(here):
                return here, country or self.countries.get(here, ("", 0))[0]
            if hit := self._country_ends.get(here + 1):
                country, here = hit[0], hit[1] - 1
                continue
            if token.kind == WORD and not self._passable(here):
                break
            here -= 1
        return None, ""

    def _passable(self, at: int) -> bool:
        word = self._tokens.items[at].word
        return bool(word.cues & {"month", "linking", "dating", "about"}) or len(self._tokens.items[at].text) <= 2

    def _law_word_after(self, last: int) -> int | None:
        items = self._tokens.items
        for here in range(last, min(last + 5, len(items))):
            if self._is_law_word(here):
                return here + 1
            if items[here].kind == WORD and not items[here].word.cues & {"about"} and not items[here].word.case:
                return None
        return None

    def _is_law_word(self, at: int) -> bool:
        node = self._lexicon.names
        return any(
            isinstance(p, _Generic) and p.kind == "law"
            for key in self._keys(at)
            if (child := node.next.get(key))
            for p in child.payloads
        )

    def _year_between(self, first: int, last: int) -> str:
        return next((t.text for t in self._tokens.items[first:last] if _is_year(t.kind, t.text)), "")

    def _beside(self, name: Name) -> Name:
        """The name with the country, the year and the age that stand beside it."""
        name = self._with_country(name)
        if not name.year:
            name = replace(name, year=self._year_after(name.last) or self._year_before(name.first))
        return replace(name, age=self._age(name.first, name.last))

    def _with_country(self, name: Name) -> Name:
        before = self._country_before(name.first)
        after = self._country_after(name.last)
        if name.country:
            return name
        if before and (name.lang in SUFFIXING or not after):
            return replace(name, country=before[0], first=before[1])
        if after:
            return replace(name, country=after[0], last=after[1])
        return name

    def _country_before(self, first: int) -> tuple[str, int] | None:
        return self._country_ends.get(first) or (
            self._country_ends.get(first - 2) if self._adjective_before(first) else None
        )

    def _adjective_before(self, first: int) -> bool:
        """A hyphen and case ending between country and name (ҚР-ның Қылмыстық кодексі)."""
        items = self._tokens.items
        return first >= 2 and items[first - 2].text in HYPHENS and items[first - 1].word.case

    def _country_after(self, last: int) -> tuple[str, int] | None:
        items, here = self._tokens.items, last
        while here < min(last + 3, len(items)) and (
            items[here].word.form in ("of", "the", "in", "for") or items[here].text == "("
        ):
            here += 1
        return self.countries.get(here)

    def _year_after(self, last: int) -> str:
        """A year after a name: "of 1997", "(2014)", "от 5 мая 2021 года", "в редакции 1997 года"."""
        items = self._tokens.items
        for here in range(last, min(last + 6, len(items))):
            token = items[here]
            if _is_year(token.kind, token.text):
                return token.text
            plain_number = token.kind == NUMBER and len(token.text) <= 2
            if not (plain_number or token.text == "(" or token.word.cues & {"dating", "month"}):
                break
        return ""

    def _year_before(self, first: int) -> str:
        """A year before a name: "the 1997 Criminal Code", "2010-жылкы Конституция", "2014 жылғы ҚК"."""
        items = self._tokens.items
        for here in range(first - 1, max(-1, first - 5), -1):
            token = items[here]
            if _is_year(token.kind, token.text):
                return token.text
            if not (token.text in HYPHENS or token.word.cues & {"dating", "new"} or token.word.numeral):
                break
        return ""

    def _age(self, first: int, last: int) -> str:
        items = self._tokens.items
        near = [items[i] for i in (first - 2, first - 1) if i >= 0]
        near += [items[i] for i in range(first, last)]
        cues = [token.word.cues for token in near]
        after = items[last].word.cues if last < len(items) else frozenset()
        for age in ("old", "new"):
            if any(age in c for c in cues[:2]):
                return age
        if any("draft" in c for c in cues[:2]) or "draft" in after:
            return "draft"
        return ""


def _is_year(kind: int, text: str) -> bool:
    return kind == NUMBER and len(text) == 4 and text[:2] in ("19", "20")
