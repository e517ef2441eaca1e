"""The queue of runs, the files received, what was loaded from them, and the snapshots made."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .choices import LIVE_IMPORT_STATES, LIVE_RUN_STATES, ImportMode, ImportState, RunKind, RunState


class Run(models.Model):
    """One piece of background work: a row is the job, its lease, its progress and its result.

    `token` counts the times the run was taken; whoever holds an older number may write nothing more.
    """

    kind = models.CharField(max_length=32, choices=RunKind.choices)
    arguments = models.JSONField(default=dict)
    lane = models.CharField(max_length=32, null=True)  # at most one run of a lane is running
    unique_key = models.CharField(max_length=128, null=True)  # at most one run of a key waits
    state = models.CharField(max_length=16, choices=RunState.choices, default=RunState.QUEUED)
    phase = models.CharField(max_length=128, default="", blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    steps = models.JSONField(default=list)  # [{"name": phase, "seconds": float}]
    message = models.JSONField(null=True)  # {"msgid", "params", "cure": {"msgid", "params"} | null, "place"}
    result = models.JSONField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    token = models.BigIntegerField(default=0)
    worker = models.CharField(max_length=128, default="", blank=True)
    lease_until = models.DateTimeField(null=True)
    cancel_requested = models.BooleanField(default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["lane"], condition=Q(state=RunState.RUNNING), name="runs_one_per_lane"),
            models.UniqueConstraint(
                fields=["unique_key"], condition=Q(state=RunState.QUEUED), name="runs_one_waiting_per_key"
            ),
            models.CheckConstraint(
                condition=~Q(state=RunState.RUNNING) | Q(lease_until__isnull=False), name="runs_running_has_a_lease"
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="runs_queue")]

    def __str__(self) -> str:
        return f"run {self.pk} {self.kind} {self.state}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_RUN_STATES


class Schedule(models.Model):
    """When a scheduled run was last queued: one row per name and day, so that no day runs twice."""

    name = models.CharField(max_length=32)
    day = models.DateField()
    run = models.ForeignKey(Run, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "day"], name="runs_once_per_day")]

    def __str__(self) -> str:
        return f"{self.name} {self.day}"


class ReceivedFile(models.Model):
    """A file kept as it came, named by its SHA-256 under home/files."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class SavedLayout(models.Model):
    """How files with these columns are read: found again by the fingerprint of the header row."""

    title = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64, db_index=True)
    layout = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.title


class Import(models.Model):
    """One loading of one received file: whole, or not at all; undone whole."""

    import_id = models.CharField(max_length=32, unique=True)  # uuid4 hex: the ledger knows the load by it
    file = models.ForeignKey(ReceivedFile, on_delete=models.PROTECT, related_name="imports")
    kind = models.CharField(max_length=32)  # one of core intake's KINDS
    part = models.CharField(max_length=255, default="", blank=True)  # the sheet, where a file has several
    source = models.CharField(max_length=64)
    layout = models.JSONField()
    mode = models.CharField(max_length=16, choices=ImportMode.choices, null=True)  # null: not chosen yet
    replace_first_on = models.DateField(null=True)
    replace_last_on = models.DateField(null=True)
    forced = models.BooleanField(default=False)  # the user knows that this file is already loaded
    state = models.CharField(max_length=16, choices=ImportState.choices, default=ImportState.WAITING)
    run = models.ForeignKey(Run, null=True, on_delete=models.SET_NULL, related_name="imports")
    rows_read = models.BigIntegerField(null=True)
    accepted = models.BigIntegerField(null=True)
    refused = models.BigIntegerField(null=True)
    skipped = models.BigIntegerField(null=True)
    skipped_reasons = models.JSONField(default=dict)  # {reason: rows}
    totals = models.JSONField(default=dict)  # {column: {"file", "accepted", "refused", "skipped"}} as decimal texts
    counts = models.JSONField(default=dict)  # {fact table: rows loaded}
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    clients_created = models.BigIntegerField(null=True)
    clients_matched = models.BigIntegerField(null=True)
    refused_path = models.CharField(max_length=255, default="", blank=True)  # relative to the home
    ledger_version = models.BigIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    loaded_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "kind", "part"],
                condition=Q(forced=False, state__in=LIVE_IMPORT_STATES),
                name="runs_file_loaded_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=ImportState.LOADED) | Q(loaded_at__isnull=False), name="runs_loaded_has_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=ImportState.UNDONE) | Q(undone_at__isnull=False), name="runs_undone_has_a_time"
            ),
        ]
        indexes = [models.Index(fields=["source", "kind", "state"], name="runs_import_source")]

    def __str__(self) -> str:
        return f"import {self.pk} {self.kind} {self.state}"


class Backtest(models.Model):
    """How right the forecast would have been at earlier dates, and the methods it chose for this base."""

    as_of = models.DateField()  # the last day it knew of
    ledger_version = models.BigIntegerField()
    sales_rows = models.BigIntegerField()  # of the loads in force: a base grown since deserves another one
    report = models.JSONField()  # every method with its figures; core.forecast says its shape
    chosen = models.JSONField()  # core.forecast.Choice as a dict
    run = models.ForeignKey(Run, null=True, on_delete=models.SET_NULL, related_name="backtests")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"backtest {self.as_of}"


class Snapshot(models.Model):
    """A snapshot of the base that a pulse stored; the published one is what people see."""

    as_of = models.DateField(unique=True)
    run = models.ForeignKey(Run, null=True, on_delete=models.SET_NULL, related_name="snapshots")
    ledger_version = models.BigIntegerField()
    definitions_hash = models.CharField(max_length=64)
    standing_hash = models.CharField(max_length=64)
    program_version = models.CharField(max_length=64)
    engine = models.CharField(max_length=16)
    content_hash = models.CharField(max_length=64)
    rows = models.BigIntegerField()
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)  # null: stored for comparison only
    is_published = models.BooleanField(default=False)
    is_backdated = models.BooleanField(default=False)  # computed afterwards for comparison, never shown as the state

    class Meta:
        ordering = ["-as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_published"], condition=Q(is_published=True), name="runs_one_published_snapshot"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.as_of}"
