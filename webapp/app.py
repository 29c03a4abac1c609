"""The application: settings and an engine become a Flask app.  Nothing is read at import."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask

from webapp import api, assets, embed, errors, feeds, headers, messages, pages
from webapp.panels import Engine
from webapp.settings import Settings
from webapp.straight import Straight
from webapp.templating import Spoken

REFRESH_EVERY = 1.0
"""Seconds between two looks for a new snapshot; a new one is in use within two seconds."""


@dataclass(frozen=True, slots=True)
class Site:
    """What every page needs."""

    settings: Settings
    engine: Engine
    assets: assets.Assets
    templates: Mapping[str, Spoken]


class Izde(Flask):
    """Flask whose own log of failures is silent: its traceback could hold a query (``errors.respond`` has logged)."""

    def log_exception(self, *args: object, **kwargs: object) -> None:
        return None


def create_app(settings: Settings, engine: Engine) -> Flask:
    """The pages, the JSON API, the feed and the embed over one engine."""
    app = Izde("webapp", static_folder=None, template_folder=None)
    files = assets.Assets(settings)
    everywhere = {"asset": files.address, "site_name": settings.name}
    templates = {lang: Spoken({**everywhere, **pages.standing(lang)}) for lang in messages.LANGUAGES}
    app.extensions["izde"] = Site(settings, engine, files, templates)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    look = looking(engine)
    app.wsgi_app = Straight(app.wsgi_app, app.extensions["izde"], look)  # type: ignore[method-assign]
    headers.install(app, settings)
    app.before_request(look)
    errors.install(app)
    for blueprint in (pages.blueprint, api.blueprint, embed.blueprint, feeds.blueprint, assets.blueprint):
        app.register_blueprint(blueprint)
    return app


def looking(engine: Engine) -> Callable[[], None]:
    """What looks for a new snapshot, at most every ``REFRESH_EVERY`` seconds."""
    last = 0.0

    def look() -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= REFRESH_EVERY:
            last = now
            engine.refresh()

    return look
