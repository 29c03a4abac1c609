"""The brute-force oracle: what a query means, told by loops over the words of plain documents, with no index."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product

from analysis.layers import query_stems, stems
from analysis.tokens import Token, tokenize
from indexer.codec import Record
from search.syntax import Group, Node, Phrase, Word


@dataclass(frozen=True)
class Plain:
    """A document as the brute-force oracles see it: no index, only the definitions."""

    record: Record

    @cached_property
    def stream(self) -> str:
        """The text and the title, as the places of the index number them."""
        return f"{self.record['text']}\n{self.record['title']}"

    @cached_property
    def tokens(self) -> list[Token]:
        """The words of the stream: those of the text, then those of the title."""
        shift = len(self.record["text"]) + 1
        title = [Token(t.text, t.start + shift, t.end + shift) for t in tokenize(self.record["title"])]
        return [*tokenize(self.record["text"]), *title]

    @cached_property
    def readings(self) -> list[frozenset[str]]:
        """The stem readings of every word in the language of its paragraph."""
        return [frozenset(stems(t.text, self.lang_at(t.start))) for t in self.tokens]

    def lang_at(self, offset: int) -> str:
        """The language of the paragraph at an offset of the stream."""
        if offset > len(self.record["text"]):
            return self.record["title_lang"]
        return next((lang for a, b, lang in self.record["passages"] if a <= offset < b), "")

    @cached_property
    def facets(self) -> dict[str, set[str]]:
        """Values with the ancestors of articles, from the statute on."""
        found = {name: set(values) for name, values in self.record["facets"].items()}
        for value in list(found["article"]):
            levels = value.split("/")
            first = 1 if levels[0] == "unresolved" else 2
            found["article"] |= {"/".join(levels[:n]) for n in range(first, len(levels))}
        return found


def matches(node: Node | None, document: Plain, exact: bool) -> bool:
    """Whether a document answers a query tree: a word by its form or a shared stem, a phrase by its forms in a row."""
    if node is None:
        return False
    if isinstance(node, Group):
        if node.op == "not":
            return not matches(node.items[0], document, exact)
        return (all if node.op == "and" else any)(matches(item, document, exact) for item in node.items)
    return bool(_places(node, document, exact))


def places(node: Node | None, document: Plain, exact: bool) -> list[int]:
    """Places of the words that are marked: those of every word and phrase that is not denied."""
    if node is None or (isinstance(node, Group) and node.op == "not"):
        return []
    if isinstance(node, Group):
        return sorted({p for item in node.items for p in places(item, document, exact)})
    return sorted(_places(node, document, exact))


def _places(leaf: Word | Phrase, document: Plain, exact: bool) -> set[int]:
    forms = [t.text for t in tokenize(leaf.text)]
    words = [t.text for t in document.tokens]
    if isinstance(leaf, Word) and leaf.kind == "prefix":
        return {i for i, w in enumerate(words) if w.startswith(forms[0])}
    if isinstance(leaf, Phrase) or len(forms) > 1:
        return _row(forms, document, leaf.slop if isinstance(leaf, Phrase) else 1)
    asked = frozenset() if exact else frozenset(query_stems(forms[0]))
    return {i for i, w in enumerate(words) if w == forms[0] or asked & document.readings[i]}


def _row(forms: list[str], document: Plain, slop: int) -> set[int]:
    """Words in order, each at most ``slop`` places after the one before it, all in the text or all in the title."""
    where = [[i for i, t in enumerate(document.tokens) if t.text == form] for form in forms]
    found: set[int] = set()
    for row in product(*where):
        if all(0 < b - a <= slop for a, b in pairwise(row)):
            found |= set(row)
    return found
