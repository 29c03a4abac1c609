"""Every row of the table of surface patterns, and the labelled sentences measured by language."""

from collections import Counter
from pathlib import Path

import pytest

from analysis.citations import Context, find_citations

CODES = {
    "kz/cc14": "kz/criminal-code-2014",
    "kz/cc97": "kz/criminal-code-1997",
    "kz/ao14": "kz/admin-code-2014",
    "kz/civ": "kz/civil-code-1994",
    "kz/cpc14": "kz/criminal-procedure-code-2014",
    "kz/const95": "kz/constitution-1995",
    "kz/const26": "kz/constitution-2026",
    "kg/cc21": "kg/criminal-code-2021",
    "kg/cc17": "kg/criminal-code-2017",
    "kg/cc97": "kg/criminal-code-1997",
    "kg/off21": "kg/offences-code-2021",
    "kg/civ": "kg/civil-code-1996",
    "kg/cpc17": "kg/civil-procedure-code-2017",
    "kg/const21": "kg/constitution-2021",
    "uz/cc": "uz/criminal-code-1994",
    "uz/ao": "uz/admin-code-1994",
    "tj/cc": "tj/criminal-code-1998",
    "tj/const": "tj/constitution-1994",
    "tm/cc97": "tm/criminal-code-1997",
    "tm/cc22": "tm/criminal-code-2022",
    "tm/const16": "tm/constitution-2016",
    "ru/cc": "ru/criminal-code-1996",
    "ru/ao": "ru/admin-code-2001",
    "iccpr": "int/iccpr",
    "udhr": "int/udhr",
    "echr": "int/echr",
    "?": None,
    "other": None,
}
COUNTRIES = ("kz", "kg", "uz", "tj", "tm", "ru")


def rows():
    for row, text, context, ids in table("patterns.tsv"):
        yield pytest.param(text, context, ids, id=f"{row}: {text}")


def table(name):
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def context_of(words):
    words = words.replace("-", "", 1) if words == "-" else words
    parts = words.split()
    return Context(
        lang=next((p for p in parts if p in ("kk", "ky", "uz", "tg", "tk")), ""),
        countries=tuple(p for p in parts if p in COUNTRIES),
        date=next((p for p in parts if p[0].isdigit()), ""),
    )


def expected(ids):
    for one in ids.split("; ") if ids != "none" else []:
        law, provision = one.split()
        statute = CODES.get(law, law)
        article, *levels = provision.split(".")
        if law in ("ru/cc", "ru/ao"):  # 20.3.3.1: a Russian article holds dots of its own
            dots = 2 if provision.startswith("20.3.") else 1
            article, levels = ".".join([article, *levels[:dots]]), levels[dots:]
        elif law.startswith("ru/"):  # 20.3.3/1
            article, _, rest = provision.partition("/")
            levels = rest.split(".") if rest else []
        yield statute, article, *[*levels, None, None][:2]


@pytest.mark.parametrize(("text", "context", "ids"), list(rows()))
def test_a_row_of_the_table_gives_its_records(text, context, ids):
    found = [(c.statute, c.article, c.part, c.point) for c in find_citations(text, context_of(context))]
    assert sorted(found, key=str) == sorted(expected(ids), key=str)


def test_a_foreign_code_has_the_country_other():
    assert [c.country for c in find_citations("статья 369-1 УК РБ")] == ["other"]


def test_a_heading_and_a_draft_are_flagged():
    assert "heading" in find_citations("Статья 411. Клевета в отношении судьи")[0].flags
    draft = find_citations("Конституция жобасының 23-бабының 4-тармағында", Context(countries=("kz",)))
    assert "draft" in draft[0].flags


@pytest.fixture(scope="module", params=["sentences.tsv", "unseen.tsv"])
def tallies(request):
    """Language -> right, false and missed articles, right parts of right articles, negatives and records on them.

    An article counts once a row, its parts all together.
    """
    tally = {}
    for lang, text, context, ids in table(request.param):
        wanted = set(expected(ids))
        found = {(c.statute, c.article, c.part, c.point) for c in find_citations(text, context_of(context))}
        want, got = ({(statute, article) for statute, article, _, _ in rows} for rows in (wanted, found))
        for key in (lang, "all"):
            count = tally.setdefault(key, Counter())
            count["right"] += len(want & got)
            count["false"] += len(got - want)
            count["missed"] += len(want - got)
            count["whole"] += sum(below(wanted, one) == below(found, one) for one in want & got)
            count["negatives"] += not wanted
            count["on negatives"] += 0 if wanted else len(found)
    return tally


def below(rows, article):
    return {levels for statute, number, *levels in rows for levels in [tuple(levels)] if (statute, number) == article}


@pytest.mark.parametrize(
    ("lang", "recall"),
    [("en", 0.95), ("ru", 0.95), ("kk", 0.95), ("ky", 0.92), ("uz", 0.92), ("tg", 0.85), ("tk", 0.85)],
)
def test_each_language_is_recalled(tallies, lang, recall):
    assert tallies[lang]["right"] >= recall * (tallies[lang]["right"] + tallies[lang]["missed"])


def test_what_is_found_is_right_and_so_are_its_parts(tallies):
    count = tallies["all"]
    assert count["right"] >= 0.97 * (count["right"] + count["false"])
    assert count["right"] >= 0.95 * (count["right"] + count["missed"])
    assert count["whole"] >= 0.95 * count["right"]


def test_negatives_give_next_to_nothing(tallies):
    assert tallies["all"]["negatives"] > 60
    assert tallies["all"]["on negatives"] <= 0.02 * tallies["all"]["negatives"]


@pytest.mark.parametrize(("text", "context", "statutes"), table("unseen-editions.tsv"))
def test_an_edition_is_told_by_a_date_or_flagged(text, context, statutes):
    found = find_citations(text, context_of(context))
    assert found
    if "|" not in statutes:
        assert {c.statute for c in found} == {statutes}
        return
    families = {statute.rpartition("-")[0] for statute in statutes.split("|")}
    assert all(c.statute in families or "edition-assumed" in c.flags for c in found)
