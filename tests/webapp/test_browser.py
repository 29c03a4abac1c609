"""The pages in a real browser: with and without script, on a phone, in the dark, with hostile documents."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask

from tests.webapp.fake_engine import DOCS, FakeEngine, many
from tests.webapp.reading import ALL_PAGES
from webapp.app import create_app
from webapp.settings import Settings

pytestmark = pytest.mark.browser

RULES = {"resultTypes": ["violations", "incomplete"], "rules": {"skip-link": {"enabled": False}}}
"""Of axe: all rules but one, which does not see that a phone opens the filters when the link to them is followed;
``test_the_filters_of_a_phone_open_…`` does."""


def until(page: Any, condition: str, seconds: float = 6) -> None:
    """Wait for a condition without evaluating text inside the page, which its policy forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < end, f"never true: {condition}"
        page.wait_for_timeout(50)


@pytest.fixture
def origin(serve: Callable[[Any], str]) -> str:
    return serve(create_app(Settings(), FakeEngine((*DOCS, *many(60)))))


@pytest.fixture
def open_page(browser: Any, origin: str) -> Iterator[Callable[..., Any]]:
    """``open_page(path, width=…, dark=…)`` gives a page; it must end without a word on its console."""
    contexts, said = [], []

    def start(path: str, width: int = 1280, dark: bool = False, **options: Any) -> Any:
        scheme = "dark" if dark else "light"
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.goto(origin + path)
        return page

    yield start
    for context in contexts:
        assert context.cookies() == []
        context.close()
    assert said == []


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (320, True)], ids=["desktop light", "phone dark"])
def test_axe_finds_no_fault_on_any_page(width: int, dark: bool, open_page: Callable[..., Any], origin: str) -> None:
    page = open_page("/en/", width=width, dark=dark, bypass_csp=True)
    for path in (*ALL_PAGES, "/ru/search?q=nothing&country=kz#filters"):
        page.goto(origin + path)
        found = Axe().run(page, options=RULES).response
        faults = [(rule["id"], node["html"]) for rule in found["violations"] for node in rule["nodes"]]
        unsure = [(rule["id"], node["html"]) for rule in found["incomplete"] for node in rule["nodes"]]
        assert faults + unsure == [], path


@pytest.mark.parametrize("language", ["en", "ru", "kk", "ky", "uz"])
def test_every_page_fits_a_phone_in_every_language(language: str, open_page: Callable[..., Any], origin: str) -> None:
    page = open_page("/en/", width=320)
    for path in (*ALL_PAGES, "/ru/search?q=nothing&country=kz#filters"):
        page.goto(origin + re.sub(r"(^/|ui=)[a-z]{2}\b", rf"\g<1>{language}", path))
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_the_whole_way_from_question_to_passage_works_without_script(open_page: Callable[..., Any]) -> None:
    page = open_page("/en/", java_script_enabled=False)
    page.fill("#q", "freedom")
    page.click("#find button")
    page.check("input[name=country][value=kz]")
    page.fill("input[name=from]", "2016")
    page.click("text=Apply")
    chips = [" ".join(chip.split()) for chip in page.locator("ul.chips a").all_text_contents()]
    assert chips[:2] == ["Remove filter Country: Kazakhstan ×", "Remove filter Year: 2016– ×"]
    page.click("text=Article 174 of the Criminal Code")
    assert page.text_content(".hitbar .at") == "Hit 1 of 2"
    page.click("text=Next hit")
    assert page.text_content(".hitbar .at") == "Hit 2 of 2"
    assert page.locator("#hit-2").bounding_box()["y"] < 800
    page.click("text=Back to the results")
    assert page.input_value("#q") == "freedom"
    page.click("text=Clear all filters")
    page.click("summary:has-text('English')")
    page.click("text=Қазақша")
    assert page.input_value("#q") == "freedom"
    assert page.get_attribute("html", "lang") == "kk"


def test_apply_says_how_many_documents_the_ticks_would_give(open_page: Callable[..., Any]) -> None:
    page = open_page("/en/search?q=defamation")
    page.check("input[name=country][value=kz]")
    until(page, "document.querySelector('.apply button').textContent === 'Show 12 documents'")
    page.click(".apply button")
    assert page.text_content("#status").startswith("12 documents")
    assert page.url.endswith("/en/search?q=defamation&country=kz")


def test_keys_reach_the_box_and_the_hits_and_rest_while_one_types(open_page: Callable[..., Any]) -> None:
    page = open_page("/en/documents/kz174en?q=freedom")
    page.keyboard.press("n")
    assert page.text_content(".hitbar .at") == "Hit 2 of 2"
    page.keyboard.press("p")
    page.keyboard.press("p")
    assert page.text_content(".hitbar .at") == "Hit 2 of 2"
    page.keyboard.press("/")
    page.keyboard.type("n/p")
    assert page.input_value("#q") == "n/p"
    assert page.text_content(".hitbar .at") == "Hit 2 of 2"


def test_the_filters_of_a_phone_open_close_by_escape_and_give_the_focus_back(open_page: Callable[..., Any]) -> None:
    page = open_page("/en/search?q=defamation", width=360)
    assert not page.is_visible("#filters")
    page.click(".opener a")
    until(page, "document.activeElement.id === 'filters'")
    assert page.is_visible("#filters input[value=kz]")
    page.keyboard.press("Escape")
    until(page, "document.activeElement.closest('.opener')")
    assert not page.is_visible("#filters")


def test_the_first_result_is_three_keys_away(open_page: Callable[..., Any]) -> None:
    page = open_page("/en/search?q=defamation")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to results"
    page.keyboard.press("Enter")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("Boolean(document.activeElement.closest('.hits h2'))"):
            return
    pytest.fail("no result within six tabs of the results")


