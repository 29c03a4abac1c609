"""Does stemming find more?  nDCG@10 of ways to make terms, over real texts in seven languages.

``python -m bench.retrieval`` prints one table a query set.  Every own way (no stems, first five letters, our stems) is
ranked by the same BM25 (k1 = 1.2, b = 0.75; Robertson and Zaragoza, 2009); beside them stand Izde itself, with queries
as typed, and tantivy and SQLite FTS5 with the analyzers that they ship.  Query sets: headlines whose text is searched
without them, titles of encyclopedia paragraphs, and the questions of ``bench/questions.toml``.  The texts are in
../shared/bench, no part of the repository.
"""

from __future__ import annotations

import atexit
import gzip
import json
import re
import shutil
import sqlite3
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from analysis.layers import beginning, query_stems, stems
from analysis.tokens import tokenize
from indexer import pipeline
from search.engine import Engine
from search.request import SearchRequest

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared" / "bench"
TESTED = ("kk", "ky", "uz", "tg", "tk", "ru")
Terms = Callable[[str, str, bool], list[tuple[str, ...]]]  # text, language, is it a query -> terms of each word
Search = Callable[[str], list[int]]  # query -> rows of documents, best first


class Text(NamedTuple):
    """One document: its id, the id it shares with its translations, and its words."""

    id: str
    parallel: str
    title: str
    text: str
    kind: str


class QuerySet(NamedTuple):
    """Documents of one language and queries, each with the rows of the documents that answer it."""

    name: str
    lang: str
    documents: list[str]
    queries: list[tuple[str, frozenset[int]]]


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


def begun(text: str, lang: str, query: bool) -> list[tuple[str, ...]]:
    """The last layer of ``analysis.layers``: the beginnings of long words."""
    return [(beginning(t.text),) if beginning(t.text) else () for t in tokenize(text)]


Layers = tuple[tuple[float, Terms], ...]  # each layer and what a word found only in it counts
OWN: dict[str, Layers] = {
    "no stems": ((1.0, folded),),
    "five letters": ((1.0, truncated),),
    "stems": ((1.0, stemmed),),
    "stems + beginnings": ((1.0, stemmed), (0.4, begun)),
    "folded + stems + beginnings": ((1.0, folded), (0.8, stemmed), (0.35, begun)),
}


def bm25(documents: list[str], lang: str, layers: Layers) -> Search:
    """A searcher in which the terms of one query word are one term.

    A place of a document counts once, with the weight of the first layer that finds it; the rarity of the word is the
    mean of what its first and its last layer find.  Ties keep the order of the documents.
    """
    k1, b = 1.2, 0.75
    indexes = [(weight, terms, _places(documents, lang, terms)) for weight, terms in layers]
    lengths = np.array([max(len(tokenize(text)), 1) for text in documents], np.float64)
    norm = k1 * (1 - b + b * lengths / lengths.mean())

    def search(query: str) -> list[int]:
        scores = np.zeros(len(documents))
        for word in dict.fromkeys(zip(*(terms(query, lang, True) for _, terms, _ in indexes), strict=True)):
            counts: dict[int, float] = defaultdict(float)
            seen: dict[int, set[int]] = defaultdict(set)
            sizes = []
            for (weight, _, places), readings in zip(indexes, word, strict=True):
                for row, at in (hit for r in readings for hit in places.get(r, {}).items()):
                    counts[row] += weight * len(at - seen[row])
                    seen[row] |= at
                sizes.append(len(counts))
            if counts:
                rows = np.fromiter(counts, np.int64, len(counts))
                tf = np.fromiter(counts.values(), np.float64, len(counts))
                holding = (sizes[0] + sizes[-1]) / 2
                idf = np.log1p((len(documents) - holding + 0.5) / (holding + 0.5))
                scores[rows] += idf * tf * (k1 + 1) / (tf + norm[rows])
        best = np.argsort(-scores, kind="stable")[:10]
        return [int(row) for row in best if scores[row] > 0]

    return search


def _places(documents: list[str], lang: str, terms: Terms) -> dict[str, dict[int, set[int]]]:
    """Term -> row of a document -> word numbers."""
    places: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row, text in enumerate(documents):
        for place, readings in enumerate(terms(text, lang, False)):
            for reading in readings:
                places[reading][row].add(place)
    return places


