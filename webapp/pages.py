"""The pages.  Each reads its address, asks the engine, and hands records to a template."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, make_response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.urls import iri_to_uri

from analysis.errors import RequestError
from schema import FACET_NAMES, FACETS
from search.labels import label
from search.request import SORTS, SearchRequest
from search.results import Panel
from webapp import cards, links, messages, narrowing, panels, paragraphs, receipts, rows, statutes
from webapp.caching import conditional
from webapp.templating import render

DOCUMENT_AGE = 3600  # seconds a document may be kept by a cache
NEWEST = 6
SHOWN = max(f.shown for f in FACETS if f.order != "value")  # rows of a facet in the column
FACET_OF = {facet.name: facet for facet in FACETS}
EXAMPLE = SearchRequest(q="defamation", country=("kz",))
FIND_FROM = 15  # values from which a facet page has a box to find one

blueprint = Blueprint("pages", __name__)
PATH = f"/<any({','.join(messages.LANGUAGES)}):lang>"


def standing(lang: str) -> dict[str, Any]:
    """What every template may use in one language: its code, its words, its addresses."""
    t = messages.load(lang)
    return {
        "lang": lang,
        "language": messages.NAMES[lang],
        "languages": messages.NAMES,
        "t": t,
        "link": links.Links(lang),
        "labels": lambda facet, value: label(facet, value, lang),
        "facts_of": cards.facts_of,
        "said": lambda facet, value, label: rows.said(facet, value, label, t),
        "whole": links.Links(lang),
        "ask": SearchRequest(),
        "blank": SearchRequest(),
        "big": False,
        "plain": paragraphs.plain,
        "level": paragraphs.level,
        "absolute": absolute,
        "facets": FACET_OF,
    }


@blueprint.get("/")
def front() -> Response:
    """To the reader's language, English when none fits."""
    lang = messages.negotiate(request.headers.get("Accept-Language", ""))
    response = redirect(f"/{lang}/")
    response.vary.add("Accept-Language")
    return make_response(response)


@blueprint.get(f"{PATH}/")
def home(lang: str) -> Response:
    site = current_app.extensions["izde"]

    def make() -> str:
        results = site.engine.search(SearchRequest(sort="newest", size=NEWEST), lang, 0, 1)
        return render(
            "home.html",
            lang,
            results=results,
            covered=panels.covered(results),
            newest=results.hits,
        )

    return conditional(make, lang, max_age=site.settings.max_age)


@blueprint.get(f"{PATH}/search")
def search(lang: str) -> Response:
    site = current_app.extensions["izde"]
    asked = links.read_request(request.args)
    return conditional(
        lambda: render("results.html", lang, **result_page(site.engine, asked, lang)),
        asked.to_pairs(),
        lang,
        max_age=site.settings.max_age,
    )


@blueprint.get(f"{PATH}/count")
def count(lang: str) -> Response:
    """The words of the Apply button for the ticks as they stand: "Show 34 documents"."""
    site = current_app.extensions["izde"]
    asked = replace(links.read_request(request.args), page=1)

    def make() -> Response:
        text = messages.load(lang)("filter.show", count=site.engine.count_of(asked))
        return Response(text, mimetype="text/plain")

    return conditional(make, asked.to_pairs(), lang, max_age=site.settings.max_age)


def result_page(engine: panels.Engine, asked: SearchRequest, lang: str, embed: bool = False) -> dict[str, Any]:
    """All that a page of results shows."""
    results = engine.search(asked, lang, SHOWN, rows.CHILDREN)
    link, t = links.Links(lang, embed), messages.load(lang)
    onward = link.onward(asked)
    chips = panels.chips_of(asked, lang)
    made, before = cards.cards_of(results, t, onward), (asked.page - 1) * asked.size
    years = next((panel.values for panel in results.panels if panel.facet == "year"), ())
    return {
        "ask": asked,
        "link": link,
        "onward": onward,
        "results": results,
        "cards": made[: len(results.hits)],
        "rest": made[len(results.hits) :],
        "columns": [
            (panel.facet, *rows.column(panel, FACET_OF[panel.facet], t, onward))
            for panel in ([] if embed else results.panels)
            if panel.values
        ],
        "kin_of": statutes.kin_of,
        "chips": chips,
        "years": [(v.value, v.label, t.number(v.count)) for v in reversed(years)],
        "bars": panels.bars_of(years),
        "around_year": onward.around("year"),
        "year_bounds": panels.year_bounds(asked),
        "sorts": SORTS if asked.q else SORTS[1:],
        "sorted_by": asked.sort if asked.q or asked.sort != "relevance" else "newest",
        "pages": panels.page_numbers(results),
        "last_page": panels.last_page(results),
        "first_shown": before + 1,
        "last_shown": before + len(results.hits),
        "rest_before": max(before - results.total, 0),
        "covered": None if results.total else panels.covered(engine.search(SearchRequest(size=1), lang, 0, 1)),
        "ways_out": [] if results.total else panels.ways_out(engine, results, chips),
    }


