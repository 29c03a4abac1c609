"""Parts of an article that are told later than the article itself, outside its chain of words."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.citations.lexer import Tokens
from analysis.citations.units import Unit
from analysis.citations.words import SUFFIXING

_UNDER = frozenset(("under", "по", "бойынша", "боюнча", "bo'yicha", "boýunça", "бўйича", "boyunsha", "boıynsha"))
_CASE = 20  # tokens behind a part in which a case is told


def is_told_later(tokens: Tokens, parts: Sequence[Unit], at: int) -> bool:
    """Are these parts those of the article that ends before ``at``, a sentence back at most?

    "Its second part", «қисми дуюми он», "… but its paragraph 3"; "the maximum under part 3 is eight years".
    """
    if not parts or tokens.paragraph[parts[0].first] != tokens.paragraph[at - 1]:
        return False
    since = tokens.sentence[parts[0].first] - tokens.sentence[at - 1]
    return since <= 1 and (_is_whose(tokens, parts, since) or _is_governed(tokens, parts, since))


def _is_whose(tokens: Tokens, parts: Sequence[Unit], since: int) -> bool:
    items, first, last = tokens.items, parts[0].first, parts[-1].last
    if parts[0].lang == "tg":
        return last < len(items) and "whose" in items[last].word.cues
    before = items[first - 1].word.cues if first else frozenset()
    return "whose" in before or ("but" in before and since == 0 and parts[0].lang in SUFFIXING)


def _is_governed(tokens: Tokens, parts: Sequence[Unit], since: int) -> bool:
    """A part "under" which somebody is charged, in the next sentence only where a case is told."""
    unit, items = parts[0], tokens.items
    around = (*items[max(0, unit.first - 1) : unit.first], *items[unit.last : unit.last + 1])
    if len(parts) > 1 or unit.level != "part" or not around or around[-1].text == "of":
        return False
    if around[0].text.lower() not in _UNDER and around[-1].text not in _UNDER:
        return False
    behind = range(unit.last, min(unit.last + _CASE, len(items)))
    here = (at for at in behind if tokens.sentence[at] == tokens.sentence[unit.first])
    return since == 0 or any("criminal" in items[at].word.cues for at in here)
