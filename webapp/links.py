"""Every address of the pages is built here, and every query string is read here.

The state of a search is in its address and nowhere else.  Letters of every script stand in it as they are: browsers
send the same bytes, and a page repeats its query a hundred times, in a third of the space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote, quote_plus, unquote

from werkzeug.datastructures import MultiDict

from analysis.errors import RequestError
from schema import FACET_NAMES
from search.request import PAGE_SIZE, SORTS, SearchRequest, year_range

PARAMETERS = ("q", *FACET_NAMES, "sort", "page", "size", "exact", "as", "widen")
"""Names that a search address may carry; the API refuses any other."""

IN_QUERY = "!$%&'()*+,/:;=?@"
"""What may stand in a query string as it is, besides letters, digits and ``-._~`` (RFC 3986 §3.4)."""

MAX_VALUE = 300  # characters of a facet value

_QUOTED = re.compile(r"[^\w.~/-]+")
_LETTERS = re.compile(r"(?:%[89A-F][0-9A-F])+", re.IGNORECASE)

Pairs = Iterable[tuple[str, str]]


def read_request(args: MultiDict[str, str]) -> SearchRequest:
    """The request in a page's query string.  ``from``/``to`` (the year boxes) win over ``year``.

    Raises RequestError for a value that cannot be read.
    """
    request = _bounded(SearchRequest.from_mapping(args.to_dict(flat=False)))
    low, high = args.get("from", "").strip(), args.get("to", "").strip()
    if low or high:
        span = low if low == high else f"{low}..{high}"
        year_range(span)
        request = replace(request, year=(span,))
    return request


def read_strictly(args: MultiDict[str, str]) -> SearchRequest:
    """The same for the API.  Raises RequestError naming a parameter that does not exist and those that do."""
    if unknown := sorted(set(args) - set(PARAMETERS)):
        raise RequestError(f"unknown parameter {', '.join(unknown)}: use {', '.join(PARAMETERS)}")
    return _bounded(SearchRequest.from_mapping(args.to_dict(flat=False)))


def _bounded(request: SearchRequest) -> SearchRequest:
    """The request, if none of its values is longer than a value can be: labels of values are kept in memory."""
    for name in FACET_NAMES:
        if long := next((value for value in request.selected(name) if len(value) > MAX_VALUE), ""):
            raise RequestError(f"{name}={long[:40]!r}… is too long: a value has at most {MAX_VALUE} characters")
    return request


def address(path: str, pairs: Pairs = (), fragment: str = "") -> str:
    """A path with a query string and a fragment, each only if there is one."""
    query = "&".join(_encoded(name, value) for name, value in pairs)
    return path + (f"?{query}" if query else "") + (f"#{quote(fragment)}" if fragment else "")


def _encoded(name: str, value: str) -> str:
    """One pair of a query string; not kept, for it can be what was typed."""
    return f"{name}={_spelt(value)}"


def _spelt(value: str) -> str:
    """A value in a query string: letters, digits and ``_.~/-`` as they are, all else by its UTF-8."""
    return _QUOTED.sub(lambda found: quote_plus(found[0]), value)


_value = lru_cache(maxsize=4096)(_spelt)
"""The same of a value of a facet; the same ones are on many pages."""


class Links:
    """The addresses of the pages in one language.  ``embed`` keeps searches inside the partner's frame."""

    def __init__(self, lang: str, embed: bool = False) -> None:
        self.lang = lang
        self.embed = embed

    def home(self) -> str:
        return f"/{self.lang}/"

    def page(self, name: str) -> str:
        """One of the fixed pages: ``help``, ``about``, ``statutes``."""
        return f"/{self.lang}/{name}"

    def search(self, request: SearchRequest) -> str:
        if self.embed:
            return address("/embed", [("ui", self.lang), *request.to_pairs()])
        return address(f"/{self.lang}/search", request.to_pairs())

    def query(self, text: str) -> str:
        return self.search(SearchRequest(q=text))

    def sorted(self, request: SearchRequest, sort: str) -> str:
        return Onward(self, request).sorted(sort)

    def as_text(self, request: SearchRequest, on: bool = True) -> str:
        return self.search(replace(request, as_text=on, page=1))

    def widened(self, request: SearchRequest, on: bool) -> str:
        """With or without the articles that the one asked for replaced or was replaced by."""
        return self.search(replace(request, widen=on, page=1))

    def with_query(self, request: SearchRequest, text: str) -> str:
        return self.search(replace(request, q=text, page=1))

    def reading(self, request: SearchRequest, article: str) -> str:
        """All documents that cite this article: as many as its reading promises, so no other filter is kept."""
        return self.search(SearchRequest(article=(article,), sort=request.sort))

    def onward(self, request: SearchRequest) -> Onward:
        """The many addresses that lead on from one search."""
        return Onward(self, request)

    def chosen(self, request: SearchRequest, facet: str, value: str) -> str:
        """One more value of a facet; for the year the value alone."""
        return Onward(self, request).chosen(facet, value)

    def without(self, request: SearchRequest, facet: str, value: str) -> str:
        return self.search(request.with_selected(facet, tuple(v for v in request.selected(facet) if v != value)))

    def without_facet(self, request: SearchRequest, facet: str) -> str:
        return self.search(request.with_selected(facet, ()))

    def cleared(self, request: SearchRequest) -> str:
        return self.search(replace(request, **dict.fromkeys(FACET_NAMES, ()), page=1))  # type: ignore[arg-type]

    def facet(self, name: str, request: SearchRequest) -> str:
        return Onward(self, request).facet(name)

    def document(
        self, id: str, request: SearchRequest | None = None, fragment: str = "", **more: str | int | None
    ) -> str:
        """A document, with the search that led to it; ``more``: ``hit``, ``light``, ``cite``."""
        pairs = [*question(request), *((name, str(v)) for name, v in more.items() if v is not None)]
        return address(f"/{self.lang}/documents/{quote(id, safe='')}", pairs, fragment)

    def statute(self, id: str = "", fragment: str = "") -> str:
        return address(f"/{self.lang}/statutes" + (f"/{quote(id)}" if id else ""), (), fragment)

    def feed(self, request: SearchRequest) -> str:
        return Onward(self, request).feed()

    def api(self, request: SearchRequest) -> str:
        return Onward(self, request).api()

    def api_document(self, id: str, request: SearchRequest | None = None) -> str:
        return address(f"/api/v1/documents/{quote(id, safe='')}", question(request))


