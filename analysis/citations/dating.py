"""Years and words of age beside a law: "of 1997", "2010-жылкы", "старый"."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.citations.lexer import BREAK, HYPHENS, MARK, NUMBER, WORD, Token, Tokens

_AFTER = 6  # tokens from the name to its year
_BEFORE = 9
ADOPTED = 16  # tokens from "adopted by a law of 2013" to its year
_POINTER = 3  # words between an article and the word for its edition
_POINTERS = frozenset(("of", "in", "its", "the"))
_ONES = frozenset(("one", "version", "edition", "text"))
_BEHIND = 5  # tokens from the name to the word for its edition
_CLAUSE = 10
_CLAUSE_ENDS = frozenset(",;:()")
_PASSED = HYPHENS | frozenset('«“„"')  # 2025-жылдын 25-июнундагы «…» мыйзам
_YEAR_WORDS = frozenset(
    (
        "year",
        "year's",
        "years",
        "году",
        "года",
        "год",
        "жылы",
        "жыл",
        "yil",
        "yilda",
        "йил",
        "йили",
        "ýyl",
        "ýylda",
        "сол",
    )
)
THIS_YEAR = "this"
"""A year that is told as that of the document."""
_AGES = ("draft", "old", "current", "new")  # the first that is told counts
_NO_CUES: frozenset[str] = frozenset()
_LATER = ("after", "после")  # "после 2018 года": later, nobody knows when
_IN = ("in", "в", "во")


def is_year(text: str) -> bool:
    """Is a word a year of the last or of this century?"""
    return len(text) == 4 and text.isdecimal() and text[:2] in ("19", "20")


def is_event_year(tokens: Tokens, at: int) -> bool:
    """Is ``items[at]`` a year in which something happened ("in 2012", «в 2012 году», "2022-жылы"), not an amount?"""
    items = tokens.items
    if not is_year(items[at].text) or (at and items[at - 1].text.lower() in _LATER):
        return False
    before = items[at - 1].word.cues if at else frozenset()
    after = _after(tokens, at)
    follows = after < len(items) and bool(items[after].word.cues & {"dating"}) and not items[after].text.isascii()
    russian = after > at + 1 and at > 0 and items[at - 1].word.form in _IN  # "в 2011-м"
    uzbek = after < len(items) and items[after].word.form.startswith("yil")
    return follows or russian or uzbek or bool(before & {"when", "month"}) or (at > 0 and items[at - 1].text == "(")


def is_until(tokens: Tokens, at: int) -> bool:
    """Is the year ``items[at]`` one that is no more meant: «до 2015 года», "2023-yilgacha", "2015 жылға дейін"?"""
    after = _after(tokens, at)
    till = any("till" in token.word.cues for token in tokens.items[after : _date_end(tokens, after) + 2])
    return till or _is_until_before(tokens, at)


def _is_until_before(tokens: Tokens, at: int) -> bool:
    """Does "until" stand in the clause before a year, or a word like it right before?"""
    items = tokens.items
    if not at or tokens.sentence[at] != tokens.sentence[at - 1]:
        return False
    for token in reversed(items[max(0, at - _CLAUSE) : at]):
        if token.text in _CLAUSE_ENDS:
            break
        if token.word.form == "until":
            return True
    return "until" in items[at - 1].word.cues


def _date_end(tokens: Tokens, at: int) -> int:
    """Where the month and the day that follow a year end: «2024 жылғы 19 тамызға дейін»."""
    items = tokens.items
    while at < len(items) and (items[at].word.cues & {"dating", "month"} or _is_day(items[at])):
        at += 1
    return at


def _is_day(token: Token) -> bool:
    return token.kind == NUMBER and len(token.text) <= 2


def _after(tokens: Tokens, at: int) -> int:
    """Index of the word behind a year, its ordinal ending passed over."""
    items, after = tokens.items, at + 1
    while after < len(items) and (items[after].text in HYPHENS or items[after].word.numeral):
        after += 1
    return after


def year_beside(tokens: Tokens, first: int, last: int) -> str:
    """The year beside the name ``tokens[first:last]``, "" if there is none."""
    return _year_after(tokens, last) or _year_before(tokens, first)


def age_beside(tokens: Tokens, first: int, last: int) -> str:
    """ "draft", "old", "current" or "new" right before or inside a name, else ""."""
    items = tokens.items
    start = first - 1 if first and not items[first - 1].word.cues.isdisjoint(_AGES) else first
    start -= start < first and start > 0 and not items[start - 1].word.cues.isdisjoint(_AGES)
    near = _cues(items[start:last])
    if last < len(items) and "draft" in items[last].word.cues:
        return "draft"
    return next((age for age in _AGES if age in near), "") or age_behind(tokens, last)


def age_behind(tokens: Tokens, last: int) -> str:
    """ "В прежней редакции", "in its former wording" behind a name: "old", "new", "current" or ""."""
    items = tokens.items[last : last + _BEHIND]
    edition = next((at for at, token in enumerate(items) if "edition" in token.word.cues), 0)
    if not edition or any(token.kind not in (WORD, MARK) or token.text in ".;:" for token in items[:edition]):
        return ""
    cues = items[edition - 1].word.cues
    return next((age for age in ("old", "current", "new") if age in cues), "")


def edition_behind(tokens: Tokens, last: int) -> tuple[str, str]:
    """Age and year of the edition of an article whose law is not named again: "of its predecessor", "of the old one",
    "of the 1995 one", «ст. 313 старого»; "" for what is not told.
    """
    items, at = tokens.items, last
    while at < min(last + _POINTER, len(items)) and items[at].text in _POINTERS:
        at += 1
    if at == len(items):
        return "", ""
    follows = items[at + 1].text if at + 1 < len(items) else "."
    if items[at].text == "predecessor":
        return "old", ""
    one = at > last and follows in _ONES
    if is_year(items[at].text):
        return "", items[at].text if one else ""
    alone = one or (at == last and items[at].text.endswith(("его", "ого")) and follows in ".,;)")
    return next((age for age in ("old", "new") if alone and age in items[at].word.cues), ""), ""


def age_before(tokens: Tokens, first: int) -> str:
    """ "Now Article 174", "formerly Article 164": "new", "current", "old" or "" by the two words before."""
    cues = _cues(tokens.items[max(0, first - 2) : first])
    if "new" in cues or "current" in cues:
        return "new" if "new" in cues else "current"
    return "old" if "formerly" in cues or "old" in cues else ""


def _cues(tokens: Sequence[Token]) -> frozenset[str]:
    """What any of the words is a sign of."""
    return _NO_CUES.union(*[token.word.cues for token in tokens])


def _year_after(tokens: Tokens, last: int) -> str:
    """ "of 1997", "(2014)", "от 5 мая 2021 года", "в редакции 1997 года"; not "in February 2014", of an event."""
    items, when = tokens.items, last < len(tokens) and tokens.items[last].word.form in _IN
    if year := _adopted_after(tokens, last):
        return year
    for at, token in enumerate(items[last : last + _AFTER], last):
        if is_year(token.text):
            return "" if when else _told(tokens, at)
        if is_this_year(tokens, at):
            return "" if when else THIS_YEAR
        if not (_is_day(token) or token.text == "(" or token.word.cues & {"dating", "month"}):
            break
        when = when and "edition" not in token.word.cues
    return ""


def _adopted_after(tokens: Tokens, last: int) -> str:
    """ "…, утверждённый Законом Республики от 28 октября 2021 года"."""
    items, at = tokens.items, last + (last < len(tokens) and tokens.items[last].text == ",")
    if at == last or at >= len(items) or "adopted" not in items[at].word.cues:
        return ""
    years = (here for here in range(at, min(at + ADOPTED, len(items))) if is_year(items[here].text))
    year = next(years, None)
    return items[year].text if year is not None and tokens.sentence[year] == tokens.sentence[at] else ""


def is_this_year(tokens: Tokens, at: int) -> bool:
    """ "Быйыл", "this year", «в этом году», "şu ýyl"."""
    items = tokens.items
    pointed = "this" in items[at].word.cues and at + 1 < len(items)
    return "thisyear" in items[at].word.cues or (pointed and items[at + 1].word.form in _YEAR_WORDS)


def _told(tokens: Tokens, at: int) -> str:
    """The year ``items[at]``, or the one before it: "applied until 2024"."""
    return str(int(tokens.items[at].text) - is_until(tokens, at))


def _year_before(tokens: Tokens, first: int) -> str:
    """ "the 1997 Criminal Code", "2010-жылкы Конституция", "2014 жылғы ҚК"."""
    items = tokens.items
    adopted = first > 0 and "adopted" in items[first - 1].word.cues  # "2013-nji ýylyň … Kanuny bilen tassyklanan"
    for here in range(first - 1, max(-1, first - 1 - (ADOPTED if adopted else _BEFORE)), -1):
        token = items[here]
        if is_year(token.text):
            return _told(tokens, here)
        if adopted and token.kind != BREAK and tokens.sentence[here] == tokens.sentence[first]:
            continue
        if is_this_year(tokens, here):
            return THIS_YEAR
        day = token.kind == NUMBER and len(token.text) <= 2
        passed = token.text in _PASSED or token.word.cues & {"dating", "new", "current", "month", "adopted"}
        if not (passed or day or token.word.numeral):
            break
    return ""
