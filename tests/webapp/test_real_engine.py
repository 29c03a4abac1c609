"""The pages over the real engine and a small real index: the fake one and the real one must not drift apart."""

from __future__ import annotations

import json
import time
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import pipeline
from search.engine import Engine
from search.present import document_to_dict, results_to_dict
from search.request import SearchRequest
from tests.webapp.fake_engine import DOCS, FakeEngine
from tests.webapp.reading import Seen, one, text_of, tree
from webapp import links, messages, panels
from webapp.app import create_app
from webapp.settings import Settings

QUERIES = (
    "",
    "freedom",
    "174",
    "ст. 174 УК РК",
    "Art. 174 Kazakhstan",
    "клевета",
    "zzzz",
    '"freedom of expression"',
    "a*",
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real")
    lines = []
    for doc in DOCS:
        facets = {name: list(values) for name, values in doc.facets.items()}
        lines.append(
            {
                "id": doc.id,
                "title": doc.title,
                "text": doc.text.replace("\x00", ""),
                "lang": doc.lang,
                "date": doc.date,
                "url": doc.url,
                "source": doc.source,
                "country": facets.get("country", []),
                "articles": facets.get("article", []),
                "actors": facets.get("actor", []),
            }
        )
    source = folder / "docs.jsonl"
    source.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    report = pipeline.run([source], folder / "index", jobs=1)
    assert report.indexed == len(DOCS)
    return folder / "index"


@pytest.fixture(scope="module")
def engine(index: Path) -> Engine:
    return Engine(index)


@pytest.fixture(scope="module")
def client(engine: Engine) -> FlaskClient:
    return create_app(Settings(), engine).test_client()


def test_both_engines_keep_the_promise_of_the_pages(engine: Engine) -> None:
    for kind in (engine, FakeEngine()):
        for name in ("search", "count_of", "document", "suggest", "ready", "generation"):
            assert hasattr(kind, name), f"{type(kind).__name__}.{name}"
    typed: panels.Engine = engine
    assert typed.ready()[0]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_every_kind_of_answer_can_be_shown_in_every_language(query: str, lang: str, client: FlaskClient) -> None:
    for suffix in ("", "&country=kz", "&as=text", "&widen=1", "&exact=1", "&lang=ru&year=2016"):
        answer = client.get(f"/{lang}/search?q={quote(query)}{suffix}")
        assert answer.status_code == 200
        assert one(tree(answer.data), "//input[@id='q']").get("value", "") == query


@pytest.mark.parametrize("query", QUERIES)
def test_page_and_data_tell_the_same(query: str, client: FlaskClient, engine: Engine) -> None:
    body = client.get(f"/api/v1/search?q={quote(query)}").get_json()
    page = tree(client.get(f"/en/search?q={quote(query)}").data)
    links = page.xpath("//ol[@class='hits']//h2/a/@href")
    assert [link.partition("/documents/")[2].partition("?")[0].partition("#")[0] for link in links] == [
        hit["id"] for hit in body["hits"]
    ]
    own = results_to_dict(engine.search(SearchRequest(q=query)))
    assert [hit["id"] for hit in own["hits"]] == [hit["id"] for hit in body["hits"]]


def test_every_document_can_be_opened_with_its_receipts(client: FlaskClient, engine: Engine) -> None:
    for doc in DOCS:
        answer = client.get(f"/en/documents/{doc.id}?q=freedom")
        assert answer.status_code == 200
        assert "<script>alert" not in "".join(tag for tag, _ in Seen.of(answer.data).tags)
        view = engine.document(doc.id)
        assert json.dumps(document_to_dict(view))
        for rows in view.receipts.values():
            assert all({"value", "label", "receipts"} <= set(row) for row in rows)
    assert client.get("/en/documents/none").status_code == 404


def test_the_other_pages_answer(client: FlaskClient) -> None:
    for path in ("/ru/", "/kk/statutes/kz/criminal-code-2014", "/en/facet/article", "/en/feed.atom", "/embed?q=174"):
        assert client.get(path).status_code == 200
    assert client.get("/api/v1/suggest?q=freedom").get_json()["suggestions"]
    assert client.get("/readyz").status_code == 200


def test_every_limit_that_the_search_can_tell_has_words(client: FlaskClient, engine: Engine) -> None:
    for query in ("a*", '"open', "(open", "NOT", "*x", "word " * 40, "x" * 600, "!!!"):
        for kind, _ in engine.search(SearchRequest(q=query)).limits:
            assert f"limit.{kind}" in messages.load("en").texts, (query, kind)


def test_another_reading_of_a_number_gives_the_documents_it_promises(client: FlaskClient) -> None:
    page = tree(client.get("/en/search?q=174&country=kz").data)
    others = page.xpath("//p[@class='read']/a[following-sibling::*[1][self::span]]")
    for other in others:
        count = text_of(other.getnext())
        status = text_of(one(tree(client.get(other.get("href")).data), "//*[@id='status']"))
        assert status.split()[0] == count
    assert others


def test_a_count_on_a_real_page_is_what_choosing_it_gives(client: FlaskClient) -> None:
    page = tree(client.get("/en/search?q=freedom").data)
    boxes = page.xpath("//input[@type='checkbox'][@name='country' or @name='article' or @name='actor' or @name='lang']")
    assert boxes
    for box in boxes:
        path = f"/en/count?q=freedom&{box.get('name')}={quote(box.get('value'))}"
        count = int(text_of(one(box, "..//span[@class='n']")))
        assert client.get(path).data.decode().split()[1] == str(count)


PATHS = [
    "/en/search",
    "/ru/facet/article",
    "/kk/facet/year",
    "/en/documents/kz174en",
    "/uz/documents/hostile",
    "/ky/count",
    "/en/feed.atom",
    "/embed",
    "/api/v1/search",
    "/api/v1/documents/kz174ru",
    "/api/v1/suggest",
    "/en/statutes",
]
LIKELY = "174 174-бап kz/criminal-code-2014 kz/criminal-code-2014/174 a/b/c/d unresolved/art-5 2016..2019 -1 on".split()  # noqa: SIM905
SIGNS = '" ( ) * ~ - AND OR NOT title: year: сөз a 174'.split()  # noqa: SIM905
WORDS = st.one_of(
    st.sampled_from(LIKELY),
    st.lists(st.sampled_from(SIGNS), max_size=12).map(" ".join),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=40),
)
KEYS = st.sampled_from([*links.PARAMETERS, "from", "to", "find", "light", "hit", "cite", "ui", "nonsense"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PATHS), st.lists(st.tuples(KEYS, WORDS), max_size=6))
def test_no_question_whatever_it_holds_is_answered_with_a_failure(
    client: FlaskClient, path: str, pairs: list[tuple[str, str]]
) -> None:
    answer = client.get(f"{path}?{urlencode(pairs)}")
    assert answer.status_code in (200, 400, 404, 414)


