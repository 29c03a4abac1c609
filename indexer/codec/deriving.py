"""What the analysis makes of distinct forms: asked once for each (and language), never for a word in a text.

Processes that build segments side by side meet the same forms.  They share the work of their first runs through small
files in their common folder: the forms fall into shares by a checksum, a share belongs to the process that claims it
first, and the others read what came of it.  Which process derives a form decides nothing but who has the work.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np

from indexer.codec.arrays import Array, Arrays, ArrayWriter, runs, spread, starts_of_groups
from indexer.codec.chunks import Numbers
from indexer.codec.records import Analysis

SHARES = 64
WORTH = 2_000  # fewer forms are derived sooner than shared
PREFIX = "derived."  # of the files; commit removes them
NAMES, STEM = "name", "stem:"  # keys of what the functions make; a language follows the second
NOTHING = np.empty(0, np.int64)
_LINE = "\n"  # no word holds it, nor what is made of words

Wanted = dict[str, Array]
"""Key -> numbers of forms."""


class Rows(NamedTuple):
    """What is made of some forms, a row of strings each."""

    strings: list[str]
    sizes: Array  # int64: strings of a row
    flat: Array  # int64: numbers of the strings, row after row

    @classmethod
    def of(cls, rows: Iterable[Sequence[str]]) -> Rows:
        """Some rows."""
        rows = list(rows)
        strings: list[str] = []
        sizes = np.fromiter(map(len, rows), np.int64, len(rows))
        number = Numbers(strings).__getitem__
        return cls(strings, sizes, np.fromiter(map(number, chain.from_iterable(rows)), np.int64, int(sizes.sum())))

    def take(self, rows: Array) -> Rows:
        """Some of the rows."""
        sizes = self.sizes[rows]
        return Rows(self.strings, sizes, self.flat[spread(runs(self.sizes)[rows], sizes)])


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

    def learn(self, key: str, forms: Array, rows: Rows) -> None:
        """Keep the rows of some forms."""
        number = np.fromiter(map(self._string, rows.strings), np.int64, len(rows.strings))
        flat = np.repeat(np.arange(len(forms)) << 32, rows.sizes) | number[rows.flat]
        flat.sort()
        flat = flat[starts_of_groups(flat)]
        self._sizes.append(np.bincount(flat >> 32, minlength=len(forms)))
        self._flat.append(flat & 0xFFFFFFFF)
        self._rows(key, forms)[forms] = np.arange(self._count, self._count + len(forms))
        self._count += len(forms)

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
        wanted = self._missing(by_lang, forms)
        folder, self._shared = self._shared, None
        if folder is not None and sum(map(len, wanted.values())) >= WORTH:
            self._share(folder, wanted)
            wanted = self._missing(by_lang, forms)
        for key, numbers in wanted.items():
            self._derived(key).learn(key, numbers, self._make(key, self._texts(numbers)))

    def _missing(self, by_lang: Mapping[str, Array], forms: Array) -> Wanted:
        wanted: Wanted = {}
        if self.stems is not None:
            wanted |= {STEM + lang: self.stems.missing(STEM + lang, found) for lang, found in by_lang.items()}
        if self.names is not None:
            wanted[NAMES] = self.names.missing(NAMES, forms)
        return wanted

    def _derived(self, key: str) -> Derived:
        derived = self.names if key == NAMES else self.stems
        assert derived is not None
        return derived

    def _texts(self, numbers: Array) -> list[str]:
        return [self.forms[n] for n in numbers.tolist()]

    def _make(self, key: str, forms: Sequence[str]) -> Rows:
        stems, names = self._analysis.stems, self._analysis.name_keys
        if key == NAMES:
            assert names is not None
            return Rows.of(map(names, forms))
        assert stems is not None
        return Rows.of(map(stems, forms, repeat(key.removeprefix(STEM))))

    def _share(self, folder: Path, wanted: Wanted) -> None:
        """Derive and tell the shares that no other process has claimed; then read what is told of the others."""
        every = _distinct(wanted, len(self.forms))
        claimed = []
        for share, found in enumerate(_split(wanted, every, self.forms)):
            name = f"{PREFIX}{share}"
            if not _claim(folder / f"{name}.claim"):
                claimed.append(name)
                continue
            told = {}
            for key, numbers in found.items():
                texts = self._texts(numbers)
                rows = self._make(key, texts)
                self._derived(key).learn(key, numbers, rows)
                told[key] = texts, rows
            _tell(folder, name, told)
        number_of = dict(zip(self._texts(every), every.tolist(), strict=True))
        for name in claimed:
            for key, (texts, rows) in _told(folder, name, wanted).items():
                numbers = np.fromiter(map(number_of.get, texts, repeat(-1)), np.int64, len(texts))
                known = np.flatnonzero(numbers >= 0)
                self._derived(key).learn(key, numbers[known], rows.take(known))


def _distinct(wanted: Wanted, forms: int) -> Array:
    """The numbers that are wanted under any key, rising."""
    seen = np.zeros(forms, bool)
    for numbers in wanted.values():
        seen[numbers] = True
    return np.flatnonzero(seen)


def _split(wanted: Wanted, every: Array, forms: list[str]) -> list[Wanted]:
    """What is wanted, by share."""
    out: list[Wanted] = [{} for _ in range(SHARES)]
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
        os.close(os.open(path, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True


def _tell(folder: Path, name: str, told: Mapping[str, tuple[list[str], Rows]]) -> None:
    """Keep forms and what was made of them for other processes."""
    writer = ArrayWriter(folder, f"{name}.part")
    for key, (texts, rows) in told.items():
        writer.put(f"{key} forms", _bytes(texts))
        writer.put(f"{key} strings", _bytes(rows.strings))
        writer.put(f"{key} sizes", rows.sizes)
        writer.put(f"{key} flat", rows.flat)
    (file,) = writer.close({})
    (folder / file).replace(folder / f"{name}.arrays")


def _told(folder: Path, name: str, keys: Iterable[str]) -> dict[str, tuple[list[str], Rows]]:
    """Key -> forms and their rows of a share; none as long as the process that claimed it is at it."""
    if not (folder / f"{name}.arrays").exists():
        return {}
    arrays = Arrays(folder, name)
    told = {}
    for key in keys:
        if f"{key} forms" in arrays:
            forms, strings = (_strings(arrays[f"{key} {part}"]) for part in ("forms", "strings"))
            told[key] = forms, Rows(strings, arrays[f"{key} sizes"], arrays[f"{key} flat"])
    return told


def _bytes(strings: list[str]) -> Array:
    return np.frombuffer(_LINE.join([*strings, ""]).encode("utf-8", "surrogatepass"), np.uint8)


def _strings(data: Array) -> list[str]:
    return data.tobytes().decode("utf-8", "surrogatepass").split(_LINE)[:-1]
