"""Answers that a cache may keep: an ETag of generation, build, address and language; 304 before any work is done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Response, current_app, make_response, request

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

    from webapp.app import Site

KEPT = "public, max-age={}, stale-while-revalidate=300, stale-if-error=86400"
"""The Cache-Control of an answer, for so many seconds."""


def conditional(make: Callable[[], str | Response], *key: object, max_age: int) -> Response:
    """The answer of ``make``, or 304 when the client has it already.

    ``key``: what the answer depends on besides the index and the program: the normalised query, the language.
    """
    etag = etag_of(current_app.extensions["izde"], request.environ, *key)
    known = request.if_none_match.contains_weak(etag)
    response = Response(status=304) if known else make_response(make())
    response.set_etag(etag, weak=True)
    response.headers["Cache-Control"] = KEPT.format(max_age)
    return response


def etag_of(site: Site, environ: WSGIEnvironment, *key: object) -> str:
    """The tag of an answer: a hash of all that it depends on."""
    asked = (environ.get("PATH_INFO"), environ.get("HTTP_HOST"), key)
    state = repr((site.engine.generation, site.assets.build, asked))
    return hashlib.sha256(state.encode("utf-8", "backslashreplace")).hexdigest()[:20]
