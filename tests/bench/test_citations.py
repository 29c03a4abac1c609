"""The benchmark of citations reads what it says it reads."""

from __future__ import annotations

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
        times, cited = measure(texts[:1], lang, 1)
        assert cited > 10
        assert times[0] > 0
