"""HTML: the main text of a page by trafilatura, its title, date, language and address from its metadata."""

from __future__ import annotations

import re
from typing import Any

import trafilatura
from lxml import etree, html

from analysis.tokens import tokenize
from indexer.document import Document
from indexer.read import build, clean, encoding
from indexer.read.meta import Meta, date, facet_value, link

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE
)
_HEAD = 4_096  # bytes in which a page declares its encoding
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "svg",
        "math",
        "iframe",
        "object",
        "form",
        "nav",
        "button",
        "select",
    ]
)
_NUMBERED = re.compile(r"(?<!\d)\d{1,3}\Z")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MAIN_SHARE = (0.2, 0.9)  # what is found as main text must be this share of a page; else the page is all main text
_LINE_HEAD = 80  # characters by which a line of the main text is found in the page


def read(data: bytes, path: str, own_id: str) -> Document:
    """The main text of a page.  Raises UnicodeError, DocumentError."""
    return from_source(encoding.decode(data, declared(data)), path, own_id)


def from_source(source: str, path: str, own_id: str, whole: bool = False) -> Document:
    """A document from HTML that is already text; ``whole`` keeps everything instead of looking for the main text."""
    tree = parse(source)
    raise_figures(tree)
    full = tree_text(tree)
    meta = _metadata(tree, full)
    text = full if whole else _main_text(tree, full)
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
    """107<sup>1</sup> becomes 107-1 before anything flattens it to 1071 (law-and-names §2.2).

    After four figures it is the footnote of a year and stays raised: 2019¹.
    """
    for sup in list(tree.iter("sup")):
        figure = sup.text_content().strip()
        before = _text_before(sup).rstrip()
        if not (figure.isdecimal() and len(figure) <= 2 and before[-1:].isdecimal()):
            continue
        for child in list(sup):
            sup.remove(child)
        sup.text = f"-{figure}" if _NUMBERED.search(before) else figure.translate(_RAISED)
        _strip_before(sup)
        sup.tag = "span"


def _strip_before(node: Any) -> None:
    before = node.getprevious()
    if before is not None:
        before.tail = (before.tail or "").rstrip()
    else:
        node.getparent().text = (node.getparent().text or "").rstrip()


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


def _main_text(tree: Any, full: str) -> str:
    """The lines that trafilatura takes for the main text, in the order of the page."""
    try:
        text = trafilatura.extract(
            tree, include_comments=False, include_tables=True, favor_recall=True, output_format="txt"
        )
    except (ValueError, RecursionError, etree.LxmlError):
        text = None
    least, most = (share * len(full) for share in _MAIN_SHARE)
    return _in_order(text, full) if text and least <= len(text) <= most else full


def _in_order(text: str, full: str) -> str:
    """trafilatura joins what it finds in several articles of a page: the lines go back to where they stood."""
    placed: list[tuple[int, str]] = []
    after: dict[str, int] = {}
    for line in text.split("\n"):
        head = line[:_LINE_HEAD]
        at = full.find(head, after.get(head, 0))
        after[head] = at + 1
        placed.append((at if at >= 0 else placed[-1][0] if placed else 0, line))
    return "\n".join(line for _, line in sorted(placed, key=lambda row: row[0]))


def _metadata(tree: Any, full: str) -> Meta:
    meta = Meta(
        title=_first(tree, "//meta[@property='og:title']/@content", "//h1") or _page_title(tree, full),
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


def _page_title(tree: Any, full: str) -> str:
    """The <title> without the name of the site, if the text shares a word with it; programs write titles too."""
    title = re.split(r" [|•»] | :: ", _first(tree, "//title"))[0]
    words = {t.text for t in tokenize(title) if len(t.text) > 2}
    return title if words & {t.text for t in tokenize(full)} else ""


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
    for path in paths:
        for found in tree.xpath(path)[:1]:
            value = clean.title(found if isinstance(found, str) else found.text_content())
            if value:
                return value
    return ""


def _text_before(node: Any) -> str:
    before = node.getprevious()
    if before is not None:
        return str(before.text_content()) + (before.tail or "")
    parent = node.getparent()
    return (parent.text or "") if parent is not None else ""


def _drop_title(text: str, title: str) -> str:
    """The title is kept by itself: its line at the head of the text goes."""
    head, _, rest = text.partition("\n")
    return rest if title and " ".join(head.split()).casefold() == title.casefold() else text
