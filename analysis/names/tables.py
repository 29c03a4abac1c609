"""The data of the name matcher: TOML under ``analysis/data/names``, read once, refused if a key is unknown."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from analysis.errors import DataError

FOLDER = Path(__file__).parent.parent / "data" / "names"


def load(name: str, shape: Mapping[str, str]) -> Mapping[str, Any]:
    """The tables of ``<name>.toml``.

    ``shape`` gives for each top-level key the keys of its table, or of each table of its list, as words; "*" for any.
    Raises DataError naming the file and the key if one is unknown or missing, or if the file cannot be read.
    """
    path = FOLDER / f"{name}.toml"
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path.name}: {error}") from error
    _check(path.name, "", data, shape)
    for key, words in shape.items():
        if words != "*":
            for table in data[key] if isinstance(data[key], list) else [data[key]]:
                _check(path.name, f" of [{key}]", table, words.split())
    return data


def _check(file: str, where: str, table: Mapping[str, Any], keys: Iterable[str]) -> None:
    for key in sorted(table.keys() ^ set(keys)):
        raise DataError(f"{file}: key {key!r}{where} is {'unknown' if key in table else 'missing'}")
