"""How far each seller's days have come: for whoever leads them. In the order of names, because it is no race."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q

from clientarium.decisions.people import Seller, User

from ..choices import REACHED_RESULTS, LineKind, Result
from ..models import PlannedCall, Touch
from ..rules import can_lead_days, can_see_day
from .day_lines import Progress
from .touches import standing


@dataclass(frozen=True)
class SellerCoverage:
    """One seller over some days. `days`: planned ones; `thrown_away`: lines of clients once called at a bad time."""

    seller: Seller
    days: int
    progress: Progress
    thrown_away: int
    without_next: int  # talks that ended without a date, each with its reason


@dataclass(frozen=True)
class Coverage:
    first: date
    last: date
    sellers: tuple[SellerCoverage, ...]

    @property
    def total(self) -> Progress:
        return sum((one.progress for one in self.sellers), Progress())


COUNTS = ("planned", "days", "done", "reached", "ordered", "overdue", "thrown_away")


def coverage(first: date, last: date, *, by: User) -> Coverage:
    """Planned, done, reached, ordered, overdue of every seller with a plan or a contact in first..last.

    Raises PermissionDenied unless `by` leads the sellers. A client passed on since counts for who had him on the day.
    """
    if not can_lead_days(by):
        raise PermissionDenied
    calls = _calls(first, last)
    extra, without = _touches(first, last)
    ids = set(calls) | set(extra)
    sellers = Seller.objects.filter(pk__in=ids).order_by("name", "pk")
    rows = []
    for seller in sellers:
        counts = calls.get(seller.pk, {})
        progress = Progress(
            planned=counts.get("planned", 0),
            done=counts.get("done", 0),
            reached=counts.get("reached", 0),
            ordered=counts.get("ordered", 0),
            overdue=counts.get("overdue", 0),
            extra=extra.get(seller.pk, 0) - counts.get("done", 0) if extra.get(seller.pk) else 0,
        )
        rows.append(
            SellerCoverage(
                seller, counts.get("days", 0), progress, counts.get("thrown_away", 0), without.get(seller.pk, 0)
            )
        )
    return Coverage(first, last, tuple(rows))


def sellers_to_look_at(user: User) -> list[Seller]:
    """Whose day `user` may open: his own, or all who hold clients, by name."""
    holding = Seller.objects.filter(clients__isnull=False, clients__merged_into__isnull=True)
    holding = holding.distinct().order_by("name", "pk")
    return [seller for seller in holding if can_see_day(user, seller)]


def _calls(first: date, last: date) -> dict[int, dict[str, int]]:
    lines = PlannedCall.objects.filter(on__gte=first, on__lte=last, is_held_out=False)
    counted = lines.values("seller_id").annotate(
        planned=Count("pk"),
        days=Count("on", distinct=True),
        done=Count("pk", filter=Q(outcome__isnull=False)),
        reached=Count("pk", filter=Q(outcome__result__in=REACHED_RESULTS)),
        ordered=Count("pk", filter=Q(outcome__result=Result.ORDERED)),
        overdue=Count("pk", filter=Q(outcome__isnull=True, agreed_in__next_on__lt=F("on"))),
        thrown_away=Count("pk", filter=Q(kind=LineKind.THROWN_AWAY)),
    )
    return {row["seller_id"]: {name: int(row[name]) for name in COUNTS} for row in counted}  # type: ignore[literal-required]


def _touches(first: date, last: date) -> tuple[dict[int, int], dict[int, int]]:
    """(contacts, talks without a next date) by seller."""
    touches = Touch.objects.filter(standing, on__gte=first, on__lte=last, seller__isnull=False)
    counted = touches.values("seller_id").annotate(
        touches=Count("client_id", distinct=True), without=Count("pk", filter=~Q(no_next_reason=""))
    )
    found: dict[int, int] = defaultdict(int)
    without: dict[int, int] = {}
    for row in counted:
        found[row["seller_id"]], without[row["seller_id"]] = row["touches"], row["without"]
    return dict(found), without
