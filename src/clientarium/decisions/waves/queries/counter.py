"""What a seller's marks mean while he makes them: norm, ceiling, hours, and the plan they bring him."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max

from clientarium.core.ground import add_months
from clientarium.decisions.clients import current_publication, state_model
from clientarium.decisions.people import Seller, User
from clientarium.decisions.plans import PlanSum, plan_of_choice
from clientarium.decisions.portfolios import (
    Load,
    TermsOn,
    can_see_portfolio,
    load_of,
    terms_on,
    work_rules,
    working_sellers,
)

from ..models import Choice, Wave
from ..rules import can_lead_waves
from .marks import kept_by


@dataclass(frozen=True)
class Counter:
    """`kept` and `held` are loads; `plan` is of the month after the wave, of the marked clients only."""

    seller: Seller
    terms: TermsOn
    held: Load
    kept: Load
    plan: PlanSum
    month: date

    @property
    def left(self) -> int:
        """Clients he leaves to the pool."""
        return self.held.held - self.kept.held

    @property
    def is_over_ceiling(self) -> bool:
        return self.kept.held > self.terms.ceiling

    @property
    def is_over_norm(self) -> bool:
        return self.kept.held > self.terms.norm_high

    @property
    def is_over_hours(self) -> bool:
        return self.kept.hours > self.terms.hours_month > 0

    @property
    def share_of_ceiling(self) -> float:
        return min(1.0, self.kept.held / self.terms.ceiling) if self.terms.ceiling else 1.0


def plan_month(wave: Wave) -> date:
    """The first day of the month after the wave: from then the plan stands on whom he keeps (1.8.10)."""
    return add_months((wave.closed_on or wave.closes_on).replace(day=1), 1)


def counter_of(wave: Wave, seller: Seller, *, by: User) -> Counter:
    """The counter of one seller; PermissionDenied for a foreign portfolio."""
    if not can_see_portfolio(by, seller):
        raise PermissionDenied
    return _counters(wave, [seller])[0]


def counters_of(wave: Wave, *, by: User, day: date) -> list[tuple[Counter, Any]]:
    """Everybody who takes part, with the moment of his last mark (None: none yet), in the order of names."""
    if not can_lead_waves(by):
        raise PermissionDenied
    sellers = working_sellers(day)
    last = dict(
        Choice.objects.filter(wave=wave).values_list("seller_id").annotate(at=Max("at")).values_list("seller_id", "at")
    )
    return [(one, last.get(one.seller.pk)) for one in _counters(wave, sellers)]


def _counters(wave: Wave, sellers: Sequence[Seller]) -> list[Counter]:
    month = plan_month(wave)
    publication = current_publication()
    rules = work_rules(publication)
    states = state_model(publication)._default_manager.all()
    terms = terms_on(month, [one.pk for one in sellers])
    found = []
    for seller in sellers:
        kept = kept_by(wave, seller.pk).values("pk")
        found.append(
            Counter(
                seller=seller,
                terms=terms[seller.pk],
                held=load_of(states.filter(holder_id=seller.pk), publication, rules),
                kept=load_of(states.filter(pk__in=kept), publication, rules),
                plan=plan_of_choice(kept, month),
                month=month,
            )
        )
    return found
