"""Lists as their readers see them, and the rows of one as the solver does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from clientarium.core.strategy import Contender
from clientarium.decisions.people import User

from ..models import Scenario, Shortlist
from ..rules import can_choose


@dataclass(frozen=True)
class ListLine:
    """A list among others: how many ask, how many scenarios, and the decided one."""

    shortlist: Shortlist
    contenders: int
    scenarios: int
    decided: Scenario | None


def shortlists(user: User) -> QuerySet[Shortlist]:
    """Those not put away; none for who does not choose."""
    if not can_choose(user):
        return Shortlist.objects.none()
    return Shortlist.objects.select_related("made_by").filter(dropped_at__isnull=True)


def list_lines(user: User, *, most: int) -> Sequence[ListLine]:
    """The newest first."""
    decided = Scenario.objects.filter(decided_at__isnull=False).select_related("decided_by").defer("answer")
    found: QuerySet[Any] = (
        shortlists(user)
        .annotate(contenders=Count("rows", distinct=True), tried=Count("scenarios", distinct=True))
        .order_by("-pk")
        .prefetch_related(Prefetch("scenarios", queryset=decided, to_attr="decisions"))
    )
    return [ListLine(one, one.contenders, one.tried, next(iter(one.decisions), None)) for one in found[:most]]


def contenders_of(shortlist: Shortlist) -> list[Contender]:
    """By position, which is their key."""
    return [
        Contender(
            key=row.position,
            name=row.name,
            margin=float(row.margin),
            needs=row.needs,
            penalty=float(row.penalty),
            probability=row.probability,
            layer=row.layer,
            grade=row.grade,
            starts=row.starts,
            ends=row.ends,
            return_on_cost=row.return_on_cost,
        )
        for row in shortlist.rows.all()
    ]
