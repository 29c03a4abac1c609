"""What real pages hold and made-up sentences seldom do: amendments, gazettes, contents, misspelt and broken names."""

import pytest

from analysis.citations import Context, find_citations


def found(text, lang="", country="", date=""):
    cited = find_citations(text, Context(lang, (country,) if country else (), date))
    return [c.id for c in cited if c.country != "other"]


def outside(text, lang, country, date=""):
    return [c.article for c in find_citations(text, Context(lang, (country,), date)) if c.country == "other"]


GAZETTES = [
    (
        "ky",
        "kg",
        (
            "Кылмыш-жаза кодексине (Жогорку Кеңештин Жарчысы, 1998-ж., № 7, 229-ст.; 2003-ж., № 4, 18-ст.) төмөнкү "
            "өзгөртүүлөр киргизилсин: 1. 128-статьяда «үч» деген сөз алмаштырылсын."
        ),
        ["kg/criminal-code-1997/art-128"],
    ),
    (
        "tg",
        "tj",
        (
            "Ба Кодекси ҷиноятии Ҷумҳурии Тоҷикистон (Ахбори Маҷлиси Олии Ҷумҳурии Тоҷикистон, с. 1998, № 9, мод. 68, "
            "мод. 69; с. 2001, № 4, мод. 149, мод. 167) иловаҳо ворид карда шаванд: дар моддаи 189 қисми 2"
        ),
        ["tj/criminal-code-1998/art-189/part-2"],
    ),
    (
        "ru",
        "kg",
        (
            "Внести в Уголовный кодекс Кыргызской Республики (Ведомости Жогорку Кенеша, 1998 г., № 7, ст. 229) "
            "следующее изменение: часть 2 статьи 128 изложить в новой редакции."
        ),
        ["kg/criminal-code-1997/art-128/part-2"],
    ),
    (
        "uz",
        "uz",
        (
            "O‘zbekiston Respublikasining Jinoyat kodeksiga (Oliy Kengash Axborotnomasi, 1995-y., № 1, 3-modda; "
            "1997-y., № 2, 56-modda) o‘zgartirish kiritilsin: 139-moddaning birinchi qismi"
        ),
        ["uz/criminal-code-1994/art-139/part-1"],
    ),
]


@pytest.mark.parametrize(("lang", "country", "text", "cited"), GAZETTES)
def test_items_of_a_gazette_are_no_articles_and_the_code_before_them_keeps_its_hold(lang, country, text, cited):
    assert found(text, lang, country, "2009") == cited


def test_the_number_of_a_gazette_may_stand_on_the_next_line():
    assert found("(Собрание законодательства, 1994, N\n10, ст. 1109) Закон действует.", "ru", "ru") == []


def test_an_article_in_brackets_without_a_gazette_stays_one():
    assert found("Клевета (ст. 129 УК РК, ч. 2; ст. 130 УК РК)", "ru", "kz", "2009") == [
        "kz/criminal-code-1997/art-129/part-2",
        "kz/criminal-code-1997/art-130",
    ]


AMENDING = [
    ("ru", "kz", "Статья 1. Внести в Уголовный кодекс Республики Казахстан следующие изменения: 1) в статье 129 слова"),
    ("kk", "kz", "1-бап. Қазақстан Республикасының Қылмыстық кодексіне мынадай өзгерістер енгізілсін: 1) 129-бап"),
    ("ky", "kz", "1-берене. Казакстандын Кылмыш кодексине төмөнкү өзгөртүү киргизилсин: 1) 129-берене"),
    ("uz", "kz", "1-modda. Qozog‘istonning Jinoyat kodeksiga quyidagi o‘zgartirish kiritilsin: 1) 129-modda"),
    ("tk", "kz", "1-nji madda. 1997-nji ýylda kabul edilen Gazagystanyň Jenaýat kodeksine üýtgetme: 1) 129-njy madda"),
    ("tg", "kz", "Моддаи 1. Ба Кодекси ҷиноятии Қазоқистон тағйироти зерин ворид карда шавад: 1) моддаи 129"),
    ("en", "kz", "Article 1. The following is amended in the Criminal Code of Kazakhstan: 1) in Article 129 the words"),
]


@pytest.mark.parametrize(("lang", "country", "text"), AMENDING)
def test_the_first_article_of_an_amending_law_is_none_of_the_code_it_changes(lang, country, text):
    assert found(text, lang, country, "2009") == ["kz/criminal-code-1997/art-129"]


