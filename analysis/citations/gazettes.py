"""Items of official gazettes, which are called articles too: "(Ведомости …, 1991 г., № 16, ст. 158; № 3, ст. 7)"."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.citations.lexer import BREAK, Tokens

_LEAD = 12  # tokens from the bracket to the name of the gazette


def gazette_items(tokens: Tokens) -> set[int]:
    """Places inside the brackets that begin with the name of a gazette, up to their end or that of the line."""
    items, inside, stop = tokens.items, set[int](), 0
    for at in tokens.telling:
        if at < stop or "gazette" not in items[at].word.cues or not items[at].text[0].isupper():
            continue
        opened = next((here for here in range(at - 1, max(-1, at - _LEAD), -1) if items[here].text in "()"), None)
        if opened is not None and items[opened].text == "(":
            places = list(_bracketed(tokens, opened))
            inside.update(places)
            stop = places[-1] + 1
    return inside


def _bracketed(tokens: Tokens, opened: int) -> Iterator[int]:
    """The places of a bracket, however long it is."""
    depth = 0
    for at in range(opened, len(tokens)):
        token = tokens.items[at]
        depth += (token.text == "(") - (token.text == ")")
        if token.kind == BREAK:
            return
        yield at
        if depth == 0:
            return
