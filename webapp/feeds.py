"""Files that other programs read: the Atom feed of a search, the OpenSearch description, robots.txt."""

from __future__ import annotations

import re
from dataclasses import replace

from flask import Blueprint, Response, current_app, request

from webapp import links
from webapp.caching import conditional
from webapp.pages import PATH
from webapp.templating import render

ENTRIES = 30
blueprint = Blueprint("feeds", __name__)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@blueprint.get(f"{PATH}/feed.atom")
def feed(lang: str) -> Response:
    """The newest documents of a search."""
    site = current_app.extensions["izde"]
    asked = replace(links.read_request(request.args), sort="newest", page=1, size=ENTRIES)

    def make() -> Response:
        results = site.engine.search(asked, lang, 1, 1)
        text = render("feed.xml", lang, ask=asked, results=results, stamp=stamp)
        return Response(_NOT_XML.sub("", text), content_type="application/atom+xml; charset=utf-8")

    return conditional(make, asked.to_pairs(), lang, max_age=site.settings.max_age)


@blueprint.get(f"{PATH}/opensearch.xml")
def opensearch(lang: str) -> Response:
    text = render("opensearch.xml", lang)
    return Response(text, content_type="application/opensearchdescription+xml; charset=utf-8")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Documents may be read by robots; endless combinations of filters need not be."""
    hidden = "".join(f"Disallow: {path}\n" for path in ("/*/search", "/*/facet/", "/*/count", "/api/", "/embed"))
    return Response(f"User-agent: *\n{hidden}", mimetype="text/plain")


def stamp(date: str) -> str:
    """A date as precise as known becomes the RFC 3339 stamp that Atom demands; no date, the epoch."""
    parts = [*date[:10].split("-"), "01", "01"] if date else ["1970", "01", "01"]
    return "-".join(parts[:3]) + "T00:00:00Z"
