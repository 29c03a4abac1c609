"""What the analysis makes of distinct forms: asked once for each (and language), never for a word in a text.

Processes that build segments side by side meet the same forms.  They share the work of their first runs through small
files in their common folder: the forms fall into shares by a checksum, a share belongs to the process that claims it
first, and the others read what came of it.  Which process derives a form decides nothing but who has the work.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from zlib import crc32

from indexer.codec.arrays import Array
from indexer.codec.chunks import Numbers
from indexer.codec.records import Analysis

SHARES = 64
WORTH = 2_000  # fewer forms are derived sooner than shared
PREFIX = "derived."  # of the files; commit removes them
NAMES, STEM = "name", "stem:"  # keys of what the functions make; a language follows the second

Make = Callable[[str], Iterable[str]]
Made = Iterator[tuple[str, Sequence[int], Sequence[Iterable[str]]]]


class Derived:
    """What one function makes of distinct forms, as numbers of distinct strings."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._number = Numbers(self.strings).__getitem__
        self._rows: dict[str, dict[int, tuple[int, ...]]] = {}

    def missing(self, key: str, forms: Iterable[int]) -> list[int]:
        """The forms (numbers) of which nothing is known under a key."""
        known = self._rows.get(key, {})
        return [n for n in forms if n not in known]

    def learn(self, key: str, forms: Sequence[int], made: Iterable[Iterable[str]]) -> None:
        """Keep what was made of some forms; of strings that come twice, the first."""
        number = self._number
        rows = (tuple(map(number, dict.fromkeys(strings))) for strings in made)
        self._rows.setdefault(key, {}).update(zip(forms, rows, strict=True))

    def rows(self, key: str, forms: Iterable[int]) -> list[tuple[int, ...]]:
        """Numbers of the strings of each form."""
        known = self._rows.get(key, {})
        return [known[n] for n in forms]


class Deriving:
    """The functions of an analysis over the forms of one builder; None where it has no such function."""

    def __init__(self, analysis: Analysis, forms: list[str], shared: Path | None = None) -> None:
        self.forms = forms
        self.stems = Derived() if analysis.stems is not None else None
        self.names = Derived() if analysis.name_keys is not None else None
        self._analysis, self._shared = analysis, shared

    def prepare(self, by_lang: Mapping[str, Array], forms: Array) -> None:
        """Have the stems of forms (numbers) by language and the name keys of forms."""
        wanted: dict[str, list[int]] = {}
        if self.stems is not None:
            wanted |= {STEM + lang: self.stems.missing(STEM + lang, found.tolist()) for lang, found in by_lang.items()}
        if self.names is not None:
            wanted[NAMES] = self.names.missing(NAMES, forms.tolist())
        worth = sum(map(len, wanted.values())) >= WORTH
        shared, self._shared = self._shared if worth else None, None
        for key, numbers, made in _shared(shared, wanted, self.forms, self._make) if shared else self._alone(wanted):
            derived = self.names if key == NAMES else self.stems
            assert derived is not None
            derived.learn(key, numbers, made)

    def _make(self, key: str, forms: list[str]) -> list[Iterable[str]]:
        stems, names = self._analysis.stems, self._analysis.name_keys
        if key == NAMES:
            assert names is not None
            return list(map(names, forms))
        assert stems is not None
        lang = key.partition(":")[2]
        return [stems(form, lang) for form in forms]

    def _alone(self, wanted: Mapping[str, list[int]]) -> Made:
        for key, numbers in wanted.items():
            yield key, numbers, self._make(key, [self.forms[n] for n in numbers])


def _shared(
    folder: Path,
    wanted: Mapping[str, list[int]],
    forms: list[str],
    make: Callable[[str, list[str]], list[Iterable[str]]],
) -> Made:
    """Derive the shares that no other process has claimed; read the others, and derive what they do not tell."""
    shares: list[dict[str, list[int]]] = [{} for _ in range(SHARES)]
    for key, numbers in wanted.items():
        for n in numbers:
            share = crc32(forms[n].encode("utf-8", "surrogatepass")) % SHARES
            shares[share].setdefault(key, []).append(n)
    claimed = []
    for i, wanted in enumerate(shares):
        if not _claim(folder / f"{PREFIX}{i}.claim"):
            claimed.append((i, wanted))
            continue
        told = {}
        for key, numbers in wanted.items():
            names = [forms[n] for n in numbers]
            made = [tuple(row) for row in make(key, names)]
            told[key] = dict(zip(names, made, strict=True))
            yield key, numbers, made
        _tell(folder / f"{PREFIX}{i}", told)
    for i, wanted in claimed:
        known = _told(folder / f"{PREFIX}{i}")
        for key, numbers in wanted.items():
            rows = known.get(key, {})
            new = [forms[n] for n in numbers if forms[n] not in rows]
            rows |= dict(zip(new, make(key, new), strict=True))
            yield key, numbers, [rows[forms[n]] for n in numbers]


def _claim(path: Path) -> bool:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True


def _tell(path: Path, told: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
    part = path.with_name(f"{path.name}.part")
    part.write_text(json.dumps(told), encoding="ascii")
    part.replace(path)


def _told(path: Path) -> dict[str, dict[str, Iterable[str]]]:
    """What the process that claimed a share has told so far: all or nothing."""
    try:
        told: dict[str, dict[str, Iterable[str]]] = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    return told
