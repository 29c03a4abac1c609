"""Reading of citations: milliseconds a document of 1,500 words, by language, and what the rules cost to load.

``python -m bench.citations [--shared ../shared] [--passes 7]`` cuts texts of one language, joined, into documents of
1,500 words: the repository's own corpus, which is nothing but citations, and where it is there the folder of real
texts.  Times are processor time of the thread, of each document the best of all passes, with the collector at work as
seldom as while indexing; nothing is known of a document but its language.  Loading is measured in processes of its own.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import click

from analysis.citations import Context, find_citations
from bench import report
from bench.measure import Quiet, cpu_seconds, machine, percentile
from indexer.codec import seldom_collected
from indexer.document import Document
from indexer.read import read_file
from schema import LANGUAGES

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
OWN = "own corpus"
SAMPLES = {
    "criminal_code_kg_rus.txt": "ru",
    "offences_code_kg_rus.txt": "ru",
    "constitution_kz_eng.txt": "en",
    "constitution_uz_uzn.txt": "uz",
}
"""Whole laws of the folder of real texts, and their languages."""
WORDS = 1_500
LOADS = 5
MOST = 20
"""Documents of one set and language."""
Sets = dict[tuple[str, str], list[str]]
"""(Set, language) -> documents."""

TARGET_MS, IMPORT_S, REGISTRY_MB = 15.0, 0.3, 30.0
_LOAD = """
import time
began = time.process_time()
import analysis.citations
imported = time.process_time()
analysis.citations.find_citations("174")
used = time.process_time()
print(imported - began, used - imported)
"""
_MEMORY = """
import tracemalloc
import analysis.citations
from analysis.citations.lexicon import lexicon
from analysis.statutes import registry
tracemalloc.start()
registry().name_forms
print(tracemalloc.get_traced_memory()[0] / 1e6)
lexicon()
print(tracemalloc.get_traced_memory()[0] / 1e6)
"""


@click.command()
@click.option("--shared", type=click.Path(path_type=Path), default=ROOT.parent / "shared", help="Folder of real texts.")
@click.option("--passes", type=click.IntRange(1), default=7, show_default=True, help="Passes; the best one counts.")
@click.option("--out", type=click.Path(path_type=Path), default=HERE / "RESULTS.md", help="Page for the tables.")
def main(shared: Path, passes: int, out: Path) -> None:
    """Measure the reading of citations."""
    rows, slowest = [], {True: 0.0, False: 0.0}
    read = sets(shared)
    quiet, began = Quiet(), cpu_seconds()
    with seldom_collected():
        measured = measure(read, passes)
    quiet.own(cpu_seconds() - began)
    others = quiet.others()
    for (name, lang), times in sorted(measured.items()):
        cited = sum(len(find_citations(text, Context(lang))) for text in read[name, lang])
        rows.append([name, lang, len(times), cited / len(times), percentile(times, 0.5), max(times)])
        slowest[name == OWN] = max(slowest[name == OWN], percentile(times, 0.5))
    imported, used = (min(column) for column in zip(*(run(_LOAD) for _ in range(LOADS)), strict=True))
    registry, everything = run(_MEMORY)
    promised = [
        report.Target("ms, real texts, slowest set", slowest[False] or float("nan"), TARGET_MS),
        report.Target(f"ms, {OWN}, slowest language", slowest[True], TARGET_MS),
        report.Target("import s", imported, IMPORT_S),
        report.Target("registry MB", registry, REGISTRY_MB),
    ]
    text = (
        f"`{report.command('bench.citations')}`  \n{report.setting(machine())} Processor time of the thread; "
        f"other programs took {others:.2f} cores.\n\n"
        f"{report.table(['texts', 'language', 'documents', 'citations each', 'ms p50', 'ms longest'], rows)}\n"
        f"The first text of a process costs {used:.2f} s more, for the registry and the word lists; with these the "
        f"registry takes {everything:.1f} MB.\n\n{report.targets(promised)}"
    )
    report.put_section(out, f"Citations in {WORDS:,} words", text)
    click.echo(text)


def sets(shared: Path) -> Sets:
    """(Set, language) -> documents.  A set of fewer words is said again until it fills one document."""
    joined: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, tag, text in (*own(), *real(shared)):
        if (lang := tag.partition("-")[0]) in LANGUAGES:
            joined[name, lang].extend(text.split(" "))
    return {key: documents(words) for key, words in joined.items()}


def documents(words: list[str]) -> list[str]:
    """Documents of WORDS words each; line breaks stay within the words beside them."""
    words = words * -(-WORDS // len(words))
    return [" ".join(words[at : at + WORDS]) for at in range(0, len(words) - WORDS + 1, WORDS)][:MOST]


def own() -> Iterator[tuple[str, str, str]]:
    """Set, language and text of each document of the repository's corpus."""
    for path in sorted((ROOT / "corpus").rglob("*.md")):
        for document in read_file(path, ROOT / "corpus"):
            if isinstance(document, Document):
                yield OWN, document.lang, document.text


def real(shared: Path) -> Iterator[tuple[str, str, str]]:
    """Set, language and text of each real text; none where the folder is not there."""
    for path in sorted((shared / "bench").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for _, line in zip(range(MOST * 40), lines, strict=False):
                row = json.loads(line)
                yield path.name.partition(".")[0], row["lang"], row["text"]
    for name, lang in SAMPLES.items():
        if (path := shared / "samples" / name).exists():
            yield path.stem, lang, path.read_text(encoding="utf-8")


def measure(read: Sets, passes: int) -> dict[tuple[str, str], list[float]]:
    """Milliseconds of each document of each set: the best of passes that go over all sets in turn."""
    best = {key: [float("inf")] * len(texts) for key, texts in read.items()}
    for _ in range(passes):
        for (name, lang), texts in read.items():
            context = Context(lang)
            for at, text in enumerate(texts):
                began = time.thread_time()
                find_citations(text, context)
                best[name, lang][at] = min(best[name, lang][at], (time.thread_time() - began) * 1000)
    return best


def run(program: str) -> tuple[float, ...]:
    """The numbers that a program prints, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(map(float, done.stdout.split()))


if __name__ == "__main__":
    main()
