"""How Izde grows and changes: ``python -m bench.growth`` (``--million`` for the last step of the curve).

The curve over sizes beside tantivy's; a hundred documents more; ten segments instead of one; a tenth deleted.
"""

from __future__ import annotations

import json
import shutil
import time
from itertools import islice
from pathlib import Path
from typing import Any

import click

from bench import corpus, report
from bench.compare import compare, take_turns
from bench.engines import izde, segments
from bench.engines.base import LEVELS
from bench.measure import CLOCKS, Worker, machine
from bench.queries import Query
from indexer import codec, snapshot
from search.collect import Collector

HERE = Path(__file__).parent
ADDED = 100
PASSES = 9
NEW_WORD = "қосылғанқұжат"
"""A word that only the added documents have, to see that they are found."""


@click.command()
@click.option("--sizes", default="10000,100000", show_default=True, help="Steps of the curve.")
@click.option("--million", is_flag=True, help="One step more: 1,000,000 documents, about 20 GB of disk.")
@click.option("--base", type=click.IntRange(1_000), default=100_000, show_default=True, help="Documents to change.")
@click.option("--reuse", is_flag=True, help="Keep indexes of an earlier run; their build figures are the earlier ones.")
@click.option("--clock", type=click.Choice(CLOCKS), default="wall", show_default=True, help="Cpu on a busy machine.")
@click.option("--data", type=click.Path(path_type=Path), default=HERE / "out", help="Folder for corpora and indexes.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=HERE / "RESULTS.md", help="Page to write the tables to."
)
def main(sizes: str, million: bool, base: int, reuse: bool, clock: str, data: Path, out: Path) -> None:
    """Measure the curve and the changes."""
    steps = [int(s) for s in sizes.split(",")] + ([report.MILLION] if million else [])
    results = [compare(n, ["izde", "tantivy"], data, PASSES, reuse, clock) for n in steps]
    (data / "growth.json").write_text(json.dumps(results, ensure_ascii=False), encoding="utf-8")
    path = corpus.build(data, base, raw=False)
    added, seconds = _addition(path, base, data, clock)
    changed, promised = _variants(path, data, clock)
    promised.insert(0, report.Target(f"{ADDED} documents more are found, s ({clock})", seconds, 1.0))
    promised.append(_flatness(results))
    if results[-1]["n"] >= report.MILLION:
        promised += report.promised_of_a_million(results[-1])
    head = f"`{report.command('bench.growth')}`  \n{report.setting(machine())} {report.CLOCK_NAMES[clock]}\n"
    text = "\n".join([head, curve(results), added, changed, report.targets(promised)])
    report.put_section(out, "Growth and change", text)
    click.echo(text)


def curve(results: list[dict[str, Any]]) -> str:
    """The table of sizes."""
    head = ["documents", "engine", "documents/s", "CPU s", "peak MB", "index MB", "private MB", "open ms"]
    head += ["search + facets p50 / p95 ms", "to tantivy p50 / p95", "whole job p50 / p95 ms", "to tantivy p50 / p95"]
    rows = []
    for result in results:
        every = range(len(result["queries"]))
        for name in ("izde", "tantivy"):
            b = result["built"][name]
            row: list[object] = [result["n"], report.NAMES[name], result["n"] / b["seconds"], b["cpu"], b["peak"]]
            row += [b["size"], result["memory"][name]["private"], result["opened"][name]]
            for level in LEVELS[1:]:
                p50, p95 = report.spread(result, name, level, every)
                to50, to95 = report.spread(result, "tantivy", level, every)
                row += [f"{report.shown(p50)} / {report.shown(p95)}"]
                row += [f"{report.shown(p50 / to50)} / {report.shown(p95 / to95)}"]
            rows.append(row)
    return report.table(head, rows)


def _flatness(results: list[dict[str, Any]]) -> report.Target:
    """Processor time of building a document at the last size to that at the first."""
    first, last = results[0], results[-1]
    a, b = (r["built"]["izde"]["cpu"] / r["n"] for r in (first, last))
    return report.Target(f"CPU of building a document, {last['n']:,} to {first['n']:,}", b / a, 1.3)


