"""Facet values with their receipts: the five source documents, given metadata, overrides, the JSONL explain."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DataError, DocumentError
from analysis.tokens import paragraphs
from indexer.document import Document, Findings
from indexer.extract import explain_record, extract, load_overrides
from indexer.read import read_file
from schema import FACET_NAMES


def seed(shared: Path, number: str) -> Document:
    (path,) = (shared / "samples" / "seeds").glob(f"{number}_*.txt")
    (document,) = read_file(path, path.parent)
    assert isinstance(document, Document)
    return document


def values(findings: Findings, facet: str) -> list[str]:
    return [f.value for f in findings[facet]]


TITLES = {
    "000": "Kyrgyzstan: After Defamation Cases, MPs Target Social Media",
    "001": "IFEX SIGN-ON KAZAKHSTAN: The state must release Amangeldy Batyrbekov and end criminal defamation",
    "002": "Law-abiding in internet: personal opinion of Tamara Kaleyeva",
    "003": "Kazakhstan Jails Two Activists Over Criticising Government on Facebook",
    "004": "Kyrgyzstani authorities unleashing crackdown on country’s civil society",
}
COUNTRIES = {"000": "kg", "001": "kz", "002": "kz", "003": "kz", "004": "kg"}
YEARS = {"000": {"", "2018"}, "001": {"2019"}, "002": {"2022"}, "003": {"2016"}, "004": {"2023", "2024"}}
ARTICLES = {
    "000": {"kg/civil-code-1996/general"},
    "001": {"int/iccpr/art-19", "kz/constitution-1995/art-4/part-3", "kz/criminal-code-2014/general"},
    "002": {"kz/civil-code-1994/general"},
    "003": {"kz/criminal-code-2014/art-174"},
}
ACTORS = {
    "000": "parliamentarian head-of-state journalist lawyer activist media-outlet citizen-user prosecutor",
    "002": "prosecutor parliamentarian blogger ngo",
    "004": "ngo head-of-state international-org",
}


@pytest.mark.shared
@pytest.mark.parametrize("number", TITLES)
def test_a_source_document_has_its_title_country_and_year(shared: Path, number: str) -> None:
    document = seed(shared, number)
    findings = extract(document)
    assert (document.title, document.lang) == (TITLES[number], "en")
    assert values(findings, "country") == [COUNTRIES[number]]
    assert values(findings, "lang") == ["en"]
    assert "".join(values(findings, "year")) in YEARS[number]


@pytest.mark.shared
@pytest.mark.parametrize("number", ARTICLES)
def test_a_source_document_has_its_articles_and_nothing_else(shared: Path, number: str) -> None:
    assert set(values(extract(seed(shared, number)), "article")) == ARTICLES[number]


@pytest.mark.shared
def test_the_fifth_source_document_has_no_law_of_a_compared_country(shared: Path) -> None:
    drafts = {
        "kg/foreign-representatives-law-2024",
        "kg/mass-media-law",
        "kg/mass-media-law-1992",
        "kg/mass-media-law-2025",
    }
    assert set(values(extract(seed(shared, "004")), "article")) <= {f"{s}/general" for s in drafts}


@pytest.mark.shared
@pytest.mark.parametrize("number", ACTORS)
def test_a_source_document_has_its_actors_and_nothing_else(shared: Path, number: str) -> None:
    assert set(values(extract(seed(shared, number)), "actor")) == set(ACTORS[number].split())


@pytest.mark.shared
@pytest.mark.parametrize("number", TITLES)
def test_a_source_document_keeps_no_furniture_of_its_page(shared: Path, number: str) -> None:
    text = seed(shared, number).text
    for furniture in (
        "USD 89",
        "RUB 0",
        "Leave a Reply",
        "Akismet",
        "Ask your question",
        "1 / 1",
        "WordPress",
        TITLES[number],
    ):
        assert furniture not in text


FIXTURE = """USD 90.01
RUB 0.95

Kyrgyzstan: new rules for the net

The government wants users to pay for what they write, and members of parliament agree.

Two lawyers and a reporter were fined 30,000 som under the law. Deputy Aliyev spoke for the draft in the Jogorku Kenesh.

A reporter of the newspaper said that the paper would appeal, and the General Prosecutor answered on 3 March 2019.

It reminds many of a neighbouring Kazakhstan, where the Majilis passed such a law. In 2011 it was otherwise.

A reporter was heard again. The newspaper was searched on 5 March 2019.

2 comments

