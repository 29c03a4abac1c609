"""The text of a law speaks of itself; the language of a text alone names no country."""

import pytest

from analysis.citations import Context, find_citations, find_mentions


def headings(word, numbers):
    return "".join(f"{word.format(n=n)}\nТекст нормы.\n" for n in numbers)


def statutes(text, **context):
    return {c.statute for c in find_citations(text, Context(**context))}


@pytest.mark.parametrize(
    ("below", "date"),
    [
        ("от 28 октября 2021 года № 127", "2021-10-28"),
        ("от 28 октября 2021 года № 127", ""),
        ("№ 127", ""),
        ("", "2021-10-28"),
    ],
)
def test_a_number_or_date_of_adoption_tells_the_edition_of_a_laws_own_text(below, date):
    text = f"УГОЛОВНЫЙ КОДЕКС КЫРГЫЗСКОЙ РЕСПУБЛИКИ\n{below}\n" + headings("Статья {n}. Понятие", range(1, 5))
    text += "5. По статье 278 настоящего Кодекса, часть вторая статьи 20 Уголовного кодекса Кыргызской Республики.\n"
    assert statutes(text, countries=("kg",), date=date) == {"kg/criminal-code-2021"}


@pytest.mark.parametrize(("highest", "statute"), [(155, "uz/constitution-2023"), (129, "uz/constitution-2023")])
def test_headings_that_one_edition_admits_decide_for_all(highest, statute):
    text = "O‘zbekiston Respublikasining Konstitutsiyasi\n" + headings("{n}-modda", (1, 2, 3, 29, highest))
    assert statutes(text, lang="uz") == {statute}


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("Эъломияи Умумии Ҳуқуқи Башар", "Моддаи {n}."),
        ("Эъломияи Умимии Ҳуқуқи Башар", "Моддаи {n}."),
        ("ADAM HUKUKLARYNYŇ ÄHLUMUMY JARNAMASY", "{n}‐njy madda:"),
        ("АДАМ ҚҰҚЫҚТАРЫНЫҢ ЖАЛПЫҒА БІРДЕЙ ДЕКЛАРАЦИЯСЫ", "{n} бап"),
        ("Адам Укуктарынын Жалпы Декларациясы", "{n}‐статья"),
        ("Адам Укуктарынын Жалпы Декларациясы", "{n}-берене"),
    ],
)
def test_the_headings_of_the_declaration_are_its_articles_in_every_language(title, heading):
    found = find_citations(f"{title}\n{headings(heading, range(1, 31))}")
    assert [c.id for c in found] == [f"int/udhr/art-{n}" for n in range(1, 31)]
    assert all("heading" in c.flags for c in found)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "Әр адамның конституциямен не заңмен берілген құқықтары бар."),
        ("ky", "Ар бир адам конституция же мыйзам берген укуктарга ээ."),
        ("tk", "Her kim konstitusiýa we kanun bilen berlen hukuklardan peýdalanýar."),
        ("uz", "Har kim konstitutsiya yoki qonun bergan huquqlarga ega."),
        ("tg", "Ҳар кас ҳуқуқҳое дорад, ки конститутсия ё қонун додааст."),
    ],
)
def test_the_language_of_a_text_alone_gives_no_country_to_a_law_it_names(lang, text):
    assert find_mentions(text, Context(lang=lang)) == []
    country = {"kk": "kz", "ky": "kg", "tk": "tm", "uz": "uz", "tg": "tj"}[lang]
    assert [m.statute.split("/")[0] for m in find_mentions(text, Context(lang, (country,)))] == [country]


def test_a_generic_subject_without_a_country_leaves_the_article_unresolved():
    text = "Статья 67. Сведения в средствах массовой информации\nНалагается штраф, ответственность по закону.\n"
    assert [c.id for c in find_citations(text)] == ["unresolved/art-67"]


def test_a_telling_subject_without_a_country_is_flagged():
    (found,) = find_citations("Статья 274. Распространение заведомо ложной информации\nНаказывается штрафом.\n")
    assert found.id == "kz/criminal-code-2014/art-274"
    assert "country-assumed" in found.flags


def test_a_name_in_another_language_brings_its_country():
    (found,) = find_mentions("По-узбекски это «Жиноят кодекси».", Context(lang="ru", countries=("kg",)))
    assert found.statute == "uz/criminal-code-1994"


def test_a_chain_ends_with_its_sentence():
    text = "Уголовный кодекс Узбекистана. Есть две статьи: 139 (клевета) и 140 (оскорбление). Законом их смягчили."
    assert [c.id for c in find_citations(text)] == ["uz/criminal-code-1994/art-139", "uz/criminal-code-1994/art-140"]
