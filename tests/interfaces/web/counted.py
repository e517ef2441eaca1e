"""A base loaded and counted once for a whole module; each test changes it inside a transaction that is rolled back.

The module names what is loaded (SALES, perhaps TOUCHES) and the dates counted, the last one published (COUNTED_ON). Every test of such a
module that touches the database asks for `counted`: it would find the rows of the others otherwise.
"""

import copy
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings

from clientarium.decisions.runs import run_now, start_pulse
from tests.cast import Cast, make_cast
from tests.decisions.runs.company import load_file

PACKAGED = Path(__file__).parents[3] / "definitions"


@pytest.fixture(scope="module")
def counted_home(
    request: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[tuple[Path, Cast]]:
    folder: Path = tmp_path_factory.mktemp("counted")
    shutil.copytree(PACKAGED, folder / "definitions")
    for name in ("ledger", "snapshots", "files", "staging"):
        (folder / name).mkdir()
    with django_db_blocker.unblock():
        try:
            with override_settings(CLIENTARIUM_HOME=folder, CLIENTARIUM_DEFINITIONS=folder / "definitions"):
                people = make_cast()
                load_file(request.module.SALES, by=people.owner)
                if hasattr(request.module, "TOUCHES"):
                    load_file(request.module.TOUCHES, by=people.owner, name="touches.csv")
                for as_of in request.module.COUNTED_ON:
                    last = request.module.COUNTED_ON[-1]
                    run_now(start_pulse(as_of=as_of, by=people.owner, today=last, force=True))
            yield folder, people
        finally:
            call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def counted(counted_home: tuple[Path, Cast], db: None, settings: Any) -> Cast:
    """The cast over the counted base; the folders of the home are shared by the module, so tests only read them."""
    settings.CLIENTARIUM_HOME, people = counted_home
    settings.CLIENTARIUM_DEFINITIONS = settings.CLIENTARIUM_HOME / "definitions"
    return copy.deepcopy(people)
