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
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from analysis.errors import DataError
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

DATA = Path(__file__).parent / "data" / "statutes"

_Form = tuple[str, tuple[str, ...], str, bool]
"""Language, tokens, kind, ambiguous: a name form before it is known what it denotes."""

_FAMILY = {"id", "like", "kind", "title", "abbr", "names", "subdivision", "emanator", "examples", "edition"}
_EDITION = {
    *("id", "mark", "from", "to", "adopted", "numbers", "predecessor", "successor", "max_article", "inserted"),
    *("title", "abbr", "names", "article", "note"),
}
_ARTICLE = {"mark", "subject", "words", "parts", "from", "to", "note", "formerly"}
_OTHER = {"id", "kind", "title", "names", "country_words", "examples"}
_LIKE = {"kind", "title", "abbr", "names"}
_EXAMPLE = {"text", "gives", "date", "country"}


def load(folder: Path = DATA) -> Records:
    """Read all files of a folder.  Raises DataError, naming file and key, for anything that is not as described."""
    common = _read(folder / "common.toml", {"law_words", "like"})
    labels = _read(folder / "labels.toml", None)
    families: dict[str, Family] = {}
    editions: dict[str, Statute] = {}
    others: dict[str, Other] = {}
    examples: list[Example] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name in ("common.toml", "labels.toml"):
            continue
        raw = _read(path, {"country", "family", "other"})
        for table in raw.get("family", ()):
            where = _Where(path.name, str(table.get("id", "family without id")))
            family = _family(table, str(raw.get("country", "")), common["like"], where)
            _new(family.id, families, where)
            families[family.id] = family
            for edition in family.editions:
                _new(edition.id, editions, where)
                editions[edition.id] = edition
            examples += _examples(table, family.id, where)
        for table in raw.get("other", ()):
            where = _Where(path.name, str(table.get("id", "entry without id")))
            where.keys(table, _OTHER)
            _new(str(table["id"]), others, where)
            others[str(table["id"])] = _other(table, where)
            examples += _examples(table, str(table["id"]), where)
    law_words = {lang: tuple(words) for lang, words in common["law_words"].items()}
    return Records(_linked(families), others, law_words, labels, tuple(examples))


@dataclass(frozen=True, slots=True)
class _Where:
    """File and record, for messages."""

    file: str
    record: str

    def error(self, key: str, reason: str) -> DataError:
        return DataError(f"statutes/{self.file}: {self.record}: {key}: {reason}")

    def keys(self, table: Mapping[str, Any], allowed: set[str]) -> None:
        for key in table:
            if key not in allowed:
                raise self.error(key, f"unknown key, use one of {', '.join(sorted(allowed))}")

    def choice(self, key: str, value: object, allowed: tuple[str, ...]) -> str:
        if value not in allowed:
            raise self.error(key, f"{value!r} is not one of {', '.join(allowed)}")
        return str(value)

    def date(self, table: Mapping[str, Any], key: str) -> str:
        value = table.get(key, "")
        try:
            period(value)
        except (ValueError, TypeError, AttributeError):
            raise self.error(key, f"{value!r} is not a date: write 2014, 2014-07 or 2014-07-03") from None
        return str(value)


def _read(path: Path, allowed: set[str] | None) -> dict[str, Any]:
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise DataError(f"statutes/{path.name}: file is missing") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"statutes/{path.name}: {error}") from None
    if allowed is not None:
        _Where(path.name, "file").keys(raw, allowed)
    return raw


def _new(key: str, seen: Mapping[str, object], where: _Where) -> None:
    if key in seen:
        raise where.error("id", f"{key} is there twice")


def _texts(table: Mapping[str, Any], key: str, where: _Where) -> dict[str, str]:
    texts = table.get(key, {})
    for lang, text in texts.items():
        where.choice(key, lang, LANGUAGES)
        if not (isinstance(text, str) and text):
            raise where.error(f"{key}.{lang}", "is not a text")
    return dict(texts)


def _numbers(table: Mapping[str, Any], key: str, where: _Where) -> tuple[str, ...]:
    values = table.get(key, [])
    if not (isinstance(values, list) and all(isinstance(v, str) and v for v in values)):
        raise where.error(key, "is not a list of texts")
    return tuple(values)


def _forms(table: Mapping[str, Any], key: str, where: _Where) -> Iterator[_Form]:
    for lang, patterns in table.get(key, {}).items():
        where.choice(key, lang, LANGUAGES)
        for pattern in patterns:
            kind, ambiguous, sequences = _pattern(pattern)
            for tokens in sequences:
                if not tokens:
                    raise where.error(f"{key}.{lang}", f"{pattern!r} may match nothing")
                yield lang, tokens, kind, ambiguous


@cache
def _pattern(pattern: str) -> tuple[str, bool, tuple[tuple[str, ...], ...]]:
    """Kind, ambiguity and token sequences of a name pattern."""
    bare = pattern.removesuffix("?")
    kind = "name"
    if bare[:1] == "=":
        kind, bare = "abbreviation", bare.replace("=", "")
    elif bare[:1] == "«" and bare[-1:] == "»":
        kind, bare = "title", bare[1:-1]
    return kind, pattern.endswith("?"), tuple(expand(bare))


def expand(pattern: str) -> Iterator[tuple[str, ...]]:
    """The token sequences of a pattern: ``law on (the) press|media`` gives four."""
    choices = [
        [(), *expand(word[1:-1])] if word[0] == "(" else [(choice,) for choice in word.split("|")]
        for word in _WORD.findall(pattern)
    ]
    for words in itertools.product(*choices):
        yield tuple(itertools.chain.from_iterable(words))


