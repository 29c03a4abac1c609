"""Markdown: front matter is metadata, markup is not text, hostile headers are refused."""

from __future__ import annotations

import time

import pytest

from analysis.errors import DocumentError
from indexer.document import Document
from indexer.read import markdown

PAGE = """---
title: "The title: with a colon"
lang: ru
date: 2019-11-01
url: https://example.org/a
source: An archive
country: [Kazakhstan, kg]
year: 2019
articles: [kz/criminal-code-2014/art-174, nonsense here]
actors: [journalist, "media outlet"]
editor: A. Nother
---

# A heading

A *stressed* paragraph with a [link](https://example.org/b), `code`,
and a second line. See art. 107<sup>1</sup> of it.

- one item
- another item

| a | b |
|---|---|
| c | d |

<!-- a remark -->
"""


def read(raw: str) -> Document:
    return markdown.read(raw.encode(), "a.md", "id")


def test_front_matter_becomes_metadata_in_our_own_forms() -> None:
    document = read(PAGE)
    assert document.title == "The title: with a colon"
    assert (document.lang, document.date, document.url) == ("ru", "2019-11-01", "https://example.org/a")
    assert document.source == "An archive"
    assert document.given == {
        "lang": ("ru",),
        "country": ("kz", "kg"),
        "year": ("2019",),
        "article": ("kz/criminal-code-2014/art-174",),
        "actor": ("journalist", "media-outlet"),
    }
    assert document.extra["editor"] == "A. Nother"
    assert document.extra["articles"] == ["kz/criminal-code-2014/art-174", "nonsense here"]


def test_markup_is_no_text_and_a_raised_figure_is_an_inserted_article() -> None:
    assert read(PAGE).text == (
        "A heading\n\nA stressed paragraph with a link, code, and a second line. See art. 107-1 of it.\n\n"
        "one item\n\nanother item\n\na b\n\nc d"
    )


def test_without_front_matter_the_first_heading_is_the_title_and_leaves_the_text() -> None:
    document = read("# The heading\n\nThe text of it, and more of it.")
    assert (document.title, document.text) == ("The heading", "The text of it, and more of it.")


def test_the_year_of_a_given_date_is_the_given_year() -> None:
    assert read("---\ndate: 2018-05\n---\nThe title\n\ntext of it").given["year"] == ("2018",)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "https://"]
)
def test_only_web_addresses_are_kept(url: str) -> None:
    assert read(f"---\nurl: '{url}'\n---\nThe title\n\nThe text").url == ""


BOMB = "a: &a [x, x]\n" + "".join(
    f"{c}: &{c} [*{p}, *{p}, *{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize("attack", ["[", "![", "[a](", "*a _b ", "<a ", "`", ">", "- "])
def test_a_block_of_markup_costs_little(attack: str) -> None:
    start = time.process_time()
    try:
        said = read("The title\n\n" + attack * (1_000_000 // len(attack))).title
    except DocumentError as error:
        said = error.path
    assert said in ("a.md", "The title")
    assert time.process_time() - start < 5


HOSTILE = {
    "code": "!!python/object/apply:os.system ['true']",
    "bomb": BOMB,
    "deep": "a: " + "[" * 20_000,
    "big": "a: " + "x" * 65_000,
    "broken": "a: [1, 2\nb: {",
    "list": "- a\n- b",
    "date": "date: 2019-99-99T99:99:99",
    "tabs": "\ta: b",
    "nested title": "title: {a: b}",
}


@pytest.mark.parametrize("header", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_header_is_refused_quickly_and_says_so(header: str) -> None:
    start = time.perf_counter()
    try:
        document = read(f"---\n{header}\n---\nThe title\n\nThe text of it.")
        said = document.title
    except DocumentError as error:
        said = error.path
    assert said in ("a.md", "The title")
    assert time.perf_counter() - start < 2
