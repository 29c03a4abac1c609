"""The JSON API: the same answers as the pages, with another face.  Also the two health addresses."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, request
from werkzeug.datastructures import MultiDict

from analysis.errors import RequestError
from search.labels import reference
from search.present import document_to_dict, results_to_dict
from webapp import links, messages
from webapp.caching import conditional

DOCUMENT_AGE = 3600  # seconds
blueprint = Blueprint("api", __name__)


@blueprint.get("/api/v1/search")
def search() -> Response:
    """``results_to_dict`` of the answer; labels in the language of ``?ui=``, English by default."""
    site = current_app.extensions["izde"]
    ui, args = _language()
    asked = links.read_strictly(args)
    return conditional(
        lambda: jsonify(results_to_dict(site.engine.search(asked, ui), reference)),
        asked.to_pairs(),
        ui,
        max_age=site.settings.max_age,
    )


@blueprint.get("/api/v1/documents/<id>")
def document(id: str) -> Response:
    """``document_to_dict`` of a document; with a query its hits are marked."""
    site = current_app.extensions["izde"]
    ui, args = _language()
    asked = links.read_strictly(args)
    return conditional(
        lambda: jsonify(document_to_dict(site.engine.document(id, asked, ui), reference)),
        asked.to_pairs(),
        ui,
        max_age=DOCUMENT_AGE,
    )


@blueprint.get("/api/v1/suggest")
def suggest() -> Response:
    """``{"suggestions": [{"kind", "text", "label", "count", "value"}]}`` for the beginning of a query."""
    site = current_app.extensions["izde"]
    ui, args = _language()
    text = args.get("q", "")
    return conditional(
        lambda: jsonify(suggestions=[dict(row) for row in site.engine.suggest(text, ui)]),
        text,
        ui,
        max_age=site.settings.max_age,
    )


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process answers; the index is not touched."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def readyz() -> Response:
    """200 when the index can be asked, else 503 and the reason."""
    ready, reason = current_app.extensions["izde"].engine.ready()
    body = jsonify(ready=ready, reason=reason)
    body.status_code = 200 if ready else 503
    return body


def _language() -> tuple[str, MultiDict[str, str]]:
    args = MultiDict(request.args)
    ui = args.pop("ui", "en")
    if ui not in messages.LANGUAGES:
        raise RequestError(f"ui={ui!r} is not a language of the interface: use {', '.join(messages.LANGUAGES)}")
    return ui, args
