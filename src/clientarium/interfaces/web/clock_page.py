"""The list of the clock's page: who turns cold and who is, with the holder and what he brings."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest

from clientarium.decisions.clock import ClockCounts, ClockOf, RulesOn, clock_states, clocks_in, counts_by_seller
from clientarium.decisions.people import Seller, rules

SHOWN = 50
COLD = "cold"
COUNTED = ("held", "first", "second", "last", "cold")


@dataclass(frozen=True)
class Due:
    """One of the tabs: `days` within which clients turn cold (None: cold already), how many."""

    key: str
    days: int | None
    clients: int


@dataclass(frozen=True)
class Line:
    clock: ClockOf
    holder: str | None
    margin: Any


@dataclass(frozen=True)
class ClockList:
    """What the page shows of the clients asked for; `more` says whether others stand on the next page."""

    dues: list[Due]
    due: Due
    lines: list[Line]
    page: int
    more: bool


def clock_list(
    request: HttpRequest, *, day: date, on: RulesOn, seller: Seller | None, counts: ClockCounts
) -> ClockList:
    """The clients of `seller` (None: everybody's the person sees) that `?due=` asks for, the nearest to cold first."""
    dues = _dues(counts, on)
    due = next((one for one in dues if one.key == request.GET.get("due")), dues[0])
    page = max(_number(request.GET.get("page", "")), 1)
    states = clock_states(request.user, day, rules=on).filter(holder_id__isnull=False)
    if seller is not None:
        states = states.filter(holder_id=seller.pk)
    asked = _asked(states, due)
    start = (page - 1) * SHOWN
    ids = list(asked.values_list("pk", flat=True)[start : start + SHOWN + 1])
    clocks = {one.client_id: one for one in clocks_in(states.filter(pk__in=ids[:SHOWN]), day=day, rules=on)}
    margins = _margins(states, ids) if rules.sees_money(request.user) else {}
    names = dict(Seller.objects.filter(pk__in={one.holder_id for one in clocks.values()}).values_list("pk", "name"))
    lines = [
        Line(clocks[pk], names.get(clocks[pk].holder_id or 0), margins.get(pk)) for pk in ids[:SHOWN] if pk in clocks
    ]
    return ClockList(dues, due, lines, page, len(ids) > SHOWN)


def counted(
    request: HttpRequest, *, day: date, on: RulesOn, seller: Seller | None
) -> tuple[ClockCounts, dict[int, ClockCounts]]:
    """The counts of the sellers asked for summed, and of each."""
    held = {pk: one for pk, one in counts_by_seller(request.user, day, rules=on).items() if pk is not None}
    asked = [one for pk, one in held.items() if seller is None or pk == seller.pk]
    total = {name: sum(getattr(one, name) for one in asked) for name in COUNTED}
    return ClockCounts(**total), held


def _dues(counts: ClockCounts, on: RulesOn) -> list[Due]:
    first, second, last = on.firm.warn_days
    return [
        Due(str(first), first, counts.soon),
        Due(str(second), second, counts.within_second),
        Due(str(last), last, counts.last),
        Due(COLD, None, counts.cold),
    ]


def _asked(states: QuerySet[Any], due: Due) -> QuerySet[Any]:
    """Those about to turn cold by the day; the cold ones the latest first: they are easier to bring back."""
    if due.days is None:
        return states.filter(days_left__lte=0).order_by(F("days_left").desc(), "pk")
    return states.filter(days_left__range=(1, due.days)).order_by("days_left", "pk")


def _margins(states: QuerySet[Any], ids: list[int]) -> dict[int, Any]:
    columns = {field.name for field in states.model._meta.get_fields()}
    if "margin_12m" not in columns:
        return {}
    return dict(states.model._default_manager.filter(pk__in=ids).values_list("pk", "margin_12m"))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1
