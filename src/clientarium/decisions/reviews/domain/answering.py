"""Questions one, two, three and five of a review, answered from the data of its day."""

from decimal import Decimal
from typing import Any

from django.db.models import F, Q

from clientarium.core.readings import Change, gains_and_losses
from clientarium.decisions.releases import ReleaseClient, Side, open_releases
from clientarium.decisions.winback import lost_visible_to, open_cases_of, read_lost

from ..choices import Question
from .found import KEPT, Found, FoundLine, Sight
from .neglected import neglected

NOISE = "noise"
LEAST_MINUTES = 60
"""Who takes less than an hour a year has no format of work to outgrow."""

GONE = ("cold", "lost")
NO_EARLIER = "no_earlier_snapshot"
NO_SERVICE = "no_service"
NO_LIFECYCLE = "no_lifecycle"


def answers(sight: Sight) -> dict[Question, Found]:
    """Each question with its clients, the dearest first."""
    stronger, weaker, cooled = _moved(sight)
    return {
        Question.STRONGER: stronger,
        Question.WEAKER: weaker,
        Question.GONE: _gone(sight, cooled),
        Question.NEGLECTED: neglected(sight),
        Question.OUTGROWN: _outgrown(sight),
    }


def _moved(sight: Sight) -> tuple[Found, Found, tuple[Change, ...]]:
    """Who grew and who weakened since the earlier snapshot, and who went cold since; a year against the year before
    where there is no earlier one."""
    if sight.since is None:
        return _by_year(sight, is_growth=True), _by_year(sight, is_growth=False), ()
    found = gains_and_losses(sight.base, before=sight.since, after=sight.as_of, limit=KEPT)
    return (
        Found(found.grown_count, [_change(one) for one in found.grown]),
        Found(found.weakened_count, [_change(one) for one in found.weakened]),
        found.left,
    )


def _change(one: Change) -> FoundLine:
    facts = {"before": one.money_before, "after": one.money_after, "last_purchase_on": one.last_purchase_on}
    return FoundLine(one.client_id, one.change, facts)


def _by_year(sight: Sight, *, is_growth: bool) -> Found:
    change = f"{sight.measure}_12m_change"
    if not sight.has(change, sight.money):
        return Found(0, [], (NO_EARLIER,))
    states = sight.states().filter(**{f"{change}__gt" if is_growth else f"{change}__lt": 0})
    if sight.has("lifecycle"):
        states = states.exclude(lifecycle__in=GONE)
    names = [name for name in ("last_purchase_on",) if sight.has(name)]
    rows = states.order_by(f"{'-' if is_growth else ''}{change}", "pk").values("pk", sight.money, change, *names)
    lines = [
        FoundLine(
            row["pk"],
            row[change],
            {
                "before": (row[sight.money] or Decimal(0)) - row[change],
                "after": row[sight.money] or Decimal(0),
                "last_purchase_on": row.get("last_purchase_on"),
            },
        )
        for row in rows[:KEPT]
    ]
    return Found(states.count(), lines, (NO_EARLIER,))


def _gone(sight: Sight, cooled: tuple[Change, ...]) -> Found:
    """The lost by what winning them back may bring, then those gone cold since the earlier snapshot."""
    read_lost()
    lost = lost_visible_to(sight.by).filter(expected__gt=0, client__is_stopped=False)
    found: list[Any] = list(lost[:KEPT])
    cases = open_cases_of([one.client_id for one in found])
    lines = [
        FoundLine(
            one.client_id,
            one.expected,
            {
                "last_purchase_on": one.last_purchase_on,
                "past_year": one.past_year,
                "chance": one.chance,
                "progress": cases[one.client_id].progress.value if one.client_id in cases else "",
            },
        )
        for one in found
    ]
    known = {line.client_id for line in lines}
    fresh = [one for one in cooled if one.client_id not in known]
    lines += [
        FoundLine(one.client_id, None, {"last_purchase_on": one.last_purchase_on, "past_year": one.money_before})
        for one in fresh[: KEPT - len(lines)]
    ]
    return Found(lost.count() + len(fresh), lines, () if sight.has("lifecycle") else (NO_LIFECYCLE,))


def _outgrown(sight: Sight) -> Found:
    """Whom the firm pays to serve, and the noise layer: the costliest first."""
    after = "margin_after_service_12m"
    condition = Q()
    if sight.has(after):
        is_dear = Q(minutes_12m__gte=LEAST_MINUTES) if sight.has("minutes_12m") else Q()
        condition |= is_dear & Q(**{f"{after}__lt": 0})
    if sight.has("layer"):
        condition |= Q(layer=NOISE)
    if not condition:
        return Found(0, [], (NO_SERVICE,))
    names = [name for name in (after, "layer", "minutes_12m", sight.money, "orders_12m") if sight.has(name)]
    states = sight.states().filter(condition)
    order = [F(after).asc(nulls_last=True)] if sight.has(after) else []
    rows = list(states.order_by(*order, "pk").values("pk", *names)[:KEPT])
    released = _released([row["pk"] for row in rows], sight=sight)
    lines = [
        FoundLine(
            row["pk"],
            row.get(after),
            {
                "release": released.get(row["pk"], ""),
                "is_noise": row.get("layer") == NOISE,
                "hours": None if row.get("minutes_12m") is None else round(row["minutes_12m"] / 60, 1),
                "year": row.get(sight.money),
            },
        )
        for row in rows
    ]
    return Found(states.count(), lines, () if sight.has(after) else (NO_SERVICE,))


def _released(client_ids: list[int], *, sight: Sight) -> dict[int, str]:
    """{client: the title of the release in force that he is in}."""
    members = ReleaseClient.objects.filter(
        release__in=open_releases(sight.by), side=Side.GROUP, client_id__in=client_ids
    )
    return dict(members.order_by("release_id").values_list("client_id", "release__title"))
