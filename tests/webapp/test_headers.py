import gzip

import pytest
import zstandard
from flask import Flask
from flask.testing import FlaskClient

from tests.webapp.conftest import PARTNER
from tests.webapp.fake_engine import FakeEngine
from tests.webapp.reading import ALL_PAGES
from webapp.app import create_app
from webapp.headers import FIXED, MAX_URL, host_name
from webapp.settings import Settings

OTHERS = (
    "/",
    "/en/nothing",
    "/en/count?q=x",
    "/en/feed.atom",
    "/en/opensearch.xml",
    "/robots.txt",
    "/embed/v1.js",
    "/api/v1/search?q=x",
    "/api/v1/nothing",
    "/api/v1/suggest?q=a",
    "/api/v1/documents/kz174en",
    "/healthz",
    "/readyz",
)
EVERY = (*ALL_PAGES, *OTHERS)


def policy(header: str) -> dict[str, str]:
    return {name: value for name, _, value in (part.strip().partition(" ") for part in header.split(";"))}


@pytest.mark.parametrize("path", EVERY)
def test_every_answer_carries_the_security_headers(path: str, client: FlaskClient) -> None:
    answer = client.get(path)
    for name, value in FIXED.items():
        assert answer.headers[name] == value
    rules = policy(answer.headers["Content-Security-Policy"])
    assert rules["default-src"] == "'none'"
    for name in ("script-src", "style-src", "img-src", "connect-src", "form-action"):
        assert rules[name] == "'self'"
    assert rules["base-uri"] == rules["object-src"] == "'none'"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "Server" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", EVERY)
def test_only_the_embed_may_be_framed_and_only_by_the_listed_sites(path: str, client: FlaskClient) -> None:
    framed = policy(client.get(path).headers["Content-Security-Policy"])["frame-ancestors"]
    if path.startswith("/embed?"):
        assert framed == f"{PARTNER} http://127.0.0.1:9999"
    else:
        assert framed == "'none'"


def test_without_a_list_nobody_may_frame_the_embed(engine: FakeEngine) -> None:
    answer = create_app(Settings(), engine).test_client().get("/embed?q=x")
    assert policy(answer.headers["Content-Security-Policy"])["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("path", EVERY)
def test_only_the_api_may_be_read_by_other_sites_and_never_with_credentials(path: str, client: FlaskClient) -> None:
    answer = client.get(path, headers={"Origin": "https://anyone.example"})
    assert answer.headers.get("Access-Control-Allow-Origin") == ("*" if path.startswith("/api/") else None)
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "BREW"])
@pytest.mark.parametrize("path", EVERY)
def test_nothing_can_be_changed(path: str, method: str, client: FlaskClient, engine: FakeEngine) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == 405
    assert {m.strip() for m in answer.headers["Allow"].split(",")} == {"GET", "HEAD", "OPTIONS"}
    assert engine.asked == 0


@pytest.mark.parametrize("path", ALL_PAGES)
def test_head_gives_the_headers_of_get_without_a_body(path: str, client: FlaskClient) -> None:
    head, get = client.head(path), client.get(path)
    assert head.status_code == get.status_code == 200
    assert head.data == b""
    assert head.headers["ETag"] == get.headers["ETag"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:8765", 200),
        ("127.0.0.1:80", 200),
        ("[::1]:8765", 200),
        ("evil.example", 400),
        ("localhost.evil.example", 400),
        ("localhost:80:80", 400),
        ("localhost@evil.example", 400),
        ("", 400),
    ],
)
def test_only_the_listed_hosts_are_answered(host: str, status: int, client: FlaskClient) -> None:
    assert client.get("/en/help", headers={"Host": host}).status_code == status


def test_a_host_header_is_read_without_its_port() -> None:
    assert [host_name(h) for h in ("a:1", "a", "[::1]:2", "[::1]")] == ["a", "a", "[::1]", "[::1]"]


@pytest.mark.parametrize("path", ["/en/search?q=", "/api/v1/search?q=", "/en/"])
def test_an_address_above_four_kilobytes_is_refused(path: str, client: FlaskClient, engine: FakeEngine) -> None:
    assert client.get(path + "a" * (MAX_URL + 1)).status_code == 414
    assert engine.asked == 0
    assert client.get(path + "a" * (MAX_URL - 100)).status_code != 414


PROBES = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Prefix": "/evil",
    "X-Original-URL": "/en/about",
    "X-Rewrite-URL": "/en/about",
    "Forwarded": "host=evil.example",
    "X-HTTP-Method-Override": "POST",
    "User-Agent": "<script>",
    "Referer": "https://evil.example/",
    "Cookie": "lang=ru",
    "Accept-Language": "ru",
}


@pytest.mark.parametrize("path", ALL_PAGES)
def test_headers_that_a_cache_does_not_know_change_no_byte(path: str, client: FlaskClient) -> None:
    plain = client.get(path).data
    for name, value in PROBES.items():
        assert client.get(path, headers={name: value}).data == plain, name


@pytest.mark.parametrize(
    ("accepts", "coding"),
    [("gzip", "gzip"), ("gzip, deflate, br, zstd", "zstd"), ("gzip, zstd;q=0", "gzip"), ("zstd", "zstd")],
)
def test_a_client_gets_the_answer_packed_as_it_takes_it(accepts: str, coding: str, client: FlaskClient) -> None:
    packed = client.get("/en/", headers={"Accept-Encoding": accepts})
    assert packed.headers["Content-Encoding"] == coding
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert int(packed.headers["Content-Length"]) == len(packed.data)
    unpack = {"gzip": gzip.decompress, "zstd": zstandard.decompress}[coding]
    assert unpack(packed.data) == client.get("/en/").data


def test_a_client_that_takes_neither_gets_it_as_it_is(client: FlaskClient) -> None:
    for accepts in ("", "identity", "gzip;q=0", "br", "zstd;q=0"):
        assert "Content-Encoding" not in client.get("/en/", headers={"Accept-Encoding": accepts}).headers


def test_no_route_is_forgotten_here(app: Flask) -> None:
    """Every rule of the application is met by an address of the lists above, the static files apart."""
    adapter = app.url_map.bind("localhost")
    met = {adapter.match(path.split("?")[0])[0] for path in EVERY if path != "/api/v1/nothing"}
    assert {rule.endpoint for rule in app.url_map.iter_rules()} - met == {"assets.static_file"}
