"""The week's list: twenty clients a seller, the dearest first; what he has not answered yet comes along."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from clientarium.core.readings import product_groups_of
from clientarium.decisions.clients import Client
from clientarium.decisions.contacts import ledger_base, policy_number, sellers_who_sign_in, working_day
from clientarium.decisions.journal import record_many
from clientarium.decisions.people import Seller, User

from ..choices import WinbackVerb
from ..models import Case, CaseProduct, LostClient, Week
from ..queries.lost import to_offer
from ..queries.weekdays import monday_of
from .reading import read_lost


def week_of(seller: Seller, *, today: date | None = None) -> Week | None:
    """The current week of `seller`, given out now if nobody has been yet; None before the first pulse.

    A page that only looks at a week that stands writes nothing.
    """
    monday = monday_of(working_day(today=today))
    week = Week.objects.filter(seller=seller, monday=monday).first()
    return week or _give(seller, monday, on=working_day(today=today))


def _give(seller: Seller, monday: date, *, on: date) -> Week | None:
    reading = read_lost()
    if reading is None:
        return None
    with transaction.atomic():
        Seller.objects.select_for_update().get(pk=seller.pk)  # two tabs opened at once give out one week
        week, is_new = Week.objects.get_or_create(seller=seller, monday=monday, defaults={"as_of": reading.as_of})
        if not is_new:
            return week
        waiting = Case.objects.filter(held_by(seller), closed_on__isnull=True, filled_on__isnull=True)
        week.carried = waiting.filter(first_purchase_on__isnull=True).count()
        room = max(0, int(policy_number("winback_week")) - week.carried)
        lost = LostClient.objects.filter(client__holder=seller, client__merged_into__isnull=True)
        chosen = list(to_offer(lost, on=on).select_related("client")[:room])
        open_cases(chosen, seller=seller, on=on, monday=monday, by=None)
        week.given = len(chosen)
        week.save(update_fields=["carried", "given"])
        return week


def give_weeks(*, today: date | None = None) -> int:
    """The week of every seller who signs in, where it was not given out yet; how many were."""
    if read_lost() is None:
        return 0
    monday = monday_of(working_day(today=today))
    have = set(Week.objects.filter(monday=monday).values_list("seller_id", flat=True))
    missing = [seller for seller in sellers_who_sign_in() if seller.pk not in have]
    for seller in missing:
        week_of(seller, today=today)
    return len(missing)


def held_by(seller: Seller) -> Q:
    """Cases of the clients `seller` holds now."""
    return Q(client__merged_into__isnull=True, client__holder=seller) | Q(client__merged_into__holder=seller)


def open_cases(
    lost: Sequence[LostClient], *, seller: Seller | None, on: date, monday: date | None, by: User | None
) -> list[Case]:
    """Cases for `lost`, with what is known of them now; the caller holds the transaction, and none is open."""
    base = ledger_base()
    ids = [one.client_id for one in lost]
    products = product_groups_of(base, client_ids=ids, as_of=on) if base.ledger.version() >= 0 else {}
    cases = Case.objects.bulk_create(
        Case(
            client_id=one.client_id,
            seller=seller,
            opened_on=on,
            monday=monday,
            opened_by=by,
            last_purchase_on=one.last_purchase_on,
            lost_on=one.lost_on,
            past_year=one.past_year,
            chance=one.chance,
            expected=one.expected,
        )
        for one in lost
    )
    CaseProduct.objects.bulk_create(
        CaseProduct(case=case, name=name[:300], group=(group or "")[:300], revenue=revenue)
        for case in cases
        for name, group, revenue in products.get(case.client_id, ())
    )
    clients = Client.objects.in_bulk([case.client_id for case in cases])
    record_many(
        WinbackVerb.WINBACK_OPENED,
        targets=[(clients[case.client_id], {"case": case.pk}, None) for case in cases],
        by=by,
    )
    return cases
