"""The small published base of the contacts' tests, in one transaction: nothing here needs a commit."""

import pytest

from tests.decisions.contacts.conftest import base
from tests.homes import empty_home

__all__ = ["base"]


@pytest.fixture
def home(tmp_path, settings, db):
    return empty_home(tmp_path, settings, writes_definitions=False)
