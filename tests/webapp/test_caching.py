import pytest
from flask.testing import FlaskClient

from tests.webapp.fake_engine import FakeEngine
from tests.webapp.reading import ALL_PAGES, tree

CACHED = (*ALL_PAGES, "/api/v1/search?q=x", "/api/v1/documents/kz174en", "/api/v1/suggest?q=a", "/en/feed.atom")


@pytest.mark.parametrize("path", CACHED)
def test_a_client_that_has_the_answer_gets_304_and_no_search_is_run(
    path: str, client: FlaskClient, engine: FakeEngine
) -> None:
    first = client.get(path)
    engine.asked = 0
    engine.failure = RuntimeError("nobody may ask")
    second = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (second.status_code, second.data, engine.asked) == (304, b"", 0)
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_a_new_index_makes_every_kept_answer_stale(client: FlaskClient, engine: FakeEngine) -> None:
    old = client.get("/en/search?q=x").headers["ETag"]
    engine.generation = "later"
    assert client.get("/en/search?q=x", headers={"If-None-Match": old}).status_code == 200


def test_the_same_question_has_the_same_tag_however_it_is_written(client: FlaskClient) -> None:
    one = "/en/search?q=x&country=kz&country=kg&page=1&sort=relevance"
    other = "/en/search?sort=relevance&country=kz&utm=1&country=kg&q=x"
    assert client.get(one).headers["ETag"] == client.get(other).headers["ETag"]


def test_other_questions_languages_and_hosts_have_other_tags(client: FlaskClient) -> None:
    paths = ["/en/search?q=x", "/ru/search?q=x", "/en/search?q=y", "/en/search?q=x&as=text", "/en/search?q=x&page=2"]
    tags = [client.get(path).headers["ETag"] for path in paths]
    tags.append(client.get(paths[0], headers={"Host": "127.0.0.1"}).headers["ETag"])
    assert len(set(tags)) == len(tags)


def test_styles_and_scripts_are_addressed_by_their_content_and_kept_for_ever(client: FlaskClient) -> None:
    page = tree(client.get("/en/").data)
    paths = [*page.xpath("//link[@rel='stylesheet']/@href"), *page.xpath("//script/@src")]
    assert paths
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_health_and_errors_are_never_kept(client: FlaskClient) -> None:
    for path in ("/healthz", "/readyz", "/en/nothing", "/api/v1/nothing", "/en/search?sort=x"):
        assert client.get(path).headers["Cache-Control"] == "no-store"


def test_the_language_of_the_front_door_depends_on_the_header_and_says_so(client: FlaskClient) -> None:
    for header, lang in (("kk", "kk"), ("ru-RU,en;q=0.5", "ru"), (";;;", "en"), ("", "en")):
        answer = client.get("/", headers={"Accept-Language": header})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/{lang}/")
        assert "Accept-Language" in answer.headers["Vary"]
