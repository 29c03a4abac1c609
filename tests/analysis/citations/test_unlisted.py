"""Laws that the registry does not hold: what is said of them is no article of a law that it holds."""

import pytest

from analysis.citations import Context, find_citations, find_mentions


def cited(text, country="", date=""):
    found = find_citations(text, Context(countries=(country,) if country else (), date=date))
    return [(c.country, c.id) for c in found]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Водный кодекс Кыргызской Республики. Статья 18. Национальная водная стратегия", "kg"),
        ("Трудовой кодекс РК, статья 174", "kz"),
        ("ст. 144 УПК РФ", "ru"),
        ("Кодекс торгового мореплавания Российской Федерации. Статья 319. Солидарная ответственность", "ru"),
        ("Кодекса Республики Казахстан «О налогах и других платежах», статья 174", "kz"),
        ("Согласно ст. 174 ТК РК, работодатель обязан.", "kz"),
        ("Еңбек кодексінің 174-бабы", "kz"),
        ("Моддаи 189 Кодекси меҳнати ҶТ", "tj"),
        ("Article 174 of the labour code of Kazakhstan", "kz"),
        ("Закон РК «О нотариате», статья 20", "kz"),
        ("Article 85 GDPR", "kz"),
    ],
)
def test_a_code_or_title_that_is_not_listed_is_outside(text, country):
    assert [place for place, _ in cited(text, country)] == ["other"]


def test_what_follows_a_law_that_is_not_listed_is_outside_as_well():
    assert [place for place, _ in cited("Мехнат кодекси. Статья 33 Трудового кодекса и статья 174.", "kz")] == [
        "other"
    ] * 2
    assert cited("Статья 5 Закона РК «О нотариате». По статье 19 этого закона тайна охраняется.", "kz") == [
        ("other", "unresolved/art-5"),
        ("other", "unresolved/art-19"),
    ]


def test_a_case_told_after_it_is_that_of_the_criminal_code():
    assert cited("Налоговый кодекс он изучил. Его осудили по статье 174.", "kz", "2020")[-1] == (
        "kz",
        "kz/criminal-code-2014/art-174",
    )


def test_a_law_listed_for_one_country_is_not_taken_for_that_of_another():
    assert [place for place, _ in cited("статья 41 закона о связи", "kg")] == [None]
    assert [place for place, _ in cited("статья 41 закона о связи", "kz")] == ["kz"]


@pytest.mark.parametrize("word", ["Статья {n}. Порядок использования герба", "{n}-бап. Елтаңбаны пайдалану тәртібі"])
def test_the_headings_of_a_law_that_is_not_told_are_no_articles_of_the_constitution(word):
    text = "Конституционный закон\n" + "".join(f"{word.format(n=n)}\nТекст нормы.\n" for n in (4, 5, 20))
    assert {c.statute for c in find_citations(text, Context(countries=("kz",)))} == {None}


def test_a_number_of_another_year_is_another_law():
    assert find_mentions("Федеральный закон от 26.04.2007 № 63-ФЗ изменил его.") == []
    (known,) = find_mentions("Федеральный закон от 13.06.1996 № 63-ФЗ изменил его.")
    assert known.statute == "ru/criminal-code-1996"


def test_the_constitution_of_a_country_without_one_here_is_foreign():
    found = find_citations("The United States Constitution, Article 5; Russia is mentioned.", Context(lang="en"))
    assert {c.statute for c in found} == {None}
