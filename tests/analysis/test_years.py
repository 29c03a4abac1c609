"""The year of a document: dates in seven languages, their classes, and the choice (law-and-names §3.3)."""

from __future__ import annotations

import datetime
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import dates, years
from analysis.evidence import read
from analysis.lexicon import table

TODAY = datetime.date(2026, 11, 22)
FILLER = "\n".join(["Nothing in this paragraph tells when anything happened, and nobody minds that at all."] * 12)


def kinds(text: str, title: str = "", lang: str = "") -> list[tuple[str, str]]:
    return [(e.note, e.kind) for e in years.find(read(text, title, lang=lang))]


def year(text: str, title: str = "", url: str = "") -> str:
    found = years.decide(years.find(read(text, title), url=url), TODAY)
    return found.value if found else ""


DATES = {
    "January 22, 2016": "2016-01-22",
    "1 november 2019": "2019-11-01",
    "on March 5th, 2019": "2019-03-05",
    "3 Sept. 2020": "2020-09-03",
    "5 сентября 2019 года": "2019-09-05",
    "12 мая 2021 г.": "2021-05-12",
    "2019 жылғы 30 қазан": "2019-10-30",
    "2019 жылғы 30 қазанда": "2019-10-30",
    "3 шілде 2014 жыл": "2014-07-03",
    "2020-жылдын 31-марты": "2020-03-31",
    "2021-жылдын 5-майында": "2021-05-05",
    "2021-yil 30-mart": "2021-03-30",
    "2021 йил 30 март": "2021-03-30",
    "2023-yil 5-sentabr kuni": "2023-09-05",
    "22 декабри соли 2017": "2017-12-22",
    "2022-nji ýylyň 17-nji apreli": "2022-04-17",
    "30.10.2019": "2019-10-30",
    "2019-10-30": "2019-10-30",
    "30/10/2019": "2019-10-30",
    "2019/10/30": "2019-10-30",
    "в марте 2018 года": "2018-03",
    "2019 жылдың қазан айында": "2019-10",
    "October 2023": "2023-10",
    "in 2018": "2018",
    "в 2018 году": "2018",
}


@pytest.mark.parametrize(("text", "iso"), DATES.items())
def test_a_date_is_read_in_every_language_and_order(text: str, iso: str) -> None:
    assert [note for note, _ in kinds(text)] == [iso]


@pytest.mark.parametrize(
    "text",
    [
        "about 2,000 people",
        "2000 people came",
        "20000 сом",
        "a fine of 2015 roubles",
        "no. 2019",
        "12:2015",
        "ст. 2014",
    ],
)
def test_a_number_without_a_word_that_makes_it_a_year_is_none(text: str) -> None:
    assert kinds(f"{FILLER}\n{text}") == []


@pytest.mark.parametrize("name", ["law", "bio", "background", "future", "boilerplate"])
def test_the_examples_of_a_class_fall_into_it(name: str) -> None:
    for example in table("years.toml")[name]["examples"]:
        assert {kind for _, kind in kinds(example)} == {name}, example
    for example in table("years.toml")[name].get("not_examples", ()):
        assert name not in {kind for _, kind in kinds(example)}, example


def test_a_label_says_on_which_day_a_page_went_out_wherever_it_stands() -> None:
    rows = table("years.toml")["published"]
    for example in rows["examples"]:
        assert kinds(f"{FILLER}\n{'Text before. ' * 9}{example}")[-1][1] == "published", example
    for example in rows["not_examples"]:
        assert kinds(f"{FILLER}\n{'Text before. ' * 9}{example}")[-1][1] != "published", example


def test_the_day_a_page_went_out_wins_over_the_days_it_tells_of_and_over_the_day_it_was_changed() -> None:
    text = f"11 июня 2008 года назначена акимом. {FILLER} Размещено: 25.12.2014 11:02 Изменено: 29.04.2015 09:36"
    assert year(text, "Справка") == "2014"


