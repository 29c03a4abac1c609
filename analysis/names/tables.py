"""The data of the name matcher: TOML under ``analysis/data/names``, read once, refused if anything is unknown."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from analysis.errors import DataError

FOLDER = Path(__file__).parent.parent / "data" / "names"


@cache
def load(name: str, keys: tuple[str, ...]) -> Mapping[str, Any]:
    """The tables of ``<name>.toml``, which must have exactly the top-level ``keys``.

    Raises DataError naming the file and the key.
    """
    path = FOLDER / f"{name}.toml"
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path.name}: {error}") from error
    for key in sorted(data.keys() ^ set(keys)):
        raise DataError(f"{path.name}: key {key!r} is {'unknown' if key in data else 'missing'}")
    return data
