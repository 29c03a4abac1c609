import gzip
import re
from collections import Counter
from itertools import pairwise
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from search.labels import label
from search.request import SearchRequest
from tests.webapp.fake_engine import DOCS, FakeEngine, many
from tests.webapp.reading import ALL_PAGES, Seen, one, text_of, tree
from webapp import messages
from webapp.app import create_app
from webapp.settings import Settings

ALLOWED = frozenset(
    """html head meta title link script body div a header nav details summary ul ol li span main section article aside
    h1 h2 h3 p form label input button footer fieldset legend svg path mark time strong table caption thead tbody tr th
    td dl dt dd q b code s pre br""".split()  # noqa: SIM905
)
HUGE = 130


@pytest.fixture(scope="module")
def paged() -> FlaskClient:
    return create_app(Settings(), FakeEngine(many(HUGE))).test_client()


def get(client: FlaskClient, path: str) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return tree(answer.data)


@pytest.mark.parametrize("path", ALL_PAGES)
def test_every_page_is_whole_without_inline_script_style_or_handler(path: str, client: FlaskClient) -> None:
    seen = Seen.of(client.get(path).data)
    assert {tag for tag, _ in seen.tags} <= ALLOWED
    for tag, attributes in seen.tags:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        assert tag != "script" or (attributes["src"] or "").startswith("/static/")
        for name in ("href", "src", "action"):
            assert urlsplit(attributes.get(name) or "").scheme in ("", "http", "https")
    assert "alert(1)" in seen.text or "hostile" not in path


@pytest.mark.parametrize("path", ALL_PAGES)
def test_every_page_has_language_title_one_heading_and_unique_ids(path: str, client: FlaskClient) -> None:
    page = get(client, path)
    assert page.get("lang") in messages.LANGUAGES
    assert text_of(one(page, "//head/title"))
    assert len(page.xpath("//h1")) == 1
    assert len(page.xpath("//main")) == 1
    assert [id for id, n in Counter(page.xpath("//@id")).items() if n > 1] == []
    levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("path", ALL_PAGES)
def test_every_control_has_a_name_and_every_list_of_boxes_a_legend(path: str, client: FlaskClient) -> None:
    page = get(client, path)
    for field in page.xpath("//input[not(@type='hidden')]"):
        assert page.xpath(f"//label[@for='{field.get('id')}']") or field.xpath("ancestor::label")
    for control in page.xpath("//button|//a[@href]|//summary"):
        assert text_of(control) or control.get("aria-label") or control.xpath(".//*[local-name()='title']"), path
    for fieldset in page.xpath("//fieldset"):
        assert text_of(one(fieldset, "./legend"))


def test_every_link_of_every_page_leads_somewhere(client: FlaskClient) -> None:
    """A crawl: pages within one click of the list, each link answered and each fragment there."""
    todo, seen = list(ALL_PAGES), set()
    for depth in range(2):
        found: list[str] = []
        for path in todo:
            if path in seen:
                continue
            seen.add(path)
            answer = client.get(path)
            assert answer.status_code in (200, 302), path
            if answer.content_type.startswith("text/html") and answer.status_code == 200 and depth == 0:
                links = tree(answer.data).xpath("//a/@href | //link/@href | //script/@src")
                inside = [urljoin(path, link) for link in links if not urlsplit(link).netloc]
                found += [link.partition("#")[0] for link in inside]
        todo = sorted(set(found))
    assert len(seen) > 150


@pytest.mark.parametrize("path", ALL_PAGES)
def test_a_link_into_a_page_finds_its_place(path: str, client: FlaskClient) -> None:
    for link in sorted(set(get(client, path).xpath("//a[contains(@href, '#')]/@href"))):
        address, _, fragment = urljoin(path, link).partition("#")
        ids = get(client, address).xpath("//@id")
        assert unquote(fragment) in ids or fragment.startswith("hit-"), link


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60))
def test_a_query_is_shown_as_text_whatever_it_holds(client: FlaskClient, query: str) -> None:
    answer = client.get("/en/search?q=" + quote(query))
    assert answer.status_code == 200
    seen = Seen.of(answer.data)
    [box] = [a for tag, a in seen.tags if tag == "input" and a.get("name") == "q"]
    raw = re.sub(r"\r\n?", "\n", query)
    assert re.sub(r"\r\n?", "\n", box["value"] or "") == raw
    assert raw in re.sub(r"\r\n?", "\n", seen.text)
    assert {tag for tag, _ in seen.tags} <= ALLOWED
    assert not [a for _, a in seen.tags if any(name.startswith("on") for name in a)]


PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</title></mark><b>",
    "javascript:alert(1)",
    "{{ 7*7 }}",
    "{count, plural, other{x}}",
    "&lt;b&gt; &amp;",
    "\u202e\u2066evil",
    "%3Cscript%3E",
)
PLACES = (
    "/en/search?q={}",
    "/en/search?q=x&country={}",
    "/en/search?q=x&article={}",
    "/en/search?q=x&actor={}&lang={}",
    "/en/facet/country?find={}",
    "/en/facet/country?q={}",
    "/en/documents/kz174en?q={}",
    "/en/documents/{}",
    "/en/statutes/{}",
    "/en/{}",
    "/embed?q={}&country={}",
    "/en/search?sort={}",
    "/en/feed.atom?q={}",
)


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("place", PLACES)
def test_no_part_of_an_address_becomes_markup(place: str, payload: str, client: FlaskClient) -> None:
    answer = client.get(place.replace("{}", quote(payload, safe="")))
    assert answer.status_code in (200, 400, 404)
    if "feed" in place:
        assert html.etree.fromstring(answer.data).tag.endswith("feed")
        return
    seen = Seen.of(answer.data)
    assert {tag for tag, _ in seen.tags} <= ALLOWED
    for tag, attributes in seen.tags:
        assert not [name for name in attributes if name.startswith("on")]
        assert tag != "script" or set(attributes) == {"src", "defer"}
        for name in ("href", "action"):
            assert (attributes.get(name) or "/").startswith(("/", "#", "http"))
    assert "49" not in seen.text or "49" in payload


def test_a_title_cannot_turn_the_direction_of_what_follows(client: FlaskClient) -> None:
    for path in ("/en/", "/en/search?q=defamation", "/en/documents/hostile"):
        page = client.get(path).data.decode()
        assert "script>alert(1)" in Seen.of(page.encode()).text
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", page)


def test_only_web_addresses_become_links_to_the_original(client: FlaskClient) -> None:
    assert get(client, "/en/documents/kz174en").xpath("//a[@class='out']/@href") == ["https://example.org/kz/174"]
    assert get(client, "/en/documents/kzgeneral").xpath("//a[@class='out']") == []


def test_the_front_page_is_no_blank_page(client: FlaskClient, engine: FakeEngine) -> None:
    page = get(client, "/en/")
    assert len(page.xpath("//p[@class='examples']/a")) == 5
    assert len(page.xpath("//section[@class='newest']//li")) == 6
    assert f"{len(DOCS)} documents in 6 languages" in text_of(one(page, "//p[@class='covered']"))
    kazakhstan = one(page, "//a[@href='/en/search?country=kz']/following-sibling::span")
    assert text_of(kazakhstan) == str(engine.count_of(SearchRequest(country=("kz",))))


def numbers(page: html.HtmlElement, name: str) -> dict[str, int]:
    boxes = page.xpath(f"//input[@type='checkbox'][@name='{name}']")
    return {box.get("value"): int(one(box, "..//span[@class='n']").text) for box in boxes}


@pytest.mark.parametrize("path", ["/en/search?q=freedom", "/en/search?country=kz&country=kg&actor=journalist"])
def test_the_count_beside_a_value_is_what_choosing_it_gives(path: str, client: FlaskClient) -> None:
    page = get(client, path)
    pairs = parse_qsl(urlsplit(path).query)
    for name in ("country", "article", "actor", "lang"):
        others = [(key, value) for key, value in pairs if key != name]
        for value, count in numbers(page, name).items():
            query = "&".join(f"{key}={quote(v)}" for key, v in [*others, (name, value)])
            assert client.get(f"/api/v1/search?{query}").get_json()["total"] == count, (name, value)


