"""Imports go down only, and each library is touched where it belongs.  Read from the source, nothing is run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

FLOORS = ("schema", "analysis", "indexer", "search", "webapp", "izde")
BARRED = {
    "analysis": {"whoosh", "flask", "click", "waitress"},
    "indexer": {"flask", "click", "waitress"},
    "search": {"flask", "click", "waitress"},
    "webapp": {"whoosh"},
}


def modules(root: Path) -> list[Path]:
    """Every module of the program."""
    inside = [p for floor in FLOORS for p in (root / floor).rglob("*.py")]
    return [root / "schema.py", root / "izde.py", *inside]


def floor_of(path: Path, root: Path) -> str:
    """The floor a module stands on."""
    return path.relative_to(root).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Dotted names of everything a module imports, at the top or inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_imports_go_down_only(root: Path) -> None:
    """schema < analysis < indexer < search < webapp < izde."""
    wrong = [
        f"{path.relative_to(root)} imports {name}"
        for path in modules(root)
        for name in imports(path)
        if (head := name.split(".")[0]) in FLOORS and FLOORS.index(head) > FLOORS.index(floor_of(path, root))
    ]
    assert not wrong


def test_a_library_stays_on_its_floor(root: Path) -> None:
    """No Flask below webapp, no Whoosh in analysis and webapp."""
    wrong = [
        f"{path.relative_to(root)} imports {name}"
        for path in modules(root)
        for name in imports(path)
        if name.split(".")[0] in BARRED.get(floor_of(path, root), set())
    ]
    assert not wrong


def test_the_schema_depends_on_nothing_of_ours(root: Path) -> None:
    """Whoosh's fields and the standard library."""
    heads = {name.split(".")[0] for name in imports(root / "schema.py")}
    assert heads <= {"__future__", "collections", "dataclasses", "typing", "whoosh"}


@pytest.mark.parametrize("floor", ["analysis", "indexer", "search"])
def test_no_html_is_written_below_the_templates(root: Path, floor: str) -> None:
    """A string constant that opens an element is HTML; what reads HTML may name elements without brackets."""
    wrong = []
    for path in (root / floor).rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) and id(node) not in docs else ""
            if isinstance(text, str) and re.search(r"</?(p|div|span|mark|b|a|html|ul|li)\b[^<]*>", text):
                wrong.append(f"{path.relative_to(root)}:{node.lineno}")
    assert not wrong


def test_a_module_that_outgrows_its_room_is_seen(root: Path) -> None:
    """A module above 350 lines is asking to be two."""
    long = [f"{p.relative_to(root)}: {n}" for p in modules(root) if (n := len(p.read_text().splitlines())) > 350]
    assert not long
