"""Does stemming find more?  nDCG@10 of ways to make terms, over real texts in seven languages.

``python -m bench.retrieval`` prints one table a query set.  Every own way (no stems, first five letters, our stems) is
ranked by the same BM25 (k1 = 1.2, b = 0.75; Robertson and Zaragoza, 2009); beside them stand tantivy and SQLite FTS5
with the analyzers that they ship.  Query sets: headlines whose text is searched without them, titles of encyclopedia
paragraphs, and the questions of ``bench/questions.toml``.  The texts are in ../shared/bench, no part of the repository.
"""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from analysis.layers import query_stems, stems
from analysis.tokens import tokenize

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared" / "bench"
TESTED = ("kk", "ky", "uz", "tg", "tk", "ru")
Terms = Callable[[str, str, bool], list[str]]  # text, language, is it a query -> terms
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


def folded(text: str, lang: str, query: bool) -> list[str]:
    """No stems: the folded forms."""
    return [t.text for t in tokenize(text)]


def truncated(text: str, lang: str, query: bool) -> list[str]:
    """The first five letters of each word, the strong baseline for agglutinating languages."""
    return [t.text[:5] for t in tokenize(text)]


def stemmed(text: str, lang: str, query: bool) -> list[str]:
    """Our stem readings; a query has those of every language that its letters allow."""
    words = (t.text for t in tokenize(text))
    return [term for w in words for term in ((query_stems(w) if query else stems(w, lang)) or (w,))]


def folded_and_stemmed(text: str, lang: str, query: bool) -> list[str]:
    """Both layers, as the index has them: a word found in its own form counts more than one found by its stem."""
    return folded(text, lang, query) + stemmed(text, lang, query)


OWN: dict[str, Terms] = {
    "no stems": folded,
    "five letters": truncated,
    "stems": stemmed,
    "folded + stems": folded_and_stemmed,
}


def bm25(documents: list[str], lang: str, terms: Terms) -> Search:
    """A searcher over the documents' terms.  Ties keep the order of the documents."""
    k1, b = 1.2, 0.75
    postings: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    lengths = np.ones(len(documents))
    for row, text in enumerate(documents):
        found = terms(text, lang, False)
        lengths[row] = max(len(found), 1)
        for term in found:
            postings[term][row] += 1
    norm = k1 * (1 - b + b * lengths / lengths.mean())

    def search(query: str) -> list[int]:
        scores = np.zeros(len(documents))
        for term in dict.fromkeys(terms(query, lang, True)):
            if hits := postings.get(term):
                rows = np.fromiter(hits.keys(), np.int64, len(hits))
                counts = np.fromiter(hits.values(), np.float64, len(hits))
                idf = np.log1p((len(documents) - len(hits) + 0.5) / (len(hits) + 0.5))
                scores[rows] += idf * counts * (k1 + 1) / (counts + norm[rows])
        best = np.argsort(-scores, kind="stable")[:10]
        return [int(row) for row in best if scores[row] > 0]

    return search


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
        ways = [(name, bm25(asked.documents, asked.lang, terms)) for name, terms in OWN.items()]
        ways += peers(asked.documents, asked.lang)
        scores = {name: np.mean([ndcg(search(q), r) for q, r in asked.queries]) for name, search in ways}
        shown = "  ".join(f"{name} {score:.3f}" for name, score in scores.items())
        print(f"{asked.name:<12}{asked.lang:<6}{len(asked.queries):>8}  {shown}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
