"""Reading who is lost, once for each publication, and what became of those we work with."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Coalesce

from clientarium.core.readings import Attempt, BoughtSince, LostOnes, bought_since, lost_ones, returns_after_silence
from clientarium.core.strategy import chance_after, worth_of_return
from clientarium.decisions.clients import StateTable, current_publication, published_columns, state_model
from clientarium.decisions.contacts import company_policy, ledger_base, policy_number

from ..choices import Closing
from ..models import Case, LostClient, LostReading
from ..queries.lost import LOST, chance_rows, chances_of, latest_reading

ROWS_AT_ONCE = 2_000
LONGER = (2, 4)
"""Chances are counted at the policy's lost days, and at twice and four times as long: half a year, one, two."""


def read_lost() -> LostReading | None:
    """Read the lost of the publication in force unless that is done; None before the first pulse.

    Two processes may begin at once: the unique token lets one of them write.
    """
    publication = current_publication()
    latest = latest_reading()
    if publication is None or publication.as_of is None:
        return None
    if latest is not None and latest.token == publication.token:
        return latest
    if "lifecycle" not in {name.name for name in published_columns(publication)}:
        return latest
    try:
        return _read(publication)
    except IntegrityError:
        return latest_reading()


def _read(publication: StateTable) -> LostReading:
    base, rules, as_of = ledger_base(), company_policy(), publication.as_of
    assert as_of is not None
    first = int(rules.number("lost_days"))
    states: Any = state_model(publication)._default_manager
    ids = list(states.filter(lifecycle=LOST).values_list("pk", flat=True))
    cold = {name: float(rules.number(name)) for name in ("cold_days", "rhythm_factor")}
    found = lost_ones(base, as_of=as_of, client_ids=ids, **cold)
    counts = returns_after_silence(
        base,
        as_of=as_of,
        from_days=(first, *(first * times for times in LONGER)),
        rhythm_factor=float(rules.number("lost_rhythm_factor")),
    )
    reading = LostReading(
        token=publication.token,
        ledger_version=base.ledger.version(),
        as_of=as_of,
        measure=found.measure,
        chances=chance_rows(counts),
        clients=len(found.clients),
    )
    rows = list(_rows(found, reading))
    with transaction.atomic():
        reading.save(force_insert=True)
        LostReading.objects.exclude(pk=reading.pk).delete()
        LostClient.objects.all().delete()
        LostClient.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    follow_purchases(as_of)
    return reading


def _rows(found: LostOnes, reading: LostReading) -> Iterator[LostClient]:
    chances = chances_of(reading)
    share = Decimal(1) if found.measure == "margin" else policy_number("assumed_margin_share")
    for one in found.clients:
        chance = chance_after((reading.as_of - one.last_purchase_on).days, chances)
        past = Decimal(one.money) * share
        yield LostClient(
            client_id=one.client_id,
            last_purchase_on=one.last_purchase_on,
            lost_on=one.lost_on,
            past_year=past,
            chance=chance.share,
            expected=worth_of_return(past, chance),
        )


def follow_purchases(until: date) -> int:
    """Write what the facts up to `until` say of our cases; how many changed.

    First and second purchase and the money; a second one closes the case, and where its facts are taken back it opens.
    """
    cases = list(
        Case.objects.filter(closing__in=("", Closing.WON)).annotate(root=Coalesce("client__merged_into", "client"))
    )
    attempts = [Attempt(case.pk, case.root, case.opened_on) for case in cases]
    bought = bought_since(ledger_base(), attempts=attempts, until=until)
    changed = []
    for case in cases:
        before = _result(case)
        _put(case, bought.get(case.pk))
        if before != _result(case):
            changed.append(case)
    if changed:
        _write(changed)
    return len(changed)


@transaction.atomic
def _write(changed: Sequence[Case]) -> None:
    again = {case.client_id for case in changed if not case.second_purchase_on}
    taken = set(Case.objects.filter(client__in=again, closed_on__isnull=True).values_list("client_id", "pk"))
    ended = []
    for case in changed:
        if case.second_purchase_on:
            case.closed_on, case.closing = case.second_purchase_on, Closing.WON
        elif case.closing == Closing.WON:
            is_free = not any(client == case.client_id and pk != case.pk for client, pk in taken)
            case.closed_on, case.closing = (None, "") if is_free else (case.closed_on, Closing.NOT_NOW)
        else:  # what a person may be closing at this moment stays his
            continue
        ended.append(case)
    fields = ["first_purchase_on", "second_purchase_on", "returned"]
    Case.objects.bulk_update([case for case in changed if case not in ended], fields, batch_size=500)
    Case.objects.bulk_update(ended, [*fields, "closed_on", "closing"], batch_size=500)


def _result(case: Case) -> tuple[Any, ...]:
    return case.first_purchase_on, case.second_purchase_on, case.returned


def _put(case: Case, bought: BoughtSince | None) -> None:
    case.first_purchase_on = bought.first_on if bought else None
    case.second_purchase_on = bought.second_on if bought else None
    money = None if bought is None else bought.revenue if bought.margin is None else bought.margin
    case.returned = money
