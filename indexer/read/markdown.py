"""Markdown with YAML front matter: the markup becomes text by the tokens of a parser."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from analysis.errors import DocumentError
from indexer.document import Document
from indexer.read import build, clean, encoding, meta

MAX_FRONT_MATTER = 64_000  # bytes
MAX_ALIASES = 10
MAX_DEPTH = 20
MAX_BLOCK = 100_000  # characters; the parser's time grows faster than a block of brackets
_FENCE = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def read(data: bytes, path: str, own_id: str) -> Document:
    """A Markdown text.  Raises UnicodeError, DocumentError for front matter that cannot be read."""
    table, body = split(clean.text(encoding.decode(data)), path)
    given = meta.read(table, path)
    return build.document(to_text(body), given, path, own_id)


def split(text: str, path: str) -> tuple[Mapping[Any, Any], str]:
    """Front matter and body.  Raises DocumentError for front matter too large, too tangled, or no mapping."""
    match = _FENCE.match(text)
    if not match:
        return {}, text
    front = match.group(1)
    if len(front.encode()) > MAX_FRONT_MATTER:
        raise DocumentError(path, f"front matter is larger than {MAX_FRONT_MATTER // 1000} kB")
    try:
        _check_shape(front, path)
        table = yaml.safe_load(front)
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError, TypeError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        at = f" at line {line + 2}" if line is not None else ""
        raise DocumentError(path, f"front matter is no YAML{at}: {getattr(error, 'problem', None) or error}") from None
    if not isinstance(table or {}, Mapping):
        raise DocumentError(path, "front matter must be a list of keys and values")
    return table or {}, text[match.end() :]


def _check_shape(front: str, path: str) -> None:
    """Refuse what would take long to build: many aliases, deep nesting.  Events are read one by one."""
    aliases = depth = 0
    for event in yaml.parse(front, yaml.SafeLoader):
        aliases += isinstance(event, yaml.AliasEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if aliases > MAX_ALIASES or depth > MAX_DEPTH:
            raise DocumentError(path, f"front matter has more than {MAX_ALIASES} aliases or {MAX_DEPTH} levels")


def to_text(body: str) -> str:
    """Paragraphs, headings, list items, table rows and code, one a block, without their markup.

    A text with a block above 100,000 characters is no Markdown of a person, and is taken as it is.
    """
    if any(len(block) > MAX_BLOCK for block in body.split("\n\n")):
        return body
    blocks: list[str] = []
    row: list[str] | None = None
    for token in MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(body):
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            blocks.append(" ".join(filter(None, row)))
            row = None
        elif token.type == "inline":
            (blocks if row is None else row).append(_inline(token.children or []))
        elif token.type in ("fence", "code_block"):
            blocks.append(token.content.rstrip("\n"))
        elif token.type == "html_block":
            blocks.append(_html(token.content))
    return "\n\n".join(block for block in blocks if block.strip())


def _inline(children: Sequence[Token]) -> str:
    """The text of a block.  A raised figure after a figure is the number of an inserted article: 107¹ is 107-1."""
    pieces: list[str] = []
    raised = False
    for child in children:
        if child.type in ("text", "code_inline"):
            figure = raised and child.content.strip().isdigit() and "".join(pieces)[-1:].isdigit()
            pieces.append("-" + child.content.strip() if figure else child.content)
        elif child.type in ("softbreak", "hardbreak"):
            pieces.append(" " if child.type == "softbreak" else "\n")
        elif child.type == "image":
            pieces.append(child.content)
        if child.type == "html_inline":
            raised = child.content.lower().startswith("<sup")
            pieces.append("\n" if child.content.lower().startswith("<br") else "")
    return "".join(pieces).strip()


def _html(content: str) -> str:
    from indexer.read.html import plain_text

    return plain_text(content)
