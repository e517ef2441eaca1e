"""The fake DaData, and the home of an empty company."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest

from tests.decisions.runs.conftest import home
from tests.interfaces.connectors.dovecot import dovecot, have_dovecot, smtp_sink
from tests.interfaces.connectors.fake_dadata import FakeDaData, serving
from tests.interfaces.connectors.json_schema import FOLDER

__all__ = ["home"]


@pytest.fixture(autouse=True)
def open_folder(settings, tmp_path):
    settings.CLIENTARIUM_WATCHED_FOLDERS = [tmp_path]


@pytest.fixture
def dadata():
    if not FOLDER.is_dir():
        pytest.skip(f"LOUD: the schema of DaData is not at {FOLDER}")
    with serving(FakeDaData()) as fake:
        yield fake


@pytest.fixture(scope="session")
def mail_server():
    if have_dovecot() is None:
        pytest.skip("LOUD: Dovecot is not installed (apt-get install dovecot-imapd)")
    # Not among pytest's folders: every session that starts makes those its owner's alone, and Dovecot reads as nobody.
    with TemporaryDirectory(prefix="dovecot-") as folder, dovecot(Path(folder)) as server:
        yield server


@pytest.fixture
def mail(mail_server):
    """A new mailbox on the same server."""
    return replace(mail_server, user=f"reports-{uuid4().hex[:8]}")


@pytest.fixture
def sink():
    with smtp_sink() as found:
        yield found
