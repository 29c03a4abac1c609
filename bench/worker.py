"""The process of one engine, driven by JSON lines: ``python -m bench.worker ENGINE CORPUS FOLDER``.

Commands: ``build`` -> seconds, cpu; ``open`` -> ms; ``pass`` (level) -> milliseconds of every query by both clocks;
``answers`` -> total, facets and ids of every query; ``memory`` (runs, seconds) -> memory after mixed queries.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from pathlib import Path
from typing import Any

from bench import engines, measure, queries
from bench.engines.base import LEVELS


class Process:
    """One engine and what it is asked."""

    def __init__(self, name: str, corpus: Path, folder: Path) -> None:
        self._corpus, self._folder = corpus, folder
        self._engine = engines.load(name)
        self._queries = queries.load(corpus)

    def build(self) -> dict[str, Any]:
        """Index the corpus."""
        began, cpu = time.perf_counter(), measure.cpu_seconds()
        self._engine.build(self._corpus, self._folder)
        seconds = time.perf_counter() - began
        return {"seconds": seconds, "cpu": measure.cpu_seconds() - cpu, "version": self._engine.version()}

    def open(self) -> dict[str, Any]:
        """Open the index."""
        began = time.perf_counter()
        self._engine.open(self._folder)
        return {"ms": (time.perf_counter() - began) * 1000}

    def one_pass(self, level: str) -> dict[str, Any]:
        """Every query once."""
        run, wall, own, cpu = self._engine.run, time.perf_counter, time.thread_time, measure.cpu_seconds()
        out: dict[str, list[float]] = {clock: [] for clock in measure.CLOCKS}
        for query in self._queries:
            began, began_own = wall(), own()
            run(query, level)
            out["cpu"].append((own() - began_own) * 1000)
            out["wall"].append((wall() - began) * 1000)
        return {"ms": out, "cpu": measure.cpu_seconds() - cpu}

    def answers(self) -> list[dict[str, Any]]:
        """What the engine finds, for the check that all agree."""
        found = [self._engine.run(q, "whole") for q in self._queries]
        return [
            {"total": a.total, "facets": a.counts(), "ids": list(a.ids), "snippets": list(a.snippets)} for a in found
        ]

    def memory(self, runs: int, seconds: float) -> dict[str, Any]:
        """Memory after mixed queries: that many, or as many as fit in the time."""
        until, done = time.perf_counter() + seconds, 0
        mixed = itertools.cycle(itertools.product(self._queries, LEVELS))
        while done < runs and time.perf_counter() < until:
            self._engine.run(*next(mixed))
            done += 1
        return {"runs": done, **measure.memory()}


def main() -> None:
    """Answer lines until there are none."""
    process = Process(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    commands = {
        "build": process.build,
        "open": process.open,
        "pass": process.one_pass,
        "answers": process.answers,
        "memory": process.memory,
    }
    for line in sys.stdin:
        message = json.loads(line)
        answer: Any = commands[message.pop("do")](**message)  # type: ignore[operator]
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
