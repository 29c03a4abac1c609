"""HTML: the main text in the order of the page, metadata, raised figures, hostile trees."""

from __future__ import annotations

import time

import pytest

from analysis.errors import DocumentError
from indexer.document import Document
from indexer.read import html

PARAGRAPHS = [
    f"Paragraph number {n} of the story says something about the court and the editor of the paper." for n in range(9)
]
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The story | The site</title>
<meta property="og:title" content="The story"><meta property="og:site_name" content="The site">
<meta property="article:published_time" content="2021-05-06T10:00:00Z"><link rel="canonical" href="https://example.org/story">
<script>var hidden = 1;</script><style>p {{}}</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/a">About us</a></li></ul></nav>
<main><article><h1>The story</h1>{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}
<p>Article 107<sup>1</sup> and m<sup>2</sup> and 5<sup>th</sup>.</p></article></main>
<footer><p>Footer of the site</p></footer></body></html>"""


def read(source: str | bytes) -> Document:
    return html.read(source.encode() if isinstance(source, str) else source, "a.html", "id")


def test_title_date_address_and_site_come_from_the_page() -> None:
    document = read(PAGE)
    assert (document.title, document.date, document.url) == ("The story", "2021-05-06", "https://example.org/story")
    assert document.source == "The site"
    assert document.given["year"] == ("2021",)


def test_the_main_text_stands_in_the_order_of_the_page_without_menus_and_scripts() -> None:
    text = read(PAGE).text
    assert [text.index(p) for p in PARAGRAPHS] == sorted(text.index(p) for p in PARAGRAPHS)
    assert "hidden" not in text
    assert "About us" not in text


def test_a_raised_figure_after_a_figure_becomes_an_inserted_number_and_others_stay() -> None:
    assert "Article 107-1 and m2 and 5th." in read(PAGE).text


@pytest.mark.parametrize(
    "sup", ["<sup>1</sup>", "<sup> 1 </sup>", "<sup><a href='#'>1</a></sup>", " <sup><b>1</b></sup>"]
)
def test_however_the_figure_is_raised(sup: str) -> None:
    assert "107-1" in html.plain_text(f"<p>ст. <b>107</b>{sup} УК</p>")


def test_the_footnote_of_a_year_stays_a_footnote() -> None:
    assert html.plain_text("<p>In 2019<sup>1</sup> it was so.</p>") == "In 2019¹ it was so."


def test_several_articles_on_a_page_keep_their_order() -> None:
    parts = "".join(f"<article><h2>Part {n}</h2><p>{PARAGRAPHS[n]}</p></article>" for n in range(1, 8))
    text = read(f"<html><body><header><p>{PARAGRAPHS[0]}</p></header>{parts}</body></html>").text
    assert text.index("Part 2") < text.index(PARAGRAPHS[2]) < text.index("Part 3") < text.index(PARAGRAPHS[3])


def test_the_declared_encoding_is_used() -> None:
    head = '<html><head><meta charset="koi8-r"><title>Суд</title></head>'
    source = f"{head}<body><h1>Суд и редактор</h1><p>Дело редактора.</p></body></html>"
    assert read(source.encode("koi8-r")).title == "Суд и редактор"


def test_many_raised_figures_cost_little() -> None:
    start = time.process_time()
    assert "1-1" in html.plain_text("<p>1<sup>1</sup> " * 20_000)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "source",
    [
        "<p>" * 30_000 + "deep",
        "<b>" * 5_000,
        "<html>",
        "no markup at all, only words",
        "<a" * 2_000,
        "<p>a<sup></p>1</sup>",
        "&#0;&#x110000;x",
    ],
)
def test_a_strange_tree_gives_a_document_or_a_plain_refusal(source: str) -> None:
    try:
        document = read(source)
        said = document.text or document.title
    except DocumentError as error:
        said = error.reason
    assert said
