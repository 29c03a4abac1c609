"""Reads the statute registry from ``analysis/data/statutes/*.toml``.

A file has a ``country`` and a list of *families*.  A family is a law under one name (``kz/criminal-code``) with its
*editions*, each with its own numbering (``kz/criminal-code-2014``).  ``common.toml`` holds what laws of one sort are
called in every language, whatever the country (a family says ``like = "criminal-code"``); ``other.toml`` holds what
must be recognised and is no statute of ours: foreign codes and soft law.

Name forms are short patterns.  Words stand in folded form (``analysis.tokens.fold``), one ICU token a word:

- ``кодекс*``   a token that starts with ``кодекс`` (any ending); without ``*`` the token itself
- ``of|on``     one of these words; ``(and their protection)`` words that may be missing together
- ``«о связи»`` the title of a law: counts inside quotation marks, or next to a law word (``Registry.law_words``)
- ``=УК``       an abbreviation in exact case; an ending may be glued or hyphenated (``КЖКнын``, ``ҚК-нің``)
- ``?`` at the end: ambiguous, needs a number beside it and a country or a language (``=УК?``)

Country words are no part of a name.  A form named by an edition denotes only the editions that name it, even if its
family has the form too: "Жазык кодекси" is the Kyrgyz criminal code of 2017 alone.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.statute_fields import Form, Where, expand, forms, read, strings, texts
from analysis.statute_records import (
    KINDS,
    LANGUAGES,
    MARKS,
    Article,
    Example,
    Family,
    NameForm,
    Other,
    Records,
    Statute,
    article_key,
    period,
)

__all__ = ["DATA", "expand", "load"]

DATA = Path(__file__).parent / "data" / "statutes"

_FAMILY = {"id", "like", "kind", "title", "abbr", "names", "subdivision", "emanator", "examples", "edition"}
_EDITION = {
    *("id", "mark", "from", "to", "adopted", "numbers", "predecessor", "successor", "max_article", "inserted"),
    *("title", "abbr", "names", "article", "note"),
}
_ARTICLE = {"mark", "subject", "words", "parts", "from", "to", "note", "formerly"}
_OTHER = {"id", "kind", "title", "names", "country_words", "examples"}
_LIKE = {"kind", "title", "abbr", "names"}
_LABELS = {
    *("article", "part", "point", "paragraph", "subpoint", "letter", "letters", "number", "date", "of", "long"),
    *("join", "join_abbreviation", "deepest_first", "statute_first", "unresolved", "edition_unknown", "general"),
}
_EXAMPLE = {"text", "gives", "date", "country"}


def load(folder: Path = DATA) -> Records:
    """Read all files of a folder.  Raises DataError, naming file and key, for anything that is not as described."""
    common = read(folder / "common.toml", {"law_words", "like"})
    labels = _labels(folder / "labels.toml")
    families: dict[str, Family] = {}
    others: dict[str, Other] = {}
    examples: list[Example] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name in ("common.toml", "labels.toml"):
            continue
        raw = read(path, {"country", "family", "other"})
        rows = [("family", table) for table in raw.get("family", ())] + [
            ("other", table) for table in raw.get("other", ())
        ]
        for sort, table in rows:
            where = Where(path.name, str(table.get("id", "a record without id")))
            if where.record in families or where.record in others:
                raise where.error("id", "is there twice")
            try:
                if sort == "family":
                    families[where.record] = _family(table, str(raw.get("country", "")), common["like"], where)
                else:
                    others[where.record] = _other(table, where)
                examples += _examples(table, where)
            except (AttributeError, KeyError, TypeError) as error:
                raise where.error("record", f"is not built as a record ({error!r})") from None
    law_words = {lang: tuple(words) for lang, words in common["law_words"].items()}
    return Records(_linked(families), others, law_words, labels, tuple(examples))


def _labels(path: Path) -> dict[str, Any]:
    labels = read(path, set(LANGUAGES))
    for lang in LANGUAGES:
        where = Where(path.name, lang)
        where.keys(labels.get(lang, {}), _LABELS | {"njy", "genitive"})
        if missing := _LABELS - set(labels.get(lang, ())):
            raise where.error(min(missing), "is missing")
    return labels


def _family(table: Mapping[str, Any], country: str, commons: Mapping[str, Any], where: Where) -> Family:
    where.keys(table, _FAMILY)
    id_ = str(table["id"])
    if not id_.startswith(f"{country}/"):
        raise where.error("id", f"does not start with {country}/")
    common: Mapping[str, Any] = {}
    if "like" in table:
        name = where.choice("like", table["like"], tuple(commons))
        common = commons[name]
        Where("common.toml", name).keys(common, _LIKE)
    kind = where.choice("kind", table.get("kind", common.get("kind")), KINDS)
    titles = texts(common, "title", where) | texts(table, "title", where)
    abbreviations = texts(common, "abbr", where) | texts(table, "abbr", where)
    for lang in ("en", "ru"):
        if lang not in titles:
            raise where.error("title", f"has no {lang}")
    rows = table["edition"]
    if len({row["id"] for row in rows}) < len(rows):
        raise where.error("edition", "an id is there twice")
    for row in rows:
        Where(where.file, str(row.get("id", f"{id_}, edition without id"))).keys(row, _EDITION)
        if not re.fullmatch(rf"{re.escape(id_)}(-\d{{4}})?", row["id"]):
            raise where.error("edition", f"{row['id']} is not {id_} with a year")
    names = _names(table, rows, common, id_, where)
    subdivision = where.choice("subdivision", table.get("subdivision", "part"), ("part", "paragraph"))
    family = Family(id_, country, kind, titles, abbreviations, names, (), subdivision)
    editions = tuple(_edition(row, family, table.get("emanator", country), where) for row in rows)
    _check_dates(editions, where)
    return replace(family, editions=editions)


def _edition(row: Mapping[str, Any], family: Family, emanator: str, where: Where) -> Statute:
    where = Where(where.file, row["id"])
    return Statute(
        id=row["id"],
        edition_family=family.id,
        country=family.country,
        kind=family.kind,
        mark=where.choice("mark", row.get("mark"), MARKS),
        titles={**family.titles, **texts(row, "title", where)},
        abbreviations={**family.abbreviations, **texts(row, "abbr", where)},
        names=tuple(form for form in family.names if row["id"] in form.editions),
        valid_from=where.date(row, "from"),
        valid_to=where.date(row, "to"),
        adopted=where.date(row, "adopted"),
        numbers=strings(row, "numbers", where),
        predecessor=row.get("predecessor", ""),
        successor=row.get("successor", ""),
        max_article=row.get("max_article"),
        inserted_articles=_inserted(row, where),
        articles=_articles(row, where),
        subdivision=family.subdivision,
        emanator=emanator,
        note=row.get("note", ""),
    )


def _names(
    table: Mapping[str, Any], rows: list[Mapping[str, Any]], common: Mapping[str, Any], owner: str, where: Where
) -> tuple[NameForm, ...]:
    """Forms of a family; a form that editions name denotes these editions, any other form all."""
    every = tuple(str(row["id"]) for row in rows)
    own: dict[Form, tuple[str, ...]] = {}
    for row in rows:
        for form in forms(row, "names", Where(where.file, row["id"])):
            own[form] = (*own.get(form, ()), row["id"])
    shared = itertools.chain(forms(common, "names", where), forms(table, "names", where))
    return tuple(NameForm(owner, *form, ids) for form, ids in (dict.fromkeys(shared, every) | own).items())


def _inserted(row: Mapping[str, Any], where: Where) -> tuple[str, ...]:
    """The numbers listed, and those of the articles described, that are ``N-M`` or ``N.M``."""
    numbers = {*strings(row, "inserted", where), *(n for n in row.get("article", {}) if not n.isdecimal())}
    return tuple(sorted(numbers, key=article_key))


def _articles(row: Mapping[str, Any], where: Where) -> dict[str, Article]:
    articles = {}
    for number, table in row.get("article", {}).items():
        here = Where(where.file, f"{where.record}/art-{number}")
        here.keys(table, _ARTICLE)
        subject = texts(table, "subject", here)
        if not {"en", "ru"} <= set(subject):
            raise here.error("subject", "needs en and ru")
        highest = row.get("max_article")
        if highest is not None and article_key(number)[0][0] > highest:
            raise here.error("max_article", f"is only {highest}")
        start, end = here.date(table, "from"), here.date(table, "to")
        if end and period(end)[1] < period(start)[0]:
            raise here.error("to", f"{end} is before {start}")
        articles[number] = Article(
            number=number,
            mark=here.choice("mark", table.get("mark"), MARKS),
            subject=subject,
            words={
                here.choice("words", lang, LANGUAGES): tuple(seq for p in patterns for seq in expand(p))
                for lang, patterns in table.get("words", {}).items()
            },
            parts=int(table.get("parts", 0)),
            valid_from=start,
            valid_to=end,
            note=table.get("note", ""),
            formerly=strings(table, "formerly", here),
        )
    return dict(sorted(articles.items(), key=lambda item: article_key(item[0])))


def _check_dates(editions: tuple[Statute, ...], where: Where) -> None:
    """No edition ends before it starts, none is surely in force while another surely is."""
    for one in editions:
        if one.valid_to and period(one.valid_to)[1] < period(one.valid_from)[0]:
            raise where.error(f"{one.id} to", f"{one.valid_to} is before {one.valid_from}")
    for one, other in itertools.pairwise(editions):
        start, end = period(other.valid_from)[1], period(one.valid_to)[0] if one.valid_to else "9999-99-99"
        if end >= start or not other.valid_from:
            raise where.error(
                f"{one.id} to", f"{one.valid_to or 'open'} overlaps {other.id}, from {other.valid_from!r}"
            )


def _other(table: Mapping[str, Any], where: Where) -> Other:
    where.keys(table, _OTHER)
    titles = texts(table, "title", where)
    if not {"en", "ru"} <= set(titles):
        raise where.error("title", "needs en and ru")
    return Other(
        id=where.record,
        kind=where.choice("kind", table.get("kind"), ("foreign", "soft")),
        titles=titles,
        names=tuple(NameForm(where.record, *form) for form in forms(table, "names", where)),
        country_words=tuple(NameForm(where.record, *form) for form in forms(table, "country_words", where)),
    )


def _examples(table: Mapping[str, Any], where: Where) -> list[Example]:
    for row in table.get("examples", ()):
        where.keys(row, _EXAMPLE)
    return [Example(**row, owner=where.record) for row in table.get("examples", ())]


def _linked(families: dict[str, Family]) -> dict[str, Family]:
    """The families with ``successor`` and ``now`` filled in from ``predecessor`` and ``formerly``."""
    statutes = {s.id: s for family in families.values() for s in family.editions}
    successor: dict[str, str] = {}
    now: dict[str, list[str]] = {}
    for statute in statutes.values():
        where = Where(f"{statute.country}.toml", statute.id)
        for key, linked in (("predecessor", statute.predecessor), ("successor", statute.successor)):
            if linked and linked not in statutes:
                raise where.error(key, f"there is no {linked}")
        successor.setdefault(statute.predecessor, statute.id)
        for article in statute.articles.values():
            for old in article.formerly:
                home, _, number = old.partition("/art-")
                if home not in statutes or number not in statutes[home].articles:
                    raise where.error(f"{article.number} formerly", f"there is no article {old}")
                now.setdefault(old, []).append(f"{statute.id}/art-{article.number}")

    def link(statute: Statute) -> Statute:
        articles = {
            number: replace(article, now=tuple(now.get(f"{statute.id}/art-{number}", ())))
            for number, article in statute.articles.items()
        }
        return replace(statute, successor=statute.successor or successor.get(statute.id, ""), articles=articles)

    return {id_: replace(f, editions=tuple(map(link, f.editions))) for id_, f in families.items()}
