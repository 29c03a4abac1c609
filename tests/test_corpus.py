"""The documents that come with the project keep the promises of ``corpus/README.md``."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

import schema

CORPUS = Path(__file__).parent.parent / "corpus"
ROOMS = ("articles", "cases", "notes")

AT_LEAST = {"ru": 14, "kk": 10, "kk-Latn": 2, "ky": 9, "uz": 4, "uz-Cyrl": 4, "tg": 4, "tk": 4, "en": 13}
"""Documents promised for each language and script."""

REQUIRED = {"title", "lang", "source"}
OPTIONAL = {"date", "country", "year"}

SHARED_WORDS = 8
"""A run of this many words that also stands in a source report is no longer our own wording."""

TREATY = "International Covenant on Civil and Political Rights"
"""An official name of seven words; it is everybody's wording."""


class Entry(NamedTuple):
    """One file of the corpus: its front matter and the text below it."""

    path: Path
    meta: dict[str, Any]
    text: str


def _read(path: Path) -> Entry:
    _, meta, text = path.read_text(encoding="utf-8").split("---\n", 2)
    return Entry(path, yaml.safe_load(meta), text)


FILES = sorted(p for room in ROOMS for p in (CORPUS / room).iterdir())
ENTRIES = [_read(p) for p in FILES]
each_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.path.relative_to(CORPUS).as_posix())


def test_every_language_has_the_promised_number_of_documents() -> None:
    counts = Counter(e.meta["lang"] for e in ENTRIES)
    assert {lang: counts[lang] >= n for lang, n in AT_LEAST.items()} == dict.fromkeys(AT_LEAST, True)
    assert set(counts) == set(AT_LEAST)
    assert {lang.split("-")[0] for lang in counts} == set(schema.LANGUAGES)


def test_the_corpus_folder_holds_documents_and_what_speaks_about_them_only() -> None:
    assert {p.name for p in CORPUS.iterdir()} - {"overrides.toml"} == {"README.md", *ROOMS}


def test_every_case_is_told_in_at_least_two_languages() -> None:
    languages: dict[str, set[str]] = {}
    for entry in ENTRIES:
        if entry.path.parent.name == "cases":
            languages.setdefault(entry.path.name.split(".")[0], set()).add(entry.meta["lang"])
    assert len(languages) == 5
    assert all(len(told) >= 2 for told in languages.values()), languages


def test_most_documents_leave_country_and_year_to_the_program() -> None:
    given = [e for e in ENTRIES if {"country", "year"} & e.meta.keys()]
    assert 0.2 <= len(given) / len(ENTRIES) <= 0.5


def test_no_two_documents_have_the_same_title() -> None:
    assert [t for t, n in Counter(e.meta["title"] for e in ENTRIES).items() if n > 1] == []


@each_entry
def test_the_front_matter_has_the_keys_of_the_readme_and_sound_values(entry: Entry) -> None:
    meta = entry.meta
    assert REQUIRED <= meta.keys() <= REQUIRED | OPTIONAL
    assert all(isinstance(meta[key], str) and meta[key].strip() for key in REQUIRED)
    assert meta.get("country", "kz") in schema.COUNTRIES
    assert 1990 <= meta.get("year", 1990) <= 2026
    assert re.fullmatch(r"\d{4}(-\d\d){0,2}", str(meta.get("date", "2016")))
    if isinstance(meta.get("date"), datetime.date):
        assert meta.get("year", meta["date"].year) == meta["date"].year


@each_entry
def test_the_file_name_is_ascii_and_ends_in_the_language(entry: Entry) -> None:
    assert re.fullmatch(r"[a-z0-9-]+\.[a-z-]+\.md", entry.path.name)
    assert entry.path.name.split(".")[1] == entry.meta["lang"].lower()


