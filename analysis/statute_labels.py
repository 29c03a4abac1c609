"""Labels: what a statute or an article is called on a page, in seven languages (words: ``labels.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.statute_ids import ArticleId, cyrillic_point
from analysis.statute_records import Family, Statute, Texts

Labels = Mapping[str, Any]
"""Language -> its table of ``labels.toml``."""


def source_language(texts: Texts, lang: str) -> str:
    """The language to read a text in: its own, else Russian for Cyrillic readers, else English."""
    if lang in texts:
        return lang
    return "en" if lang in ("uz", "tk") else "ru"


def statute_label(labels: Labels, law: Statute | Family, lang: str, form: str) -> str:
    """The label of an edition or a family; ``form`` is "short", "title" or "long"."""
    short = form == "short" and lang in law.abbreviations
    texts = law.abbreviations if short else law.titles
    source = source_language(texts, lang)
    of = labels[source]["long" if form == "long" else "of"].get(law.country, "")
    title = texts[source].replace("{of}", of)
    title = title[:1].upper() + title[1:]
    if isinstance(law, Family):
        return f"{title} ({labels[lang]['edition_unknown']})"
    facts = (
        [_date(labels[lang], law.adopted) or law.year, *(labels[lang]["number"].replace("{n}", n) for n in law.numbers)]
        if form == "long"
        else [law.year]
    )
    known = ", ".join(filter(None, facts))
    return f"{title} ({known})" if known else title


def article_label(labels: Labels, ref: ArticleId, law: Statute | Family | None, lang: str, form: str) -> str:
    """The label of an id of any level; no ``law`` is an unresolved one."""
    words = labels[lang]
    statute = statute_label(labels, law, lang, form) if law else words["unresolved"]
    if ref.general:
        return f"{statute}, {words['general']}"
    if not ref.article:
        return statute
    paragraphs = law is not None and law.subdivision == "paragraph"
    names = ("article", "paragraph", "subpoint") if paragraphs else ("article", "part", "point")
    treaty = law is not None and law.country == "int"
    levels = [
        _level(words, name, number if treaty or words["letters"] == "Latn" else cyrillic_point(number))
        for name, number in zip(names, (ref.article, ref.part, ref.point), strict=True)
        if number
    ]
    body = words["join"].join(reversed(levels) if words["deepest_first"] else levels)
    if words["statute_first"] and law:
        return f"{statute}, {body}"
    if law and form == "short" and lang in law.abbreviations:
        return f"{body}{words['join_abbreviation']}{statute}"
    for head, genitive in words.get("genitive", {}).items():
        if law and statute.startswith(f"{head} "):
            return f"{body} {genitive}{statute.removeprefix(head)}"
    return f"{body}, {statute}"


def _date(words: Mapping[str, Any], iso: str) -> str:
    """A whole day as the language writes it in figures; a year or a month alone as it stands."""
    year, month, day = (*iso.split("-"), "", "")[:3]
    return str(words["date"]).format(day=day, month=month, year=year) if day else iso


def _level(words: Mapping[str, Any], name: str, number: str) -> str:
    """One level in words: "Article 174", «п. «д»», "42-nji madda"."""
    level: str = words[name]
    if not number[:1].isdigit():
        number = words["letter"].replace("{n}", number)
        level = level.replace("-{nth}", "").replace("{n}-", "{n} ")
    if "{nth}" in level:
        level = level.replace("{nth}", "njy" if number.endswith(tuple(words["njy"])) else "nji")
    return level.replace("{n}", number)
