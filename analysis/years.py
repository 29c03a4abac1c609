"""The year of a document: dates in seven languages, classified and weighed (law-and-names §3.3)."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from analysis import law_dates
from analysis.dates import Dated, dates, leading, words
from analysis.evidence import Evidence, Reading, Stretch
from analysis.lexicon import table

FIRST_YEAR = 1990
THRESHOLD = 2.0
UNDATED_THRESHOLD = 3.0  # where no full date, title or address speaks for the year
WEIGHTS = {
    "published": 8.0, "title": 6.0, "byline": 6.0, "url": 4.0, "early": 4.0, "opening": 3.0, "date": 2.0, "month": 1.5,
    "bare": 0.5, "period": 0.5, "background": 0.2, "future": 0.3, "law": 0.0, "bio": 0.0, "boilerplate": 0.0,
}  # fmt: skip
BARE_CAP = 2.0  # bare years of one year together
_BARE = frozenset({"bare", "period"})  # "period": one end of "2015–2025"; the later may be a plan
EARLY_SHARE = 0.3
BYLINE_WORDS = 12  # a line with a date and no more words than these is a date line
BYLINE_SHARE = 0.3  # of which the date is this share
BYLINE_PARAGRAPHS = 8  # date lines stand among the first paragraphs,
COVER_PARAGRAPHS = 4  # a year on a line of its own stands among these
SIGNATURE_PARAGRAPHS = 3  # or among the last
EVENTS = frozenset({"published", "early", "opening", "date", "month", "byline", "title", "url"})
_DATED = EVENTS - {"opening", "month"}
_OWN = frozenset({"published", "byline", "url"})  # the document speaks of itself
_DAYS = frozenset({"early", "date"})
_FIRM = _OWN | {"title", "early"}
_TOLD = EVENTS | {"bare", "background"}  # what says that a text is no older
_SINCE = re.compile(r"(?:[дтн][аеоө]н|[dt][ae]n)\Z")  # «2015 жылғы 1 қаңтардан»: the ablative says since
_URL = re.compile(r"/((?:19|20)\d\d)/(?:\d\d?/|[^/]*\Z)")
_PERIOD = re.compile(r"\W{0,3}(?:to|till|until|through|по|до|и до)?\W{0,3}")
_CLASSES = ("boilerplate", "law", "bio", "future", "background")
OWN_DATE_PARAGRAPHS = 3
_OWN_DATE_INDENT = 4
_NUMBERED = re.compile(r"№|\bN[o.]?\s?\d")
_REACH = 24  # characters before or after a date in which a word of a class is looked for


@dataclass(frozen=True, slots=True)
class Year:
    """The year of a document with its score and all evidence for it, strongest first."""

    value: str
    score: float
    evidence: tuple[Evidence, ...]


def find(reading: Reading, laws: Sequence[tuple[int, int]] = (), url: str = "") -> list[Evidence]:
    """Every year of a document, classified.  ``laws`` are spans of the text that cite or name a statute."""
    found = [Evidence(match.group(1), "year.url", "url", WEIGHTS["url"], -1, -1, "url") for match in _URL.finditer(url)]
    told_in = [(stretch, dates(stretch)) for stretch in reading.stretches]
    of_laws = law_dates.of_laws(reading, told_in, laws)
    for stretch, told in told_in:
        for at, dated in enumerate(told):
            life = (stretch.where, dated.start) in of_laws
            kind = _kind(reading, stretch, dated, life, _ends_a_period(stretch.text, told, at))
            yearly = Evidence(
                str(dated.year), f"year.{kind}", kind, WEIGHTS[kind], dated.start, dated.end, stretch.where, dated.iso
            )
            found.append(yearly)
    return _opened(reading, found)


def _opened(reading: Reading, found: Sequence[Evidence]) -> list[Evidence]:
    """A month with its year near the head of a text is its own time, if the text tells of no later year."""
    latest = max((e.value for e in found if e.kind in _TOLD), default="")
    head = EARLY_SHARE * len(reading.text)
    return [
        e._replace(rule="year.opening", kind="opening", weight=WEIGHTS["opening"])
        if e.kind == "month" and e.value == latest and e.where == "text" and e.start <= head
        else e
        for e in found
    ]


def decide(evidence: Iterable[Evidence], today: datetime.date | None = None) -> Year | None:
    """The year of the document; None where no candidate reaches the threshold.  Ties go to the later year."""
    last = (today or datetime.date.today()).year
    found: dict[int, list[Evidence]] = defaultdict(list)
    for e in evidence:
        if FIRST_YEAR <= int(e.value) <= last and e.weight > 0:
            found[int(e.value)].append(e)
    scores = {year: _score(es) for year, es in found.items()}
    kinds = {year: {e.kind for e in es} for year, es in found.items()}
    candidates = _candidates(kinds)
    best = max(candidates, key=lambda y: (scores[y], y), default=None)
    if best is None:
        return None
    dated = any(e.kind in _DATED for e in found[best])
    if scores[best] < (THRESHOLD if dated else UNDATED_THRESHOLD):
        return None
    receipts = tuple(sorted(found[best], key=lambda e: -e.weight))
    return Year(str(best), scores[best], receipts)


def _candidates(kinds: Mapping[int, Set[str]]) -> list[int]:
    """The years that a text with these kinds of dates can be of.

    The day a page went out is its own, and so is a date line after which nothing happened.  Else a text is no older
    than any day it tells of; a year told further down, or without a day, must be the latest of all; and a time still
    to come bounds them.
    """
    if published := [year for year, kind in kinds.items() if "published" in kind]:
        return published
    events = [year for year, kind in kinds.items() if kind & EVENTS]
    if lines := [year for year, kind in kinds.items() if "byline" in kind and year >= max(events)]:
        return lines
    day = max((year for year, kind in kinds.items() if kind & _DAYS), default=0)
    latest = max((year for year, kind in kinds.items() if kind & _TOLD), default=0)
    bound = min((year + 1 for year, kind in kinds.items() if "future" in kind), default=max(kinds, default=0))
    return [
        year
        for year, kind in kinds.items()
        if year <= bound and (kind & _OWN or (year >= day if kind & _FIRM else year == latest))
    ]


def _score(evidence: Sequence[Evidence]) -> float:
    bare = sum(e.weight for e in evidence if e.kind in _BARE)
    return min(bare, BARE_CAP) + sum(e.weight for e in evidence if e.kind not in _BARE)


def _kind(reading: Reading, stretch: Stretch, dated: Dated, life: bool, period: bool) -> str:
    """The class of a date: where it stands, how precise it is, which words are beside it.

    ``life`` says that it is one of a law, ``period`` that it is an end of a period of years.
    """
    if dated.day and _labelled("published", stretch, dated):
        return "published"
    if _own_date(reading, stretch, dated):
        return "byline"
    if life:
        return "law"
    if named := _named_class(stretch, dated):
        return named
    if period and dated.day:
        return "background"
    if stretch.where == "title" or (stretch.zone == "title" and not reading.short):
        return "period" if period and not dated.month else "title"
    if dated.day:
        line = len(stretch.tokens) <= BYLINE_WORDS and (dated.end - dated.start) > BYLINE_SHARE * (
            stretch.end - stretch.start
        )
        edge = stretch.number < BYLINE_PARAGRAPHS or stretch.number >= len(reading.body) - SIGNATURE_PARAGRAPHS
        stamped = stretch.where == "text" and leading(stretch) == dated
        if (line or stamped) and edge and len(reading.body) > 1 and not _labelled("changed", stretch, dated):
            return "byline"
        head = stretch.where == "title" or dated.start <= EARLY_SHARE * len(reading.text)
        return "early" if head or _weekday(stretch, dated) else "date"
    if stretch.number < COVER_PARAGRAPHS and dated.end - dated.start == stretch.end - stretch.start:
        return "byline"
    return "month" if dated.month else "period" if period else "bare"


def _ends_a_period(text: str, told: Sequence[Dated], at: int) -> bool:
    """ "From 5 September 1995 to 30 June 2026": either date of two years that are the ends of a period."""
    pairs = [(told[i], told[i + 1]) for i in (at - 1, at) if 0 <= i < len(told) - 1]
    return any(
        a.year != b.year and b.start - a.end <= _REACH and _PERIOD.fullmatch(text[a.end : b.start].casefold())
        for a, b in pairs
    )


def _own_date(reading: Reading, stretch: Stretch, dated: Dated) -> bool:
    """«от 28 октября 2021 года № 127» right under the title: the date of the law whose text this is."""
    head = stretch.where == "text" and stretch.number < OWN_DATE_PARAGRAPHS and len(reading.body) > 1
    early = dated.start - stretch.start <= _OWN_DATE_INDENT and stretch.end - dated.end <= _REACH
    return bool(head and early and dated.day and _NUMBERED.search(stretch.text, dated.end, stretch.end))


def _weekday(stretch: Stretch, dated: Dated) -> bool:
    """ "On Sunday, 1 May 2016": news tells the day of the week of what has just happened, wherever it stands."""
    at = bisect_left(stretch.tokens, dated.start, key=lambda token: token.start)
    end = bisect_left(stretch.tokens, dated.end, key=lambda token: token.start)
    beside = (stretch.tokens[i].text for i in (at - 1, end) if 0 <= i < len(stretch.tokens))
    return any(word in words("weekdays") for word in beside)


def _labelled(name: str, stretch: Stretch, dated: Dated) -> bool:
    """ "Размещено: 25.12.2014": a label of this class stands right before the date."""
    before = stretch.text[max(stretch.start, dated.start - _REACH) : dated.start].casefold().rstrip()
    return before.endswith(":") and bool(_labels(name).search(before))


@cache
def _labels(name: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, table("years.toml")[name]["before"])) + r")\s?:\Z")


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
        re.compile(rf"{near}(?:{tail})(?:(?<!\w)|(?!\w))") if tail else None,
    )


def _stem(word: str) -> str:
    return re.escape(word).replace(r"\*", r"\w*")
