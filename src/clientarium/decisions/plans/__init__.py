"""The month's plan of each seller from the bottom up, and how it goes.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clientarium.core.strategy import Expected

    from .choices import PlanBasis, PlanVerb, Spread
    from .domain import (
        answer_growth,
        approve_plan,
        note_payroll,
        override_plan,
        remove_answer,
        remove_override,
        reopen_plan,
        set_figure,
        take_spread,
    )
    from .models import GrowthStep, MonthPlan, PlanLine, SellerOverride, SellerPlan
    from .queries import (
        ClientLine,
        Fact,
        PlanFact,
        PlanSum,
        SellerLines,
        basis_of,
        expected_of,
        line_of,
        lines_of,
        plan_fact,
        plan_of_choice,
        plans_of_choices,
    )
    from .rules import can_answer_growth, can_lead_plans, can_see_plan, can_see_plans

__all__ = [
    "ClientLine",
    "Expected",
    "Fact",
    "GrowthStep",
    "MonthPlan",
    "PlanBasis",
    "PlanFact",
    "PlanLine",
    "PlanSum",
    "PlanVerb",
    "SellerLines",
    "SellerOverride",
    "SellerPlan",
    "Spread",
    "answer_growth",
    "approve_plan",
    "basis_of",
    "can_answer_growth",
    "can_lead_plans",
    "can_see_plan",
    "can_see_plans",
    "expected_of",
    "line_of",
    "lines_of",
    "note_payroll",
    "override_plan",
    "plan_fact",
    "plan_of_choice",
    "plans_of_choices",
    "remove_answer",
    "remove_override",
    "reopen_plan",
    "set_figure",
    "take_spread",
]

PLACES = {
    "clientarium.core.strategy": ("Expected",),
    ".choices": ("PlanBasis", "PlanVerb", "Spread"),
    ".models": ("GrowthStep", "MonthPlan", "PlanLine", "SellerOverride", "SellerPlan"),
    ".queries": (
        "ClientLine",
        "Fact",
        "PlanFact",
        "PlanSum",
        "SellerLines",
        "basis_of",
        "expected_of",
        "line_of",
        "lines_of",
        "plan_fact",
        "plan_of_choice",
        "plans_of_choices",
    ),
    ".rules": ("can_answer_growth", "can_lead_plans", "can_see_plan", "can_see_plans"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
