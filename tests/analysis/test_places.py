"""Country evidence: names with their endings, what does not count, and the thresholds of law-and-names §3.1."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import places
from analysis.evidence import Stretch, read
from analysis.lexicon import Rule
from analysis.tokens import tokenize

FILLER = "\n".join(["Nothing in this paragraph tells where anything happened, and nobody minds that at all."] * 12)


def stretch(text: str, lang: str) -> Stretch:
    return Stretch(text, tokenize(text), 0, len(text), lang, "body", 1.0, "text", 0)


def countries(text: str, title: str = "", lang: str = "en") -> list[str]:
    reading = read(text, title, lang=lang)
    return [c.value for c in places.decide(reading, places.find(reading))]


def named(text: str, lang: str = "") -> list[str]:
    return [e.value for e in places.mentions(text, lang)]


@pytest.mark.parametrize("rule", places.lexicon().rules, ids=lambda r: r.id)
def test_the_examples_of_a_rule_give_its_value_and_its_counter_examples_do_not_fire_it(rule: Rule) -> None:
    for example in rule.examples:
        found = [m.rule.value for lang in sorted(rule.langs) for m in places.lexicon().find(stretch(example, lang))]
        assert rule.value in found, example
    for example in rule.not_examples:
        for lang in sorted(rule.langs):
            assert all(m.rule.id != rule.id for m in places.lexicon().find(stretch(example, lang))), example


INFLECTED = {
    "kz": "Казахстан Казахстана Казахстану Казахстаном Казахстане казахстанский казахстанского казахстанских "
    "Қазақстанда Қазақстанның Қазақстанға Қазақстаннан Қазақстандағы Казакстандын Qozog‘istonda Қозоғистоннинг "
    "Қазоқистонро Gazagystanyň Qazaqstanda Kazakhstan’s",
    "kg": "Кыргызстан Киргизии Кыргызстане Кыргызстанда Кыргызстандын Кыргызстанга Кыргызстандан Кыргызстандагы "
    "Қырғызстанның Qirg‘izistonga Қирғизистон Gyrgyzystandan Kyrgyzstani",
    "uz": "Узбекистане узбекистанцев Өзбекстандағы "
    "O‘zbekistonda O'zbekistonning Oʻzbekistonga Ўзбекистондан Özbegistanyň",
    "tj": "Таджикистана Тоҷикистонро Тәжікстанның Тажикстанга Tojikistondan Täjigistanda Tajikistan",
    "tm": "Туркменистане Туркмении Түрікменстанда Түркмөнстандын Turkmanistonda Türkmenistanyň Türkmenistandan",
    "ru": "России Россией российского Ресейдің Орусиянын Rossiyada Русияро Russiýanyň Russia’s",
}


@pytest.mark.parametrize(("country", "form"), [(c, w) for c, forms in INFLECTED.items() for w in forms.split()])
def test_an_inflected_name_of_a_state_is_known_in_all_seven_languages(country: str, form: str) -> None:
    assert named(form) == [country]


@pytest.mark.parametrize(
    "text",
    [
        "the Kazakh language",
        "ethnic Uzbeks",
        "the Russian service of a radio",
        "Mary said so",
        "the Republic of Georgia",
        "в душе бани, как в ванне",
        "osh palov",
        "душанбе куни келди",
        "караганда жакшы",
        "a court of the republic",
    ],
)
def test_words_that_only_look_like_a_place_are_none(text: str) -> None:
    assert named(text) == []


def test_a_name_in_the_title_is_enough() -> None:
    assert countries(FILLER, title="Kyrgyzstan: a new law") == ["kg"]


def test_a_country_of_one_paragraph_of_a_longer_text_is_no_value() -> None:
    passing = f"{FILLER}\nIn Kazakhstan the Majilis met in Almaty, and Tokayev spoke of 500 tenge.\n{FILLER}"
    assert countries(passing) == []
    assert countries(passing, title="Kyrgyzstan after the vote") == ["kg"]


def test_a_compared_country_weighs_a_fifth() -> None:
    plain = places.find(read("The Russian authorities adopted it in haste.", lang="en"))
    compared = places.find(read("The bill is similar to the Russian authorities' own.", lang="en"))
    assert [e.weight for e in compared] == [places.COMPARED * e.weight for e in plain]


@pytest.mark.parametrize(
    "text",
    [
        "закон по образцу российского закона",
        "Ресей сияқты ел",
        "Россия сыяктуу өлкө",
        "Rossiya kabi davlat",
        "a Russian-style law",
    ],
)
def test_comparisons_are_seen_in_every_language(text: str) -> None:
    found = places.find(read(text))
    assert all("compared" in e.note for e in found)


@pytest.mark.parametrize(
    "text",
    [
        "Қазақстандағы ереже Ресейдегі әдетке ұқсас",
        "Кыргызстандагы тартип Россиядагы эрежеге окшош",
        "O'zbekistondagi tartib Rossiyadagi qoidaga o'xshash",
    ],
)
def test_only_the_nearer_of_two_states_is_compared_with(text: str) -> None:
    assert ["compared" in e.note for e in places.find(read(text))] == [False, True]


SECTIONS = "\n".join(
    f"{name}. The press there has a rule of its own, and nobody says much about it in the papers of the town."
    for name in ("Kazakhstan", "Kyrgyzstan", "Uzbekistan")
)


def test_a_survey_with_a_section_for_each_of_three_countries_is_about_all() -> None:
    assert set(countries(f"{FILLER}\n{SECTIONS}")) == {"kz", "kg", "uz"}
    assert set(countries(f"{FILLER}\n{SECTIONS.replace('. ', chr(10))}")) == {"kz", "kg", "uz"}


def test_a_menu_of_countries_is_no_survey() -> None:
    assert countries(f"Kazakhstan\nKyrgyzstan\nUzbekistan\nTajikistan\nSearch\n{FILLER}", title="The news") == []


def test_exchange_rates_and_bare_currencies_do_not_vote() -> None:
    assert named("RUB 0.97\nUSD 89.43\nKGS") == [] or not places.find(read("RUB 0.97\nUSD 89.43"))
    assert places.find(read("They argued about the tenge all day", lang="en")) == []
    assert [e.value for e in places.find(read("a fine of 20,000 som ($290)", lang="en"))] == ["kg"]


def test_two_countries_with_equal_evidence_are_both_values() -> None:
    text = "Kazakhstan and Uzbekistan signed a treaty in Almaty and Tashkent.\n" * 3
    assert set(countries(text)) == {"kz", "uz"}


def test_a_treaty_without_any_country_makes_the_document_international() -> None:
    reading = read(FILLER, lang="en")
    assert [c.value for c in places.decide(reading, [], treaty="text")] == ["int"]
    assert places.decide(reading, [], treaty="") == []


def test_resolved_citations_alone_can_name_the_country_and_are_capped() -> None:
    reading = read(FILLER, lang="en")
    starts = [s.start for s in reading.body]
    cited = [places.cited("uz", s, s + 5, note=f"uz/criminal-code-1994/art-{n}") for n, s in enumerate(starts)]
    (found,) = places.decide(reading, cited)
    assert (found.value, found.score) == ("uz", places.CAPS["citation"])


def test_the_dateline_of_another_capital_loses_against_the_title() -> None:
    assert countries(f"ALMATY -- Nothing else is told here.\n{FILLER}", title="Turkmenistan bans a site")[0] == "tm"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Казахстан", "Bishkek", "Тоҷикистон", "so'm 5", "\n", ". ", "🙂", "УК РК", "like Russia"]),
        max_size=30,
    )
)
def test_evidence_spans_are_in_order_and_hold_what_they_say(parts: list[str]) -> None:
    text = " ".join(parts)
    found = places.find(read(text))
    assert [e.start for e in found] == sorted(e.start for e in found)
    for e in found:
        assert text[e.start : e.end].strip() == text[e.start : e.end] != ""
        assert e.value in places.COUNTRIES


@pytest.mark.parametrize(
    "attack", ["Kazakhstan ", "РК ", "like Russia, ", "Қазақстанларларларлар ", "Kazakhstan — \n", "5 тенге "]
)
def test_doubling_an_attack_costs_at_most_twice_and_a_bit(attack: str) -> None:
    def cost(size: int) -> float:
        text = (attack * (size // len(attack) + 1))[:size]
        start = time.process_time()
        places.find(read(text))
        return time.process_time() - start

    runs = [(cost(32_000), cost(64_000)) for _ in range(5)]  # in turns, so that a busy machine slows both
    assert min(big for _, big in runs) <= 2.5 * min(small for small, _ in runs) + 0.02
