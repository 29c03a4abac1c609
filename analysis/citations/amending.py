"""The text of a law that changes another: its own articles are not those of the law that it changes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from analysis.citations.chains import Ref
from analysis.citations.lexer import NUMBER, WORD, Tokens
from analysis.citations.named import Name
from analysis.citations.setting import Setting
from analysis.citations.words import SUFFIXING, read_lists

_REACH = 40  # tokens from a heading to the law that is changed
_NAMES = 3  # laws that may be named before the one that is changed
_VERBS = 12  # tokens from the verb to the law that is changed


def is_own_heading(tokens: Tokens, setting: Setting, names: Sequence[Name], ref: Ref) -> bool:
    """ "Статья 1. Внести в Уголовный кодекс …", «1-бап. Қылмыстық кодексіне …», "1-nji madda. … Jenaýat kodeksine …",
    «Моддаи 1. Ба Кодекси ҷиноятӣ …»: the heading of an article of the law that changes the one named.
    """
    items = tokens.items
    if ref.number is None or ref.variants or not setting.starts_paragraph(ref.first):
        return False
    if ref.last + 1 >= len(items) or items[ref.last].text not in (".", ":"):
        return False
    first = bisect_left(names, ref.last, key=lambda name: name.first)
    here = tokens.paragraph[ref.first]
    near = (
        n for n in names[first : first + _NAMES] if n.first - ref.last <= _REACH and tokens.paragraph[n.first] == here
    )
    return any(is_changed(tokens, name, ref.unit.lang) for name in near)


def is_changed(tokens: Tokens, name: Name, lang: str) -> bool:
    """Is something written into the law that is named: "внести в Уголовный кодекс", «Қылмыстық кодексіне»?"""
    items, last = tokens.items, name.last - 1
    while last > name.first and items[last].kind != WORD:
        last -= 1
    before = items[max(0, name.first - _VERBS) : name.first]
    if lang in SUFFIXING:
        return items[last].text.lower().endswith(_datives(lang))
    if lang == "tg":
        return bool(before) and before[-1].word.form == "ба"
    return any("amending" in token.word.cues for token in before)


def is_change(tokens: Tokens, setting: Setting, at: int) -> bool:
    """Does the sentence change the words of a law, or is it an item of such changes: "2) 18-nji maddanyň …"?"""
    items, start = tokens.items, setting.start(at)
    item = items[start].kind == NUMBER and start + 1 < len(items) and items[start + 1].text == ")"
    cues = setting.cues(tokens.sentence[at])
    return "rewording" in cues or (item and cues.isdisjoint(("criminal", "administrative")))


@cache
def _datives(lang: str) -> tuple[str, ...]:
    """The endings of a law into which something is written, of a language: ``amending.toml``."""
    return tuple(read_lists("amending.toml", ("dative",))["dative"][lang])
