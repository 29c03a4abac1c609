"""Answers that a cache may keep: an ETag of generation, build, address and language; 304 before any work is done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from flask import Response, current_app, make_response, request


def conditional(make: Callable[[], str | Response], *key: object, max_age: int) -> Response:
    """The answer of ``make``, or 304 when the client has it already.

    ``key``: what the answer depends on besides the index and the program: the normalised query, the language.
    """
    site = current_app.extensions["izde"]
    state = repr((site.engine.generation, site.assets.build, request.path, request.host, key))
    etag = hashlib.sha256(state.encode("utf-8", "backslashreplace")).hexdigest()[:20]
    known = request.if_none_match.contains_weak(etag)
    response = Response(status=304) if known else make_response(make())
    response.set_etag(etag, weak=True)
    response.headers["Cache-Control"] = f"public, max-age={max_age}, stale-while-revalidate=300, stale-if-error=86400"
    return response
