"""An empty home for tests over the database of the test run."""

import shutil
from pathlib import Path
from typing import Any

PACKAGED = Path(__file__).parents[1] / "definitions"


def empty_home(folder: Path, settings: Any, *, writes_definitions: bool = True) -> Path:
    """`folder` as the home in force. Definitions nobody writes may be the packaged ones: they are read once for all."""
    settings.CLIENTARIUM_HOME = folder
    settings.CLIENTARIUM_DEFINITIONS = PACKAGED
    if writes_definitions:
        settings.CLIENTARIUM_DEFINITIONS = folder / "definitions"
        shutil.copytree(PACKAGED, folder / "definitions")
    for name in ("ledger", "snapshots", "files", "staging"):
        (folder / name).mkdir()
    return folder
