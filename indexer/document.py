"""What travels along the road of a document: the read document, its findings, their receipts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of the kept text: ``text[start:end]`` in Python characters, and its language.

    ``lang`` is one of ``schema.LANGUAGES`` with a script where it is not the usual one (``uz-Cyrl``), or "".
    """

    start: int
    end: int
    lang: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where one facet value came from.

    ``start``/``end`` are Python characters of the kept text, or of the title where ``where`` is "title";
    both are -1 for ``given`` and ``override``.
    """

    source: str  # "rule" | "given" | "override" | "inferred"
    rule: str = ""  # id of the rule of analysis/data, or who decided: "override:A. Editor, 2026-11-22"
    start: int = -1
    end: int = -1
    where: str = "text"  # "text" | "title"
    confidence: float = 1.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One facet value of one document with all its receipts, best first."""

    value: str
    receipts: tuple[Receipt, ...]


@dataclass(slots=True)
class Document:
    """A document as read, before anything is extracted.  Offsets point into ``text`` and never lie."""

    id: str
    path: str  # as given on the command line, relative to its corpus where possible; "" for a bare text
    title: str
    text: str
    lang: str = ""  # main language
    passages: tuple[Passage, ...] = ()
    url: str = ""
    source: str = ""
    date: str = ""  # ISO 8601, as precise as it is known: "2019", "2019-11", "2019-11-01"
    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # facet name -> values from metadata
    extra: Mapping[str, Any] = field(default_factory=dict)  # other front matter, kept for the document page


Findings = Mapping[str, tuple[Finding, ...]]
"""Facet name -> findings.  Article values are ids as they are cited; the index adds their ancestors."""