def _addition(path: Path, n: int, data: Path, clock: str) -> tuple[str, float]:
    """Time until documents added to an index are found, through a published snapshot as the product has it."""
    index = data / "addition"
    shutil.rmtree(index, ignore_errors=True)
    with snapshot.writer_lock(index), snapshot.draft(index) as folder:
        segments.build_segments(path / "ready.jsonl", folder)
        snapshot.publish(index, folder, {}, n)
    more = [dict(d, id=f"new{i}", text=f"{NEW_WORD} {d['text']}") for i, d in enumerate(_first(path, ADDED))]
    steps: dict[str, dict[str, float]] = {}
    known: snapshot.Known = {}
    snapshot.verify(snapshot.current(index), known)  # as a server that runs has done
    began = _now()
    with snapshot.writer_lock(index), snapshot.draft(index) as folder:
        builder = codec.SegmentBuilder(folder, analysis=codec.Analysis(ready=True), facets=corpus.FACETS)
        builder.add_many(segments.record(d) for d in more)
        info = builder.finish()
        steps["segment"] = _now()
        codec.commit(folder, base=snapshot.current(index), new=[info])
        steps["commit"] = _now()
        snapshot.publish(index, folder, {}, n + ADDED)
    steps["published"] = _now()
    folder = snapshot.current(index)
    snapshot.verify(folder, known)
    steps["verified"] = _now()
    found = Collector(folder).search(izde.tree(Query("added", "term", (NEW_WORD,))))
    steps["found"] = _now()
    if found.total != ADDED:
        raise AssertionError(f"{found.total} of {ADDED} added documents were found")
    shutil.rmtree(index)
    since = {name: {c: (now[c] - began[c]) * 1000 for c in CLOCKS} for name, now in steps.items()}
    times = ", ".join(f"{name} {ms['wall']:.0f} ({ms['cpu']:.0f})" for name, ms in since.items())
    head = f"Adding {ADDED} documents to {n:,}, ms since the beginning and of them processor time"
    return f"{head}: {times}.\n", since["found"][clock] / 1000


def _now() -> dict[str, float]:
    """Time as it passes and processor time of this process."""
    return {"wall": time.perf_counter(), "cpu": time.process_time()}


def _first(path: Path, n: int) -> list[dict[str, Any]]:
    return list(islice(corpus.read(path / "ready.jsonl"), n))


def _variants(path: Path, data: Path, clock: str) -> tuple[str, list[report.Target]]:
    """The same documents in one segment, in ten, and in one with a tenth deleted, asked in turns."""
    file = path / "ready.jsonl"
    folders = {name: data / f"{path.name}-{name}" for name in ("one", "ten", "deleted")}
    for folder in folders.values():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    segments.build_segments(file, folders["one"], jobs=1)
    parts = [segments.ready_segments(folders["ten"], corpus.read(file, *share)) for share in corpus.shares(file, 10)]
    codec.commit(folders["ten"], new=[s for part in parts for s in part], max_segments=10)
    codec.commit(folders["deleted"], base=folders["one"], deleted=codec.document_ids(folders["one"])[::10])
    workers = {name: Worker("izde", str(path), str(folder)) for name, folder in folders.items()}
    for worker in workers.values():
        worker.ask(do="open")
    times, others = take_turns(workers, PASSES)
    for worker in workers.values():
        worker.close()
    for folder in folders.values():
        shutil.rmtree(folder)
    result = {"times": times[clock], "queries": []}
    rows: list[list[Any]] = []
    shown = {"ten": "ten segments", "deleted": "a tenth deleted"}
    for name in shown:
        for level in LEVELS:
            mean = report.mean_ratio(result, name, "one", level)
            every = range(len(times[clock][name][level][0]))
            p50, p95 = report.spread(result, name, level, every)
            one50, one95 = report.spread(result, "one", level, every)
            rows.append([shown[name], level, mean, p50 / one50, p95 / one95])
    head = ["to one segment with all documents", "level", "geometric mean", "p50", "p95"]
    note = f"Other programs took {others:.2f} cores meanwhile.\n"
    promised = [
        report.Target(f"{rows[2][0]} to one, whole job", rows[2][2], 1.5),
        report.Target(f"{rows[5][0]}, whole job to none deleted", rows[5][2], 1.05),
    ]
    return f"{report.table(head, rows)}\n{note}", promised


if __name__ == "__main__":
    main()
