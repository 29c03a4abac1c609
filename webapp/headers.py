"""Who may ask, and what every answer carries: Host allow-list, methods, URL length, security headers, packing."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import zstandard
from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed, RequestURITooLarge
from werkzeug.http import parse_accept_header

from webapp.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

METHODS = ("GET", "HEAD", "OPTIONS")
MAX_URL = 4096  # bytes of path and query string
PACKED_FROM = 1024  # bytes; below it packing costs more than it saves
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "zstd": lambda body: zstandard.compress(body, level=3),
    "gzip": lambda body: gzip.compress(body, compresslevel=3, mtime=0),
}

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors {ancestors}"
)
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}


def install(app: Flask, settings: Settings) -> None:
    """Check every request before it is routed and finish every answer."""

    def check() -> None:
        if found := fault(request.environ, settings):
            raise found

    app.before_request(check)
    app.after_request(packed)
    app.wsgi_app = Finished(app.wsgi_app, settings)  # type: ignore[method-assign]


def fault(environ: WSGIEnvironment, settings: Settings) -> HTTPException | None:
    """What is wrong with a request, before it is read."""
    if environ["REQUEST_METHOD"] not in METHODS:
        return MethodNotAllowed(valid_methods=METHODS)
    hosts = [host.lower() for host in settings.hosts]
    if "*" not in hosts and host_name(environ.get("HTTP_HOST", "")) not in hosts:
        return BadRequest()
    if len(environ.get("QUERY_STRING", "")) + len(environ.get("PATH_INFO", "")) > MAX_URL:
        return RequestURITooLarge()
    return None


class Finished:
    """A WSGI application whose every answer carries the headers of its path, written out once."""

    def __init__(self, app: WSGIApplication, settings: Settings) -> None:
        self._app = app
        self._api = (*_headers("/api/", settings), ("Access-Control-Allow-Origin", "*"))
        self._embed = _headers("/embed", settings)
        self._open = _headers("/static/", settings)
        self._page = _headers("/", settings)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Callable[[bytes], object]:
            headers += self.of(path)
            if not any(name == "Cache-Control" for name, _ in headers):
                headers.append(("Cache-Control", "no-store"))
            return start_response(status, headers, *more)

        return self._app(environ, start)

    def of(self, path: str) -> Sequence[tuple[str, str]]:
        """The headers of every answer at a path."""
        if path.startswith("/api/"):
            return self._api
        if is_embed(path):
            return self._embed
        return self._open if is_open(path) else self._page


def _headers(path: str, settings: Settings) -> tuple[tuple[str, str], ...]:
    policy = POLICY.format(ancestors=ancestors(path, settings))
    resource = "cross-origin" if is_open(path) else "same-origin"
    return (*FIXED.items(), ("Content-Security-Policy", policy), ("Cross-Origin-Resource-Policy", resource))


def host_name(header: str) -> str:
    """The name in a Host header, without its port, in lower case."""
    name, colon, port = header.rpartition(":")
    return (name if colon and port.isdigit() else header).lower()


def ancestors(path: str, settings: Settings) -> str:
    """Who may show this path in a frame: for /embed the listed sites, for all else nobody."""
    return " ".join(settings.embed_origins) or "'none'" if is_embed(path) else "'none'"


def is_embed(path: str) -> bool:
    """Whether this is the page that partners frame (its script /embed/v1.js is not framed)."""
    return path == "/embed"


def is_open(path: str) -> bool:
    """Whether other sites may load it: partners load the script and, in a sandboxed frame of no origin, the style."""
    return path.startswith(("/static/", "/embed", "/api/"))


def packed(response: Response) -> Response:
    """Pack a text answer in a way that the client takes, zstd before gzip: half the work, fewer bytes."""
    kind = response.mimetype or ""
    text = kind.startswith("text/") or kind.endswith(("json", "xml"))
    if not text or response.direct_passthrough:
        return response
    if "Vary" in response.headers:
        response.vary.add("Accept-Encoding")
    else:
        response.headers.add("Vary", "Accept-Encoding")
    accepted = request.headers.get("Accept-Encoding", "")
    if request.method == "GET" and (coding := coding_of(accepted, body := response.get_data())):
        response.set_data(PACKERS[coding](body))
        response.headers["Content-Encoding"] = coding
    return response


def coding_of(accepted: str, body: bytes) -> str:
    """The way to pack a body for a client, by its Accept-Encoding; "" for none."""
    if not accepted or len(body) < PACKED_FROM:
        return ""
    taken = parse_accept_header(accepted)
    return next((name for name in PACKERS if taken[name] > 0), "")
