"""Name matching in one table: Izde's key and score beside other methods, on real spellings never tuned to.

    python -m bench.names [--data ../shared/names/dev.tsv] [--half measure|tune|all] [--misses] [--product]

The data: one spelling a line, ``group_id variant script lang source``; a group is one person (P…) or one part of a
name (G… given, S… family, M… father's).  Groups are split in two halves by a hash of their id; the rules of
``analysis/names`` were fitted on the half "tune" alone.  Recall: share of pairs of spellings of one group that are
matched.  False matches: share of near misses that are, two parts of different groups that are the closest after
romanisation (ICU), groups that share a romanised spelling left out; and of persons of one family name whose given or
father's names differ.  With ``--product`` every spelling of a person is a document, asked for by each of the others in
the search itself; an answer that was relaxed finds nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import importlib.util
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import icu
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, Levenshtein

from analysis.names import name_keys, same_name, same_person
from analysis.names.endings import is_turkic, stems
from analysis.tokens import fold, tokenize
from indexer import pipeline
from search.engine import Engine
from search.request import SearchRequest

REGION = "en kk ky uz tg tk ru ky|ru-Latn tg-Latn|en kk|uk kk|uz|tg ky|kk kk-cyrl kk-latn tg-latn"
STRICT = frozenset(REGION.split(" "))
LANGUAGES = ("kk", "ky", "uz", "tg", "en", "ru", "de", "fr", "tr", "und")
NEGATIVES = 2000
_ROMAN = icu.Transliterator.createInstance("Any-Latin; Latin-ASCII; Lower")

Test = Callable[[str, str], bool]


class Spelling(NamedTuple):
    """One spelling of a name and the language tag of its source."""

    text: str
    lang: str


def read(path: Path) -> dict[str, list[Spelling]]:
    """Group id -> its spellings."""
    groups = defaultdict(list)
    for line in path.read_text("utf-8").splitlines()[1:]:
        group, variant, _, lang, _ = line.split("\t")
        groups[group].append(Spelling(variant, lang))
    return dict(groups)


def half_of(group: str) -> str:
    """ "tune" or "measure", by a hash of the group id."""
    return ("measure", "tune")[hashlib.sha256(group.encode()).digest()[0] % 2 == 0]


def pairs(groups: dict[str, list[Spelling]]) -> Iterator[tuple[Spelling, Spelling]]:
    """All pairs of spellings of one group."""
    for spellings in groups.values():
        yield from combinations(spellings, 2)


def is_strict(a: Spelling, b: Spelling) -> bool:
    """Whether a pair is of the strict set: tags of the region or English, and not -ұлы against -ович."""
    if a.lang not in STRICT or b.lang not in STRICT:
        return False
    fathers = [{is_turkic(t.father) for t in stems(fold(s.text.split()[-1])) if t.father} for s in (a, b)]
    return not all(fathers) or fathers[0] == fathers[1]


@cache
def roman(text: str) -> str:
    """ICU's romanisation, ASCII and lower case."""
    return str(_ROMAN.transliterate(text))


def near_misses(groups: dict[str, list[Spelling]]) -> list[tuple[str, str]]:
    """The closest pairs of given or family names of different groups, as spelled in the strict set."""
    words = {g: {fold(s.text) for s in v if s.lang in STRICT} for g, v in groups.items() if g[0] in "GS"}
    flat = [(word, group) for group in words for word in sorted(words[group])]
    romans = [roman(word) for word, _ in flat]
    spelled = {g: {roman(fold(s.text)) for s in groups[g]} for g in words}
    found = []
    for i, (word, group) in enumerate(flat):
        for _, close, j in process.extract(romans[i], romans, scorer=Levenshtein.normalized_similarity, limit=12):
            other, theirs = flat[j]
            if j > i and group[0] == theirs[0] and spelled[group].isdisjoint(spelled[theirs]):
                found.append((close, word, other))
    found.sort(key=lambda row: (-row[0], row[1:]))
    return [(a, b) for _, a, b in found[:NEGATIVES]]


