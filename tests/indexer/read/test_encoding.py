"""Bytes to text: marks, declarations, UTF-8, and the encodings of the region."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.read.encoding import decode

RUSSIAN = "В четверг суд города приговорил журналиста к двум годам лишения свободы за статью о воде."
KAZAKH = "Сот журналисті кінәлі деп таныды, бірақ оның қорғаушылары үкімге наразылық білдірді."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "koi8-r", "cp866"]
)
def test_russian_is_read_in_every_encoding_met(encoding: str) -> None:
    assert decode(RUSSIAN.encode(encoding)) == RUSSIAN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "kz1048", "ptcp154"])
def test_kazakh_is_read_in_every_encoding_met(encoding: str) -> None:
    assert decode(KAZAKH.encode(encoding)) == KAZAKH


def test_a_declared_encoding_comes_before_any_guess_and_a_wrong_one_is_passed_over() -> None:
    assert decode(RUSSIAN.encode("mac-cyrillic"), "mac-cyrillic") == RUSSIAN
    assert decode(RUSSIAN.encode(), "no-such-encoding") == RUSSIAN
    assert decode(RUSSIAN.encode(), "ascii") == RUSSIAN
    assert decode(RUSSIAN.encode(), "base64") == RUSSIAN


def test_utf_16_of_latin_letters_is_not_taken_for_utf_8() -> None:
    text = "The court found the editor guilty of defamation in the city."
    assert decode(text.encode("utf-16-le")) == text


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnicodeError):
        decode(bytes(range(256)) * 20)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_utf_8_is_always_read_as_it_is(text: str) -> None:
    assert decode(text.encode("utf-8")) == text.removeprefix("\ufeff")
