"""There is one point where text becomes HTML: the autoescape of the templates."""

import ast
import re
from pathlib import Path

import pytest

import search
import webapp

HERE = Path(webapp.__file__).parent
CODE = sorted(HERE.glob("*.py"))
TEMPLATES = sorted((HERE / "templates").iterdir())
TAG = r"</?(?:a|b|i|p|em|li|ul|br|div|span|mark|img|svg|html|body|table|script|style)[ />]"
SCRIPTS = sorted((HERE / "static").glob("*.js"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_no_template_switches_escaping_off(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape|\bMarkup\b|\|\s*forceescape", text)
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?! (?:async )?src=)", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_every_attribute_that_holds_a_value_is_quoted(path: Path) -> None:
    assert not re.search(r"=\{\{", path.read_text("utf-8"))


@pytest.mark.parametrize("path", [*CODE, Path(search.__file__).parent / "present.py"], ids=lambda p: p.name)
def test_no_module_makes_markup_or_holds_html(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    docs = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
    }
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.Name) and node.id == "Markup")
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docs:
            assert not re.search(TAG, node.value), node.value


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_no_script_makes_html_from_text_or_keeps_anything(path: Path) -> None:
    making = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
    keeping = r"localStorage|sessionStorage|indexedDB|\.cookie"
    assert not re.search(rf"{making}|{keeping}|https?://", path.read_text("utf-8"))


@pytest.mark.parametrize("path", CODE, ids=lambda p: p.name)
def test_the_pages_know_no_engine_below_search(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert not [n for n in names if n.split(".")[0] in ("whoosh", "indexer", "izde")]
