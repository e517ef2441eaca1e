"""Closed sets of the runs app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from clientarium.decisions.journal import name_verbs

DEFAULT_SOURCE = "files"
"""The source of the first file, if its sender does not say which system it comes from."""


class RunKind(TextChoices):
    """What a run does."""

    IMPORT = "import", _("Import")
    UNDO_IMPORT = "undo_import", _("Undo of an import")
    PULSE = "pulse", _("Pulse")
    ACCURACY = "accuracy", _("Check of the forecast")
    IDENTITY = "identity", _("Search for duplicates")
    STATUS_CHECK = "status_check", _("Check of legal statuses")
    WATCH = "watch", _("Look for new files")
    BALANCE = "balance", _("Draft of a redistribution")
    ZONES = "zones", _("Search for growth zones")


class RunState(TextChoices):
    """Where a run stands."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class ImportState(TextChoices):
    """Where an import stands."""

    WAITING = "waiting", _("Waiting")
    LOADING = "loading", _("Loading")
    LOADED = "loaded", _("Loaded")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")
    UNDONE = "undone", _("Undone")


class ImportMode(TextChoices):
    """What an import does with rows of the same source that are already there."""

    APPEND = "append", _("Add to what is there")
    REPLACE = "replace", _("Replace the period")
    UPSERT = "upsert", _("Replace documents that come again")


LIVE_RUN_STATES = (RunState.QUEUED, RunState.RUNNING)
LIVE_IMPORT_STATES = (ImportState.WAITING, ImportState.LOADING, ImportState.LOADED)

ACCURACY_LANE = "accuracy"  # it only reads the ledger, so imports and pulses need not wait for it
LEDGER_LANE = "ledger"  # CHECKS.md, design rule 4: one writer of the ledger and of the published state at a time


@name_verbs
class RunVerb(TextChoices):
    """What the journal says about runs, imports and snapshots."""

    IMPORT_LOADED = "import_loaded", _("File loaded")
    IMPORT_UNDONE = "import_undone", _("Import undone")
    RUN_CANCELLED = "run_cancelled", _("Run cancelled")
    SNAPSHOT_STORED = "snapshot_stored", _("Snapshot computed")
    BACKTEST_MADE = "backtest_made", _("Forecast checked")
