"""Ids of articles: made, taken apart, exported.

Levels: ``<statute>/art-274/part-2/point-3``, ``<statute>/general`` for a law named without an article, and
``unresolved/art-174``.  Ids are lower-case ASCII: a lettered point is spelled in Latin, so «г» and "g" are one point.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from analysis.errors import StatuteNotFound
from analysis.statute_records import Statute

UNRESOLVED = "unresolved"
GENERAL = "general"

_LETTERS = {
    **dict(zip("абвгдеёзийклмнопрстуфхцы", "abvgdeezijklmnoprstufhcy", strict=True)),
    **{"ж": "zh", "ч": "ch", "ш": "sh", "щ": "shh", "э": "eh", "ю": "yu", "я": "ya"},
}
_CYRILLIC = {latin: letter for letter, latin in _LETTERS.items() if letter != "ё"}
_ID = re.compile(
    r"(?P<statute>unresolved|(?!unresolved/)[a-z]+/[a-z0-9-]+)"
    r"(?:(?P<general>/general)|/art-(?P<article>[0-9][0-9.-]*)(?:/part-(?P<part>[0-9a-z.-]+)(?:/point-(?P<point>[0-9a-z.-]+))?"
    r"|/point-(?P<lone>[0-9a-z.-]+))?)?"
)


class ArticleId(NamedTuple):
    """An id taken apart; "" for a level that is not there.  ``general``: the law is named, no article."""

    statute: str
    article: str = ""
    part: str = ""
    point: str = ""
    general: bool = False


def article_id(statute: str | None, article: str | None, part: str | None = None, point: str | None = None) -> str:
    """The id of a citation.  No statute gives ``unresolved/…``, no article ``…/general``.

    A part or point that has no spelling in ASCII letters and digits is left out, with what is below it: the id
    is then less precise and still true.  A point without a part stands directly below its article.
    Raises ValueError where neither a statute nor an article is given.
    """
    if not article:
        if not statute:
            raise ValueError("an article id needs a statute or an article")
        return f"{statute}/{GENERAL}"
    levels = [statute or UNRESOLVED, f"art-{article}"]
    for name, value in (("part", part), ("point", point)):
        if value:
            spelled = _ascii(value)
            if not spelled:
                break
            levels.append(f"{name}-{spelled}")
    return "/".join(levels)


def split_id(id_: str) -> ArticleId:
    """The levels of an id of any level, that of a statute or family included.  Raises StatuteNotFound."""
    match = _ID.fullmatch(id_)
    if match is None:
        raise StatuteNotFound(f"{id_!r} is not the id of an article: write kz/criminal-code-2014/art-174")
    statute, general, article, part, point, lone = match.groups(default="")
    return ArticleId(statute, article, part, point or lone, bool(general))


def ancestors(id_: str) -> tuple[str, ...]:
    """The id and the ids of the levels above it up to the statute, most precise first."""
    ref = split_id(id_)
    levels = id_.removeprefix(ref.statute).split("/")[1:]
    return tuple("/".join([ref.statute, *levels[:n]]) for n in range(len(levels), -1, -1))


def cyrillic_point(point: str) -> str:
    """A lettered point as it is printed in Cyrillic (``d`` -> «д»); a number stays itself."""
    return _CYRILLIC.get(point, point)


def akoma_ntoso(statute: Statute, ref: ArticleId) -> str:
    """``/akn/kz/act/2014-07-03/226-V/!main~art_174__para_2`` (Akoma Ntoso Naming Convention 1.0, 4.4 and 5.3).

    The date is that of adoption, only the year where no more is known (the id holds it), and left out for a treaty
    whose date is not known.  Where the number is not known the name of the law stands in its place, which the
    convention allows; nothing is made up.  A part is ``para``; ``207.3`` is written ``207-3``, as ids ask.
    """
    name = statute.edition_family.partition("/")[2]
    date = statute.adopted or statute.year
    number = statute.numbers[0] if statute.numbers else name
    work = "/".join(filter(None, ["/akn", statute.emanator, "act", date, number]))
    levels = (("art", ref.article), ("para", ref.part), ("point", ref.point))
    fragment = "__".join(f"{level}_{value.replace('.', '-')}" for level, value in levels if value)
    return f"{work}/!main" + (f"~{fragment}" if fragment else "")


def _ascii(value: str) -> str:
    """A number or letter of a part or point in lower-case ASCII, "" where it has no such spelling."""
    spelled = "".join(_LETTERS.get(c, c) for c in value.lower())
    return spelled if re.fullmatch(r"[0-9a-z]+(?:[.-][0-9a-z]+)*", spelled) else ""
