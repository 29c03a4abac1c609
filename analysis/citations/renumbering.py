"""The same law in another edition: what became of an article, and whose article has the subject that is told."""

from __future__ import annotations

from analysis.citations.lexer import DASHES, Tokens
from analysis.citations.numbers import Number
from analysis.citations.provisions import read
from analysis.citations.setting import NEAR, Setting, speaks_of
from analysis.statutes import Statute, article_id, registry, split_id

_BECOMES = DASHES | {"→"}


def renumbered(tokens: Tokens, number: Number, edition: Statute, cited: str, stop: int, first: int) -> Statute | None:
    """The edition of the second number in "129 – 130", if 130 is what became of article 129 of ``edition``.

    ``cited`` is the article before, which ends at token ``stop``; this one begins at ``first``.
    """
    if not 0 < first - stop <= 2 or tokens.items[first - 1].text not in _BECOMES or number.rest:
        return None
    successors = (split_id(one) for one in registry().successors(article_id(edition.id, cited)))
    later = {one.statute for one in successors if one.article == number.first}
    return next((e for e in registry().family(edition.id).editions if e.id in later), None)


def spoken_instead(setting: Setting, number: Number, edition: Statute, at: int) -> Statute | None:
    """The only edition whose article has the subject told in the sentence before ``at``."""
    words = setting.tokens.spoken(max(at - NEAR, setting.start(at)), at)
    family = registry().family(edition.id).editions
    spoken = [e for e in family if any(speaks_of(e, p.article, words) for p in read(number, e))]
    return spoken[0] if len(spoken) == 1 else None
