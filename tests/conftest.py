"""Fixture strategy: laws run on random text; the house is tested on a small corpus that a test writes for itself.

``shared`` is the folder of real samples beside the checkout.  It is no part of the repository: a test that asks for it
is skipped, with this reason, where it is absent.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("izde", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.load_profile("izde")


@pytest.fixture(scope="session", autouse=True)
def own_temporary_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Stock Whoosh names its temporary files after the index alone: two runs of the tests would share them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("temporary")))
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared(root: Path) -> Path:
    """The folder of real samples, or a skip that says so."""
    folder = root.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder of real samples (../shared) is not here")
    return folder
