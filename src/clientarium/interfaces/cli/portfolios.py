"""Portfolios as one document: who serves how much, and the pool."""

from typing import Any

from clientarium.decisions.clock import counts_by_seller
from clientarium.decisions.contacts import definitions, working_day
from clientarium.decisions.people import Role, User
from clientarium.decisions.plans import plan_fact
from clientarium.decisions.portfolios import Load, SellerFigures, case_for_hiring, overview

SALES = "sales"


def portfolios_document() -> dict[str, Any]:
    """Every seller who works today with his load, plan and fact; the pool and the case for hiring (DOMAIN 1.8.12)."""
    day = working_day()
    figures, pool = overview(None, day)
    case = case_for_hiring(figures, pool, hourly_cost=float(definitions().norms.hourly(SALES)))
    plans = plan_fact(day, by=None)
    cold = counts_by_seller(User(role=Role.OWNER), day)  # whoever has the home has everything in it
    return {
        "day": day,
        "sellers": [_seller(one, plans.get(one.seller.pk), cold.get(one.seller.pk)) for one in figures],
        "pool": {
            "unheld": _load(pool.unheld),
            "of_left": _load(pool.of_left),
            "left": [one.name for one in pool.left],
            "clients_not_lost": case.clients,
            "above_ceilings": case.over,
            "free_places": case.free_places,
            "sellers_fed": pool.sellers_fed,
            "sellers_fed_with_overflow": case.sellers,
            "margin_year": case.pool_margin,
            "margin_with_overflow_year": case.margin,
            "margin_each_year": case.margin_each,
            "cost_of_a_seller_year": case.cost_year,
            "hiring_pays_off": case.pays_off,
        },
    }


def _seller(one: SellerFigures, plan: Any, cold: Any) -> dict[str, Any]:
    terms = one.terms
    return {
        "seller": one.seller.name,
        "strategy": terms.strategy,
        "norm": [terms.norm_low, terms.norm_high],
        "ceiling": terms.ceiling,
        "fill": one.fill.value,
        **_load(one.load),
        "cold": one.load.cold if cold is None else cold.cold,
        "active_share": one.load.active_share,
        "hours_have": one.hours_have,
        "away_until": one.absence.last_day if one.absence else None,
        "is_away": one.absence is not None,
        "plan": None if plan is None else plan.target,
        "fact": None if plan is None else plan.fact.margin,
    }


def _load(load: Load) -> dict[str, Any]:
    return {
        "held": load.held,
        "served": load.served,
        "active": load.active,
        "cold": load.cold,
        "lost": load.lost,
        "hours_needed": load.hours,
        "margin_12m": load.margin_12m,
        "expected_margin_365d": load.expected_margin_365d,
    }
