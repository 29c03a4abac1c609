"""The pages are tested over a small brute-force engine with the records of the real one; the real one joins in
``test_real_engine.py``.  HTML is read with a parser, never as a string."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

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
