"""The whole server over HTTP: ``python -m bench.http --n 100000``.

Builds an index with cards, receipts and all layers, starts ``izde serve`` on a free port of the loopback, and asks for
result pages (mixed queries, complete HTML) over 1, 4 and 16 connections; then again with its ETags.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from werkzeug.urls import iri_to_uri

from analysis.layers import name_keys, stems
from bench import client, corpus, queries, report
from bench.engines.layers import typed
from bench.engines.raw import passages
from bench.engines.segments import build_segments
from bench.measure import Quiet, cpu_seconds, family, folder_mb, machine, memory, percentile
from indexer import codec, snapshot
from indexer.document import Document, Finding, Passage, Receipt
from indexer.record import make_record
from indexer.versions import versions
from search.request import SearchRequest
from webapp import links

HERE = Path(__file__).parent
ROOT = HERE.parent
CONNECTIONS = (1, 4, 16)
WARM = 240
"""Requests before the clock starts, so that both processes have opened what they need."""


@click.command()
@click.option("--n", type=click.IntRange(100), default=100_000, show_default=True, help="Documents.")
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True, help="Server processes.")
@click.option("--seconds", type=click.FloatRange(1, 10), default=8.0, show_default=True, help="Of each step.")
@click.option("--reuse", is_flag=True, help="Keep the index of an earlier run.")
@click.option("--data", type=click.Path(path_type=Path), default=HERE / "out", help="Folder for corpora and indexes.")
@click.option("--out", type=click.Path(path_type=Path), default=HERE / "RESULTS.md", help="Page for the tables.")
def main(n: int, workers: int, seconds: float, reuse: bool, data: Path, out: Path) -> None:
    """Measure result pages over HTTP."""
    path = corpus.build(data, n)
    index = data / f"{path.name}-served"
    if not (reuse and (index / "current").exists()):
        build(path, index, n)
    paths = addresses(queries.load(path))
    small = [f"{p}&size=10" for p in paths]
    rows = []
    with served(index, workers) as (port, pid):
        first = client.run(port, [client.request(port, p) for p in paths], 1, 120.0, len(paths))
        if odd := {r.status for r in first} - {200}:
            raise click.ClickException(f"pages answered with {odd}")
        etags = [r.etag for r in first]
        client.run(port, [client.request(port, p) for p in paths], workers, 120.0, WARM)
        for label, asked, options in (
            ("page of 20", paths, {}),
            ("page of 10", small, {}),
            ("page of 20, gzip", paths, {"gzip": True}),
            ("page of 20, client has it (304)", paths, {"etags": etags}),
        ):
            for connections in CONNECTIONS:
                rows.append([label, *step(port, pid, asked, connections, seconds, **options)])
        private = [memory(child)["private"] for child in family(pid)[1:]]
    text = section(workers, rows, private, folder_mb(index))
    report.put_section(out, f"HTTP, {n:,} documents", text)
    click.echo(text)


def section(workers: int, rows: list[list[Any]], private: Sequence[float], size: float) -> str:
    """The text and the table."""
    head = [
        "",
        "connections",
        "requests/s",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "kB",
        "server CPU ms a page",
        "others' cores",
    ]
    mine = " and ".join(f"{m:.0f}" for m in private)
    by = {(row[0], row[1]): row for row in rows}
    one, four, sixteen = (by["page of 20", connections] for connections in CONNECTIONS)
    promised = [
        report.Target("4 connections, requests/s", four[2], 600.0, least=True),
        report.Target("4 connections, p99 ms", four[5], 16.0),
        report.Target("1 connection, p50 ms", one[3], 3.0),
        report.Target("16 connections, p99 ms", sixteen[5], 65.0),
        report.Target("private memory of a process, MB", max(private), 150.0),
    ]
    return (
        f"`{report.command('bench.http')}`  \n{report.setting(machine())} `izde serve --workers {workers}`, one thread "
        "each; the client is one process on the same cores. Mixed queries of every class, half of them with filters, "
        "as typed into the search box, with all layers, citations and names.\n\n"
        f"{report.table(head, rows)}\nPrivate memory of the server processes after this: {mine} MB; "
        f"index {size:,.0f} MB with cards and receipts.\n\n{report.targets(promised)}"
    )


def addresses(asked: Sequence[queries.Query]) -> list[str]:
    """The address of the result page of every query, in two of the interface's languages in turn."""
    out = []
    for i, query in enumerate(asked):
        text = query.person or typed(query)
        chosen = {facet: tuple(values) for facet, values in query.filters.items()}
        pairs = replace(SearchRequest(q=text), **chosen).to_pairs()  # type: ignore[arg-type]
        out.append(iri_to_uri(links.address(f"/{('en', 'ru')[i % 2]}/search", pairs)))
    return out