def test_an_applied_filter_is_a_chip_that_removes_it_and_a_ticked_box(client: FlaskClient) -> None:
    page = get(client, "/en/search?q=freedom&country=kz&year=2016..2020")
    chips = page.xpath("//ul[@class='chips']//a")
    assert [text_of(chip) for chip in chips] == [
        "Remove filter Country: Kazakhstan ×",
        "Remove filter Year: 2016–2020 ×",
        "Clear all filters",
    ]
    assert [chip.get("href") for chip in chips] == [
        "/en/search?q=freedom&year=2016..2020",
        "/en/search?q=freedom&country=kz",
        "/en/search?q=freedom",
    ]
    assert page.xpath("//input[@name='country'][@checked]/@value") == ["kz"]
    assert page.xpath("//input[@name='from' or @name='to']/@value") == ["2016", "2020"]


def test_the_form_without_script_asks_the_same_question_again(client: FlaskClient) -> None:
    """What a browser would send with Apply, nothing changed, is the search that the page shows."""
    path = "/en/search?q=freedom&country=kz&article=kz/criminal-code-2014&year=2016..2020&sort=newest&exact=1&as=text"
    page = get(client, path)
    sent = [
        (field.get("name"), field.get("value"))
        for field in page.xpath("//input[@name][@form='find' or ancestor::form[@id='find']]")
        if field.get("type") != "checkbox" or field.get("checked") is not None
    ]
    again = client.get("/en/search?" + "&".join(f"{k}={quote(v)}" for k, v in sent))
    assert again.headers["ETag"] == client.get(path).headers["ETag"]


def test_year_boxes_become_a_range_and_empty_ones_nothing(client: FlaskClient) -> None:
    def same(one: str, other: str) -> bool:
        return client.get(one).headers["ETag"] == client.get(other).headers["ETag"]

    assert same("/en/search?q=x&from=2016&to=2019", "/en/search?q=x&year=2016..2019")
    assert same("/en/search?q=x&from=2016&to=", "/en/search?q=x&year=2016..")
    assert same("/en/search?q=x&from=&to=2019&year=2001", "/en/search?q=x&year=..2019")
    assert same("/en/search?q=x&from=2016&to=2016", "/en/search?q=x&year=2016")
    assert same("/en/search?q=x&from=&to=", "/en/search?q=x")


def test_a_statute_shows_its_general_row_its_articles_in_order_and_the_checked_subject(client: FlaskClient) -> None:
    page = get(client, "/en/search?article=kz/criminal-code-2014")
    details = one(page, "//input[@value='kz/criminal-code-2014']/ancestor::li[1]/details")
    assert details.get("open") is not None
    rows = [text_of(label) for label in details.xpath("./ul/li/label")]
    assert rows[0].startswith(("Art. 174", "the statute in general"))
    assert any(row.startswith("the statute in general") for row in rows)
    numbers = [int(n) for row in rows for n in re.findall(r"^Art\. (\d+)", row)]
    assert numbers == sorted(numbers)


def test_a_parent_of_a_ticked_value_is_marked_as_partly_ticked(client: FlaskClient) -> None:
    page = get(client, "/en/search?article=kz/criminal-code-2014/art-174")
    assert page.xpath("//input[@data-partly]/@value") == ["kz/criminal-code-2014"]
    assert page.xpath("//input[@name='article'][@checked]/@value") == ["kz/criminal-code-2014/art-174"]


def test_an_article_in_the_query_is_announced_with_its_alternatives_and_a_way_out(client: FlaskClient) -> None:
    page = get(client, "/en/search?q=174&sort=newest")
    line = one(page, "//p[@class='read']")
    assert "Searching for Article 174, Criminal Code of Kazakhstan (2014) (3 documents)" in text_of(line)
    links = dict(zip(map(text_of, line.xpath("./a")), line.xpath("./a/@href"), strict=True))
    assert links["Search for the text “174” instead"] == "/en/search?q=174&sort=newest&as=text"
    other = links["Article 174, Criminal Code of Kyrgyzstan (1997)"]
    assert other == "/en/search?article=kg/criminal-code-1997/art-174&sort=newest"
    assert "1 document" in text_of(one(get(client, other), "//*[@id='status']"))


def test_the_refusal_of_the_interpretation_is_kept_by_every_link_and_the_form(client: FlaskClient) -> None:
    page = get(client, "/en/search?q=174&as=text")
    assert "Searching for the words as text" in text_of(one(page, "//p[@class='read']"))
    links = page.xpath("//main//a[contains(@href, '/en/search?')]/@href")
    kept = [link for link in links if ("as", "text") in parse_qsl(urlsplit(link).query)]
    assert set(links) - set(kept) == {"/en/search?q=174"}
    assert page.xpath("//input[@name='as'][@form='find']/@value") == ["text"]


