"""A query and a document meet in the stem layer of one language, and in no other way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.layers import beginnings, is_question_word, languages_of, query_stems, stems
from analysis.tokens import fold
from schema import LANGUAGES

TAGS = (*LANGUAGES, "uz-Cyrl", "kk-Latn", "")
WORDS = st.text("абвгқңөүұіўҳӣҷяёabcgoqşýňä'é", min_size=1, max_size=12).map(fold)


@pytest.mark.parametrize(
    ("query", "form", "lang"),
    [
        ("заң", "заңдарының", "kk"),
        ("журналисттер", "журналисттин", "ky"),
        ("qonunlar", "қонуннинг", "uz-Cyrl"),
        ("қонун", "qonunlarda", "uz"),
        ("озодӣ", "озодии", "tg"),
        ("kitaplar", "kitaby", "tk"),
        ("законы", "законами", "ru"),
        ("laws", "law", "en"),
        ("құқық", "quqyǵy", "kk-Latn"),
    ],
)
def test_a_query_meets_another_form_of_its_word(query, form, lang):
    assert set(query_stems(query)) & set(stems(form, lang))


def test_words_of_two_languages_do_not_meet():
    assert not set(stems("тон", "kk")) & set(stems("тон", "ru"))


@pytest.mark.parametrize("form", ["2021", "1990s", "", "7-бап"])
def test_a_form_with_a_digit_or_no_letter_has_no_stem(form):
    assert stems(form, "kk") == ()
    assert query_stems(form) == ()


def test_letters_decide_the_languages_of_a_query():
    assert languages_of("заң") == ("kk", "ky", "tk")
    assert languages_of("ҷавоб") == ("tg",)
    assert languages_of("ўзбек") == ("uz",)
    assert languages_of("закон") == ("kk", "ky", "uz", "tg", "tk", "ru")
    assert "en" in languages_of("court")


@given(WORDS)
def test_a_word_has_its_beginnings_of_four_to_six_letters_the_longer_counting_more(form):
    found = beginnings(form)
    assert all(form.startswith(beginning) for beginning in found)
    assert [len(b) for b in sorted(found, key=found.__getitem__)] == [
        n for n in (4, 5, 6) if form.isalpha() and len(form) >= n
    ]


@pytest.mark.parametrize("form", ["қанша", "канча", "qancha", "нечта", "сколько", "how"])
def test_a_question_word_only_asks(form):
    assert is_question_word(form) == (form != "нечта")


def test_a_noun_that_a_question_word_begins_with_is_none():
    assert not is_question_word("қан")
    assert not is_question_word("ким")  # who, and a name


def test_a_language_that_is_not_ours_has_no_stems():
    assert stems("hukuk", "tr") == ()


@given(WORDS, st.sampled_from(TAGS))
@settings(max_examples=300)
def test_a_document_has_at_most_three_terms_each_with_a_language_and_a_reading(form, lang):
    terms = stems(form, lang)
    assert len(terms) <= 3
    for term in terms:
        code, colon, reading = term.partition(":")
        assert code in LANGUAGES
        assert colon
        assert reading
        if lang:
            assert code == lang.partition("-")[0]


@given(WORDS)
@settings(max_examples=300)
def test_a_query_has_every_term_that_the_same_form_has_in_a_document(form):
    asked = set(query_stems(form))
    assert all(set(stems(form, lang)) <= asked for lang in languages_of(form))
    assert set(stems(form, "")) <= asked
