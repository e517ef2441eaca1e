"""At the start of a worker: what a crash may have left between the database, the ledger and the folders."""

import shutil
import time

from ..choices import LIVE_RUN_STATES, ImportState
from ..models import Import
from .homes import files_folder, home, open_ledger, staged_import
from .queue import log

HALF_RECEIVED_SECONDS = 24 * 3600  # nobody uploads one file for longer than a day

DEAD_IMPORT_STATES = (ImportState.FAILED, ImportState.CANCELLED, ImportState.UNDONE)


def reconcile() -> bool:
    """Undo loads whose import is no longer meant to be there, and remove files nobody will come back for; True."""
    ledger = open_ledger()
    loaded = {load.import_id for load in ledger.loads() if load.is_loaded}
    dead = Import.objects.filter(state__in=DEAD_IMPORT_STATES).values_list("import_id", flat=True)
    for import_id in loaded.intersection(dead):
        log.warning("the ledger had import %s, which is not meant to be loaded: undone", import_id)
        ledger.undo(import_id)
    for import_id in ledger.recover():
        log.info("the ledger dropped the remains of load %s", import_id)
    _sweep_staging()
    _sweep_half_received()
    return True


def _sweep_staging() -> None:
    live = set(Import.objects.filter(run__state__in=LIVE_RUN_STATES).values_list("import_id", flat=True))
    for folder in (home() / "staging").glob("*"):
        is_fresh = time.time() - folder.stat().st_mtime < HALF_RECEIVED_SECONDS  # a trial may be under way
        if (
            folder.is_dir()
            and staged_import(folder) not in live
            and not (folder.name.startswith("trial-") and is_fresh)
        ):
            shutil.rmtree(folder, ignore_errors=True)


def _sweep_half_received() -> None:
    for path in files_folder().glob(".receiving-*"):
        if time.time() - path.stat().st_mtime > HALF_RECEIVED_SECONDS:
            path.unlink(missing_ok=True)
