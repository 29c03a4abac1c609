"""Reading pages as a browser would: elements, texts, links."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from lxml import html

ALL_PAGES = (
    "/en/",
    "/ru/",
    "/kk/search?q=freedom",
    "/en/search?q=174&country=kz",
    "/en/search?q=174&as=text",
    "/ru/search?q=nothingatall&country=kz&year=2019&actor=ngo",
    "/en/search?country=kz&article=kz/criminal-code-2014&year=2016..2020&year=2021",
    "/en/facet/article?q=freedom&find=crim",
    "/kk/facet/country?country=kz",
    "/en/documents/kz174en?q=freedom&hit=2&cite=1",
    "/uz/documents/hostile?q=defamation&light=2-8",
    "/en/statutes",
    "/ru/statutes/kz/criminal-code-2014",
    "/ky/help",
    "/uz/about",
    "/embed?q=freedom&ui=kk",
)


def tree(data: bytes) -> html.HtmlElement:
    """The page as a tree."""
    return html.document_fromstring(data.decode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))


def text_of(element: html.HtmlElement) -> str:
    """The text of an element with its runs of white space as one blank."""
    return " ".join(element.text_content().split())


def one(page: html.HtmlElement, path: str) -> html.HtmlElement:
    """The only element of an XPath."""
    found = page.xpath(path)
    assert len(found) == 1, f"{path}: {len(found)} elements"
    return found[0]


@dataclass
class Seen(HTMLParser):
    """Every tag with its attributes and all text, exactly as written (lxml drops some characters)."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    @classmethod
    def of(cls, data: bytes) -> Seen:
        seen = cls()
        seen.feed(data.decode("utf-8"))
        seen.close()
        return seen
