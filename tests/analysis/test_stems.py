"""Laws of the stem readings: rules do what their examples say, forms meet, look-alikes stay apart, time is linear."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import pytest
import Stemmer
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DataError
from analysis.stems import compiled, readings, tables
from analysis.stems.scripts import kazakh_cyrillic, uzbek_latin
from analysis.stems.tables import language
from bench import stems as paradigms

LADDERS = ("kk", "ky", "uz", "tg", "tk")
MEASURED = {"kk": 0.95, "ky": 0.95, "uz": 0.95, "tg": 0.90, "tk": 0.90}
LETTERS = {code: language(code).letters for code in LADDERS}


def rules():
    for code in LADDERS:
        table = language(code)
        for rule in chain(table.nominal, table.verbal, table.loans):
            yield code, rule


@pytest.mark.parametrize(("code", "rule"), list(rules()), ids=lambda v: v if isinstance(v, str) else v.examples[0])
def test_a_rule_reads_its_examples_and_not_its_counter_examples(code, rule):
    assert rule.examples
    for example in rule.examples:
        form, stem = example.split(" > ")
        assert stem in readings(form, code)
    for example in getattr(rule, "not_examples", ()):
        form, stem = example.split(" > ")
        assert stem not in readings(form, code)


@pytest.mark.parametrize("code", LADDERS)
def test_a_listed_noun_reads_as_itself_alone(code):
    found, table = compiled(code), language(code)
    assert [word for word in table.nouns if found.readings(word) != (word.rstrip(table.silent),)] == []


@pytest.mark.parametrize("code", LADDERS)
def test_lemma_lists_are_written_in_the_letters_of_the_language(code):
    words = language(code).nouns | language(code).verbs
    assert {word for word in words if set(word) - set(LETTERS[code])} == set()


@pytest.mark.parametrize("code", LADDERS)
def test_written_out_forms_meet_their_lemma(code):
    found, asked, missed = paradigms.recall(code, paradigms.lemmas(code))
    assert found / asked >= MEASURED[code], missed[:20]


@pytest.mark.parametrize("code", LADDERS)
def test_different_lemmas_do_not_meet_in_any_form(code):
    met, pairs, which = paradigms.joined(code, paradigms.lemmas(code))
    assert met / pairs <= 0.02, which


@pytest.mark.parametrize(("code", "allowed"), [("kk", 0.02), ("ky", 0.02), ("uz", 0.02), ("tg", 0.05), ("tk", 0.05)])
def test_look_alikes_do_not_meet(code, allowed):
    met, pairs, which = paradigms.apart(code)
    assert met / pairs <= allowed, which


@pytest.mark.parametrize(
    ("code", "verb", "forms"),
    [
        ("kk", "қатысу", "қатысты қатысқан қатысып қатыспады қатысуға қатысушылар қатысатын"),
        ("kk", "айыптау", "айыптады айыптаған айыптап айыптамады айыптауды айыпталған айыптайды"),
        ("ky", "катышуу", "катышты катышкан катышып катышпады катышууга катышат"),
        ("ky", "айыптоо", "айыптады айыптаган айыптап айыптоого айыпталган айыптайт"),
        ("uz", "yozish", "yozdi yozgan yozib yozmadi yozishga yozilgan yozadi yozmoqda"),
        ("tk", "ýazmak", "ýazdy ýazan ýazyp ýazmady ýazmaga ýazylan"),
    ],
)
def test_forms_of_a_verb_meet_its_verbal_noun(code, verb, forms):
    derived = {"қатысушылар", "ýazmaga"}  # a noun of the agent and a dative with a lost consonant are other words
    own = set(readings(verb, code))
    assert {f for f in forms.split() if not own & set(readings(f, code))} <= derived


@given(st.sampled_from(LADDERS).flatmap(lambda c: st.tuples(st.just(c), st.text(LETTERS[c], min_size=1, max_size=16))))
@settings(max_examples=300)
def test_any_word_has_one_to_three_distinct_readings(case):
    code, word = case
    found = readings(word, code)
    assert 1 <= len(found) <= 3
    assert len(set(found)) == len(found)
    assert all(found)


@given(st.sampled_from(("kk", "ky", "tk")), st.data())
@settings(max_examples=100)
def test_endings_of_the_other_harmony_are_not_taken_off(code, data):
    back, front = {"kk": ("лардың", "лердің"), "ky": ("лардын", "лердин"), "tk": ("laryň", "leriň")}[code]
    table = language(code)
    vowel = data.draw(st.sampled_from(table.back[:1] + table.front[:1]))
    consonants = st.sampled_from("рй" if code != "tk" else "rý")
    stem = "".join(data.draw(consonants) + vowel for _ in range(3)) + data.draw(consonants)
    right, wrong = (back, front) if vowel in table.back else (front, back)
    assert readings(stem + right, code)[0] == stem
    assert stem not in readings(stem + wrong, code)


def test_both_uzbek_alphabets_have_the_same_readings():
    pairs = {
        "сўзлари": "so'zlari",
        "қишлоғи": "qishlog'i",
        "конституциясининг": "konstitutsiyasining",
        "ерлар": "yerlar",
    }
    assert {latin: readings(cyrillic, "uz") for cyrillic, latin in pairs.items()} == {
        latin: readings(latin, "uz") for latin in pairs.values()
    }


def test_both_turkmen_alphabets_have_the_same_readings():
    pairs = {"китабы": "kitaby", "җенаятың": "jenaýatyň", "ерлери": "ýerleri", "язылан": "ýazylan"}
    assert [readings(cyrillic, "tk") for cyrillic in pairs] == [readings(latin, "tk") for latin in pairs.values()]


def test_an_apostrophe_left_out_of_an_uzbek_word_changes_nothing_but_where_it_makes_a_letter():
    assert readings("ma'lumotlar", "uz") == readings("malumotlar", "uz")
    assert readings("so'zlar", "uz") != readings("sozlar", "uz")


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("zańnyń", "заңның"),
        ("zañnyñ", "заңның"),
        ("sóz", "сөз"),
        ("söz", "сөз"),
        ("sotqa", "сотқа"),
        ("qūqyq", "құқық"),
    ],
)
def test_kazakh_in_latin_letters_meets_kazakh_in_cyrillic(latin, cyrillic):
    assert set(readings(latin, "kk")) & set(readings(cyrillic, "kk"))


def test_transliteration_leaves_words_of_the_target_alphabet_alone():
    assert uzbek_latin("qonun") == "qonun"
    assert kazakh_cyrillic("www") == ()


def test_russian_and_english_are_snowball():
    russian, english = Stemmer.Stemmer("russian"), Stemmer.Stemmer("english")
    for word in ("законами", "журналиста", "свободы", "приговорён"):
        assert readings(word, "ru") == (russian.stemWord(word.replace("ё", "е")),)
    for word in ("journalists", "freedoms", "defamation"):
        assert readings(word, "en") == (english.stemWord(word),)
    assert readings("court's", "en") == readings("court", "en")


def test_threads_agree():
    words = [form for code in LADDERS for m in paradigms.lemmas(code)[:10] for form in paradigms.forms(m, code)]
    words += ["законами", "journalists"]
    alone = [readings(w, "kk") + readings(w, "ru") for w in words]
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _: [readings(w, "kk") + readings(w, "ru") for w in words], range(8)))
    assert all(run == alone for run in runs)


@pytest.mark.parametrize("code", LADDERS)
def test_time_to_read_words_grows_with_their_letters(code):
    ending = {"kk": "ларының", "ky": "ларынын", "uz": "larining", "tg": "ҳояшон", "tk": "larynyň"}[code]

    def cost(letters: int, words: int) -> float:
        word = (ending * letters)[:letters]
        best = float("inf")
        for _ in range(5):
            start = time.perf_counter()
            for _ in range(words):
                readings(word, code)
            best = min(best, time.perf_counter() - start)
        return best / words

    cost(16, 50)
    assert cost(60, 50) <= 2.5 * cost(30, 50) + 1e-4
    assert cost(131_072, 5) <= cost(60, 5) + 1e-4


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('code = "xx"\nletters = "a"\nlettres = "b"\n', "lettres"),
        ('code = "xx"\nletters = "a"\n[[nominal]]\nslot = "case"\nforms = ["da"]\nafterr = "V"\n', "afterr"),
        ('code = "xx"\n', "letters"),
        ("code = \n", "xx.toml"),
    ],
)
def test_a_table_with_a_wrong_key_is_refused_by_name(tmp_path, monkeypatch, text, named):
    (tmp_path / "xx.toml").write_text(text, "utf-8")
    monkeypatch.setattr(tables, "FOLDER", tmp_path)
    with pytest.raises(DataError, match=named) as error:
        tables.language.__wrapped__("xx")
    assert "xx.toml" in str(error.value)