def fts5(documents: list[str], tokenizer: str) -> Search:
    """SQLite FTS5 with a tokenizer of its own."""
    base = sqlite3.connect(":memory:")
    base.execute(f"CREATE VIRTUAL TABLE t USING fts5(body, tokenize='{tokenizer}')")
    base.executemany("INSERT INTO t(rowid, body) VALUES (?, ?)", enumerate(documents))

    def search(query: str) -> list[int]:
        words = " OR ".join(f'"{w}"' for w in re.findall(r"\w+", query))
        rows = base.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", (words,))
        return [row for (row,) in rows]

    return search


def tantivy_default(documents: list[str], analyzer: str) -> Search:
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
        return [searcher.doc(address)["row"][0] for _, address in searcher.search(parsed, 10).hits]

    return search


def peers(documents: list[str], lang: str) -> Iterator[tuple[str, Search]]:
    """The engines of others, those that are installed."""
    yield "FTS5 unicode61", fts5(documents, "unicode61")
    yield "FTS5 porter", fts5(documents, "porter unicode61")
    try:
        yield "tantivy default", tantivy_default(documents, "default")
    except ImportError:
        print("tantivy is not installed: its column is left out", file=sys.stderr)


def product(documents: list[str], lang: str) -> Search:
    """Izde itself: its own index of the documents, queries as typed."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    rows = [{"id": str(i), "title": "-", "text": text, "lang": lang} for i, text in enumerate(documents)]
    lines = folder / "documents.jsonl"
    lines.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    pipeline.run([lines], folder / "index")
    engine = Engine(folder / "index", verify=False)
    return lambda query: [int(h.id) for h in engine.search(SearchRequest(q=query, size=10, as_text=True)).hits]


def ndcg(found: list[int], relevant: frozenset[int]) -> float:
    """nDCG@10 with binary relevance (Järvelin and Kekäläinen, 2002)."""
    gain = sum(1 / np.log2(rank + 2) for rank, row in enumerate(found) if row in relevant)
    return float(gain / sum(1 / np.log2(rank + 2) for rank in range(min(len(relevant), 10))))


def query_sets() -> Iterator[QuerySet]:
    """Every query set that the texts allow."""
    news, law = _read("parallel_news"), _read("parallel_law")
    questions = tomllib.loads((HERE / "questions.toml").read_text("utf-8"))["question"]
    for lang in TESTED:
        texts = [t for t in news[lang] if t.kind == "news"]
        others = [t for t in news[lang] if t.kind != "news"] + law[lang]
        bodies = [t.text for t in texts + others]
        yield QuerySet("headlines", lang, bodies, [(t.title, frozenset([row])) for row, t in enumerate(texts)])
        if lang in questions[0]:
            whole = [f"{t.text}\n{t.title}" for t in texts + others]
            rows = {t.parallel: row for row, t in enumerate(texts + others)}
            asked = [(q[lang], frozenset(rows[r] for r in q["relevant"] if r in rows)) for q in questions]
            yield QuerySet("questions", lang, whole, [(q, r) for q, r in asked if r])
    yield _encyclopedia()


def _encyclopedia() -> QuerySet:
    """Kazakh paragraphs; the title of an article asks for its paragraphs, which are searched without it."""
    texts = [t for t in _read("kk")["kk"] if t.kind == "encyclopedia"]
    rows: dict[str, set[int]] = defaultdict(set)
    for row, t in enumerate(texts):
        rows[t.title].add(row)
    return QuerySet("titles", "kk", [t.text for t in texts], [(t, frozenset(r)) for t, r in rows.items()])


def _read(name: str) -> dict[str, list[Text]]:
    texts: dict[str, list[Text]] = defaultdict(list)
    with gzip.open(SHARED / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            parallel = row.get("parallel", "")
            texts[row["lang"]].append(Text(row["id"], parallel, row["title"], row["text"], row["kind"]))
    return texts


def main() -> int:
    """Print the table; 1 if the texts are absent."""
    if not SHARED.is_dir():
        print(f"{SHARED} is absent: this benchmark needs the real texts that are no part of the repository.")
        return 1
    print(f"{'nDCG@10':<12}{'lang':<6}{'queries':>8}  way")
    for asked in query_sets():
        ways = [(name, bm25(asked.documents, asked.lang, layers)) for name, layers in OWN.items()]
        ways += [("izde", product(asked.documents, asked.lang)), *peers(asked.documents, asked.lang)]
        scores = {name: np.mean([ndcg(search(q), r) for q, r in asked.queries]) for name, search in ways}
        shown = "  ".join(f"{name} {score:.3f}" for name, score in scores.items())
        print(f"{asked.name:<12}{asked.lang:<6}{len(asked.queries):>8}  {shown}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
