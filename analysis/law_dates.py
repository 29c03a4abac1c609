"""Dates that belong to a law and not to a document: adopted, signed, ratified, in force (law-and-names §3.3)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from analysis.dates import Dated
from analysis.evidence import Reading, Stretch, is_heading
from analysis.lexicon import table

VERB_FINAL = frozenset({"kk", "ky", "uz", "tk", "tg"})  # the verb of a date stands after it
ARTICLES = 10  # headings of articles that make a text a law,
ARTICLE_SHARE = 0.04  # and their share of its paragraphs
_HEAD = 24  # characters of a line in which the heading of an article stands
CHRONICLE_YEARS = 3  # a text whose title names laws, and that dates laws of so many years, tells their history
_REACH = 240  # characters before or after a date in which its sentence is looked for
_PREDICATE = 30  # characters before the next date in which stands the verb of that one
_NEAR = 12  # characters between a year and the name of the law that it belongs to
_FEW_WORDS = 2  # a clause of so few words beside its date goes on after the comma
_SENTENCE_END = re.compile(r"[;!?…]\s|(?<=\w\w\w)[.\"”»)]{1,2}\s+(?=[^\W\d_a-zа-яёәғқңөұүһіӣӯҷҳў])|\n")
_CLAUSE_END = re.compile(r"[,()–—:]")
_LINKED = re.compile(r"[\s(«\"]*(?:of|от|соли|года|год|г\.)?[\s(]*\Z")
_OF = re.compile(r"(?<!\w)(?:of|dated|от)\s\Z")  # "Resolution of the Council of 28 May 2007"
_ROW = ("of", "dated", "от")  # alone after a semicolon: the next law of a row
_NUMBER_OF = re.compile(r"(?:№|(?<!\w)no\.?)\s?\d[\w/-]{0,12}\s(?:of|dated|от)\s\Z")
_TITLE_OF_ARTICLE = re.compile(
    r"(?<!\w)(?:code|act|law|constitution|кодекс|закон|конституция)(?!\w).{0,60}?"
    r"(?:§|(?<!\w)(?:article|section|статья)) ?\d[\d.\-]*\. "
)
_ARTICLE = re.compile(r"(?<!\w)(?:article|стать)\w{0,4} \d")  # without a number it may be one of a newspaper
_PLAIN = str.maketrans("’‘ʻʼ`ё", "'''''е")


def of_laws(
    reading: Reading, dates: Sequence[tuple[Stretch, Sequence[Dated]]], laws: Sequence[tuple[int, int]]
) -> set[tuple[str, int]]:
    """Which of the dates of each paragraph belong to a law, as ("text" | "title", start).

    ``laws`` are spans of the text that cite or name a statute.
    """
    if _is_a_law(reading):
        return {(stretch.where, dated.start) for stretch, found in dates for dated in found if stretch.where == "text"}
    spans = _merged(laws)
    titled = _about_a_law(reading)

    def of(*forms: str) -> set[tuple[str, int, int]]:
        return {
            (stretch.where, dated.start, dated.year)
            for stretch, found in dates
            for at, dated in enumerate(found)
            if (titled and _several_years(stretch, found)) or _belongs(stretch, at, found, spans, titled, forms)
        }

    own = of("passive")
    if titled and len({year for _, _, year in own}) >= CHRONICLE_YEARS:
        own = of("passive", "active")
    return {(where, start) for where, start, _ in own}


def _merged(laws: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end in sorted(laws):
        last = spans.pop() if spans and start <= spans[-1][1] else (start, end)
        spans.append((last[0], max(last[1], end)))
    return spans


def _is_a_law(reading: Reading) -> bool:
    """Whether the text is a law itself, or a piece of one: its title is that of one article, or many of
    its paragraphs head one.
    """
    if _TITLE_OF_ARTICLE.search(_plain(reading.title)):
        return True
    heads = sum(_heads_an_article(s.text[s.start : min(s.end, s.start + _HEAD)]) for s in reading.body)
    return heads >= ARTICLES and heads >= ARTICLE_SHARE * len(reading.body)


def _heads_an_article(line: str) -> bool:
    """ "Article 5", «5-бап»: a word for an article at the head of a line, and its number."""
    match = _pattern("headings").search(_plain(line))
    return match is not None and any(map(str.isdigit, line)) and not line[: match.start()].strip("0123456789-– ")


def _about_a_law(reading: Reading) -> bool:
    """Whether the title names a law or an article."""
    head = next((s for s in reading.stretches if s.zone == "title"), None)
    if head is None or (head.where == "text" and not is_heading(head.text[head.start : head.end])):
        return False
    return len(reading.stretches) > 1 and _names_a_law(head, head.start, head.end)


def _several_years(stretch: Stretch, found: Sequence[Dated]) -> bool:
    """A title that names laws and more than one year ("the codes of 1997 and 2014") says when the laws are from."""
    return stretch.number < 1 and stretch.zone == "title" and len({d.year for d in found if not d.month}) > 1


def _belongs(
    stretch: Stretch,
    at: int,
    found: Sequence[Dated],
    laws: Sequence[tuple[int, int]],
    titled: bool,
    forms: Sequence[str],
) -> bool:
    """Whether date ``found[at]`` of a paragraph is one of the life of a law.

    ``titled`` says that the title names a law, so that the subject of a sentence may be no more than "it".
    """
    dated = found[at]
    own = laws if stretch.where == "text" else ()
    if _inside(dated, own) or (not dated.day and _beside(stretch, dated, own)):
        return True
    start, end = _sentence(stretch, dated)
    before = _plain(stretch.text[start : dated.start])
    if _NUMBER_OF.search(before[-_REACH // 4 :]) or (
        _OF.search(before) and (_pattern("acts").search(before) or before.strip() in _ROW)
    ):
        return True
    sentence = _plain(stretch.text[start:end])
    if _pattern("decisions").search(sentence):
        return False
    said = _names_a_law(stretch, start, end) or _overlaps(start, end, own)
    named = said or titled
    if named and before.endswith("(") and stretch.text[dated.end : dated.end + 1] in (")", ","):
        return True
    preceding, *clauses = _clauses(stretch, at, found, start, end)
    if named and _pattern("participle").search(preceding):
        return True
    for clause in (preceding, *clauses):
        if _pattern("alone").search(clause) or (named and any(_pattern(f).search(clause) for f in forms)):
            return True
    attributive = _pattern("attributive").search(_plain(stretch.text[dated.start : dated.end]))
    return said and bool(attributive)


def adopted_line(line: str) -> bool:
    """Whether a line begins with a word like "Adopted": it stands over or under the title of a law, and is none."""
    return bool(_pattern("passive").match(_plain(line)))


def _names_a_law(stretch: Stretch, start: int, end: int) -> bool:
    plain = _plain(stretch.text[start:end])
    return bool(_pattern("nouns").search(plain) or _ARTICLE.search(plain))


def _inside(dated: Dated, laws: Sequence[tuple[int, int]]) -> bool:
    at = bisect_left(laws, (dated.start + 1, 0)) - 1
    return at >= 0 and dated.start < laws[at][1]


def _beside(stretch: Stretch, dated: Dated, laws: Sequence[tuple[int, int]]) -> bool:
    """«1999 жылғы [БАҚ туралы заң]», "[Criminal Code] of 1997", «[УК РК] 1997 года»."""
    at = bisect_left(laws, (dated.start, 0))
    if at and dated.start - laws[at - 1][1] <= _NEAR and _LINKED.fullmatch(stretch.text, laws[at - 1][1], dated.start):
        return True
    if at == len(laws) or laws[at][0] >= stretch.end or laws[at][0] - dated.end > _NEAR:
        return False
    between = stretch.text[dated.end : laws[at][0]]
    return len(between.split()) <= 1 and "," not in between and "." not in between


def _overlaps(start: int, end: int, laws: Sequence[tuple[int, int]]) -> bool:
    at = bisect_left(laws, (end, 0)) - 1
    return at >= 0 and laws[at][1] > start


def _sentence(stretch: Stretch, dated: Dated) -> tuple[int, int]:
    low, high = max(stretch.start, dated.start - _REACH), min(stretch.end, dated.end + _REACH)
    ends = [m.end() for m in _SENTENCE_END.finditer(stretch.text, low, dated.start)]
    stop = _SENTENCE_END.search(stretch.text, dated.end, high)
    return ends[-1] if ends else low, stop.start() + 1 if stop else high


def _clauses(stretch: Stretch, at: int, found: Sequence[Dated], start: int, end: int) -> list[str]:
    """The words before a date, and those after it, up to a comma, without those that belong to the date beside it."""
    dated = found[at]
    if at and found[at - 1].end > start:
        start = found[at - 1].end
    after = _up_to(stretch.text, dated.end, end)
    following = found[at + 1] if at + 1 < len(found) and found[at + 1].start < after else None
    if following:
        after = following.start if stretch.lang in VERB_FINAL else max(dated.end, following.start - _PREDICATE)
    ends = [m.end() for m in _CLAUSE_END.finditer(stretch.text, start, dated.start)]
    preceding = stretch.text[ends[-1] if ends else start : dated.start] if stretch.lang not in VERB_FINAL else ""
    clauses = [_plain(preceding), _plain(stretch.text[dated.end : after])]
    if sum(len(c.split()) for c in clauses) <= _FEW_WORDS and not following:
        final = stretch.lang in VERB_FINAL  # of a row of laws and dates only the last has a verb
        at_least = max(after + 1, end - _PREDICATE) if final else after + 1
        clauses.append(_plain(stretch.text[at_least : end if final else _up_to(stretch.text, at_least, end)]))
    return clauses


def _up_to(text: str, start: int, end: int) -> int:
    stop = _CLAUSE_END.search(text, start, end)
    return stop.start() if stop else max(start, end)


def _plain(text: str) -> str:
    return text.casefold().translate(_PLAIN)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = sorted((_plain(w) for w in table("years.toml")["law_life"][name]), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(w).replace(r"\*", r"\w*") for w in words) + r")(?!\w)")
