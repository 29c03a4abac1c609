"""A deterministic corpus: real paragraphs where ``../shared/bench/expand.py`` is there, else made up.

Two files a corpus, one document a line, the same documents in both:

    ready.jsonl   id, persons, text (lower-case words, one space between) and the facets, articles with ancestors
    raw.jsonl     id, title, lang, text (paragraphs) and the same facets with the most precise articles only
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import multiprocessing
import random
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any
from zlib import crc32

from indexer.codec import with_ancestors

FACETS = ("country", "year", "article", "actor")
SEED = 20240607
VERSION = 2
EXPAND = Path(__file__).resolve().parent.parent.parent / "shared" / "bench" / "expand.py"
PART = 5_000
"""Documents that one process makes at once."""

Raw = dict[str, Any]
STATUTES = {
    "kz": ("criminal-code-2014", "admin-code-2014", "constitution-1995", "civil-code-1994", "mass-media-law-1999"),
    "kg": ("criminal-code-2021", "offences-code-2021", "constitution-2021", "civil-code-1996", "mass-media-law-1992"),
    "uz": ("criminal-code-1994", "admin-code-1994", "constitution-2023", "civil-code-1995", "mass-media-law-1997"),
    "tj": ("criminal-code-1998", "admin-code-2008", "constitution-1994", "civil-code-2022", ""),
    "tm": ("criminal-code-2022", "admin-code-2013", "constitution-2016", "civil-code-1998", "mass-media-law-2012"),
    "ru": ("criminal-code-1996", "admin-code-2001", "constitution-1993", "civil-code-1994", "mass-media-law-1991"),
}
"""Ids of the statutes that the corpus draws articles from: criminal, administrative, constitution, civil, media."""

_KINDS = ("criminal", "code of", "constitution", "civil", "mass media")
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The ready tokens of a text: lower case, letters and digits only, so that every engine cuts them alike."""
    return _WORD.findall(text.lower())


def facets_of(raw: Raw) -> dict[str, list[str]]:
    """Facet values of a document of ``expand.py``, articles as ids: ``kz/criminal-code/art-174/part-1``."""
    articles = []
    for a in raw["articles"]:
        country = a["country"].lower()
        levels = [country, _statute(country, a["statute"].lower()), f"art-{a['article']}"]
        articles.append("/".join(levels + ([f"part-{a['part']}"] if a["part"] else [])))
    return {
        "country": [c.lower() for c in raw["countries"]],
        "year": [str(y) for y in raw["years"]],
        "article": list(dict.fromkeys(articles)),
        "actor": list(raw["actors"]),
    }


def _statute(country: str, name: str) -> str:
    """The statute's id without its country; its name where the registry has none."""
    known = dict(zip(_KINDS, STATUTES.get(country, ()), strict=False))
    return next((known[k] for k in _KINDS if k in name and known.get(k)), re.sub(r"\W+", "-", name))


def source_name() -> str:
    """``real`` where the paragraphs are there, else ``synthetic``."""
    return "real" if EXPAND.exists() else "synthetic"


def maker(source: str) -> Callable[[int], Raw]:
    """Document number -> document, as ``expand.py`` writes it."""
    return _real() if source == "real" else _synthetic()


def variants(source: str) -> Callable[[str], list[str]]:
    """A person as written in a document -> the spellings of the same person that documents may have."""
    groups: dict[str, list[str]] = {}
    if source == "real":
        for cyrillic, latin in _expand().load_people():
            for spelling in (*cyrillic, *latin):
                groups.setdefault(spelling, [*cyrillic, *latin])
    return lambda person: groups.get(person, [person, " ".join(reversed(person.split()))])


def build(folder: Path, n: int, source: str = "", raw: bool = True, jobs: int = 2) -> Path:
    """The corpus of ``n`` documents under ``folder``, made unless it is there; returns its own folder."""
    source = source or source_name()
    path = folder / f"corpus-{source}-{n}-v{VERSION}"
    if (path / "done").exists() and (not raw or (path / "raw.jsonl").exists()):
        return path
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    spans = [(source, path, low, min(low + PART, n), raw) for low in range(0, n, PART)]
    with multiprocessing.get_context("spawn").Pool(min(jobs, len(spans))) as pool:
        pool.map(_write_part, spans, chunksize=1)
    for kind in ("ready", "raw") if raw else ("ready",):
        with (path / f"{kind}.jsonl").open("wb") as out:
            for part in sorted(path.glob(f"{kind}.*.part")):
                with part.open("rb") as file:
                    shutil.copyfileobj(file, out, 1 << 20)
                part.unlink()
    (path / "done").write_text(json.dumps({"documents": n, "source": source}))
    return path


def read(path: Path, low: int = 0, high: int | None = None) -> Iterator[Raw]:
    """Documents of a file of ``build``; of the bytes ``low..high-1``, a line belongs to where it begins."""
    with path.open("rb", buffering=1 << 18) as file:
        if low:
            file.seek(low - 1)
            file.readline()
        at = file.tell()
        for line in file:
            if high is not None and at >= high:
                return
            at += len(line)
            yield json.loads(line.decode())


