"""The registry of statutes as the pages show it: a lawyer's way in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from analysis.errors import StatuteNotFound
from analysis.statutes import Statute, article_key, registry
from schema import COUNTRIES, GENERAL, UNRESOLVED
from search.results import FacetValue, Results

Counts = Mapping[str, int]
"""Article id of any level -> documents."""

LEVELS = {"art": "article", "part": "part", "point": "point", GENERAL: "general"}
"""What the last part of an article id begins with -> its level."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article of a statute: its subject is "" unless it was verified.

    ``formerly``/``now``: ids of its predecessors and successors, only where both ends were verified.
    """

    id: str
    number: str
    subject: str
    count: int
    formerly: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


def level_of(article: str) -> tuple[str, str]:
    """The last level of an id: ("article", "174"), ("part", "2"), ("general", ""); of a statute ("statute", "").

    What somebody wrote into an address and is no id of ours has the level of a statute: it is called as it is written.
    """
    last = article.split("/")[2:] if not article.startswith(UNRESOLVED) else article.split("/")[1:]
    if not last:
        return "statute", ""
    name, _, number = last[-1].partition("-")
    level = LEVELS.get(name)
    return (level, number) if level else ("statute", "")


def kin_of(article: str) -> tuple[str, ...]:
    """The articles that this one replaced or that replaced it."""
    try:
        return (*registry().predecessors(article), *registry().successors(article))
    except StatuteNotFound:
        return ()


def subject_of(article: str, lang: str) -> str:
    """The verified subject of an article id, "" where there is none or the id is of another level."""
    statute_id, _, number = article.partition("/art-")
    try:
        return registry().shown_subject(statute_id, number, lang) or "" if number and "/" not in number else ""
    except StatuteNotFound:
        return ""


@lru_cache(maxsize=20_000)
def label_of(article: str, lang: str, form: str = "title") -> str:
    """What an id of any level is called; an id that the registry cannot read is its own label."""
    try:
        return registry().article_label(article, lang, form)
    except StatuteNotFound:
        return article


def counts_of(results: Results) -> dict[str, int]:
    """Documents by article id at every level, from the tree of an answer."""
    out: dict[str, int] = {}

    def walk(values: tuple[FacetValue, ...]) -> None:
        for value in values:
            out[value.value] = value.count
            walk(value.children)

    walk(next((panel.values for panel in results.panels if panel.facet == "article"), ()))
    return out


def by_country() -> dict[str, list[Statute]]:
    """All statutes, by country in the order of the schema; successive editions stand together, newest first."""
    out: dict[str, list[Statute]] = {}
    for country in COUNTRIES:
        families = [family for family in registry().families() if family.country == country]
        if rows := [statute for family in families for statute in reversed(family.editions)]:
            out[country] = rows
    return out


def statute(id: str) -> Statute:
    """Raises StatuteNotFound."""
    return registry().get(id)


def articles_of(statute: Statute, counts: Counts, lang: str) -> list[ArticleRow]:
    """The articles with a verified subject or with documents, in the order of their numbers."""
    prefix = f"{statute.id}/art-"
    cited = {id.removeprefix(prefix) for id in counts if id.startswith(prefix) and "/" not in id.removeprefix(prefix)}
    rows = [_row(statute, number, counts, lang) for number in sorted({*statute.articles, *cited}, key=article_key)]
    return [row for row in rows if row.subject or row.count]


def general_id(statute: Statute) -> str:
    """The facet value of documents that name the statute and none of its articles."""
    return f"{statute.id}/{GENERAL}"


def _row(statute: Statute, number: str, counts: Counts, lang: str) -> ArticleRow:
    id = f"{statute.id}/art-{number}"
    law = registry()
    subject = law.shown_subject(statute.id, number, lang) or ""
    article = statute.articles.get(number)
    old = article.formerly if article else ()
    new = article.now if article else ()
    sure = [tuple(other for other in ids if law.link_mark(id, other) == "V") for ids in (old, new)]
    return ArticleRow(id, number, subject, counts.get(id, 0), *sure)
