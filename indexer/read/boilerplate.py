"""Lines that belong to a web page and not to its text, by the rules of ``analysis/data/boilerplate.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from analysis.errors import DataError
from analysis.lexicon import DATA
from analysis.tokens import paragraphs

FILE = "boilerplate.toml"
MAX_LINE = 200  # a longer line is text
EDGE = 6  # lines from either end that count as the edge
_KEYS = {"id", "scope", "patterns", "examples", "not_examples"}
_SCOPES = ("line", "edge", "rest")


@dataclass(frozen=True, slots=True)
class LineRule:
    """One kind of boilerplate line."""

    id: str
    scope: str  # "line" | "edge" | "rest"
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    not_examples: tuple[str, ...]

    def matches(self, line: str) -> bool:
        """Whether a whole line is of this kind, white space at its edges and case aside."""
        line = line.strip()
        return len(line) <= MAX_LINE and bool(self.pattern.fullmatch(line.casefold()))


def kept_spans(text: str, title: str = "") -> list[tuple[int, int]]:
    """The paragraphs of a text that are no boilerplate, in order; the title said again after the text is none."""
    spans = list(paragraphs(text))
    last = len(spans)
    kept: list[tuple[int, int]] = []
    repeated = title.casefold()
    for number, (start, end) in enumerate(spans):
        line = text[start:end]
        rule = _rule_of(line, number, len(spans), start * 2 >= len(text)) if end - start <= MAX_LINE else ""
        if rule == "rest":
            last = number
            break
        if not rule and not (repeated and start * 2 >= len(text) and line.casefold() == repeated):
            kept.append((start, end))
    return kept if last else spans


def is_boilerplate(line: str) -> bool:
    """Whether a line by itself is boilerplate of any kind."""
    return any(rule.matches(line) for rule in rules())


def _rule_of(line: str, number: int, count: int, second_half: bool) -> str:
    for rule in rules():
        if rule.scope == "edge" and EDGE <= number < count - EDGE:
            continue
        if rule.scope == "rest" and not second_half:
            continue
        if rule.matches(line):
            return rule.scope
    return ""


@cache
def rules() -> Sequence[LineRule]:
    """All rules.  DataError names the file and the key that cannot be read."""
    found = []
    for row in tomllib.loads((DATA / FILE).read_text(encoding="utf-8"))["rule"]:
        if wrong := set(row) ^ _KEYS:
            raise DataError(f"{FILE}: rule {row.get('id', '?')}: unknown or missing key {', '.join(sorted(wrong))}")
        if row["scope"] not in _SCOPES:
            raise DataError(f"{FILE}: rule {row['id']}: scope is one of {', '.join(_SCOPES)}")
        pattern = re.compile("|".join(f"(?:{p})" for p in row["patterns"]))
        found.append(LineRule(row["id"], row["scope"], pattern, tuple(row["examples"]), tuple(row["not_examples"])))
    return tuple(found)
