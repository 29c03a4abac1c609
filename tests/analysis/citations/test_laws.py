"""Laws of the citation reader: generated citations, rule examples, offsets, time."""

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.citations import Context, find_all, find_citations, find_mentions, read_query
from analysis.citations.lexer import Tokens
from analysis.citations.lexicon import lexicon
from analysis.citations.units import find_units
from analysis.citations.words import keywords
from analysis.statutes import registry

RULES = [rule for rule, _ in keywords()]

TEMPLATES = tomllib.loads(Path(__file__).with_name("templates.toml").read_text("utf-8"))


@pytest.mark.parametrize("lang", sorted(TEMPLATES))
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_generated_citation_parses_back_to_its_law_and_article(lang, data):
    template = data.draw(st.sampled_from(TEMPLATES[lang]["articles"]))
    law, family = data.draw(st.sampled_from(list(TEMPLATES[lang]["laws"].items())))
    number = str(data.draw(st.integers(1, 53)))
    found = find_citations(template.format(n=number, law=law), Context(lang=lang.split("-")[0]))
    assert [(registry().family(c.statute or "").id, c.article, c.part) for c in found] == [(family, number, None)]


@pytest.mark.parametrize("lang", sorted(TEMPLATES))
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_generated_part_is_read_with_its_article(lang, data):
    template = TEMPLATES[lang]["articles"][0]
    law, family = data.draw(st.sampled_from(list(TEMPLATES[lang]["laws"].items())))
    number, part = str(data.draw(st.integers(1, 53))), str(data.draw(st.integers(1, 9)))
    text = TEMPLATES[lang]["part"].format(p=part, rest=template.format(n=number, law=law))
    found = find_citations(text, Context(lang=lang.split("-")[0]))
    assert [(registry().family(c.statute or "").id, c.article, c.part) for c in found] == [(family, number, part)]


def rules_of(text):
    return {unit.keyword.id for unit in find_units(Tokens(text, lexicon().pieces)) if unit.keyword}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_fires_on_its_examples_and_not_on_the_others(rule):
    assert [e for e in rule.examples if rule.id not in rules_of(e)] == []
    assert [e for e in rule.not_examples if rule.id in rules_of(e)] == []


def cites(example):
    context = Context(countries=(example.country,) if example.country else (), date=example.date)
    citations, mentions = find_all(example.text, context)
    return [c.id for c in citations if c.statute] + [f"{m.statute}/general" for m in mentions]


@pytest.mark.parametrize("example", registry().examples, ids=lambda example: example.text)
def test_an_example_of_the_registry_gives_its_id(example):
    if example.gives.split("/")[0] in ("", "other", "soft"):
        assert cites(example) == []
    else:
        assert example.gives in cites(example)


SENTENCES = (
    "п. 3 ч. 2 ст. 274 УК РК",
    "Articles 19(3) and 21 of the ICCPR",
    "ҚР Қылмыстық кодексінің 274-бабының 2-бөлігі",
    "Кылмыш-жаза кодексинин 330-беренеси",
    "Jinoyat kodeksining 139-moddasi 2-qismi",
    "қисми 2 моддаи 307-3 Кодекси ҷиноятии ҶТ",
    "Türkmenistanyň Jenaýat kodeksiniň 132-nji maddasy",
)


@pytest.mark.parametrize("sentence", SENTENCES)
@settings(max_examples=40, deadline=None)
@given(before=st.text(alphabet="😀 ,\n\u00ad\u00a0", max_size=8), places=st.sets(st.integers(1, 60), max_size=6))
def test_offsets_survive_no_break_spaces_soft_hyphens_and_astral_characters(sentence, before, places):
    plain = find_citations(sentence)
    changed = "".join(
        ("\u00ad" + c if i in places and c.isalpha() else "\u00a0" if c == " " and i in places else c)
        for i, c in enumerate(sentence)
    )
    found = find_citations(f"{before} {changed}")
    text = f"{before} {changed}"
    assert [c.id for c in found] == [c.id for c in plain]
    for old, new in zip(plain, found, strict=True):
        words = text[new.start : new.end].replace("\u00ad", "").replace("\u00a0", " ")
        assert words == sentence[old.start : old.end]


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from(list('ст.ч1234567890-–() ,«»"¹бапыmoda🙂\u00ad\nУКРarticle§')), max_size=80))
def test_any_text_is_taken_and_every_span_lies_in_it(text):
    citations, mentions = find_all(text)
    read_query(text)
    assert all(0 <= x.start < x.end <= len(text) for x in (*citations, *mentions))
    assert all(any(ch.isdigit() for ch in text[c.start : c.end]) for c in citations if c.resolved_by != "anaphora")