def test_the_day_a_page_was_changed_is_no_date_line() -> None:
    for example in table("years.toml")["changed"]["examples"]:
        assert kinds(f"{example}\n{FILLER}", "A title")[0][1] == "early", example
    for example in table("years.toml")["changed"]["not_examples"]:
        assert kinds(f"{example}\n{FILLER}", "A title")[0][1] == "byline", example


def test_a_text_is_no_older_than_any_day_it_tells_of() -> None:
    early, late = "On 2 November 2015 a coalition was formed.", "It fell apart on 24 October 2016."
    assert year(f"{early} It lasted, and in November 2015 all was well.\n{FILLER}\n{late}") == "2016"
    assert year(f"{early}\n{FILLER}\nIt shall last until 24 October 2016.") == "2015"


def test_a_life_told_by_years_has_none_of_them() -> None:
    life = "From March 1995 he was a clerk, in May 1998 a head, in August 1998 a minister, and in 2004 he retired."
    assert year(f"{FILLER}\n{life}") == ""
    assert year(f"{FILLER}\n{life.replace('2004', 'old age')}") == "1998"


def test_the_later_end_of_a_period_may_be_a_plan() -> None:
    assert year(f"{FILLER}\nThe meeting was on 5 June 2015, about the plan for the years of 2015–2025.") == "2015"
    assert year(f"{FILLER}\nThe meeting was on 5 June 2015, about the plan of 2025.") == ""


@pytest.mark.parametrize(
    "day", ["on Sunday, 1 May 2016", "в воскресенье, 1 мая 2016 года", "2016 жылғы 1 мамыр, жексенбі"]
)
def test_a_day_of_the_week_beside_a_date_makes_it_news(day: str) -> None:
    assert kinds(f"{FILLER}\nIt was said {day} that all is well.\n{FILLER}") == [("2016-05-01", "early")]


def test_a_month_near_the_head_dates_a_text_unless_it_tells_of_a_later_year() -> None:
    opening = "В апреле 2014 года вышла книга о праве на слово."
    assert year(f"{opening}\n{FILLER}", "Вышла книга") == "2014"
    assert year(f"{opening}\n{FILLER}\nЕё перевели в 2016 году.", "Вышла книга") == ""
    assert year(f"{FILLER}\n{FILLER}\n{opening}", "Вышла книга") == ""


def test_a_name_before_a_date_is_no_month_of_it() -> None:
    text = "Premýer-ministr Theresa May 2018-nji ýylyň 29-njy sentýabrynda geldi."
    assert [note for note, _ in kinds(text, lang="tk")] == ["2018-09-29"]


def test_the_text_of_one_article_of_a_law_has_no_year_of_its_own() -> None:
    text = f"Within 180 days after May 3, 2001, the Mayor shall issue rules.\n{FILLER}"
    assert year(text, "D.C. Code § 25-211. Regulations.") == ""
    assert year(text, "The code of the city, article by article") == "2001"


@pytest.mark.parametrize("example", table("years.toml")["law_life"]["examples"])
def test_the_dates_of_a_law_are_no_evidence(example: str) -> None:
    assert {kind for _, kind in kinds(f"{FILLER}\n{example}")} == {"law"}, example


@pytest.mark.parametrize("example", table("years.toml")["law_life"]["not_examples"])
def test_a_decision_or_a_deed_beside_a_law_keeps_its_date(example: str) -> None:
    assert "law" not in {kind for _, kind in kinds(f"{FILLER}\n{example}")}, example


