"""By which snapshot everything is computed, and what the answers depend on: they are remembered under it."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied

from clientarium.core.readings import AskedYear, can_tell_month
from clientarium.decisions.clients import last_merging
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.people import Visitor
from clientarium.decisions.runs import published_snapshot
from clientarium.decisions.runs.models import Snapshot

from ..rules import can_stress
from .assumptions import rules_in_force

VERSIONS_KEPT = 32


@dataclass(frozen=True)
class Version:
    """One snapshot as it stands. Nothing else changes the answers over the whole base."""

    home: str
    as_of: date
    made_at: Any
    merged: Any
    assumed_share: float

    @property
    def asked(self) -> AskedYear:
        return AskedYear(self.as_of, self.assumed_share)


def current_version(by: Visitor) -> Version | None:
    """The published snapshot; None before the first pulse and where it holds no forecast. Raises PermissionDenied."""
    if not can_stress(by):
        raise PermissionDenied
    return version_of(published_snapshot())


def version_of(snapshot: Snapshot | None) -> Version | None:
    """None where the snapshot holds no forecast."""
    if snapshot is None or not _can_tell(str(settings.CLIENTARIUM_HOME), snapshot.as_of, snapshot.made_at):
        return None
    share = rules_in_force().assumed_share
    return Version(str(settings.CLIENTARIUM_HOME), snapshot.as_of, snapshot.made_at, last_merging(), share)


@lru_cache(maxsize=VERSIONS_KEPT)
def _can_tell(_home: str, as_of: date, _made_at: Any) -> bool:
    base = ledger_base()
    return as_of in base.snapshots.dates() and can_tell_month(base, as_of=as_of)