def test_the_other_articles_of_an_amending_law_are_no_articles_of_the_code():
    text = (
        "Статья 1. Внести в Уголовный кодекс Казахстана следующее изменение: в статье 129 слова исключить.\n"
        "Статья 2. Настоящий Закон вводится в действие со дня опубликования.\n"
    )
    assert found(text, "ru", "kz", "2009") == ["kz/criminal-code-1997/art-129", "unresolved/art-2"]


def test_a_heading_that_names_a_law_without_changing_it_stays():
    text = "Статья 174 УК РК. Возбуждение розни.\nСтатья 405 УК РК. Участие в запрещённой организации."
    assert found(text, "ru", "kz", "2019") == ["kz/criminal-code-2014/art-174", "kz/criminal-code-2014/art-405"]


@pytest.mark.parametrize(
    ("lang", "country", "text"),
    [
        ("tk", "tm", "177-nji maddanyň ikinji böleginde «aý» diýen söz «ýyl» diýen söze çalşyrmaly;"),
        ("tk", "tm", "3) 12-nji maddanyň birinji böleginde, 177-nji maddanyň ikinji böleginde,"),
        ("ru", "kz", "2) в части 2 статьи 174 слово «месяц» заменить словом «год»;"),
        ("ky", "kg", "330-берененин 2-бөлүгүндө «ай» деген сөз «жыл» деген сөзгө алмаштырылсын."),
    ],
)
def test_an_item_of_changes_to_a_law_not_named_goes_to_no_code(lang, country, text):
    assert all(one.startswith("unresolved") for one in found(text, lang, country, "2023"))


@pytest.mark.parametrize(
    ("lang", "country", "text"),
    [
        ("tg", "tj", "Моддаи 4. Принсипи қонуният. 13 Моддаи 5. Баробарии шаҳрвандон. 14 Моддаи 6. Айб. 14"),
        ("ru", "kz", "Статья 4. Уголовная ответственность 13\nСтатья 5. Действие кодекса 14\nСтатья 6. Вина 15"),
        ("uz", "uz", "4-modda. Qonuniylik 13 5-modda. Fuqarolar tengligi 14 6-modda. Jinoyat kodeksi 15"),
    ],
)
def test_lines_of_contents_cite_nothing(lang, country, text):
    assert found(text, lang, country) in ([], ["unresolved/art-6"])


def test_headings_without_pages_are_no_contents():
    text = "Статья 4. Вина.\nСтатья 5. Кодекс.\nСтатья 6. Срок."
    assert len(found(text, "ru", "kz")) == 3


ORGANISATIONS = [
    ("tg", "Созмони байналмилалии Article 19 хост, ки қонун «Дар бораи матбуот» тағйир ёбад."),
    ("ky", "Article 19 эл аралык уюму Кылмыш-жаза кодексин сындады."),
    ("kk", "Халықаралық Article 19 ұйымы Қылмыстық кодексті сынады."),
    ("uz", "Xalqaro tashkilot Article 19 Jinoyat kodeksini tanqid qildi."),
    ("tk", "Halkara guramasy Article 19 Jenaýat kodeksini tankytlady."),
    ("kk", "«19-бап» (Article 19) ұйымы Қылмыстық кодексті сынады."),
    ("ru", "Организация Article 19 выступила против Уголовного кодекса."),
]


@pytest.mark.parametrize(("lang", "text"), ORGANISATIONS)
def test_article_19_in_english_inside_another_language_is_the_organisation(lang, text):
    assert found(text, lang, "kg", "2022") == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Article 19 МПГПП защищает слово."),
        ("ky", "19-берене, Эл аралык пакт боюнча: Article 19 of the ICCPR."),
        ("en", "Article 19 of the ICCPR guards speech; the organisation said so."),
    ],
)
def test_article_19_of_the_covenant_stays_an_article(lang, text):
    assert "int/iccpr/art-19" in found(text, lang, "kg", "2022")