ABOUT_LAWS = {
    "Article 20 of the Constitution": "It took effect on 10 February 2015 and was rewritten on 4 May 2017.",
    "Статья 5 Закона о печати": "Она принята 3 марта 1998 года; поправка одобрена 9 июня 2011 года.",
    "Баспасөз туралы заңның 5-бабы": "Ол 2001 жылғы 3 ақпанда қабылданып, 2003 жылғы 1 сәуірде күшіне енді.",
    "Басма сөз жөнүндө мыйзамдын 5-беренеси": "Ал 2001-жылдын 3-февралында кабыл алынып, 1-апрелде күчүнө кирген.",
    "Matbuot to'g'risidagi qonunning 5-moddasi": "U 2001-yil 3-fevralda qabul qilingan va 1-apreldan amal qiladi.",
    "Моддаи 5 Қонун дар бораи матбуот": "Он 3 феврали соли 2001 қабул шуд.",
    "Metbugat hakynda Kanunyň 5-nji maddasy": "Ol 2001-nji ýylyň 3-nji fewralynda kabul edildi.",
}


@pytest.mark.parametrize(("title", "text"), ABOUT_LAWS.items())
def test_a_text_about_a_law_without_an_event_has_no_year(title: str, text: str) -> None:
    assert year(f"{FILLER}\n{text}", title) == ""
    assert year(f"{FILLER}\n{text}\nBishkek, 7 June 2019", title) == "2019"


@pytest.mark.parametrize(
    "text",
    [
        "Libel in the code\n\nAmendments of 10 July 2012 moved it. It dates from 12 July 2008 in its present wording.",
        "Клевета в кодексе\n\nЕё декриминализовали 3 июля 2012 года; изменения внесены 5 августа 2014 года.",
        "Кодекстеги жалаа\n\nЖарандык кодекске 2010-жылдын 3-апрелинде өзгөртүүлөр киргизилген.",
        "Jinoyat kodeksi\n\n2011-yil 30-martda kodeksga o'zgartirish kiritildi.",
        "Кодекси ҷиноятӣ\n\nМоддаи 5 14 марти соли 2014 илова карда шуд.",
        "Jenaýat kodeksi\n\nKodekse 2013-nji ýylyň 5-nji fewralynda üýtgetmeler girizildi.",
    ],
)
def test_a_card_of_a_few_words_about_a_law_has_no_year(text: str) -> None:
    assert year(text) == ""


def test_the_history_of_laws_has_no_year_whoever_adopted_them() -> None:
    text = "The law was adopted on 2 May 1992. Another, signed on 5 May 1999, ended in force on 6 June 2014."
    active = "Parliament adopted a new law on 8 July 2014."
    assert year(f"{FILLER}\n{text} {active}", "Three press laws") == ""
    assert year(f"{FILLER}\n{active}", "A summer in parliament") == "2014"


def test_years_of_several_laws_in_a_title_are_none_of_the_document_but_one_is() -> None:
    assert year(FILLER, "The codes of 1997 and 2014") == ""
    assert year(FILLER, "The press and the law in 2014") == "2014"


def test_the_two_ends_of_a_long_period_are_no_event() -> None:
    assert year(f"From 5 September 1995 to 30 June 2016 nobody was free to speak.\n{FILLER}") == ""


def test_a_law_has_the_year_of_its_own_date() -> None:
    text = f"от 3 октября 2012 года № 12\n(В редакции Закона от 8 января 2015 года №4)\n{FILLER}"
    assert year(text, "КОДЕКС О ПЕЧАТИ") == "2012"


@pytest.mark.parametrize("heading", ["Article {}", "Статья {}. О словах", "{}-бап", "{}-modda. So'z", "Моддаи {}"])
def test_a_law_itself_has_no_year_by_the_dates_in_its_articles(heading: str) -> None:
    articles = [f"{heading.format(n)}\nThe head elected on 4 May 2005 stays for the whole term." for n in range(1, 15)]
    assert year("\n".join(articles)) == ""
    assert year("\n".join(a.partition("\n")[2] for a in articles)) == "2005"


def test_a_date_line_under_the_title_decides() -> None:
    text = f"27 september 2022\n{FILLER}\nIn 2015 and on 5 May 2016 and on 6 May 2016 and on 7 May 2016 it was so."
    assert year(text, "A title") == "2022"


