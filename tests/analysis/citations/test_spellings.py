"""One article in many spellings: order, list, number and law varied, and what must stay silent beside each."""

import pytest

from analysis.citations import Context, find_citations

CODE = "kz/criminal-code-2014/art-"


def ids(text, *countries, date="2019", lang=""):
    return [c.id for c in find_citations(text, Context(lang, countries, date))]


@pytest.mark.parametrize(
    "text",
    [
        "contrary to section 174 of the Criminal Code of Kazakhstan",
        "s. 174 of the Criminal Code of Kazakhstan",
        "§ 174 of the Criminal Code of Kazakhstan",
        "charged under 174 of the Criminal Code of Kazakhstan",
        "a similar article, 174 of the Kazakh Criminal Code",
        "under 174 CC RK",
        "CC RK 174",
        "Article 174 of Kazakhstan's, unlike that of Russia's Criminal Code",
        "УК РК – 174",
        "статья УК РК (174)",
        "статью Уголовного кодекса РК № 174",
        "параграф 174 УК РК",
    ],
)
def test_an_article_without_its_word_or_by_another(text):
    assert ids(text) == [CODE + "174"]


@pytest.mark.parametrize(
    "text",
    [
        "page 174 of the Criminal Code of Kazakhstan",
        "chapter 17 of the Criminal Code of Kazakhstan",
        "under 18 of the Criminal Code of Kazakhstan",
        "section 174 of the report on the Criminal Code of Kazakhstan",
        "Part II of the Criminal Code of Kazakhstan",
        "section 2 of the Constitution of Kazakhstan",
        "paragraph 174 of General Comment No. 34",
        "CC KZ 2014",
        "Criminal Code of Kazakhstan, p. 174",
        "УК РК, 174 страницы",
        "в УК РК – 467 статей",
        "статья 14-го цикла об УК РК",
        "одна из пяти частей УК РК",
    ],
)
def test_other_numbers_beside_a_law(text):
    assert ids(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("articles 9, paragraph 1, and 19, paragraph 2, of the Covenant", ["9/part-1", "19/part-2"]),
        (
            "articles 9, paragraph 1, 19, paragraphs 2 and 3, and 21 of the Covenant",
            ["9/part-1", "19/part-2", "19/part-3", "21"],
        ),
        ("Articles 19 and 21, paragraph 2 and 3 of the Covenant", ["19", "21/part-2", "21/part-3"]),
        ("sub-paragraph (b) of paragraph 3 of article 19 of the Covenant", ["19/part-3/point-b"]),
        ("paragraphs (1) and (3) of article 19 of the Covenant", ["19/part-1", "19/part-3"]),
        ("Part II of Article 20 of the Covenant", ["20/part-2"]),
        ("p. 2 of art. 20 of the Covenant", ["20/part-2"]),
        ("статьи 9, пункт 1, и 19, пункт 2, Пакта", ["9/part-1", "19/part-2"]),
        ("статей с 18 по 20 Пакта", ["18", "19", "20"]),
        ("как по 19-й, так и по 20-й статье Пакта", ["19", "20"]),
    ],
)
def test_lists_of_articles_with_parts(text, wanted):
    assert ids(text) == [f"int/iccpr/art-{one}" for one in wanted]


def test_a_part_joined_to_an_article_of_a_list():
    assert ids("ст. 24 ч. 3 – 174 ч. 2 УК РК") == [CODE + "24/part-3", CODE + "174/part-2"]


@pytest.mark.parametrize(
    "text",
    [
        "ст.\n174 УК РК",
        "статьи 174 Уголов-\nного кодекса РК",
        "статьи 174 Уголов- ного кодекса РК",
        "Обвинение предъявили по ст. 174\nуголовного кодекса Казахстана",
        "ст. l74 УК РК",
        "ArticIe 174 ofthe Criminal C0de of Kazakhstan",
    ],
)
def test_lines_and_letters_that_a_scanner_broke(text):
    assert ids(text) == [CODE + "174"]


def test_a_line_that_is_complete_stays_apart():
    assert ids("Его судили по ст. 174\nУК РФ тут ни при чём.", "kz") == [CODE + "174"]


def test_a_part_told_later_belongs_to_the_article_before():
    text = "He was tried under Article 278 of the Kyrgyz Criminal Code; the maximum under part 3 is eight years."
    assert ids(text, date="2024") == ["kg/criminal-code-2021/art-278", "kg/criminal-code-2021/art-278/part-3"]
    assert ids("Статья 278 УК КР. По части 2 договора платят редакции.", date="2024") == [
        "kg/criminal-code-2021/art-278"
    ]


def test_an_article_that_the_text_does_not_place_is_left_open():
    assert ids("На стене написано «статья 174 отменена», но какого кодекса, не сказано.", "kz") == [
        "unresolved/art-174"
    ]