SHAPES = (
    "ст. ",
    "1, ",
    "ст. 1 ",
    "УК РК ",
    "1-",
    "(",
    "«а ",
    "ч. 1 ст. 1 УК РК, ",
    "the Code ",
    "Казахстан ст. 5 ",
    "1-бабы ",
    "закон «о ",
    "2019 ст. 174 УК, ",
    "Статья 1.\n",
    "ст. 1 (ч. ",
    "article 19 and ",
    "Казахстан\nУзбекистан\nтекст ст. 5 УК ",
    "Статья 174 УК РК – 130 ",
    "129-бап – 130-бап ",
    "(УК РК) ст. 174 ",
    "Уголовный кодекс РК\nСтатья 1\n",
    "сто семьдесят ",
    "174, ",
    "405 (ч. 2) ",
    "405 (ч. 2) УК ",
    "ст. 19(3); 19(2) и 20-1 ",
    "осуждён по «174-й» ",
    "закон от 5 мая 2019 года № 63-ФЗ ",
    "кодекс торгового мореплавания ",
    "«о связи» 2019 года ",
    "(клуб) устав (статья 4) ",
    "0O",
    "I7x ",
    "Уголов- ного ",
    "слово и\nслово ",
    "C0de ",
    "'s",
    "174 of the Code and 10 of the ICCPR ",
    "article 19(2)-(3) under part 3 ",
    "пункта 3 d) статьи 14 ",
    "ст. 24 ч. 3 – 174 ч. 2, ",
    "конвенция «",
    "закона о доступе государственных органов ",
    "(Ведомости, 1998 г., № 7, ст. 229 ",
    "Статья 1. Внести в УК РК\n",
    "Моддаи 3. Айб. 13 ",
    "Конститу-циясы ",
    "139 va 140-moddalari 2-qismlari ",
    "маъмурий жавобгарлик тугрисидаги кодекс ",
)


def cost(shape, size):
    text = (shape * (size // len(shape) + 1))[:size]
    best = 9.0
    for _ in range(3):
        start = time.process_time()
        find_all(text, Context(countries=("kz",)))
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_text_costs_at_most_two_and_a_half_times_as_much(shape):
    for _ in range(3):
        if cost(shape, 8_192) <= 2.5 * cost(shape, 4_096) + 0.004:
            return
    pytest.fail(f"more than linear: {shape!r}")


def test_undated_text_is_never_a_silent_guess():
    for text in ("статья 130 УК РК", "Article 130 of the Criminal Code of Kazakhstan", "ҚР ҚК 130-бабы"):
        (citation,) = find_citations(text)
        assert "edition-assumed" in citation.flags
        assert citation.confidence < 0.9


def test_a_year_with_a_change_over_gives_the_family():
    (citation,) = find_citations("по статье 330 УК КР", Context(date="2021"))
    assert citation.statute == "kg/criminal-code"
    assert citation.id == "kg/criminal-code/art-330"


def test_the_text_of_a_law_speaks_of_itself():
    text = (
        "УГОЛОВНЫЙ КОДЕКС КЫРГЫЗСКОЙ РЕСПУБЛИКИ от 28 октября 2021 года № 127\n"
        "Статья 41. Виды соучастников\n1. Лица отвечают по статье 367 настоящего Кодекса.\n"
        "2. Деяния части 1 настоящей статьи (статья 54) наказываются штрафом от 200 до 2000 показателей.\n"
    )
    found = [c.id.removeprefix("kg/criminal-code-2021/") for c in find_citations(text)]
    assert found == ["art-41", "art-367", "art-41/part-1", "art-54"]


def test_a_code_named_only_by_its_year_is_another_edition_of_the_last_one():
    text = (
        "Статья 330 УК КР действует с 2021 года. Раньше была статья 313 кодекса 2017 года. "
        "По Кодексу 1997 года – статья 299."
    )
    found = [c.id for c in find_citations(text, Context(date="2024"))]
    assert found == ["kg/criminal-code-2021/art-330", "kg/criminal-code-2017/art-313", "kg/criminal-code-1997/art-299"]


def test_a_law_told_to_have_applied_until_a_day_is_the_one_before_it():
    text = (
        "Бұқаралық ақпарат құралдары туралы екінші заң 1999 жылғы 23 шілдеде қабылданды. "
        "Екінші заң 2024 жылғы 19 тамызға дейін қолданылды. Оның 20-бабы жойылды."
    )
    found = [c.id for c in find_citations(text, Context(lang="kk", countries=("kz",), date="2024"))]
    assert found == ["kz/mass-media-law-1999/art-20"]


def test_a_law_outside_the_registry_never_borrows_the_last_one_named():
    text = (
        "Статья 20 Закона РК «О СМИ» не применима. "
        "Спор решён по статье 5 Закона РК «О науке» и статье 22 Трудового кодекса."
    )
    found = [c.id for c in find_citations(text, Context(date="2015"))]
    assert found == ["kz/mass-media-law-1999/art-20", "unresolved/art-5", "unresolved/art-22"]


def test_a_law_without_an_article_is_a_mention():
    mentions = find_mentions("Правки внесены в Гражданский кодекс Казахстана и Конституцию КР.", Context(date="2022"))
    assert [m.statute for m in mentions] == ["kz/civil-code-1994", "kg/constitution-2021"]


def table(name):
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("text", "date", "statute"), table("editions.tsv"))
def test_a_date_decides_the_edition(text, date, statute):
    assert find_citations(text, Context(date=date))[0].statute == statute


@pytest.mark.parametrize(("query", "ids"), table("queries.tsv"))
def test_a_query_is_read_with_the_same_grammar(query, ids):
    assert " ".join(c.id for c in read_query(query)) == ids.replace("none", "")
