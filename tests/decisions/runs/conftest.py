"""A home of its own for each test that touches files, the ledger or snapshots."""

import shutil
from pathlib import Path

import pytest

PACKAGED = Path(__file__).parents[3] / "definitions"


@pytest.fixture
def home(tmp_path, settings, transactional_db):
    """An empty home with the packaged definitions over the (real, file-backed) test database."""
    settings.CLIENTARIUM_HOME = tmp_path
    settings.CLIENTARIUM_DEFINITIONS = tmp_path / "definitions"
    shutil.copytree(PACKAGED, tmp_path / "definitions")
    for folder in ("ledger", "snapshots", "files", "staging"):
        (tmp_path / folder).mkdir()
    return tmp_path
