"""A plan that is not approved yet: counted anew at each look."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from clientarium.core.strategy import last_day_of, spread_figure
from clientarium.decisions.people import Seller
from clientarium.decisions.portfolios import terms_on, working_sellers
from clientarium.decisions.winback import Case, expected_of_sellers

from ..choices import PlanBasis, Spread
from ..models import MonthPlan
from .bottom_up import BottomUp, bottom_up
from .expected import NOTHING, expecting, plan_by_holder
from .growth import asked_by_seller, growth_by_seller
from .holder_sums import room_by_state
from .seller_month import PlanFact


def drafted(month: date, plan: MonthPlan | None) -> dict[int, PlanFact]:
    """By seller: everybody who works in the month or whose clients are expected to bring something."""
    found = bottom_up(month)
    if found.basis == PlanBasis.NONE:
        return {}
    sellers = {one.pk: one for one in working_sellers(last_day_of(month))}
    growth, asked, winback = growth_by_seller(plan), asked_by_seller(plan), _winback(month, found)
    newcomers = _newcomers(month, sellers, found)
    planned = {}
    for seller_id in {*sellers, *(seller for seller in found.by_seller if seller is not None)}:
        margin, clients = winback.get(seller_id, (0.0, 0))
        planned[seller_id] = PlanFact(
            seller_id,
            found.basis,
            found.by_seller.get(seller_id, NOTHING),
            growth=growth.get(seller_id, 0.0),
            asked=asked.get(seller_id, 0),
            winback=margin,
            winback_clients=clients,
            newcomer=newcomers.get(seller_id, 0.0),
        )
    return _decided(planned, plan)


def shares_of(plan: MonthPlan | None, planned: Mapping[int, PlanFact]) -> dict[int, Decimal]:
    """The firm's figure spread as the plan says; empty where there is no figure."""
    if plan is None or plan.top_down is None:
        return {}
    if plan.spread == Spread.EVEN:
        weights = dict.fromkeys(planned, 1.0)
    elif plan.spread == Spread.POTENTIAL:
        room = room_by_state(plan.month)
        weights = {seller_id: room.get(seller_id, 0.0) for seller_id in planned}
    else:
        weights = {seller_id: one.computed for seller_id, one in planned.items()}
    return spread_figure(plan.top_down, weights)


def _decided(planned: Mapping[int, PlanFact], plan: MonthPlan | None) -> dict[int, PlanFact]:
    """With the firm's figure beside, and the leader's own figures as the target."""
    shares = shares_of(plan, planned)
    overrides = {one.seller_id: one for one in plan.overrides.all()} if plan else {}
    found = {}
    for seller_id, one in planned.items():
        share, override = shares.get(seller_id), overrides.get(seller_id)
        found[seller_id] = replace(
            one,
            share=None if share is None else float(share),
            override=float(override.margin) if override else None,
            reason=override.reason if override else "",
            target=float(override.margin) if override else one.computed,
        )
    return found


def _winback(month: date, found: BottomUp) -> dict[int, tuple[float, int]]:
    """Seller → (margin beyond what is expected of the same clients anyway, clients in win-back)."""
    expected = {seller: (float(margin), clients) for seller, (margin, clients) in expected_of_sellers(month).items()}
    if not expected or found.basis != PlanBasis.STATE:
        return expected
    silent = Case.objects.filter(closed_on__isnull=True, first_purchase_on__isnull=True).values("client_id")
    counted = plan_by_holder(expecting(month).filter(pk__in=silent))
    return {
        seller: (max(0.0, margin - counted.get(seller, NOTHING).margin), clients)
        for seller, (margin, clients) in expected.items()
    }


def _newcomers(month: date, sellers: Mapping[int, Seller], found: BottomUp) -> dict[int, float]:
    """Who began in the month has a plan in it (1.8.11): his free places up to the norm, at the pool's usual client.

    The places are those of his terms; a pool of fewer clients than free places is shared evenly.
    """
    last = last_day_of(month)
    begun = [one.pk for one in sellers.values() if one.started_on is not None and month <= one.started_on <= last]
    pool = found.by_seller.get(None, NOTHING)
    if not begun or not pool.buyers:
        return {}
    terms = terms_on(last, begun)
    held = {seller: found.by_seller.get(seller, NOTHING).clients for seller in begun}
    free = {seller: max(0, terms[seller].norm_low - held[seller]) for seller in begun if seller in terms}
    places = sum(free.values())
    filled = min(1.0, pool.buyers / places) if places else 0.0
    return {seller: pool.margin / pool.buyers * count * filled for seller, count in free.items()}
