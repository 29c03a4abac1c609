"""Single fields of the statute files, read and checked: texts by language, dates, name patterns."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analysis.errors import DataError
from analysis.statute_records import LANGUAGES, period

Form = tuple[str, tuple[str, ...], str, bool]
"""Language, tokens, kind, ambiguous: a name form before it is known what it denotes."""


@dataclass(frozen=True, slots=True)
class Where:
    """File and record, for messages."""

    file: str
    record: str

    def error(self, key: str, reason: str) -> DataError:
        return DataError(f"statutes/{self.file}: {self.record}: {key}: {reason}")

    def keys(self, table: Mapping[str, Any], allowed: set[str]) -> None:
        for key in table:
            if key not in allowed:
                raise self.error(key, f"unknown key, use one of {', '.join(sorted(allowed))}")

    def choice(self, key: str, value: object, allowed: tuple[str, ...]) -> str:
        if value not in allowed:
            raise self.error(key, f"{value!r} is not one of {', '.join(allowed)}")
        return str(value)

    def date(self, table: Mapping[str, Any], key: str) -> str:
        value = table.get(key, "")
        try:
            period(value)
        except (ValueError, TypeError, AttributeError):
            raise self.error(key, f"{value!r} is not a date: write 2014, 2014-07 or 2014-07-03") from None
        return str(value)


def read(path: Path, allowed: set[str] | None) -> dict[str, Any]:
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise DataError(f"statutes/{path.name}: file is missing") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"statutes/{path.name}: {error}") from None
    if allowed is not None:
        Where(path.name, "file").keys(raw, allowed)
    return raw


def texts(table: Mapping[str, Any], key: str, where: Where) -> dict[str, str]:
    found = table.get(key, {})
    for lang, text in found.items():
        where.choice(key, lang, LANGUAGES)
        if not (isinstance(text, str) and text):
            raise where.error(f"{key}.{lang}", "is not a text")
    return dict(found)


def strings(table: Mapping[str, Any], key: str, where: Where) -> tuple[str, ...]:
    values = table.get(key, [])
    if not (isinstance(values, list) and all(isinstance(v, str) and v for v in values)):
        raise where.error(key, "is not a list of texts")
    return tuple(values)


def forms(table: Mapping[str, Any], key: str, where: Where) -> Iterator[Form]:
    for lang, patterns in table.get(key, {}).items():
        where.choice(key, lang, LANGUAGES)
        for written in patterns:
            kind, ambiguous, sequences = pattern(written)
            for tokens in sequences:
                if not tokens:
                    raise where.error(f"{key}.{lang}", f"{written!r} may match nothing")
                yield lang, tokens, kind, ambiguous


@cache
def pattern(written: str) -> tuple[str, bool, tuple[tuple[str, ...], ...]]:
    """Kind, ambiguity and token sequences of a name pattern."""
    bare = written.removesuffix("?")
    kind = "name"
    if bare[:1] == "=":
        kind, bare = "abbreviation", bare.replace("=", "")
    elif bare[:1] == "«" and bare[-1:] == "»":
        kind, bare = "title", bare[1:-1]
    return kind, written.endswith("?"), tuple(expand(bare))


def expand(pattern: str) -> Iterator[tuple[str, ...]]:
    """The token sequences of a pattern: ``law on (the) press|media`` gives four."""
    choices = [
        [(), *expand(word[1:-1])] if word[0] == "(" else [(choice,) for choice in word.split("|")]
        for word in _WORD.findall(pattern)
    ]
    for words in itertools.product(*choices):
        yield tuple(itertools.chain.from_iterable(words))


_WORD = re.compile(r"\([^()]*\)|\S+")
