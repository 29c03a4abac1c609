"""The made-up corpus is the same every time, and a file is read in shares without loss."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import corpus


def test_a_document_depends_on_its_number_alone() -> None:
    one, two = corpus.maker("synthetic"), corpus.maker("synthetic")
    assert one(7) != one(8)
    assert [two(i) for i in (8, 7)] == [one(8), one(7)]


@given(st.text())
def test_ready_words_are_cut_alike_by_white_space_and_by_themselves(text: str) -> None:
    words = corpus.words(text)
    assert " ".join(words).split() == words
    assert corpus.words(" ".join(words)) == words


def test_articles_become_ids_of_the_registry_where_it_has_the_statute() -> None:
    raw = {"countries": ["KZ"], "years": [2019], "actors": ["court"]}
    known = {"country": "KZ", "statute": "Criminal Code", "article": "174", "part": "1"}
    unknown = {"country": "INT", "statute": "Some Covenant", "article": "19", "part": None}
    facets = corpus.facets_of(raw | {"articles": [known, unknown, known]})
    assert facets["article"] == ["kz/criminal-code-2014/art-174/part-1", "int/some-covenant/art-19"]
    assert facets["year"] == ["2019"]


@settings(max_examples=50, deadline=None)
@given(lines=st.lists(st.text(max_size=30), max_size=30), readers=st.integers(1, 7))
def test_shares_of_a_file_hold_every_line_once(
    lines: list[str], readers: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / "shares.jsonl"
    file.write_text("".join(json.dumps({"line": x}) + "\n" for x in lines), encoding="utf-8")
    found = [d["line"] for low, high in corpus.shares(file, readers) for d in corpus.read(file, low, high)]
    assert found == lines
