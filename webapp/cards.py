"""Hits become cards: all that the template shows of a document, ready as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from search.labels import label
from search.request import SearchRequest
from search.results import DocumentView, Hit, Results, Segment, Snippet
from webapp.links import Onward
from webapp.messages import Messages
from webapp.paragraphs import level

SNIPPETS = 2
"""Fragments that are shown at once; further ones are behind a fold."""

TAGS = 3
_ALNUM = re.compile(r"[^\W_]")
_CLOSING = "\"'»”’)"
_ENDS = (".", "!", "?", "…")


Facts = tuple[tuple[str, ...], str, tuple[str, ...], str, str]
"""What the line below a title says: countries, date or else years, language, source."""


class Passage(NamedTuple):
    """One fragment.  ``before``, ``after``: whether "…" belongs there."""

    lang: str
    before: bool
    after: bool
    segments: Sequence[Segment]
    paragraph: int


class Card(NamedTuple):
    """One document of the answer.  ``more``: words for the passages that are not shown: ``folded``, or at ``all``."""

    number: int
    lang: str
    address: str
    title: list[Segment]
    facts: Facts
    tags: list[tuple[str, str]]
    reasons: list[str]
    shown: list[Passage]
    folded: list[tuple[str, Passage]]
    more: str
    all: str


def cards_of(results: Results, t: Messages, onward: Onward) -> list[Card]:
    """The cards of one page of results: of the hits, then of those that match in part."""
    ask = results.request
    wanted = wanted_articles(ask, results)
    first = "hit-1" if ask.q or ask.article else ""
    return [_card(number, hit, wanted, first, t, onward) for number, hit in enumerate(results.shown, 1)]


def _card(number: int, hit: Hit, wanted: Sequence[str], first: str, t: Messages, onward: Onward) -> Card:
    passages = [Passage(s.lang or hit.lang, *cut_of(s), s.segments, s.paragraph) for s in hit.snippets]
    rest = len(passages) - SNIPPETS
    more = ""
    if rest > 0:
        more = t("card.more", count=rest)
    elif hit.passages > len(passages):
        more = t("card.passages", count=hit.passages)
    address = onward.document(hit.id, first)
    return Card(
        number,
        hit.lang,
        address,
        [(level(text), marked) for text, marked in hit.title],
        facts_of(hit),
        [(onward.chosen("article", id), label("article", id, t.lang)) for id in articles_first(hit, wanted)],
        reasons_of(hit.reasons, t) if hit.reasons else [],
        passages[:SNIPPETS],
        [(onward.document(hit.id, f"p{passage.paragraph}"), passage) for passage in passages[SNIPPETS:]]
        if rest > 0
        else [],
        more,
        address if first or not more else onward.document(hit.id, "hit-1"),
    )


def facts_of(hit: Hit | DocumentView) -> Facts:
    """The values of the line below a title."""
    facets, date = hit.facets, hit.date
    return facets.get("country", ()), date, () if date else facets.get("year", ()), hit.lang, hit.source


def cut_of(snippet: Snippet) -> tuple[bool, bool]:
    """Whether a fragment begins and ends inside a sentence, so that "…" belongs there."""
    first, last = snippet.segments[0][0][:1], snippet.segments[-1][0][-1:]
    before = snippet.start > 0
    if before and not (before := first.islower()) and not first.isalnum():
        letters = (found[0] for text, _ in snippet.segments if (found := _ALNUM.search(text)))
        before = next(letters, "").islower()
    if last.isalnum() or last in _ENDS:
        return before, last not in _ENDS
    tail = ""
    for text, _ in reversed(snippet.segments):
        tail = (text + tail).rstrip()
        if tail.rstrip(_CLOSING):
            break
    return before, bool(tail) and tail.rstrip(_CLOSING)[-1:] not in _ENDS


def reasons_of(reasons: Sequence[str], t: Messages) -> list[str]:
    """``("same_name:a", "same_name:b")`` as one line for each kind of reason."""
    out: dict[str, list[str]] = {}
    for reason in reasons:
        id, _, word = reason.partition(":")
        out.setdefault(id, []).append(word)
    other = t("reason.other")
    return [t.maybe(f"reason.{id}", other, text=", ".join(words)) for id, words in out.items()]


def wanted_articles(request: SearchRequest, results: Results) -> list[str]:
    """The articles that were asked for: by filter, or by the query as it was understood."""
    return [*request.article, *(reading.value for reading in results.interpretation.readings if reading.chosen)]


def articles_first(hit: Hit, wanted: Sequence[str], limit: int = TAGS) -> Sequence[str]:
    """The article ids of a card: those that were asked for before the others."""
    ids = hit.facets.get("article", ())
    if not wanted:
        return ids[:limit]
    matched = [i for i in ids if any(i == a or i.startswith(a + "/") or a.startswith(i + "/") for a in wanted)]
    return [*matched, *(i for i in ids if i not in matched)][:limit]
