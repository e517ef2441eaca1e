"""Opening and closing a wave. Closing writes what it came to for every client of everybody who works on that day.

A seller dismissed meanwhile has no list any more: his clients are in the pool already, his marks count for nothing.
A client passed on meanwhile stands unmarked in the list of whoever holds him now.
"""

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import Client, root_id
from clientarium.decisions.journal import record
from clientarium.decisions.people import Seller, User
from clientarium.decisions.portfolios import working_sellers

from ..choices import Fate, WaveState, WaveVerb
from ..models import Choice, Outcome, SellerChoice, Wave
from ..queries.counter import Counter, counters_of
from ..rules import can_lead_waves

ROWS_AT_ONCE = 2_000
LONGEST_DAYS = 92
"""A wave longer than a quarter is no wave: portfolios are reviewed once a quarter anyway."""


@transaction.atomic
def open_wave(*, opened_on: date, closes_on: date, rule: str = "", by: User) -> Wave:
    """Sellers mark from `opened_on` to `closes_on`. Raises UserError: another is open, no sellers, wrong days."""
    if not can_lead_waves(by):
        raise PermissionDenied
    require_days(opened_on, closes_on)
    if Wave.objects.filter(state=WaveState.OPEN).exists():
        raise UserError(N_("A wave is open already."), cure=N_("Close or cancel it first."))
    if not working_sellers(opened_on):
        raise UserError(
            N_("Nobody sells here yet, so nobody can choose."),
            cure=N_("Load a file that names sellers, or add them on the page of portfolios."),
        )
    wave = Wave.objects.create(opened_on=opened_on, closes_on=closes_on, rule=rule.strip(), by=by)
    record(WaveVerb.WAVE_OPENED, target=wave, by=by, reason=wave.rule, data={"closes_on": closes_on})
    return wave


@transaction.atomic
def prolong_wave(wave: Wave, *, closes_on: date, reason: str = "", by: User) -> Wave:
    """Another last day, later or earlier; marks stay."""
    wave = locked(wave, by=by, states=(WaveState.OPEN,))
    require_days(wave.opened_on, closes_on)
    before, wave.closes_on = wave.closes_on, closes_on
    wave.save(update_fields=["closes_on"])
    data = {"from": before, "to": closes_on}
    record(WaveVerb.WAVE_PROLONGED, target=wave, by=by, reason=reason.strip(), data=data)
    return wave


@transaction.atomic
def close_wave(wave: Wave, *, day: date, by: User) -> Wave:
    """Take no more marks; unmarked clients are proposed for the pool, nobody is moved yet."""
    wave = locked(wave, by=by, states=(WaveState.OPEN,))
    wave.state, wave.closed_on = WaveState.CLOSED, day
    wave.save(update_fields=["state", "closed_on"])
    counters = [counter for counter, _ in counters_of(wave, by=by, day=day)]
    SellerChoice.objects.bulk_create(seller_choice(wave, one) for one in counters)
    for rows in batches(wave, [one.seller for one in counters]):
        Outcome.objects.bulk_create(rows)
    data = {
        "kept": {str(one.seller.pk): one.kept.held for one in counters},
        "pool": {str(one.seller.pk): one.left for one in counters},
    }
    record(WaveVerb.WAVE_CLOSED, target=wave, by=by, data=data)
    return wave


@transaction.atomic
def reopen_wave(wave: Wave, *, closes_on: date, reason: str, by: User) -> Wave:
    """Take marks again: what the closing wrote is thrown away, the marks stay. Not after the approval."""
    wave = locked(wave, by=by, states=(WaveState.CLOSED,))
    if not reason.strip():
        raise UserError(N_("This needs a reason."))
    require_days(wave.opened_on, closes_on)
    if Wave.objects.filter(state=WaveState.OPEN).exists():
        raise UserError(N_("A wave is open already."), cure=N_("Close or cancel it first."))
    wave.outcomes.all().delete()
    wave.sellers.all().delete()
    wave.state, wave.closed_on, wave.closes_on = WaveState.OPEN, None, closes_on
    wave.save(update_fields=["state", "closed_on", "closes_on"])
    record(WaveVerb.WAVE_REOPENED, target=wave, by=by, reason=reason.strip(), data={"closes_on": closes_on})
    return wave


@transaction.atomic
def cancel_wave(wave: Wave, *, reason: str, by: User) -> Wave:
    """Nothing comes of it: everybody keeps everybody. Marks stay to be read."""
    wave = locked(wave, by=by, states=(WaveState.OPEN, WaveState.CLOSED))
    if not reason.strip():
        raise UserError(N_("This needs a reason."))
    wave.state = WaveState.CANCELLED
    wave.save(update_fields=["state"])
    record(WaveVerb.WAVE_CANCELLED, target=wave, by=by, reason=reason.strip())
    return wave


def require_days(opened_on: date, closes_on: date) -> None:
    if closes_on < opened_on:
        raise UserError(N_("A wave cannot end before it begins."))
    if (closes_on - opened_on).days > LONGEST_DAYS:
        raise UserError(N_("A wave lasts a quarter at most; usually a month."))


def locked(wave: Wave, *, by: User, states: tuple[WaveState, ...]) -> Wave:
    """The wave as it is now, in one of `states`; kept from others until the transaction ends."""
    if not can_lead_waves(by):
        raise PermissionDenied
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    if wave.state not in states:
        raise UserError(
            N_("The wave is “%(state)s” meanwhile: this cannot be done any more."),
            cure=N_("Reload the page."),
            state=wave.get_state_display(),
        )
    return wave


def seller_choice(wave: Wave, counter: Counter) -> SellerChoice:
    terms, plan = counter.terms, counter.plan
    return SellerChoice(
        wave=wave,
        seller=counter.seller,
        held=counter.held.held,
        kept=counter.kept.held,
        hours=counter.kept.hours,
        norm_low=terms.norm_low,
        norm_high=terms.norm_high,
        ceiling=terms.ceiling,
        hours_month=terms.hours_month,
        plan_margin=plan.margin,
        plan_low=plan.low,
        plan_high=plan.high,
    )


def batches(wave: Wave, sellers: list[Seller]) -> Iterator[list[Outcome]]:
    """An outcome for every client these sellers hold now, some thousand at a time."""
    marks = Choice.objects.filter(wave=wave, keeps=True).annotate(root_id=root_id)
    kept = set(marks.values_list("seller_id", "root_id"))
    held = Client.objects.filter(holder__in=[one.pk for one in sellers], merged_into__isnull=True)
    rows: list[Outcome] = []
    for client_id, seller_id in held.order_by("pk").values_list("pk", "holder_id").iterator(chunk_size=ROWS_AT_ONCE):
        assert seller_id is not None
        fate = Fate.KEPT if (seller_id, client_id) in kept else Fate.POOL
        rows.append(Outcome(wave=wave, client_id=client_id, seller_id=seller_id, fate=fate))
        if len(rows) == ROWS_AT_ONCE:
            yield rows
            rows = []
    yield rows
