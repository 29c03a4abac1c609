"""Bytes to text: byte order mark, what the file declares, UTF-8, then a guess among the encodings of the region."""

from __future__ import annotations

import codecs
import unicodedata

import chardet

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSED = ("utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866", "kz1048", "ptcp154", "koi8-t", "cp1252", "cp1254")
_SAMPLE = 65_536  # bytes shown to the guesser
_LIKELY_BINARY = 0.02  # share of control characters above which bytes are no text


def decode(data: bytes, declared: str = "") -> str:
    """The text of some bytes.  Raises UnicodeError where no encoding gives a text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for encoding in (declared, "utf-8"):
        text = _try(data, encoding)
        if text is not None and not (encoding == "utf-8" and _is_utf_16(data)):
            return text
    guess = chardet.detect(data[:_SAMPLE], include_encodings=_GUESSED, compat_names=False)["encoding"] or "cp1251"
    guessed = data.decode(guess, "replace")
    if _is_binary(guessed):
        raise UnicodeError("no text in any known encoding")
    return guessed


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding) if encoding and codecs.lookup(encoding)._is_text_encoding else None
    except (LookupError, UnicodeError):
        return None


def _is_utf_16(data: bytes) -> bool:
    """Latin and Cyrillic letters in UTF-16 have 0 or 4 for every other byte, and pass for UTF-8."""
    head = data[:1000]
    return len(head) > 3 and (head.count(0) + head.count(4)) * 4 > len(head)


def _is_binary(text: str) -> bool:
    head = text[:10_000]
    odd = sum(
        c == "\ufffd" or (unicodedata.category(c) in ("Cc", "Co", "Cn") and c not in "\t\n\r\f\x85") for c in head
    )
    return odd > _LIKELY_BINARY * max(len(head), 1)
