"""Ways to go on typing, and ways out of an empty answer.  Nothing is suggested that would find nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

from whoosh import query as wq

from analysis import names
from analysis.tokens import fold, tokenize
from search.collect import Collector
from search.counting import Counts
from search.labels import label
from search.request import SearchRequest
from search.syntax import MAX_CHARS

LIMIT = 10
MAX_TITLES = 20_000
"""Titles that can be suggested; a larger collection suggests words instead."""

MAX_CORRECTIONS = 3
MIN_LETTERS, MAX_LETTERS = 4, 30
"""Letters of a word that is looked for nearby."""


class Suggester:
    """The beginning of a query -> articles, names, titles of the index."""

    def __init__(self, collector: Collector, articles: Counts) -> None:
        self._collector = collector
        self._articles = articles.items()
        self._labels = lru_cache(maxsize=16)(self._name_all)

    def suggest(self, text: str, lang: str) -> list[Mapping[str, object]]:
        """Rows {kind, text, label, count, value}: statutes and articles whose label holds the words, then words."""
        tokens = tokenize(text[:128])
        if not tokens:
            return []
        rows = self._cited([t.text for t in tokens], lang)
        head, last = text[: tokens[-1].start], tokens[-1].text
        if len(last) > 1:
            rows += self._words(head, last)
            rows += self._titles(tokens[-1].text, [t.text for t in tokens[:-1]])
        return rows[:LIMIT]

    def _cited(self, words: list[str], lang: str) -> list[Mapping[str, object]]:
        found = [row for row in self._labels(lang) if _holds(row[0], words)][: LIMIT // 2]
        return [
            {
                "kind": "article" if "/art-" in value else "statute",
                "text": name,
                "label": name,
                "count": count,
                "value": value,
            }
            for _, name, count, value in found
        ]

    def _name_all(self, lang: str) -> list[tuple[list[str], str, int, str]]:
        """(folded words of the label, label, documents, value) of statutes and articles, most documents first."""
        rows = []
        for value, count in sorted(self._articles, key=lambda row: (-row[1], row[0])):
            if value.count("/") <= 2:
                name = label("article", value, lang)
                rows.append((fold_all(name), name, count, value))
        return rows

    def _words(self, head: str, last: str) -> list[Mapping[str, object]]:
        forms = self._collector.terms_with_prefix("body", last, 200)
        counted = sorted((-self._collector.doc_frequency("body", f), f) for f in forms)[: LIMIT // 2]
        return [
            {"kind": "word", "text": head + form, "label": head + form, "count": -n, "value": ""} for n, form in counted
        ]

    def _titles(self, last: str, words: list[str]) -> list[Mapping[str, object]]:
        query = wq.And([*(wq.Term("title", w) for w in words), wq.Prefix("title", last)])
        match = self._collector.search(query, limit=LIMIT // 2, facets=())
        rows: list[Mapping[str, object]] = []
        for doc in match.docs:
            card = json.loads(self._collector.card(int(doc)))
            id_ = self._collector.id_of(int(doc))
            rows.append({"kind": "title", "text": card["title"], "label": card["title"], "count": 1, "value": id_})
        return rows


def fold_all(text: str) -> list[str]:
    """The folded forms of a text."""
    return [form for word in text.split() if (form := fold(word.strip(".,()")))]


def _holds(label_words: list[str], words: list[str]) -> bool:
    return all(any(have.startswith(word) for have in label_words) for word in words)


def corrections(
    collector: Collector, request: SearchRequest, count: Callable[[SearchRequest], int]
) -> tuple[tuple[str, int], ...]:
    """Other queries that find something: another keyboard layout, words one or two letters away."""
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
    """The query with each unknown word replaced by the commonest known one nearby."""
    out, changed = query, False
    for token in reversed(tokenize(query)[:8]):
        if not MIN_LETTERS <= len(token.text) <= MAX_LETTERS or token.text.isdigit():
            continue
        if collector.doc_frequency("body", token.text):
            continue
        near = collector.terms_within("body", token.text, 1 if len(token.text) < 6 else 2, prefix=1, limit=50)
        if near:
            best = max(near, key=lambda form: (collector.doc_frequency("body", form), form))
            out, changed = out[: token.start] + best + out[token.end :], True
    return [out] if changed else []
