"""Lucene in a Java machine within the process (JPype).

``LUCENE_JAR`` names a jar with lucene-core, its analyzers and Jackson.  Lucene's side is ``Lucene.java``.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import jpype

from bench.corpus import FACETS
from bench.engines.base import JOBS, LEVELS, Answer
from bench.queries import Query

SOURCE = Path(__file__).with_name("Lucene.java")


class Engine:
    """One text field with positions, stored; facets as terms and as sorted doc values."""

    def __init__(self) -> None:
        self._jar = os.environ["LUCENE_JAR"]
        self._classes = tempfile.TemporaryDirectory()
        subprocess.run(["javac", "-cp", self._jar, "-d", self._classes.name, str(SOURCE)], check=True)

    def version(self) -> str:
        """Name and version of the library."""
        return f"Lucene {jpype.JClass('org.apache.lucene.util.Version').LATEST}"

    def build(self, corpus: Path, folder: Path) -> None:
        """Index the ready documents with two threads."""
        self._start().build(str(corpus / "ready.jsonl"), str(folder), JOBS)

    def open(self, folder: Path) -> None:
        """Start the Java machine and open the index."""
        self._java = self._start()(str(folder))

    def _start(self) -> Any:
        jpype.startJVM("-Xmx1g", classpath=[self._classes.name, self._jar])
        return jpype.JClass("Lucene")

    def run(self, query: Query, level: str) -> Answer:
        """Answer a query at a level."""
        words = [list(s) for s in query.spellings] or [list(query.words)]
        values = list(query.filters.values()) or jpype.JArray(jpype.JString, 2)(0)
        found = self._java.run(query.kind, words, list(query.filters), values, LEVELS.index(level))
        answer = Answer(int(found[0]))
        for facet, lines in zip(FACETS, found[1], strict=False):
            rows = (line.split("\t") for line in str(lines).splitlines())
            answer.facets[facet] = [(value, int(count)) for value, count in rows]
        answer.ids, answer.snippets = [str(x) for x in found[2]], [str(x) for x in found[3]]
        return answer
