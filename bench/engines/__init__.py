"""The engines of the comparison, by name; each is imported only where it runs."""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.engines.base import Engine

MODULES: Mapping[str, tuple[str, str]] = {
    "izde": ("bench.engines.izde", "numpy"),
    "layers": ("bench.engines.layers", "icu"),
    "tantivy": ("bench.engines.tantivy_py", "tantivy"),
    "fts5": ("bench.engines.fts5", "sqlite3"),
    "whoosh": ("bench.engines.stock_whoosh", "whoosh"),
    "xapian": ("bench.engines.xapian_py", "xapian"),
    "lucene": ("bench.engines.lucene", "jpype"),
}
"""Name -> module and what must be importable."""


def installed(name: str) -> bool:
    """Whether the library of an engine is here."""
    return importlib.util.find_spec(MODULES[name][1]) is not None and (name != "lucene" or "LUCENE_JAR" in os.environ)


def load(name: str) -> Engine:
    """A new engine."""
    engine: Engine = importlib.import_module(MODULES[name][0]).Engine()
    return engine
