"""A law as a text names it."""

from __future__ import annotations

from typing import NamedTuple

from analysis.statutes import NameForm


class Name(NamedTuple):
    """A law named at ``tokens[first:last]``.

    ``forms`` are the registry's forms that fit (none for "the Code"); ``country`` is what stands beside it, "" if
    nothing does, "other" for a foreign one; ``year`` is a year beside it; ``age`` "old", "new", "draft" or "".
    """

    first: int
    last: int
    kind: str  # "name", "title", "abbreviation", "number", UNLISTED, or one of GENERIC
    forms: tuple[NameForm, ...] = ()
    country: str = ""
    year: str = ""
    age: str = ""
    statute: str = ""  # the edition, of a law named by its number
    generic: str = ""  # of an UNLISTED law: "code" or "law"
    approximate: bool = False  # the law is not called quite so
    sure: bool = False  # of an UNLISTED law: a code, or a title in quotation marks, so that it is surely not listed

    @property
    def lang(self) -> str:
        return self.forms[0].lang if self.forms else ""

    @property
    def ambiguous(self) -> bool:
        """Needs an article or a country beside it to count."""
        return bool(self.forms) and all(form.ambiguous for form in self.forms)
