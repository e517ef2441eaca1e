"""Open lines of planned days follow a client to his new seller; agreed dates follow by themselves."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Max

from clientarium.decisions.clients import members_of, root_id

from ..models import DayPlan, PlannedCall

IDS_PER_QUERY = 500


def hand_calls(sellers: Mapping[int, int | None], *, since: date) -> list[dict[str, int]]:
    """Move the open lines from `since` of client → seller into the seller's planned day, where he has one; within a
    transaction. What is returned puts them back by `unhand_calls`.

    A day not planned yet is planned of the clients held then; without a seller the line waits where it is, unseen.
    """
    open_calls = _open_calls(list(sellers), since=since)
    days = sorted({call.on for call in open_calls})
    to = {seller for seller in sellers.values() if seller is not None}
    plans = {(plan.seller_id, plan.on): plan for plan in DayPlan.objects.filter(seller__in=to, on__in=days)}
    ranks = _last_ranks(plans.values())
    there = _clients_there(plans.values())
    kept, moved = [], []
    for call in open_calls:
        plan = plans.get((sellers[call.root_id] or 0, call.on))
        if plan is None or plan.pk == call.day_id or call.root_id in there[plan.pk]:
            continue
        kept.append({"call": call.pk, "client": call.root_id, "day": call.day_id, "rank": call.rank})
        ranks[plan.pk] += 1
        there[plan.pk].add(call.root_id)
        call.day, call.seller_id, call.rank = plan, plan.seller_id, ranks[plan.pk]
        moved.append(call)
    PlannedCall.objects.bulk_update(moved, ["day", "seller", "rank"], batch_size=IDS_PER_QUERY)
    return kept


def unhand_calls(kept: Collection[Mapping[str, int]], *, clients: Collection[int]) -> int:
    """Put back the lines of `clients` that are still open; how many."""
    wanted = {one["call"]: one for one in kept if one["client"] in clients}
    calls = list(PlannedCall.objects.filter(pk__in=list(wanted), outcome__isnull=True))
    days = DayPlan.objects.in_bulk([wanted[call.pk]["day"] for call in calls])
    back = [call for call in calls if wanted[call.pk]["day"] in days]
    for call in back:
        day = days[wanted[call.pk]["day"]]
        call.day, call.seller_id, call.rank = day, day.seller_id, wanted[call.pk]["rank"]
    PlannedCall.objects.bulk_update(back, ["day", "seller", "rank"], batch_size=IDS_PER_QUERY)
    return len(back)


def _open_calls(client_ids: list[int], *, since: date) -> list[Any]:
    found: list[Any] = []
    for start in range(0, len(client_ids), IDS_PER_QUERY):
        cards = members_of(client_ids[start : start + IDS_PER_QUERY]).values("pk")
        rows = PlannedCall.objects.filter(client__in=cards, on__gte=since, outcome__isnull=True, is_held_out=False)
        found += rows.annotate(root_id=root_id).order_by("on", "rank", "pk")
    return found


def _last_ranks(plans: Collection[DayPlan]) -> dict[int, int]:
    rows = PlannedCall.objects.filter(day__in=[plan.pk for plan in plans]).order_by().values_list("day")
    return defaultdict(int, {day: rank or 0 for day, rank in rows.annotate(last=Max("rank"))})


def _clients_there(plans: Collection[DayPlan]) -> dict[int, set[int]]:
    there: dict[int, set[int]] = defaultdict(set)
    rows = PlannedCall.objects.filter(day__in=[plan.pk for plan in plans]).annotate(root_id=root_id)
    for day, root in rows.values_list("day_id", "root_id"):
        there[day].add(root)
    return there
