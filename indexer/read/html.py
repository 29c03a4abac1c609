"""HTML: the main text of a page by trafilatura, its title, date, language and address from its metadata."""

from __future__ import annotations

import re
from typing import Any

import trafilatura
from lxml import etree, html

from indexer.document import Document
from indexer.read import build, encoding
from indexer.read.meta import Meta, date, facet_value, link

_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)
_HEAD = 4_096  # bytes in which a page declares its encoding
_BLOCKS = frozenset(
    "address article aside blockquote body br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main "
    "nav ol p pre section table tbody td th thead title tr ul".split()
)
_SILENT = frozenset("script style noscript template head svg math iframe object form nav button select".split())
_ENOUGH = 0.2  # the main text must be this share of all text of a page, or the page is all main text


def read(data: bytes, path: str, own_id: str) -> Document:
    """The main text of a page.  Raises UnicodeError, DocumentError."""
    return from_source(encoding.decode(data, declared(data)), path, own_id)


def from_source(source: str, path: str, own_id: str, whole: bool = False) -> Document:
    """A document from HTML that is already text; ``whole`` keeps everything instead of looking for the main text."""
    tree = parse(source)
    raise_figures(tree)
    meta = _metadata(tree)
    full = tree_text(tree)
    text = full if whole else _main_text(tree, meta)
    if len(text) < _ENOUGH * len(full):
        text = full
    return build.document(_drop_title(text, meta.title), meta, path, own_id)


def declared(data: bytes) -> str:
    """The encoding that a page names in its head, or ""."""
    match = _DECLARED.search(data[:_HEAD])
    return match.group(1).decode("ascii") if match else ""


def parse(source: str) -> Any:
    """The tree of a page; any string gives one."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    data = source.encode("utf-8", "replace")
    try:
        return html.document_fromstring(data, parser=parser)
    except (etree.ParserError, ValueError):
        return html.document_fromstring(b"<html><body></body></html>")


def raise_figures(tree: Any) -> None:
    """107<sup>1</sup> becomes 107-1 before anything flattens it to 1071 (law-and-names §2.2)."""
    for sup in list(tree.iter("sup")):
        figure = sup.text_content().strip()
        if figure.isdigit() and len(figure) <= 2 and _text_before(sup).rstrip()[-1:].isdigit():
            for child in list(sup):
                sup.remove(child)
            sup.text = f"-{figure}"
            before = sup.getprevious()
            holder, name = (before, "tail") if before is not None else (sup.getparent(), "text")
            setattr(holder, name, (getattr(holder, name) or "").rstrip())
            sup.drop_tag()


def plain_text(source: str) -> str:
    """All text of a piece of HTML, blocks on lines of their own."""
    tree = parse(source)
    raise_figures(tree)
    return tree_text(tree)


def tree_text(tree: Any) -> str:
    """All text of a tree but scripts, styles, forms and menus; blocks on lines of their own."""
    pieces: list[str] = []
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        name = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if name in _SILENT:
                pieces.append("\ue000")
            elif name in _BLOCKS:
                pieces.append("\n")
            pieces.append(" ".join((node.text or "").split("\n")))
        else:
            if name in _SILENT:
                while pieces and pieces.pop() != "\ue000":
                    pass
            elif name in _BLOCKS:
                pieces.append("\n")
            pieces.append(" ".join((node.tail or "").split("\n")))
    lines = ("".join(pieces)).split("\n")
    return "\n".join(line for raw in lines if (line := " ".join(raw.split(" ")).strip()))


def _main_text(tree: Any, meta: Meta) -> str:
    try:
        text = trafilatura.extract(
            tree,
            include_comments=False,
            include_tables=True,
            favor_recall=True,
            output_format="txt",
            with_metadata=False,
            date_extraction_params={"extensive_search": False},
        )
    except (ValueError, RecursionError, etree.LxmlError):
        text = None
    return text or ""


def _metadata(tree: Any) -> Meta:
    meta = Meta(
        title=_first(tree, "//meta[@property='og:title']/@content", "//h1", "//title"),
        date=_date(tree),
        url=link(_first(tree, "//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content")),
        source=_first(tree, "//meta[@property='og:site_name']/@content"),
    )
    lang = facet_value("lang", _first(tree, "/html/@lang")[:2].lower())
    if lang:
        meta.extra["declared language"] = lang
    if meta.date:
        meta.given["year"] = (meta.date[:4],)
    return meta


def _date(tree: Any) -> str:
    return date(
        _first(
            tree,
            "//meta[@property='article:published_time']/@content",
            "//meta[@itemprop='datePublished']/@content",
            "//meta[@name='date' or @name='dc.date' or @name='DC.date' or @name='pubdate']/@content",
            "//time[@pubdate]/@datetime",
        )
    )


def _first(tree: Any, *paths: str) -> str:
    from indexer.read import clean

    for path in paths:
        for found in tree.xpath(path)[:1]:
            value = clean.title(found if isinstance(found, str) else found.text_content())
            if value:
                return value
    return ""


def _text_before(node: Any) -> str:
    before = node.getprevious()
    if before is not None:
        return (before.tail or "") or before.text_content()
    parent = node.getparent()
    return (parent.text or "") if parent is not None else ""


def _drop_title(text: str, title: str) -> str:
    """The title is kept by itself: its line at the head of the text goes."""
    head, _, rest = text.partition("\n")
    return rest if title and " ".join(head.split()).casefold() == title.casefold() else text
