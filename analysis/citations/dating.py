"""Years and words of age beside a law: "of 1997", "2010-жылкы", "старый"."""

from __future__ import annotations

from analysis.citations.lexer import HYPHENS, NUMBER, Tokens

_AFTER = 6  # tokens from the name to its year
_BEFORE = 9
_AGES = frozenset(("draft", "old", "current", "new"))
_IN = ("in", "в", "во")


def is_year(kind: int, text: str) -> bool:
    """Is a token a year of the last or of this century?"""
    return kind == NUMBER and len(text) == 4 and text[:2] in ("19", "20")


def is_event_year(tokens: Tokens, at: int) -> bool:
    """Is ``items[at]`` a year in which something happened ("in 2012", «в 2012 году», "2022-жылы"), not an amount?"""
    items = tokens.items
    if not is_year(items[at].kind, items[at].text):
        return False
    before = items[at - 1].word.cues if at else frozenset()
    after = _after(tokens, at)
    follows = after < len(items) and bool(items[after].word.cues & {"dating"}) and not items[after].text.isascii()
    uzbek = after < len(items) and items[after].word.form.startswith("yil")
    return follows or uzbek or bool(before & {"when", "month"}) or (at > 0 and items[at - 1].text == "(")


def is_until(tokens: Tokens, at: int) -> bool:
    """Is the year ``items[at]`` one that is no more meant: «до 2015 года», "2023-yilgacha", "2015 жылға дейін"?"""
    after = _after(tokens, at)
    before = at > 0 and "until" in tokens.items[at - 1].word.cues
    return before or any("till" in token.word.cues for token in tokens.items[after : after + 2])


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
    start = first - 1 if first and items[first - 1].word.cues & _AGES else first
    start -= start < first and start > 0 and bool(items[start - 1].word.cues & _AGES)
    near = {cue for token in items[start:last] for cue in token.word.cues}
    near |= items[last].word.cues & {"draft"} if last < len(items) else set()
    return next((age for age in ("draft", "old", "current", "new") if age in near), "")


def _year_after(tokens: Tokens, last: int) -> str:
    """ "of 1997", "(2014)", "от 5 мая 2021 года", "в редакции 1997 года"; not "in February 2014", of an event."""
    items, when = tokens.items, last < len(tokens) and tokens.items[last].word.form in _IN
    for at, token in enumerate(items[last : last + _AFTER], last):
        if is_year(token.kind, token.text):
            return "" if when else _told(tokens, at)
        day = token.kind == NUMBER and len(token.text) <= 2
        if not (day or token.text == "(" or token.word.cues & {"dating", "month"}):
            break
        when = when and "edition" not in token.word.cues
    return ""


def _told(tokens: Tokens, at: int) -> str:
    """The year ``items[at]``, or the one before it: "applied until 2024"."""
    return str(int(tokens.items[at].text) - is_until(tokens, at))


def _year_before(tokens: Tokens, first: int) -> str:
    """ "the 1997 Criminal Code", "2010-жылкы Конституция", "2014 жылғы ҚК"."""
    items = tokens.items
    for here in range(first - 1, max(-1, first - 1 - _BEFORE), -1):
        token = items[here]
        if is_year(token.kind, token.text):
            return _told(tokens, here)
        day = token.kind == NUMBER and len(token.text) <= 2
        passed = token.text in HYPHENS or token.word.cues & {"dating", "new", "current", "month", "adopted"}
        if not (passed or day or token.word.numeral):
            break
    return ""