@pytest.mark.parametrize(
    ("lang", "country", "text"),
    [
        ("ru", "uz", "по статье 139 ЖК РУз"),
        ("tg", "tj", "моддаи 137 Кодекси мурофиаи ҳуқуқвайронкунии маъмурии Ҷумҳурии Тоҷикистон"),
        ("ru", "tj", "статья 137 Процессуального кодекса об административных правонарушениях"),
        ("uz", "uz", "Iqtisodiy protsessual kodeksning 139-moddasi"),
        ("uz", "uz", "Ер кодексининг 139-моддаси"),
        ("kk", "kz", "Әкімшілік рәсімдік-процестік кодекстің 174-бабы"),
        ("ky", "kg", "Турак жай кодексинин 278-беренеси"),
        ("tk", "tm", "Ýer kodeksiniň 133-nji maddasy"),
        ("tg", "tj", "моддаи 307 Кодекси иҷрои ҷазои ҷиноятӣ"),
    ],
)
def test_a_code_that_is_not_listed_gives_its_article_to_no_other(lang, country, text):
    assert found(text, lang, country, "2023") == []
    assert len(outside(text, lang, country, "2023")) == 1


MISSPELT = [
    ("uz", "uz", "Ma’muriy javobgirlik to‘g‘risidagi kodeksning 40-moddasi", "uz/admin-code-1994/art-40"),
    ("uz", "uz", "Маъмурий жавобгарлик тугрисидаги кодекснинг 40-моддаси", "uz/admin-code-1994/art-40"),
    ("kk", "kz", "Әкимшилик кукык бузушылык туралы кодекстің 488-бабы", "kz/admin-code-2014/art-488"),
    ("ru", "kz", "статья 488 Кодекса об административных правонарушенях", "kz/admin-code-2014/art-488"),
    ("tg", "tj", "моддаи 50 Кодекси хукуквайронкунии маъмури", "tj/admin-code-2008/art-50"),
]


@pytest.mark.parametrize(("lang", "country", "text", "cited"), MISSPELT)
def test_the_long_name_of_a_code_may_be_misspelt_and_is_flagged(lang, country, text, cited):
    (citation,) = find_citations(text, Context(lang, (country,), "2023"))
    assert citation.id == cited
    assert "name-approximate" in citation.flags


@pytest.mark.parametrize(
    "text",
    [
        "правила настоящего Кодекса, и административного правонарушения, указанные в статье 40 Кодекса",
        "maʼmuriy ish va javobgarlik; kodeksning 40-moddasi",
    ],
)
def test_words_apart_from_a_code_are_no_name_of_it(text):
    assert all("name-approximate" not in c.flags for c in find_citations(text, Context("", ("uz",), "2023")))


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Ўзбекистон Республикаси Конститу-циясининг 29-моддаси", ["uz/constitution-1992/art-29"]),
        ("Жиноят кодек-сининг 139-моддаси", ["uz/criminal-code-1994/art-139"]),
        ("Жиноят-процессуал кодексининг 139-моддаси", ["uz/criminal-procedure-code-1994/art-139"]),
    ],
)
def test_a_hyphen_left_over_from_an_old_line_is_no_end_of_a_word(text, cited):
    assert found(text, "uz", "uz", "2010") == cited


@pytest.mark.parametrize(
    ("lang", "country", "text", "articles"),
    [
        ("uz", "uz", "Jinoyat kodeksining tegishlicha 139-moddasi, 140-moddasi 2-qismi", ["139", "140"]),
        ("kk", "kz", "Қылмыстық кодекстің тиісінше 174-бабы мен 405-бабы", ["174", "405"]),
        ("ru", "kz", "по Уголовному кодексу соответственно статьи 174 и 405", ["174", "405"]),
    ],
)
def test_respectively_does_not_part_a_law_from_its_article(lang, country, text, articles):
    cited = find_citations(text, Context(lang, (country,), "2020"))
    assert [c.article for c in cited] == articles
    assert cited[0].resolved_by == "explicit"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Jinoyat kodeksining 139 va 140-moddalarining ikkinchi qismlarida", ["2", "2"]),
        ("Jinoyat kodeksining 139 va 140-moddalarining ikkinchi qismida", [None, "2"]),
        ("Қылмыстық кодекстің 174 және 405-баптарының 2-бөліктері", ["2", "2"]),
        ("Jenaýat kodeksiniň 146-njy we 153-nji maddalarynyň birinji böleklerinde", ["1", "1"]),
        ("Кылмыш-жаза кодексинин 278 жана 330-беренелеринин 1-бөлүктөрү", ["1", "1"]),
        ("JK 139-moddasi va 140-moddasining 2-qismlari", [None, "2"]),
    ],
)
def test_parts_in_the_plural_are_those_of_every_article_of_the_list(text, parts):
    assert [c.part for c in find_citations(text, Context(date="2020"))] == parts


