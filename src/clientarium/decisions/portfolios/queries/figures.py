"""How loaded every seller is against what he can serve."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from clientarium.core.ground import add_months
from clientarium.decisions.clients import StateStamp, StateTable, current_publication, state_stamp
from clientarium.decisions.contacts import definitions, working_day
from clientarium.decisions.people import Seller, User, rules

from ..choices import OVERFULL, Fill
from ..models import Absence
from ..rules import can_lead_portfolios, can_see_portfolio, has_portfolio
from .hours import STATES_KEPT, work_rules
from .load import Load, load_of, loads_by_holder, states_seen_by
from .terms import TermsOn, terms_on
from .working import absences_on, hours_left, working_sellers

NEW_SELLER_DAYS = 92
"""A seller is new for his first three months: his portfolio is still being filled."""


@dataclass(frozen=True)
class SellerFigures:
    """One seller: what he holds against what he can serve. `hours_have`: without the days of this month he is away."""

    seller: Seller
    terms: TermsOn
    load: Load
    hours_have: float
    absence: Absence | None = None
    is_new: bool = False

    @property
    def fill(self) -> Fill:
        if not self.load.held:
            return Fill.EMPTY
        if self.load.held > self.terms.ceiling:
            return Fill.OVER_CEILING
        if self.load.hours > self.hours_have > 0:
            return Fill.OVER_HOURS
        if self.load.held > self.terms.norm_high:
            return Fill.OVER_NORM
        return Fill.UNDER if self.load.held < self.terms.norm_low else Fill.WITHIN

    @property
    def is_overfull(self) -> bool:
        return self.fill in OVERFULL

    @property
    def over(self) -> int:
        """Clients above the ceiling."""
        return max(0, self.load.held - self.terms.ceiling)

    @property
    def free(self) -> int:
        """Places under the ceiling."""
        return max(0, self.terms.ceiling - self.load.held)


def figures_of_sellers(by: User | None, day: date | None = None) -> list[SellerFigures]:
    """Everybody who works on `day` (whoever leads, and the program itself: None), or the seller himself; by name.

    Raises PermissionDenied for whoever has no portfolio to see. Two thirds of the figures are the published state's:
    they are as old as it is.
    """
    if by is not None and not (can_lead_portfolios(by) or has_portfolio(by)):
        raise PermissionDenied
    day = day or working_day()
    sellers = working_sellers(day)
    if by is not None and not can_lead_portfolios(by):
        sellers = [one for one in sellers if one.pk == by.seller_id]
    return figures_from(loads_seen_by(by), sellers, day)


def loads_seen_by(by: User | None) -> dict[int | None, Load]:
    """seller_id → the load of the clients `by` sees (None: the program itself, all); None → of those nobody holds."""
    publication = current_publication()
    if publication is None or (by is not None and not rules.sees_all_clients(by)):
        return loads_by_holder(states_seen_by(by, publication), publication, work_rules(publication))
    return dict(_loads_of_all(state_stamp(publication), definitions().hash))


@lru_cache(maxsize=STATES_KEPT)
def _loads_of_all(stamp: StateStamp, rules_hash: str) -> Mapping[int | None, Load]:  # noqa: ARG001 -- the key of what is kept
    """Remembered by process: a million clients take the database seconds, and pages ask again and again."""
    publication = StateTable.objects.filter(token=stamp.token).first()
    return loads_by_holder(states_seen_by(None, publication), publication, work_rules(publication))


def load_of_seller(seller: Seller, *, by: User, day: date | None = None) -> SellerFigures:
    """One seller's figures, also of one who has left. Raises PermissionDenied for a foreign portfolio."""
    if not can_see_portfolio(by, seller):
        raise PermissionDenied
    publication = current_publication()
    states = states_seen_by(by, publication).filter(holder=seller)
    load = load_of(states, publication, work_rules(publication))
    return figures_from({seller.pk: load}, [seller], day or working_day())[0]


def figures_from(loads: Mapping[int | None, Load], sellers: Sequence[Seller], day: date) -> list[SellerFigures]:
    """The figures of `sellers` on `day` from loads summed already."""
    terms = terms_on(day, [one.pk for one in sellers])
    away = absences_on(day)
    of_month = _absences_of(sellers, day)
    return [
        SellerFigures(
            seller=one,
            terms=terms[one.pk],
            load=loads.get(one.pk, Load()),
            hours_have=hours_left(terms[one.pk].hours_month, of_month.get(one.pk, []), month=day),
            absence=away.get(one.pk),
            is_new=one.started_on is not None and 0 <= (day - one.started_on).days < NEW_SELLER_DAYS,
        )
        for one in sellers
    ]


def _absences_of(sellers: Sequence[Seller], day: date) -> dict[int, list[Absence]]:
    first = day.replace(day=1)
    rows = Absence.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=first), first_day__lt=add_months(first, 1), seller__in=sellers
    )
    found: dict[int, list[Absence]] = {}
    for one in rows:
        found.setdefault(one.seller_id, []).append(one)
    return found
