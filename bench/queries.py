"""The 60 fixed queries: drawn from the first 10,000 documents of a corpus, so the same at every size above that.

32 without a filter (single words by how common they are, AND, OR, phrases, prefixes, names), 14 of them again with one
filter, and again with two.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any
from zlib import crc32

from bench import corpus

SAMPLE = 10_000
FILTERED = 14
CLASSES = ("rare", "mid", "common", "very common", "and", "or", "phrase", "prefix", "name", "1 filter", "2 filters")


@dataclass(frozen=True, slots=True)
class Query:
    """One question.  ``kind``: term | and | or | phrase | prefix; ``words``: of a term or prefix one.

    ``spellings``: only for ``name``: several phrases, any of which may match.  ``filters``: facet -> alternatives.
    """

    group: str
    kind: str
    words: tuple[str, ...]
    spellings: tuple[tuple[str, ...], ...] = ()
    filters: dict[str, list[str]] = field(default_factory=dict)
    person: str = ""  # the name as it is written in a document

    def classes(self) -> tuple[str, ...]:
        """The rows of the tables that this query belongs to."""
        return (self.group,) if not self.filters else (f"{len(self.filters)} filter{'s'[: len(self.filters) - 1]}",)


def load(path: Path) -> list[Query]:
    """The queries of a corpus folder, drawn once and kept in ``queries.json``."""
    file = path / "queries.json"
    if not file.exists():
        documents = list(islice(corpus.read(path / "ready.jsonl"), SAMPLE))
        source = json.loads((path / "done").read_text())["source"]
        drawn = draw(documents, [d["persons"] for d in documents], corpus.variants(source))
        file.write_text(json.dumps([asdict(q) for q in drawn], ensure_ascii=False, indent=1), encoding="utf-8")
    return [_query(q) for q in json.loads(file.read_text(encoding="utf-8"))]


def _query(raw: dict[str, Any]) -> Query:
    spellings = tuple(tuple(s) for s in raw["spellings"])
    return Query(**raw | {"words": tuple(raw["words"]), "spellings": spellings})


def draw(
    documents: Sequence[dict[str, Any]], persons: Sequence[Sequence[str]], variants: Callable[[str], list[str]]
) -> list[Query]:
    """The queries for a sample of ready documents; the same sample gives the same queries."""
    texts = [d["text"].split() for d in documents]
    found: Counter[str] = Counter()
    for text in texts:
        found.update(set(text))
    ranked = sorted((w for w in found if w.isalpha()), key=lambda w: (-found[w], crc32(w.encode())))
    n = len(texts)

    def near(share: float, skip: int = 0) -> str:
        """The word whose share of documents is nearest to ``share``, or the ``skip``-th after it."""
        at = min(range(len(ranked)), key=lambda i: (abs(found[ranked[i]] - share * n), i))
        return ranked[min(at + skip, len(ranked) - 1)]

    def words(*shares: float) -> tuple[str, ...]:
        return tuple(dict.fromkeys(near(s, i) for i, s in enumerate(shares)))

    out = [Query("rare", "term", (near(s),)) for s in (0.0003, 0.0005, 0.001)]
    out += [Query("mid", "term", (near(s),)) for s in (0.003, 0.008, 0.015)]
    out += [Query("common", "term", (near(s),)) for s in (0.06, 0.1, 0.15)]
    out += [Query("very common", "term", (near(s),)) for s in (0.3, 1.0)]
    ands = ((0.4, 0.2), (0.2, 0.1), (0.1, 0.01), (0.4, 0.002), (0.3, 0.2, 0.1), (0.02, 0.02))
    out += [Query("and", "and", _together(texts, words(*s), found)) for s in ands]
    out += [Query("or", "or", words(*s)) for s in ((0.4, 0.2), (0.1, 0.05), (0.01, 0.005, 0.002), (0.3, 0.01))]
    out += [Query("phrase", "phrase", p) for p in _phrases(texts[: n // 4], found)]
    out += [Query("prefix", "prefix", (p,)) for p in _prefixes(ranked, found, n)]
    out += list(_names(texts, persons, variants))
    return out + _filtered(out, documents, texts)


def _together(texts: Sequence[list[str]], wanted: tuple[str, ...], found: Counter[str]) -> tuple[str, ...]:
    """The rarest of the words, and for each other the word of a like frequency that most often stands beside it."""
    rarest = min(wanted, key=lambda w: (found[w], w))
    beside: Counter[str] = Counter()
    for text in texts:
        if rarest in (here := set(text)):
            beside.update(here)
    out = [rarest]
    for word in wanted:
        if word != rarest:
            like = [w for w in beside if 0.7 <= found[w] / found[word] <= 1.4 and w not in out and w.isalpha()]
            out.append(max(like, key=lambda w: (beside[w], w)) if like else word)
    return tuple(out)


def _phrases(texts: Sequence[list[str]], found: Counter[str]) -> Iterable[tuple[str, ...]]:
    """Two phrases of two words and two of three: one of each of common words, one of each rarer."""
    for size, shares in ((2, (0.05, 0.005)), (3, (0.02, 0.003))):
        seen: Counter[tuple[str, ...]] = Counter()
        for text in texts:
            seen.update(set(zip(*(text[i:] for i in range(size)), strict=False)))
        whole = sorted(p for p in seen if all(w.isalpha() and len(w) > 1 for w in p))
        for share in shares:
            yield min(whole, key=lambda p: (abs(seen[p] - share * len(texts)), -min(found[w] for w in p), p))


def _prefixes(ranked: Sequence[str], found: Counter[str], n: int) -> Iterable[str]:
    """Prefixes of four letters by how many postings they stand for."""
    postings: Counter[str] = Counter()
    for word in ranked:
        if len(word) >= 4:
            postings[word[:4]] += found[word]
    for share in (0.005, 0.03, 0.1, 0.3):
        yield min(postings, key=lambda p: (abs(postings[p] - share * n), p))


def _names(
    texts: Sequence[list[str]], persons: Sequence[Sequence[str]], variants: Callable[[str], list[str]]
) -> Iterable[Query]:
    """Three persons, from often to seldom named, each in up to four spellings that the sample has."""
    named = [p for p, _ in sorted(Counter(p for ps in persons for p in ps).items(), key=lambda c: (-c[1], c[0]))]
    named = [p for p in named if len(corpus.words(p)) > 1]
    joined = [f" {' '.join(t)} " for t in texts]
    for at in (0, len(named) // 50, len(named) // 5):
        person = named[at]
        spellings = dict.fromkeys(tuple(corpus.words(v)) for v in [person, *variants(person)])
        there = [s for s in spellings if len(s) > 1 and any(f" {' '.join(s)} " in t for t in joined)]
        yield Query("name", "name", there[0], tuple(there[:4]), person=person)


def _filtered(plain: Sequence[Query], documents: Sequence[dict[str, Any]], texts: Sequence[list[str]]) -> list[Query]:
    """Every other query again with one selection, and again with two: values that its documents have, in turn."""
    chosen = [q for q in plain if q.group != "rare"][::2][:FILTERED]
    sets = [set(t) for t in texts]
    one: list[Query] = []
    two: list[Query] = []
    for i, query in enumerate(chosen):
        matching = [d for d, s in zip(documents, sets, strict=True) if _roughly(query, s)] or list(documents)
        picked = {}
        for k in range(2):
            facet = corpus.FACETS[(i + k) % len(corpus.FACETS)]
            values = [
                v
                for v, _ in sorted(Counter(v for d in matching for v in d[facet]).items(), key=lambda c: (-c[1], c[0]))
            ]
            picked[facet] = values[: 1 + i % 2]
            if not one or len(one) == i:
                one.append(_with(query, dict(picked)))
        two.append(_with(query, picked))
    return one + two


def _with(query: Query, filters: dict[str, list[str]]) -> Query:
    return Query(query.group, query.kind, query.words, query.spellings, filters, query.person)


def _roughly(query: Query, words: set[str]) -> bool:
    """Whether a document may match."""
    if query.kind == "prefix":
        return any(w.startswith(query.words[0]) for w in words)
    test = any if query.kind == "or" else all
    return test(w in words for w in query.words)