def test_a_list_goes_on_behind_a_part_with_its_title_in_brackets():
    text = "мутобиқи моддаҳои 104, қ. 2 (одамкушӣ) ва 195 (аслиҳа)-и Кодекси ҷиноии Тоҷикистон"
    assert found(text, "tg", "tj", "2017") == ["tj/criminal-code-1998/art-104/part-2", "tj/criminal-code-1998/art-195"]


def test_the_treaty_named_in_the_passage_is_the_covenant_that_follows():
    text = "Fuqarolik va siyosiy huquqlar to‘g‘risidagi xalqaro pakt 1966-yilda qabul qilingan, ahdning 19-moddasi …"
    assert found(text, "uz", "uz", "2021") == ["int/iccpr/art-19"]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Yangisi 395 moddadan iborat bo‘lsa, amaldagi kodeks 302 moddadan tashkil topgan.", []),
        ("Uning qilmishi JKning 139-moddasi tarkibini tashkil etadi.", ["uz/criminal-code-1994/art-139"]),
    ],
)
def test_what_a_law_consists_of_is_a_count(text, cited):
    assert found(text, "uz", "uz", "2021") == cited


@pytest.mark.parametrize(
    ("date", "text", "cited"),
    [
        ("2019-11", "Кылмыш-жаза кодексинин 39 жана 130-беренелери", ["39", "130", "kg/criminal-code-2017"]),
        ("2022-04", "Жазык кодексинин 379-беренеси", ["379", "kg/criminal-code-2021"]),
        ("2020-04", "Жазык кодексинин 379-беренеси", ["379", "kg/criminal-code-2017"]),
        ("2022-04", "Жазык кодексинин 313-беренеси", ["313", "kg/criminal-code-2017"]),
        ("2022-04", "2020-жылы Жазык кодексинин 379-беренеси колдонулган", ["379", "kg/criminal-code-2017"]),
    ],
)
def test_a_code_by_the_name_of_another_edition_is_that_of_the_date_and_flagged(date, text, cited):
    *articles, statute = cited
    citations = find_citations(text, Context("ky", ("kg",), date))
    assert [(c.article, c.statute) for c in citations] == [(article, statute) for article in articles]
    own = {"kg/criminal-code-2017": "Жазык", "kg/criminal-code-2021": "Кылмыш-жаза"}[statute] in text
    assert all(("edition-assumed" in c.flags) is not own for c in citations)


@pytest.mark.parametrize(
    ("lang", "country", "text", "cited"),
    [
        ("ky", "kg", "ушул Кодекстин 278-беренесинде каралган", "unresolved/art-278"),
        ("uz", "uz", "ushbu Kodeksning 139-moddasida nazarda tutilgan", "unresolved/art-139"),
        ("ru", "kz", "статья 174 настоящего Кодекса", "unresolved/art-174"),
        ("ru", "kz", "Его судят по статье 174 этого Кодекса.", "kz/criminal-code-2014/art-174"),
        ("ky", "kg", "Кылмыш-жаза кодекси бар. Ушул кодекстин 278-беренеси", "kg/criminal-code-2021/art-278"),
    ],
)
def test_this_code_is_the_one_that_the_text_names(lang, country, text, cited):
    assert found(text, lang, country, "2024") == [cited]


def test_the_letters_of_a_code_before_deputies_are_the_parliament():
    (citation,) = find_citations("КР ЖК депутаты 313-беренени айтты.", Context("ky", ("kg",), "2020-05"))
    assert citation.resolved_by == "document_default"
    assert found("ЖК 313-беренеси менен айыпталган.", "ky", "kg", "2020-05") == ["kg/criminal-code-2017/art-313"]
    assert found("ЖК депутаты 5-берене жөнүндө сүйлөдү.", "ky", "kg", "2020-05") == []


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("قىلمىستىق كودەكستىڭ 174-بابىنا سايكەس", ["kz/criminal-code-2014/art-174"]),
        ("ق ر كونستيتۋتسياسىنىڭ 20-بابىندا", ["kz/constitution-1995/art-20"]),
        ("اكىمشىلىك قۇقىق بۇزۋشىلىق تۋرالى كودەكستىڭ 488-بابى", ["kz/admin-code-2014/art-488"]),
        ("كىتاپتىڭ 20-بەتىندە", []),
    ],
)
def test_kazakh_in_arabic_letters_is_read(text, cited):
    assert found(text, "kk", "kz", "2023") == cited


