"""What holds of every name: script, case ending, order of comparison and look-alikes change no one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import icu
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DataError
from analysis.names import ACCEPT, name_keys, same_name, score
from analysis.names import tables as names_tables
from analysis.names.endings import persian_suffix, stems
from analysis.names.sounds import outlines, sounds
from analysis.tokens import fold

ROOTS = "жапар токтар мурат асан болат ермек серик данияр кубат ислам рашид касым алмаз тимур шавкат чынгыз"
KAZAKH = "қасым жәңгір өтеген тұрсын ғалым бейбіт мәди ұлан күміс еңлік һадиша қуат сәуле ілияс"
KYRGYZ = "өмүрбек үсөн жээнбек чыңгыз кубанычбек айгүл токтогул эсенгул нургазы"
UZBEK = "қодир ўткир ғафур ҳамид шерзод дилноза йўлдош раҳмат хуршид жаҳонгир"
RUSSIAN = "сергей юрий щукин яков евгений фёдор эльвира майя цой жуков людмила"
LATIN = "zhapar karim toktar rakhmat"
FAMILY = ("ов", "ова", "аев", "бек", "бай", "жан", "")
RUSSIAN_CASES = ("а", "у", "ым", "е", "ой", "ы", "ых", "ыми")
KAZAKH_CASES = ("тың", "қа", "ты", "та", "тан", "пен")
KYRGYZ_CASES = ("дун", "го", "ду", "до", "дон")
KYRGYZ_FRONT_CASES = ("дин", "ге", "ди", "де", "ден")
LATIN_CASES = ("ning", "ni", "ga", "da", "dan", "'s")

cyrillic = st.text("абвгғдежзийкқлмнңоөпрстуұүфхһцчшщыіьэюяәёў", min_size=1, max_size=14)
latin = st.text("abcçdefgğhiıjklmnñoöpqrsştuüvwxyýzžʼ'", min_size=1, max_size=14)
words = st.one_of(cyrillic, latin).map(fold)


def families(roots: str) -> list[str]:
    return [root + ending for root in roots.split() for ending in FAMILY]


def meets(a: str, b: str) -> bool:
    """Whether the index would propose one for the other, and the score accept it."""
    return not set(name_keys(a)).isdisjoint(name_keys(b)) and same_name(a, b) is not None


@pytest.mark.parametrize(
    ("rules", "roots"),
    [
        ("ru-ru_Latn/BGN", f"{ROOTS} {RUSSIAN}"),
        ("kk-kk_Latn/BGN", f"{ROOTS} {KAZAKH}"),
        ("ky-ky_Latn/BGN", f"{ROOTS} {KYRGYZ}"),
        ("uz_Cyrl-uz_Latn", UZBEK),
    ],
)
def test_a_name_in_another_script_by_the_published_tables_is_the_same_name(rules: str, roots: str) -> None:
    romanise = icu.Transliterator.createInstance(rules).transliterate  # a point between letters tells s·h from sh
    missed = [(name, romanise(name)) for name in families(roots) if not meets(name, fold(romanise(name)))]
    assert missed == []


@pytest.mark.parametrize(
    ("endings", "suffix", "roots"),
    [
        (RUSSIAN_CASES, "ов", ROOTS),
        (KAZAKH_CASES, "ов", KAZAKH),
        (KYRGYZ_CASES, "ов", KYRGYZ),
        (KYRGYZ_FRONT_CASES, "аев", KYRGYZ),
        (LATIN_CASES, "ov", LATIN),
    ],
)
def test_every_case_form_of_a_family_name_leads_to_the_name(endings: tuple[str, ...], suffix: str, roots: str) -> None:
    stock = [root + suffix for root in roots.split()]
    missed = [name + ending for name in stock for ending in endings if not meets(name, name + ending)]
    assert missed == []


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("нурсултан", "нурсултана"),
        ("нурсултан", "нурсултану"),
        ("жомарт", "жомарты"),
        ("абай", "абая"),
        ("сооронбай", "сооронбайдын"),
        ("сергей", "сергеем"),
        ("динара", "динарой"),
        ("мария", "марии"),
        ("гүлнұр", "гүлнұрдың"),
    ],
)
def test_given_names_are_found_in_their_case_forms(name: str, form: str) -> None:
    assert meets(name, form)


@settings(max_examples=150)
@given(words, words)
def test_the_order_of_comparison_does_not_matter(a: str, b: str) -> None:
    assert score(a, b) == pytest.approx(score(b, a))
    assert (same_name(a, b) is None) == (same_name(b, a) is None)


@settings(max_examples=150)
@given(words)
def test_a_word_is_the_same_name_as_itself_and_has_the_same_keys_each_time(word: str) -> None:
    assert score(word, word) == 1.0
    keys = name_keys(word)
    assert keys == name_keys(word) == tuple(sorted(set(keys)))


@settings(max_examples=150)
@given(st.one_of(words, st.text(max_size=60)))
def test_what_cannot_be_a_name_has_no_key_and_any_text_is_taken(word: str) -> None:
    if not word.replace("'", "").isalpha() or not 2 <= len(word) <= 40:
        assert name_keys(word) == ()
    assert 0.0 <= score(word, "токаев") <= 1.0


@given(st.sampled_from(families(ROOTS)), st.data())
def test_a_latin_letter_that_looks_cyrillic_changes_nothing(name: str, data: st.DataObject) -> None:
    places = [i for i, c in enumerate(name) if c in "аеорсух"][: max(1, len(name) // 3)]
    if places:
        i = data.draw(st.sampled_from(places))
        forged = name[:i] + "aeopcyx"["аеорсух".index(name[i])] + name[i + 1 :]
        assert name_keys(fold(forged)) == name_keys(name)


def test_few_keys_a_word_and_a_key_joins_few_names() -> None:
    stock = families(" ".join((ROOTS, KAZAKH, KYRGYZ, UZBEK, RUSSIAN)))
    keys = [name_keys(name) for name in stock]
    assert sum(map(len, keys)) / len(keys) < 1.6
    assert max(map(len, keys)) <= 4


def test_the_better_match_has_the_higher_score() -> None:
    exact, script, case = score("токаев", "токаев"), score("токаев", "tokayev"), score("tokayev", "токаевым")
    assert exact >= script > case >= ACCEPT


def data_of(name: str) -> dict[str, Any]:
    return tomllib.loads((names_tables.FOLDER / f"{name}.toml").read_text("utf-8"))


@pytest.mark.parametrize("table", ["families", "persian", "russian", "given", "turkic", "clitics", "patronymic"])
def test_the_examples_of_an_ending_fire_and_its_counterexamples_do_not(table: str) -> None:
    rules = data_of("endings")[table]

    def fires(form: str) -> bool:
        readings = stems(form)
        if table == "patronymic":
            return any(reading.father for reading in readings)
        if table == "persian":
            return bool(persian_suffix(form))
        groups = {"families": {"family"}, "russian": {"family"}, "given": {"russian"}, "turkic": {"turkic", "family"}}
        return any(r.group in groups[table] if table in groups else r.text != form for r in readings)

    assert [form for form in rules["examples"] if not fires(form)] == []
    assert [form for form in rules["not_examples"] if fires(form)] == []


def test_the_examples_of_a_rewriting_rule_sound_alike_or_nearly() -> None:
    for rule in data_of("letters")["rewrite"]:
        for a, b in rule["examples"]:
            assert score(a, b) > ACCEPT, (rule, sounds(a), sounds(b))


@pytest.mark.parametrize("system", data_of("letters")["system"], ids=lambda system: system["name"])
def test_the_examples_of_a_system_of_spelling_show_it_and_meet(system: dict[str, Any]) -> None:
    for name, spelled in system["examples"]:
        assert re.search(system["evidence"], spelled), spelled
        assert meets(name, spelled), (spelled, outlines(spelled))


def test_the_long_a_of_arabic_and_persian_is_known_where_uzbek_and_tajik_write_o() -> None:
    rule = data_of("letters")["long_a"]
    assert [form for form in rule["examples"] if "0" not in sounds(form)] == []
    assert [form for form in rule["not_examples"] if "0" in sounds(form)] == []


def test_a_data_file_with_an_unknown_key_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "costs.toml").write_text("[default]\nvowels = 1\n", "utf-8")
    monkeypatch.setattr(names_tables, "FOLDER", tmp_path)
    with pytest.raises(DataError, match=r"costs\.toml: key 'vowel' of \[default\] is missing"):
        names_tables.load("costs", {"default": "vowel"})
    with pytest.raises(DataError, match=r"absent\.toml"):
        names_tables.load("absent", {})
