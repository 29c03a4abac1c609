import json
import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from analysis import errors as tree
from tests.webapp.fake_engine import FakeEngine
from tests.webapp.reading import one, text_of
from tests.webapp.reading import tree as read
from webapp import messages
from webapp.errors import STATUS, status_of

ASKED = (
    "/en/",
    "/ru/search?q=свобода",
    "/en/count?q=x",
    "/kk/facet/country",
    "/en/documents/kz174en",
    "/en/statutes",
    "/en/statutes/kz/criminal-code-2014",
    "/en/feed.atom",
    "/embed?q=x",
    "/api/v1/search?q=x",
    "/api/v1/documents/kz174en",
)


def every_error(root: type[tree.IzdeError] = tree.IzdeError) -> list[type[tree.IzdeError]]:
    return [root, *(below for child in root.__subclasses__() for below in every_error(child))]


def made(kind: type[tree.IzdeError]) -> tree.IzdeError:
    return kind("a.txt", "SECRET") if kind is tree.DocumentError else kind("SECRET /srv/index 3.14")


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("path", ["/en/search?q=x", "/api/v1/search?q=x"])
def test_every_error_of_the_tree_has_a_status_in_html_and_json(
    kind: type[tree.IzdeError], path: str, client: FlaskClient, engine: FakeEngine
) -> None:
    engine.failure = made(kind)
    answer = client.get(path)
    assert answer.status_code == status_of(engine.failure)
    assert answer.status_code in (400, 404, 500, 503)
    if path.startswith("/api/"):
        body = json.loads(answer.data)
        assert body["error"]["status"] == answer.status_code
        assert body["error"]["type"] == kind.__name__
        assert body["error"]["message"]
    else:
        assert text_of(one(read(answer.data), "//h1"))
    assert kind is tree.RequestError or b"SECRET" not in answer.data
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_table_names_only_classes_of_the_tree() -> None:
    assert set(STATUS) <= set(every_error())


@pytest.mark.parametrize("path", ASKED)
def test_an_index_that_is_not_ready_gives_503_with_a_time_to_come_back(
    path: str, client: FlaskClient, engine: FakeEngine
) -> None:
    engine.failure = tree.IndexMissing("run izde index /home/secret")
    answer = client.get(path)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert b"secret" not in answer.data


@pytest.mark.parametrize("path", ASKED)
def test_an_unforeseen_failure_tells_the_reader_a_number_and_the_log_no_word_of_the_query(
    path: str, client: FlaskClient, engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    engine.failure = RuntimeError("canary свобода /srv/secret.py")
    with caplog.at_level(logging.DEBUG):
        answer = client.get(path)
    assert answer.status_code == 500
    [record] = [r for r in caplog.records if r.levelno >= logging.ERROR]
    number = record.getMessage().split()[1]
    said = answer.text.replace("/search?q=свобода", "")  # where the other languages ask the same
    assert number in said
    for secret in ("canary", "свобода", "secret", "Traceback", "127.0.0.1"):
        assert secret not in caplog.text
        assert secret not in said


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/search?sort=best", 400),
        ("/en/search?page=0", 400),
        ("/en/search?page=1000000000", 400),
        ("/en/search?size=101", 400),
        ("/en/search?year=then", 400),
        ("/en/search?from=x", 400),
        ("/en/facet/colour", 400),
        ("/api/v1/search?page=x", 400),
        ("/api/v1/search?ui=xx", 400),
        ("/en/nothing", 404),
        ("/de/", 404),
        ("/en/documents/unknown", 404),
        ("/api/v1/documents/unknown", 404),
        ("/api/v2/search", 404),
        ("/en/statutes/kz/no-such-law", 404),
        ("/static/0/style.css", 404),
        ("/static/../settings.py", 404),
        ("/en/documents/..%2f..%2fsettings.py", 404),
    ],
)
def test_wrong_addresses_have_their_status(path: str, status: int, client: FlaskClient) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.content_type.startswith("application/json" if path.startswith("/api/") else "text/html")


def test_an_unknown_parameter_of_the_api_is_refused_and_the_known_are_listed(client: FlaskClient) -> None:
    body = client.get("/api/v1/search?q=x&colour=red").get_json()
    assert body["error"]["status"] == 400
    for name in ("colour", "country", "year", "article", "actor", "lang", "sort", "page", "size"):
        assert name in body["error"]["message"]


def test_a_wrong_parameter_of_a_page_is_named_on_the_page(client: FlaskClient) -> None:
    page = read(client.get("/ru/search?sort=best").data)
    assert text_of(one(page, "//h1")) == messages.load("ru")("error.title_400")
    assert "best" in text_of(one(page, "//*[@class='detail']"))


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_an_error_page_speaks_the_language_of_its_address_or_of_the_reader(lang: str, client: FlaskClient) -> None:
    title = messages.load(lang)("error.title_404")
    by_path = client.get(f"/{lang}/nothing")
    by_header = client.get("/nothing", headers={"Accept-Language": lang})
    assert text_of(one(read(by_path.data), "//h1")) == text_of(one(read(by_header.data), "//h1")) == title


def test_a_failure_of_the_error_page_itself_is_still_an_answer_without_a_trace(
    app: Flask, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("webapp.errors.as_page", lambda *args: 1 / 0)
    engine.failure = RuntimeError("canary")
    answer = app.test_client().get("/en/search?q=canary")
    assert answer.status_code == 500
    assert b"canary" not in answer.data
    assert "canary" not in caplog.text
