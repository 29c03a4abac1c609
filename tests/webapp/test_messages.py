import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import webapp
from analysis.errors import DataError
from schema import COUNTRIES, FACET_NAMES
from search.request import SORTS
from webapp import errors, messages

HERE = Path(webapp.__file__).parent
SOURCES = [*HERE.glob("templates/*"), *HERE.glob("*.py")]
LITERAL = re.compile(r"""(?:\bt|\bwords|\))\(\s*['"]([a-z_]+\.[a-z_0-9]+)['"]\s*[,)]""")
ENGLISH = messages.load("en").texts

# Keys whose last part is an id of another room, and all such ids.
BUILT = {
    "facet": FACET_NAMES,
    "sort": SORTS,
    "country": COUNTRIES,
    "error": [f"{part}_{status}" for part in ("title", "text") for status in errors.SAID],
    "home": [f"example{n}" for n in range(1, 6)],
    "help": [f"{part}{n}" for part in ("query", "says") for n in range(1, 9)],
    "about": [f"{part}{n}" for part in ("privacy", "access") for n in range(1, 4)],
    "tree": ["article", "part", "point", "general"],
    "receipt": ["source_rule", "source_given", "source_override", "source_inferred", "source_title"],
}
OPEN = ("limit.", "reason.", "meta.", "note.")  # asked with a fallback: any id may come


def used() -> set[str]:
    literal = {key for path in SOURCES for key in LITERAL.findall(path.read_text("utf-8"))}
    return literal | {f"{section}.{key}" for section, keys in BUILT.items() for key in keys}


def arguments(pattern: str) -> set[str]:
    """Names of the arguments: a brace at an even depth opens one, at an odd depth the words of a plural form."""
    names, depth = set(), 0
    for found in re.finditer(r"\{(\w*)|\}", pattern):
        if found[0] != "}" and depth % 2 == 0:
            names.add(found[1])
        depth += -1 if found[0] == "}" else 1
    return names


def test_every_message_that_is_asked_for_is_in_the_catalogue() -> None:
    assert used() - set(ENGLISH) == set()


def test_every_message_of_the_catalogue_is_asked_for() -> None:
    assert {key for key in ENGLISH if not key.startswith(OPEN)} - used() == set()


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_each_language_has_the_same_keys_with_the_same_arguments(lang: str) -> None:
    texts = messages.load(lang).texts
    assert set(texts) == set(ENGLISH)
    for key, text in texts.items():
        assert arguments(text) == arguments(ENGLISH[key]), f"{lang} {key}"
        assert text == text.strip(), f"{lang} {key}"
        assert text, f"{lang} {key}"
        assert "''" not in text, f"{lang} {key}: ICU reads two apostrophes as one"


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_every_pattern_is_one_that_icu_can_format_for_every_plural_form(lang: str) -> None:
    words = messages.load(lang)
    for key, text in words.texts.items():
        for count in (0, 1, 2, 5, 11, 21, 1_000_000):
            said = words(key, **dict.fromkeys(arguments(text), count))
            assert said
            assert "{" not in said, key
            assert "#" not in said, key


def test_a_language_that_is_not_english_leaves_almost_nothing_in_english() -> None:
    same = {"results.title", "home.example2"}
    for lang in messages.LANGUAGES[1:]:
        texts = messages.load(lang).texts
        assert {key for key in texts if texts[key] == ENGLISH[key]} <= same


def test_russian_has_its_three_plural_forms() -> None:
    words = messages.load("ru")
    said = [words("results.count", count=n) for n in (1, 2, 5, 11, 21, 104)]
    assert said == ["1 документ", "2 документа", "5 документов", "11 документов", "21 документ", "104 документа"]


def test_a_missing_message_names_language_and_key() -> None:
    with pytest.raises(DataError, match=r"kk\.toml: no message 'no\.such'"):
        messages.load("kk")("no.such")


def test_a_catalogue_with_a_nested_table_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xx.toml").write_text('[a]\nb = ["no text"]\n', "utf-8")
    monkeypatch.setattr(messages, "FOLDER", tmp_path)
    with pytest.raises(DataError, match=r"xx\.toml: a\.b"):
        messages.load("xx")


def test_catalogues_are_the_languages_of_the_interface_and_no_others() -> None:
    assert {path.stem for path in messages.FOLDER.iterdir()} == set(messages.LANGUAGES) == set(messages.NAMES)
    for path in messages.FOLDER.iterdir():
        assert tomllib.loads(path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("kk-KZ,ru;q=0.8", "kk"),
        ("de,ru;q=0.5", "ru"),
        ("uz;q=0.9,en;q=0.3", "uz"),
        ("", "en"),
        ("*", "en"),
        (";;;q", "en"),
        ("ru-" + "a" * 600, "en"),
    ],
)
def test_the_language_of_the_reader_is_found(header: str, lang: str) -> None:
    assert messages.negotiate(header) == lang


@given(st.text(max_size=80))
def test_any_accept_language_header_gives_a_language_that_we_have(header: str) -> None:
    assert messages.negotiate(header) in messages.LANGUAGES


def test_dates_are_as_precise_as_they_are_known_and_in_the_words_of_the_language() -> None:
    english = messages.load("en")
    assert [english.date(d) for d in ("2019", "2019-10", "2019-10-30")] == ["2019", "October 2019", "30 October 2019"]
    assert messages.load("ru").date("2019-10-30") == "30 октября 2019\u202fг."
    assert messages.load("kk").date("2019-10-30") == "2019 жылғы 30 қазан"
    assert [messages.load("uz").date(d) for d in ("2019", "2019-10", "2019-10-30")] == [
        "2019",
        "2019-yil oktabr",
        "2019-yil 30-oktabr",
    ]


@pytest.mark.parametrize("text", ["", "unknown", "2019-13", "2019-02-31", "12/05/2019", "2019-1-2-3"])
def test_what_is_no_date_is_shown_as_it_is(text: str) -> None:
    assert messages.load("en").date(text) == text


def test_braces_in_a_value_are_no_pattern() -> None:
    assert messages.load("en")("results.none", query="{count, plural}'") == "No documents for “{count, plural}'”"


@given(st.text(st.characters(exclude_categories=("Cs",))), st.integers(0, 10**9))
def test_a_text_stands_in_its_message_as_it_is(text: str, count: int) -> None:
    number = messages.load("en").number(count)
    assert messages.load("en")("results.title", query=text, count=count) == f"{text} ({number})"
