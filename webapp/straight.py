"""Pages of results, answered before Flask: nearly all that is asked, and Flask takes longer than all their HTML.

Only a GET that may be asked, that can be read, and whose answer does not fail.  All else is left to the application,
which gives the same answer, and knows what to say where there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from werkzeug.http import parse_etags
from werkzeug.wrappers import Request

from webapp import caching, headers, links, pages
from webapp.messages import LANGUAGES

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from webapp.app import Site

HTML = ("Content-Type", "text/html; charset=utf-8")

Answer = tuple[str, list[tuple[str, str]], bytes]
"""Status, headers, body."""


class Straight:
    """A WSGI application before another.  ``look``: takes up a newer snapshot, where there is one."""

    def __init__(self, app: WSGIApplication, site: Site, look: Callable[[], None]) -> None:
        self._app, self._site, self._look = app, site, look

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        lang, _, page = environ.get("PATH_INFO", "")[1:].partition("/")
        asked = page == "search" and lang in LANGUAGES and environ["REQUEST_METHOD"] == "GET"
        if not asked or headers.fault(environ, self._site.settings):
            return self._app(environ, start_response)
        try:
            status, fields, body = self._answer(environ, lang)
        except Exception:  # the application fails in the same way, and says so
            return self._app(environ, start_response)
        start_response(status, fields)
        return [body] if body else []

    def _answer(self, environ: WSGIEnvironment, lang: str) -> Answer:
        self._look()
        site, asked = self._site, Request(environ)
        request = links.read_request(asked.args)
        etag = caching.etag_of(site, environ, request.to_pairs(), lang)
        fields = [
            ("Vary", "Accept-Encoding"),
            ("ETag", f'W/"{etag}"'),
            ("Cache-Control", caching.KEPT.format(site.settings.max_age)),
        ]
        if parse_etags(environ.get("HTTP_IF_NONE_MATCH")).contains_weak(etag):
            return "304 NOT MODIFIED", fields, b""
        values = pages.result_page(site.engine, request, lang)
        body = site.templates[lang].page("results.html", asked.path, asked.query_string, **values).encode()
        if coding := headers.coding_of(environ.get("HTTP_ACCEPT_ENCODING", ""), body):
            body = headers.PACKERS[coding](body)
            fields.append(("Content-Encoding", coding))
        return "200 OK", [HTML, ("Content-Length", str(len(body))), *fields], body