_WORD = re.compile(r"\([^()]*\)|\S+")


def _family(table: Mapping[str, Any], country: str, commons: Mapping[str, Any], where: _Where) -> Family:
    where.keys(table, _FAMILY)
    id_ = str(table["id"])
    if not id_.startswith(f"{country}/"):
        raise where.error("id", f"does not start with {country}/")
    common: Mapping[str, Any] = {}
    if "like" in table:
        name = where.choice("like", table["like"], tuple(commons))
        common = commons[name]
        _Where("common.toml", name).keys(common, _LIKE)
    kind = where.choice("kind", table.get("kind", common.get("kind")), KINDS)
    titles = _texts(common, "title", where) | _texts(table, "title", where)
    abbreviations = _texts(common, "abbr", where) | _texts(table, "abbr", where)
    for lang in ("en", "ru"):
        if lang not in titles:
            raise where.error("title", f"has no {lang}")
    rows = table.get("edition", [])
    if not rows:
        raise where.error("edition", "there is none")
    for row in rows:
        _Where(where.file, str(row.get("id", f"{id_}, edition without id"))).keys(row, _EDITION)
        if row["id"] != id_ and not row["id"].startswith(f"{id_}-"):
            raise where.error("edition", f"{row['id']} does not start with {id_}")
    names = _names(table, rows, common, id_, where)
    subdivision = where.choice("subdivision", table.get("subdivision", "part"), ("part", "paragraph"))
    editions = []
    for row in rows:
        here = _Where(where.file, row["id"])
        editions.append(
            Statute(
                id=row["id"],
                edition_family=id_,
                country=country,
                kind=kind,
                mark=here.choice("mark", row.get("mark"), MARKS),
                titles=titles | _texts(row, "title", here),
                abbreviations=abbreviations | _texts(row, "abbr", here),
                names=tuple(form for form in names if row["id"] in form.editions),
                valid_from=here.date(row, "from"),
                valid_to=here.date(row, "to"),
                adopted=here.date(row, "adopted"),
                numbers=_numbers(row, "numbers", here),
                predecessor=row.get("predecessor", ""),
                successor=row.get("successor", ""),
                max_article=row.get("max_article"),
                inserted_articles=_inserted(row, here),
                articles=_articles(row, here),
                subdivision=subdivision,
                emanator=table.get("emanator", country),
                note=row.get("note", ""),
            )
        )
    _check_dates(editions, where)
    return Family(id_, country, kind, titles, abbreviations, names, tuple(editions), subdivision)


def _names(
    table: Mapping[str, Any], rows: list[Mapping[str, Any]], common: Mapping[str, Any], owner: str, where: _Where
) -> tuple[NameForm, ...]:
    """Forms of a family; a form that editions name denotes these editions, any other form all."""
    every = tuple(str(row["id"]) for row in rows)
    own: dict[_Form, tuple[str, ...]] = {}
    for row in rows:
        for form in _forms(row, "names", _Where(where.file, row["id"])):
            own[form] = (*own.get(form, ()), row["id"])
    shared = itertools.chain(_forms(common, "names", where), _forms(table, "names", where))
    return tuple(NameForm(owner, *form, ids) for form, ids in (dict.fromkeys(shared, every) | own).items())


def _inserted(row: Mapping[str, Any], where: _Where) -> tuple[str, ...]:
    """The numbers listed, and those of the articles described, that are ``N-M`` or ``N.M``."""
    numbers = {*_numbers(row, "inserted", where), *(n for n in row.get("article", {}) if not n.isdecimal())}
    return tuple(sorted(numbers, key=article_key))


def _articles(row: Mapping[str, Any], where: _Where) -> dict[str, Article]:
    articles = {}
    for number, table in row.get("article", {}).items():
        here = _Where(where.file, f"{where.record}/art-{number}")
        here.keys(table, _ARTICLE)
        subject = _texts(table, "subject", here)
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
            formerly=_numbers(table, "formerly", here),
        )
    return dict(sorted(articles.items(), key=lambda item: article_key(item[0])))


def _check_dates(editions: list[Statute], where: _Where) -> None:
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


def _other(table: Mapping[str, Any], where: _Where) -> Other:
    id_ = str(table["id"])
    titles = _texts(table, "title", where)
    if not {"en", "ru"} <= set(titles):
        raise where.error("title", "needs en and ru")
    return Other(
        id=id_,
        kind=where.choice("kind", table.get("kind"), ("foreign", "soft")),
        titles=titles,
        names=tuple(NameForm(id_, *form) for form in _forms(table, "names", where)),
        country_words=tuple(NameForm(id_, *form) for form in _forms(table, "country_words", where)),
    )


def _examples(table: Mapping[str, Any], owner: str, where: _Where) -> list[Example]:
    for row in table.get("examples", ()):
        where.keys(row, _EXAMPLE)
    return [Example(**row, owner=owner) for row in table.get("examples", ())]


def _linked(families: dict[str, Family]) -> dict[str, Family]:
    """The families with ``successor`` and ``now`` filled in from ``predecessor`` and ``formerly``."""
    statutes = {s.id: s for family in families.values() for s in family.editions}
    successor: dict[str, str] = {}
    now: dict[str, list[str]] = {}
    for statute in statutes.values():
        where = _Where(f"{statute.country}.toml", statute.id)
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
