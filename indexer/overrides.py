"""Decisions of an editor, in ``overrides.toml`` beside the corpus; they survive every rebuild.

One table a document, named by its path in the corpus or by its id.  A facet given there replaces what was found;
``remove`` takes single values away::

    ["news/2019-11-01-appeal.md"]
    country = ["kz"]
    remove = ["actor:police"]
    by = "A. Editor"
    date = 2026-11-22
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.errors import DataError
from indexer.read.meta import facet_value
from schema import FACET_NAMES

_KEYS = {*FACET_NAMES, "remove", "by", "date"}


@dataclass(frozen=True, slots=True)
class Override:
    """What one editor decided about one document."""

    values: Mapping[str, tuple[str, ...]]
    removed: frozenset[tuple[str, str]]  # (facet, value)
    by: str
    date: str

    @property
    def rule(self) -> str:
        """How receipts name it: ``override:A. Editor, 2026-11-22``."""
        return "override:" + ", ".join(filter(None, (self.by, self.date)))


Overrides = Mapping[str, Override]


def load_overrides(path: Path) -> Overrides:
    """The overrides of a file by path or id of the document; none where there is no file.  Raises DataError."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return {}
    return _load(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=16)
def _load(path: Path, changed: int, size: int) -> Overrides:
    """Read once for each state of the file: workers ask for every document."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"{path.name}: cannot be read: {error}") from None
    return {key: _override(path.name, key, table) for key, table in tables.items()}


def _override(file: str, key: str, table: Any) -> Override:
    if not isinstance(table, dict):
        raise DataError(f'{file}: {key}: must be a table: ["path/of/document.md"]')
    if unknown := sorted(set(table) - _KEYS):
        raise DataError(f"{file}: {key}: unknown key {', '.join(unknown)}; known: {', '.join(sorted(_KEYS))}")
    by = table.get("by", "")
    if not isinstance(by, str) or not by.strip():
        raise DataError(f'{file}: {key}: say who decided: by = "name"')
    day = table.get("date", "")
    removed = [_removal(file, key, entry) for entry in _listed(table.get("remove", []))]
    return Override(
        values={f: _values(file, key, f, table[f]) for f in FACET_NAMES if f in table},
        removed=frozenset(removed),
        by=by.strip(),
        date=day.isoformat() if isinstance(day, datetime.date) else str(day),
    )


def _values(file: str, key: str, facet: str, raw: Any) -> tuple[str, ...]:
    values = []
    for entry in _listed(raw):
        value = facet_value(facet, str(entry))
        if not value:
            raise DataError(f"{file}: {key}: {entry!r} is no value of {facet}")
        values.append(value)
    return tuple(dict.fromkeys(values))


def _removal(file: str, key: str, entry: Any) -> tuple[str, str]:
    facet, colon, value = str(entry).partition(":")
    if not colon or facet not in FACET_NAMES:
        raise DataError(f'{file}: {key}: remove takes "facet:value" ("actor:police"), not {entry!r}')
    return facet, facet_value(facet, value) or value


def _listed(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else [raw]
