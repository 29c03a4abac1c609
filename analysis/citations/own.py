"""The text of a law itself: which law it is, and which of its editions, from its title, number, date and headings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from analysis.citations.amending import is_changed
from analysis.citations.chains import Ref
from analysis.citations.dating import is_year
from analysis.citations.editions import ASSUMED, Choice
from analysis.citations.laws import Law, is_missing
from analysis.citations.lexer import Tokens
from analysis.citations.lexicon import GENERIC
from analysis.citations.named import Name
from analysis.citations.naming import Found, Naming
from analysis.citations.numbers import Number
from analysis.citations.provisions import fits
from analysis.citations.records import is_heading
from analysis.citations.setting import Setting
from analysis.statutes import Statute

_OPENING = 120  # tokens in which a law names itself
_BESIDE = 12  # tokens behind the title in which its date and number stand
_HEADINGS = 3  # headings that make a text the text of a law


def own_law(
    tokens: Tokens, setting: Setting, naming: Naming, names: Sequence[Name], refs: Sequence[Ref], lang: str
) -> Found | None:
    """The law that a text is, None if it is no text of a law: a title that names one, and headings of articles."""
    headings = [ref.number for ref in refs if ref.number and is_heading(tokens, setting, ref)]
    if len(headings) < _HEADINGS:
        return None
    for name in names:
        if name.first >= _OPENING:
            return None
        if name.kind in GENERIC or not setting.starts_paragraph(name.first):
            continue
        if is_missing(name, lang) or is_changed(tokens, name, name.lang):
            return None
        found = naming.by_name(name, None, name.first, name.lang if len(_languages(name)) == 1 else lang)
        if found and found.law and found.choice and found.law.admits(headings[-1]):
            return found._replace(choice=_edition(tokens, found.law, found.choice, name, headings, naming.context.date))
    return None


def _languages(name: Name) -> set[str]:
    return {form.lang for form in name.forms}


def _edition(tokens: Tokens, law: Law, choice: Choice, name: Name, headings: Sequence[Number], date: str) -> Choice:
    """By the number or year printed below the title, by the date of the document, by what its headings allow."""
    beside = tokens.items[name.last : name.last + _BESIDE]
    numbers = {token.text for before, token in pairwise(beside) if before.text == "№"}
    years = {token.text for token in beside if is_year(token.text)}
    signs = (
        [e for e in law.editions if numbers & {number.split("-")[0] for number in e.numbers}],
        [e for e in law.editions if date and e.adopted == date],
        [e for e in law.editions if years & {e.adopted[:4] or e.year}],
    )
    highest = max(int(number.first) for number in headings)
    allowed = [e for e in law.editions if all(fits(number, e) for number in headings)]
    allowed = [e for e in allowed if e.max_article == highest] or allowed
    signed = next((editions for editions in signs if len(editions) == 1), [])
    if signed:
        return _chosen(signed[0])
    if (choice.edition is None or ASSUMED in choice.flags) and len(allowed) == 1:
        return _chosen(allowed[0])
    return choice


def _chosen(edition: Statute) -> Choice:
    return Choice(edition.id, edition)
