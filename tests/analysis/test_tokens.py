"""Where a word ends, and that offsets never lie."""

from __future__ import annotations

import itertools

import icu
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.tokens import APOSTROPHES, boundaries, fold, paragraphs, repair_script, tokenize

TEXTS = st.text(
    st.one_of(
        st.sampled_from("абвгдежзий қөүіңғһә ўҳҷӣӯ abcxyz öäüşçňý '’‘ʻ-–.,:;()«»\n\t\u00a0\u00ad0123456789¹²№😀𝐅"),
        st.characters(),
    ),
    max_size=80,
)


@given(TEXTS)
@example("a\ud800b")
@example("Ақпарат 😀 𝐅ree сөз")
def test_the_pieces_between_boundaries_joined_are_the_text(text: str) -> None:
    """Boundaries rise from 0 to the length of the text."""
    bounds = boundaries(text)
    assert bounds[0] == 0
    assert bounds[-1] == len(text)
    assert all(a < b for a, b in itertools.pairwise(bounds)) or not text


@given(TEXTS)
def test_a_token_is_the_folded_form_of_the_text_under_it(text: str) -> None:
    """Offsets point at the very word, in order, without overlap."""
    end = 0
    for token in tokenize(text):
        assert end <= token.start < token.end
        assert fold(text[token.start : token.end]) == token.text != ""
        end = token.end


@given(TEXTS)
def test_a_character_outside_the_basic_plane_in_front_only_moves_the_tokens(text: str) -> None:
    """The shift law: naive use of ICU's UTF-16 offsets breaks it."""
    moved = [(t.text, t.start - 2, t.end - 2) for t in tokenize("😀 " + text) if t.start >= 2]
    assert moved == [tuple(t) for t in tokenize(text)]


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    """A folded form is its own folded form."""
    for token in tokenize(text):
        assert fold(token.text) == token.text


@pytest.mark.parametrize("apostrophe", list("'’‘ʻʼ`´"))
def test_every_apostrophe_of_uzbek_folds_to_one(apostrophe: str) -> None:
    """O‘zbekiston is one form, however its letter is typed."""
    assert fold(f"O{apostrophe}zbekiston") == "o'zbekiston"


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("Mangіlіk", "mangilik"),
        ("Cтатья", "статья"),
        ("ＩＺＤＥ", "izde"),
        ("Straße", "strasse"),
        ("'abc'", "abc"),
        ("—", ""),
    ],
)
def test_a_word_is_folded_to_one_script_and_one_case(typed: str, form: str) -> None:
    """Look-alike letters of the other script, wide letters, ß, quotes at the edges."""
    assert fold(typed) == form


@given(TEXTS)
def test_paragraphs_hold_every_visible_character_once(text: str) -> None:
    """What lies outside the paragraphs is white space."""
    spans = list(paragraphs(text))
    outside = "".join(
        text[a:b] for a, b in zip([0, *(e for _, e in spans)], [*(s for s, _ in spans), len(text)], strict=True)
    )
    assert not outside.strip()
    assert all(text[a:b].strip() == text[a:b] != "" for a, b in spans)


def test_every_letter_folds_as_icu_folds_it() -> None:
    """The short way for small plain letters of one script is the long way, for each letter beside one of each."""
    icu_fold = icu.Normalizer2.getNFKCCasefoldInstance().normalize
    apostrophes_and_invisible = {ord(c) for c in APOSTROPHES} | {0xAD}
    for code in range(0x30, 0x2000):
        for word in (chr(code), f"7{chr(code)}", f"B{chr(code)}", f"{chr(code)}Ж"):
            if code not in apostrophes_and_invisible and chr(code).isalnum():
                assert fold(word) == repair_script(icu_fold(word))