Connecting to %s
The police of Russia, Moscow, a court, a court, a court
"""


@pytest.fixture
def document(tmp_path: Path) -> Document:
    path = tmp_path / "news.txt"
    path.write_text(FIXTURE, encoding="utf-8")
    (found,) = read_file(path, tmp_path)
    assert isinstance(found, Document)
    return found


def test_a_small_document_has_its_values_and_none_of_its_traps(document: Document) -> None:
    findings = extract(document)
    assert document.title == "Kyrgyzstan: new rules for the net"
    assert values(findings, "country") == ["kg"]
    assert values(findings, "year") == ["2019"]
    assert {"journalist", "parliamentarian", "lawyer"} <= set(values(findings, "actor"))
    assert not {"police", "judge-court", "head-of-state"} & set(values(findings, "actor"))


def test_every_value_has_a_receipt_that_points_at_its_words(document: Document) -> None:
    findings = extract(document)
    assert tuple(findings) == FACET_NAMES
    for facet in ("country", "year", "actor"):
        for finding in findings[facet]:
            assert finding.receipts
            for receipt in finding.receipts:
                place = document.title if receipt.where == "title" else document.text
                words = place[receipt.start : receipt.end]
                assert words == words.strip() != ""
                assert (receipt.source, bool(receipt.rule)) == ("rule", True)
                assert 0 < receipt.confidence <= 1


def test_given_metadata_wins_over_what_was_found(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\ncountry: uz\nyear: 2001\nactors: [blogger]\n---\n{FIXTURE}", encoding="utf-8")
    (document,) = read_file(path, tmp_path)
    assert isinstance(document, Document)
    findings = extract(document)
    assert [values(findings, f) for f in ("country", "year", "actor")] == [["uz"], ["2001"], ["blogger"]]
    assert {r.source for f in ("country", "year", "actor") for v in findings[f] for r in v.receipts} == {"given"}


def articles(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "law.txt"
    path.write_text(f"Заголовок о суде\n\n{text}", encoding="utf-8")
    (document,) = read_file(path, tmp_path)
    assert isinstance(document, Document)
    return values(extract(document), "article")


def test_an_article_and_its_part_are_both_values_with_their_own_sentences(tmp_path: Path) -> None:
    found = articles(tmp_path, "Его судят по ст. 174 УК РК, а именно по ч. 2 ст. 174 УК РК и по ст. 130 УК РК.")
    code = "kz/criminal-code-2014"
    assert sorted(found) == [f"{code}/art-130", f"{code}/art-174", f"{code}/art-174/part-2"]


def test_a_statute_without_an_article_is_general_and_with_one_it_is_not(tmp_path: Path) -> None:
    assert articles(tmp_path, "Он сослался на Гражданский кодекс Кыргызской Республики.") == [
        "kg/civil-code-1996/general"
    ]
    assert not any(
        a.endswith("/general") for a in articles(tmp_path, "Уголовный кодекс РК изменён. Его судят по ст. 174 УК РК.")
    )


def test_a_foreign_code_is_no_value(tmp_path: Path) -> None:
    assert articles(tmp_path, "В Беларуси его судили по ст. 369-1 УК РБ.") == []


def test_the_constitution_of_nobody_in_particular_is_no_evidence_for_a_country(tmp_path: Path) -> None:
    rights = ["Ҳар кас ба ҳимояи ҳуқуқҳое, ки дар конститутсия навишта шудаанд, ҳақ дорад."]
    rights += [f"Моддаи {n}\nҲеҷ кас набояд бе сабаб ба ҳабс гирифта шавад." for n in range(1, 12)]
    path = tmp_path / "rights.txt"
    path.write_text("Ҳуқуқҳои ҳама\n\n" + "\n".join(rights), encoding="utf-8")
    (document,) = read_file(path, tmp_path)
    assert isinstance(document, Document)
    assert values(extract(document), "country") == []


OVERRIDES = """["news.txt"]
country = ["kz", "kg"]
remove = ["actor:lawyer"]
by = "A. Editor"
date = 2026-11-22
"""


def test_an_override_wins_over_everything_by_path_or_by_id(tmp_path: Path, document: Document) -> None:
    for key in ("news.txt", document.id):
        path = tmp_path / f"{key}.toml"
        path.write_text(OVERRIDES.replace("news.txt", key), encoding="utf-8")
        findings = extract(document, load_overrides(path))
        assert values(findings, "country") == ["kz", "kg"]
        assert "lawyer" not in values(findings, "actor")
        assert "journalist" in values(findings, "actor")
        (receipt,) = findings["country"][0].receipts
        assert (receipt.source, receipt.rule, receipt.start) == ("override", "override:A. Editor, 2026-11-22", -1)


def test_overrides_are_none_without_a_file_and_are_read_anew_when_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "overrides.toml"
    assert load_overrides(path) == {}
    path.write_text(OVERRIDES)
    assert list(load_overrides(path)) == ["news.txt"]
    path.write_text(OVERRIDES + '["b.txt"]\nyear = ["2020"]\nby = "B"\n')
    assert list(load_overrides(path)) == ["news.txt", "b.txt"]


@pytest.mark.parametrize(
    ("toml", "named"),
    [
        ('["a"]\ncountry = ["kz"]\nby = "x"\ncolour = 1', "colour"),
        ('["a"]\ncountry = ["mars"]\nby = "x"', "mars"),
        ('["a"]\ncountry = ["kz"]', "who decided"),
        ('["a"]\nremove = ["police"]\nby = "x"', "police"),
        ("a = 1", "table"),
        ("= broken", "cannot be read"),
    ],
)
def test_an_override_that_cannot_be_read_names_file_and_key(tmp_path: Path, toml: str, named: str) -> None:
    path = tmp_path / "overrides.toml"
    path.write_text(toml)
    with pytest.raises(DataError, match=named) as caught:
        load_overrides(path)
    assert "overrides.toml" in str(caught.value)


RECORD = (
    "USD 90\n\nСтатья 174 УК РК.\n\n🙂 Журналиста Иванова оштрафовали в Алматы 5 мая 2019 года по ст. 274 ч. 2 УК РК."
)


def test_a_record_is_explained_with_offsets_of_the_given_text() -> None:
    found = explain_record({"text": RECORD})
    assert found["lang"] == "ru"
    assert [c["value"] for c in found["country"]] == ["kz"]
    assert [y["value"] for y in found["year"]] == ["2019"]
    assert "journalist" in [a["value"] for a in found["actors"]]
    assert {a["id"] for a in found["articles"]} == {
        "kz/criminal-code-2014/art-174",
        "kz/criminal-code-2014/art-274/part-2",
    }
    for article in found["articles"]:
        assert RECORD[slice(*article["span"])] == article["text"]
        assert article["article"] in article["text"]
    for row in (*found["country"], *found["year"], *found["actors"]):
        for receipt in row["receipts"]:
            assert RECORD[slice(*receipt["span"])].strip()
    assert json.loads(json.dumps(found, ensure_ascii=False)) == found


@pytest.mark.shared
@pytest.mark.parametrize("number", TITLES)
def test_the_raw_text_of_a_source_document_explains_to_the_same_values(shared: Path, number: str) -> None:
    (path,) = (shared / "samples" / "seeds").glob(f"{number}_*.txt")
    text = path.read_text(encoding="utf-8")
    found = explain_record({"text": text})
    read = extract(seed(shared, number))
    assert [c["value"] for c in found["country"]] == values(read, "country")
    assert [y["value"] for y in found["year"]] == values(read, "year")
    assert {a["value"] for a in found["actors"]} == set(values(read, "actor"))
    assert {a["id"] for a in found["articles"]} == {a for a in values(read, "article") if not a.endswith("/general")}


def test_what_a_record_gives_is_kept() -> None:
    found = explain_record({"text": RECORD, "country": "Kyrgyzstan", "year": 2001, "lang": "ky"})
    assert (found["lang"], found["country"][0]["value"], found["year"][0]["value"]) == ("ky", "kg", "2001")


@pytest.mark.parametrize("record", [{}, {"text": None}, {"text": ["a"]}])
def test_a_record_without_a_text_is_refused(record: dict[str, object]) -> None:
    with pytest.raises(DocumentError, match="text"):
        explain_record(record)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from([*FIXTURE.split("\n"), "ст. 174 УК РК", "🙂", "\r", "2019", "\ud800", "\x00", "Қазақстан"]),
        max_size=12,
    )
)
def test_any_text_is_explained_and_every_span_lies_in_it(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = explain_record({"text": text})
    spans = [r["span"] for f in ("country", "year", "actors") for row in found[f] for r in row["receipts"]]
    for start, end in (*spans, *(a["span"] for a in found["articles"])):
        assert 0 <= start < end <= len(text)


def test_passages_of_a_document_are_its_paragraphs(document: Document) -> None:
    assert [(p.start, p.end) for p in document.passages] == list(paragraphs(document.text))


def test_doubling_a_text_costs_at_most_twice_and_a_bit() -> None:
    def cost(times: int) -> float:
        text = FIXTURE * times
        best = 9.9
        for _ in range(5):
            start = time.process_time()
            explain_record({"text": text})
            best = min(best, time.process_time() - start)
        return best

    cost(4)
    assert cost(32) <= 2.5 * cost(16) + 0.02
