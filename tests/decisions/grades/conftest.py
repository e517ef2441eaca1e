"""A published state to decide upon: three clients with a grade in force and the rule's own."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.decisions.grades.published import publish

AS_OF = date(2026, 3, 31)
PACKAGED = Path(__file__).parents[3] / "definitions"


@pytest.fixture
def base(cast, transactional_db, settings, tmp_path):
    """Birch B→A, Cedar C→B, Dill D as the rule says; as of 31 March 2026."""
    settings.CLIENTARIUM_DEFINITIONS = tmp_path / "definitions"
    shutil.copytree(PACKAGED, settings.CLIENTARIUM_DEFINITIONS)
    publish(AS_OF, [(cast.birch, "B", "A", 900), (cast.cedar, "C", "B", 100), (cast.dill, "D", "D", None)])
    return cast
