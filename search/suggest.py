"""Ways to go on typing, and ways out of an empty answer.  Nothing is suggested that would find nothing."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from whoosh import query as wq

from analysis import names
from analysis.tokens import fold, tokenize
from indexer.cards import unpack
from search.collect import Collector
from search.completing import Completer, Completion
from search.counting import Counts
from search.labels import label
from search.request import SearchRequest
from search.syntax import MAX_CHARS

LIMIT = 10
MAX_HEAD = 4
"""Words before the last one that a suggested word has to follow."""

PERSONS, PERSON_FORMS, PERSON_LETTERS = 3, 3, 3
"""Persons suggested; completions of the last word that they are looked for with; letters it must have."""

MAX_CORRECTIONS = 3
MIN_LETTERS, MAX_LETTERS = 4, 30
"""Letters of a word that is looked for nearby."""

MIN_ROOT, ROOT = 5, 0.5
"""Letters, and share of a word, that another has to begin with where no word is nearby."""


class Suggester:
    """The beginning of a query -> articles, names, titles of the index."""

    def __init__(self, collector: Collector, articles: Counts) -> None:
        self._collector = collector
        self._completer = Completer(collector.view, self._documents)
        self._articles = articles.items()
        self._labels = lru_cache(maxsize=16)(self._name_all)

    def suggest(self, text: str, lang: str) -> list[Mapping[str, object]]:
        """Rows {kind, text, label, count, value}: statutes and articles whose label holds the words, persons, words,
        titles.

        ``count``: documents with the provision; with the words of the row one after the other; with the title.
        """
        tokens = tokenize(text[:128])
        if not tokens:
            return []
        words = [t.text for t in tokens]
        rows = self._cited(words, lang)
        if len(words[-1]) > 1 or words[1:]:
            found = self._completer.words(words[:-1][-MAX_HEAD:], words[-1], LIMIT // 2)
            persons = self._persons(words, found)
            head = text[: tokens[-1].start]
            rows += [_row("name", name, count) for name, count in persons]
            rows += [_row("word", head + form, count) for form, count in found]
            rows += self._titles(words[-1], words[:-1]) if len(words[-1]) > 1 else []
        distinct = {tuple(fold_all(str(row["text"]))): row for row in reversed(rows)}
        return list(distinct.values())[::-1][:LIMIT]

    def _documents(self, words: Sequence[str]) -> int:
        query = wq.Phrase("body", list(words)) if len(words) > 1 else wq.Term("body", words[0])
        return int(self._collector.search(query, limit=0, facets=()).total)

    def _persons(self, words: list[str], found: list[Completion]) -> list[Completion]:
        """Names of persons that go on from a word of three letters or more, or from two words in either order."""
        *before, last = words
        if len(before) > 1 or (not before and len(last) < PERSON_LETTERS):
            return []
        forms = [*(form for form, _ in found[:PERSON_FORMS]), *before]
        named = (p for form in forms for p in self._completer.persons(form, PERSONS))
        fitting = [p for p in dict.fromkeys(named) if _goes_on(fold_all(p.text), before, last)]
        kept: list[Completion] = []
        for person in sorted(fitting, key=lambda p: -p.documents):
            parts = person.text.split()
            if not any(all(map(str.startswith, parts, known.text.split())) for known in kept):  # no case forms
                kept.append(person)
        return kept[:PERSONS]

    def _cited(self, words: list[str], lang: str) -> list[Mapping[str, object]]:
        longest, *others = sorted((f" {word}" for word in words), key=len, reverse=True)
        holding = (row for row in self._labels(lang) if longest in row[0] and all(b in row[0] for b in others))
        found = islice(holding, LIMIT // 2)
        return [
            _row("article" if "/art-" in value else "statute", name, count, value) for _, name, count, value in found
        ]

    def _name_all(self, lang: str) -> list[tuple[str, str, int, str]]:
        """(folded words of the label, each behind a space; label; documents; value) of statutes and articles, most
        documents first.
        """
        rows = []
        for value, count in sorted(self._articles, key=lambda row: (-row[1], row[0])):
            if value.count("/") <= 2:
                name = label("article", value, lang)
                rows.append(("".join(f" {word}" for word in fold_all(name)), name, count, value))
        return rows

    def _titles(self, last: str, words: list[str]) -> list[Mapping[str, object]]:
        query = wq.And([*(wq.Term("title", w) for w in words), wq.Prefix("title", last)])
        match = self._collector.search(query, limit=LIMIT // 2, facets=())
        rows: list[Mapping[str, object]] = []
        for doc in match.docs:
            card = unpack(self._collector.card(int(doc)))
            rows.append(_row("title", card.title, 1, card.id))
        return rows


def _goes_on(parts: list[str], before: list[str], last: str) -> bool:
    """Whether a name has the words before the last one and another part that begins like it."""
    others = [part for part in parts if part not in before]
    return len(others) == len(parts) - len(before) and any(part.startswith(last) for part in others)


def _row(kind: str, text: str, count: int, value: str = "") -> dict[str, object]:
    return {"kind": kind, "text": text, "label": text, "count": count, "value": value}


def fold_all(text: str) -> list[str]:
    """The folded forms of a text."""
    return [form for word in text.split() if (form := fold(word.strip(".,()")))]


def corrections(
    collector: Collector, request: SearchRequest, count: Callable[[SearchRequest], int]
) -> tuple[tuple[str, int], ...]:
    """Other queries that find something: another keyboard layout, words one or two letters away or of the same root."""
    if len(request.q) > MAX_CHARS:
        return ()
    tried = [*names.keyboard_variants(request.q), *_respelled(collector, request.q)]
    out = []
    for text in dict.fromkeys(t for t in tried if t and t != request.q):
        found = count(replace(request, q=text, page=1))
        if found:
            out.append((text, found))
        if len(out) == MAX_CORRECTIONS:
            break
    return tuple(out)


def _respelled(collector: Collector, query: str) -> list[str]:
    """The query with each unknown word replaced by the commonest known one nearby, or else akin."""
    out, changed = query, False
    for token in reversed(tokenize(query)[:8]):
        if not MIN_LETTERS <= len(token.text) <= MAX_LETTERS or token.text.isdigit():
            continue
        if collector.doc_frequency("body", token.text):
            continue
        near = collector.terms_within("body", token.text, 1 if len(token.text) < 6 else 2, prefix=1, limit=50)
        if near := near or _akin(collector, token.text):
            best = max(near, key=lambda form: (collector.doc_frequency("body", form), form))
            out, changed = out[: token.start] + best + out[token.end :], True
    return [out] if changed else []


def _akin(collector: Collector, form: str) -> list[str]:
    """Words with the longest beginning of a form that any has: монархиялық for монархия, клевета for клеветник."""
    least = max(MIN_ROOT, math.ceil(len(form) * ROOT))
    beginnings = (collector.terms_with_prefix("body", form[:n]) for n in range(len(form), least - 1, -1))
    return next(filter(None, beginnings), [])
