"""Measurements become tables: one section of the results page for each command."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from bench.engines.base import LEVELS
from bench.measure import geometric_mean, percentile
from bench.queries import CLASSES

HEAD = """# Measurements

Each section is written by the command it names; run it again and it is replaced. Ratios are of engines that took turns
in one run, on the same words and the same 60 queries; the absolute figures of two runs differ by up to 40 % even when
nothing else runs. One request is: rank by BM25, give the ten best with marked fragments, and count four facets exactly
over all matches; a facet with a selection ignores its own.

- tantivy, Lucene, SQLite FTS5, Xapian and stock Whoosh index the same ready words with positions, store the text, and
  hold the same facets, articles with their ancestors. Two threads write where an engine has threads; Izde builds in two
  processes.
- tantivy answers in one pass for the ten best and the total, and one for the counts of each set of filters; its snippet
  is one fragment of 300 characters. A prefix is a range of words, because its phrase prefix stops at 50.
- Lucene runs in the process (JPype) after 20 rounds of warming; facets by a collector over its doc values in the same
  pass. FTS5 joins the matches to facet tables. Xapian counts by match spies. Whoosh groups by its own facets.
- "Izde, all layers" reads raw text by ICU with stems, name keys and titles, and takes queries as typed; the others have
  one field of ready words. Its counts are larger and not compared.
- Xapian and Lucene are measured where their libraries are installed (`xapian`; `jpype` and `LUCENE_JAR`).

