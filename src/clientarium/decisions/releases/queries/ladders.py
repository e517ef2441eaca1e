"""The ladder for a group under assumptions: those of the policy, or as the page has moved them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

from clientarium.core.strategy import Assumptions, Outcome, Rung, Small, ladder, least_order
from clientarium.decisions.contacts import policy_number
from clientarium.decisions.people import User

from .groups import Group, group_of, small_of

BY_POLICY = {
    "reprice_leave": "release_leave_reprice",
    "reprice_rise": "release_price_rise",
    "reprice_kept": "release_price_kept",
    "minimum_leave": "release_leave_minimum",
    "self_service_leave": "release_leave_self_service",
    "self_service_saved": "release_saved_self_service",
    "fewer_touches_leave": "release_leave_fewer_touches",
    "fewer_touches_saved": "release_saved_fewer_touches",
    "growth": "release_growth_share",
}
MONEY_ASSUMED = "minimum_order"
SHARES = tuple(BY_POLICY)


@dataclass(frozen=True)
class Ladder:
    """A group, what is assumed, and what each rung gives. `by_itself`: the least order that pays for its service."""

    group: Group
    assumed: Assumptions
    small: Small
    by_itself: Decimal | None
    outcomes: dict[Rung, Outcome]

    @property
    def best(self) -> Outcome | None:
        """The rung with the greatest balance above nought; None where none is, or what hours earn is not known."""
        told = [one for one in self.outcomes.values() if one.balance is not None and one.balance > 0]
        return max(told, key=lambda one: one.balance or 0, default=None)


def ladder_of(where: str, *, by: User, moved: Mapping[str, Decimal] | None = None) -> Ladder:
    """`moved`: assumptions set by hand, parts of one (the least order in money). Raises as `group_of`."""
    group = group_of(where, by=by)
    by_itself = least_order(group.money, group.own.orders)
    assumed = assumptions(moved or {}, group=group, by_itself=by_itself)
    small = small_of(group, assumed.minimum_order, by=by)
    outcomes = ladder(group.money, small, assumed, money_an_hour=group.growth_an_hour)
    return Ladder(group, assumed, small, by_itself, outcomes)


def assumptions(moved: Mapping[str, Decimal], *, group: Group, by_itself: Decimal | None) -> Assumptions:
    """What was moved, the policy for the rest; the least order is the one that pays for itself, else the mean one."""
    mean = group.own.revenue / group.own.orders if group.own.orders > 0 else Decimal(0)
    usual = by_itself if by_itself is not None else mean.quantize(Decimal(1))
    by_policy = {name: policy_number(line) for name, line in BY_POLICY.items()} | {
        MONEY_ASSUMED: max(usual, Decimal(0))
    }
    return Assumptions(**{field.name: moved.get(field.name, by_policy[field.name]) for field in fields(Assumptions)})
