"""Lists of numbers at one level: "174, 405 and 19–22", "130 (клевета) и 131 (оскорбление)", "19 (1) and (2)"."""

from __future__ import annotations

from analysis.citations.brackets import read_brackets
from analysis.citations.lexer import HYPHENS, MARK, NUMBER, STROKES, Tokens
from analysis.citations.numbers import Number, is_year, next_element, read_elements

LONGEST_LIST = 60
LONGEST_RANGE = 12


def read_list(tokens: Tokens, at: int, level: str) -> tuple[list[Number], int]:
    """Numbers with separators between, from ``at``; ``level`` is "" when the level word comes after them."""
    numbers = _within(read_elements(tokens, at, level), level)
    if not numbers or _is_counted(tokens, numbers[-1]):
        return [], at
    here = _after_bracket(tokens, numbers[-1].stop, level)
    while len(numbers) < LONGEST_LIST:
        skipped = after_note(tokens, here) if level in ("article", "") else here
        start, joins = next_element(tokens, skipped)
        ranged = here + 1 < len(tokens) and tokens.items[here].text in STROKES
        if ranged and (more := _bracket_again(tokens, here + 1, numbers[-1], level)):
            numbers, here = [*numbers, *_between(numbers[-1], more)], more.stop  # "19(2)-(4)"
            continue
        if not joins:
            break
        if more := _bracket_again(tokens, start, numbers[-1], level):
            numbers, here = [*numbers, more], more.stop
            continue
        found = read_elements(tokens, start, level)
        counting = level == "article" and found and found[0].langs and found[0].stop - found[0].start == 1
        if not found or counting or not _continues(tokens, found[-1], level, numbers[0]):
            break  # "Article 19 and eleven organisations"
        if joins == "to" and len(found) == 1 and not found[0].rest:
            numbers[-1] = numbers[-1]._replace(upto=found[0].first, stop=found[0].stop)
        else:
            numbers += found
        here = _after_bracket(tokens, found[-1].stop, level)
    return numbers, here


def _within(numbers: list[Number], level: str) -> list[Number]:
    """Of a part joined to an article, the part: "ст. 24 ч. 3-174 ч. 2"."""
    if level not in ("", "article") and numbers and len(numbers[0].rest) == 1 and len(numbers[0].rest[0]) > 2:
        return [numbers[0]._replace(rest=(), joint="", brackets=(), stop=numbers[0].start + 1)]
    return numbers


def _after_bracket(tokens: Tokens, here: int, level: str) -> int:
    """Index after the closing bracket of "п.п. 2)"."""
    items = tokens.items
    if (
        level not in ("", "article")
        and here < len(items)
        and items[here].text == ")"
        and items[here - 1].kind == NUMBER
    ):
        opened = any(items[i].text == "(" for i in range(max(0, here - 8), here))
        return here if opened else here + 1
    return here


def after_note(tokens: Tokens, here: int) -> int:
    """Index after a note in brackets or quotation marks behind an article: "130 (клевета) и 131 (оскорбление)".

    A note that holds a provision of its own ("(часть 2)") is not passed over.
    """
    items = tokens.items
    last = tokens.closing(here) if here < len(items) else None
    if last is None:
        return here
    for at in range(here + 1, last - 1):
        if items[at].word.keywords and items[at + 1].kind in (NUMBER, MARK) and items[at + 1].text not in (",", ")"):
            return here
    return last


def _bracket_again(tokens: Tokens, at: int, before: Number, level: str) -> Number | None:
    """ "Article 19 (1) and (2)", "14(3)(b) and (d)", "paragraph 3 (b) and (d)": more of the same."""
    if not before.brackets or at >= len(tokens) or tokens.items[at].text != "(":
        return None
    brackets, here = read_brackets(tokens, at)
    deep = len(before.brackets) > 1  # the paragraph stays the same as well
    if brackets and not brackets[0].isdecimal() and (level == "article" or deep):
        brackets = (*before.brackets[:1], brackets[0]) if deep and len(brackets) == 1 else ()
    return before._replace(start=at, stop=here, brackets=brackets) if brackets else None


def _between(first: Number, last: Number) -> list[Number]:
    """The paragraphs of "19(2)-(4)" behind the first, each with its article."""
    low, high = first.brackets[0], last.brackets[0]
    if not (low.isdecimal() and high.isdecimal() and 0 < int(high) - int(low) < LONGEST_RANGE):
        return [last]
    return [last._replace(brackets=(str(n), *last.brackets[1:])) for n in range(int(low) + 1, int(high) + 1)]


def _continues(tokens: Tokens, number: Number, level: str, first: Number) -> bool:
    """May a list go on with this number, or does the number belong to what follows: "and 21 other organisations"?"""
    items, here = tokens.items, number.stop
    others = len(number.first) < 3 and any("others" in token.word.cues for token in items[here : here + 2])
    longer = level not in ("", "article") and len(number.first) > max(2, len(first.first))
    if is_year(number) or others or _is_counted(tokens, number) or longer:
        return False
    if not level or here >= len(items):
        return True
    hyphen = items[here].text in HYPHENS
    word = items[here + hyphen].word if here + hyphen < len(items) else items[here].word
    if hyphen or number.ordinal:
        # «сархатҳои дуюм ва сеюми қисми 1»: the next level word has a number of its own behind it
        own = not hyphen and first.ordinal and here + 1 < len(items) and items[here + 1].kind == NUMBER
        return own or not any(k.order != "before" for k in word.keywords)
    if level == "article":
        return not any(k.order == "after" for k in word.keywords)
    return not any(k.level == level for k in word.keywords)


def _is_counted(tokens: Tokens, number: Number) -> bool:
    """A noun that is counted follows a small number: "3 раза", "12 лет", "5 мая"."""
    items, here = tokens.items, number.stop
    if here < len(items) and items[here].text in HYPHENS:
        here += 1
    return len(number.first) < 3 and here < len(items) and bool(items[here].word.cues & {"counted", "month"})
