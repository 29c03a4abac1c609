"""What partners put into their pages: a page of results for a frame, and the script that turns a link into it."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request

from webapp import links, messages
from webapp.caching import conditional
from webapp.pages import result_page
from webapp.templating import render

SCRIPT_AGE = 3600  # the script is evergreen: additive changes reach partners within the hour
blueprint = Blueprint("embed", __name__)


@blueprint.get("/embed")
def frame() -> Response:
    """A page of results without the head of the site, in the language of ``?ui=``."""
    site = current_app.extensions["izde"]
    ui = request.args.get("ui", "")
    lang = ui if ui in messages.LANGUAGES else messages.LANGUAGES[0]
    asked = links.read_request(request.args)
    return conditional(
        lambda: render("embed.html", lang, **result_page(site.engine, asked, lang, embed=True)),
        asked.to_pairs(),
        lang,
        max_age=site.settings.max_age,
    )


@blueprint.get("/embed/v1.js")
def script() -> Response:
    site = current_app.extensions["izde"]
    response = Response(site.assets.bodies["embed-v1.js"], content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={SCRIPT_AGE}"
    return response
