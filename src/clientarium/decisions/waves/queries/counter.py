"""What a seller's marks mean while he makes them: norm, ceiling, hours, and the plan they bring him."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max

from clientarium.core.ground import add_months
from clientarium.decisions.clients import current_publication, state_model
from clientarium.decisions.people import Seller, User
from clientarium.decisions.plans import PlanSum, plan_of_choice, plans_of_choices
from clientarium.decisions.portfolios import (
    Load,
    TermsOn,
    can_see_portfolio,
    load_of,
    loads_by_holder,
    terms_on,
    work_rules,
    working_sellers,
)

from ..models import Choice, Wave
from ..rules import can_lead_waves
from .marks import kept_by, kept_in


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
    month = plan_month(wave)
    publication = current_publication()
    rules = work_rules(publication)
    states = state_model(publication)._default_manager.filter(holder_id=seller.pk)
    kept = kept_by(wave, seller.pk).values("pk")
    return Counter(
        seller=seller,
        terms=terms_on(month, [seller.pk])[seller.pk],
        held=load_of(states, publication, rules),
        kept=load_of(states.filter(pk__in=kept), publication, rules),
        plan=plan_of_choice(kept, month),
        month=month,
    )


def counters_of(wave: Wave, *, by: User, day: date) -> list[tuple[Counter, Any]]:
    """Everybody who takes part, with the moment of his last mark (None: none yet), in the order of names."""
    if not can_lead_waves(by):
        raise PermissionDenied
    sellers = working_sellers(day)
    month = plan_month(wave)
    publication = current_publication()
    rules = work_rules(publication)
    states = state_model(publication)._default_manager.all()
    kept = kept_in(wave).values("pk")
    of_all, of_kept = (loads_by_holder(rows, publication, rules) for rows in (states, states.filter(pk__in=kept)))
    plans = plans_of_choices(kept, month)
    terms = terms_on(month, [one.pk for one in sellers])
    marked = Choice.objects.filter(wave=wave).values_list("seller_id").annotate(at=Max("at"))
    last = dict(marked.values_list("seller_id", "at"))
    found = []
    for one in sellers:
        held, keeps = of_all.get(one.pk, Load()), of_kept.get(one.pk, Load())
        plan = plans.get(one.pk, PlanSum(0.0, 0.0, 0.0, 0))
        found.append((Counter(one, terms[one.pk], held, keeps, plan, month), last.get(one.pk)))
    return found
