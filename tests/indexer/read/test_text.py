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
    document = read(f"The title\n{BODY}\n\nThe title\n\n1 / 1\n> <\nLeave a Reply\n\nConnecting to %s\nUseful? No.")
    assert document.text == BODY


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