def test_what_was_ignored_is_said_even_for_an_id_without_words(client: FlaskClient, engine: FakeEngine) -> None:
    engine.limits = (("prefix_too_short", "a*"), ("some_new_limit", "<b>"))
    said = [text_of(li) for li in get(client, "/en/search?q=freedom").xpath("//ul[@class='limits']/li")]
    assert said == ["“a*” is too broad: put at least three letters before *.", "A part of the query was left out: <b>"]


def test_nothing_found_offers_each_filter_with_the_true_count_of_dropping_it(client: FlaskClient) -> None:
    page = get(client, "/en/search?q=freedom&country=uz&year=2016")
    assert "No documents for “freedom”" in text_of(one(page, "//*[@id='status']"))
    offers = page.xpath("//div[@class='nothing']/ul[1]/li[a and span]")
    assert len(offers) == 1
    for offer in offers:
        total = client.get(offer.xpath("./a/@href")[0].replace("/en/search", "/api/v1/search")).get_json()["total"]
        assert text_of(one(offer, "./span")) == f"{total} document"
    assert one(page, "//input[@id='q']").get("value") == "freedom"
    assert "10 documents in 6 languages" in text_of(one(page, "//div[@class='nothing']/p"))


def test_one_line_and_no_other_is_announced(client: FlaskClient) -> None:
    assert text_of(one(get(client, "/en/search?q=freedom"), "//*[@role='status']")) == "2 documents for “freedom”"


def test_pages_of_twenty_with_position_neighbours_and_ends(paged: FlaskClient) -> None:
    page = get(paged, "/en/search?q=defamation&page=3")
    assert "41–60 of 130" in text_of(one(page, "//*[@id='status']"))
    assert one(page, "//ol[@class='hits']").get("start") == "41"
    assert len(page.xpath("//ol[@class='hits']/li")) == 20
    assert text_of(one(page, "//nav[@class='pages']/ol")) == "Page 1 Page 2 Page 3 Page 4 Page 5 Page 6 Page 7"
    assert one(page, "//nav[@class='pages']//*[@aria-current]").text_content().split() == ["Page", "3"]
    assert page.xpath("//head/link[@rel='prev' or @rel='next']/@href") == [
        "/en/search?q=defamation&page=2",
        "/en/search?q=defamation&page=4",
    ]


def test_walking_by_next_meets_every_document_once(paged: FlaskClient) -> None:
    path, met = "/en/search?q=defamation", []
    while path:
        page = get(paged, path)
        met += page.xpath("//ol[@class='hits']//h2/a/@href")
        path = next(iter(page.xpath("//nav[@class='pages']/a[@rel='next']/@href")), "")
    assert len(met) == len(set(met)) == HUGE


def test_sorting_and_choosing_begin_again_at_the_first_page(paged: FlaskClient) -> None:
    page = get(paged, "/en/search?q=defamation&page=3&country=kz&country=kg")
    links = page.xpath("//p[@class='sort']/a/@href | //ul[@class='chips']//a/@href | //svg//a/@href")
    assert links
    assert not [link for link in links if "page=" in link]


def test_a_long_facet_names_how_many_it_hides_and_the_facet_page_has_them_all(paged: FlaskClient) -> None:
    engine = FakeEngine(many(60))
    for doc in engine.docs.values():
        object.__setattr__(doc, "facets", {**doc.facets, "actor": (f"type-{int(doc.id[4:]) % 17}",)})
    client = create_app(Settings(), engine).test_client()
    page = get(client, "/en/search?q=note&actor=type-16")
    assert len(page.xpath("//input[@name='actor']")) in (8, 9)
    more = one(page, "//a[contains(@href, '/facet/actor')]")
    assert text_of(more) == "Show all 17"
    whole = get(client, more.get("href"))
    assert len(whole.xpath("//input[@name='actor'][@type='checkbox']")) == 17
    assert one(whole, "//input[@id='narrow']") is not None
    assert whole.xpath("//input[@name='actor'][@type='checkbox'][@checked]/@value") == ["type-16"]
    narrowed = get(client, "/en/facet/actor?q=note&find=TYPE-1")
    assert len(narrowed.xpath("//input[@name='actor'][@type='checkbox']")) == 8