def other_persons(groups: dict[str, list[Spelling]]) -> list[tuple[str, str]]:
    """Persons given another person's family name, and fathers beside sons: whole names of two different people."""
    named = [[t.text for t in tokenize(v[0].text)] for g, v in groups.items() if g[0] == "P"]
    named = [n for n in named if len(n) == 3]
    found = []
    for a, b in combinations(named, 2):
        if Levenshtein.normalized_similarity(roman(a[1]), roman(b[1])) >= 0.5 and roman(a[1]) != roman(b[1]):
            found.append((" ".join(a), " ".join((a[0], b[1], a[2]))))
    return found[:NEGATIVES]


def by_word(test: Test) -> Test:
    """A test of words made one of whole names: every word of the shorter name has its match in the longer."""

    def whole(a: str, b: str) -> bool:
        x, y = sorted(([t.text for t in tokenize(s)] for s in (a, b)), key=len)
        return all(any(test(p, q) for q in y) for p in x)

    return whole


def key_test(a: str, b: str) -> bool:
    """Whether two words meet in Izde's key: what the index proposes."""
    return not set(name_keys(a)).isdisjoint(name_keys(b))


def codes_test(code: Callable[[str], set[str]]) -> Test:
    """Whether two words share a code, both first romanised by ICU."""
    cached = cache(code)
    return lambda a, b: not (cached(roman(a)) - {""}).isdisjoint(cached(roman(b)) - {""})


def methods() -> list[tuple[str, Test | None, Test | None]]:
    """Name, test of words and test of whole names; None where the library is not installed."""
    rows: list[tuple[str, Test | None, Test | None]] = [
        ("Izde key", key_test, by_word(key_test)),
        (
            "Izde key + score",
            lambda a, b: matched(Spelling(a, ""), Spelling(b, "")),
            lambda a, b: bool(same_person(a, b)),
        ),
        ("ICU Any-Latin; Latin-ASCII, equal", lambda a, b: roman(a) == roman(b), None),
        ("  and Jaro-Winkler >= .9", lambda a, b: JaroWinkler.similarity(roman(a), roman(b)) >= 0.9, None),
    ]
    for name, module, make in _OPTIONAL:
        found = importlib.util.find_spec(module.split(".")[0])
        rows.append((name, make(importlib.import_module(module)) if found else None, None))
    return [(name, word, whole or (by_word(word) if word else None)) for name, word, whole in rows]


_OPTIONAL: list[tuple[str, str, Callable[[Any], Test]]] = [
    ("rigour ascii_text, equal", "rigour.text", lambda m: _same(lambda w: m.ascii_text(w).lower())),
    ("rigour ascii_text + metaphone", "rigour.text", lambda m: _same(lambda w: m.metaphone(m.ascii_text(w)))),
    ("Double Metaphone", "metaphone", lambda m: codes_test(lambda w: set(m.doublemetaphone(w)))),
    ("Beider-Morse", "abydos.phonetic", lambda m: codes_test(lambda w: set(m.BeiderMorse().encode(w).split()))),
    ("NYSIIS", "jellyfish", lambda m: codes_test(lambda w: {m.nysiis(w)})),
]


def _same(form: Callable[[str], str]) -> Test:
    cached = cache(form)
    return lambda a, b: cached(a) == cached(b) != ""


def share(test: Test, rows: list[tuple[str, str]]) -> str:
    """The share of pairs that a test matches, "-" of none."""
    return f"{sum(test(a, b) for a, b in rows) / len(rows):.3f}" if rows else "-"


