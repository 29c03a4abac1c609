"""Queries whose answers are known, over the texts of ../shared/bench, which are no part of the repository."""

from __future__ import annotations

import gzip
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared" / "bench"
TESTED = ("kk", "ky", "uz", "tg", "tk", "ru", "en")
Grades = Mapping[int, float]  # row of a document -> how well it answers


class Text(NamedTuple):
    """One document: its language, its id, the id it shares with its translations, and its words."""

    lang: str
    id: str
    parallel: str
    title: str
    text: str
    kind: str


class QuerySet(NamedTuple):
    """Documents and queries of one language, each query with the grades of the rows that answer it.

    ``langs``: of each document; ``parallel``: the id that each shares with its translations, "" if it has none.
    """

    name: str
    lang: str
    documents: tuple[str, ...]
    langs: tuple[str, ...]
    parallel: tuple[str, ...]
    queries: Sequence[tuple[str, Grades]]

    def judged(self, found: Sequence[int], grades: Grades) -> list[int]:
        """Rows that were found, without translations of the answers, which are neither right nor wrong."""
        answers = {self.parallel[row] for row in grades} - {""}
        return [row for row in found if row in grades or self.parallel[row] not in answers]


def query_sets() -> Iterator[QuerySet]:
    """Every query set that the texts allow."""
    questions = tomllib.loads((HERE / "questions.toml").read_text("utf-8"))["question"]
    for lang in TESTED:
        texts = _collection(lang)
        headlines = [(t.title, {row: 1.0}) for row, t in enumerate(texts) if t.kind == "news"]
        yield _set("headlines", lang, texts, [t.text for t in texts], headlines)
        asked = [(q[lang], dict.fromkeys(q["relevant"], 1.0)) for q in questions]
        yield _questions("questions", lang, asked)
        yield _questions("among all", lang, asked, TESTED)
    yield from (each for each in asked_in(HERE / "asked.jsonl") if each.name == "asked")
    yield _encyclopedia()


def asked_in(path: Path) -> Iterator[QuerySet]:
    """The questions of a file, for each language a set to all its texts and one to those of all languages.

    One JSON object a line: ``lang``, ``q``, ``kind``, and ``relevant``, a map to grades from the ids of texts or those
    that they share with their translations.
    """
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    for lang in dict.fromkeys(row["lang"] for row in rows):
        asked = [(row["q"], row["relevant"]) for row in rows if row["lang"] == lang]
        yield _questions(path.stem, lang, asked, whole=True)
        yield _questions("among all", lang, asked, TESTED, whole=True)


def _questions(
    name: str,
    lang: str,
    asked: Sequence[tuple[str, Mapping[str, float]]],
    langs: Sequence[str] = (),
    whole: bool = False,
) -> QuerySet:
    """Questions to the texts of a language that have translations, alone or among those of others.

    ``whole``: to those without translations too. Questions without an answer among the texts are left out.
    """
    texts = [text for each in langs or (lang,) for text in _collection(each) + (_alone(each) if whole else [])]
    rows = {id: row for row, t in enumerate(texts) if t.lang == lang for id in (t.parallel, t.id)}
    graded = [(q, {rows[id]: float(grade) for id, grade in r.items() if grade and id in rows}) for q, r in asked]
    return _set(name, lang, texts, [f"{t.text}\n{t.title}" for t in texts], [(q, g) for q, g in graded if g])


def _set(
    name: str, lang: str, texts: list[Text], documents: list[str], queries: Sequence[tuple[str, Grades]]
) -> QuerySet:
    langs, parallel = tuple(t.lang for t in texts), tuple(t.parallel for t in texts)
    return QuerySet(name, lang, tuple(documents), langs, parallel, queries)


def _collection(lang: str) -> list[Text]:
    """News, then everything else that is there in seven languages."""
    news, law = _read("parallel_news")[lang], _read("parallel_law")[lang]
    return sorted(news, key=lambda t: t.kind != "news") + law


def _alone(lang: str) -> list[Text]:
    """Texts of a language that have no translations."""
    return _read(lang)[lang] if (SHARED / f"{lang}.jsonl.gz").exists() else []


def _encyclopedia() -> QuerySet:
    """Kazakh paragraphs; the title of an article asks for its paragraphs, which are searched without it."""
    texts = [t for t in _read("kk")["kk"] if t.kind == "encyclopedia"]
    rows: dict[str, dict[int, float]] = defaultdict(dict)
    for row, t in enumerate(texts):
        rows[t.title][row] = 1.0
    return _set("titles", "kk", texts, [t.text for t in texts], list(rows.items()))


@cache
def _read(name: str) -> dict[str, list[Text]]:
    texts: dict[str, list[Text]] = defaultdict(list)
    with gzip.open(SHARED / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            parallel = row.get("parallel", "")
            text = Text(row["lang"], row["id"], parallel, row["title"], row["text"], row["kind"])
            texts[row["lang"]].append(text)
    return texts
