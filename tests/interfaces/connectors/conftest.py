"""The fake DaData, and the home of an empty company."""

import pytest

from tests.decisions.runs.conftest import home
from tests.interfaces.connectors.fake_dadata import FakeDaData, serving
from tests.interfaces.connectors.json_schema import FOLDER

__all__ = ["home"]


@pytest.fixture
def dadata():
    if not FOLDER.is_dir():
        pytest.skip(f"LOUD: the schema of DaData is not at {FOLDER}")
    with serving(FakeDaData()) as fake:
        yield fake