def report(groups: dict[str, list[Spelling]]) -> Iterator[str]:
    """The lines of the table."""
    persons = {g: v for g, v in groups.items() if g[0] == "P"}
    names = {g: v for g, v in groups.items() if g[0] != "P"}
    texts = {
        "persons strict": [(a.text, b.text) for a, b in pairs(persons) if is_strict(a, b)],
        "all": [(a.text, b.text) for a, b in pairs(persons)],
        "parts strict": [(fold(a.text), fold(b.text)) for a, b in pairs(names) if is_strict(a, b)],
        "all ": [(fold(a.text), fold(b.text)) for a, b in pairs(names)],
        "false parts": near_misses(groups),
        "persons": other_persons(groups),
    }
    yield f"{'method':34}" + "".join(f"{head:>15}" for head in texts)
    yield f"{'pairs':34}" + "".join(f"{len(rows):>15}" for rows in texts.values())
    for name, word, whole in methods():
        if word is None or whole is None:
            yield f"{name:34}{'not installed':>15}"
            continue
        cells = [share(whole if "persons" in head or head == "all" else word, rows) for head, rows in texts.items()]
        yield f"{name:34}" + "".join(f"{cell:>15}" for cell in cells)
    wrong = [match for a, b in texts["false parts"] if key_test(a, b) and (match := same_name(a, b))]
    gender = sum(match.reason == "gender" for match in wrong)
    yield f"of {len(wrong)} false parts of Izde {gender} are the other gender of a family name"
    yield ""
    yield "Izde key + score by language of either spelling, pairs and recall"
    for lang in LANGUAGES:
        found = [p for p in pairs(groups) if lang in {*p[0].lang.split("|"), *p[1].lang.split("|")}]
        strict = [p for p in found if is_strict(*p)]
        yield f"  {lang:4}" + "".join(f"{len(x):7} {_recall(x)}" for x in (strict, found)) + "  (strict, all)"


def matched(a: Spelling, b: Spelling) -> bool:
    """Izde's answer to two spellings, whole names or parts."""
    if set(" -") & set(a.text + b.text):
        return bool(same_person(a.text, b.text))
    x, y = fold(a.text), fold(b.text)
    return key_test(x, y) and bool(same_name(x, y))


def _recall(rows: list[tuple[Spelling, Spelling]]) -> str:
    return f"{sum(matched(a, b) for a, b in rows) / len(rows):.3f}" if rows else "  -  "


def product(groups: dict[str, list[Spelling]], folder: Path) -> Iterator[str]:
    """Recall of whole names through index and search, and how many other persons are found with them."""
    documents = [(f"{g.lower()}x{i}", s) for g, v in groups.items() if g[0] == "P" for i, s in enumerate(v)]
    rows = [json.dumps({"id": id_, "title": "-", "text": f"{s.text}."}) for id_, s in documents]
    (folder / "in").mkdir()
    (folder / "in" / "persons.jsonl").write_text("\n".join(rows), "utf-8")
    done = pipeline.run([folder / "in"], folder / "index")
    if done.failed or done.indexed != len(rows):
        raise SystemExit(f"{len(rows)} documents were given, {done.indexed} indexed: {done.failed[:3]}")
    engine = Engine(folder / "index")
    pages = {id_: engine.search(SearchRequest(q=s.text, size=100)) for id_, s in documents}
    found = {
        id_: {hit.id for hit in page.hits} if page.interpretation.kind != "relaxed" else set()
        for id_, page in pages.items()
    }
    asked = [(found[a], b, is_strict(s, t)) for a, s in documents for b, t in documents if a != b and a[:6] == b[:6]]
    others = sum(b[:6] != a[:6] for a in found for b in found[a])
    for name, rows_ in (("strict", [r for r in asked if r[2]]), ("all", asked)):
        recall = sum(b in ids for ids, b, _ in rows_) / len(rows_)
        yield f"persons through the product, {name:6} {len(rows_):6} {recall:.3f}"
    yield f"documents of other persons found by {len(found)} queries: {others}"


def main() -> None:
    """Print the table; say so and stop when the data is not there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=Path("../shared/names/dev.tsv"))
    parser.add_argument("--half", choices=("measure", "tune", "all"), default="measure")
    parser.add_argument("--misses", action="store_true", help="print the missed pairs; for the half that is tuned to")
    parser.add_argument("--product", action="store_true", help="ask for the persons in an index of them as well")
    options = parser.parse_args()
    if not options.data.exists():
        raise SystemExit(
            f"{options.data} is not here: the names are no part of the repository; give their path with --data"
        )
    groups = {g: v for g, v in read(options.data).items() if options.half in ("all", half_of(g))}
    print(f"half: {options.half}, {len(groups)} groups")
    print("\n".join(report(groups)))
    if options.product:
        with TemporaryDirectory() as folder:
            print("\n" + "\n".join(product(groups, Path(folder))))
    if options.misses:
        for a, b in pairs(groups):
            if not matched(a, b):
                print("strict" if is_strict(a, b) else "      ", a.text, b.text, a.lang, b.lang, sep="\t")


if __name__ == "__main__":
    main()
