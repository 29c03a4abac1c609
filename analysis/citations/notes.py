"""Laws named in brackets or as a title: behind or before what they explain."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from analysis.citations.lexer import BREAK, Tokens
from analysis.citations.lexicon import GENERIC
from analysis.citations.named import Name

_LEAD = 6  # tokens between an opening bracket and a law in it


def explained(tokens: Tokens, names: Sequence[Name], name: Name) -> Name | None:
    """The law in brackets right behind the word for it: "of the said Law (the Law on Mass Media)"."""
    noted = _next(names, name.last)
    if noted is None or tokens.items[name.last].text != "(":
        return None
    return noted if noted.first < (tokens.closing(name.last) or 0) else None


def below_heading(tokens: Tokens, names: Sequence[Name], last: int) -> Name | None:
    """The law in the brackets that end the line of a heading: "Article 174. Incitement (from the Criminal Code)"."""
    name = _next(names, last)
    if name is None or name.kind in GENERIC or tokens.paragraph[name.first] != tokens.paragraph[last - 1]:
        return None
    items = tokens.items
    opened = next((at for at in range(name.first, max(last, name.first - _LEAD), -1) if items[at].text == "("), None)
    end = tokens.closing(opened) if opened is not None else None
    if end is None:
        return None
    end += end < len(items) and items[end].text == "."
    return name if end == len(items) or items[end].kind == BREAK else None


def is_titled(tokens: Tokens, names: Sequence[Name], first: int, last: int) -> bool:
    """Is ``items[first:last]`` a heading below its law: "Адам құқықтарының … декларациясы. 21 бап Әр адам …"?"""
    at = bisect_left(names, first, key=lambda name: name.first) - 1
    if at < 0 or names[at].kind in GENERIC or names[at].last != first - 1 or last >= len(tokens):
        return False
    return tokens.items[first - 1].text == "." and tokens.items[last].text[0].isupper()


def _next(names: Sequence[Name], at: int) -> Name | None:
    """The first name from a place on."""
    here = bisect_left(names, at, key=lambda name: name.first)
    return names[here] if here < len(names) else None
