"""Each client's clock as people read it: when he bought last, when he turns cold, what holds the clock."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Max, QuerySet
from django.db.models.functions import Coalesce, Greatest, Least

from clientarium.decisions.clients import current_publication, root_id, states_visible_to
from clientarium.decisions.contacts import working_day
from clientarium.decisions.people import Visitor

from .days_left import exceptions_on, takeovers_on, with_days_left
from .past import clocks_on_past_day
from .readings import ClockCounts, ClockOf, nearest, warning_of
from .versions import RuleNumbers, RulesOn, rules_on

IDS_PER_QUERY = 500


def clock_states(by: Visitor, day: date | None = None, *, rules: RulesOn | None = None) -> QuerySet[Any]:
    """The published states `by` sees, with `days_left` on `day`, which is today or later."""
    return with_days_left(states_visible_to(by, publication=current_publication()), day, rules=rules)


def clocks_of(client_ids: Collection[int] | None, *, by: Visitor, day: date | None = None) -> list[ClockOf]:
    """The clocks of these clients (None: all) as far as `by` sees them, the nearest to cold first.

    A day that has passed is computed again: from the facts up to it, its holders, exceptions and rule.
    """
    today = working_day()
    day = day or today
    if day < today:
        return clocks_on_past_day(client_ids, by=by, day=day)
    rules = rules_on(day, today=today)
    states = clock_states(by, day, rules=rules)
    if client_ids is None:
        return clocks_in(states, day=day, rules=rules)
    ids, found = sorted(client_ids), list[ClockOf]()
    for start in range(0, len(ids), IDS_PER_QUERY):
        found += clocks_in(states.filter(pk__in=ids[start : start + IDS_PER_QUERY]), day=day, rules=rules)
    return sorted(found, key=nearest)


def clocks_in(states: QuerySet[Any], *, day: date, rules: RulesOn) -> list[ClockOf]:
    """The clocks of states that carry `days_left`, the nearest to cold first."""
    rows = list(states.order_by(F("days_left").asc(nulls_last=True), "pk").values(*READ))
    ids = [row["pk"] for row in rows]
    exceptions, takeovers = _exceptions(ids, day=day), _takeovers(ids, day=day, rule=rules.firm)
    return [_clock(row, day=day, rules=rules, exceptions=exceptions, takeovers=takeovers) for row in rows]


READ = ("pk", "name", "holder_id", "silent_days", "days_left", "allowed_days")


def counts_by_seller(
    by: Visitor, day: date | None = None, *, rules: RulesOn | None = None
) -> dict[int | None, ClockCounts]:
    """seller (None: nobody holds them) → how many clients are near cold and cold; one query, summed by the database."""
    day = day or working_day()
    rules = rules or rules_on(day)
    soonest = rules.firm.warn_days[0]
    # Beyond the first warning all days are alike: the database sums a million clients into a few rows of each seller.
    near = Least(Greatest(Coalesce(F("days_left"), soonest + 1), 0), soonest + 1)
    states = clock_states(by, day, rules=rules).order_by().annotate(near=near).values("holder_id", "near")
    found: dict[int | None, Counter[int]] = defaultdict(Counter)
    for holder, left, clients in states.annotate(clients=Count("pk")).values_list("holder_id", "near", "clients"):
        found[holder][left] += clients
    return {holder: _counts(lefts, rules.firm.warn_days) for holder, lefts in found.items()}


def _counts(lefts: Counter[int], warn_days: tuple[int, ...]) -> ClockCounts:
    first, second, last = warn_days

    def between(after: int, until: int) -> int:
        return sum(clients for left, clients in lefts.items() if after < left <= until)

    return ClockCounts(
        held=lefts.total(),
        first=between(second, first),
        second=between(last, second),
        last=between(0, last),
        cold=between(-1, 0),
    )


def cold_now(by: Visitor, day: date | None = None) -> QuerySet[Any]:
    """States of held clients whose clock has run out on `day`: proposed for the pool, moved by nobody but a leader."""
    return clock_states(by, day).filter(days_left__lte=0, holder_id__isnull=False)


def _clock(
    row: dict[str, Any], *, day: date, rules: RulesOn, exceptions: dict[int, date], takeovers: dict[int, date]
) -> ClockOf:
    left, silent, pk = row["days_left"], row["silent_days"], row["pk"]
    last = day - timedelta(days=silent) if silent is not None else None
    taken = takeovers.get(pk)
    month_ends = taken + timedelta(days=rules.firm.takeover_days) if taken and (last is None or last < taken) else None
    return ClockOf(
        client_id=pk,
        name=row["name"],
        holder_id=row["holder_id"],
        last_purchase_on=last,
        cold_on=day + timedelta(days=left) if left is not None else None,
        days_left=left,
        warning=warning_of(left, rules.firm),
        exception=exceptions.get(pk),
        takeover_until=month_ends,
        allowed_days=row["allowed_days"],
    )


def _exceptions(client_ids: list[int], *, day: date) -> dict[int, date]:
    rows = _of(exceptions_on(day).annotate(root_id=root_id), client_ids, "root_id")
    return {row["root_id"]: row["last"] for row in rows.values("root_id").order_by().annotate(last=Max("until"))}


def _takeovers(client_ids: list[int], *, day: date, rule: RuleNumbers) -> dict[int, date]:
    rows = _of(takeovers_on(day, rule), client_ids, "client_id")
    return dict(rows.values_list("client_id", "first_day"))


def _of(rows: QuerySet[Any], client_ids: list[int], column: str) -> QuerySet[Any]:
    """Those of the clients where they are few; a whole base is not written into a query."""
    return rows.filter(**{f"{column}__in": client_ids}) if len(client_ids) <= IDS_PER_QUERY else rows