def shares(path: Path, n: int) -> list[tuple[int, int]]:
    """Byte ranges of a file for ``n`` readers."""
    size = path.stat().st_size
    cuts = [size * i // n for i in range(n + 1)]
    return list(pairwise(cuts))


def ready(document: Raw) -> Raw:
    """The line of ``ready.jsonl`` for a document of ``expand.py``."""
    facets = facets_of(document)
    text = " ".join(words(document["text"]))
    full = facets | {"article": with_ancestors(facets["article"])}
    return {"id": document["id"], "persons": document["persons"], "text": text, **full}


def _write_part(args: tuple[str, Path, int, int, bool]) -> None:
    source, path, low, high, with_raw = args
    make = maker(source)
    with ExitStack() as stack:
        kinds = ("ready", "raw") if with_raw else ("ready",)
        files = {k: stack.enter_context((path / f"{k}.{low:08}.part").open("w", encoding="utf-8")) for k in kinds}
        for document in map(make, range(low, high)):
            files["ready"].write(json.dumps(ready(document), ensure_ascii=False) + "\n")
            if with_raw:
                kept = {k: document[k] for k in ("id", "text", "title", "lang")} | facets_of(document)
                files["raw"].write(json.dumps(kept, ensure_ascii=False) + "\n")


def _expand() -> Any:
    spec = importlib.util.spec_from_file_location("expand", EXPAND)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _real() -> Callable[[int], Raw]:
    expand = _expand()
    args = argparse.Namespace(seed=SEED, mean_words=300)
    pool, titles = expand.load_paragraphs()
    people = expand.load_people()
    pick = {"lang": expand.Pick(expand.LANGS), "year": expand.Pick(expand.YEARS), "actor": expand.Pick(expand.ACTORS)}
    pick["n_art"] = expand.Pick({0: 25, 1: 35, 2: 20, 3: 12, 4: 5, 5: 2, 6: 1})
    pick["n_act"] = expand.Pick({1: 15, 2: 25, 3: 28, 4: 18, 5: 10, 6: 4})
    pick["n_per"] = expand.Pick({0: 15, 1: 35, 2: 25, 3: 15, 4: 6, 5: 4})
    pick |= {lang: expand.Pick(c) for lang, c in expand.COUNTRY_BY_LANG.items()}
    pick |= {("art", c): expand.zipf(a) for c, a in expand.ARTICLES.items()}
    person = expand.zipf(range(len(people)), 0.9)
    return lambda i: expand.make(i, args, pool, titles, pick, people, person)


def _synthetic() -> Callable[[int], Raw]:
    """Made-up words by Zipf's law in sentences that repeat, so that phrases are found again."""
    rng = random.Random(SEED)
    syllables = ["ba", "ke", "li", "mo", "ru", "ta", "ша", "ры", "ке", "ло", "ни", "дү", "қа", "ө"]
    vocabulary = sorted(
        {"".join(rng.choices(syllables, k=rng.randint(1, 5))) for _ in range(60_000)}, key=lambda w: crc32(w.encode())
    )
    cumulative = list(accumulate(1 / (i + 3) for i in range(len(vocabulary))))
    sentences = [rng.choices(vocabulary, cum_weights=cumulative, k=rng.randint(6, 24)) for _ in range(20_000)]
    people = [" ".join(w.title() for w in rng.sample(vocabulary[2_000:], 2)) for _ in range(3_000)]
    by_rank = list(accumulate(1 / (i + 1) for i in range(len(people))))
    actors = ["journalist", "media_outlet", "court", "ngo", "police", "activist", "blogger", "lawyer"]

    def make(i: int) -> Raw:
        rng = random.Random(SEED * 1_000_003 + i)
        country = rng.choice(("KZ", "KZ", "KZ", "KG", "KG", "UZ", "TJ", "TM"))
        persons = rng.choices(people, cum_weights=by_rank, k=rng.randint(0, 3))
        paragraphs = [". ".join(" ".join(rng.choice(sentences)) for _ in range(5)) for _ in range(rng.randint(1, 6))]
        articles = [
            {
                "country": country,
                "statute": f"Code {rng.randint(1, 3)}",
                "article": str(min(int(rng.paretovariate(0.7)), 400)),
                "part": None,
            }
            for _ in range(rng.randint(0, 3))
        ]
        year = 1999 + int(26 * rng.random() ** 0.5)
        return {
            "id": f"x{i:07}", "lang": "", "title": " ".join(rng.choice(sentences)[:6]),
            "text": "\n".join([*paragraphs, "; ".join([country, str(year), *persons]) + "."]),
            "years": [year], "countries": [country], "articles": articles, "persons": persons,
            "actors": rng.sample(actors, rng.randint(1, 4)),
        }  # fmt: skip

    return make
