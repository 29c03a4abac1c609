"""The word lists of citations refuse what they do not know, naming file and key."""

import shutil
from importlib import import_module

import pytest

from analysis.citations import words
from analysis.errors import DataError


@pytest.mark.parametrize(
    ("name", "added", "said"),
    [
        ("numerals.toml", "[fractions]\nen = ['half']\n", "numerals.toml: unknown key fractions"),
        ("numerals.toml", "dual = ['a']\n", "numerals.toml: endings: unknown key dual"),
        ("cues.toml", "[poetry]\nfr = ['rime']\n", "cues.toml: poetry: unknown key fr"),
        ("keywords.toml", "color = 'red'\n", "unknown key color"),
    ],
)
def test_an_unknown_key_is_refused_with_its_file(tmp_path, monkeypatch, name, added, said):
    shutil.copytree(words.DATA, tmp_path, dirs_exist_ok=True)
    with (tmp_path / name).open("a", encoding="utf-8") as file:
        file.write(f"\n{added}")
    monkeypatch.setattr(words, "DATA", tmp_path)
    words.read_table.cache_clear()
    words.keywords.cache_clear()
    try:
        with pytest.raises(DataError, match=said):
            words.Words()
    finally:
        words.read_table.cache_clear()
        words.keywords.cache_clear()


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("countries.toml", "[kz]\n", "[kz]\ncapital = ['астана']\n", "countries.toml: kz: unknown key capital"),
        ("countries.toml", "[kz]\n", "[xx]\nwords = []\n[kz]\n", "countries.toml: unknown key xx"),
        ("countries.toml", 'abbreviations = ["РФ", "RF"]', 'abbreviations = "РФ"', "ru.abbreviations: a list of words"),
        ("generic.toml", 'code = ["code"', 'code = [""', "generic.toml: code: a list of words"),
        ("generic.toml", "[same]", "[similar]\n[same]", "generic.toml: unknown key similar"),
        ("generic.toml", 'uk = "ук"', 'uk = "укрф"', "uk and укрф are not of one length"),
    ],
)
def test_the_tables_of_countries_and_of_general_names_are_checked_to_the_last_key(
    tmp_path, monkeypatch, name, old, new, said
):
    lexicon = import_module("analysis.citations.lexicon")
    shutil.copytree(lexicon.DATA, tmp_path, dirs_exist_ok=True)
    path = tmp_path / name
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    monkeypatch.setattr(lexicon, "DATA", tmp_path)
    lexicon._countries.cache_clear()
    lexicon._generic.cache_clear()
    try:
        with pytest.raises(DataError, match=said):
            lexicon.lexicon.__wrapped__()
    finally:
        lexicon._countries.cache_clear()
        lexicon._generic.cache_clear()
