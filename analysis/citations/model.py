"""What goes into and comes out of the reading of citations (law-and-names §2.1)."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.statutes import article_id


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a document before its citations are read; every part may be unknown (empty)."""

    lang: str = ""
    countries: tuple[str, ...] = ()  # the first is the main one
    date: str = ""  # ISO 8601, as precise as it is known: "2019", "2019-11", "2019-11-01"


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited provision.

    ``statute`` is a registry id, an edition family (``kz/criminal-code``) when the edition cannot be told, or None.
    ``country`` is the country of the statute, "other" for a code that the registry does not hold, foreign or our own.
    ``text[start:end]`` are the words of this citation in the text as given.  ``resolved_by`` is one of explicit,
    abbreviation, list, anaphora, document_default, treaty_name, subject_words, none.  Flags that temper an answer:
    ``edition-assumed`` (no date decided), ``edition-by-subject`` (only the words for its subject decided),
    ``country-assumed`` (nothing but the number decided), ``name-approximate`` (the law is nearly called so), ``range``,
    ``heading``, ``draft``, ``formerly``, ``footnote`` (a glued footnote mark was cut off).
    """

    country: str | None
    statute: str | None
    article: str
    part: str | None
    point: str | None
    start: int
    end: int
    confidence: float
    resolved_by: str
    rule: str
    flags: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The facet value: ``kz/criminal-code-2014/art-174/part-2/point-3``, ``unresolved/art-174``."""
        return article_id(self.statute, self.article, self.part, self.point)


@dataclass(frozen=True, slots=True)
class Mention:
    """A statute named at ``text[start:end]``, with or without an article; a family id when the edition is unknown."""

    statute: str
    start: int
    end: int
    confidence: float
    resolved_by: str