@pytest.mark.parametrize("find", ["Кылмыш", "criminal code", "УГОЛОВНЫЙ кодекс", "қылмыстық", "ugolovnyj", "jinoyat"])
def test_a_statute_is_found_in_the_list_by_its_name_in_any_language_and_script(find: str, client: FlaskClient) -> None:
    values = get(client, f"/en/facet/article?find={quote(find)}").xpath("//form[@id='find']//input/@value")
    assert "kz/criminal-code-2014" in values
    assert "kz/constitution-1995" not in values


def test_values_that_the_narrowed_facet_page_hides_stay_chosen(client: FlaskClient) -> None:
    page = get(client, "/en/facet/country?country=uz&country=kz&actor=journalist&find=kazakh")
    sent = page.xpath("//form[@id='find']//input[@type='hidden' or @checked] | //input[@form='find'][@type='hidden']")
    assert {(f.get("name"), f.get("value")) for f in sent} == {
        ("country", "uz"),
        ("country", "kz"),
        ("actor", "journalist"),
    }


def test_the_years_are_bars_for_the_eye_and_a_table_for_everyone(paged: FlaskClient) -> None:
    page = get(paged, "/en/search?q=defamation")
    bars = page.xpath("//*[local-name()='svg']")[0]
    assert bars.get("aria-hidden") == "true"
    assert set(bars.xpath(".//*[local-name()='a']/@tabindex")) == {"-1"}
    rows = page.xpath("//details[@class='table']//tbody/tr")
    assert [text_of(one(row, "./th")) for row in rows] == [str(y) for y in range(2019, 1999, -1)]
    assert sum(int(text_of(one(row, "./td"))) for row in rows) == HUGE


def test_hits_of_a_document_are_numbered_and_linked_round(client: FlaskClient) -> None:
    path, ids = "/en/documents/kz174en?q=freedom", []
    for _ in range(2):
        page = get(client, path)
        bar = one(page, "//nav[@class='hitbar']")
        ids.append(text_of(one(bar, "./span")))
        [current] = page.xpath("//mark[contains(concat(' ', @class, ' '), ' on ')]/@id")
        path, _, fragment = one(bar, "./a[@rel='next']").get("href").partition("#")
        assert fragment in page.xpath("//mark/@id")
        assert fragment != current
    assert ids == ["Hit 1 of 2", "Hit 2 of 2"]
    assert path == "/en/documents/kz174en?q=freedom&hit=1"


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.id)
@pytest.mark.parametrize("extra", ["", "?q=freedom", "?light=3-17", "?q=174&light=0-9999&hit=99&cite=0"])
def test_the_text_of_a_document_is_shown_whole_and_unchanged(doc: object, extra: str, client: FlaskClient) -> None:
    doc_text, doc_id = doc.text, doc.id  # type: ignore[attr-defined]
    body = client.get(f"/en/documents/{doc_id}{extra}").data.decode()
    paragraphs = re.findall(r'<p id="p\d+".*?</p>', body, re.DOTALL)
    shown = [Seen.of(p.encode()).text.removeprefix("¶") for p in paragraphs]
    assert "\n".join(shown) == doc_text


def test_a_receipt_quotes_its_sentence_and_its_link_lights_it_up(client: FlaskClient) -> None:
    page = get(client, "/en/documents/kz174ru")
    quote_ = one(page, "//section[@class='receipts']//q")
    assert text_of(quote_).startswith("Статья 174 УК РК говорит о возбуждении")
    assert text_of(one(quote_, "./b")) == "174"
    link = one(page, "//section[@class='receipts']//q/following-sibling::a").get("href")
    lit = get(client, link.partition("#")[0])
    assert "".join(lit.xpath("//*[contains(@class, 'lit')]/text()")) == quote_.text_content()
    assert link.endswith("#p0")


def test_a_paragraph_can_be_cited_by_its_own_address(client: FlaskClient) -> None:
    page = get(client, "/en/documents/kz174en?cite=1")
    said = text_of(one(page, "//*[@id='citation']"))
    assert "Article 174 of the Criminal Code of Kazakhstan" in said
    assert "http://localhost/en/documents/kz174en#p1" in said
    assert "22 January 2016" in said
    assert page.xpath("//*[@id='p1']")


