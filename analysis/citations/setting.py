"""What the words around a place say: signs of the kind of law, countries, years, subjects of articles."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import chain

from analysis.citations.dating import ADOPTED, is_event_year, is_until
from analysis.citations.lexer import BREAK, NUMBER, Tokens
from analysis.citations.named import Name
from analysis.citations.names import Names
from analysis.statutes import Statute, registry

NEAR = 40
NEIGHBOURS = 4
_THE_COURT = ("The", "European")  # "The Court finds no separate issue under Article 13 of the Convention"
_POINTING = frozenset(("That", "This", "It", "Это", "Тогда", "Бұл", "Бул", "Bu", "Бу", "Ин", "Şol"))
_SOON = 6  # words before the year in a sentence that points back
_HEADING = 3  # words and marks beside the country in a heading
_IN = frozenset(("in", "в", "во", "дар", "у"))
_LOCATIVE = ("да", "де", "та", "те", "da", "de")
_NONE: frozenset[str] = frozenset()


class Setting:
    """Signs by sentence and for the whole text, gathered in one pass."""

    def __init__(self, tokens: Tokens, names: Names, home: str = "") -> None:
        """``home``: the country that "here" means, "" if none is known."""
        self.tokens = tokens
        self._cues: dict[int, set[str]] = defaultdict(set)
        self.years: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self._now: dict[int, int] = {}  # sentence -> last word for the present day behind a year
        self.countries: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self.document = Counter(chain.from_iterable(tokens.items[at].word.cues for at in tokens.telling))
        self.named: Counter[str] = Counter()
        dates_of_laws = _law_dates(tokens, names.found)
        for at in tokens.telling:
            token, sentence = tokens.items[at], tokens.sentence[at]
            if cues := token.word.cues:
                self._cues[sentence] |= cues
                if "now" in cues and sentence in self.years:
                    self._now[sentence] = at
            elif token.kind == NUMBER and at not in dates_of_laws and is_event_year(tokens, at):
                self.years[sentence].append((at, str(int(token.text) - is_until(tokens, at))))
        for at in _the_court(tokens):
            self._cues[tokens.sentence[at]].add("strasbourg")
        self.noted = _in_brackets(tokens)
        self._sections = sorted(_sections(tokens, names))
        self._placed: dict[int, list[tuple[int, str]]] = defaultdict(list)
        said = (at for at in tokens.telling if home and "here" in tokens.items[at].word.cues)
        self._here = {at: home for at in said if _is_place(tokens, at, at + 1)}
        cities = {at: (code, at + 1) for at, code in (names.cities | self._here).items()}
        for at, (code, last) in sorted((names.countries | cities).items()):
            if _is_place(tokens, at, last):
                self._placed[tokens.sentence[at]].append((at, code))
        self._begins = {at: code for at, (code, _) in names.countries.items()}
        self._ends = {last: (at, code) for at, (code, last) in names.countries.items()}
        named = {at: code for at, (code, _) in names.countries.items()} | names.cities | self._here
        for at, code in sorted(named.items()):
            self.countries[tokens.sentence[at]].append((at, code))
            self.named[code] += 1

    def cues(self, sentence: int) -> set[str] | frozenset[str]:
        return self._cues.get(sentence, _NONE)

    def start(self, at: int) -> int:
        """The first token of the sentence."""
        return self.tokens.starts[self.tokens.sentence[at]]

    def years_at(self, at: int) -> list[str]:
        """The years of the sentence, first the one nearest before, then those behind a place from the nearest on.

        None behind a word for the present day: "in 2011 under 164, now under 174".
        """
        sentence = self.tokens.sentence[at]
        if at > self._now.get(sentence, at):
            return []
        here = self.years.get(sentence) or self._years_told_after(sentence)
        behind = bisect_left(here, (at, ""))
        return [year for _, year in (*here[behind - 1 : behind], *here[behind : behind + 1])]

    def _years_told_after(self, sentence: int) -> list[tuple[int, str]]:
        """ "… under Article 373. That was in May 2009": the year of the next sentence, where it points back."""
        told = self.years.get(sentence + 1)
        if not told:
            return []
        at = self.tokens.starts[sentence + 1]
        points = self.tokens.items[at].text in _POINTING
        return told[:1] if points and told[0][0] - at <= _SOON else []

    def near(self, first: int, last: int) -> str:
        """Words near ``tokens[first:last]``, in the same paragraph, as ``Tokens.spoken`` writes them."""
        paragraph, number = self.tokens.paragraph, self.tokens.paragraph[first]
        start = bisect_left(paragraph, number, max(0, first - NEAR), first)
        end = bisect_right(paragraph, number, first, min(len(paragraph), last + NEAR))
        return self.tokens.spoken(start, end)

    def countries_near(self, at: int) -> list[str]:
        """Countries of the sentence, nearest first, or the country under whose heading it stands."""
        here = self.countries.get(self.tokens.sentence[at], [])
        section = bisect_left(self._sections, (at, "")) - 1
        if not here and section >= 0 and self._sections[section][1]:
            return [self._sections[section][1]]
        here = [hit for hit in here if hit[0] < at or hit[0] not in self._here]  # "here" speaks for what follows
        place = bisect_left(here, (at, ""))
        near = sorted(here[max(0, place - NEIGHBOURS) : place + NEIGHBOURS], key=lambda hit: abs(hit[0] - at))
        return list(dict.fromkeys(code for _, code in near))

    def placed(self, at: int, last: int) -> tuple[int, str] | None:
        """Where, or whose, the article ``tokens[at:last]`` is: "in Tajikistan, Art. 330", "Kazakhstan's Article 174",
        "Article 174 of Kazakhstan's".
        """
        here = self._placed.get(self.tokens.sentence[at], [])
        before = bisect_left(here, (at, ""))
        of = last < len(self.tokens) and self.tokens.items[last].text == "of"
        behind = self._begins.get(last + 1) if of else None
        found = (last, behind) if behind else self._ends.get(at) or (here[before - 1] if before else None)
        return found if found and found[1] != "other" else None

    def is_first_after(self, country: str, at: int) -> bool:
        """Is a country named in the sentence only behind a place?"""
        here = [place for place, code in self.countries.get(self.tokens.sentence[at], []) if code == country]
        return bool(here) and here[0] > at

    def owner(self, first: int) -> str:
        """The country right before an article: "Germany's Article 188 of the Code", «казахстанская статья 174»."""
        return self._ends.get(first, (0, ""))[1]

    @cached_property
    def main_country(self) -> str:
        """The country of ours that the text names most, "" if it names none."""
        ours = [(count, code) for code, count in self.named.items() if code != "other"]
        return max(ours, key=lambda hit: hit[0])[1] if ours else ""

    def starts_paragraph(self, at: int) -> bool:
        return at == 0 or self.tokens.items[at - 1].kind == BREAK


def _the_court(tokens: Tokens) -> list[int]:
    """Places of "the European Court", "The Court"."""
    if "Court" not in tokens.text:
        return []
    items = tokens.items
    return [at for at in range(1, len(items)) if items[at].text == "Court" and items[at - 1].text in _THE_COURT]


def _in_brackets(tokens: Tokens) -> set[int]:
    """Places inside round brackets: a law named there is an aside."""
    opened = (at for at, token in enumerate(tokens.items) if token.text == "(")
    return {inside for at in opened for inside in range(at, tokens.closing(at) or at)}


def _is_place(tokens: Tokens, first: int, last: int) -> bool:
    """ "In Kazakhstan", «в Казахстане», "Қазақстанда", «у нас»."""
    before = tokens.items[first - 1].word.form or tokens.items[first - 1].text.lower() if first else ""
    return before in _IN or tokens.items[last - 1].text.lower().endswith(_LOCATIVE)


def _sections(tokens: Tokens, names: Names) -> Iterator[tuple[int, str]]:
    """Lines that hold nothing but a country, as headings of what follows; lines in a row are a list, of no country."""
    items, previous = tokens.items, -1
    for first, (code, last) in sorted(names.countries.items()):
        start = max((at for at in range(max(0, first - _HEADING), first) if items[at].kind == BREAK), default=-1)
        if (first == 0 or items[first - 1].kind == BREAK) and last < len(items) and items[last].text in ".:":
            yield first, code  # "Kazakhstan. The Law on Mass Media …" speaks for its own paragraph
            yield next((at for at in range(last, len(items)) if items[at].kind == BREAK), len(items)), ""
            continue
        end = next((at for at in range(last, min(last + _HEADING, len(items))) if items[at].kind == BREAK), None)
        if end is None or (start < 0 and first >= _HEADING):
            continue
        yield first, "" if start == previous else code
        previous = end


def _law_dates(tokens: Tokens, names: list[Name]) -> set[int]:
    """Places of years that date a law, not an event."""
    places = set[int]()
    for name in (name for name in names if name.year):
        places.update(range(name.first - 4, name.last + 6))
        start = max(0, name.first - ADOPTED)
        around = tokens.items[start : name.last + ADOPTED]
        places.update(at for at, token in enumerate(around, start) if token.text == name.year)
    return places


def speaks_of(edition: Statute, article: str, words: str) -> bool:
    """Do these words (of ``Tokens.spoken``) name the subject of an article of the edition?"""
    return article in edition.articles and _subject(edition.id, article).search(words) is not None


@cache
def _subject(edition: str, article: str) -> re.Pattern[str]:
    """The words of a subject in every language as one pattern; an article without words matches nothing."""
    known = registry().get(edition).articles[article].words.values()
    phrases = {" ".join(_word(word) for word in phrase) for phrases in known for phrase in phrases}
    return re.compile(f" (?:{'|'.join(sorted(phrases))})(?= )" if phrases else r"(?!)")


def _word(word: str) -> str:
    stem = re.escape(word.rstrip("*").replace("'", "").replace("ё", "е"))
    return stem + r"\S*" * word.endswith("*")
