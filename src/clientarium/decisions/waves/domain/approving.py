"""The leader's word: whom to leave with his seller after all, then the approval, which frees the rest, and its undo."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import hand_many, root_id, unhand_many
from clientarium.decisions.journal import Entry, record
from clientarium.decisions.people import User
from clientarium.decisions.portfolios import free_from

from ..choices import Fate, WaveState, WaveVerb
from ..models import Outcome, Wave
from .opening import locked

ROWS_AT_ONCE = 500
"""Under every database's limit of parameters."""


@transaction.atomic
def spare_clients(wave: Wave, client_ids: Collection[int], *, spare: bool = True, reason: str, by: User) -> int:
    """Leave unmarked clients with their seller (or take that back); how many. Raises UserError without a reason."""
    wave = locked(wave, by=by, states=(WaveState.CLOSED,))
    if spare and not reason.strip():
        raise UserError(N_("This needs a reason."))
    before, after = (Fate.POOL, Fate.SPARED) if spare else (Fate.SPARED, Fate.POOL)
    outcomes = Outcome.objects.filter(wave=wave, client__in=list(client_ids), fate=before)
    ids = list(outcomes.values_list("client_id", flat=True))
    Outcome.objects.filter(wave=wave, client__in=ids).update(fate=after, reason=reason.strip() if spare else "")
    if ids:
        data = {"clients": ids, "spared": spare}
        record(WaveVerb.WAVE_SPARED, target=wave, by=by, reason=reason.strip(), data=data)
    return len(ids)


@transaction.atomic
def approve_wave(wave: Wave, *, on: date, reason: str = "", by: User) -> Entry:
    """Nobody holds the unmarked clients from `on`: they are the pool for the redistribution.

    Clients whose seller has changed since the closing stay where they are; those merged meanwhile go with the client
    they belong to, unless another of his cards was kept.
    """
    wave = locked(wave, by=by, states=(WaveState.CLOSED,))
    if wave.closed_on is not None and on < wave.closed_on:
        raise UserError(N_("The approval cannot begin before the wave was closed, on %(day)s."), day=wave.closed_on)
    freed = 0
    ids = leaving(wave)
    for start in range(0, len(ids), ROWS_AT_ONCE):
        part = ids[start : start + ROWS_AT_ONCE]
        freed += _free(wave, part, on=free_from(part, wanted=on))
    wave.state, wave.approved_on = WaveState.APPROVED, on
    wave.save(update_fields=["state", "approved_on"])
    data = {"on": on, "freed": freed, "stayed": len(ids) - freed}
    return record(WaveVerb.WAVE_APPROVED, target=wave, by=by, reason=reason.strip(), data=data)


@transaction.atomic
def undo_approval(wave: Wave, *, reason: str = "", by: User) -> int:
    """Everybody freed comes back to his seller, unless somebody has been given him meanwhile; how many came back."""
    wave = locked(wave, by=by, states=(WaveState.APPROVED,))
    entry = Entry.objects.filter(
        verb=WaveVerb.WAVE_APPROVED, target_kind="waves.wave", target_id=str(wave.pk), undone_by__isnull=True
    ).first()
    # Who was merged into another since goes with him: his own card holds nobody's memory any more.
    rows = Outcome.objects.filter(wave=wave, before__isnull=False, client__merged_into__isnull=True)
    memory: dict[int, Any] = {
        pk: (before, after) for pk, before, after in rows.values_list("client", "before", "after")
    }
    returned = len(unhand_many(memory)) if memory else 0
    Outcome.objects.filter(wave=wave).update(before=None, after=None)
    wave.state, wave.approved_on = WaveState.CLOSED, None
    wave.save(update_fields=["state", "approved_on"])
    data = {"returned": returned, "stayed": len(memory) - returned}
    record(WaveVerb.WAVE_UNDONE, target=wave, by=by, reason=reason.strip(), data=data, undoes=entry)
    return returned


def leaving(wave: Wave) -> list[int]:
    """The clients the pool gets: unmarked, still with the same seller, no other card of theirs kept."""
    outcomes = Outcome.objects.filter(wave=wave).annotate(root_id=root_id)
    stays = set(outcomes.exclude(fate=Fate.POOL).values_list("root_id", flat=True))
    rows = outcomes.filter(fate=Fate.POOL, client__merged_into__isnull=True)
    same = [
        client for client, seller, holder in rows.values_list("client_id", "seller_id", "client__holder_id")
        if seller == holder and client not in stays
    ]  # fmt: skip
    return sorted(same)


def _free(wave: Wave, client_ids: list[int], *, on: date) -> int:
    written = hand_many(client_ids, to=None, on=on, reason=_("Keep-wave %(wave)s: not kept") % {"wave": wave})
    memory = {one.client.pk: one for one in written}
    outcomes = list(Outcome.objects.filter(wave=wave, client__in=list(memory)))
    for outcome in outcomes:
        outcome.before, outcome.after = memory[outcome.client_id].before, memory[outcome.client_id].after
    Outcome.objects.bulk_update(outcomes, ["before", "after"], batch_size=500)
    return len(written)
