"""The year of a document: dates in seven languages, classified and weighed (law-and-names §3.3)."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from analysis.evidence import Evidence, Reading, Stretch
from analysis.lexicon import Lexicon, Rule, table
from analysis.tokens import Token, fold

FIRST_YEAR = 1990
THRESHOLD = 2.0
UNDATED_THRESHOLD = 3.0  # where no full date, title or address speaks for the year
WEIGHTS = {
    "title": 6.0, "byline": 6.0, "url": 4.0, "early": 4.0, "date": 2.0, "month": 1.5, "bare": 0.5,
    "background": 0.2, "future": 0.3, "law": 0.0, "bio": 0.0, "boilerplate": 0.0,
}  # fmt: skip
BARE_CAP = 2.0  # bare years of one year together
EARLY_SHARE = 0.3
BYLINE_WORDS = 12  # a line with a date and no more words than these is a date line
BYLINE_SHARE = 0.3  # of which the date is this share
BYLINE_PARAGRAPHS = 8  # date lines stand among the first paragraphs,
SIGNATURE_PARAGRAPHS = 3  # or among the last
EVENTS = frozenset({"early", "date", "month", "byline", "title", "url"})
_DATED = EVENTS - {"month"}
_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)(?![\d/])")
_DATE_MARKS = ("-", "/")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\Z")
_SINCE = re.compile(r"\d\W+\w*(?:[дтн][аеоө]н|d[ae]n)\Z")  # «2015 жылғы 1 қаңтардан»: the ablative says since
_URL = re.compile(r"/((?:19|20)\d\d)/(?:\d\d?/|[^/]*\Z)")
_CLASSES = ("boilerplate", "law", "bio", "future", "background")
_REACH = 24  # characters before or after a date in which a word of a class is looked for


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


@dataclass(frozen=True, slots=True)
class Year:
    """The year of a document with its score and all evidence for it, strongest first."""

    value: str
    score: float
    evidence: tuple[Evidence, ...]


def dates(stretch: Stretch) -> list[Dated]:
    """The dates of one paragraph in reading order: full, month and year, bare years with a cue."""
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


def find(reading: Reading, laws: Sequence[tuple[int, int]] = (), url: str = "") -> list[Evidence]:
    """Every year of a document, classified.  ``laws`` are spans of the text that cite or name a statute."""
    found = [Evidence(match.group(1), "year.url", "url", WEIGHTS["url"], -1, -1, "url") for match in _URL.finditer(url)]
    for stretch in reading.stretches:
        for dated in dates(stretch):
            kind = _kind(reading, stretch, dated, laws)
            yearly = Evidence(
                str(dated.year), f"year.{kind}", kind, WEIGHTS[kind], dated.start, dated.end, stretch.where, dated.iso
            )
            found.append(yearly)
    return found


def decide(evidence: Iterable[Evidence], today: datetime.date | None = None) -> Year | None:
    """The year of the document; None where no candidate reaches the threshold.  Ties go to the later year."""
    last = (today or datetime.date.today()).year
    found: dict[int, list[Evidence]] = defaultdict(list)
    for e in evidence:
        if FIRST_YEAR <= int(e.value) <= last and e.weight > 0:
            found[int(e.value)].append(e)
    scores = {year: _score(es) for year, es in found.items()}
    hints = [int(e.value) + 1 for es in found.values() for e in es if e.kind == "future"]
    events = [year for year, es in found.items() if any(e.kind in EVENTS for e in es)]
    lines = [year for year, es in found.items() if any(e.kind == "byline" for e in es)]
    candidates = [y for y in lines if y >= max(events)] or [y for y in scores if not hints or y <= min(hints)]
    best = max(candidates, key=lambda y: (scores[y], y), default=None)
    if best is None:
        return None
    dated = any(e.kind in _DATED for e in found[best])
    if scores[best] < (THRESHOLD if dated else UNDATED_THRESHOLD):
        return None
    receipts = tuple(sorted(found[best], key=lambda e: -e.weight))
    return Year(str(best), scores[best], receipts)


def _score(evidence: Sequence[Evidence]) -> float:
    bare = sum(e.weight for e in evidence if e.kind == "bare")
    return min(bare, BARE_CAP) + sum(e.weight for e in evidence if e.kind != "bare")


def _kind(reading: Reading, stretch: Stretch, dated: Dated, laws: Sequence[tuple[int, int]]) -> str:
    """The class of a date: where it stands, how precise it is, which words are beside it."""
    if stretch.where == "text" and any(start <= dated.start < end for start, end in laws):
        return "law"
    if named := _named_class(stretch, dated):
        return named
    if stretch.where == "title" or (stretch.zone == "title" and not reading.short):
        return "title"
    if dated.day:
        line = len(stretch.tokens) <= BYLINE_WORDS and (dated.end - dated.start) > BYLINE_SHARE * (
            stretch.end - stretch.start
        )
        edge = stretch.number < BYLINE_PARAGRAPHS or stretch.number >= len(reading.body) - SIGNATURE_PARAGRAPHS
        if line and edge and len(reading.body) > 1:
            return "byline"
        return "early" if dated.start <= EARLY_SHARE * len(reading.text) or stretch.where == "title" else "date"
    return "month" if dated.month else "bare"


def _named_class(stretch: Stretch, dated: Dated) -> str:
    before = _words_before(stretch, dated.start)
    after = _words_after(stretch, dated.end)
    if _SINCE.search(stretch.text, dated.start, dated.end):
        return "background"
    for name in _CLASSES:
        head, tail = _class_patterns(name)
        if head.search(before) or (tail and tail.match(after)):
            return name
    return ""


def _words_before(stretch: Stretch, start: int) -> str:
    piece = stretch.text[max(stretch.start, start - _REACH) : start].casefold()
    return re.split(r"[.;!?](?=\s)", piece)[-1]


def _words_after(stretch: Stretch, end: int) -> str:
    piece = stretch.text[end : min(stretch.end, end + _REACH)].casefold()
    return re.split(r"[;!?]|\.(?=\s+[^\W\d_]{3})", piece)[0]


@cache
def _class_patterns(name: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    words = table("years.toml")[name]
    head = "|".join((r"(?<!\w)" if w[0].isalnum() else "") + _stem(w) for w in words["before"])
    tail = "|".join(map(_stem, words["after"]))
    near = r"\A[^\w№]*(?:(?:год|года|году|г|жыл\w*|йил\w*|yil\w*|ýyl\w*)\W+)?"
    return (
        re.compile(rf"(?:{head})[\s(«\"]*(?:\d{{4}}\s?[-–—/]\s?)?\Z"),
        re.compile(rf"{near}(?:{tail})(?!\w)") if tail else None,
    )


def _stem(word: str) -> str:
    return re.escape(word).replace(r"\*", r"\w*")


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
        if year := _year_at(stretch, at, 2):
            return Dated(year[0], month[0], 0, first.start, year[1])
    return None


def _year_first(stretch: Stretch, i: int) -> Dated | None:
    """2019-10-30; «2019 жылғы 30 қазан»; "2021-yil 30-mart"; "2022-nji ýylyň 17-nji apreli"; a bare year."""
    tokens, text = stretch.tokens, stretch.text
    year, first = int(tokens[i].text), tokens[i]
    if text[first.end : first.end + 1] in _DATE_MARKS and i + 2 < len(tokens) and tokens[i + 2].end == first.end + 6:
        month, day = tokens[i + 1].text, tokens[i + 2].text
        if month.isdigit() and day.isdigit() and 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            return Dated(year, int(month), int(day), first.start, tokens[i + 2].end)
    at = _skip_ordinal(tokens, i + 1)
    worded = at < len(tokens) and tokens[at].text in _words("after") and _close(text, tokens, at, 3)
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
    if stretch.where == "title":
        return before not in ("№", "$")
    counted = i + 1 < len(tokens) and tokens[i + 1].text in _words("units")
    return i > 0 and tokens[i - 1].text in _words("before") and _close(text, tokens, i, 2) and not counted


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
        if tokens[j].text not in _words("before"):
            return None
    return None


def _skip_ordinal(tokens: Sequence[Token], at: int) -> int:
    return at + 1 if at < len(tokens) and tokens[at].text in _words("ordinal") else at


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
def _words(name: str) -> frozenset[str]:
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
