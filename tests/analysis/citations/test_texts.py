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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("по статье сто семьдесят четвёртой УК РК", ["kz/criminal-code-2014/art-174"]),
        ("Article one hundred and seventy-four of Kazakhstan's Criminal Code", ["kz/criminal-code-2014/art-174"]),
        ("Қылмыстық кодекстің үш жүз қырық бесінші бабының төртінші бөлігі", ["kz/criminal-code-2014/art-345/part-4"]),
        ("Jinoyat kodeksining bir yuz o‘ttiz to‘qqizinchi moddasi", ["uz/criminal-code-1994/art-139"]),
        ("моддаи саду сию ҳафтуми Кодекси ҷиноятӣ", ["tj/criminal-code-1998/art-137"]),
        ("п. 3 ч. 2 ст. 274 УК РК: он касается сетей", ["kz/criminal-code-2014/art-274/part-2/point-3"]),
        ("an article on the Criminal Code of Kazakhstan", []),
        ("сто статей УК РК", []),
    ],
)
def test_a_number_in_words_is_read_in_its_own_language(text, found):
    assert ids(text, "", (), "2020") == found


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ч. 1-3 ст. 174 УК РК", ["1", "2", "3"]),
        ("часть 2-1 статьи 174 УК РК", ["2-1"]),
        ("по ст. 174 ч. 1, 405 УК РК", ["1", None]),
        ("ҚР ҚК 174-б. 2-б.", ["2"]),
        ("405 (ч. 2) УК РК", ["2"]),
    ],
)
def test_parts_are_ranged_inserted_and_shortened(text, parts):
    assert [c.part for c in find_citations(text, Context("", ("kz",), "2020"))] == parts


def test_the_subject_alone_decides_an_edition_only_with_a_flag():
    (found,) = find_citations("Оскорбление: статья 130 УК РК", Context(countries=("kz",)))
    assert found.statute == "kz/criminal-code-1997"
    assert "edition-by-subject" in found.flags


@pytest.mark.parametrize(
    ("text", "date", "wanted"),
    [
        ("In 2024 he recalled the trial of 2011 under Article 299 of the Kyrgyz Criminal Code.", "2024", "1997"),
        ("Fined under Article 373 of Kazakhstan's Code of Administrative Offences in February 2014.", "", "2001"),
        ("До 2015 года судили по статье 129 УК РК, с 2015 года — по статье 130.", "2016", "2014"),
        ("Қазіргі ҚР ҚК-нің 164-бабы", "2014-12", "1997"),
    ],
)
def test_the_year_nearest_before_an_article_and_the_time_of_the_text_decide(text, date, wanted):
    found = find_citations(text, Context(date=date))
    assert (found[-1].statute or "").endswith(wanted)


def test_its_article_is_of_the_law_before_and_of_no_other():
    before = "«Бұқаралық ақпарат құралдары туралы» 1999 жылғы заң қолданылды. "
    assert ids(before + "Оның 20-бабы журналист туралы.", "kk", ["kz"]) == ["kz/mass-media-law-1999/art-20"]
    assert ids("Сот шешті. Оның 20-бабы журналист туралы.", "kk", ["kz"]) == ["unresolved/art-20"]


def test_an_article_goes_to_the_law_whose_subject_is_told():
    text = (
        "Defamation (Article 130 of the Criminal Code) is now in Article 73-3 of the Code of Administrative Offences. "
        "Insult (Article 131) stayed."
    )
    assert ids(text, "en", ["kz"], "2020-08")[-1] == "kz/criminal-code-2014/art-131"


def test_old_tajik_letters_and_turkmen_in_cyrillic_are_read():
    assert ids("ќисми 1 моддаи 189 Кодекси љиноятии ЉТ", "tg") == ["tj/criminal-code-1998/art-189/part-1"]
    turkmen = "Түркменистаның Җенаят кодексиниң 132-нҗи маддасының 2-нҗи бөлеги"
    assert ids(turkmen, "tk", (), "2020") == ["tm/criminal-code-1997/art-132/part-2"]


@pytest.mark.parametrize("text", ["41-1 - 5 бабы", "1941-45 - 5-бап", "статья 41-1 - 5", "2-3- 4 тармақ"])
def test_a_number_joined_by_a_hyphen_may_stand_before_a_loose_hyphen_and_a_number(text):
    assert all("/art-5" not in found for found in ids(text, "kk", ["kz"]))
