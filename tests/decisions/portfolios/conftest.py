"""The small published base of the contacts' tests, in one transaction: nothing here needs a commit."""

import pytest

from tests.decisions.contacts.conftest import PACKAGED, base

__all__ = ["base"]


@pytest.fixture
def home(tmp_path, settings, db):
    settings.CLIENTARIUM_HOME = tmp_path
    settings.CLIENTARIUM_DEFINITIONS = PACKAGED  # read only, and so read once for all tests
    for folder in ("ledger", "snapshots", "files", "staging"):
        (tmp_path / folder).mkdir()
    return tmp_path
