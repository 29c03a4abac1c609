"""SQLite FTS5: facets in tables of their own, matches in a temporary table that the counts are joined to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import corpus as corpora
from bench.corpus import FACETS
from bench.engines.base import TOP, Answer, panels
from bench.queries import Query

FRAGMENT_WORDS = 40
"""Words of the one fragment that ``snippet()`` cuts, about 300 characters."""


class Engine:
    """One FTS5 column and a table (value, document) for each facet."""

    def version(self) -> str:
        """Name and version of the library."""
        return f"SQLite FTS5 {sqlite3.sqlite_version}"

    def build(self, corpus: Path, folder: Path) -> None:
        """Index the ready documents."""
        db = sqlite3.connect(folder / "index.db")
        db.executescript("PRAGMA journal_mode=off; PRAGMA synchronous=off; PRAGMA cache_size=-262144;")
        db.execute('CREATE VIRTUAL TABLE t USING fts5(text, id UNINDEXED, tokenize="unicode61 remove_diacritics 0")')
        for facet in FACETS:
            db.execute(f"CREATE TABLE {facet}(doc INTEGER, value TEXT, PRIMARY KEY(doc, value)) WITHOUT ROWID")
        batch: list[dict[str, Any]] = []
        for number, document in enumerate(corpora.read(corpus / "ready.jsonl"), 1):
            batch.append(document | {"number": number})
            if len(batch) == 1_000:
                self._insert(db, batch)
                batch = []
        self._insert(db, batch)
        for facet in FACETS:
            db.execute(f"CREATE INDEX {facet}_of ON {facet}(value, doc)")
        db.commit()
        db.close()

    def _insert(self, db: sqlite3.Connection, batch: list[dict[str, Any]]) -> None:
        db.executemany("INSERT INTO t(rowid, text, id) VALUES (:number, :text, :id)", batch)
        for facet in FACETS:
            rows = ((d["number"], value) for d in batch for value in d[facet])
            db.executemany(f"INSERT INTO {facet} VALUES (?, ?)", rows)

    def open(self, folder: Path) -> None:
        """Open the database."""
        self._db = sqlite3.connect(folder / "index.db")
        self._db.executescript("PRAGMA temp_store=memory; PRAGMA cache_size=-65536; PRAGMA mmap_size=2147483648;")
        self._db.execute("CREATE TEMP TABLE m(doc INTEGER PRIMARY KEY, score REAL)")

    def run(self, query: Query, level: str) -> Answer:
        """Answer a query at a level."""
        match, db = _match(query), self._db
        db.execute("DELETE FROM m")
        if level == "search":
            where, values = _where(query.filters, "t.rowid")
            db.execute(f"INSERT INTO m SELECT rowid, rank FROM t WHERE t MATCH ?{where}", (match, *values))
            db.execute("SELECT doc FROM m ORDER BY score, doc LIMIT ?", (TOP,)).fetchall()
            return Answer(db.execute("SELECT count(*) FROM m").fetchone()[0])
        db.execute("INSERT INTO m SELECT rowid, rank FROM t WHERE t MATCH ?", (match,))
        where, values = _where(query.filters, "m.doc")
        top = db.execute(f"SELECT doc FROM m WHERE true{where} ORDER BY score, doc LIMIT ?", (*values, TOP)).fetchall()
        answer = Answer(db.execute(f"SELECT count(*) FROM m WHERE true{where}", values).fetchone()[0])
        for filters, facets in panels(query):
            where, values = _where(filters, "m.doc")
            for f in facets:
                joined = f"m CROSS JOIN {f} f ON f.doc = m.doc"
                sql = f"SELECT f.value, count(*) FROM {joined} WHERE true{where} GROUP BY f.value"
                answer.facets[f] = db.execute(sql, values).fetchall()
        if level == "whole":
            sql = f"SELECT id, snippet(t, 0, '<b>', '</b>', '…', {FRAGMENT_WORDS}) FROM t WHERE t MATCH ? AND rowid = ?"
            rows = [db.execute(sql, (match, doc)).fetchone() for (doc,) in top]
            answer.ids, answer.snippets = [r[0] for r in rows], [r[1] for r in rows]
        return answer


def _match(query: Query) -> str:
    if query.kind == "prefix":
        return f'"{query.words[0]}"*'
    if query.kind == "phrase":
        return f'"{" ".join(query.words)}"'
    if query.kind == "name":
        return " OR ".join(f'"{" ".join(s)}"' for s in query.spellings)
    return f" {query.kind.upper()} ".join(f'"{w}"' for w in query.words)


def _where(filters: dict[str, list[str]], column: str) -> tuple[str, tuple[str, ...]]:
    """Conditions as SQL; the plus keeps the filters from leading the plan."""
    return "".join(_conditions(filters, column)), tuple(v for values in filters.values() for v in values)


def _conditions(filters: dict[str, list[str]], column: str) -> Iterator[str]:
    for facet, values in filters.items():
        yield f" AND +{column} IN (SELECT doc FROM {facet} WHERE value IN ({','.join('?' * len(values))}))"
