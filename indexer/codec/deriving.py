"""What the analysis makes of distinct forms: asked once for each (and language), never for a word in a text.

Processes that build segments side by side meet the same forms.  They share the work of their first runs through small
files in their common folder: the forms fall into shares by a checksum, a share belongs to the process that claims it
first, and the others read what came of it.  Which process derives a form decides nothing but who has the work.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import repeat
from pathlib import Path
from zlib import crc32

import numpy as np

from indexer.codec.arrays import Array, runs, starts_of_groups
from indexer.codec.chunks import Numbers
from indexer.codec.records import Analysis

SHARES = 64
WORTH = 2_000  # fewer forms are derived sooner than shared
PREFIX = "derived."  # of the files; commit removes them
NAMES, STEM = "name", "stem:"  # keys of what the functions make; a language follows the second
NOTHING = np.empty(0, np.int64)
_BLOCK, _PART, _LINE, _STRING = "\x1e", "\x1d", "\n", "\x1f"  # words and what is made of them hold none of these

Make = Callable[[str, Sequence[str]], list[str]]
"""Key and forms -> the row of each form: its strings, ``_STRING`` between them."""

Made = Iterator[tuple[str, Array, list[str]]]


class Derived:
    """What one function makes of distinct forms: rows of numbers of strings, rising, none twice."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._string = Numbers(self.strings).__getitem__
        self._count = 0
        self._sizes: list[Array] = []  # numbers of some rows, and these numbers
        self._flat: list[Array] = []
        self._row: dict[str, Array] = {}  # key -> row of a form, -1 where it has none

    def missing(self, key: str, forms: Array) -> Array:
        """The forms (numbers) of which nothing is known under a key."""
        return forms[self._rows(key, forms)[forms] < 0]

    def learn(self, key: str, forms: Array, rows: list[str]) -> None:
        """Keep the rows of some forms."""
        sizes = np.fromiter(map(str.count, rows, repeat(_STRING)), np.int64, len(rows))
        sizes += np.fromiter(map(bool, rows), bool, len(rows))
        strings = _STRING.join(filter(None, rows)).split(_STRING) if sizes.any() else []
        flat = np.repeat(np.arange(len(rows)) << 32, sizes)
        flat |= np.fromiter(map(self._string, strings), np.int64, len(strings))
        flat.sort()
        flat = flat[starts_of_groups(flat)]
        self._sizes.append(np.bincount(flat >> 32, minlength=len(rows)))
        self._flat.append(flat & 0xFFFFFFFF)
        self._rows(key, forms)[forms] = np.arange(self._count, self._count + len(rows))
        self._count += len(rows)

    def rows(self, key: str, forms: Array) -> Array:
        """Number of the row of each form."""
        return self._rows(key, forms)[forms]

    def table(self) -> tuple[Array, Array]:
        """Offsets and numbers of the strings of every row; int64."""
        return runs(np.concatenate([NOTHING, *self._sizes])), np.concatenate([NOTHING, *self._flat])

    def _rows(self, key: str, forms: Array) -> Array:
        known = self._row.get(key, NOTHING)
        more = int(forms.max(initial=-1)) + 1 - len(known)
        if more > 0:
            known = self._row[key] = np.concatenate([known, np.full(max(more, len(known)), -1)])
        return known


