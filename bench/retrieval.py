"""Does stemming find more?  nDCG@10 of ways to make terms, over real texts in seven languages.

``python -m bench.retrieval`` prints one table a query set.  Every own way (no stems, first five letters, our stems) is
ranked by the same BM25 (k1 = 1.2, b = 0.75; Robertson and Zaragoza, 2009); beside them stand Izde itself, with queries
as typed, and tantivy and SQLite FTS5 with the analyzers that they ship.  Query sets: headlines whose text is searched
without them, titles of encyclopedia paragraphs, the questions of ``bench/questions.toml``, to the texts of their
language and ("among all") to those of all languages in one index, and ("asked") those of ``bench/asked.jsonl``, written
without sight of the engine, to all texts of their language.  The texts are in ../shared/bench, no part of the
repository.

``--questions FILE`` asks the questions of a file instead (``bench.querysets.asked_in``).  "pushed" counts the queries
for which Izde puts a document with every word as typed below the third place, behind documents that lack one: those of
the set, and 400 of one or two words of its documents.
"""

from __future__ import annotations

import argparse
import atexit
import json
import re
import shutil
import sqlite3
import sys
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from analysis.layers import query_stems, stems
from analysis.tokens import tokenize
from bench import report
from bench.querysets import SHARED, Grades, QuerySet, asked_in, query_sets
from indexer import pipeline, snapshot
from search.collect import Collector
from search.engine import Engine
from search.request import SearchRequest

Terms = Callable[[str, str, bool], list[tuple[str, ...]]]  # text, language, is it a query -> terms of each word
Search = Callable[[str], list[int]]  # query -> rows of documents, best first


def folded(text: str, lang: str, query: bool) -> list[tuple[str, ...]]:
    """No stems: the folded forms."""
    return [(t.text,) for t in tokenize(text)]


def truncated(text: str, lang: str, query: bool) -> list[tuple[str, ...]]:
    """The first five letters of each word, the strong baseline for agglutinating languages."""
    return [(t.text[:5],) for t in tokenize(text)]


def stemmed(text: str, lang: str, query: bool) -> list[tuple[str, ...]]:
    """Our stem readings; a query has those of every language that its letters allow."""
    words = (t.text for t in tokenize(text))
    return [(query_stems(w) if query else stems(w, lang)) or (w,) for w in words]


FOUND = 80
"""Documents a searcher gives: ten, and translations of answers among them."""

NOTE = """`python -m bench.retrieval`

nDCG@10 over real texts in seven languages. "no stems", "five letters" (of each word) and "stems" are ranked by the same
plain BM25; Izde answers queries as typed: documents with all words, then, where these are few, those with some.
"among all": the questions to the texts of all languages in one index. "asked": questions written without sight of the
engine, to all texts of their language, also those without translations. "pushed": queries, 400 sampled ones among them,
for which a document with every word as typed is below the third place."""

OWN: dict[str, Terms] = {"no stems": folded, "five letters": truncated, "stems": stemmed}


@lru_cache(maxsize=3 * len(OWN))  # the texts of all languages are asked again and again
def bm25(documents: tuple[str, ...], langs: tuple[str, ...], terms: Terms) -> Search:
    """A searcher in which the terms of one query word are one term.  Ties keep the order of the documents."""
    k1, b = 1.2, 0.75
    places = _places(documents, langs, terms)
    lengths = np.array([max(len(tokenize(text)), 1) for text in documents], np.float64)
    norm = k1 * (1 - b + b * lengths / lengths.mean())

    def search(query: str) -> list[int]:
        scores = np.zeros(len(documents))
        for readings in dict.fromkeys(terms(query, "", True)):
            found: dict[int, set[int]] = defaultdict(set)
            for reading in readings:
                for row, at in places.get(reading, {}).items():
                    found[row] |= at
            rows = np.fromiter(found, np.int64, len(found))
            tf = np.fromiter(map(len, found.values()), np.float64, len(found))
            idf = np.log1p((len(documents) - len(found) + 0.5) / (len(found) + 0.5))
            scores[rows] += idf * tf * (k1 + 1) / (tf + norm[rows])
        best = np.argsort(-scores, kind="stable")[:FOUND]
        return [int(row) for row in best if scores[row] > 0]

    return search


def _places(documents: tuple[str, ...], langs: tuple[str, ...], terms: Terms) -> dict[str, dict[int, set[int]]]:
    """Term -> row of a document -> word numbers."""
    places: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row, (text, lang) in enumerate(zip(documents, langs, strict=True)):
        for place, readings in enumerate(terms(text, lang, False)):
            for reading in readings:
                places[reading][row].add(place)
    return places


def fts5(documents: tuple[str, ...], tokenizer: str) -> Search:
    """SQLite FTS5 with a tokenizer of its own."""
    base = sqlite3.connect(":memory:")
    base.execute(f"CREATE VIRTUAL TABLE t USING fts5(body, tokenize='{tokenizer}')")
    base.executemany("INSERT INTO t(rowid, body) VALUES (?, ?)", enumerate(documents))

    def search(query: str) -> list[int]:
        words = " OR ".join(f'"{w}"' for w in re.findall(r"\w+", query))
        rows = base.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?", (words, FOUND))
        return [row for (row,) in rows]

    return search


