import pytest
from flask.testing import FlaskClient
from lxml import etree

from tests.webapp.fake_engine import FakeEngine
from webapp import messages
from webapp.app import create_app
from webapp.feeds import stamp
from webapp.settings import Settings

ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_feed_holds_the_newest_documents_of_the_search_first(client: FlaskClient) -> None:
    answer = client.get("/en/feed.atom?q=freedom&country=kz&sort=oldest&page=2&size=1")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(answer.data)
    updated = [entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry")]
    assert updated == ["2019-10-30T00:00:00Z", "2016-01-22T00:00:00Z"]
    assert feed.findtext(f"{ATOM}updated") == updated[0]
    ids = [e.text for e in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    assert all(id.startswith("http://localhost/en/") for id in ids)


def test_a_hostile_document_is_text_in_the_feed_and_the_feed_stays_xml(client: FlaskClient) -> None:
    feed = etree.fromstring(client.get("/en/feed.atom").data)
    titles = [e.text for e in feed.iter(f"{ATOM}title")]
    assert "<script>alert(1)</script> & \"title'" in titles
    assert {e.tag.removeprefix(ATOM) for e in feed.iter()} <= {
        *("feed", "title", "id", "updated", "author", "name", "link", "entry", "category", "summary")
    }


def test_addresses_come_from_the_settings_where_they_are_set() -> None:
    client = create_app(Settings(base_url="https://archive.example"), FakeEngine()).test_client()
    for path in ("/ru/feed.atom", "/ru/opensearch.xml"):
        assert b"localhost" not in client.get(path).data
        assert b"https://archive.example/ru/" in client.get(path).data


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_a_browser_can_add_the_search_in_each_language(lang: str, client: FlaskClient) -> None:
    description = etree.fromstring(client.get(f"/{lang}/opensearch.xml").data)
    urls = [e.get("template") for e in description.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")]
    assert urls[0] == f"http://localhost/{lang}/search?q={{searchTerms}}"
    assert client.get(urls[0].replace("{searchTerms}", "freedom")).status_code == 200


def test_robots_may_read_documents_and_not_the_combinations_of_filters(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").data.decode().splitlines()
    assert "Disallow: /*/search" in lines
    assert not [line for line in lines if "documents" in line]


def test_a_date_as_precise_as_known_becomes_a_stamp() -> None:
    assert [stamp(d) for d in ("2019", "2019-10", "2019-10-30", "")] == [
        "2019-01-01T00:00:00Z",
        "2019-10-01T00:00:00Z",
        "2019-10-30T00:00:00Z",
        "1970-01-01T00:00:00Z",
    ]
