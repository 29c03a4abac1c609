"""Fixture strategy: laws run on random text; the house is tested on a small corpus that a test writes for itself.

``shared`` is the folder of real samples beside the checkout.  It is no part of the repository: a test that asks for it
is skipped, with this reason, where it is absent.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("izde", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.load_profile("izde")


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
