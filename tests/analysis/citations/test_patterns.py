"""Every row of the table of surface patterns, positive and negative."""

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
    lines = Path(__file__).with_name("patterns.tsv").read_text("utf-8").splitlines()
    for line in lines:
        if not line.startswith("#"):
            row, text, context, ids = line.split("\t")
            yield pytest.param(text, context, ids, id=f"{row}: {text}")


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
        article, *below = provision.split(".")
        if law in ("ru/cc", "ru/ao"):  # 20.3.3.1: a Russian article holds dots of its own
            dots = 2 if article == "20" else 1
            article, below = ".".join([article, *below[:dots]]), below[dots:]
        yield statute, article, *[*below, None, None][:2]


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
