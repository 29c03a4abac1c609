"""Word lists: inflection, capitals, the longest match, and a loader that refuses what it does not know."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import lexicon
from analysis.alphabets import transliterate
from analysis.errors import DataError
from analysis.evidence import Stretch
from analysis.lexicon import Lexicon, Rule
from analysis.tokens import tokenize


def rule(name: str, lang: str, *words: str, value: str = "x") -> Rule:
    return Rule(name, value, "role", frozenset({lang}), False, words, 1.0, (), ())


def found(lex: Lexicon, text: str, lang: str) -> list[tuple[str, str]]:
    stretch = Stretch(text, tokenize(text), 0, len(text), lang, "body", 1.0, "text", 0)
    tokens = stretch.tokens
    return [(m.rule.id, text[tokens[m.first].start : tokens[m.last - 1].end]) for m in lex.find(stretch)]


@pytest.mark.parametrize(
    ("lang", "pattern", "forms", "others"),
    [
        (
            "ru",
            "журналист*",
            "журналист журналиста журналисту журналистом журналистов журналистами",
            "журналистика журналистский",
        ),
        ("ru", "поэт*", "поэт поэта поэтом поэтов", "поэтому поэтический"),
        ("ru", "верующ~", "верующий верующих верующим верующей", "верую"),
        ("kk", "тілші*", "тілші тілшілер тілшінің тілшісі тілшілерге тілшімен", "тілшілік"),
        ("kk", "бөлік*", "бөлік бөлігі бөлігінің бөліктер бөлікте", "бөлікше"),
        ("kk", "журналист*", "журналист журналистер журналистің журналистерге", "журналистика"),
        ("ky", "кабарчы*", "кабарчы кабарчылар кабарчынын кабарчысы кабарчыларга", "кабарчылык"),
        ("uz", "jurnalist*", "jurnalist jurnalistlar jurnalistning журналист журналистларга", "jurnalistika"),
        ("tg", "хабарнигор*", "хабарнигор хабарнигорон хабарнигори хабарнигорро", "хабарнигорист"),
        ("tk", "habarçy*", "habarçy habarçylar habarçynyň habarçysy", "habarçylyk"),
        ("en", "reporter*", "reporter reporters reporter's reporters’", "reporterless"),
    ],
)
def test_a_starred_stem_takes_the_endings_of_its_language_and_no_others(
    lang: str, pattern: str, forms: str, others: str
) -> None:
    lex = Lexicon([rule("r", lang, pattern)])
    assert [f for f in forms.split() if not found(lex, f, lang)] == []
    assert [f for f in others.split() if found(lex, f, lang) and f != pattern.strip("*~")] == []


def test_the_longest_match_wins_and_an_empty_value_hides_what_lies_under_it() -> None:
    lex = Lexicon([rule("press", "en", "press"), rule("hide", "en", "press secretary", value="")])
    assert found(lex, "the press and the press secretary", "en") == [("press", "press"), ("hide", "press secretary")]


def test_a_phrase_does_not_cross_a_comma_or_a_line_end_but_may_cross_a_hyphen() -> None:
    lex = Lexicon([rule("r", "ru", "пресс секретарь")])
    assert found(lex, "пресс-секретарь", "ru") == [("r", "пресс-секретарь")]
    assert found(lex, "пресс, секретарь", "ru") == found(lex, "пресс\nсекретарь", "ru") == []


def test_capitals_in_a_pattern_must_be_capitals_in_the_text() -> None:
    lex = Lexicon([rule("abbr", "ru", "ОО"), rule("city", "ru", "Душанбе*")])
    assert found(lex, "ОО и оо; Душанбе и душанбе, ДУШАНБЕ", "ru") == [
        ("abbr", "ОО"),
        ("city", "Душанбе"),
        ("city", "ДУШАНБЕ"),
    ]


def test_a_rule_counts_in_its_language_and_everywhere_if_the_language_is_unknown() -> None:
    lex = Lexicon([rule("r", "kk", "сот")])
    assert (found(lex, "сот", "ru"), found(lex, "сот", "kk"), found(lex, "сот", "")) == (
        [],
        [("r", "сот")],
        [("r", "сот")],
    )


BROKEN = {
    "unknown key": '[[rule]]\nid = "a"\nwords = ["b"]\nexamples = ["b"]\ncolour = 1',
    "missing key": '[[rule]]\nid = "a"\nexamples = ["b"]',
    "unknown value": '[[rule]]\nid = "a"\nvalue = "mars"\nwords = ["b"]\nexamples = ["b"]',
    "unknown kind": '[[rule]]\nid = "a"\nkind = "odd"\nwords = ["b"]\nexamples = ["b"]',
    "unknown language": '[[rule]]\nid = "a"\nlang = ["fr"]\nwords = ["b"]\nexamples = ["b"]',
    "unknown table": "[colours]\na = 1",
}


@pytest.mark.parametrize("fault", BROKEN)
def test_the_loader_names_file_rule_and_fault(fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lexicon.table("endings.toml")
    (tmp_path / "places.toml").write_text(BROKEN[fault])
    monkeypatch.setattr(lexicon, "DATA", tmp_path)
    table = lexicon.table.__wrapped__
    monkeypatch.setattr(lexicon, "table", lambda name: table(name) if name == "places.toml" else lexicon_table(name))
    with pytest.raises(DataError, match=f"places.toml: .*{fault}|places.toml: {fault}"):
        lexicon.load("places.toml", ("kz",), ("name",))


lexicon_table = lexicon.table


@given(st.text(alphabet="abdefghijklmnopqrstuvxyz'", max_size=20))
def test_a_word_in_a_twin_alphabet_has_no_letter_of_the_first(word: str) -> None:
    assert not set(transliterate(word, "uz-Cyrl")) & set("abcdefghijklmnopqrstuvxyz'")
