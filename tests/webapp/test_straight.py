"""What is answered before Flask is what Flask would have answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import Client, TestResponse, create_environ

from tests.webapp.fake_engine import FakeEngine
from webapp.app import create_app
from webapp.headers import MAX_URL, Finished
from webapp.settings import Settings

ASKED = (
    "/en/search",
    "/ru/search?q=174",
    "/kk/search?q=174&country=kz&country=kg&year=2016..2019&page=2&size=1",
    "/uz/search?q=%22%3E%3Cscript%3E&exact=1&sort=oldest",
    "/en/search?q=%D1%81%D0%BB%D0%BE%D0%B2%D0%BE+%ff%00&from=2015&to=2016",
    "/ky/search?article=kz/criminal-code-2014&as=text&widen=1&actor=&utm=1",
)
LEFT = (
    "/en/search?sort=x",
    "/en/search?page=0",
    f"/en/search?q={'x' * MAX_URL}",
    "/xx/search?q=x",
    "/en/search/",
    "/en/count?q=x",
    "//en/search",
    "/",
)
ACCEPTED = ("", "gzip", "zstd;q=0.5, gzip", "br", "gzip;q=0, *;q=0")


@pytest.fixture(scope="module")
def both() -> tuple[Client, Client]:
    """The application with what answers before Flask, and Flask alone."""
    app = create_app(Settings(), FakeEngine())

    def flask_alone(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return Flask.wsgi_app(app, environ, start_response)

    return Client(app), Client(Finished(flask_alone, Settings()))


def told(answer: TestResponse) -> tuple[str, list[tuple[str, str]], bytes]:
    return answer.status, sorted(answer.headers.items()), answer.data


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
@pytest.mark.parametrize("path", [*ASKED, *LEFT])
def test_every_address_has_the_answer_of_flask(path: str, method: str, both: tuple[Client, Client]) -> None:
    for accepted in ACCEPTED:
        given = {"Accept-Encoding": accepted} if accepted else {}
        one, other = (told(client.open(path, method=method, headers=given)) for client in both)
        assert one == other


@pytest.mark.parametrize("path", ASKED)
@pytest.mark.parametrize("tag", ["{}", "W/{}", "{}x", '"x", {}', "*", ""])
def test_a_tag_means_the_same_to_both(path: str, tag: str, both: tuple[Client, Client]) -> None:
    etag = both[1].get(path).headers["ETag"].removeprefix("W/")
    one, other = (told(client.get(path, headers={"If-None-Match": tag.format(etag)})) for client in both)
    assert one == other


@pytest.mark.parametrize("host", ["", "LOCALHOST:80", "127.0.0.1", "[::1]:8000", "evil.example"])
def test_the_host_is_looked_at_in_the_same_way(host: str, both: tuple[Client, Client]) -> None:
    one, other = (told(client.get("/en/search?q=x", headers={"Host": host})) for client in both)
    assert one == other


@settings(max_examples=40)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=255, exclude_characters="#"), max_size=40))
def test_any_query_string_has_the_answer_of_flask(both: tuple[Client, Client], query: str) -> None:
    environ = {**create_environ("/en/search"), "QUERY_STRING": query}
    one, other = (told(client.open(dict(environ))) for client in both)
    assert one == other


def test_pages_of_results_do_not_reach_flask_and_failures_do(app: Flask, engine: FakeEngine) -> None:
    client, seen = app.test_client(), []
    app.before_request_funcs[None].append(lambda: seen.append(1))
    try:
        for path in ASKED:
            assert client.get(path).status_code == 200
        assert seen == []
        engine.failure = RuntimeError("broken")
        assert client.get(ASKED[0]).status_code == 500
        assert seen == [1]
    finally:
        app.before_request_funcs[None].pop()


def test_a_new_snapshot_is_looked_for_before_a_page_is_made(client: FlaskClient, engine: FakeEngine) -> None:
    app = create_app(Settings(), engine)
    engine.refresh = lambda: setattr(engine, "generation", "new")  # type: ignore[method-assign]
    old = client.get("/en/search").headers["ETag"]
    assert app.test_client().get("/en/search").headers["ETag"] != old