@pytest.mark.parametrize("value", ["kz/criminal-code-2014/174", "a/b/c/d/e", "///", "kz", "x/art-1/part-2/other-3"])
@pytest.mark.parametrize("path", ["/en/search?q=freedom&", "/en/search?", "/embed?q=freedom&", "/en/facet/article?"])
def test_an_article_that_is_no_id_of_ours_is_a_filter_that_finds_nothing(
    client: FlaskClient, path: str, value: str
) -> None:
    answer = client.get(f"{path}article={quote(value)}")
    assert answer.status_code == 200
    assert quote(value).encode() in answer.data or value.encode() in answer.data


def test_a_new_snapshot_is_in_use_within_two_seconds_and_every_answer_is_of_one_generation(tmp_path: Path) -> None:
    source = tmp_path / "docs.jsonl"
    note = {"text": "Freedom of speech.", "lang": "en"}
    lines = [json.dumps({"id": f"d{n}", "title": f"Note {n}", **note}) for n in range(3)]
    source.write_text("\n".join(lines[:2]), "utf-8")
    pipeline.run([source], tmp_path / "index", jobs=1)
    client = create_app(Settings(), Engine(tmp_path / "index")).test_client()
    first = client.get("/api/v1/search?q=freedom")
    assert first.get_json()["total"] == 2
    source.write_text("\n".join(lines), "utf-8")
    pipeline.run([source], tmp_path / "index", jobs=1)
    end = time.monotonic() + 2
    answers = []
    while time.monotonic() < end and (not answers or answers[-1]["total"] < 3):
        answers.append(client.get("/api/v1/search?q=freedom").get_json())
        time.sleep(0.05)
    assert answers[-1]["total"] == 3
    assert {(a["generation"], a["total"]) for a in answers} <= {
        (first.get_json()["generation"], 2),
        (answers[-1]["generation"], 3),
    }
    assert client.get("/api/v1/search?q=freedom", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The sample corpus, read-only for these tests."""
    folder = tmp_path_factory.mktemp("corpus")
    pipeline.run([Path(__file__).parents[2] / "corpus"], folder / "index", jobs=1)
    return Engine(folder / "index")


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_every_example_on_the_pages_finds_documents_of_the_sample_corpus(lang: str, corpus: Engine) -> None:
    said = messages.load(lang)
    for key in [*(f"home.example{n}" for n in range(1, 6)), *(f"help.query{n}" for n in range(1, 9))]:
        results = corpus.search(SearchRequest(q=said(key)), lang)
        assert results.total, said(key)
        assert results.interpretation.kind != "relaxed", said(key)
        assert results.limits == (), said(key)


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_the_article_among_the_examples_is_understood_as_one(lang: str, corpus: Engine) -> None:
    for key in ("home.example1", "help.query3"):
        read = corpus.search(SearchRequest(q=messages.load(lang)(key)), lang).interpretation
        assert read.kind == "citation"
        assert read.readings[0].value in (
            "kz/criminal-code-2014/art-174",
            "kg/criminal-code-2021/art-330",
            "uz/criminal-code-1994/art-139",
        )


@pytest.fixture(scope="module")
def readers(corpus: Engine) -> FlaskClient:
    return create_app(Settings(), corpus).test_client()


@pytest.mark.parametrize("size", [3, 10, 20])
def test_documents_with_some_of_the_words_stand_under_a_heading_with_their_own_number(
    readers: FlaskClient, corpus: Engine, size: int
) -> None:
    """Page by page, both lists are what the engine gives, and the number of each is said, never their sum."""
    asked = SearchRequest(q="журналист депутат", size=100)
    at_once, t = corpus.search(asked), messages.load("ru")
    assert at_once.more
    assert 0 < at_once.total < at_once.more.total
    found: tuple[list[str], list[str]] = ([], [])
    last = -(-at_once.listed // size)
    for number in range(1, last + 1):
        page = tree(readers.get("/ru/search?" + urlencode({"q": asked.q, "size": size, "page": number})).data)
        status = one(page, "//p[@id='status']")
        assert (status.text or "").strip() == t("results.status", count=at_once.total, query=asked.q)
        heading = one(page, "//section[@aria-labelledby='more']/h2[@id='more']")
        assert heading.text == t("results.more", count=at_once.more.total)
        below = one(page, "//section[@aria-labelledby='more']/ol[@class='hits']")
        assert below.get("start") == str(len(found[1]) + 1)
        for known, cards in zip(
            found,
            (page.xpath("//section[@id='results']/ol[@class='hits']//h2/a/@href"), below.xpath(".//h3/a/@href")),
            strict=True,
        ):
            known += [address.split("/")[3].split("?")[0] for address in cards]
        assert bool(page.xpath("//a[@rel='next']")) == (number < last)
    assert found == ([hit.id for hit in at_once.hits], [hit.id for hit in at_once.more.hits])


def test_data_and_feed_keep_documents_with_some_of_the_words_apart(readers: FlaskClient, corpus: Engine) -> None:
    asked = urlencode({"q": "журналист депутат"})
    data = readers.get(f"/api/v1/search?{asked}").get_json()
    assert data["more"]["total"] > len(data["more"]["hits"]) > 0
    assert len(data["hits"]) == data["total"] == readers.get(f"/ru/feed.atom?{asked}").text.count("</entry>")
    assert not {hit["id"] for hit in data["hits"]} & {hit["id"] for hit in data["more"]["hits"]}
    assert readers.get(f"/api/v1/search?{asked}&sort=newest").get_json()["more"] is None
    assert readers.get("/api/v1/search?q=журналист").get_json()["more"] is None


def test_a_filter_that_leaves_no_document_with_all_words_says_none_and_offers_the_way_back(
    readers: FlaskClient,
) -> None:
    page = tree(readers.get("/en/search?" + urlencode({"q": "журналист депутат", "country": "uz"})).data)
    assert text_of(one(page, "//p[@id='status']")) == "No documents for “журналист депутат”"
    assert text_of(one(page, "//div[@class='nothing']/ul[1]")) == "Without “Uzbekistan” 4 documents"
    assert page.xpath("//section[@aria-labelledby='more']/ol/li")
