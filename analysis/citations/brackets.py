"""Levels of a provision in brackets behind its number: 19(3)(b)."""

from __future__ import annotations

from analysis.citations.lexer import NUMBER, WORD, Token, Tokens

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_OPENED = 8  # tokens from a bracket to what it closes


def read_brackets(tokens: Tokens, here: int) -> tuple[tuple[str, ...], int]:
    """The contents of "(3)(b)", and the index after them."""
    found: list[str] = []
    while bracket := _bracket(tokens, here):
        content, here = bracket
        found.append(content)
    return tuple(found), here


def _bracket(tokens: Tokens, here: int) -> tuple[str, int] | None:
    """ "(3)" or "(b)"."""
    items = tokens.items
    if _is_half_bracketed(tokens, here):
        return items[here].text.lower(), here + 2
    if here + 2 >= len(items) or items[here].text != "(" or items[here + 2].text != ")":
        return None
    inner = items[here + 1]
    if inner.kind == NUMBER and len(inner.text) <= 2:
        return inner.text, here + 3
    if inner.kind == WORD and (len(inner.text) == 1 or inner.text.lower() in ROMAN):
        return inner.text.lower(), here + 3
    return None


def _is_half_bracketed(tokens: Tokens, here: int) -> bool:
    """ "Пункт 3 d) статьи 14": a small letter with its closing bracket alone, and none open before it."""
    items = tokens.items
    if here + 1 >= len(items) or items[here + 1].text != ")" or not is_letter(items[here]):
        return False
    opened = next((t.text for t in reversed(items[max(0, here - _OPENED) : here]) if t.text in "()"), ")")
    return items[here].text.islower() and opened == ")" and not tokens.joined(here)


def is_letter(token: Token) -> bool:
    return token.kind == WORD and len(token.text) == 1
