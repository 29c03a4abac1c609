"""Metadata that came with a text: which keys say what, and what of it is a facet value."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis import actors, places
from analysis.errors import DocumentError
from indexer.read import clean
from schema import COUNTRIES, LANGUAGES

_FACETS = {
    "country": "country", "countries": "country", "year": "year", "years": "year", "article": "article",
    "articles": "article", "actor": "actor", "actors": "actor", "lang": "lang", "language": "lang",
}  # fmt: skip
_FIELDS = ("id", "title", "text", "date", "url", "source")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_TAG = re.compile(r"[a-z]{2}(?:-[A-Z][a-z]{3})?")
_ARTICLE = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*(?:/[a-z0-9]+(?:[-.][a-z0-9]+)*)*")


@dataclass(slots=True)
class Meta:
    """Given metadata, in our own forms; ``extra`` is everything that is no facet and no field of a document."""

    title: str = ""
    date: str = ""
    url: str = ""
    source: str = ""
    given: dict[str, tuple[str, ...]] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def lang(self) -> str:
        """The given main language, or ""."""
        return self.given.get("lang", ("",))[0]


def read(table: Mapping[Any, Any], where: str) -> Meta:
    """Metadata from a mapping.  What cannot be understood is kept in ``extra``.  DocumentError for a wrong type."""
    meta = Meta()
    for raw, value in table.items():
        key = str(raw).strip().lower()
        if value is None or value == "" or value == []:
            continue
        if facet := _FACETS.get(key):
            _add_facet(meta, facet, key, value, where)
        elif key == "date":
            meta.date = date(value)
            if not meta.date:
                meta.extra[key] = plain(value)
        elif key == "url":
            meta.url = link(str(value))
        elif key == "title":
            meta.title = clean.title(_scalar(value, key, where))
        elif key == "source":
            meta.source = clean.title(_scalar(value, key, where))
        elif key not in _FIELDS:
            meta.extra[key] = plain(value)
    if meta.date and "year" not in meta.given:
        meta.given["year"] = (meta.date[:4],)
    return meta


def _add_facet(meta: Meta, facet: str, key: str, value: Any, where: str) -> None:
    items = value if isinstance(value, list | tuple) else [value]
    known = [v for item in items if (v := facet_value(facet, _scalar(item, key, where)))]
    if known:
        meta.given[facet] = tuple(dict.fromkeys((*meta.given.get(facet, ()), *known)))
    if len(known) < len(items):
        meta.extra[key] = plain(value)


def facet_value(facet: str, value: str) -> str:
    """A facet value as it is written by us, or "" where it is none: "Kazakhstan" is ``kz``, "Russian" no language."""
    value = value.strip()
    if facet == "country":
        if value.lower() in COUNTRIES:
            return value.lower()
        named = {e.value for e in places.mentions(value) if e.kind == "name"}
        return named.pop() if len(named) == 1 else ""
    if facet == "year":
        return value if re.fullmatch(r"(?:19|20)\d\d", value) else ""
    if facet == "actor":
        name = value.lower().replace(" ", "-").replace("_", "-")
        return name if name in actors.TYPES else ""
    if facet == "lang":
        tag = value.replace("_", "-")
        return tag if _TAG.fullmatch(tag) and tag[:2] in LANGUAGES else ""
    return value.lower() if _ARTICLE.fullmatch(value.lower()) and "/" in value else ""


def date(value: Any) -> str:
    """ISO 8601 as precise as given ("2019", "2019-11", "2019-11-01"), or "" for what is no date."""
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    match = _DATE.match(str(value).strip())
    if not match:
        return ""
    year, month, day = match.groups()
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join(part for part in (year, month, day) if part)


def link(url: str) -> str:
    """An http(s) address, or "" for any other."""
    url = url.strip()
    return url if re.match(r"https?://[^\s/]", url, re.IGNORECASE) and len(url) <= 2000 and " " not in url else ""


def plain(value: Any, depth: int = 4) -> Any:
    """A value of JSON types only, with strings free of odd characters; what is nested deeper becomes text."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping) and depth:
        return {clean.title(str(k)): plain(v, depth - 1) for k, v in list(value.items())[:100]}
    if isinstance(value, list | tuple | set) and depth:
        return [plain(v, depth - 1) for v in list(value)[:100]]
    return clean.text(str(value))[:10_000] if depth else "…"


def _scalar(value: Any, key: str, where: str) -> str:
    if isinstance(value, str | int | float | datetime.date):
        return str(value)
    raise DocumentError(where, f"metadata {key!r} must be a text or a list of texts")
