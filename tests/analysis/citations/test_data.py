"""The word lists of citations refuse what they do not know, naming file and key."""

import shutil

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
    words._read.cache_clear()
    words.keywords.cache_clear()
    try:
        with pytest.raises(DataError, match=said):
            words.Words()
    finally:
        words._read.cache_clear()
        words.keywords.cache_clear()