def test_the_owner_of_an_article_decides_over_the_country_of_the_text():
    text = "Germany's Article 188 of the Criminal Code is quoted in Astana."
    assert [c.country for c in find_citations(text, Context("en", ("kz",), "2022"))] == ["other"]


def test_a_law_has_no_edition_of_the_future():
    assert ids("КР Жазык кодексинин 329-беренеси", lang="ky", date="2015") == ["kg/criminal-code-1997/art-329"]


@pytest.mark.parametrize(
    ("text", "date", "wanted"),
    [
        ("Ст. 373 КоАП РК: так наказывали тогда, в 2011-м.", "2021", "kz/admin-code-2001/art-373"),
        (
            "He got ten days under Article 373 of the CAO of Kazakhstan. That was in May 2009.",
            "2016",
            "kz/admin-code-2001/art-373",
        ),
        ("После 2018 года судят по ст. 330 УК КР.", "2023", "kg/criminal-code-2021/art-330"),
        ("Конституция Узбекистана в прежней редакции (ст. 67) молчала.", "2023-06", "uz/constitution-1992/art-67"),
    ],
)
def test_words_and_years_that_tell_the_edition(text, date, wanted):
    assert ids(text, date=date) == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The 2014 Criminal Code kept Article 174, inherited from Article 164 of its predecessor.", "1997/art-164"),
        ("Article 174 of the Criminal Code repeats Article 164 of the old one.", "1997/art-164"),
        ("Статья 174 УК повторяет ст. 164 прежнего.", "1997/art-164"),
        ("Обвинение по 174-й статье УК сняли, по 405-й оставили.", "2014/art-405"),
        ("They dropped the charge under Article 174 of the Criminal Code but kept that under 405.", "2014/art-405"),
        ("First Article 174 of the Criminal Code, then reclassified to 405, part 2.", "2014/art-405/part-2"),
        ("ч. 3 п. «г» ст. 188 УК", "2014/art-188/part-3/point-g"),
        ("Charged: CC 405(1).", "2014/art-405/part-1"),
    ],
)
def test_an_article_in_the_shadow_of_another(text, wanted):
    assert ids(text, "kz")[-1] == f"kz/criminal-code-{wanted}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Violations of ICCPR Article 19(2)-(3) were found.", ["iccpr/art-19/part-2", "iccpr/art-19/part-3"]),
        ("по смыслу пункта 3 d) статьи 14 Пакта", ["iccpr/art-14/part-3/point-d"]),
        (
            "Article 10 § 1 taken together with Article 13 of the European Convention",
            ["echr/art-10/part-1", "echr/art-13"],
        ),
    ],
)
def test_treaty_bodies_write_lists_of_their_own(text, wanted):
    assert ids(text) == [f"int/{one}" for one in wanted]


@pytest.mark.parametrize(
    "text",
    [
        "article 5, paragraph 2 (b), of the Optional Protocol to the Covenant",
        "пункт 2 b) статьи 5 Факультативного протокола",
        "«Автомобиль жолдары туралы» 2001 жылғы 17 шілдедегі Қазақстан Республикасы Заңының 5-бабына сәйкес",
        "ст. 3 закона о языках",
    ],
)
def test_a_law_outside_the_registry_gives_none_of_ours(text):
    assert {c.country for c in find_citations(text, Context("", ("kz",), "2019"))} == {"other"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("таблица: ст. 174 УК — 25 дел; ст. 405 УК — 14 дел", [CODE + "174", CODE + "405"]),
        ("published her 174th article about the Criminal Code", []),
        ("На странице 174 УК с комментариями опечатка.", []),
    ],
)
def test_no_article_is_made_of_the_numbers_around(text, wanted):
    assert ids(text, "kz") == wanted


def test_an_attempt_abroad_is_no_article_of_ours():
    text = "Дело по пункту 7 части 2 статьи 34-104 (попытка убийства) возбудили в Армении."
    assert {c.statute for c in find_citations(text)} == {None}


