"""Laws and editions over several sentences: what one part of a text says decides for another."""

import pytest

from analysis.citations import Context, find_citations, find_mentions


def ids(text, lang="", countries=(), date=""):
    return [c.id for c in find_citations(text, Context(lang, tuple(countries), date))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Анын номери — 72.",
        "Мыйзамдын номери 72, ал 2-апрелде кабыл алынган.",
        "«№ 72» деген жазууну 72-берене деп окууга болбойт.",
        "72-номерлүү мыйзам күчүнө кирди.",
        "Номер закона — 72.",
        "Это закон № 72.",
        "The law's number is 72.",
    ],
)
def test_the_number_of_a_law_is_no_article(sentence):
    law = "Кыргызстанда «чет өлкөлүк өкүлдөр» мыйзамына кол коюлган. "
    assert ids(law + sentence, "ky", ["kg"], "2024-04-02") == []


def test_a_law_named_in_brackets_is_an_aside():
    text = (
        "Қазақстанда екі қылмыстық кодекс қолданылды.\n"
        "жала жабу: 129-бап – 130-бап (кейін әкімшілік кодексте);\nқорлау: 130-бап – 131-бап;\n"
        "алауыздықты қоздыру: 164-бап – 174-бап.\n"
        "Бұрынғы кодексте 318-бап Президентті қорлау туралы еді. Жаңа кодексте соңғысы – 411-бап.\n"
    )
    old, new = "kz/criminal-code-1997/art-", "kz/criminal-code-2014/art-"
    wanted = [old + "129", new + "130", old + "130", new + "131", old + "164", new + "174", old + "318", new + "411"]
    assert ids(text, "kk", ["kz"]) == wanted


def test_an_article_known_in_its_edition_keeps_it_against_a_year_of_another_clause():
    text = (
        "ҚР ҚК-нің 174-бабы: алауыздықты қоздыру\n"
        "Бұрынғы, 1997 жылғы кодексте осындай қылмыс 164-бапта жазылған. "
        "Сондықтан 2014 жылдың соңына дейінгі мақалаларда 164-бап, одан кейінгілерінде 174-бап кездеседі.\n"
    )
    assert ids(text, "kk", ["kz"]) == [
        "kz/criminal-code-2014/art-174",
        "kz/criminal-code-1997/art-164",
        "kz/criminal-code-1997/art-164",
        "kz/criminal-code-2014/art-174",
    ]


def test_an_edition_left_open_by_the_date_is_that_of_the_same_article_in_the_text():
    text = "Статья 330 УК КР наказывает за возбуждение вражды.\nОбычная запись — «ст. 330 УК КР».\n"
    found = find_citations(text, Context("ru", ("kg",), "2021"))
    assert [c.id for c in found] == ["kg/criminal-code-2021/art-330"] * 2


@pytest.mark.parametrize(
    ("text", "countries", "wanted"),
    [
        (
            "Казахстан\nЕсть статья 274 УК РК.\nУзбекистан\nУголовный кодекс дополнили статьёй 244-5.\n",
            ["kz"],
            "uz/criminal-code-1994/art-244-5",
        ),
        (
            "В Узбекистане и Казахстане нормы разные. Уголовный кодекс дополнили статьёй 244-5.",
            ["kz"],
            "uz/criminal-code-1994/art-244-5",
        ),
        (
            "Kazakhstan. The Law on Mass Media is gone.\nUzbekistan. Its Law on Mass Media, Article 6, remains.\n",
            ["kz", "uz"],
            "uz/mass-media-law-1997/art-6",
        ),
        (
            "Article 137-1 of the Criminal Code of Tajikistan protects one man. Russia writes a point: Article 207.3.",
            ["tj"],
            "ru/criminal-code-1996/art-207.3",
        ),
        (
            "JK 158-moddasining 3-qismi qo‘llanadi. Qozog‘iston kodeksidagi 158-modda boshqa jinoyat haqida.",
            ["uz"],
            "kz/criminal-code-2014/art-158",
        ),
    ],
)
def test_country_and_form_of_the_number_win_over_the_country_of_the_document(text, countries, wanted):
    assert ids(text, "", countries)[-1] == wanted


def test_the_law_word_of_a_suffixing_language_stands_behind_its_title():
    mentions = find_mentions("БАҚ туралы заңнан «Масс-медиа туралы» заңға дейін", Context("kk", ("kz",)))
    assert [m.statute for m in mentions] == ["kz/mass-media-law-1999", "kz/mass-media-law-2024"]


def test_a_word_that_begins_like_a_country_is_none():
    assert find_mentions("Жоопкерчилик кодекске киргизилген.", Context("ky")) == []


@pytest.mark.parametrize(
    ("text", "statute"),
    [
        ("Ага чейин 2010-жылдын 27-июнунда кабыл алынган Конституция колдонулчу.", "kg/constitution-2010"),
        ("2021-жылга чейин Конституция башка болгон.", "kg/constitution-2010"),
    ],
)
def test_a_postposition_ends_the_time_before_it(text, statute):
    assert [m.statute for m in find_mentions(text, Context("ky", ("kg",)))] == [statute]
