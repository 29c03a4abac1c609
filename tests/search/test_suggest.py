"""What is suggested is there: every row is counted again by loops over the plain documents."""

from __future__ import annotations

from collections import Counter

import pytest

from analysis.tokens import tokenize
from search.engine import Engine
from search.request import SearchRequest
from tests.search.oracle import Plain

TYPED = """
су сво prosec свобода сло freedom of exp the pre журналис ст 174 қылмыс нарым жапар сөз бос president ka а в со
"""
BEGINNINGS = [t.strip() for t in TYPED.replace("\n", " ").split() if len(t) > 1]
PHRASES = ["freedom of exp", "the pre", "свобода сл", "уголовного ко", "the criminal co", "статья 1", "сөз бос"]


def holding(plain: dict[str, Plain], words: list[str]) -> int:
    """Documents in which the words stand one after the other, by brute force."""
    forms = [[t.text for t in document.tokens] for document in plain.values()]
    return sum(any(f[i : i + len(words)] == words for i in range(len(f))) for f in forms)


@pytest.mark.parametrize("typed", [*BEGINNINGS, *PHRASES])
def test_words_and_persons_are_counted_exactly_and_found(
    engine: Engine, plain_documents: dict[str, Plain], typed: str
) -> None:
    for row in engine.suggest(typed, "ru"):
        if row["kind"] in ("word", "name"):
            words = [t.text for t in tokenize(str(row["text"]))]
            assert row["count"] == holding(plain_documents, words) > 0, row
            assert engine.search(SearchRequest(q=str(row["text"]))).total > 0


@pytest.mark.parametrize("typed", ["су", "ко", "the", "қа"])
def test_the_commonest_words_with_a_beginning_come_first(
    engine: Engine, plain_documents: dict[str, Plain], typed: str
) -> None:
    documents = Counter(form for d in plain_documents.values() for form in {t.text for t in d.tokens})
    best = sorted((n for form, n in documents.items() if form.startswith(typed)), reverse=True)
    assert [row["count"] for row in engine.suggest(typed, "ru") if row["kind"] == "word"] == best[:5]


def test_a_person_is_suggested_as_a_text_writes_the_name_from_either_part(engine: Engine) -> None:
    names = {row["text"] for row in engine.suggest("Нарымб", "ru") if row["kind"] == "name"}
    assert names
    for name in names:
        given, family = str(name).split()
        assert given[0].isupper()
        assert family.startswith("Нарымб")
        assert name in {row["text"] for row in engine.suggest(given, "ru")}
        assert name in {row["text"] for row in engine.suggest(f"{given} {family[:4]}", "ru")}


def test_no_row_stands_twice_and_no_more_than_ten_are_given(engine: Engine) -> None:
    for typed in BEGINNINGS:
        rows = [str(row["text"]).casefold() for row in engine.suggest(typed, "ru")]
        assert len(rows) == len(set(rows)) <= 10


def test_a_person_is_suggested_from_both_parts_in_either_order_by_one_letter(engine: Engine) -> None:
    for typed in ("Тамара К", "Калеева Т"):
        assert {"Тамара Калеева"} == {row["text"] for row in engine.suggest(typed, "ru") if row["kind"] == "name"}
    assert not [row for row in engine.suggest("Тамара Ж", "ru") if row["kind"] == "name"]


@pytest.mark.parametrize("word", ["журналистский", "клеветник", "блогерство", "конституционалист"])
def test_for_a_word_of_no_document_one_of_its_root_is_offered_with_what_it_finds(engine: Engine, word: str) -> None:
    assert not engine.search(SearchRequest(q=word)).total
    ((text, count),) = engine.search(SearchRequest(q=word)).interpretation.suggestions
    assert text[:5] == word[:5]
    assert engine.search(SearchRequest(q=text)).total == count > 0
