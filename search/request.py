"""What is asked: a request, from a mapping (a query string, a JSON object) and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis.errors import RequestError
from schema import FACET_NAMES

SORTS = ("relevance", "newest", "oldest")
MAX_SIZE = 100
PAGE_SIZE = 20
MAX_RESULTS = 1_000  # paging stops here: page * size


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question.  ``year`` values are years ("2016") or ranges ("2016..2019", "..2019", "2016..").

    ``article`` values are ids of any level (``kz/criminal-code-2014``, ``…/art-174``).  Values of one facet are
    alternatives, facets narrow each other.  ``exact`` searches folded forms only; ``as_text`` refuses the
    reading of the query as a citation or a name; ``widen`` adds the successors and predecessors of an article.
    """

    q: str = ""
    country: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    lang: tuple[str, ...] = ()
    sort: str = "relevance"
    page: int = 1
    size: int = PAGE_SIZE
    exact: bool = False
    as_text: bool = False
    widen: bool = False

    def selected(self, facet: str) -> tuple[str, ...]:
        """The chosen values of one facet."""
        values: tuple[str, ...] = getattr(self, facet)
        return values

    def with_selected(self, facet: str, values: tuple[str, ...]) -> SearchRequest:
        """The same question with other values of one facet, from the first page."""
        return replace(self, **{facet: values, "page": 1})  # type: ignore[arg-type]

    @classmethod
    def from_mapping(cls, raw: Mapping[str, object]) -> SearchRequest:
        """Read a mapping whose values are strings, numbers, or lists of them; unknown keys are ignored.

        Raises RequestError for a sort, page, size or year that cannot be read, naming the value.
        """
        sort = _one(raw, "sort", "relevance")
        if sort not in SORTS:
            raise RequestError(f"sort={sort!r} is not known: use one of {', '.join(SORTS)}")
        page, size = _whole(raw, "page", 1), _whole(raw, "size", PAGE_SIZE)
        if not 1 <= size <= MAX_SIZE:
            raise RequestError(f"size={size} is out of range: use 1 to {MAX_SIZE}")
        if page < 1 or (page - 1) * size >= MAX_RESULTS:
            raise RequestError(f"page={page} is out of range: the first {MAX_RESULTS} results can be paged")
        for span in _many(raw, "year"):
            year_range(span)
        facets = {name: _many(raw, name) for name in FACET_NAMES}
        return cls(
            q=_one(raw, "q", ""),
            sort=sort,
            page=page,
            size=size,
            exact=_flag(raw, "exact"),
            as_text=_one(raw, "as", "") == "text",
            widen=_flag(raw, "widen"),
            **facets,
        )

    def to_pairs(self) -> list[tuple[str, str]]:
        """The request as query-string pairs, in a fixed order, without what is at its default."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(name, v) for name in FACET_NAMES for v in self.selected(name)]
        pairs += [("sort", self.sort)] if self.sort != "relevance" else []
        pairs += [("size", str(self.size))] if self.size != PAGE_SIZE else []
        pairs += [("exact", "1")] if self.exact else []
        pairs += [("as", "text")] if self.as_text else []
        pairs += [("widen", "1")] if self.widen else []
        pairs += [("page", str(self.page))] if self.page != 1 else []
        return pairs


def year_range(value: str) -> tuple[int, int]:
    """``"2016"`` -> (2016, 2016); ``"2016..2019"``, ``"2016.."``, ``"..2019"`` with 0 and 9999 for open ends."""
    low, dots, high = value.partition("..")
    try:
        first = int(low) if low else 0
        last = (int(high) if high else 9999) if dots else first
    except ValueError:
        raise RequestError(f"year={value!r} is not a year: write 2016 or 2016..2019") from None
    if not low and not high:
        raise RequestError(f"year={value!r} is not a year: write 2016 or 2016..2019")
    return first, last


def _many(raw: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = raw.get(key)
    items = value if isinstance(value, list | tuple) else [] if value is None else [value]
    return tuple(dict.fromkeys(str(v) for v in items if str(v)))


def _one(raw: Mapping[str, object], key: str, default: str) -> str:
    values = _many(raw, key)
    return values[0] if values else default


def _whole(raw: Mapping[str, object], key: str, default: int) -> int:
    value = _one(raw, key, str(default))
    if not (value.isascii() and value.lstrip("-").isdigit() and len(value) < 10):
        raise RequestError(f"{key}={value!r} is not a whole number")
    return int(value)


def _flag(raw: Mapping[str, object], key: str) -> bool:
    return _one(raw, key, "").lower() in ("1", "true", "yes", "on")
