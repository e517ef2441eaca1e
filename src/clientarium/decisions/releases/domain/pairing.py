"""Finding who is like the clients of the group on the day of the decision, before anything is known of after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from secrets import randbelow
from typing import Any

from django.db.models import F, QuerySet

from clientarium.core.readings import client_periods
from clientarium.core.strategy import Pair, Past, pairs_of
from clientarium.decisions.clients import states_visible_to
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.people import User
from clientarium.decisions.runs import current_definitions

from ..choices import ReleaseState, Side
from ..models import ReleaseClient

ONE_DAY, YEAR = timedelta(days=1), timedelta(days=365)
PRIME, SPREAD = 10_007, 7_919
"""A lot is (number · SPREAD + a random start) modulo PRIME: the database draws it, and no order of numbers tells it."""

MOST_MEASURED = 1_000
MOST_ALIKE = 10_000
"""A thousand pairs make an interval narrower than any plan; looked for among ten times as many."""


@dataclass(frozen=True)
class Paired:
    """`sampled` of the group were looked at for somebody like them."""

    pairs: list[Pair]
    sampled: int


def halves_by_lot(states: QuerySet[Any]) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """The group cut in two by chance: whom the step touches first, and who stays as he was to compare with."""
    drawn = states.annotate(lot=(F("pk") * SPREAD + randbelow(PRIME)) % PRIME)
    return drawn.filter(lot__lt=PRIME // 2), drawn.filter(lot__gte=PRIME // 2)


def outside_of(states: QuerySet[Any], *, by: User) -> QuerySet[Any]:
    """Everybody else of the base, but those other decisions are about."""
    decided = ReleaseClient.objects.filter(side=Side.GROUP, release__state=ReleaseState.OPEN).values("client")
    return states_visible_to(by).exclude(pk__in=states.order_by().values("pk")).exclude(pk__in=decided)


def pair_group(states: QuerySet[Any], outside: QuerySet[Any], *, measure: str, starts_on: date) -> Paired:
    """Pairs by the year before `starts_on`, read of the ledger; of a large group an even thousand is paired."""
    names = {field.name for field in outside.model._meta.concrete_fields}
    if "orders_all" in names:
        outside = outside.filter(orders_all__gt=0)
    if "is_stopped" in names:
        outside = outside.exclude(is_stopped=True)
    graded = "grade" in names
    group, others = (_evenly(rows, most, graded) for rows, most in ((states, MOST_MEASURED), (outside, MOST_ALIKE)))
    span = (starts_on - YEAR, starts_on - ONE_DAY)
    ids = [*group, *others]
    (year,) = client_periods(ledger_base(), client_ids=ids, spans=[span], norms=current_definitions().norms)

    def past(clients: dict[int, str | None]) -> Sequence[Past]:
        """Who neither bought nor was touched that year was like nobody who did."""
        return [
            Past(one, grade, float(getattr(year[one], measure)), year[one].minutes, year[one].orders)
            for one, grade in clients.items()
            if one in year
        ]

    return Paired(pairs_of(past(group), past(others)), sampled=len(group))


def _evenly(states: QuerySet[Any], most: int, graded: bool) -> dict[int, str | None]:
    """client → grade of at most about `most` clients, every n-th by number."""
    step = -(-states.count() // most)
    rows = states.order_by("pk")
    if step > 1:
        rows = rows.annotate(place=F("pk") % step).filter(place=0)
    if not graded:
        return dict.fromkeys(rows.values_list("pk", flat=True))
    return dict(rows.values_list("pk", "grade"))
