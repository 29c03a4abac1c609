"""The figures of bench.retrieval, on lists small enough to reckon by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import querysets
from bench.querysets import QuerySet, Text
from bench.retrieval import exactly, ndcg, pushed


def test_ndcg_is_one_for_the_best_order_and_falls_with_the_grade_that_is_late() -> None:
    grades = {7: 2.0, 8: 1.0}
    assert ndcg([7, 8, 1], grades) == 1
    assert ndcg([8, 7, 1], grades) == pytest.approx((1 + 2 / 1.58496) / (2 + 1 / 1.58496), abs=1e-4)
    assert ndcg([1, 2, 3], grades) == 0
    assert ndcg([*range(100, 110), 7], grades) == 0


def test_an_exact_document_is_pushed_once_three_others_are_above_it() -> None:
    assert not pushed([1, 2, 9], {9})
    assert pushed([1, 2, 3, 9], {9})
    assert not pushed([8, 7, 6, 9], {6, 7, 8, 9})
    assert pushed([1, 2, 3], {9})
    assert not pushed([1, 2, 3, 4], set())


def test_exact_is_every_word_as_typed_in_any_order() -> None:
    assert exactly([frozenset({"сот", "заңы"}), frozenset({"заң", "сот"})], "Заңы: СОТ!") == {0}


def test_a_file_of_questions_is_read_by_language_and_by_either_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [
        Text("kk", "a-kk", "a", "бір", "мәтін", "news"),
        Text("kk", "b-kk", "b", "екі", "мәтін", "law-article"),
        Text("ky", "a-ky", "a", "бир", "текст", "news"),
    ]
    alone = Text("kk", "c-kk", "", "үш", "мәтін", "web-text")
    monkeypatch.setattr(querysets, "_collection", lambda lang: [t for t in texts if t.lang == lang])
    monkeypatch.setattr(querysets, "_alone", lambda lang: [alone] if lang == "kk" else [])
    rows = [
        {"lang": "kk", "q": "сұрақ", "kind": "fact", "relevant": {"a": 2, "b-kk": 1, "c-kk": 2, "elsewhere": 1}},
        {"lang": "kk", "q": "жоқ", "kind": "fact", "relevant": {"elsewhere": 1}},
    ]
    file = tmp_path / "asked.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    asked, among = querysets.asked_in(file)
    assert (asked.name, asked.lang, asked.queries) == ("asked", "kk", [("сұрақ", {0: 2.0, 1: 1.0, 2: 2.0})])
    assert asked.documents == ("мәтін\nбір", "мәтін\nекі", "мәтін\nүш")
    assert (among.documents, among.langs) == ((*asked.documents, "текст\nбир"), ("kk", "kk", "kk", "ky"))
    assert among.queries == asked.queries


def test_a_translation_of_an_answer_is_neither_right_nor_wrong() -> None:
    asked = QuerySet("", "kk", ("",) * 4, ("",) * 4, ("a", "b", "a", ""), [])
    assert asked.judged([3, 2, 1, 0], {0: 1.0}) == [3, 1, 0]
    assert asked.judged([3, 2, 1, 0], {3: 1.0}) == [3, 2, 1, 0]


def test_every_question_asked_is_new_and_names_what_answers_it() -> None:
    rows = [json.loads(line) for line in (querysets.HERE / "asked.jsonl").read_text("utf-8").splitlines()]
    assert all(set(row) == {"lang", "q", "kind", "relevant"} for row in rows)
    assert all(row["relevant"] and set(row["relevant"].values()) <= {1, 2} for row in rows)
    assert len({(row["lang"], row["q"].casefold()) for row in rows}) == len(rows)
    assert {row["lang"] for row in rows} == {"kk", "ky", "uz"}
