"""What may stand between the units and names of a chain: separators, small linking words, notes, a year."""

from __future__ import annotations

from typing import NamedTuple

from analysis.citations.dating import is_year
from analysis.citations.lexer import BREAK, HYPHENS, WORD, Tokens

_REACH = 40
_PASSED = frozenset(("linking", "this", "itself", "new", "current", "old", "draft", "formerly"))
_COMMAS = frozenset(",;:")
_INNER = frozenset("()[]«»“”„\"'’‘./–—-‑•*|")


class Gap(NamedTuple):
    """What stands between two neighbours of a chain."""

    comma: bool = False
    conjunction: bool = False
    note: bool = False
    bracket: bool = False
    words: bool = False
    colon: bool = False

    @property
    def tight(self) -> bool:
        return not (self.comma or self.conjunction)


def gap_between(tokens: Tokens, last: int, first: int, name: bool) -> Gap | None:
    """What lies in ``tokens[last:first]``, or None where a chain cannot go on.  ``name``: the name of a law follows."""
    sentence, items = tokens.sentence, tokens.items
    if first - last > _REACH or sentence[first] != sentence[last - 1]:
        return None
    comma = conjunction = note = bracket = words = colon = False
    here = last
    while here < first:
        token = items[here]
        if token.kind == BREAK:
            return None
        closed = tokens.closing(here)
        if closed is not None and closed <= first:
            note, here = True, closed
            continue
        if token.text in _COMMAS:
            comma, colon = True, colon or token.text == ":"
        elif token.text in _INNER:
            bracket = bracket or token.text in "(["
        elif token.kind == WORD and (token.word.joins == "and" or "conjoined" in token.word.cues):
            conjunction = True
        elif token.kind == WORD and token.word.cues & _PASSED:
            words = True
        elif is_year(token.text) and "dating" in items[here + 1].word.cues:
            here += 1  # "УК КР 2017 года, ч. 1"
        elif is_year(token.text) and here + 1 == first and name:
            pass  # "164 of the 1997 Criminal Code"
        elif not (token.kind == WORD and token.word.case and here and items[here - 1].text in HYPHENS):
            return None
        here += 1
    return Gap(comma, conjunction, note, bracket, words, colon)
