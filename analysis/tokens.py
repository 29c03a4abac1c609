"""Text becomes words: ICU word breaks, folded forms, offsets in Python characters.

Laws (tests/analysis/test_tokens.py): the pieces joined are the text; ``fold(text[t.start:t.end]) == t.text``;
offsets rise; and the shift law: a character outside the basic plane and a space put before a text change none of
its tokens, only move them (ICU's own offsets are UTF-16 units and break it).
"""

from __future__ import annotations

import itertools
import re
import threading
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple, cast

import numpy as np

from analysis.errors import DependencyError

try:
    import icu
except ImportError as error:  # pragma: no cover - needs a broken installation
    raise DependencyError(
        "PyICU cannot be imported. Ways to get it: pip install pyicu-wheels (Linux, macOS, Windows); "
        "apt install python3-icu with a --system-site-packages environment; "
        "apt install g++ pkg-config libicu-dev and pip install PyICU."
    ) from error

APOSTROPHES = "'’‘ʻʼ`´ʹ′ˈ＇"
CACHE_WORDS = 200_000  # folded forms kept; the cache is dropped when it is full

_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_INVISIBLE = dict.fromkeys(
    (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF)
)
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_LATIN_TO_CYRILLIC = dict(zip("aceopxyihkmtə", "асеорхуіһкмтә", strict=True))
_CYRILLIC_TO_LATIN = {c: latin for latin, c in _LATIN_TO_CYRILLIC.items()}
_CASEFOLD = icu.Normalizer2.getNFKCCasefoldInstance()


def _plain(first: int, last: int) -> str:
    """Small letters and digits of a range of code points that case folding leaves as they are."""
    chars = map(chr, range(first, last + 1))
    return "".join(c for c in chars if c.isalnum() and c == c.lower() == _CASEFOLD.normalize(c))


_PLAIN = re.compile(f"[{_plain(0x30, 0x24F)}]+|[0-9{_plain(0x400, 0x52F)}]+").fullmatch  # one script: most words
_local = threading.local()


class Token(NamedTuple):
    """One word: its folded form and ``text[start:end]`` in Python characters."""

    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The words of a text in order.  Any string is taken; lone surrogates count as no word."""
    return list(map(Token, *words(text)))


def words(text: str) -> tuple[list[str], list[int], list[int]]:
    """Folded forms, starts and ends of the words of a text: ``tokenize`` in columns, for many words at once."""
    bounds = boundaries(text)
    pieces = [text[a:b] for a, b in itertools.pairwise(bounds)]
    forms = list(map(_forms().__getitem__, pieces))
    return (
        list(filter(None, forms)),
        list(itertools.compress(bounds, forms)),
        list(itertools.compress(itertools.islice(bounds, 1, None), forms)),
    )


def boundaries(text: str) -> list[int]:
    """ICU word boundaries, 0 and ``len(text)`` included, as offsets in Python characters."""
    breaker = getattr(_local, "breaker", None)
    if breaker is None:
        breaker = _local.breaker = icu.BreakIterator.createWordInstance(icu.Locale.getRoot())
    if not text.isascii():
        text = text.translate(_SURROGATES) if _LONE.search(text) else text
    breaker.setText(text)
    bounds = [0, *breaker]
    if not text.isascii() and _ASTRAL.search(text):
        units = np.frombuffer(text.encode("utf-16-le"), "<u2")
        chars = np.arange(len(units) + 1)
        chars[1:] -= np.cumsum((units & 0xFC00) == 0xDC00)
        bounds = chars[bounds].tolist()
    return bounds


_LONE = re.compile("[\ud800-\udfff]")
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def fold(word: str) -> str:
    """The folded form of a word: NFKC case folding, one apostrophe, one script; "" if it holds no letter or digit.

    An apostrophe at an edge is no part of a word.  Look-alike letters of the minority script in a word of two
    scripts become the majority's: ``Mangіlіk`` with two Cyrillic letters folds to ``mangilik``.
    """
    lower = word.lower()
    if _PLAIN(lower):
        return lower
    if not any(map(str.isalnum, word)):
        return ""
    form = _CASEFOLD.normalize(word.translate(_APOSTROPHE)).translate(_INVISIBLE).strip("'")
    return form if form.isascii() else repair_script(form)


def plain(word: str) -> str:
    """The folded form of letters and digits of one script, which ICU never cuts (UAX 29, WB5 and WB8-10); else ""."""
    lower = word.lower()
    return lower if _PLAIN(lower) else ""


def repair_script(form: str) -> str:
    """A word of Cyrillic and Latin letters, in one script where look-alikes allow it; else unchanged."""
    latin = sum("a" <= c <= "z" or "\u00c0" <= c <= "\u024f" or c == "ə" for c in form)
    cyrillic = sum("\u0400" <= c <= "\u052f" for c in form)
    if not (latin and cyrillic):
        return form
    table = _CYRILLIC_TO_LATIN if latin > cyrillic else _LATIN_TO_CYRILLIC
    fixed = "".join(table.get(c, c) for c in form)
    mixed = any("a" <= c <= "z" for c in fixed) and any("\u0400" <= c <= "\u052f" for c in fixed)
    return form if mixed else fixed


def icu_versions() -> dict[str, str]:
    """Versions that decide where words end: an index made by others is rebuilt."""
    return {"icu": icu.ICU_VERSION, "unicode": icu.UNICODE_VERSION}


def display_country(code: str, lang: str) -> str:
    """The name of a country (alpha-2, any case) in a language; the code in capitals where ICU has none."""
    return str(icu.Locale("", code.upper()).getDisplayCountry(icu.Locale(lang)))


def display_language(tag: str, lang: str) -> str:
    """The name of a language (BCP 47) in a language, with a capital: "Қазақша" is ``display_language("kk", "kk")``."""
    name = str(icu.Locale.forLanguageTag(tag).getDisplayName(icu.Locale(lang)))
    return name[:1].upper() + name[1:]


class _Forms(dict[str, str]):
    """Piece of text -> folded form, computed once per distinct piece; bounded."""

    def __missing__(self, piece: str) -> str:
        if len(self) >= CACHE_WORDS:
            self.clear()
        form = self[piece] = fold(piece)
        return form


def _forms() -> _Forms:
    forms = getattr(_local, "forms", None)
    if forms is None:
        forms = _local.forms = _Forms()
    return cast(_Forms, forms)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the lines that hold anything but white space, without the white space at their edges."""
    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        if start < end:
            yield start, end


def script_of(word: str) -> str:
    """ "Cyrl", "Latn", "Arab" or "": the script of the first letter that has one of these."""
    for c in word:
        if c.isalpha():
            name = unicodedata.name(c, "")
            for head, script in (("CYRILLIC", "Cyrl"), ("LATIN", "Latn"), ("ARABIC", "Arab")):
                if name.startswith(head):
                    return script
    return ""
