"""The fake DaData, and the home of an empty company."""

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
def mail_server(tmp_path_factory):
    if have_dovecot() is None:
        pytest.skip("LOUD: Dovecot is not installed (apt-get install dovecot-imapd)")
    with dovecot(tmp_path_factory.mktemp("dovecot")) as server:
        yield server


@pytest.fixture
def mail(mail_server):
    """The same server with nothing in its INBOX."""
    with mail_server.session() as session:
        if session.search(None, "ALL")[1] != [b""]:
            session.store("1:*", "+FLAGS", "\\Deleted")
            session.expunge()
    return mail_server


@pytest.fixture
def sink():
    with smtp_sink() as found:
        yield found
