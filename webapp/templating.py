"""How the templates are run: everything is escaped, in one place; each language has templates with its own words in."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, MutableMapping
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

import markupsafe
from flask import current_app, request
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateAssertionError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer

from webapp import links

FOLDER = Path(__file__).parent / "templates"
FIXED = ("t", "asset")
"""Functions that say the same on every page of a language: called with constants when a template is compiled."""

KEPT = 4096
"""Pieces of pages that are kept in each language: what a macro made of values that come again and again."""

_escape: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)
"""MarkupSafe's own escaping of a text; a page has a thousand, and to wrap each in an object costs five times more."""

_Html = type(markupsafe.escape(""))


def render(template: str, lang: str, /, **values: object) -> str:
    """A template in a language, for the request that is being answered."""
    env: Spoken = current_app.extensions["izde"].templates[lang]
    return env.page(template, request.path, request.query_string, **values)


class Printed(dict[type, Callable[[Any], Any]]):
    """Type of a value -> what the templates print for it: HTML as it is, all else escaped."""

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        return markupsafe.escape


PRINTED = Printed({str: _escape, _Html: lambda html: html, int: str})


class Printing(CodeGenerator):
    """Writes templates that look up how to print a value, and call what they call; a page prints 1,000, calls 100.

    Jinja asks each time what is printed or called whether it wants the context; nothing here does.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("printed[type(it := (")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("))](it)")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        self.visit(node.node, frame)
        self.write("(")
        starred = [(star, arg) for star, arg in (("*", node.dyn_args), ("**", node.dyn_kwargs)) if arg is not None]
        for star, arg in [*(("", arg) for arg in (*node.args, *node.kwargs)), *starred]:
            self.write(star)
            self.visit(arg, frame)
            self.write(", ")
        self.write(")")


class Spoken(Environment):
    """The templates in one language.  ``standing``: what all of them may use, texts and the functions of ``FIXED``.

    No blank lines from blocks, no undefined names, escaping of everything.
    """

    code_generator_class = Printing

    def __init__(self, standing: Mapping[str, Any]) -> None:
        super().__init__(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            auto_reload=False,
        )
        self.template_class = Escaped
        self.globals.update(standing, kept=lru_cache(KEPT, typed=True)(_made))

    def page(self, template: str, path: str, query: bytes, /, **values: object) -> str:
        """A template as the page at an address: its path, and its query string as it came."""
        return self.get_template(template).render(elsewhere=links.without_language(path, query), **values)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names of every template, in one table."""
        return {**self.globals, **(d or {})}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        whole: nodes.Template = Whole(self).visit(tree)
        return whole

    def read(self, name: nodes.Node) -> nodes.Template:
        """The tree of the template that an include or an extends names."""
        assert isinstance(name, nodes.Const)
        assert self.loader is not None
        return self.parse(self.loader.get_source(self, name.value)[0], name.value)


def _made(macro: Callable[..., str], *values: Hashable) -> str:
    return macro(*values)


class Whole(NodeTransformer):
    """A template as one piece: what is the same on every page, what is included and the frame around it are put in."""

    def __init__(self, env: Spoken) -> None:
        self.env = env

    def visit_Template(self, node: nodes.Template) -> nodes.Node:
        self.generic_visit(node)
        if not (node.body and isinstance(node.body[0], nodes.Extends)):
            return node
        blocks = {block.name: block for block in node.find_all(nodes.Block)}
        framed: nodes.Node = Framed(blocks).visit(self.env.read(node.body[0].template))
        return framed

    def visit_Include(self, node: nodes.Include) -> nodes.Node:
        return nodes.Scope(self.env.read(node.template).body)

    def visit_Name(self, node: nodes.Name) -> nodes.Node:
        value = self.env.globals.get(node.name)
        if node.ctx != "load" and (node.name in FIXED or isinstance(value, str)):
            raise TemplateAssertionError(f"{node.name} stands for the whole language: choose another name", node.lineno)
        return nodes.Const(value, lineno=node.lineno) if isinstance(value, str) else node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        given = [arg.value for arg in node.args if isinstance(arg, nodes.Const)]
        if name not in FIXED or node.kwargs or len(given) < len(node.args):
            return node
        say: Callable[..., str] = self.env.globals[name]  # type: ignore[assignment]
        return nodes.Const(say(*given), lineno=node.lineno)


class Framed(NodeTransformer):
    """The frame of a page with the blocks of the page in it."""

    def __init__(self, blocks: Mapping[str, nodes.Block]) -> None:
        self.blocks = blocks

    def visit_Block(self, node: nodes.Block) -> nodes.Node:
        return nodes.Scope(self.blocks.get(node.name, node).body)


class Escaped(Template):
    """A compiled template that prints by ``PRINTED``."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["printed"] = PRINTED
        return template
