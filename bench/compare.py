"""Izde beside other engines in one run: ``python -m bench.compare --n 100000``.

Every engine gets the same ready words and the same 60 queries, builds and answers in a process of its own, and takes
its turn: one pass over all queries, then the next engine.  Exit code 1 if two engines count differently.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from bench import corpus, engines, queries, report
from bench.engines.base import LEVELS
from bench.measure import CLOCKS, PeakMemory, Quiet, Worker, folder_mb, machine

HERE = Path(__file__).parent
SLOW = ("whoosh", "xapian")
SMALL = 10_000
"""Documents for engines that take minutes to index more."""

SECONDS = 15.0
"""Time that an engine may take at one level, warm-up apart; a slow one makes fewer passes."""

MIXED = 1_000
WARM = {"lucene": 20}
"""Passes before the clock starts, where not one: Java compiles what runs often."""


@click.command()
@click.option("--n", type=click.IntRange(100), default=100_000, show_default=True, help="Documents.")
@click.option("--engines", "names", default=",".join(engines.MODULES), show_default=True, help="Which, in this order.")
@click.option("--passes", type=click.IntRange(1), default=15, show_default=True, help="Timed passes at each level.")
@click.option("--reuse", is_flag=True, help="Keep indexes of an earlier run; their build figures are the earlier ones.")
@click.option("--clock", type=click.Choice(CLOCKS), default="wall", show_default=True, help="Cpu on a busy machine.")
@click.option("--data", type=click.Path(path_type=Path), default=HERE / "out", help="Folder for corpora and indexes.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=HERE / "RESULTS.md", help="Page to write the tables to."
)
def main(n: int, names: str, passes: int, reuse: bool, clock: str, data: Path, out: Path) -> None:
    """Compare engines at N documents; stock Whoosh and Xapian at 10,000 beside Izde and tantivy."""
    wanted = names.split(",")
    if unknown := [x for x in wanted if x not in engines.MODULES]:
        raise click.UsageError(f"no such engine: {', '.join(unknown)}; known: {', '.join(engines.MODULES)}")
    missing = [x for x in wanted if not engines.installed(x)]
    here = [x for x in wanted if x not in missing]
    rounds = [(n, [x for x in here if x not in SLOW or n <= SMALL])]
    if n > SMALL and set(SLOW) & set(here):
        rounds.append((SMALL, [x for x in here if x in ("izde", "tantivy", *SLOW)]))
    differences = 0
    for size, group in rounds:
        result = compare(size, group, data, passes, reuse, clock)
        result |= {"missing": missing, "command": report.command("bench.compare")}
        differences += len(result["differences"])
        (data / f"compare-{size}.json").write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
        title = f"Engines side by side, {size:,} documents"
        report.put_section(out, title, report.comparison(result))
        click.echo(report.comparison(result))
    sys.exit(1 if differences else 0)


def compare(n: int, names: Sequence[str], data: Path, passes: int, reuse: bool, clock: str) -> dict[str, Any]:
    """Build, check and time some engines; everything measured, as JSON."""
    path = corpus.build(data, n, raw="layers" in names)
    asked = queries.load(path)
    built = {name: _build(name, path, data / f"{path.name}-{name}", reuse) for name in names}
    workers = {name: Worker(name, str(path), str(data / f"{path.name}-{name}")) for name in names}
    try:
        opened = {name: worker.ask(do="open")["ms"] for name, worker in workers.items()}
        answers = {name: worker.ask(do="answers") for name, worker in workers.items()}
        times, quiet = take_turns(workers, passes)
        memory = {name: worker.ask(do="memory", runs=MIXED, seconds=SECONDS) for name, worker in workers.items()}
    finally:
        for worker in workers.values():
            worker.close()
    return {
        "machine": machine(),
        "n": n,
        "source": path.name.split("-")[1],
        "queries": [{"classes": q.classes(), "words": q.words, "filters": q.filters} for q in asked],
        "built": built,
        "opened": opened,
        "clock": clock,
        "times": times[clock],
        "clocks": times,
        "others": quiet,
        "memory": memory,
        "differences": differences(asked, answers),
        "agreement": agreement(asked, answers),
        "totals": [a["total"] for a in answers[names[0]]],
    }


def _build(name: str, path: Path, folder: Path, reuse: bool) -> dict[str, Any]:
    """Index the corpus anew, or take the figures of the time when that was done."""
    note = folder.with_suffix(".json")
    if reuse and note.exists():
        return json.loads(note.read_text())  # type: ignore[no-any-return]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    worker, quiet = Worker(name, str(path), str(folder)), Quiet()
    with PeakMemory(worker.process.pid) as memory:
        figures = worker.ask(do="build")
    quiet.own(figures["cpu"])
    worker.close()
    figures |= {"peak": memory.peak, "size": folder_mb(folder), "others": quiet.others()}
    note.write_text(json.dumps(figures))
    return figures  # type: ignore[no-any-return]


def take_turns(workers: dict[str, Worker], passes: int) -> tuple[dict[str, Any], float]:
    """clock -> engine -> level -> one list of milliseconds a pass; and the cores that others took meanwhile."""
    times: dict[str, Any] = {c: {name: {level: [] for level in LEVELS} for name in workers} for c in CLOCKS}
    quiet = Quiet()
    for level in LEVELS:
        spent = dict.fromkeys(workers, 0.0)
        for turn in range(passes + 1):
            for name, worker in workers.items():
                if turn > 1 and spent[name] > SECONDS:
                    continue
                for _ in range(1 if turn else WARM.get(name, 1)):
                    done = worker.ask(do="pass", level=level)
                    quiet.own(done["cpu"])
                if turn:
                    for clock in CLOCKS:
                        times[clock][name][level].append(done["ms"][clock])
                    spent[name] += sum(done["ms"]["wall"]) / 1000
    return times, quiet.others()


def differences(asked: Sequence[queries.Query], answers: dict[str, Any]) -> list[str]:
    """Where two engines with the same words disagree on a total or on a count of a facet."""
    names = [x for x in answers if x != "layers"]
    out = []
    for i, query in enumerate(asked):
        first = answers[names[0]][i]
        for name in names[1:]:
            other = answers[name][i]
            label = f"{' '.join(query.words)} {query.kind} {query.filters or ''}"
            if first["total"] != other["total"]:
                out.append(f"{label}: {first['total']} documents in {names[0]}, {other['total']} in {name}")
            for facet in corpus.FACETS:
                one, two = first["facets"][facet], other["facets"][facet]
                for value in sorted(one.keys() | two.keys()):
                    if one.get(value, 0) != two.get(value, 0):
                        counts = f"{one.get(value, 0)} in {names[0]}, {two.get(value, 0)} in {name}"
                        out.append(f"{label}: {facet} {value}: {counts}")
    return out


def agreement(asked: Sequence[queries.Query], answers: dict[str, Any]) -> dict[str, float]:
    """Mean share of tantivy's ten best that an engine has too; prefixes, which it does not rank, are left out."""
    names = [x for x in answers if x != "layers"]
    first = answers["tantivy" if "tantivy" in names else names[0]]
    out = {}
    for name in names:
        shares = [
            len(set(a["ids"]) & set(b["ids"])) / len(a["ids"])
            for query, a, b in zip(asked, first, answers[name], strict=True)
            if a["ids"] and query.kind != "prefix"
        ]
        out[name] = sum(shares) / len(shares) if shares else 1.0
    return out


if __name__ == "__main__":
    main()
