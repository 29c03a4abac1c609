"""A name in the query becomes the spellings of that name in the index: keys propose, a strict score accepts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from whoosh import query as wq

from analysis import names
from analysis.tokens import tokenize
from search.collect import Collector
from search.parse import MAX_VARIANTS, NAME, layered

MAX_CANDIDATES = 2_000
"""Candidates scored for one word; the rest, rarer keys last, is left out."""


MAX_FAMILY_SPELLINGS = 4
"""Spellings of a family name that are looked for beside an initial, and of a given name beside another family name."""


@dataclass(frozen=True, slots=True)
class Name:
    """A query read for names: the text to search, the folded forms that are names, the initials left out of it.

    ``demanded``: names of a person that every document must have; ``fathers``: fathers' names, which raise a document
    that has them and are not demanded.
    """

    text: str
    forms: frozenset[str]
    left_out: tuple[str, ...]
    demanded: tuple[str, ...] = ()
    fathers: tuple[str, ...] = ()


class Variants:
    """Spellings of a name among the words of one snapshot.  Thread-safe; keeps the last few hundred answers."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self.of = lru_cache(maxsize=512)(self._find)
        self._others = lru_cache(maxsize=512)(self._find_others)

    def _find(self, form: str) -> Sequence[tuple[str, float]]:
        """(another spelling, weight 0..1) for a folded form, best first, then the more common.

        A rare spelling must not outweigh the common one because it is rare: each weighs as much as all together would.
        """
        found = []
        for other in self._collector.candidates(names.name_keys(form))[:MAX_CANDIDATES]:
            if other != form and (match := names.same_name(form, other)) is not None:
                found.append((other, match.score))
        counts = {other: self._collector.doc_frequency("body", other) for other, _ in found}
        found.sort(key=lambda v: (-v[1], -counts[v[0]], v[0]))
        found = found[: MAX_VARIANTS + 1]  # one more than is searched, to tell that there are more
        together = self._idf(sum(counts[other] for other, _ in found))
        return tuple((other, likeness * together / self._idf(counts[other])) for other, likeness in found)

    def _idf(self, documents: int) -> float:
        """Whoosh's: log(N / (df + 1)) + 1, here never below a tenth."""
        return max(math.log(max(self._collector.count, 1) / (documents + 1)) + 1, 0.1)

    def read(self, query: str) -> Name:
        """Which words of a query are searched as names, and the query without the initials of a person."""
        words = query.split()
        if names.looks_like_name(query):
            parts = names.name_parts(query)
            fathers = tuple(names.fathers_names(query))
            demanded = tuple(p for p in parts if p not in fathers)
            text = " ".join([*demanded, *names.titles(query)])
            left_out = [w for w in names.initials(query) if not set(_forms(w)) & set(parts)]
            return Name(text, frozenset(parts), tuple(left_out), demanded, fathers)
        found = {form for word in words[1:] if names.looks_like_name(word) for form in _forms(word)}
        return Name(query, frozenset(found), ())

    def with_fathers(self, name: Name, query: wq.Query) -> wq.Query:
        """The documents of the other names, those with the father's name first."""
        raised = [layered(form, self.of(form)) for form in name.fathers]
        return wq.AndMaybe(query, wq.Or(raised)) if raised else query

    def renamed(self, name: Name) -> list[tuple[str, str]]:
        """A given name and, of a name of two parts, its family name with another suffix or none: Эмомалӣ, Раҳмонов."""
        if len(name.demanded) != 2:
            return []
        given, family = name.demanded
        if names.has_suffix(given) and not names.has_suffix(family):
            given, family = family, given
        others = self._others(family)
        return [(form, other) for form in self._common(given) for other in others] if others else []

    def side_by_side(self, name: Name, renamed: Sequence[tuple[str, str]], query: wq.Query) -> wq.Query:
        """A name of two parts, or one part beside the initial of the other: "Е. Нарымбаев" for "Ермек Нарымбаев".

        Or else beside its other family name, as ``renamed`` gives it.
        """
        if len(name.demanded) != 2:
            return query
        first, second = name.demanded
        pairs = [*self._abbreviated(first, second), *self._abbreviated(second, first), *renamed]
        phrases = [wq.Phrase("body", list(words), boost=NAME) for pair in pairs for words in (pair, pair[::-1])]
        return wq.Or([query, *phrases]) if phrases else query

    def _abbreviated(self, given: str, family: str) -> Iterator[tuple[str, str]]:
        known = self._common(family)
        letters = {form[:n] for form in (given, *(v for v, _ in self.of(given))) for n in (1, 2) if len(form) > n}
        for initial in sorted(i for i in letters if self._collector.doc_frequency("body", i)):
            yield from ((initial, form) for form in known)

    def _common(self, form: str) -> list[str]:
        """The spellings of a name that most documents have."""
        spellings = {v: self._collector.doc_frequency("body", v) for v in (form, *(v for v, _ in self.of(form)))}
        known = sorted((v for v in spellings if spellings[v]), key=lambda v: -spellings[v])
        return known[:MAX_FAMILY_SPELLINGS]

    def _find_others(self, family: str) -> Sequence[str]:
        """The words of the index that are the folded family name with another suffix or none, the most common first."""
        found = [
            other
            for other in self._collector.candidates(sorted(names.family_keys(family)))[:MAX_CANDIDATES]
            if (match := names.same_family(family, other)) is not None and match.score >= names.ACCEPT
        ]
        found.sort(key=lambda v: (-self._collector.doc_frequency("body", v), v))
        return found[:MAX_FAMILY_SPELLINGS]


def _forms(part: str) -> list[str]:
    return [t.text for t in tokenize(part)]
