"""The facts of one language, read from ``analysis/data/languages/<code>.toml`` and refused when a key is unknown.

A suffix is written with archiphonemes: ``дAн`` with ``A = ["а", "е"]`` (back, front) stands for ``дан`` and ``ден``.
Lemma lists lie beside the table, one word a line: ``<code>.nouns.txt`` and ``<code>.verbs.txt``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from analysis.errors import DataError

FOLDER = Path(__file__).parent.parent / "data" / "languages"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Suffix:
    """One row of a suffix table.

    ``follows``: slots it may follow (``stem`` is the bare word).  ``after``: last letters it may stand after,
    class names in capitals and single letters.  ``min_stem``: letters a stem must have that is on no lemma list;
    ``known``: only stems on a lemma list.  ``bound``: a word cannot end here.  ``declines``: noun suffixes follow.
    ``sure``: no noun ends so.  ``adds``: letters that the stem lost before this suffix.  ``endings``: the stem ends
    in one of them; ``doubtful``: a stem on no lemma list must not.  ``harmony``: it agrees with the stem's vowels.
    """

    slot: str
    forms: tuple[str, ...]
    follows: tuple[str, ...] = ("stem",)
    after: str = ""
    min_stem: int = 3
    known: bool = False
    bound: bool = False
    declines: bool = False
    sure: bool = False
    adds: str = ""
    endings: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    harmony: bool = True
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Loan:
    """A loan whose end changes: before a suffix that starts with ``before``, ``ending`` is written for ``stem``."""

    ending: str
    stem: str
    before: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Language:
    """The whole table of one language.

    ``letters``, ``other_letters``: its alphabets.  ``question_words``: forms that only ask.  ``back``, ``front``:
    vowels by harmony; ``open``: vowels after which either may follow; ``neutral``: vowels that pass the harmony of the
    one before when they end the stem.  ``free_endings``: stems after which either harmony is written.  ``classes``:
    letters by the endings they take.  ``softened``: letter before a vowel -> letter at the end of a word, except in
    ``hard_endings``.  ``dropped_vowel``: stem before a vowel -> lemma.  ``irregular``: stem -> lemma.  ``silent``: no
    part of a reading.  ``verb_prefixes``: before any form of a verb.  ``present``: past stem of a verb, by which it is
    read -> the stems of its present, which suffixes of the slot ``present`` follow.
    """

    code: str
    letters: str
    other_letters: tuple[str, ...] = ()
    stop_words: frozenset[str] = frozenset()
    question_words: frozenset[str] = frozenset()
    back: str = ""
    front: str = ""
    neutral: str = ""
    open: str = ""
    vowels: str = ""
    classes: Mapping[str, str] = field(default_factory=dict)
    archiphonemes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    softened: Mapping[str, str] = field(default_factory=dict)
    hard_endings: tuple[str, ...] = ()
    free_endings: tuple[str, ...] = ()
    silent: str = ""
    irregular: Mapping[str, str] = field(default_factory=dict)
    dropped_vowel: Mapping[str, str] = field(default_factory=dict)
    loans: tuple[Loan, ...] = ()
    verb_prefixes: tuple[str, ...] = ()
    present: Mapping[str, str] = field(default_factory=dict)
    nominal: tuple[Suffix, ...] = ()
    verbal: tuple[Suffix, ...] = ()
    nouns: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()


@cache
def language(code: str) -> Language:
    """The table of ``kk``, ``ky``, ``uz``, ``tg``, ``tk``, ``ru`` or ``en``.  Raises DataError."""
    path = FOLDER / f"{code}.toml"
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path.name}: {error}. Restore the file from the repository.") from error
    for part, kind in (("nominal", Suffix), ("verbal", Suffix), ("loans", Loan)):
        raw[part] = [_record(kind, row, f"{path.name}: {part}[{n}]") for n, row in enumerate(raw.get(part, []))]
    for part in ("nouns", "verbs"):
        raw[part] = [*raw.get(part, []), *_word_list(FOLDER / f"{code}.{part}.txt")]
    raw["verbs"] += raw.get("present", ())
    return _record(Language, raw, path.name)


def _record(kind: type[T], raw: Mapping[str, Any], where: str) -> T:
    known = {f.name: str(f.type) for f in fields(kind)}  # type: ignore[arg-type]
    if unknown := sorted(set(raw) - set(known)):
        raise DataError(f"{where}: unknown key {unknown[0]!r}. Known keys: {', '.join(known)}.")
    try:
        return kind(**{key: _frozen(value, known[key]) for key, value in raw.items()})
    except TypeError as error:
        raise DataError(f"{where}: {error}. Add the missing key.") from error


def _frozen(value: Any, annotation: str) -> Any:
    if annotation.startswith("frozenset"):
        return frozenset(value)
    return tuple(value) if isinstance(value, list) else value


def _word_list(path: Path) -> list[str]:
    if not path.exists():
        return []
    lines = path.read_text("utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]
