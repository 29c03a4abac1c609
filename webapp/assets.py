"""Styles and scripts: read once, kept in memory, addressed by their content so that a cache may keep them for ever."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Blueprint, Response, current_app
from werkzeug.exceptions import NotFound

from webapp.settings import Settings

HERE = Path(__file__).parent
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"

blueprint = Blueprint("assets", __name__)


class Assets:
    """The files of ``static/``, and ``build``: a hash of all that shapes a page besides the index."""

    def __init__(self, settings: Settings) -> None:
        self.bodies = {path.name: path.read_bytes() for path in sorted((HERE / "static").iterdir())}
        self.digests = {name: hashlib.sha256(body).hexdigest()[:12] for name, body in self.bodies.items()}
        shaping = hashlib.sha256(repr((settings, self.digests)).encode())
        for folder in ("templates", "messages"):
            for path in sorted((HERE / folder).iterdir()):
                shaping.update(path.read_bytes())
        self.build = shaping.hexdigest()[:12]

    def address(self, name: str) -> str:
        """``style.css`` -> its address."""
        return f"/static/{self.digests[name]}/{name}"


@blueprint.get("/static/<digest>/<name>")
def static_file(digest: str, name: str) -> Response:
    assets: Assets = current_app.extensions["izde"].assets
    if assets.digests.get(name) != digest:
        raise NotFound
    response = Response(assets.bodies[name], content_type=f"{TYPES[Path(name).suffix]}; charset=utf-8")
    response.headers["Cache-Control"] = FOREVER
    return response
