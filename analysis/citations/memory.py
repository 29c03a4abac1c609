"""The laws that a text has named so far, and the law that it is itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from analysis.citations.editions import Choice
from analysis.citations.laws import Law
from analysis.citations.lexer import Tokens
from analysis.citations.named import Name
from analysis.citations.unlisted import phrase_end

RECENT = 6  # laws remembered
REACH = 3  # sentences back to a law named before
_OPENING = 120  # tokens in which a code names itself


class Said(NamedTuple):
    """A law named or cited in a sentence; ``law`` None: one that the registry does not hold."""

    at: int  # place; of a law not held the place behind its words
    sentence: int
    law: Law | None
    choice: Choice | None
    generic: str = ""  # of a law not held: "code" or "law"
    sure: bool = False  # of a law not held: it surely is not


class Memory:
    """The last laws named, and ``own``: the law that a text is, or that it names first of all."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._sentences = tokens.sentence
        self._said: deque[Said] = deque(maxlen=RECENT)
        self.own: Said | None = None

    def __reversed__(self) -> Iterator[Said]:
        return reversed(self._said)

    def remember(self, at: int, law: Law, choice: Choice | None) -> None:
        """A law that the registry holds, named or cited at a place."""
        self._said.append(Said(at, self._sentences[at], law, choice))

    def open(self, at: int, law: Law, choice: Choice | None) -> None:
        """A law named at the beginning of a text."""
        if self.own is None and at < _OPENING:
            self.own = Said(0, 0, law, choice)

    def belong_to_none(self) -> None:
        """The text is that of a law that only changes those it names."""
        self.own = Said(0, 0, None, None)

    def miss(self, name: Name, aside: bool) -> None:
        """A law that the registry does not hold: what follows may speak of it.  ``aside``: it is named in brackets."""
        until, sure = phrase_end(self._tokens, name.last), name.sure or not name.generic
        missing = Said(until, self._sentences[name.first], None, None, name.generic or "code", sure)
        if not aside:
            self._said.append(missing)
        if self.own is None and name.first < _OPENING:
            self.own = missing

    def missing_before(self, at: int) -> int | None:
        """Tokens between a place and the law named last before it, if the registry does not hold that law."""
        last = self._said[-1] if self._said else None
        near = last is not None and last.law is None and self._sentences[at] - last.sentence <= REACH
        return at - last.at if last and near else None

    @property
    def law_at(self) -> int:
        """Where a law that the registry holds was named last, -1 if none was."""
        return max((one.at for one in self._said if one.law), default=-1)

    def is_outside(self) -> bool:
        """Is the law named last, or first of all, one that the registry surely does not hold?"""
        last = self._said[-1] if self._said else self.own
        return last is not None and last.law is None and last.sure
