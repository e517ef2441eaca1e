"""A home of its own for each test that touches files, the ledger or snapshots."""

import pytest

from tests.homes import empty_home


@pytest.fixture
def home(tmp_path, settings, transactional_db):
    """An empty home with the packaged definitions over the (real, file-backed) test database."""
    return empty_home(tmp_path, settings)
