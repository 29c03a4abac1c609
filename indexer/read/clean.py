"""Kept text: what stays of a text once line ends, odd characters and boilerplate lines are dealt with."""

from __future__ import annotations

import re

_ODD = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff]")
_LONE = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("\r\n?|\x0c|\x85|\u2028|\u2029")
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n[^\S\n]*\n\s*\n?")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MAX_TITLE_CHARS = 300


def text(raw: str) -> str:
    """Line ends as "\\n", no control characters, lone surrogates as U+FFFD, at most two empty lines in a row."""
    raw = _LONE.sub("\ufffd", _ODD.sub("", _BREAKS.sub("\n", raw)))
    return _BLANK_LINES.sub("\n\n\n", raw).strip("\n")


def title(raw: str) -> str:
    """One line without control and direction characters, at most 300 characters, cut at a word."""
    line = " ".join(_BIDI.sub("", text(raw)).split())
    if len(line) <= MAX_TITLE_CHARS:
        return line
    head = line[: MAX_TITLE_CHARS - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head) + "…"