@pytest.mark.parametrize("bypass", [False, True], ids=["policy", "no-policy"])
def test_a_hostile_document_runs_nothing_even_without_the_policy(bypass: bool, open_page: Callable[..., Any]) -> None:
    for path in ("/en/", "/en/search?q=defamation&sort=newest", "/en/documents/hostile", "/embed?q=defamation"):
        page = open_page(path, bypass_csp=bypass)
        assert page.locator("svg[onload], img, b:has-text('bold')").count() == 0
        assert "alert(1)" in page.text_content("body")


def test_a_citation_is_copied_as_one_line(open_page: Callable[..., Any]) -> None:
    page = open_page("/en/documents/kz174en?cite=1", permissions=["clipboard-read", "clipboard-write"])
    page.click("[data-copy]")
    until(page, "document.querySelector('.copied').textContent === 'Copied'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Article 174 of the Criminal Code of Kazakhstan. Card of an article, 22 January 2016.")
    assert "/en/documents/kz174en#p1 (read " in copied
    assert "\n" not in copied


PARTNER_PAGE = """<!doctype html><html lang="en"><title>Partner</title><h1>Partner</h1>
<p><a class="izde-search" href="{href}" data-height="300" data-lang="kk">Search the archive</a></p>
<script src="{script}"></script>"""


def partner(page: dict[str, str]) -> Flask:
    """A site of somebody else, with a strict policy of its own."""
    app = Flask("partner")

    @app.get("/")
    def front() -> tuple[str, dict[str, str]]:
        home = page["home"]
        rule = f"default-src 'none'; script-src {home}; frame-src {home}; style-src 'none'"
        return page["html"], {"Content-Security-Policy": rule}

    return app


@pytest.fixture
def embedded(browser: Any, serve: Callable[[Any], str]) -> Iterator[Callable[..., Any]]:
    """A partner's page that holds a search; ``listed``: whether the settings name the partner."""
    contexts = []

    def start(listed: bool = True, href: str = "{home}/en/search?q=freedom&country=kz") -> tuple[Any, list[str]]:
        text: dict[str, str] = {}
        site = serve(partner(text))
        settings = Settings(embed_origins=(site,) if listed else ("https://other.example",))
        home = serve(create_app(settings, FakeEngine()))
        text["home"] = home
        text["html"] = PARTNER_PAGE.format(href=href.format(home=home), script=f"{home}/embed/v1.js")
        context = browser.new_context()
        contexts.append(context)
        page, said = context.new_page(), []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(site)
        return page, said

    yield start
    for context in contexts:
        assert context.cookies() == []
        context.close()


def test_a_listed_partner_shows_the_search_in_a_frame_as_high_as_it_is(embedded: Callable[..., Any]) -> None:
    page, said = embedded()
    frame = page.frame_locator("iframe")
    frame.locator("ol.hits article").first.wait_for()
    until(page, "getComputedStyle(document.querySelector('iframe')).visibility === 'visible'")
    assert not page.is_visible("a.izde-search")
    assert frame.locator("html").get_attribute("lang") == "kk"
    inner = frame.locator("body").evaluate("document.body.getBoundingClientRect().height")
    assert page.locator("iframe").bounding_box()["height"] >= max(300, inner) - 1
    assert (
        page.get_attribute("iframe", "sandbox")
        == "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox"
    )
    assert page.get_attribute("iframe", "title") == "Search the archive"
    frame.locator("#q").fill("tuhmat")
    frame.locator("#find button").click()
    frame.locator("#status:has-text('tuhmat')").wait_for()
    assert frame.locator("input[name=country]").get_attribute("value") == "kz"
    until(page, "document.querySelector('iframe').clientHeight === 300")
    assert said == []


def test_a_site_that_is_not_listed_keeps_its_link(embedded: Callable[..., Any]) -> None:
    page, said = embedded(listed=False)
    page.wait_for_selector("iframe", state="detached", timeout=6000)
    assert page.is_visible("a.izde-search")
    assert any("frame-ancestors" in text for text in said)


@pytest.mark.parametrize("href", ["{home}/en/documents/kz174en", "{home}/en/nothing", "mailto:x@example.org"])
def test_a_link_that_is_no_search_is_left_alone(href: str, embedded: Callable[..., Any]) -> None:
    page, said = embedded(href=href)
    assert page.locator("iframe").count() == 0
    assert page.is_visible("a.izde-search")
    assert said == []


def test_a_service_that_is_down_leaves_the_link(embedded: Callable[..., Any]) -> None:
    page, _ = embedded(href="http://127.0.0.1:9/en/search?q=x")
    page.wait_for_selector("iframe", state="detached", timeout=6000)
    assert page.is_visible("a.izde-search")


def test_no_other_page_can_be_framed_even_by_a_listed_partner(browser: Any, serve: Callable[[Any], str]) -> None:
    text: dict[str, str] = {}
    site = serve(partner(text))
    text["home"] = home = serve(create_app(Settings(embed_origins=(site,)), FakeEngine()))
    paths = ("/en/", "/en/search?q=freedom", "/en/documents/kz174en", "/api/v1/search?q=freedom", "/embed?q=freedom")
    text["html"] = "".join(f'<iframe src="{home}{path}"></iframe>' for path in paths)
    context = browser.new_context()
    page = context.new_page()
    page.goto(site)
    page.wait_for_load_state("networkidle")
    shown = [frame.url.removeprefix(home) for frame in page.frames[1:] if frame.url.startswith(home)]
    assert shown == ["/embed?q=freedom"]
    context.close()