def test_the_permanent_address_is_that_of_the_settings(engine: FakeEngine) -> None:
    app = create_app(Settings(base_url="https://archive.example"), engine)
    page = get(app.test_client(), "/ru/documents/kz174en")
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://archive.example/ru/documents/kz174en"]


@pytest.mark.parametrize("path", ["/en/search?q=freedom", "/en/", "/en/documents/kz174en?q=freedom"])
def test_each_passage_names_its_language(path: str, client: FlaskClient) -> None:
    page = get(client, path)
    titles = page.xpath("//ol[@class='hits']//article | //section[@class='newest']//li/a | //div[@id='text']")
    assert titles
    assert all(element.get("lang") for element in titles)


def test_the_line_below_a_title_names_the_language_of_the_document_in_that_of_the_page(client: FlaskClient) -> None:
    page = get(client, "/ru/search?size=100")
    cards = page.xpath("//ol[@class='hits']//article")
    assert len({card.get("lang") for card in cards}) > 3
    for card in cards:
        assert label("lang", card.get("lang"), "ru") in card.xpath(".//p[@class='meta']/span/text()")


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_switching_the_language_keeps_query_filters_and_page(lang: str, client: FlaskClient) -> None:
    query = "q=freedom&country=kz&sort=oldest"
    page = get(client, f"/en/search?{query}")
    [other] = page.xpath(f"//details[@class='langs']//a[@hreflang='{lang}']/@href")
    assert other == f"/{lang}/search?{query}"
    ids = [re.sub(r"^/..", "", h) for h in get(client, other).xpath("//ol[@class='hits']//h2/a/@href")]
    assert ids == [re.sub(r"^/..", "", h) for h in page.xpath("//ol[@class='hits']//h2/a/@href")]
    assert text_of(one(get(client, other), "//form[@id='find']/button")) == messages.load(lang)("find.button")


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "/en//evil.example/"])
def test_no_link_of_a_page_leads_off_the_site_by_a_trick_of_the_path(path: str, client: FlaskClient) -> None:
    answer = client.get(path)
    for link in tree(answer.data).xpath("//a/@href") if answer.status_code != 302 else [answer.headers["Location"]]:
        assert re.match(r"/(?![/\\])|#|https?://localhost/", link), link


@pytest.mark.parametrize("country", ["kz", "kg", "uz", "tj", "tm", "ru", "int"])
def test_the_list_of_statutes_has_each_country(country: str, client: FlaskClient) -> None:
    page = get(client, "/en/statutes")
    assert one(page, f"//h2[@id='{country}']") is not None
    assert page.xpath(f"//a[starts-with(@href, '/en/statutes/{country}/')]")


def test_a_statute_page_shows_only_checked_subjects_and_links_to_its_documents(client: FlaskClient) -> None:
    from analysis.statutes import registry

    for statute in registry().all():
        page = get(client, f"/en/statutes/{statute.id}")
        for number, article in statute.articles.items():
            row = page.xpath(f"//li[@id='art-{number}']")
            if article.mark == "V":
                assert article.subject["en"] in text_of(row[0])
            else:
                assert not row or article.subject["en"] not in text_of(row[0])
    page = get(client, "/en/statutes/kz/criminal-code-2014")
    link = one(page, "//li[@id='art-174']//a[contains(@href, 'search')]")
    assert text_of(link) == "3 documents"
    assert link.get("href") == "/en/search?article=kz/criminal-code-2014/art-174"


def test_the_help_page_has_eight_examples_that_can_be_tried(client: FlaskClient) -> None:
    for lang in messages.LANGUAGES:
        examples = get(client, f"/{lang}/help").xpath("//dl[@class='worked']//a/@href")
        assert len(examples) == 8
        assert all(client.get(link).status_code == 200 for link in examples)


def weight(client: FlaskClient, path: str) -> int:
    return len(gzip.compress(client.get(path).data, 9))


def test_the_first_view_stays_light(app: Flask, client: FlaskClient, paged: FlaskClient) -> None:
    assets = app.extensions["izde"].assets
    assert weight(paged, "/ru/search?q=defamation") < 14_000
    assert weight(client, assets.address("style.css")) < 8_000
    assert weight(client, assets.address("site.js")) < 8_000
    assert weight(client, "/embed/v1.js") < 1_500
    assert len(tree(paged.get("/ru/search?q=defamation").data).xpath("//script | //link[@rel='stylesheet']")) == 2
