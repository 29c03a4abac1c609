"""The settings of the server: one frozen record, read once, from one table.

The table drives the environment variables, the help of ``izde serve`` and the README.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from analysis.errors import SettingError

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def _path(raw: str) -> Path:
    return Path(raw).expanduser()


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(raw: str) -> int:
        value = int(raw)
        if not low <= value <= high:
            raise ValueError(f"use a whole number from {low} to {high}")
        return value

    return read


def _words(raw: str) -> tuple[str, ...]:
    return tuple(raw.replace(",", " ").split())


def _origin(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in ("http", "https") or not parts.netloc or "@" in parts.netloc or set(raw) & set(";,'\""):
        raise ValueError("use origins such as https://example.org")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError("an origin has no path: https://example.org")
    return f"{parts.scheme}://{parts.netloc}"


def _origins(raw: str) -> tuple[str, ...]:
    return tuple("*" if word == "*" else _origin(word) for word in _words(raw))


def _base_url(raw: str) -> str:
    return _origin(raw) if raw else ""


def _row(read: Callable[[str], Any], help_text: str) -> dict[str, Any]:
    return {"read": read, "help": help_text}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the server needs to know.  Each field is also the variable ``IZDE_<NAME>`` of the environment."""

    index: Path = field(default=Path("var/index"), metadata=_row(_path, "folder of the index"))
    host: str = field(
        default="127.0.0.1", metadata=_row(str, "address to listen on; loopback unless you say otherwise")
    )
    port: int = field(default=8765, metadata=_row(_whole(0, 65535), "port to listen on; 0 takes a free one"))
    workers: int = field(default=min(2, os.cpu_count() or 1), metadata=_row(_whole(1, 64), "processes that answer"))
    hosts: tuple[str, ...] = field(
        default=LOOPBACK, metadata=_row(_words, "names under which the server may be asked (Host header)")
    )
    base_url: str = field(
        default="", metadata=_row(_base_url, "public address for absolute links; empty takes the Host header")
    )
    embed_origins: tuple[str, ...] = field(
        default=(), metadata=_row(_origins, "sites that may show /embed in a frame; * for all")
    )
    name: str = field(default="Izde", metadata=_row(str, "name of the archive in titles"))
    max_age: int = field(default=60, metadata=_row(_whole(0, 86_400), "seconds a search page may be kept by a cache"))

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Settings:
        """Read the environment.  Raises SettingError naming the variable whose value cannot be read."""
        env = os.environ if env is None else env
        values: dict[str, Any] = {}
        for row in fields(cls):
            variable = variable_of(row.name)
            if variable in env:
                try:
                    values[row.name] = row.metadata["read"](env[variable])
                except ValueError as error:
                    raise SettingError(f"{variable}={env[variable]!r} cannot be read: {error}") from None
        return cls(**values)

    def replaced(self, **given: Any) -> Settings:
        """The same with other values of some settings."""
        return replace(self, **given)


def variable_of(name: str) -> str:
    """``base_url`` -> ``IZDE_BASE_URL``."""
    return f"IZDE_{name.upper()}"


def table() -> list[tuple[str, str, str, str]]:
    """Rows (name, variable, default as text, help), for the command's help and the README."""
    return [(row.name, variable_of(row.name), _shown(row.default), row.metadata["help"]) for row in fields(Settings)]


def _shown(value: object) -> str:
    return " ".join(value) if isinstance(value, tuple) else str(value)