"""

MILLION = 1_000_000
PROMISED = 100_000
"""Documents that the promises are about."""

NAMES = {"izde": "Izde", "layers": "Izde, all layers", "tantivy": "tantivy", "fts5": "SQLite FTS5", "whoosh": "Whoosh"}
NAMES |= {"xapian": "Xapian", "lucene": "Lucene"}
LEVEL_NAMES = {"search": "Search: ten best and total", "facets": "Search and all counts of four facets"}
LEVEL_NAMES |= {"whole": "Whole job: with ten documents, two marked fragments each"}
CLOCK_NAMES = {"wall": "Times as they pass.", "cpu": "Times of queries are processor time of the thread that asks."}


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown; a float is shown with three digits that matter."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(shown(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def shown(value: object) -> str:
    """A number as a reader wants it."""
    if isinstance(value, int):
        return f"{value:,}"
    if not isinstance(value, float):
        return str(value)
    if value != value:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def put_section(page: Path, title: str, text: str) -> None:
    """Put a section into the page, in place of an older one of the same title."""
    old = page.read_text(encoding="utf-8") if page.exists() else HEAD
    head, *sections = re.split(r"^(?=## )", old, flags=re.MULTILINE)
    made = f"## {title}\n\n{text.strip()}\n\n"
    places = [i for i, s in enumerate(sections) if s.startswith(f"## {title}\n")]
    sections = [s if i not in places else made for i, s in enumerate(sections)] + ([] if places else [made])
    page.write_text(head + "".join(sections).rstrip() + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Target:
    """Something promised: what, the figure measured, the limit, and whether the limit is the most or the least."""

    what: str
    measured: float
    limit: float
    least: bool = False

    def row(self) -> tuple[str, str, str, str]:
        """What, limit, figure, verdict."""
        if math.isnan(self.measured):
            return self.what, "", "not measured", ""
        met = self.measured >= self.limit if self.least else self.measured <= self.limit
        factor = self.limit / self.measured if self.least else self.measured / self.limit
        sign = "≥" if self.least else "≤"
        verdict = "met" if met else f"short by {shown(factor)}"
        return self.what, f"{sign} {shown(self.limit)}", shown(self.measured), verdict


def targets(promised: Iterable[Target]) -> str:
    """The table of what was promised."""
    return "### Targets\n\n" + table(["target", "limit", "measured", ""], (t.row() for t in promised))


def command(module: str) -> str:
    """The command that is running, with the options that were given, folders apart."""
    context = click.get_current_context()
    given = [f"python -m {module}"]
    for name, value in context.params.items():
        if name in ("data", "out") or context.get_parameter_source(name) is not ParameterSource.COMMANDLINE:
            continue
        option = "--engines" if name == "names" else f"--{name}"
        given.append(option if value is True else f"{option} {value}")
    return " ".join(given)


def setting(machine: dict[str, str]) -> str:
    """The line that says where and when."""
    return "{date}, {cpu}, {memory}, {system}, Python {python}, NumPy {numpy}.".format(**machine)


def comparison(result: dict[str, Any]) -> str:
    """Every table of one comparison."""
    names = list(result["built"])
    docs = "real paragraphs, recombined" if result["source"] == "real" else "made-up words by Zipf's law"
    opening = (
        f"`{result['command']}`  \n{setting(result['machine'])} Other programs took "
        f"{result['others']:.2f} cores while queries ran. Corpus: {result['n']:,} documents, {docs}; 60 queries. "
        f"{CLOCK_NAMES[result['clock']]}\n"
    )
    out = [
        opening,
        _agreed(result),
        _built(result, names),
    ]
    for level in LEVELS:
        out += [f"### {LEVEL_NAMES[level]}: p50 / p95, ms\n", _times(result, names, level)]
    if "tantivy" in names:
        out += ["### To tantivy\n", _ratios(result, [x for x in names if x != "tantivy"], "tantivy")]
    if promised := list(_promised(result, names)):
        out.append(targets(promised))
    return "\n".join(out)


def _promised(result: dict[str, Any], names: Sequence[str]) -> Iterator[Target]:
    """What is promised of Izde beside tantivy at 100,000 documents and at a million, and beside stock Whoosh."""
    if "izde" in names and "whoosh" in names:
        faster = _per_second(result, "izde") / _per_second(result, "whoosh")
        yield Target("documents/s to stock Whoosh's", faster, 40.0, least=True)
    if result["n"] not in (PROMISED, MILLION) or not {"izde", "tantivy"} <= set(names):
        return
    if result["n"] == MILLION:
        yield from promised_of_a_million(result)
        return
    mean, tail, worst, label = ratios(result, "izde", "tantivy", "whole")
    built, base = result["built"]["izde"], result["built"]["tantivy"]
    yield Target("whole job to tantivy's, geometric mean", mean, 0.25)
    yield Target("whole job to tantivy's, p95", tail, 0.20)
    yield Target(f"whole job to tantivy's, worst class ({label})", worst, 0.60)
    yield Target("documents/s to tantivy's, ready words", base["seconds"] / built["seconds"], 1.0, least=True)
    yield Target("peak memory of the build, MB", built["peak"], 1500.0)
    yield Target("index size to tantivy's", built["size"] / base["size"], 2.0)
    yield Target("private memory after 1,000 queries, MB", result["memory"]["izde"]["private"], 150.0)
    yield Target("open, ms", result["opened"]["izde"], 150.0)
    if "layers" in names:
        yield Target("all layers, whole job to tantivy's", mean_ratio(result, "layers", "tantivy", "whole"), 0.5)
        share = base["seconds"] / result["built"]["layers"]["seconds"]
        yield Target("all layers from raw text, documents/s to tantivy's", share, 0.5, least=True)
        yield Target("all layers, peak memory of the build, MB", result["built"]["layers"]["peak"], 1500.0)


def promised_of_a_million(result: dict[str, Any]) -> Iterator[Target]:
    """What is promised of Izde beside tantivy at a million documents."""
    every = range(len(result["queries"]))
    (p50, p95), (to50, to95) = (spread(result, name, "facets", every) for name in ("izde", "tantivy"))
    yield Target("search and facets at a million, p50 to tantivy's", p50 / to50, 0.30)
    yield Target("search and facets at a million, p95 to tantivy's", p95 / to95, 0.20)
    yield Target("peak memory of the build of a million, MB", result["built"]["izde"]["peak"], 4000.0)


def _agreed(result: dict[str, Any]) -> str:
    found = result["differences"]
    same = [NAMES[x] for x in result["agreement"]]
    missing = "".join(f" {NAMES[x]}: not installed." for x in result.get("missing", []))
    if found:
        return f"**{len(found)} counts differ.** First: {'; '.join(found[:5])}.{missing}\n"
    share = ", ".join(f"{NAMES[x]} {s:.2f}" for x, s in result["agreement"].items())
    return (
        f"Totals and all facet counts of all queries are equal in {', '.join(same)}: 0 differences.{missing} "
        f"Share of the ten best that tantivy has too: {share} (prefixes "
        "apart; BM25 differs in idf, in how lengths are kept, and in what a phrase is worth).\n"
    )


def _per_second(result: dict[str, Any], name: str) -> float:
    return float(result["n"] / result["built"][name]["seconds"])


def _built(result: dict[str, Any], names: Sequence[str]) -> str:
    head = ["engine", "version", "build s", "documents/s", "CPU s", "peak MB", "index MB", "open ms"]
    head += ["RSS MB after queries", "of it private MB", "others' cores while building"]
    rows = []
    for name in names:
        b, m = result["built"][name], result["memory"][name]
        row = [NAMES[name], b["version"], b["seconds"], _per_second(result, name), b["cpu"], b["peak"], b["size"]]
        rows.append([*row, result["opened"][name], m["rss"], m["private"], b["others"]])
    note = (
        "Peak: all processes of the build, pages of files included. Private: pages of no file, after 1,000 queries.\n"
    )
    return f"{table(head, rows)}\n{note}"


def _members(result: dict[str, Any]) -> list[tuple[str, list[int]]]:
    """Rows of the tables: a class and the numbers of its queries."""
    asked = result["queries"]
    rows = [("all", list(range(len(asked))))]
    return rows + [(c, [i for i, q in enumerate(asked) if c in q["classes"]]) for c in CLASSES]


def medians(result: dict[str, Any], name: str, level: str) -> list[float]:
    """The median time of every query."""
    return [percentile(column, 0.5) for column in zip(*result["times"][name][level], strict=True)]


def spread(result: dict[str, Any], name: str, level: str, numbers: Sequence[int]) -> tuple[float, float]:
    """p50 over the medians of some queries, p95 over all their times."""
    middle = medians(result, name, level)
    every = [one[i] for one in result["times"][name][level] for i in numbers]
    return percentile([middle[i] for i in numbers], 0.5), percentile(every, 0.95)


def _times(result: dict[str, Any], names: Sequence[str], level: str) -> str:
    rows = []
    for label, numbers in _members(result):
        pairs = [spread(result, name, level, numbers) for name in names]
        rows.append([f"{label} ({len(numbers)})", *(f"{shown(a)} / {shown(b)}" for a, b in pairs)])
    return table(["queries", *(NAMES[x] for x in names)], rows)


def mean_ratio(result: dict[str, Any], name: str, to: str, level: str) -> float:
    """Geometric mean over the queries of median to median."""
    ours, theirs = medians(result, name, level), medians(result, to, level)
    return geometric_mean(a / b for a, b in zip(ours, theirs, strict=True))


def ratios(result: dict[str, Any], name: str, to: str, level: str) -> tuple[float, float, float, str]:
    """Geometric mean over the queries' medians, p95 to p95, the worst class by p50 and its name."""
    whole = range(len(result["queries"]))
    tail = spread(result, name, level, whole)[1] / spread(result, to, level, whole)[1]
    classes = [
        (spread(result, name, level, numbers)[0] / spread(result, to, level, numbers)[0], label)
        for label, numbers in _members(result)[1:]
        if numbers
    ]
    return mean_ratio(result, name, to, level), tail, *max(classes)


def _ratios(result: dict[str, Any], names: Sequence[str], to: str) -> str:
    rows = []
    for name in names:
        for level in LEVELS:
            mean, tail, worst, label = ratios(result, name, to, level)
            rows.append([NAMES[name], level, mean, tail, f"{shown(worst)} ({label})"])
    times = table(["engine", "level", "geometric mean", "p95", "worst class"], rows)
    base = result["built"][to]
    rows = [
        [
            NAMES[name],
            base["seconds"] / result["built"][name]["seconds"],
            result["built"][name]["cpu"] / base["cpu"],
            result["built"][name]["size"] / base["size"],
        ]
        for name in names
    ]
    return f"{times}\n{table(['engine', 'documents/s', 'CPU', 'index size'], rows)}"