@pytest.mark.parametrize(
    ("lang", "country", "text", "cited"),
    [
        ("ky", "kg", "Жоруктар кодексинде 187 берене камтылган.", []),
        ("kk", "kz", "Қылмыстық кодексте 467 бап қамтылған.", []),
        ("tg", "tj", "Кодекси ҷиноятӣ 405 модда дорад.", []),
        ("tk", "tm", "Jenaýat kodeksi 18 bapdan we 230 maddadan durýar.", []),
        ("ky", "kg", "Кылмыш-жаза кодекси (5 берене): 1) 195-берене.", ["kg/criminal-code-2021/art-195"]),
        ("ky", "kg", "Кылмыш-жаза кодекси (278 берене) боюнча айыпталды.", ["kg/criminal-code-2021/art-278"]),
        ("ky", "kg", "Укук бузуулар жѳнүндѳ кодексинин 60-беренеси", ["kg/offences-code-2021/art-60"]),
    ],
)
def test_how_many_articles_a_code_has_is_no_article(lang, country, text, cited):
    assert found(text, lang, country, "2023") == cited


@pytest.mark.parametrize(
    ("lang", "country", "text", "cited"),
    [
        ("tg", "tj", "бо моддаи 307 иловаи 3 қисми 2-и Кодекси ҷиноятии ҶТ", "tj/criminal-code-1998/art-307-3/part-2"),
        (
            "tg",
            "tj",
            "аз рӯи моддаи 307, шарҳи 1, қисми 2-и Кодекси ҷиноии ҶТ",
            "tj/criminal-code-1998/art-307-1/part-2",
        ),
        ("tg", "tj", "моддаи 307, шарҳи он дар Кодекси ҷиноии ҶТ", "tj/criminal-code-1998/art-307"),
        ("uz", "uz", "Jinoyat kodeksining 244 1 -moddasi", "uz/criminal-code-1994/art-244-1"),
        ("uz", "uz", "Jinoyat kodeksining 244-modda прим-1", "uz/criminal-code-1994/art-244-1"),
        ("uz", "uz", "Jinoyat kodeksining 139 - moddasi", "uz/criminal-code-1994/art-139"),
        ("tg", "tj", "моддаи 166-и кодекси ҷиноии Ҷумҳурии Узбакистон", "uz/criminal-code-1994/art-166"),
    ],
)
def test_inserted_articles_in_the_ways_of_newspapers(lang, country, text, cited):
    assert found(text, lang, country, "2022")[:1] == [cited]


@pytest.mark.parametrize(
    "text",
    [
        (
            "2013-nji ýylyň 29-njy awgustynda Türkmenistanyň Kanuny bilen tassyklanan Türkmenistanyň Administratiw "
            "hukuk bozulmalary hakynda kodeksine üýtgetmeler girizmeli: 1) 5-nji maddanyň ikinji bölegini aýyrmaly"
        ),
        "Статья 5 Кодекса Туркменистана об административных правонарушениях, утверждённого Законом от 29.08.2013 года",
    ],
)
def test_the_date_of_the_law_that_approved_a_code_tells_its_edition(text):
    (citation,) = find_citations(text, Context("", ("tm",), "2020-10"))
    assert (citation.statute, citation.article) == ("tm/admin-code-2013", "5")


def test_an_article_of_a_law_not_listed_goes_to_no_other_over_words_between():
    text = "Сот «Ырларды колдоо жөнүндө» Мыйзамынын «деген» сөздөрү менен 5-беренесин Конституцияга ылайык деп тапты."
    assert found(text, "ky", "kg", "2024") == []


def test_a_criminal_case_in_the_next_sentence_is_of_the_code_again():
    text = "«Ырларды колдоо жөнүндө» Мыйзамынын нормалары. 278-берене менен кылмыш иши козголгон."
    assert found(text, "ky", "kg", "2024") == ["kg/criminal-code-2021/art-278"]


def test_a_draft_that_is_not_yet_adopted_has_articles_of_its_own():
    text = "Конституцияның 20-бабы сөз бостандығына кепілдік береді. Жаңа жобада бұл норма 23-бапқа көшті."
    cited = ["kz/constitution-1995/art-20", "kz/constitution-2026/art-23"]
    assert found(text, "kk", "kz", "2026-02") == cited
    assert found(text.replace("Жаңа жобада", "Мұнда"), "kk", "kz", "2026-02")[1:] == ["kz/constitution-1995/art-23"]


