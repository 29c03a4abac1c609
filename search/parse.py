"""A query tree becomes Whoosh query objects: every word with its layers, every limit applied before anything runs.

A word stands for its folded form in the text and, weighing more, in the title; for its stem readings in every
language its letters allow; and, in a name query, for the spellings of the same name that the index holds.  Exact beats
stem beats name.  A quoted phrase and ``exact`` mean the folded form alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from whoosh import query as wq

from analysis.errors import RequestError
from analysis.layers import beginnings, is_question_word, query_stems
from analysis.places import mentions
from analysis.tokens import tokenize
from schema import FACET_NAMES
from search.blending import Blended, Leading
from search.request import year_range
from search.syntax import Group, Limit, Node, Phrase, Syntax, Word
from search.typed import TypedFirst

BODY, TITLE, STEM, TITLE_STEM = 0.2, 0.3, 1.0, 1.3
"""Weights where every word must be there: what a form stands for decides, its letters add a little."""

STEMLESS = 6.0
"""What the form itself weighs the more where it has no stem: 2021."""

LOOSE_STEM = 0.8
"""What a form of the same stem counts where words may be missing, the form as typed counting 1."""

QUESTION_WORD = 0.2
"""What "how many" and the like weigh where words may be missing: they ask, and are seldom in the answer."""

NAME = 0.4
COUNTRY = 3.0
"""What a document about a country that is named gets where words may be missing: as much as for a rare word."""

RAREST = 6
"""A loosened query demands one of so many of its rarest words."""

FEW = 10
"""Documents below which an answer goes on with looser ones."""

BEGINNING = 5
"""Letters by which a word that no document holds is looked for where words may be missing."""

FUZZY_PREFIX = 2
MAX_VARIANTS = 60
"""Spellings of one name that a query is widened by."""

MAX_YEARS = 200

Variants = Callable[[str], Sequence[tuple[str, float]]]
"""Folded form -> (another spelling of the same name in the index, likeness 0..1), best first."""


@dataclass(slots=True)
class Parsed:
    """What runs.  ``words`` and ``loose``: each plain word as it must match and as it ranks once the query is loosened;
    ``typed``: the forms of plain words whose documents come first; ``variants``: spellings that were added.
    """

    query: wq.Query
    words: list[tuple[str, wq.Query]] = field(default_factory=list)
    loose: list[wq.Query] = field(default_factory=list)
    typed: tuple[str, ...] = ()
    variants: list[str] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)


class Loosened(NamedTuple):
    """A query that demands a part of its words, and those that its documents may hold, for marks."""

    query: wq.Query
    words: wq.Query


def no_variants(form: str) -> Sequence[tuple[str, float]]:
    """The variants of a query that is not a name."""
    return ()


def compile_syntax(syntax: Syntax, *, exact: bool = False, variants: Variants = no_variants) -> Parsed:
    """Turn a read query into Whoosh queries.  A query of which nothing can be searched is a NullQuery."""
    parsed = Parsed(wq.NullQuery, limits=list(syntax.limits))
    compiler = _Compiler(parsed, exact, variants)
    if syntax.tree is not None and (found := compiler.node(syntax.tree)) is not None:
        parsed.query = wq.And([wq.Every(), found]) if isinstance(found, wq.Not) else found
    if _only_words(syntax.tree) and not exact:
        parsed.typed = tuple(form for form, _ in parsed.words)
    return parsed


def ranked(query: wq.Query, parsed: Parsed) -> wq.Query:
    """A query with its documents in order: those that begin with its words earlier, all words as typed first."""
    if not parsed.typed:
        return query
    words = [Blended({form: 1.0}, dict.fromkeys(query_stems(form), 1.0), {}) for form in parsed.typed]
    return TypedFirst(wq.AndMaybe(query, wq.Or([Leading(word) for word in words])), parsed.typed)


def layered(form: str, variants: Sequence[tuple[str, float]] = (), *, exact: bool = False) -> wq.Query:
    """One folded form with all its layers."""
    stems = () if exact else query_stems(form)
    own = 1.0 if stems else STEMLESS
    terms: list[Any] = [wq.Term("body", form, boost=BODY * own), wq.Term("title", form, boost=TITLE * own)]
    for reading in stems:
        terms.append(wq.Term("stem", reading, boost=STEM))
        terms.append(wq.Term("title_stem", reading, boost=TITLE_STEM))
    if not exact:
        terms += [wq.Term("body", other, boost=NAME * likeness) for other, likeness in variants]
    return wq.Or(terms)


def loosely(form: str, variants: Sequence[tuple[str, float]] = ()) -> wq.Query:
    """One folded form as it ranks a loosened query: all its readings as one term, words that begin alike a little."""
    forms = {other: NAME * likeness for other, likeness in variants} | {form: 1.0}
    stems = dict.fromkeys(query_stems(form), LOOSE_STEM)
    return Blended(forms, stems, beginnings(form), QUESTION_WORD if is_question_word(form) else 1.0)


def loosened(parsed: Parsed, counts: Sequence[int]) -> Loosened | None:
    """The documents that hold one of the rarest words of a query, or a word that begins like one that none holds.

    They are ranked by all words and by the countries that these name.  None if there can be none.

    ``counts``: documents that match each of ``parsed.words``.  The beginnings of names are left out: those that begin
    alike are others.
    """
    words = list(zip(parsed.words, counts, strict=True))
    known = sorted([(is_question_word(form), n, query) for (form, query), n in words if n], key=lambda word: word[:2])
    unknown = [] if parsed.variants else [form for (form, _), n in words if not n]
    begun = [wq.Prefix("body", form[:BEGINNING]) for form in unknown if form.isalpha() and len(form) >= BEGINNING]
    demanded = [query for *_, query in known[:RAREST]] + begun
    if not demanded:
        return None
    named = dict.fromkeys(place.value for place in mentions(" ".join(form for form, _ in parsed.words)))
    about = [wq.ConstantScoreQuery(wq.Term("country", country), COUNTRY) for country in named]
    query = wq.AndMaybe(wq.ConstantScoreQuery(wq.Or(demanded), 0.0), wq.Or([*parsed.loose, *about]))
    return Loosened(query, wq.Or([*(query for *_, query in known), *begun]))


def _only_words(tree: Node | None) -> bool:
    """Whether all that a tree demands are words, in the text or of a field."""
    items = tree.items if isinstance(tree, Group) and tree.op == "and" else (tree,)
    return all(isinstance(item, Word) and item.kind == "word" for item in items)


class _Compiler:
    def __init__(self, parsed: Parsed, exact: bool, variants: Variants) -> None:
        self.parsed, self.exact, self.variants = parsed, exact, variants

    def node(self, node: Node, *, negated: bool = False) -> wq.Query | None:
        if isinstance(node, Word):
            return self.word(node, negated)
        if isinstance(node, Phrase):
            return self.phrase(node, negated)
        if node.op == "not":
            inside = self.node(node.items[0], negated=True)
            return wq.Not(inside) if inside is not None else None
        found = [q for item in node.items if (q := self.node(item, negated=negated)) is not None]
        if not found:
            return None
        if node.op == "or":
            return found[0] if len(found) == 1 else wq.Or([_standing_alone(q) for q in found])
        wanted = [q for q in found if not isinstance(q, wq.Not)]
        if not wanted:
            return wq.And([wq.Every(), *found])
        return found[0] if len(found) == 1 else wq.And(found)

    def word(self, word: Word, negated: bool) -> wq.Query | None:
        if word.field in FACET_NAMES:
            return self.facet(word)
        forms = [t.text for t in tokenize(word.text)]
        if not forms:
            self.parsed.limits.append(("nothing_to_search", word.text))
            return None
        if word.kind != "word":
            last = self.expanding(word, forms[-1])
            return wq.And([*(self.plain(f, word.field, negated) for f in forms[:-1]), last]) if forms[1:] else last
        if len(forms) > 1 and any(c.isdigit() for c in word.text):
            return self.row(forms, word.field, 1)
        queries = [self.plain(f, word.field, negated) for f in forms]
        return queries[0] if len(queries) == 1 else wq.And(queries)

    def plain(self, form: str, field_name: str, negated: bool) -> wq.Query:
        if field_name == "title":
            stems = [] if self.exact else [wq.Term("title_stem", r, boost=TITLE_STEM) for r in query_stems(form)]
            return wq.Or([wq.Term("title", form, boost=TITLE), *stems])
        found = () if self.exact else self.variants(form)
        others = found[:MAX_VARIANTS]
        if len(found) > MAX_VARIANTS:
            self.parsed.limits.append(("too_many_terms", form))
        self.parsed.variants += [v for v, _ in others if v not in self.parsed.variants]
        query = layered(form, others, exact=self.exact)
        if not negated:
            self.parsed.words.append((form, query))
            self.parsed.loose.append(loosely(form, others))
        return query

    def expanding(self, word: Word, form: str) -> wq.Query:
        name = word.field or "body"
        if word.kind == "prefix":
            return wq.Prefix(name, form)
        return wq.FuzzyTerm(name, form, maxdist=1 if len(form) < 6 else 2, prefixlength=FUZZY_PREFIX)

    def phrase(self, phrase: Phrase, negated: bool) -> wq.Query | None:
        if phrase.field in FACET_NAMES:
            return self.facet(Word(phrase.text, phrase.field))
        forms = [t.text for t in tokenize(phrase.text)]
        if not forms:
            self.parsed.limits.append(("nothing_to_search", f'"{phrase.text}"'))
            return None
        query = self.row(forms, phrase.field, phrase.slop)
        if not (negated or phrase.field):
            self.parsed.words.append((" ".join(forms), query))
            self.parsed.loose += [loosely(form) for form in forms]
        return query

    def row(self, forms: Sequence[str], field_name: str, slop: int) -> wq.Query:
        name = field_name or "body"
        if len(forms) > 1:
            return wq.Phrase(name, list(forms), slop=slop)
        return layered(forms[0], exact=True) if not field_name else wq.Term(name, forms[0])

    def facet(self, word: Word) -> wq.Query | None:
        if word.field == "year":
            try:
                low, high = year_range(word.text)
            except RequestError:
                self.parsed.limits.append(("nothing_to_search", f"year:{word.text}"))
                return None
            return any_of("year", years(low, high))
        return wq.Term(word.field, word.text.lower() if word.field != "lang" else word.text)


def years(low: int, high: int) -> list[str]:
    """The years of a range as facet values; open ends stop at 1900 and at ``MAX_YEARS`` later."""
    low = max(low, 1900)
    return [str(y) for y in range(low, min(high, low + MAX_YEARS) + 1)]


def any_of(field_name: str, values: Iterable[str]) -> wq.Query:
    """Documents with any of these facet values."""
    terms = [wq.Term(field_name, v) for v in values]
    return terms[0] if len(terms) == 1 else wq.Or(terms) if terms else wq.NullQuery


def _standing_alone(query: wq.Query) -> wq.Query:
    """A negation among alternatives means every document but these."""
    return wq.And([wq.Every(), query]) if isinstance(query, wq.Not) else query