def test_a_day_stamped_before_the_first_sentence_decides() -> None:
    text = (
        f"27 сентября 2012 В городе открыли суд, и все пришли посмотреть на него.\n{FILLER}\nOn 5 May 2010 it was so."
    )
    assert year(text, "A title") == "2012"


def test_a_year_on_a_line_of_its_own_at_the_head_decides_and_further_down_does_not() -> None:
    assert year(f"The town and its people\n2014\n{FILLER}", "A title") == "2014"
    assert year(f"{FILLER}\n2014\n{FILLER}", "A title") == ""


def test_a_date_under_the_last_paragraph_decides_too() -> None:
    assert year(f"{FILLER}\nIn 2015 and on 5 May 2016 it was so.\nBishkek, 7 June 2019", "A title") == "2019"


def test_a_date_in_a_statute_is_no_evidence() -> None:
    text = f"{FILLER}\nЗакон от 23 июля 1999 года № 451-I действует."
    assert year(text) == ""
    span = text.index("23"), text.index("№")
    found = years.find(read(text.replace("№ 451-I", "")), laws=[span])
    assert [e.kind for e in found] == ["law"]


def test_a_lone_background_year_leaves_the_document_without_one() -> None:
    assert year(f"He joined the party in 2015.\n{FILLER}\nIn 2015 he sued a user.") == ""


def test_a_month_of_the_past_alone_is_not_enough_but_three_of_one_year_are() -> None:
    assert year(f"{FILLER}\nIt happened in June 2009.") == ""
    text = f"{FILLER}\nIn May 2023 a draft came, in September 2023 a law, in October 2023 another."
    assert year(text) == "2023"


def test_of_two_equal_years_the_later_is_chosen() -> None:
    assert year(f"{FILLER}\nOn 5 May 2016 one thing, on 6 May 2018 another.") == "2018"


def test_a_future_date_bounds_the_year() -> None:
    text = f"{FILLER}\nThe ban of 5 March 2022 holds until the end of March 2024; see 7 May 2031."
    assert year(text) == "2022"


def test_years_before_1990_and_after_today_are_no_document_years() -> None:
    assert year("5 May 1985\nA short text about the past.") == ""
    assert year("5 May 2031\nA short text about the future.") == ""


def test_a_year_in_the_address_counts() -> None:
    assert year(FILLER, url="https://example.org/2023/05/story") == "2023"


def test_a_reporting_period_in_the_title_counts() -> None:
    assert year(FILLER, title="Monitoring: first half of 2014") == "2014"


@settings(max_examples=80, deadline=None)
@given(
    st.dates(datetime.date(1990, 1, 1), TODAY),
    st.sampled_from(["{:%Y-%m-%d}", "{:%d.%m.%Y}", "{:%d %B %Y}", "{:%B %d, %Y}"]),
)
def test_any_written_day_is_read_back(day: datetime.date, form: str) -> None:
    assert [note for note, _ in kinds(f"It happened on {form.format(day)} in the town")] == [day.isoformat()]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789 -./,мая марта2019in\nгода", max_size=120))
def test_spans_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    reading = read(text)
    for stretch in reading.body:
        last = stretch.start
        for dated in dates.dates(stretch):
            assert last <= dated.start < dated.end <= stretch.end
            last = dated.end


@pytest.mark.parametrize(
    "attack", ["2019-", "1 мая ", "in 2019, ", "закон от ", "с с с ", "12.12.", "(2019", "law of 1 May 2019 was "]
)
def test_doubling_an_attack_costs_at_most_twice_and_a_bit(attack: str) -> None:
    def cost(size: int) -> float:
        text = (attack * (size // len(attack) + 1))[:size]
        start = time.process_time()
        years.find(read(text))
        return time.process_time() - start

    runs = [(cost(16_000), cost(32_000)) for _ in range(5)]  # in turns, so that a busy machine slows both
    assert min(big for _, big in runs) <= 2.5 * min(small for small, _ in runs) + 0.02
