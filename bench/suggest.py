"""Suggestions at every keystroke: the benchmark's queries typed letter by letter.

``python -m bench.suggest`` asks an index that ``bench.http`` built (or builds one) inside the process, each beginning
of each query three times; times are processor time of the thread that asks.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import click

from bench import corpus, queries, report
from bench.engines.layers import typed
from bench.http import HERE, build
from bench.measure import percentile
from search.engine import Engine

ROUNDS = 3
LEAST = 2
"""Letters before the first suggestion."""

TARGET_MS = 10.0


@click.command()
@click.option("--n", type=click.IntRange(100), default=100_000, show_default=True, help="Documents.")
@click.option("--reuse", is_flag=True, help="Keep the index of an earlier run.")
@click.option("--data", type=click.Path(path_type=Path), default=HERE / "out", help="Folder for corpora and indexes.")
@click.option("--out", type=click.Path(path_type=Path), default=HERE / "RESULTS.md", help="Page for the tables.")
def main(n: int, reuse: bool, data: Path, out: Path) -> None:
    """Measure suggestions."""
    path = corpus.build(data, n)
    index = data / f"{path.name}-served"
    if not (reuse and (index / "current").exists()):
        build(path, index, n)
    engine = Engine(index, verify=False)
    asked = list(dict.fromkeys(beginnings(path)))
    engine.suggest("warm", "ru")
    groups = {"one word": [a for a in asked if " " not in a], "more words": [a for a in asked if " " in a]}
    rows, all_times = [], []
    for name, texts in groups.items():
        times = [timed(engine, text) for _ in range(ROUNDS) for text in texts]
        all_times += times
        rows.append([name, len(texts), *(percentile(times, q) for q in (0.5, 0.95, 0.99)), max(times)])
    text = (
        f"`{report.command('bench.suggest')}`  \nSuggestions (provisions, persons, words, titles) for every beginning "
        f"of the benchmark's queries, asked in the process.\n\n"
        f"{report.table(['', 'texts', 'p50 ms', 'p95 ms', 'p99 ms', 'longest ms'], rows)}\n"
        f"{report.targets([report.Target('p95 ms', percentile(all_times, 0.95), TARGET_MS)])}"
    )
    report.put_section(out, f"Suggestions, {n:,} documents", text)
    click.echo(text)


def beginnings(path: Path) -> Iterator[str]:
    """What has been typed after each keystroke of each query."""
    for query in queries.load(path):
        text = query.person or typed(query).strip('"*')
        yield from (text[:n] for n in range(LEAST, len(text) + 1) if text[n - 1] != " ")


def timed(engine: Engine, text: str) -> float:
    """Milliseconds of processor time of one answer."""
    began = time.thread_time()
    engine.suggest(text, "ru")
    return (time.thread_time() - began) * 1000


if __name__ == "__main__":
    main()
