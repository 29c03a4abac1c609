"""One index of the repository's own corpus for all tests of this room, and the same documents in plain memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import pipeline
from indexer.extract import extract, load_overrides
from indexer.read import read_file
from indexer.record import make_record
from indexer.sources import find
from search.engine import Engine
from tests.search.oracle import Plain


@pytest.fixture(scope="session")
def corpus_index(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of ``corpus/``."""
    index = tmp_path_factory.mktemp("index")
    report = pipeline.run([root / "corpus"], index)
    assert not report.failed
    return index


@pytest.fixture(scope="session")
def engine(corpus_index: Path) -> Engine:
    """An engine on that index."""
    return Engine(corpus_index)


@pytest.fixture(scope="session")
def plain_documents(root: Path) -> dict[str, Plain]:
    """The documents of ``corpus/`` by id, in plain memory."""
    overrides = load_overrides(root / "corpus" / "overrides.toml")
    documents = {}
    for source in find([root / "corpus"]):
        for document in read_file(source.path, source.root):
            assert not isinstance(document, Exception)
            documents[document.id] = Plain(make_record(document, extract(document, overrides)))
    return documents