@blueprint.get(f"{PATH}/facet/<name>")
def facet(lang: str, name: str) -> Response:
    """All values of one facet, with a box to find one."""
    site = current_app.extensions["izde"]
    if name not in FACET_NAMES:
        raise RequestError(f"there is no facet {name!r}: use {', '.join(FACET_NAMES)}")
    asked = links.read_request(request.args)
    find = request.args.get("find", "")[:100]

    def make() -> str:
        children = 0 if name == "article" else 1
        results = site.engine.search(replace(asked, page=1, size=1), lang, 0, children, more=False)
        panel = next((p for p in results.panels if p.facet == name), Panel(name, ()))
        values = narrowing.found(name, panel.values, find)
        shown = set(narrowing.values_in(values))
        return render(
            "facet.html",
            lang,
            ask=asked,
            name=name,
            find=find,
            rows=rows.whole(name, values, messages.load(lang)),
            hidden_choices=[value for value in asked.selected(name) if value not in shown],
            boxed=len(panel.values) > FIND_FROM or bool(find),
            total=len(panel.values),
        )

    return conditional(make, asked.to_pairs(), find, lang, max_age=site.settings.max_age)


@blueprint.get(f"{PATH}/documents/<id>")
def document(lang: str, id: str) -> Response:
    site = current_app.extensions["izde"]
    asked = replace(links.read_request(request.args), page=1)
    light = paragraphs.read_span(request.args.get("light", ""))
    hit, cite = (number_in(request.args.get(name, "")) for name in ("hit", "cite"))

    def make() -> str:
        view = site.engine.document(id, asked if links.question(asked) else None, lang)
        blocks = paragraphs.blocks_of(view.paragraphs, light)
        hits = paragraphs.hits_of(blocks)
        return render(
            "document.html",
            lang,
            ask=asked,
            view=view,
            blocks=blocks,
            hits=hits,
            hit=min(max(hit or 1, 1), hits) if hits else 0,
            cite=cite if cite is not None and cite < len(blocks) else None,
            light=light,
            quotation=receipts.quotation,
            explanation=receipts.explanation,
            original=view.url if view.url.startswith(("http://", "https://")) else "",
            original_host=urlsplit(view.url).netloc,
            here=absolute(f"/{lang}/documents/{id}"),
            today=datetime.now(UTC).date().isoformat(),
        )

    return conditional(make, asked.to_pairs(), light, hit, cite, lang, max_age=DOCUMENT_AGE)


@blueprint.get(f"{PATH}/statutes")
def statute_list(lang: str) -> Response:
    site = current_app.extensions["izde"]

    def make() -> str:
        results = site.engine.search(SearchRequest(size=1), lang, 0, 1)
        return render(
            "statutes.html",
            lang,
            countries=statutes.by_country(),
            counts=statutes.counts_of(results),
            label_of=statutes.label_of,
        )

    return conditional(make, lang, max_age=site.settings.max_age)


@blueprint.get(f"{PATH}/statutes/<path:id>")
def statute(lang: str, id: str) -> Response:
    site = current_app.extensions["izde"]
    record = statutes.statute(id)

    def make() -> str:
        counts = statutes.counts_of(site.engine.search(SearchRequest(size=1), lang))
        return render(
            "statute.html",
            lang,
            statute=record,
            articles=statutes.articles_of(record, counts, lang),
            counts=counts,
            general=statutes.general_id(record),
            label_of=statutes.label_of,
        )

    return conditional(make, lang, max_age=site.settings.max_age)


@blueprint.get(f"{PATH}/help")
def help_page(lang: str) -> Response:
    return conditional(lambda: render("help.html", lang, example=EXAMPLE), lang, max_age=DOCUMENT_AGE)


@blueprint.get(f"{PATH}/about")
def about(lang: str) -> Response:
    return conditional(lambda: render("about.html", lang), lang, max_age=DOCUMENT_AGE)


@blueprint.get(f"{PATH}/<path:rest>")
def lost(lang: str, rest: str) -> Response:
    raise NotFound


def number_in(raw: str) -> int | None:
    """A whole number of at most six digits, None for anything else."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 7 else None


def absolute(path: str) -> str:
    """A permanent address, in ASCII: from the settings, or from the (allow-listed) Host header."""
    base = current_app.extensions["izde"].settings.base_url or request.host_url.rstrip("/")
    return iri_to_uri(f"{base}{path}")
