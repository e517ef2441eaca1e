"""Deciding by one scenario of a list, taking that back; putting a list away and bringing it back."""

from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.decisions.journal import record
from clientarium.decisions.people import User

from ..choices import CapacityVerb
from ..models import Scenario, Shortlist
from .making import require
from .scenarios import refuse_decided

REASON_CHARACTERS = 1_000


@transaction.atomic
def decide(scenario: Scenario, *, by: User, reason: str = "") -> Scenario:
    """This is whom the firm takes. Nobody is put on the stop list by it: refusing a client is talked over with him.

    Raises UserError where another scenario of the list was decided upon.
    """
    require(by)
    shortlist = Shortlist.objects.select_for_update().get(pk=scenario.shortlist_id)
    scenario = shortlist.scenarios.select_related("shortlist").get(pk=scenario.pk)
    refuse_decided(scenario)
    if shortlist.scenarios.filter(decided_at__isnull=False).exists():
        raise UserError(
            N_("Another scenario of this list was decided upon."), cure=N_("Take that decision back first.")
        )
    scenario.decided_by, scenario.decided_at = by, timezone.now()
    scenario.reason = reason.replace("\0", "").strip()[:REASON_CHARACTERS]
    scenario.save(update_fields=["decided_by", "decided_at", "reason"])
    answer = scenario.answer
    data = {"taken": answer["taken"], "refused": answer["refused"], "value": answer["value"], "lost": answer["lost"]}
    record(CapacityVerb.DECIDED, target=scenario, by=by, reason=scenario.reason, data=data)
    return scenario


@transaction.atomic
def reopen(scenario: Scenario, *, by: User, reason: str = "") -> Scenario:
    """The decision is taken back; the journal keeps it. Undecided, it stays as it is."""
    require(by)
    scenario = Scenario.objects.select_for_update().get(pk=scenario.pk)
    if scenario.decided_at is not None:
        record(CapacityVerb.REOPENED, target=scenario, by=by, reason=reason, data={"decided_at": scenario.decided_at})
        scenario.decided_by, scenario.decided_at, scenario.reason = None, None, ""
        scenario.save(update_fields=["decided_by", "decided_at", "reason"])
    return scenario


@transaction.atomic
def drop_list(shortlist: Shortlist, *, by: User) -> None:
    """Out of sight; nothing is erased."""
    require(by)
    if shortlist.dropped_at is None:
        shortlist.dropped_at, shortlist.dropped_by = timezone.now(), by
        shortlist.save(update_fields=["dropped_at", "dropped_by"])
        record(CapacityVerb.LIST_DROPPED, target=shortlist, by=by)


@transaction.atomic
def restore_list(shortlist: Shortlist, *, by: User) -> None:
    require(by)
    if shortlist.dropped_at is not None:
        shortlist.dropped_at = shortlist.dropped_by = None
        shortlist.save(update_fields=["dropped_at", "dropped_by"])
        record(CapacityVerb.LIST_RESTORED, target=shortlist, by=by)