class Onward:
    """The addresses that lead on from one search, of which a page has a hundred: each pair is encoded once."""

    def __init__(self, links: Links, request: SearchRequest) -> None:
        self._links, self._request = links, request
        self._pairs = [(name, _encoded(name, value)) for name, value in request.to_pairs() if name != "page"]
        self._path = f"/embed?ui={links.lang}" if links.embed else f"/{links.lang}/search"
        self._first = self._joined(self._path)
        self._facet = self._joined("")
        self._document = f"/{links.lang}/documents/"
        self._question = self._joined("", without=("size",))
        self._around: dict[str, tuple[str, str]] = {}
        self._again: dict[tuple[str, str], str] = {}  # addresses with a value that is chosen already

    def paged(self, page: int) -> str:
        """A page of the answer."""
        return self._first if page == 1 else f"{_further(self._first)}page={page}"

    def sorted(self, sort: str) -> str:
        """The same documents in another order."""
        path = self._joined(self._path, without=("sort",))
        return path if sort == SORTS[0] else f"{_further(path)}sort={sort}"

    def chosen(self, facet: str, value: str) -> str:
        """The search with one more value of a facet; for the year the value alone."""
        if facet != "year" and value in (chosen := self._request.selected(facet)):
            if (facet, value) not in self._again:
                kept = tuple(v for v in chosen if v != value)
                again = self._request.with_selected(facet, (*kept, value))
                self._again[facet, value] = self._links.search(again)
            return self._again[facet, value]
        head, tail = self.around(facet)
        return head + _value(value) + tail

    def around(self, facet: str) -> tuple[str, str]:
        """What stands before and after one more value of a facet; a year needs no quoting."""
        if facet not in self._around:
            after = PARAMETERS[PARAMETERS.index(facet) + 1 :]
            head = self._joined(self._path, without=(*after, "year") if facet == "year" else after)
            tail = "".join(f"&{pair}" for name, pair in self._pairs if name in after)
            self._around[facet] = f"{_further(head)}{facet}=", tail
        return self._around[facet]

    def facet(self, name: str, find: str = "") -> str:
        """The page with all values of a facet, or with those that hold a text."""
        whole = f"/{self._links.lang}/facet/{name}{self._facet}"
        return f"{_further(whole)}find={_value(find)}" if find else whole

    def document(self, id: str, fragment: str = "") -> str:
        """A document, with the search that led to it."""
        name = id if id.isascii() and id.isalnum() else quote(id, safe="")
        return self._document + name + self._question + (f"#{fragment}" if fragment else "")

    def feed(self) -> str:
        """The newest documents of the search, for a reader of feeds."""
        return self._joined(f"/{self._links.lang}/feed.atom", without=("size", "sort"))

    def api(self) -> str:
        """The same page of the answer as data."""
        path, page = self._joined("/api/v1/search"), self._request.page
        return path if page == 1 else f"{_further(path)}page={page}"

    def _joined(self, path: str, without: Sequence[str] = ()) -> str:
        """A path with the pairs of the search, some left out."""
        query = "&".join(pair for name, pair in self._pairs if name not in without)
        return _further(path) + query if query else path


def _further(path: str) -> str:
    """An address to which one more pair can be put."""
    return path + ("&" if "?" in path else "?")


def question(request: SearchRequest | None) -> list[tuple[str, str]]:
    """What is worth keeping of a search when a document is opened: all but the place in the list."""
    if request is None:
        return []
    return replace(request, page=1, size=PAGE_SIZE).to_pairs()


def without_language(path: str, query: bytes) -> str:
    """This page behind the code of any language of the interface: the query string stays as it came."""
    rest = path.split("/", 2)[2:] or [""]
    return f"/{quote(rest[0])}" + (f"?{_LETTERS.sub(_readable, quote(query, safe=IN_QUERY))}" if query else "")


def _readable(found: re.Match[str]) -> str:
    """Letters that came as UTF-8; what is none stays as it came."""
    text = unquote(found[0], errors="replace")
    return found[0] if "\ufffd" in text else _spelt(text)
