"""Laws told by their number: "№ 226-V", «149-ФЗ»."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.citations.dating import is_year
from analysis.citations.lexer import HYPHENS, NUMBER, WORD, Tokens
from analysis.statutes import registry

_SHARED = frozenset((("ru", "criminal"), ("ru", "administrative")))  # codes less known by number than other laws
_FEDERAL = ("ФЗ", "FZ")
_NO = ("№", "N", "No")
_DATE_REACH = 4  # tokens before the number of a law in which its year stands


def law_numbers(tokens: Tokens) -> Iterator[int]:
    """Places where the number of a law may begin."""
    items = tokens.items
    for at in tokens.telling:
        federal = items[at].kind == NUMBER and at + 2 < len(items) and items[at + 2].text in _FEDERAL
        if federal or items[at].text in _NO:
            yield at


def law_by_number(tokens: Tokens, at: int) -> tuple[int, str] | None:
    """Index after the number that begins at ``at``, and the edition it is of.

    Numbers return every year, so that a date beside it must be the law's own.
    """
    items = tokens.items
    last = at + 1
    if items[at].kind != NUMBER:
        last = at + 2 + (at + 1 < len(items) and items[at + 1].text == ".")
        if items[at].text not in _NO or last > len(items) or items[last - 1].kind != NUMBER:
            return None
    if last + 1 >= len(items) or items[last].text not in HYPHENS or not tokens.joined(last):
        return None
    number = f"{items[last - 1].text}-{items[last + 1].text}".replace("FZ", "ФЗ")
    statute = registry().by_number.get(number, "")
    known = statute and items[last + 1].kind == WORD and _is_of_year(tokens, statute, at)
    return (last + 2, statute) if known else None


def _is_of_year(tokens: Tokens, statute: str, at: int) -> bool:
    """Is the year before a number that of the law?  "63-ФЗ" alone is no criminal code: there are several."""
    edition = registry().get(statute)
    year = next((t.text for t in tokens.items[max(0, at - _DATE_REACH) : at] if is_year(t.text)), "")
    return year in (edition.adopted[:4], edition.year) if year else (edition.country, edition.kind) not in _SHARED