@pytest.mark.parametrize(
    ("title", "cited"),
    [
        (
            "«Бейбіт жиналыстарды ұйымдастыру және өткізу тәртібі туралы» жаңа Заң (бұдан әрі – Заң) күшіне енді.",
            "kz/peaceful-assemblies-law-2020",
        ),
        (
            "Бейбіт жиналыстарды ұйымдастыру және өткізу тәртібі 25.05.2020 ж. қабылданған арнайы Заңмен белгіленген.",
            "kz/peaceful-assemblies-law-2020",
        ),
        ("Бейбіт жиналыстарды ұйымдастыру және өткізу тәртібі қалада өзгерді, депутаттар Заңмен танысты.", None),
    ],
)
def test_a_law_is_named_over_new_and_special_before_its_law_word(title, cited):
    citations = find_citations(f"{title} Әкімдік жауап береді (Заңның 12-бабы).", Context("kk", ("kz",), "2022"))
    assert [(c.statute, c.article) for c in citations] == [(cited, "12")]


@pytest.mark.parametrize(
    ("lang", "country", "date", "text", "cited"),
    [
        ("tk", "tm", "1999", "1961-nji ýylyň Türkmenistanyň Jenaýat kodeksiniň 98-nji maddasy", []),
        (
            "tk",
            "tm",
            "1999",
            "1997-nji ýylyň Türkmenistanyň Jenaýat kodeksiniň 98-nji maddasy",
            ["tm/criminal-code-1997/art-98"],
        ),
        ("ru", "kz", "1999", "по статье 60 Уголовного кодекса Казахстана 1959 года", []),
        (
            "ru",
            "kz",
            "2010",
            "по статье 174 Уголовного кодекса Казахстана 1995 года",
            ["kz/criminal-code-1997/art-174"],
        ),
    ],
)
def test_a_code_of_a_year_long_before_all_that_are_listed_is_none_of_them(lang, country, date, text, cited):
    assert found(text, lang, country, date) == cited


@pytest.mark.parametrize(
    ("lang", "country", "text", "cited"),
    [
        ("ky", "kg", "Кылмыш-жаза кодексинин 330-беренесинин 3-бөлүмү менен", ["kg/criminal-code-2021/art-330/part-3"]),
        ("ky", "kg", "Кылмыш-жаза кодексинин 3-бөлүмүндөгү 330-берене", ["kg/criminal-code-2021/art-330"]),
        (
            "tg",
            "tj",
            "моддаҳои 32, қ. 3 – 189, қ. 2 (таҳрик)-и КҶ ҶТ",
            ["tj/criminal-code-1998/art-32/part-3", "tj/criminal-code-1998/art-189/part-2"],
        ),
        (
            "tg",
            "tj",
            "моддаи 32, қ. 3 моддаи 189-и КҶ ҶТ",
            ["tj/criminal-code-1998/art-32", "tj/criminal-code-1998/art-189/part-3"],
        ),
        (
            "tg",
            "tj",
            "қисми 2 моддаи 5, сархатҳои дуюм ва сеюми қисми 1 ва қисми 4 моддаи 9 Кодекси ҷиноятии Тоҷикистон",
            [
                "tj/criminal-code-1998/art-5/part-2",
                "tj/criminal-code-1998/art-9/part-1/point-2",
                "tj/criminal-code-1998/art-9/part-1/point-3",
                "tj/criminal-code-1998/art-9/part-4",
            ],
        ),
        (
            "ru",
            "kz",
            "подпунктов 4) и 5) части второй пункта 3 статьи 9 Закона РК «О мирных собраниях»",
            [
                "kz/peaceful-assemblies-law-2020/art-9/part-3/point-4",
                "kz/peaceful-assemblies-law-2020/art-9/part-3/point-5",
            ],
        ),
        (
            "ru",
            "kz",
            "подпункта 4) пункта 3 статьи 9 Закона РК «О мирных собраниях»",
            ["kz/peaceful-assemblies-law-2020/art-9/part-3/point-4"],
        ),
    ],
)
def test_every_part_is_that_of_its_own_article(lang, country, text, cited):
    assert found(text, lang, country, "2023") == cited


def test_a_letter_doubled_in_another_place_leaves_the_code_what_it_is():
    text = "Тергөөчү Жазык проццестик кодексинин 212-беренесине таянды."
    (citation,) = find_citations(text, Context("ky", ("kg",), "2020"))
    assert (citation.statute, citation.flags) == ("kg/criminal-procedure-code-2017", ("name-approximate",))
    assert outside("Жол проццестик кодексинин 212-беренеси", "ky", "kg", "2020") == ["212"]
