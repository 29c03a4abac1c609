"""Articles without a number: "the same article", "part 2 thereof" (law-and-names §2.6, step 3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.citations.lexer import Tokens
from analysis.citations.units import Unit
from analysis.citations.words import SUFFIXING


def same_article(tokens: Tokens, units: Sequence[Unit], taken: Sequence[bool]) -> Iterator[Unit]:
    """ "The same article" beside a part: "ч. 3 этой же статьи", "осы баптың 5-тармағы", "part 2 thereof"."""
    items = tokens.items
    starts = {u.first for u in units if u.level != "article"}
    ends = {u.last for u in units if u.level != "article"}
    plain_ends = {u.last for u in units if u.level != "article" and not u.numbers[-1].ordinal}
    for at in ends:
        if at < len(items) and items[at].text == "thereof":
            yield Unit("article", (), at, at + 1, None)
    for at in tokens.telling:
        token = items[at]
        if not token.word.keywords or taken[at]:
            continue
        keyword = next((k for k in token.word.keywords if k.level == "article"), None)
        if keyword is None or len(token.text) < 3:
            continue
        first = at
        while first > 0 and at - first < 3 and _points_back(tokens, first - 1):
            first -= 1
        after = at + 1
        if after < len(items) and items[after].text == ",":
            after += 1
        linked = first - 1 if first and items[first - 1].word.form in ("of", "the") else first
        linked = linked - 1 if linked and items[linked - 1].word.form == "of" else linked
        named = keyword.lang == "tg" and after < len(items) and "this" in items[after].word.cues
        pointed = (first < at or named) and (after in starts or linked in ends or first in ends)
        if pointed or (keyword.lang == "ru" and first in plain_ends):
            yield Unit("article", (), first, at + 1, keyword, after=keyword.lang in SUFFIXING)


def _points_back(tokens: Tokens, at: int) -> bool:
    token = tokens.items[at]
    return bool(token.word.cues & {"this", "itself"}) or token.word.form in ("же", "the", "эле")
