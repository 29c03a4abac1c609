"""A name in the query becomes the spellings of that name in the index: keys propose, a strict score accepts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
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
"""Spellings of a name that are looked for beside an initial or beside another form of the family name."""

MAX_OTHER_FORMS = 12
"""Words of the index that are a family name with another suffix."""


@dataclass(frozen=True, slots=True)
class Name:
    """A query read for names: the text to search, the folded forms that are names, the initials left out of it.

    ``demanded``: names of a person that every document must have; ``fathers``: fathers' names, which raise a document
    that has them and are not demanded; ``hyphened``: the parts of names with a hyphen (қасым, жомарт).
    """

    text: str
    forms: frozenset[str]
    left_out: tuple[str, ...]
    demanded: tuple[str, ...] = ()
    fathers: tuple[str, ...] = ()
    hyphened: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Others:
    """Queries for other forms of a whole name, and the words of the index that they ask for."""

    words: tuple[str, ...]
    queries: tuple[wq.Query, ...]


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
            hyphened = tuple(tuple(_forms(w)) for w in words if "-" in w.strip("-"))
            return Name(text, frozenset(parts), tuple(left_out), demanded, fathers, hyphened)
        found = {form for word in words[1:] if names.looks_like_name(word) for form in _forms(word)}
        return Name(query, frozenset(found), ())

    def with_fathers(self, name: Name, query: wq.Query) -> wq.Query:
        """The documents of the other names, those with the father's name first."""
        raised = [layered(form, self.of(form)) for form in name.fathers]
        return wq.AndMaybe(query, wq.Or(raised)) if raised else query

    def with_initials(self, name: Name, query: wq.Query) -> wq.Query:
        """A name of two parts, or one part beside the initial of the other: "Е. Нарымбаев" for "Ермек Нарымбаев"."""
        if len(name.demanded) != 2:
            return query
        first, second = name.demanded
        phrases = [*_side_by_side(self._abbreviated(first, second)), *_side_by_side(self._abbreviated(second, first))]
        return wq.Or([query, *phrases]) if phrases else query

    def other_forms(self, name: Name) -> Others:
        """The family name with another suffix or none beside the given name, and compounds joined or apart.

        "Эмомалӣ Раҳмонов" for "Эмомалӣ Раҳмон"; "Касымжомарт" for "Касым-Жомарт"; "Турсун-заде" for "Турсунзода".
        """
        pairs = self._renamed(name)
        words = [family for _, family in pairs]
        queries = list(_side_by_side(pairs))
        for parts in name.hyphened:
            if found := self._spellings("".join(parts))[:MAX_VARIANTS]:
                words += found
                queries.append(self._beside(name, parts, [wq.Term("body", form, boost=NAME) for form in found]))
        for form in name.demanded:
            if phrases := list(self._apart(form)):
                queries.append(self._beside(name, (form,), phrases))
        return Others(tuple(dict.fromkeys(words)), tuple(queries))

    def _renamed(self, name: Name) -> list[tuple[str, str]]:
        if len(name.demanded) != 2:
            return []
        given, family = name.demanded
        if names.has_suffix(given) and not names.has_suffix(family):
            given, family = family, given
        others = self._others(family, any(map(names.may_be_uzbek, name.demanded)))
        return [(form, other) for form in self._common(given) for other in others] if others else []

    def _apart(self, form: str) -> Iterator[wq.Query]:
        """A family name in -зода or -ұлы as two words of the index."""
        root, suffixes = names.apart(form)
        known = [suffix for suffix in suffixes if self._collector.doc_frequency("body", suffix)]
        for first in self._common(root) if known else ():
            yield from (wq.Phrase("body", [first, suffix], boost=NAME) for suffix in known)

    def _beside(self, name: Name, replaced: Sequence[str], others: Sequence[wq.Query]) -> wq.Query:
        """A whole name, some parts of which are replaced by any of other queries."""
        kept = [layered(form, self.of(form)) for form in name.demanded if form not in replaced]
        return wq.And([*kept, wq.Or(others)]) if kept else wq.Or(others)

    def _abbreviated(self, given: str, family: str) -> Iterator[tuple[str, str]]:
        known = self._common(family)
        letters = {form[:n] for form in (given, *(v for v, _ in self.of(given))) for n in (1, 2) if len(form) > n}
        for initial in sorted(i for i in letters if self._collector.doc_frequency("body", i)):
            yield from ((initial, form) for form in known)

    def _common(self, form: str) -> list[str]:
        """The spellings of a name that most documents have."""
        return self._spellings(form)[:MAX_FAMILY_SPELLINGS]

    def _spellings(self, form: str) -> list[str]:
        """A name and its other spellings, those of the index, the most common first."""
        counts = {v: self._collector.doc_frequency("body", v) for v in (form, *(v for v, _ in self.of(form)))}
        return sorted((v for v in counts if counts[v]), key=lambda v: -counts[v])

    def _find_others(self, family: str, uzbek: bool) -> Sequence[str]:
        """The words of the index that are the folded family name with another suffix or none, the most common first.

        ``uzbek``: one of the names shows it; such names stand without a suffix more often.
        """
        found = [
            other
            for other in self._collector.candidates(sorted(names.family_keys(family, uzbek)))[:MAX_CANDIDATES]
            if (match := names.same_family(family, other, (uzbek, uzbek))) is not None and match.score >= names.ACCEPT
        ]
        found.sort(key=lambda v: (-self._collector.doc_frequency("body", v), v))
        return found[:MAX_OTHER_FORMS]


def _side_by_side(pairs: Iterable[tuple[str, str]]) -> Iterator[wq.Query]:
    return (wq.Phrase("body", list(words), boost=NAME) for pair in pairs for words in (pair, pair[::-1]))


def _forms(part: str) -> list[str]:
    return [t.text for t in tokenize(part)]