def build(path: Path, index: Path, n: int) -> None:
    """The index as the product writes it, with the facets given; the rules that find them have no part in a page."""
    shutil.rmtree(index, ignore_errors=True)
    with snapshot.writer_lock(index), snapshot.draft(index) as folder:
        build_segments(path / "raw.jsonl", folder, _segments)
        snapshot.publish(index, folder, versions(), n)


def _segments(folder: Path, documents: Iterable[corpus.Raw], shared: bool) -> list[codec.SegmentInfo]:
    analysis = codec.Analysis(stems=stems, name_keys=name_keys)
    builder = codec.SegmentBuilder(folder, analysis=analysis, shared=shared)
    with codec.seldom_collected():
        builder.add_many(make_record(_document(raw), _findings(raw)) for raw in documents)
        return builder.runs()


def _document(raw: corpus.Raw) -> Document:
    return Document(
        id=raw["id"],
        path=f"{raw['id']}.txt",
        title=raw["title"],
        text=raw["text"],
        lang=raw["lang"],
        passages=tuple([Passage(begin, end, raw["lang"]) for begin, end in passages(raw["text"])]),
        source="bench",
        date=max(raw["year"]),
    )


def _findings(raw: corpus.Raw) -> dict[str, tuple[Finding, ...]]:
    given = (Receipt("given", "given"),)
    values = {f: raw[f] for f in corpus.FACETS} | {"lang": [raw["lang"]]}
    return {facet: tuple(Finding(v, given) for v in found) for facet, found in values.items()}


@contextmanager
def served(index: Path, workers: int) -> Iterator[tuple[int, int]]:
    """The server on a free port of the loopback: the port and the process id of the parent."""
    command = [sys.executable, "izde.py", "serve", "--index", str(index), "--port", "0", "--workers", str(workers)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("IZDE_")}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        found = re.search(r"://127\.0\.0\.1:(\d+)", line)
        if found is None:
            raise click.ClickException(f"the server did not start: {line!r}")
        yield int(found[1]), server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def step(
    port: int,
    pid: int,
    paths: Sequence[str],
    connections: int,
    seconds: float,
    gzip: bool = False,
    etags: Sequence[str] = (),
) -> list[Any]:
    """One row: so many connections for some seconds, from a client in a process of its own."""
    asked = {"port": port, "paths": paths, "connections": connections, "seconds": seconds, "gzip": gzip, "etags": etags}
    quiet, served_before, own_before = Quiet(), _cpu(pid), cpu_seconds()
    command = [sys.executable, "-m", "bench.client"]
    done = subprocess.run(
        command, cwd=ROOT, input=json.dumps(asked) + "\n", stdout=subprocess.PIPE, text=True, check=True
    )
    got = json.loads(done.stdout)
    server = _cpu(pid) - served_before
    quiet.own(server + cpu_seconds() - own_before)
    wanted = "304" if etags else "200"
    if set(got["statuses"]) != {wanted}:
        raise click.ClickException(f"answers other than {wanted}: {got['statuses']}")
    times, count = got["ms"], len(got["ms"])
    shares = [percentile(times, share) for share in (0.5, 0.95, 0.99)]
    return [connections, count / got["seconds"], *shares, got["size"] / 1000, server / count * 1000, quiet.others()]


def _cpu(pid: int) -> float:
    """Processor seconds of the server's processes."""
    tick = os.sysconf("SC_CLK_TCK")
    fields = (Path(f"/proc/{p}/stat").read_text().rpartition(")")[2].split() for p in family(pid))
    return sum(int(f[11]) + int(f[12]) for f in fields) / tick


if __name__ == "__main__":
    main()