class Deriving:
    """The functions of an analysis over the forms of one builder; None where it has no such function."""

    def __init__(self, analysis: Analysis, forms: list[str], shared: Path | None = None) -> None:
        self.forms = forms
        self.stems = Derived() if analysis.stems is not None else None
        self.names = Derived() if analysis.name_keys is not None else None
        self._analysis, self._shared = analysis, shared

    def prepare(self, by_lang: Mapping[str, Array], forms: Array) -> None:
        """Have the stems of forms (numbers) by language and the name keys of forms."""
        wanted: dict[str, Array] = {}
        if self.stems is not None:
            wanted |= {STEM + lang: self.stems.missing(STEM + lang, found) for lang, found in by_lang.items()}
        if self.names is not None:
            wanted[NAMES] = self.names.missing(NAMES, forms)
        worth = sum(map(len, wanted.values())) >= WORTH
        shared, self._shared = self._shared if worth else None, None
        for key, numbers, rows in _shared(shared, wanted, self.forms, self._make) if shared else self._alone(wanted):
            derived = self.names if key == NAMES else self.stems
            assert derived is not None
            derived.learn(key, numbers, rows)

    def _make(self, key: str, forms: Sequence[str]) -> list[str]:
        stems, names = self._analysis.stems, self._analysis.name_keys
        if key == NAMES:
            assert names is not None
            return [_STRING.join(names(form)) for form in forms]
        assert stems is not None
        lang = key.removeprefix(STEM)
        return [_STRING.join(stems(form, lang)) for form in forms]

    def _alone(self, wanted: Mapping[str, Array]) -> Made:
        for key, numbers in wanted.items():
            yield key, numbers, self._make(key, [self.forms[n] for n in numbers.tolist()])


def _shared(folder: Path, wanted: Mapping[str, Array], forms: list[str], make: Make) -> Made:
    """Derive the shares that no other process has claimed; read the others, and derive what they do not tell."""
    claimed = []
    for share, found in enumerate(_split(wanted, forms)):
        path = folder / f"{PREFIX}{share}"
        if not _claim(path):
            claimed.append((path, found))
            continue
        told = {}
        for key, numbers in found.items():
            names = [forms[n] for n in numbers.tolist()]
            rows = make(key, names)
            told[key] = names, rows
            yield key, numbers, rows
        _tell(path, told)
    for path, found in claimed:
        known = _told(path)
        for key, numbers in found.items():
            names = [forms[n] for n in numbers.tolist()]
            of_form = known.get(key, {})
            new = [name for name in names if name not in of_form]
            of_form |= zip(new, make(key, new), strict=True)
            yield key, numbers, [of_form[name] for name in names]


def _split(wanted: Mapping[str, Array], forms: list[str]) -> list[dict[str, Array]]:
    """What is wanted, by share."""
    out: list[dict[str, Array]] = [{} for _ in range(SHARES)]
    seen = np.zeros(len(forms), bool)
    for numbers in wanted.values():
        seen[numbers] = True
    every = np.flatnonzero(seen)
    sums = (crc32(forms[n].encode("utf-8", "surrogatepass")) % SHARES for n in every.tolist())
    share_of = np.zeros(len(forms), np.uint8)
    share_of[every] = np.fromiter(sums, np.uint8, len(every))
    for key, numbers in wanted.items():
        share = share_of[numbers]
        order = np.argsort(share, kind="stable")
        cuts = np.cumsum(np.bincount(share, minlength=SHARES))[:-1]
        for found, part in zip(out, np.split(numbers[order], cuts), strict=True):
            found[key] = part
    return out


def _claim(path: Path) -> bool:
    try:
        os.close(os.open(path.with_name(f"{path.name}.claim"), os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True


def _tell(path: Path, told: Mapping[str, tuple[list[str], list[str]]]) -> None:
    blocks = (_PART.join((key, _LINE.join(names), _LINE.join(rows))) for key, (names, rows) in told.items())
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(_BLOCK.join(blocks).encode("utf-8", "surrogatepass"))
    part.replace(path)


def _told(path: Path) -> dict[str, dict[str, str]]:
    """Key -> form -> row of a share, all or nothing: nothing as long as the process that claimed it is at it."""
    try:
        text = path.read_bytes().decode("utf-8", "surrogatepass")
    except FileNotFoundError:
        return {}
    parts = [block.split(_PART) for block in text.split(_BLOCK)]
    return {key: dict(zip(names.split(_LINE), rows.split(_LINE), strict=True)) for key, names, rows in parts}