def tantivy_default(documents: tuple[str, ...], analyzer: str) -> Search:
    """Tantivy with a tokenizer of its own."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name=analyzer)
    builder.add_unsigned_field("row", stored=True)
    folder = tempfile.TemporaryDirectory()
    index = tantivy.Index(builder.build(), path=folder.name)
    writer = index.writer()
    for row, text in enumerate(documents):
        writer.add_document(tantivy.Document(body=text, row=row))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(query: str, _keep: object = folder) -> list[int]:
        parsed = index.parse_query(" ".join(re.findall(r"\w+", query)), ["body"])
        return [searcher.doc(address)["row"][0] for _, address in searcher.search(parsed, FOUND).hits]

    return search


def peers(documents: tuple[str, ...]) -> Iterator[tuple[str, Search]]:
    """The engines of others, those that are installed."""
    yield "FTS5 unicode61", fts5(documents, "unicode61")
    yield "FTS5 porter", fts5(documents, "porter unicode61")
    try:
        yield "tantivy default", tantivy_default(documents, "default")
    except ImportError:
        print("tantivy is not installed: its column is left out", file=sys.stderr)


class Product(NamedTuple):
    """Izde over documents: queries as typed, and the folded forms that it keeps of each document.

    What follows the comments of a page, say, is not in its index.
    """

    search: Search
    words: list[frozenset[str]]


@lru_cache(maxsize=3)
def product(documents: tuple[str, ...], langs: tuple[str, ...]) -> Product:
    """Izde itself: its own index of the documents."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    texts = zip(documents, langs, strict=True)
    rows = [{"id": str(i), "title": "-", "text": text, "lang": lang} for i, (text, lang) in enumerate(texts)]
    lines = folder / "documents.jsonl"
    lines.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    pipeline.run([lines], folder / "index")
    engine = Engine(folder / "index", verify=False)
    collector = Collector(snapshot.current(folder / "index"))
    kept = [collector.doc_of(str(i)) for i in range(len(documents))]
    words = [frozenset(() if doc is None else collector.words(doc)) for doc in kept]
    return Product(
        lambda query: [int(h.id) for h in engine.search(SearchRequest(q=query, size=FOUND, as_text=True)).shown], words
    )


def ndcg(found: list[int], grades: Grades) -> float:
    """nDCG@10 with linear gain (Järvelin and Kekäläinen, 2002)."""
    gain = sum(grades.get(row, 0) / np.log2(rank + 2) for rank, row in enumerate(found[:10]))
    best = sorted(grades.values(), reverse=True)[:10]
    return float(gain / sum(grade / np.log2(rank + 2) for rank, grade in enumerate(best)))


def pushed(found: list[int], exact: set[int]) -> bool:
    """Is a document of ``exact`` below the third place, with three documents or more that are not above it?"""
    strangers = 0
    for row in found:
        if row in exact and strangers >= 3:
            return True
        strangers += row not in exact
    return strangers >= 3 and not exact <= set(found)


def sampled(documents: tuple[str, ...], words: int) -> list[str]:
    """Runs of so many words of the documents, always the same 200."""
    runs = set()
    for text in documents:
        forms = [t.text for t in tokenize(text)]
        rows = zip(*(forms[i:] for i in range(words)), strict=False)
        runs |= {" ".join(row) for row in rows if all(w.isalpha() and len(w) > 3 for w in row)}
    return sorted(runs, key=lambda run: zlib.crc32(run.encode()))[:200]


def exactly(words: list[frozenset[str]], query: str) -> set[int]:
    """Rows of the documents, given as their folded forms, that have every word of a query as it was typed."""
    wanted = {t.text for t in tokenize(query)}
    return {row for row, forms in enumerate(words) if wanted <= forms}


def figures(asked: QuerySet, with_peers: bool) -> dict[str, str]:
    """nDCG@10 by way, and how many queries have an exact document pushed down, as they are shown."""
    izde = product(asked.documents, asked.langs)
    ways = [(name, bm25(asked.documents, asked.langs, terms)) for name, terms in OWN.items()]
    ways += [("izde", izde.search), *(peers(asked.documents) if with_peers else ())]
    out = {}
    for name, search in ways:
        values = [ndcg(asked.judged(search(q), grades), grades) for q, grades in asked.queries]
        out[name] = f"{np.mean(values):.3f}"
    typed = [q for n in (1, 2) for q in sampled(asked.documents, n)]
    every = [*typed, *(q for q, _ in asked.queries)]
    out["pushed"] = str(sum(pushed(izde.search(q), exactly(izde.words, q)) for q in every))
    return out


def main() -> int:
    """Print the table; 1 if the texts are absent."""
    parser = argparse.ArgumentParser(description="nDCG@10 of ways to make terms")
    parser.add_argument("--questions", type=Path, metavar="FILE", help="questions to ask instead of our own, as JSONL")
    parser.add_argument("--out", type=Path, metavar="PAGE", help="page for the table of our own questions")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"{SHARED} is absent: this benchmark needs the real texts that are no part of the repository.")
        return 1
    rows: list[list[object]] = []
    for asked in asked_in(options.questions) if options.questions else query_sets():
        found = figures(asked, with_peers=not options.questions)
        shown = "  ".join(f"{name} {value}" for name, value in found.items())
        print(f"{asked.name:<12}{asked.lang:<6}{len(asked.queries):>8}  {shown}", flush=True)
        rows.append([asked.name, asked.lang, len(asked.queries), *found.values()])
    if options.out and not options.questions:
        head = ["queries", "language", "how many", *found]
        report.put_section(options.out, "Retrieval", f"{NOTE}\n\n{report.table(head, rows)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
