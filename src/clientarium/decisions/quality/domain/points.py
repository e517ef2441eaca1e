"""A point of the trend, kept when a snapshot becomes what people see."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from clientarium.core.quality import FaultKind
from clientarium.decisions.clients import published_columns, state_model

from ..models import QualityPoint
from ..queries.measure import BaseQuality, SellerQuality, quality_of

MARGIN, REVENUE = "margin_12m", "revenue_12m"


@transaction.atomic
def note_quality(as_of: date, *, forget_later: bool = False) -> BaseQuality | None:
    """Measure the published state and keep the points of the base and of each seller; None without a score.

    `forget_later`: facts were taken back, and points of later days tell of what is no longer there.
    """
    states: QuerySet[Any] = state_model()._default_manager.all()
    vocabulary = {name.name: name for name in published_columns()}
    has_margin = MARGIN in vocabulary and states.filter(margin_12m__isnull=False).exists()
    found = quality_of(states, vocabulary, money=MARGIN if has_margin else REVENUE)
    QualityPoint.objects.filter(as_of=as_of).delete()
    if forget_later:
        QualityPoint.objects.filter(as_of__gt=as_of).delete()
    if found is None:
        return None
    parts = [found.whole, *(part for part in found.sellers if part.seller is not None)]
    QualityPoint.objects.bulk_create([_point(part, as_of) for part in parts if part.clients])
    return found


def _point(part: SellerQuality, as_of: date) -> QualityPoint:
    faults: dict[FaultKind, int] = {kind: clients for kind, (clients, _money) in part.faults.items() if clients}
    return QualityPoint(
        as_of=as_of,
        seller=part.seller,
        clients=part.clients,
        score_sum=part.score_sum,
        money=part.money,
        score_money=part.score_money,
        faults={kind.value: clients for kind, clients in faults.items()},
    )
