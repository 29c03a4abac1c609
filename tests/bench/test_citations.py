"""The benchmark of citations reads what it says it reads."""

from __future__ import annotations

from analysis.citations import Context, find_citations
from bench.citations import OWN, WORDS, documents, measure, sets
from schema import LANGUAGES


def test_documents_have_the_promised_number_of_words() -> None:
    assert [len(text.split()) for text in documents(["word"] * (2 * WORDS + 1))] == [WORDS, WORDS]
    assert [len(text.split()) for text in documents(["word"] * 7)] == [WORDS]


def test_the_own_corpus_is_measured_in_every_language_and_cites_in_each(tmp_path) -> None:
    found = sets(tmp_path)
    assert {lang for _, lang in found} == set(LANGUAGES)
    assert {name for name, _ in found} == {OWN}
    for (_, lang), texts in found.items():
        assert len(find_citations(texts[0], Context(lang))) > 10
    assert all(min(times) > 0 for times in measure(found, 1).values())
