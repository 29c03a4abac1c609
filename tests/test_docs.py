"""The documents tell the truth: what README names exists, and what exists is named there."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

import schema
from izde import EXIT_CODES, main
from webapp.app import create_app
from webapp.settings import Settings, table


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    """README.md."""
    return (root / "README.md").read_text(encoding="utf-8")


def section(text: str, title: str) -> str:
    """The part of a Markdown text under one heading."""
    return re.split(r"\n#+ ", text.split(f"# {title}\n", 1)[1], maxsplit=1)[0]


def names(text: str) -> set[str]:
    """What stands in backquotes."""
    return set(re.findall(r"`([^`]+)`", text))


def leaves(command: click.Command, path: str) -> dict[str, click.Command]:
    """Every command that does something, by its words."""
    if isinstance(command, click.Group):
        return {k: v for name, sub in command.commands.items() for k, v in leaves(sub, f"{path} {name}").items()}
    return {path: command}


def test_every_facet_and_field_is_named(readme: str) -> None:
    """And no other."""
    rows = re.findall(r"^\| `(\w+)` \|", section(readme, "For a lawyer"), re.MULTILINE)
    assert tuple(rows) == schema.FACET_NAMES
    fields = set(schema.make_schema({"folded": None, "stemmed": None}).names())
    assert names(section(readme, "Fields of the index")) - {"schema.py"} == fields - set(schema.FACET_NAMES)


def test_every_command_and_option_is_named(readme: str) -> None:
    """And no other."""
    rows = re.findall(r"^\| `([^`]+)` \| (.*) \|$", section(readme, "Commands and options"), re.MULTILINE)
    told = {re.sub(r" [A-Z]+…?$", "", command): names(options) for command, options in rows}
    real = {
        path: {o for p in command.params if isinstance(p, click.Option) for o in p.opts if o.startswith("--")}
        for path, command in leaves(main, "izde").items()
    }
    assert told == real


def test_every_exit_code_is_told(readme: str) -> None:
    """In README and in the docstring of the command."""
    told = {int(n) for n in re.findall(r"(\d) ", section(readme, "Commands and options").split("Exit codes:")[1])}
    assert set(EXIT_CODES.values()) | {0, 1} == told


def test_every_setting_is_in_the_table_with_its_default(readme: str) -> None:
    """And no other.  The number of workers depends on the machine."""
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|$", section(readme, "Settings"), re.MULTILINE)
    real = {variable: (default, text) for _, variable, default, text in table()}
    real["IZDE_WORKERS"] = ("2, or 1 on one core", real["IZDE_WORKERS"][1])
    assert {name: (default.strip("`"), text) for name, default, text in rows} == real


def test_every_route_is_in_the_table(readme: str) -> None:
    """And no other."""
    rows = set(re.findall(r"^\| `(/[^`]*)` \|", section(readme, "Routes"), re.MULTILINE))
    app = create_app(Settings(), engine=None)  # type: ignore[arg-type]
    plain = (re.sub(r"<any\([^)]*\):lang>", "en", str(rule)) for rule in app.url_map.iter_rules())
    real = {re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", rule) for rule in plain}
    assert rows == {r for r in real if "<rest>" not in r}


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_path_that_is_named_exists(root: Path, document: str) -> None:
    """A file or folder in backquotes is there."""
    text = (root / document).read_text(encoding="utf-8")
    named = {n for n in names(text) if re.fullmatch(r"[\w./-]+\.(py|md|toml|txt|lock)|[\w/-]+/", n)}
    generated = {"overrides.toml", "report.html", "manifest.json", "sources.json", "SUFFIX.toml"}
    missing = [
        n
        for n in named - generated
        if not any((root / base / n).exists() for base in (".", "analysis", "search", "indexer"))
    ]
    assert not missing


def test_the_picture_is_there(root: Path, readme: str) -> None:
    """README shows what it speaks of."""
    for path in re.findall(r"!\[[^]]*\]\(([^)]+)\)", readme):
        assert (root / path).stat().st_size > 10_000
