"""Who may ask, and what every answer carries: Host allow-list, methods, URL length, security headers, gzip."""

from __future__ import annotations

import gzip

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest, MethodNotAllowed, RequestURITooLarge

from webapp.settings import Settings

METHODS = ("GET", "HEAD", "OPTIONS")
MAX_URL = 4096  # bytes of path and query string
GZIP_FROM = 1024  # bytes; below it packing costs more than it saves

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
    hosts = frozenset(host.lower() for host in settings.hosts)

    def check() -> None:
        if request.method not in METHODS:
            raise MethodNotAllowed(valid_methods=METHODS)
        if "*" not in hosts and host_name(request.headers.get("Host", "")) not in hosts:
            raise BadRequest
        if len(request.environ.get("QUERY_STRING", "")) + len(request.path.encode("utf-8", "replace")) > MAX_URL:
            raise RequestURITooLarge

    def finish(response: Response) -> Response:
        for name, value in FIXED.items():
            response.headers[name] = value
        response.headers["Content-Security-Policy"] = POLICY.format(ancestors=ancestors(request.path, settings))
        response.headers["Cross-Origin-Resource-Policy"] = resource_policy(request.path)
        if request.path.startswith("/api/"):
            response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers.setdefault("Cache-Control", "no-store")
        return packed(response)

    app.before_request(check)
    app.after_request(finish)


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


def resource_policy(path: str) -> str:
    """Partners load the script and, in a sandboxed frame of no origin, the style: these may cross origins."""
    open_to_all = path.startswith(("/static/", "/embed", "/api/"))
    return "cross-origin" if open_to_all else "same-origin"


def packed(response: Response) -> Response:
    """Gzip a text answer for a client that takes it."""
    kind = response.mimetype or ""
    text = kind.startswith("text/") or kind.endswith(("json", "xml"))
    if not text or response.direct_passthrough:
        return response
    response.vary.add("Accept-Encoding")
    accepts = request.accept_encodings["gzip"] > 0
    if accepts and request.method == "GET" and len(body := response.get_data()) >= GZIP_FROM:
        response.set_data(gzip.compress(body, compresslevel=5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
