"""A month later: with whom of those he kept each seller has made a deal, and whom he has not (1.8.7)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied

from clientarium.core.ground import add_months
from clientarium.core.readings import order_days
from clientarium.decisions.clients import root_id
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.people import Seller, User, sees_all_clients

from ..choices import Fate, WaveState
from ..models import Outcome, SellerChoice, Wave
from ..rules import can_see_waves

MONTHS_TO_A_DEAL = 1
"""«If there is not one deal in the month, the old contacts go to new sellers» (1.8.7)."""


@dataclass(frozen=True)
class SellerDeals:
    """Of the clients a seller kept: `deals` bought between the wave's end and `until`; the others are `waiting`."""

    seller: Seller
    kept: int
    deals: int
    waiting: tuple[int, ...]
    plan_margin: float | None

    @property
    def share(self) -> float | None:
        return self.deals / self.kept if self.kept else None


def deal_month(wave: Wave) -> tuple[date, date]:
    """(after, until]: the month in which a deal has to come."""
    after = wave.approved_on or wave.closed_on or wave.closes_on
    after = after - timedelta(days=1) if wave.approved_on else after
    return after, add_months(after, MONTHS_TO_A_DEAL)


def kept_in_force(day: date) -> dict[int, int]:
    """client → the seller who keeps him by an approved wave whose month has not run out on `day` (1.8.6, 1.8.7): until
    then nobody may take from him whom he has promised to work with."""
    approved = Wave.objects.filter(state=WaveState.APPROVED, approved_on__lte=day)
    running = [wave.pk for wave in approved if day <= deal_month(wave)[1]]
    outcomes = Outcome.objects.filter(wave__in=running).exclude(fate=Fate.POOL).annotate(root_id=root_id)
    return dict(outcomes.order_by("wave__approved_on", "pk").values_list("root_id", "seller_id"))


def deals_of(wave: Wave, *, by: User, day: date) -> list[SellerDeals]:
    """By seller, in the order of names; a seller sees himself only. Facts after `day` are not looked at."""
    if not can_see_waves(by):
        raise PermissionDenied
    kept: dict[int, set[int]] = defaultdict(set)
    outcomes = Outcome.objects.filter(wave=wave).exclude(fate=Fate.POOL).annotate(root_id=root_id)
    if not sees_all_clients(by):
        outcomes = outcomes.filter(seller_id=by.seller_id or 0)
    for seller_id, client_id in outcomes.values_list("seller_id", "root_id"):
        kept[seller_id].add(client_id)
    everybody = sorted({client for clients in kept.values() for client in clients})
    after, until = deal_month(wave)
    base = ledger_base()
    days = (
        order_days(base, client_ids=everybody, after=after, until=min(until, day))
        if everybody and base.ledger.version() >= 0
        else {}
    )
    plans = dict(SellerChoice.objects.filter(wave=wave).values_list("seller_id", "plan_margin"))
    sellers = Seller.objects.filter(pk__in=kept).order_by("name", "pk")
    return [
        SellerDeals(
            seller=seller,
            kept=len(kept[seller.pk]),
            deals=sum(1 for client in kept[seller.pk] if client in days),
            waiting=tuple(sorted(client for client in kept[seller.pk] if client not in days)),
            plan_margin=plans.get(seller.pk),
        )
        for seller in sellers
    ]


def without_deal(wave: Wave, *, by: User, day: date) -> list[int]:
    """Clients kept whose month has passed without one deal: to be passed on; empty while the month runs."""
    if day <= deal_month(wave)[1]:
        return []
    return sorted(client for one in deals_of(wave, by=by, day=day) for client in one.waiting)
