"""Dates with a year, as seven languages write them (law-and-names §3.3): in words, in figures, year first or last."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from analysis.evidence import Stretch
from analysis.lexicon import Lexicon, Rule, table
from analysis.tokens import Token, fold

_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)(?![\d/])")
_LABEL = re.compile(r"[^\W\d_]{1,20}(?: [^\W\d_]{1,20})?\s?:\s{0,3}")
_STAMP_END = re.compile(r"(?:\s?г\.|[,.|:])?\s*(?:\d\d?[:.]\d\d\s*)?[-–—|:]?\s*")
_LOCATIVE = re.compile(r"(?:[дт][ае]|[dt][ae])\Z")  # «22 қаңтарда», "22-martda": on that day
_DATE_MARKS = ("-", "/")
_A_YEAR = re.compile(r"(?:19|20)\d\d")  # no date is one without: most paragraphs are done with here
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\Z")


class Dated(NamedTuple):
    """One date in a text: year, and month and day where they are said (0: not)."""

    year: int
    month: int
    day: int
    start: int
    end: int

    @property
    def iso(self) -> str:
        """ISO 8601, as precise as the date is: "2019", "2019-11", "2019-11-01"."""
        parts = (f"{self.year:04d}", f"{self.month:02d}", f"{self.day:02d}")
        return "-".join(parts[: 1 + bool(self.month) + bool(self.month and self.day)])


def dates(stretch: Stretch) -> list[Dated]:
    """The dates of one paragraph in reading order: full, month and year, bare years with a cue."""
    if not _A_YEAR.search(stretch.text, stretch.start, stretch.end):
        return []
    found: list[Dated] = []
    taken = -1
    for i, token in enumerate(stretch.tokens):
        if token.start < taken:
            continue
        dated = _numeric(token) or _written(stretch, i)
        if dated and dated.start >= taken:
            found.append(dated)
            taken = dated.end
    return found


def leading(stretch: Stretch) -> Dated | None:
    """The day that stands at the head of a paragraph as a stamp, before a new sentence: "21 May 2015 The court …".

    A label may come first ("Date: …").  A date that is a part of the sentence is none: "22 января 2016 года суд …".
    """
    label = _LABEL.match(stretch.text, stretch.start, stretch.end)
    at = bisect_left(stretch.tokens, label.end() if label else stretch.start, key=lambda token: token.start)
    if at >= len(stretch.tokens):
        return None
    dated = _numeric(stretch.tokens[at]) or _written(stretch, at)
    if not dated or not dated.day or _LOCATIVE.search(stretch.text[dated.start : dated.end].casefold()):
        return None
    following = stretch.text[(at := after_stamp(stretch.text, dated.end)) : min(at + 1, stretch.end)]
    return dated if following.isupper() or following.isdigit() or following in ("«", "“", '"') else None


def after_stamp(text: str, end: int) -> int:
    """Where the words begin after a stamp that ends at ``end``: past "г.", the time, a dash."""
    match = _STAMP_END.match(text, end)
    return match.end() if match else end


def _numeric(token: Token) -> Dated | None:
    """30.10.2019: ICU keeps it as one word."""
    match = _NUMERIC.fullmatch(token.text)
    if not match:
        return None
    day, month, year = map(int, match.groups())
    if month > 12 >= day:
        day, month = month, day
    return Dated(year, month, day, token.start, token.end) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _written(stretch: Stretch, i: int) -> Dated | None:
    """A date with a year in words that starts at token ``i``, in whatever order the language has."""
    tokens = stretch.tokens
    first = tokens[i]
    if _YEAR.match(first.text):
        return _year_first(stretch, i)
    if day := _DAY.match(first.text):
        at = _skip_ordinal(tokens, i + 1)
        if month := _month(stretch, at):
            year = _year_at(stretch, month[1], 2)
            return Dated(year[0], month[0], int(day[1]), first.start, year[1]) if year else None
        return _slashed(stretch, i)
    if month := _month(stretch, i):
        at = month[1]
        day_after = _DAY.match(tokens[at].text) if at < len(tokens) else None
        if day_after and (year := _year_at(stretch, _skip_ordinal(tokens, at + 1), 1)):
            return Dated(year[0], month[0], int(day_after[1]), first.start, year[1])
        if (year := _year_at(stretch, at, 2)) and not _own_month(stretch, at):
            return Dated(year[0], month[0], 0, first.start, year[1])
    return None


def _own_month(stretch: Stretch, at: int) -> bool:
    """ "Theresa May 2018-nji ýylyň 29-njy sentýabrynda": the year begins a date of its own, May is a name."""
    dated = _year_first(stretch, at) if _YEAR.match(stretch.tokens[at].text) else None
    return bool(dated and dated.month)


def _year_first(stretch: Stretch, i: int) -> Dated | None:
    """2019-10-30; «2019 жылғы 30 қазан»; "2021-yil 30-mart"; "2022-nji ýylyň 17-nji apreli"; a bare year."""
    tokens, text = stretch.tokens, stretch.text
    year, first = int(tokens[i].text), tokens[i]
    if text[first.end : first.end + 1] in _DATE_MARKS and i + 2 < len(tokens) and tokens[i + 2].end == first.end + 6:
        month, day = tokens[i + 1].text, tokens[i + 2].text
        if month.isdigit() and day.isdigit() and 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            return Dated(year, int(month), int(day), first.start, tokens[i + 2].end)
    at = _skip_ordinal(tokens, i + 1)
    worded = at < len(tokens) and tokens[at].text in words("after") and _close(text, tokens, at, 3)
    if worded:
        day_at = at + 1
        told = _DAY.match(tokens[day_at].text) if day_at < len(tokens) and _close(text, tokens, day_at, 3) else None
        named = _month(stretch, _skip_ordinal(tokens, day_at + 1) if told else day_at)
        if named:
            return Dated(year, named[0], int(told[1]) if told else 0, first.start, tokens[named[1] - 1].end)
        return Dated(year, 0, 0, first.start, first.end)
    return Dated(year, 0, 0, first.start, first.end) if _cued(stretch, i) else None


def _cued(stretch: Stretch, i: int) -> bool:
    """A bare number is a year when a word before it, brackets, or a range of years say so."""
    tokens, text = stretch.tokens, stretch.text
    before = text[max(stretch.start, tokens[i].start - 1) : tokens[i].start]
    after = text[tokens[i].end : min(tokens[i].end + 1, stretch.end)]
    if before == "(" and after in ")-–,":
        return True
    if before in "-–/" and before and i and _YEAR.match(tokens[i - 1].text):
        return True
    if after in "-–/" and after and i + 1 < len(tokens) and _YEAR.match(tokens[i + 1].text):
        return True
    if stretch.end - stretch.start == len(tokens[i].text):
        return True  # a line of its own, as on the cover of a book
    if stretch.where == "title":
        return before not in ("№", "$")
    counted = i + 1 < len(tokens) and tokens[i + 1].text in words("units")
    return i > 0 and tokens[i - 1].text in words("before") and _close(text, tokens, i, 2) and not counted


def _slashed(stretch: Stretch, i: int) -> Dated | None:
    """30/10/2019, which ICU cuts at the slashes."""
    tokens, text = stretch.tokens, stretch.text
    if i + 2 >= len(tokens) or text[tokens[i].end : tokens[i].end + 1] != "/":
        return None
    match = _NUMERIC.match(text, tokens[i].start)
    if not match or match.end() != tokens[i + 2].end:
        return None
    return _numeric(Token(match.group(), tokens[i].start, match.end()))


def _year_at(stretch: Stretch, at: int, reach: int) -> tuple[int, int] | None:
    """A year at token ``at``, or up to ``reach`` - 1 words later behind "соли" and the like: (year, end)."""
    tokens = stretch.tokens
    for j in range(at, min(at + reach, len(tokens))):
        if _YEAR.match(tokens[j].text) and _close(stretch.text, tokens, j, 3):
            return int(tokens[j].text), tokens[j].end
        if tokens[j].text not in words("before"):
            return None
    return None


def _skip_ordinal(tokens: Sequence[Token], at: int) -> int:
    return at + 1 if at < len(tokens) and tokens[at].text in words("ordinal") else at


def _close(text: str, tokens: Sequence[Token], at: int, reach: int) -> bool:
    """No more than ``reach`` characters, and no end of line, between a word and the one before it."""
    gap = text[tokens[at - 1].end : tokens[at].start]
    return len(gap) <= reach and "\n" not in gap


def _month(stretch: Stretch, at: int) -> tuple[int, int] | None:
    """(month, token after it) of a month name at token ``at``."""
    if at >= len(stretch.tokens) or not _months().known(stretch.tokens[at].text):
        return None
    match = _months().at(stretch, at)
    return (int(match.rule.value), match.last) if match else None


@cache
def words(name: str) -> frozenset[str]:
    """The words of a row of "cues" in years.toml, folded."""
    return frozenset(fold(w) for w in table("years.toml")["cues"][name])


@cache
def _months() -> Lexicon:
    rules = []
    for lang, names in table("years.toml")["months"].items():
        for number, words in enumerate(names, 1):
            patterns = tuple(words.split("|"))
            rule = Rule(f"month.{lang}.{number}", str(number), "month", frozenset({lang}), True, patterns, 1.0, (), ())
            rules.append(rule)
    return Lexicon(rules, "years.toml")
