import json
import subprocess
import sys

import pytest
from flask.testing import FlaskClient

from schema import FACET_NAMES
from search.present import document_to_dict, results_to_dict
from search.request import SearchRequest
from tests.webapp.fake_engine import DOCS, FakeEngine

HIT = {"id", "title", "url", "lang", "country", "year", "articles", "actors", "snippets"}


def test_the_answer_has_the_promised_shape(client: FlaskClient) -> None:
    body = client.get("/api/v1/search?q=174&country=kz").get_json()
    assert {"query", "interpretation", "total", "page", "size", "took_ms", "hits", "facets", "limits"} <= set(body)
    assert (body["query"], body["total"], body["page"], body["size"]) == ("174", 3, 1, 20)
    assert body["interpretation"]["kind"] == "citation"
    assert body["interpretation"]["readings"][0]["value"] == "kz/criminal-code-2014/art-174"
    for hit in body["hits"]:
        assert set(hit) >= HIT
        assert isinstance(hit["title"], str)
        assert hit["year"] == ["2016"]
        for snippet in hit["snippets"]:
            assert {"segments", "lang", "paragraph"} <= set(snippet)
            assert all(isinstance(text, str) and isinstance(is_hit, bool) for text, is_hit in snippet["segments"])
    assert set(body["facets"]) == set(FACET_NAMES)
    for rows in body["facets"].values():
        assert all({"value", "label", "count", "selected"} <= set(row) for row in rows)
    tree = body["facets"]["article"][0]
    assert tree["value"] == "kz/criminal-code-2014"
    assert tree["children"][0]["children"][0]["value"] == "kz/criminal-code-2014/art-174/part-2"


def test_every_parameter_is_repeatable_and_read(client: FlaskClient) -> None:
    query = "country=kz&country=kg&year=2016..2018&lang=ru&sort=oldest&size=1&page=2"
    body = client.get(f"/api/v1/search?{query}").get_json()
    assert body["total"] == 2
    assert body["page"] == 2
    assert [hit["id"] for hit in body["hits"]] == ["kg127ru"]
    assert {row["value"] for row in body["facets"]["country"] if row["selected"]} == {"kz", "kg"}


def test_articles_have_their_akoma_ntoso_references(client: FlaskClient) -> None:
    [hit] = client.get("/api/v1/search?q=174&lang=en").get_json()["hits"]
    assert hit["articles"] == ["kz/criminal-code-2014/art-174", "int/iccpr/art-19"]
    assert hit["akoma_ntoso"]["kz/criminal-code-2014/art-174"].startswith("/akn/kz/act/2014-07-03/")
    [other] = client.get("/api/v1/search?article=unresolved/art-5").get_json()["hits"]
    assert other["akoma_ntoso"] == {}


@pytest.mark.parametrize("ui", ["en", "ru", "kk"])
def test_labels_are_in_the_language_asked_for(ui: str, client: FlaskClient) -> None:
    body = client.get(f"/api/v1/search?ui={ui}").get_json()
    [kz] = [row for row in body["facets"]["country"] if row["value"] == "kz"]
    assert kz["label"] == {"en": "Kazakhstan", "ru": "Казахстан", "kk": "Қазақстан"}[ui]


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.id)
def test_the_segments_of_a_document_joined_are_its_text(doc: object, client: FlaskClient) -> None:
    body = client.get(f"/api/v1/documents/{doc.id}?q=freedom 174").get_json()  # type: ignore[attr-defined]
    paragraphs = ["".join(text for text, _ in p["segments"]) for p in body["paragraphs"]]
    assert "\n".join(paragraphs) == doc.text  # type: ignore[attr-defined]
    assert body["hits"] == sum(is_hit for p in body["paragraphs"] for _, is_hit in p["segments"])
    for rows in body["receipts"].values():
        for row in rows:
            for receipt in row["receipts"]:
                if receipt["paragraph"] >= 0:
                    assert doc.text[receipt["start"] : receipt["end"]] == receipt["text"]  # type: ignore[attr-defined]


def test_suggestions_are_rows(client: FlaskClient) -> None:
    [row] = client.get("/api/v1/suggest?q=клевета").get_json()["suggestions"]
    assert set(row) == {"kind", "text", "label", "count", "value"}
    assert client.get("/api/v1/suggest").get_json() == {"suggestions": []}


def test_health_needs_no_index_and_readiness_says_why_not(client: FlaskClient, engine: FakeEngine) -> None:
    assert client.get("/readyz").get_json() == {"ready": True, "reason": ""}
    engine.failure = RuntimeError("the manifest does not match")
    assert client.get("/healthz").data == b"ok\n"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.get_json()["ready"]) == (503, False)
    assert "manifest" in answer.get_json()["reason"]


def test_the_api_answers_what_the_engine_answers(client: FlaskClient, engine: FakeEngine) -> None:
    request = SearchRequest(q="freedom", country=("kz",))
    body = client.get("/api/v1/search?q=freedom&country=kz").get_json()
    own = json.loads(json.dumps(results_to_dict(engine.search(request))))
    for plain, served in zip(own["hits"], body["hits"], strict=True):
        assert {k: v for k, v in plain.items() if k != "akoma_ntoso"} == {
            k: v for k, v in served.items() if k != "akoma_ntoso"
        }
    assert own["facets"] == body["facets"]
    assert json.dumps(document_to_dict(engine.document("hostile")))


def test_the_shape_can_be_had_without_flask() -> None:
    code = "import sys, search.present; sys.exit('flask' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
