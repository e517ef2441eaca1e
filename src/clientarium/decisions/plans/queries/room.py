"""The room to grow with a client: what he could bring a month beyond what is expected of him now."""

from datetime import date
from typing import Any, cast

from django.db.models import Case, F, FloatField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Greatest

from clientarium.decisions.clients import current_publication
from clientarium.decisions.contacts import assumed_margin_share
from clientarium.decisions.potential import Declared

from .expected import expecting

PAST_YEAR, MARGIN_SHARE = "margin_prev_12m", "margin_pct_12m"
MONTHS_OF_A_YEAR = 12


def with_room(states: "QuerySet[Any]") -> "QuerySet[Any]":
    """`states` annotated by the month's expectation, with plan_room: margin of a month, 0 where there is none.

    He could bring the greater of two: a month of the year before last, for what somebody has taken from us once he is
    able to take; and the volume his seller has declared, at his own share of margin (the policy's where unknown).
    """
    publication = current_publication()
    there = {column["name"] for column in publication.columns} if publication else set()
    states = states.annotate(plan_could=Greatest(_taken(there), _declared(there), output_field=FloatField()))
    has_more = When(Q(plan_could__gt=F("plan_margin")), then=F("plan_could") - F("plan_margin"))
    room = Case(has_more, default=Value(0.0), output_field=FloatField())
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


def _taken(there: set[str]) -> Combinable:
    if PAST_YEAR not in there:
        return Value(0.0, FloatField())
    return _number(F(PAST_YEAR), 0.0) / Value(float(MONTHS_OF_A_YEAR))


def _declared(there: set[str]) -> Combinable:
    newest = Declared.objects.filter(client_id=OuterRef("pk")).order_by("-made_at", "-pk")
    volume = _number(Subquery(newest.values("volume_month")[:1]), 0.0)
    share = _number(F(MARGIN_SHARE), assumed_margin_share()) if MARGIN_SHARE in there else Value(assumed_margin_share())
    return volume * share


def _number(value: Any, unknown: float) -> Coalesce:
    return Coalesce(Cast(value, FloatField()), Value(unknown), output_field=FloatField())
