"""Plain text: the title a reader would name, boilerplate out, everything else as it was."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DocumentError
from analysis.tokens import paragraphs
from indexer.document import Document
from indexer.read import MAX_TEXT_CHARS, boilerplate, clean, text
from indexer.read.boilerplate import LineRule

BODY = "The court of the first instance heard the case of the editor on Monday and adjourned it.\nNobody else spoke."


def read(raw: str) -> Document:
    return text.read(raw.encode("utf-8", "surrogatepass"), "a.txt", "id")


@pytest.mark.parametrize(
    "head",
    [
        "",
        "USD 89.43\nEUR 96.36\nRUB 0.97\n\n",
        "1 / 1\n>\n",
        "27 september 2022\n\n",
        "Сөз бостандығы қоры\nФонд свободы слова\nFoundation for Free Speech\n\n",
        "30 октября 2019 г.\nUSD 389,1\n",
    ],
)
def test_the_title_is_the_first_line_that_can_be_one(head: str) -> None:
    document = read(f"{head}The editor and the court\n\n{BODY}")
    assert document.title == "The editor and the court"
    assert document.title not in document.text
    assert BODY in document.text


STAMPED = {
    "10 октября 2013 В Астане открыли суд": ("В Астане открыли суд", "2013-10-10", "10 октября 2013"),
    "Күні: 21 қыркүйек 2015 Сотта отырыс өтті": ("Сотта отырыс өтті", "2015-09-21", "Күні: 21 қыркүйек 2015"),
    "2015 жылдың 15 маусымы Жаңа сот ашылды": ("Жаңа сот ашылды", "2015-06-15", "2015 жылдың 15 маусымы"),
    "21.05.2015 14:30 | Суд открыт": ("Суд открыт", "2015-05-21", "21.05.2015 14:30"),
    "2019-05-21: The court opens": ("The court opens", "2019-05-21", "2019-05-21"),
    "May 21, 2019 – “The court” opens": ("“The court” opens", "2019-05-21", "May 21, 2019"),
}


@pytest.mark.parametrize(("line", "parts"), STAMPED.items())
def test_a_date_before_the_title_is_the_date_and_no_title(line: str, parts: tuple[str, str, str]) -> None:
    document = read(f"{line}\n\n{BODY}")
    assert (document.title, document.date) == parts[:2]
    assert document.text == f"{parts[2]}\n\n{BODY}"


@pytest.mark.parametrize(
    "line",
    [
        "22 января 2016 года Алмалинский суд огласил приговор",
        "2016 жылғы 22 қаңтарда Алматыда сот үкім шығарды",
        "2016-yil 22-yanvarda Toshkentda sud bo'ldi",
        "22 January 2016 was a long day in court",
        "On 22 January 2016 The Court ruled",
    ],
)
def test_a_date_that_is_part_of_the_title_stays_in_it(line: str) -> None:
    assert read(f"{line}\n\n{BODY}").title == line


def test_days_of_several_years_at_the_head_give_the_document_no_date() -> None:
    assert read(f"A digest\n\n5 May 2013\n{BODY}\n6 June 2013\n{BODY}").date == "2013-05-05"
    assert read(f"A digest\n\n5 May 2013\n{BODY}\n6 June 2015\n{BODY}").date == ""


def test_a_title_in_capitals_is_put_together_from_its_lines() -> None:
    document = read(f"A GUIDE TO THE\nCOURTS OF FIRST INSTANCE\nAND BEYOND\nBy nobody\n{BODY}")
    assert document.title == "A GUIDE TO THE COURTS OF FIRST INSTANCE AND BEYOND"
    assert document.text == f"By nobody\n{BODY}"
    assert read(f"A GUIDE TO THE\n\nCOURTS\n\n{BODY}").title == "A GUIDE TO THE"
    assert read(f"A guide\nTO THE COURTS\n{BODY}").title == "A guide"
    assert len(read("\n".join(["MANY WORDS IN CAPITALS"] * 11 + [BODY])).title) <= 200


def test_when_a_law_was_adopted_is_not_its_title() -> None:
    document = read(f"Принята на сходе 12 декабря 2013 года\n\nУСТАВ ОБЩЕСТВА\n\n{BODY}")
    assert document.title == "УСТАВ ОБЩЕСТВА"
    assert document.text.startswith("Принята на сходе")
    assert read("Принята на сходе 12 декабря 2013 года").title == "Принята на сходе 12 декабря 2013 года"


def test_the_name_of_a_site_in_three_languages_stays_in_the_text() -> None:
    document = read(f"Сөз бостандығы қоры\nФонд свободы слова\nFoundation for Free Speech\n\nThe title\n{BODY}")
    assert document.text.startswith("Сөз бостандығы қоры\nФонд свободы слова\nFoundation for Free Speech\n")
    assert document.lang == "en"
    assert [p.lang for p in document.passages][:3] == ["kk", "ru", "en"]


def test_a_long_first_line_gives_the_beginning_of_the_title_and_stays() -> None:
    line = "word " * 100 + "end."
    document = read(f"{line}\n{BODY}")
    assert document.title.endswith("…")
    assert len(document.title) <= clean.MAX_TITLE_CHARS
    assert document.text.startswith("word word")


def test_boilerplate_goes_and_the_paragraphs_around_it_stay() -> None:
    document = read(f"The title\n{BODY}\n\nThe title\n\n1 / 1\n> <\nLeave a Reply\n\nConnecting to %s\n2 comments\nNo.")
    assert document.text == BODY


def test_what_follows_the_link_to_a_form_for_comments_is_text() -> None:
    document = read(f"The title\n{BODY}\nLeave a comment\nThe report of the court itself stands below the link.")
    assert [*filter(None, document.text.splitlines())] == [
        *BODY.splitlines(),
        "The report of the court itself stands below the link.",
    ]


@pytest.mark.parametrize("rule", boilerplate.rules(), ids=lambda r: r.id)
def test_a_boilerplate_rule_takes_its_examples_and_leaves_its_counter_examples(rule: LineRule) -> None:
    assert [e for e in rule.examples if not rule.matches(e)] == []
    assert [e for e in rule.not_examples if rule.matches(e)] == []


def test_odd_characters_are_cleaned_and_direction_marks_leave_the_title_only() -> None:
    document = read("\ufeffA \u202etitle\u202c of it\r\nOne\x00 line \u202ehere\r\n\r\n\r\n\r\n\r\nAnother.")
    assert document.title == "A title of it"
    assert clean.text("a\ud800b") == "a\ufffdb"
    assert document.text == "One line \u202ehere\n\n\nAnother."


@pytest.mark.parametrize("raw", ["", " \n\t\n", "\x00\x00", "USD 89.43\nEUR 96.36"])
def test_a_text_of_nothing_is_refused_or_at_least_kept_whole(raw: str) -> None:
    try:
        document = read(raw)
    except (DocumentError, UnicodeError):
        return
    assert document.text + document.title


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(DocumentError, match="5 million characters"):
        read("a " * (MAX_TEXT_CHARS // 2 + 1))


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=300) | st.text(alphabet="ab cд.\n\r\t12")
)
def test_passages_are_the_paragraphs_of_the_kept_text_and_lie_inside_it(raw: str) -> None:
    try:
        document = read(raw)
    except (DocumentError, UnicodeError):
        return
    assert [(p.start, p.end) for p in document.passages] == list(paragraphs(document.text))
    assert "\r" not in document.text
    assert not re.search(r"\n\s*\n\s*\n\s*\n", document.text)
    words = re.findall(r"\w+", clean.text(raw))
    kept = set(re.findall(r"\w+", document.text + " " + document.title))
    assert kept <= {*words, *re.findall(r"\w+", document.title)}