@each_entry
def test_the_document_is_short_plain_and_in_nfc(entry: Entry) -> None:
    raw = entry.path.read_text(encoding="utf-8")
    assert raw == unicodedata.normalize("NFC", raw)
    assert not re.search("[\u00a0\u00ad\u200b-\u200f\ufeff\t]", raw)
    assert not re.search(r"[*_`<>\[\]|]|https?:", entry.text), "no markup beyond headings and lists"
    assert 40 <= len(entry.text.split()) <= 250


RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
LATIN = "abcdefghijklmnopqrstuvwxyz"
LETTERS = {
    "ru": (RUSSIAN, "", 0.0),
    "kk": (RUSSIAN + "әғқңөұүһі", "әғқұі", 0.30),
    "ky": (RUSSIAN + "ңөү", "ңөү", 0.05),
    "uz-Cyrl": ("абвгдеёжзийклмнопрстуфхцчшъьэюяўқғҳ", "ўқғҳ", 0.10),
    "tg": ("абвгдеёжзийклмнопрстуфхчшъэюяғӣқӯҳҷ", "ӣӯҷ", 0.05),
    "kk-Latn": ("abdefgğhıijklmnñoöpqrsştuūüvyzäc", "ğıñūq", 0.30),
    "uz": ("abdefghijklmnopqrstuvxyzõĝc", "õĝ", 0.03),
    "tk": ("abçdeäfghijžklmnňoöprsştuüwyýzckv", "äňžýç", 0.20),
    "en": (LATIN, "w", 0.03),
}
"""Language -> its letters, letters that its neighbours lack, and the least share of words that hold one of these."""

OWN_WORDS = 0.91
"""Least share of words written in the letters of the language; the rest are quotations and names."""


def _words(text: str) -> list[str]:
    """Words of letters in lower case; Uzbek oʻ and gʻ as one letter each, a final apostrophe is a quotation mark."""
    folded = re.sub("[og]['‘](?=[a-z])", lambda m: {"o": "õ", "g": "ĝ"}[m[0][0]], text.lower())
    return re.findall(r"[^\W\d_]+", folded)


def _languages_by_letters(text: str) -> set[str]:
    words = _words(text)
    own = {lang: sum(set(w) <= set(letters) for w in words) for lang, (letters, _, _) in LETTERS.items()}
    signs = {lang: sum(bool(set(w) & set(sign)) for w in words) for lang, (_, sign, _) in LETTERS.items()}
    fitting = {
        lang
        for lang, (_, _, least) in LETTERS.items()
        if own[lang] >= OWN_WORDS * len(words) and signs[lang] >= least * len(words)
    }
    # Russian has no letter of its own: it is left when no neighbour shows its signs
    return fitting - {"ru"} or fitting


@each_entry
def test_the_letters_of_a_document_speak_for_its_language_and_no_other(entry: Entry) -> None:
    assert _languages_by_letters(entry.text) == {entry.meta["lang"]}


def test_the_letters_of_a_foreign_text_do_not_pass() -> None:
    russian = next(e for e in ENTRIES if e.meta["lang"] == "ru")
    kazakh = next(e for e in ENTRIES if e.meta["lang"] == "kk")
    mangled = kazakh.text.translate(str.maketrans("әғқңөұүһі", "агкноууии"))
    assert _languages_by_letters(mangled) == {"ru"} == _languages_by_letters(russian.text)


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", text.replace(TREATY, "ICCPR").casefold())
    return zip(*(words[i:] for i in range(SHARED_WORDS)), strict=False)


@pytest.mark.shared
def test_no_document_borrows_a_run_of_words_from_a_report(shared: Path) -> None:
    seeds = sorted((shared / "samples" / "seeds").glob("*.txt"))
    assert len(seeds) == 5
    theirs = {run for seed in seeds for run in _runs(seed.read_text(encoding="utf-8"))}
    ours = {run for e in ENTRIES for run in _runs(f"{e.meta['title']}\n{e.text}")}
    assert ours
    assert {" ".join(run) for run in ours & theirs} == set()
