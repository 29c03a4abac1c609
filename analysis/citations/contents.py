"""Lists of contents: "Статья 3. Принципы уголовного закона. 13 Статья 4. …" cites nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from analysis.citations.chains import Ref
from analysis.citations.lexer import BREAK, NUMBER, WORD, Tokens

_FEWEST = 2  # times that a line follows the page of another
_PAGE = 3  # digits
_STEP = 3  # between the numbers of neighbours


def lines_of_contents(tokens: Tokens, refs: Sequence[Ref]) -> set[int]:
    """The first tokens of the articles of which each stands behind the page number of the one before."""
    lines = [ref for ref in refs if _is_line(tokens, ref)]
    pairs = [(one, following) for one, following in pairwise(lines) if _follows(tokens, one, following)]
    return {ref.first for pair in pairs for ref in pair} if len(pairs) >= _FEWEST else set()


def _is_line(tokens: Tokens, ref: Ref) -> bool:
    """An article with a title behind it."""
    items = tokens.items
    if ref.number is None or not ref.number.first.isdecimal() or ref.variants or ref.last + 1 >= len(items):
        return False
    title = items[ref.last + 1]
    return items[ref.last].text == "." and title.kind == WORD and title.text[0].isupper()


def _follows(tokens: Tokens, one: Ref, following: Ref) -> bool:
    """Is there a page number between two lines, and the second the next article or one a little further on?"""
    last = following.first - 1
    last -= tokens.items[last].kind == BREAK
    page = tokens.items[last]
    if page.kind != NUMBER or len(page.text) > _PAGE or last <= one.last:
        return False
    return (
        one.number is not None
        and following.number is not None
        and (0 < int(following.number.first) - int(one.number.first) <= _STEP)
    )
