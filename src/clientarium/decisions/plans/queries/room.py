"""The room to grow with a client: what he took a month in the year before, beyond what is expected of him now."""

from datetime import date
from typing import Any, cast

from django.db.models import Case, F, FloatField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Coalesce

from clientarium.decisions.clients import current_publication

from .expected import expecting

PAST_YEAR = "margin_prev_12m"
MONTHS_OF_A_YEAR = 12


def with_room(states: "QuerySet[Any]") -> "QuerySet[Any]":
    """`states` annotated by the month's expectation, with plan_room: money of a month, 0 where there is none.

    The year before last, because what somebody has taken from us once he is able to take; guesses are not added up.
    """
    publication = current_publication()
    there = {column["name"] for column in publication.columns} if publication else set()
    if PAST_YEAR not in there:
        return cast("QuerySet[Any]", states.annotate(plan_room=Value(0.0, FloatField())))
    taken = Coalesce(Cast(F(PAST_YEAR), FloatField()), Value(0.0), output_field=FloatField())
    more = taken / Value(float(MONTHS_OF_A_YEAR)) - F("plan_margin")
    has_more = Q(plan_taken__gt=F("plan_margin"))
    states = states.annotate(plan_taken=taken / Value(float(MONTHS_OF_A_YEAR)))
    room = Case(When(has_more, then=more), default=Value(0.0), output_field=FloatField())
    return cast("QuerySet[Any]", states.annotate(plan_room=room))


def room_by_seller(month: date) -> dict[int, float]:
    """Of all clients of each holder, by the published state."""
    rows = (
        with_room(expecting(month))
        .filter(holder_id__isnull=False)
        .order_by()
        .values("holder_id")
        .annotate(room=Sum("plan_room"))
    )
    return {row["holder_id"]: float(row["room"] or 0) for row in rows}
