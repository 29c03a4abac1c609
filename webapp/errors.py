"""What went wrong becomes a page or a JSON body: one table from error classes to HTTP statuses."""

from __future__ import annotations

import logging
import secrets
import traceback

from flask import Flask, Response, jsonify, make_response, request
from werkzeug.exceptions import HTTPException

from analysis import errors
from webapp import messages
from webapp.templating import render

STATUS: dict[type[errors.IzdeError], int] = {
    errors.RequestError: 400,
    errors.DocumentNotFound: 404,
    errors.StatuteNotFound: 404,
    errors.SnapshotError: 503,
    errors.IzdeError: 500,
}
"""The nearest class in the error's own line of bases decides."""

SAID = (400, 404, 405, 414, 500, 503)
"""Statuses that have words of their own in the catalogues."""

log = logging.getLogger("izde.web")


def status_of(error: BaseException) -> int:
    """The HTTP status of an error: ours by the table, werkzeug's by its code, any other 500."""
    if isinstance(error, HTTPException):
        return error.code or 500
    return next((STATUS[base] for base in type(error).__mro__ if base in STATUS), 500)


def install(app: Flask) -> None:
    """Answer every error, in HTML or (below /api) in JSON, with the status of the table."""
    app.register_error_handler(HTTPException, respond)
    app.register_error_handler(errors.IzdeError, respond)
    app.register_error_handler(Exception, respond)


def respond(error: Exception) -> Response:
    """The answer to an error.  Nothing of the request, no path and no version is in the log or the answer."""
    if isinstance(error, HTTPException) and error.code in (301, 302, 308):
        return error.get_response()  # type: ignore[return-value]
    status = status_of(error)
    number = ""
    if status >= 500 and not isinstance(error, errors.SnapshotError):
        number = secrets.token_hex(4)
        last = traceback.extract_tb(error.__traceback__)[-1:]
        place = ", ".join(f"{frame.name}:{frame.lineno}" for frame in last)
        log.error("request %s failed: %s in %s", number, type(error).__name__, place)
    detail = str(error) if isinstance(error, errors.RequestError) else ""
    if request.path.startswith("/api/"):
        response = as_json(error, status, detail, number)
    else:
        try:
            response = as_page(status, detail, number)
        except Exception:  # the page itself cannot be made: a line of text always can
            status = 500
            response = Response(f"{status} {number}\n", status, mimetype="text/plain")
    if isinstance(error, HTTPException):
        for name, value in error.get_headers():
            if name in ("Allow", "Retry-After"):
                response.headers[name] = value
    if status == 503:
        response.headers["Retry-After"] = "5"
    response.headers["Cache-Control"] = "no-store"
    return response


def as_json(error: Exception, status: int, detail: str, number: str) -> Response:
    """``{"error": {"status", "type", "message", "id"?}}``; the message is always in English."""
    words = messages.load("en")
    kind = type(error).__name__ if isinstance(error, errors.IzdeError | HTTPException) else "InternalServerError"
    body = {"status": status, "type": kind, "message": detail or words(f"error.title_{_said(status)}")}
    if number:
        body["id"] = number
    response = jsonify(error=body)
    response.status_code = status
    return response


def as_page(status: int, detail: str, number: str) -> Response:
    """The error page in the language of the path, or else of the reader."""
    first = request.path.split("/")[1] if "/" in request.path else ""
    lang = first if first in messages.LANGUAGES else messages.negotiate(request.headers.get("Accept-Language", ""))
    page = render("error.html", lang, said=_said(status), detail=detail, number=number)
    return make_response(page, status)


def _said(status: int) -> int:
    return status if status in SAID else 400 if status < 500 else 500
