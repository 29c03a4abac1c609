"""How the templates are run: everything is escaped, in one place, and cheaply."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from types import CodeType, MethodType
from typing import Any

import markupsafe
from flask import Flask
from jinja2 import Environment, StrictUndefined, Template
from jinja2.runtime import Context

from webapp.messages import Messages

_escape: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)
"""MarkupSafe's own escaping of a text; a page has a thousand, and to wrap each in an object costs five times more."""

_Html = type(markupsafe.escape(""))


def install(app: Flask) -> None:
    """Blocks without blank lines, no undefined names, escaping of everything."""
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.undefined = StrictUndefined
    env.template_class = Escaped
    env.context_class = Calling


def escape(value: object) -> object:
    """What the templates print for a value: HTML as it is, all else escaped."""
    kind = type(value)
    if kind is str:
        return _escape(value)  # type: ignore[arg-type]
    return value if kind is _Html else str(value) if kind is int else markupsafe.escape(value)


class Calling(Context):
    """Calls methods and catalogues of words directly: they never ask for Jinja's context, as a function might."""

    def call(self, __obj: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if type(__obj) not in (MethodType, Messages):
            return super().call(__obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __obj(*args, **kwargs)


class Escaped(Template):
    """A compiled template that prints through ``escape``."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["escape"] = escape
        return template
