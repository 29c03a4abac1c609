"""JSON Lines: one document a line, ids kept, a bad line is one failed entry."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.errors import DocumentError
from indexer.document import Document
from indexer.read import document_id, read_file


def read(tmp_path: Path, *lines: object) -> list[Document | DocumentError]:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines) + "\n", encoding="utf-8")
    return read_file(path, tmp_path)


def test_a_line_keeps_its_id_and_metadata(tmp_path: Path) -> None:
    row = {
        "id": "doc-1",
        "title": "The title",
        "text": "The text of it.",
        "lang": "en",
        "date": "2020-02-03",
        "url": "https://example.org",
        "source": "A source",
        "country": "kz",
        "year": 2020,
        "articles": ["kz/criminal-code-2014/art-274"],
        "actors": ["blogger"],
    }
    (document,) = read(tmp_path, row)
    assert isinstance(document, Document)
    assert (document.id, document.title, document.text, document.lang) == (
        "doc-1",
        "The title",
        "The text of it.",
        "en",
    )
    assert document.given == {
        "lang": ("en",),
        "country": ("kz",),
        "year": ("2020",),
        "article": ("kz/criminal-code-2014/art-274",),
        "actor": ("blogger",),
    }


def test_bad_lines_fail_alone_with_their_numbers(tmp_path: Path) -> None:
    good = {"id": "x", "text": "A title\nand a text of it"}
    found = read(
        tmp_path, good, "{no json", "", "[1, 2]", {"text": 5}, {"id": ["a"], "text": "t"}, "9" * 5000, {**good, "id": 7}
    )
    failed = [d.path for d in found if isinstance(d, DocumentError)]
    assert failed == [f"a.jsonl:{n}" for n in (2, 4, 5, 6, 7)]
    assert [d.id for d in found if isinstance(d, Document)] == ["x", "7"]


def test_a_line_without_an_id_gets_one_from_its_place(tmp_path: Path) -> None:
    (document,) = read(tmp_path, {"text": "A title\nand a text of it"})
    assert isinstance(document, Document)
    assert document.id == document_id("a.jsonl#1")


@pytest.mark.parametrize("own", ["a\nb", "a\u202eb", "x" * 201, " a"])
def test_an_id_that_is_not_one_plain_line_is_refused(tmp_path: Path, own: str) -> None:
    (found,) = read(tmp_path, {"id": own, "text": "A title\nand a text of it"})
    assert isinstance(found, DocumentError)
    assert '"id"' in found.reason


def test_lone_surrogates_and_nulls_are_cleaned(tmp_path: Path) -> None:
    (document,) = read(tmp_path, '{"title": "A\\ud800 title", "text": "te\\u0000xt \\ud83d"}')
    assert isinstance(document, Document)
    assert (document.title, document.text) == ("A\ufffd title", "text \ufffd")
