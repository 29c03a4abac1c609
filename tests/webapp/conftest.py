"""The pages are tested over a small brute-force engine with the records of the real one; the real one joins in
``test_real_engine.py``.  HTML is read with a parser, never as a string."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import waitress.server
from flask import Flask
from flask.testing import FlaskClient
from waitress import wasyncore

from tests.webapp.fake_engine import FakeEngine
from webapp.app import create_app
from webapp.settings import Settings

PARTNER = "https://partner.example"


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings(embed_origins=(PARTNER, "http://127.0.0.1:9999"))


@pytest.fixture(scope="session")
def one_app(settings: Settings) -> Flask:
    """Made once: its templates are compiled once."""
    return create_app(settings, FakeEngine())


@pytest.fixture
def engine(one_app: Flask) -> FakeEngine:
    """The engine of the app, as new."""
    engine: FakeEngine = one_app.extensions["izde"].engine
    engine.__init__()  # type: ignore[misc]
    return engine


@pytest.fixture
def app(one_app: Flask, engine: FakeEngine) -> Flask:
    return one_app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def serve() -> Iterator[Callable[[Any], str]]:
    """Serve a WSGI application on a free port of loopback: ``serve(app)`` gives its origin."""
    stop = threading.Event()
    threads = []

    def answer(server: Any) -> None:
        while not stop.is_set():
            wasyncore.loop(timeout=0.1, map=server._map, count=1)
        server.task_dispatcher.shutdown()
        wasyncore.close_all(server._map)

    def start(app: Any) -> str:
        server = waitress.server.create_server(app, host="127.0.0.1", port=0, threads=4, map={})
        threads.append(threading.Thread(target=answer, args=(server,)))
        threads[-1].start()
        return f"http://127.0.0.1:{server.effective_port}"

    yield start
    stop.set()
    for thread in threads:
        thread.join(10)


CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests marked ``browser``."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no browser tests")
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}: no browser tests")
    with playwright.sync_playwright() as p:
        chromium = p.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        yield chromium
        chromium.close()
