"""The query language: what a reader types becomes a small tree.  Total: it never raises, and says what it ignored.

words             all of them, in any order           свобода слова
"a phrase"        these words in a row                "freedom of expression"
"a phrase"~5      within five words of each other
AND OR NOT -word  in capitals; brackets group         (митинг OR пикет) NOT Алматы
word*             words that begin so (three letters at the least)
word~             words one or two letters away
title:word        in the title; also country: year: article: actor: lang:
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from schema import FACET_NAMES

MAX_CHARS = 512
MAX_WORDS = 32
MAX_DEPTH = 10
MIN_PREFIX = 3
MAX_SLOP = 20
FIELDS = ("title", *FACET_NAMES)

Limit = tuple[str, str]
"""What was ignored or cut: (message id, the text it was about)."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word or hyphenated run as typed.  ``kind``: "word" | "prefix" | "fuzzy"."""

    text: str
    field: str = ""
    kind: str = "word"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row, at most ``slop`` places apart (1 = side by side)."""

    text: str
    field: str = ""
    slop: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """``op``: "and" | "or" | "not" (one item)."""

    op: str
    items: tuple[Node, ...]


Node = Word | Phrase | Group


@dataclass(frozen=True, slots=True)
class Syntax:
    """The tree (None when nothing can be searched), what was ignored, and whether the query is plain words only, of no
    field; brackets about them do no harm."""

    tree: Node | None
    limits: tuple[Limit, ...]
    plain: bool


_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟＂", '"'))
_LEX = re.compile(r"""\s+|"(?P<phrase>[^"]*)"(?:~(?P<slop>\d{1,3}))?|(?P<sign>["()])|(?P<chunk>[^\s"()]+)""")
_FIELD = re.compile(rf"({'|'.join(FIELDS)}):(.*)", re.DOTALL)
_OPERATORS = {"AND": "and", "&&": "and", "OR": "or", "||": "or", "NOT": "not"}


def read(query: str) -> Syntax:
    """Read a query.  Any string is taken."""
    limits: list[Limit] = []
    text = "".join(" " if c < " " or "\ud800" <= c <= "\udfff" else c for c in query).translate(_QUOTES)
    if len(text) > MAX_CHARS:
        cut = text.rfind(" ", 0, MAX_CHARS)
        limits.append(("query_too_long", str(MAX_CHARS)))
        text = text[: cut if cut > 0 else MAX_CHARS]
    reader = _Reader(_lex(text, limits), limits)
    tree = reader.alternatives(0)
    while reader.at < len(reader.lexemes):  # a closing bracket too many
        reader.limits.append(("bracket_ignored", ")"))
        reader.at += 1
        rest = reader.alternatives(0)
        tree = _join("and", [n for n in (tree, rest) if n])
    plain = all(kind in ("word", "(", ")") and not field for kind, _, field, _ in reader.lexemes)
    return Syntax(tree, tuple(dict.fromkeys(limits)), plain)


Lexeme = tuple[
    str, str, str, int
]  # kind ("word" "prefix" "fuzzy" "phrase" "and" "or" "not" "(" ")"), text, field, slop


def _lex(text: str, limits: list[Limit]) -> list[Lexeme]:
    out: list[Lexeme] = []
    field = ""
    words = 0
    for match in _LEX.finditer(text):
        phrase, sign, chunk = match["phrase"], match["sign"], match["chunk"]
        if sign == '"':
            limits.append(("quote_ignored", '"'))
        elif sign:
            out.append((sign, sign, field, 1))
            field = ""
        elif phrase is not None:
            words += len(phrase.split())
            if words > MAX_WORDS:
                limits.append(("too_many_words", phrase))
                break
            out.append(("phrase", phrase, field, min(max(int(match["slop"] or 1), 1), MAX_SLOP)))
            field = ""
        elif chunk in _OPERATORS:
            out.append((_OPERATORS[chunk], chunk, "", 1))
        elif chunk:
            follower = text[match.end() : match.end() + 1]
            if chunk[0] == "-" and (chunk[1:2].isalnum() or (chunk == "-" and follower in ('"', "("))):
                out.append(("not", "-", "", 1))
                chunk = chunk[1:]
            if found := _FIELD.fullmatch(chunk):
                field, chunk = found[1], found[2]
            if chunk:
                words += 1
                if words > MAX_WORDS:
                    limits.append(("too_many_words", chunk))
                    break
                out.append(_word(chunk, field, limits))
                field = ""
    return out


def _word(chunk: str, field: str, limits: list[Limit]) -> Lexeme:
    kind, bare = "word", chunk
    if field in FACET_NAMES:
        return kind, chunk, field, 1
    if fuzzy := re.fullmatch(r"([^~]+)~(\d?)", chunk):
        kind, bare = "fuzzy", fuzzy[1]
    elif chunk.endswith("*") and len(chunk) > 1:
        kind, bare = "prefix", chunk.rstrip("*")
    if "*" in bare or "?" in bare.rstrip("?"):
        limits.append(("wildcard_ignored", chunk))
        kind, bare = ("word" if bare.startswith(("*", "?")) else kind), bare.replace("*", " ").replace("?", " ")
    letters = sum(map(str.isalnum, bare))
    if kind != "word" and letters < MIN_PREFIX:
        limits.append(("prefix_too_short", chunk))
        kind = "word"
    return kind, bare, field, 1


class _Reader:
    """Recursive descent over the lexemes; every step consumes one, so it ends."""

    def __init__(self, lexemes: list[Lexeme], limits: list[Limit]) -> None:
        self.lexemes, self.limits, self.at = lexemes, limits, 0

    def peek(self) -> str:
        return self.lexemes[self.at][0] if self.at < len(self.lexemes) else ""

    def alternatives(self, depth: int) -> Node | None:
        items = [self.all_of(depth)]
        while self.peek() == "or":
            self.at += 1
            items.append(self.all_of(depth))
        found = [n for n in items if n]
        if len(found) < len(items) and len(items) > 1:
            self.limits.append(("operator_ignored", "OR"))
        return _join("or", found)

    def all_of(self, depth: int) -> Node | None:
        items: list[Node] = []
        while (kind := self.peek()) not in ("", "or", ")"):
            if kind == "and":
                self.at += 1
                if not items or self.peek() in ("", "or", ")", "and"):
                    self.limits.append(("operator_ignored", "AND"))
            elif (node := self.one(depth)) is not None:
                items.append(node)
        return _join("and", items)

    def one(self, depth: int) -> Node | None:
        negated = False
        while self.peek() == "not":
            negated = not negated
            self.at += 1
        node = self.atom(depth)
        if node is None and negated:
            self.limits.append(("operator_ignored", "NOT"))
        return Group("not", (node,)) if negated and node else node

    def atom(self, depth: int) -> Node | None:
        if self.peek() in ("", "or", "and", ")"):
            return None
        kind, text, field, slop = self.lexemes[self.at]
        self.at += 1
        if kind == "(":
            return self.bracket(depth)
        return Phrase(text, field, slop) if kind == "phrase" else Word(text, field, kind)

    def bracket(self, depth: int) -> Node | None:
        if depth >= MAX_DEPTH:
            self.limits.append(("bracket_ignored", "("))
            return None
        node = self.alternatives(depth + 1)
        if self.peek() == ")":
            self.at += 1
        else:
            self.limits.append(("bracket_ignored", "("))
        return node


def _join(op: str, items: list[Node]) -> Node | None:
    if len(items) > 1:
        flat = [i for n in items for i in (n.items if isinstance(n, Group) and n.op == op else (n,))]
        return Group(op, tuple(flat))
    return items[0] if items else None