@pytest.mark.parametrize(
    ("text", "date", "wanted"),
    [
        ("Articles 19 of the ICCPR and 10 of the ECHR", "2019", ["int/iccpr/art-19", "int/echr/art-10"]),
        ("Article 19 UDHR, 19 ICCPR and 10 ECHR", "2019", ["int/udhr/art-19", "int/iccpr/art-19", "int/echr/art-10"]),
        ("the Law on Mass Media's Article 13", "2019", ["kz/mass-media-law-1999/art-13"]),
        ("Administrative Offences Code, section 488", "2019", ["kz/admin-code-2014/art-488"]),
        ("Articles 174 CC, 405 CC", "2019", [CODE + "174", CODE + "405"]),
        ("Article 164 of the 1997 Code", "2019", ["kz/criminal-code-1997/art-164"]),
        ("Article 51 of the Criminal Enforcement Code", "2019", ["unresolved/art-51"]),
        ("Ст. 174 УК (разжигание), 405 (участие в организации)", "2019", [CODE + "174", CODE + "405"]),
        ("по 2 части 174 статьи УК", "2019", [CODE + "174/part-2"]),
        ("по гл. 47 УПК РК и ст. 340", "2019", ["kz/criminal-procedure-code-2014/art-340"]),
        ("ст. 15.3 149-ФЗ", "2019", ["ru/information-law-2006/art-15.3"]),
    ],
)
def test_laws_told_in_passing(text, date, wanted):
    assert ids(text, "kz", date=date) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Of the 405 convicted, 174 of them under the Criminal Code, most were fined.",
        "According to 174 of the 405 respondents, the Criminal Code is too harsh.",
        "обвиняют в 174 эпизодах, по 405 следователи молчат",
        "задержали 174 (Алматы), 405 (Астана) и 274 (Шымкент)",
        "The appeal ARTICLE 19 v. State was registered.",
    ],
)
def test_people_and_parties_are_no_articles(text):
    assert ids(text, "kz") == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Қылмыстық кодекстің 174-ші, Әкімшілік кодекстің 488-ші баптары",
            [CODE + "174", "kz/admin-code-2014/art-488"],
        ),
        (
            "O‘zR JKning 139-, O‘zR MJtKning 40-moddalari",
            ["uz/criminal-code-1994/art-139", "uz/admin-code-1994/art-40"],
        ),
        ("Article 41-1.1 of the Law on Communications", ["kz/communications-law-2004/art-41-1/part-1"]),
        ("ст. 19 Всеобщей декларации и ст. 19 Международного пакта", ["int/udhr/art-19", "int/iccpr/art-19"]),
        (
            "The Committee asks to repeal article 174 of the Criminal Code (arts. 19 and 22).",
            [CODE + "174", "int/iccpr/art-19", "int/iccpr/art-22"],
        ),
    ],
)
def test_two_laws_in_one_breath(text, wanted):
    assert ids(text, "kz") == wanted


@pytest.mark.parametrize(
    ("text", "lang", "date", "wanted"),
    [
        ("Жаза кодексинин 330-беренеси", "ky", "2023", ["kg/criminal-code-2021/art-330"]),
        ("Кылмыш-жаза кодексинин 313-беренеси", "ky", "2020", ["kg/criminal-code-2017/art-313"]),
        ("2020-жылы Кылмыш-жаза кодексинин 313-беренеси менен", "ky", "2023", ["kg/criminal-code-2017/art-313"]),
        ("КПКнын 45-беренеси", "ky", "2023", ["kg/criminal-procedure-code-2021/art-45"]),
        ("кылмыш иши: ЖПКнын 110-беренеси", "ky", "2020", ["kg/criminal-procedure-code-2017/art-110"]),
        ("ЖПКнын 261-1-беренеси", "ky", "2020", ["kg/civil-procedure-code-2017/art-261-1"]),
        ("Конституциябыздын 32-беренеси", "ky", "2022", ["kg/constitution-2021/art-32"]),
        ("ЖМКлар жөнүндөгү мыйзамдын 26-беренеси", "ky", "2018", ["kg/mass-media-law-1992/art-26"]),
        (
            "2025-жылдын 25-июнундагы «Жалпыга маалымдоо каражаттары жөнүндө» Мыйзамдын 14-беренеси",
            "ky",
            "2025-11",
            ["kg/mass-media-law-2025/art-14"],
        ),
    ],
)
def test_kyrgyz_laws_by_their_old_and_new_names(text, lang, date, wanted):
    assert ids(text, "kg", date=date, lang=lang) == wanted


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("В Казахстане работает статья 174 УК, у нас — статья 330 УК.", "ru"),
        ("Казакстанда КЖКнын 174-беренеси, бизде КЖКнын 330-беренеси колдонулат.", "ky"),
    ],
)
def test_here_is_the_country_of_the_document(text, lang):
    found = find_citations(text, Context(lang, ("kg",), "2023"))
    assert [(c.country, c.article) for c in found] == [("kz", "174"), ("kg", "330")]


def test_an_article_glued_to_its_word_is_none_of_russian():
    text = "Адам укуктарынын жалпы декларациясы. 12-статья Эч ким анын жеке турмушуна кийлигишпейт."
    assert ids(text, lang="ky") == ["int/udhr/art-12"]


@pytest.mark.parametrize(
    ("text", "lang", "wanted"),
    [
        ("Дар қисми дуюми моддаи якуми Сарқонун", "tg", ["tj/constitution-1994/art-1/part-2"]),
        ("статья первая Конституции", "ru", ["tj/constitution-1994/art-1"]),
        ("the article first published, of the Constitution", "en", []),
    ],
)
def test_small_ordinals_in_words_beside_a_law(text, lang, wanted):
    assert ids(text, "tj", lang=lang) == wanted
