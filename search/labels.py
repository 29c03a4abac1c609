"""What a facet value is called in the reader's language: ICU for countries and languages, the registry for articles."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import analysis
from analysis import statutes
from analysis.errors import StatuteNotFound
from analysis.tokens import display_country, display_language

_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{4})?")
"""A country, or a language with its script; ICU refuses what a reader may write instead."""


@lru_cache(maxsize=50_000)
def label(facet: str, value: str, lang: str) -> str:
    """The label of a value; the value itself where nothing is known of it."""
    own: dict[str, str] = _table().get(facet, {}).get(value, {})
    if lang in own or (own and facet == "actor"):
        return own.get(lang) or own["en"]
    if facet in ("country", "lang") and not _CODE.fullmatch(value):
        return value
    if facet == "country":
        return own.get("en", "") if value == "int" else display_country(value, lang)
    if facet == "lang":
        return display_language(value, lang)
    if facet == "article":
        try:
            return statutes.registry().article_label(value, lang)
        except StatuteNotFound:
            return value
    return value


def reference(article: str) -> str | None:
    """The Akoma Ntoso reference of an article id, None where it has none."""
    try:
        return statutes.registry().akoma_ntoso(article) or None
    except StatuteNotFound:
        return None


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((Path(analysis.__file__).parent / "data/labels/facets.toml").read_text(encoding="utf-8"))
