"""The quality of the base as one document."""

from typing import Any

from django.utils import timezone

from clientarium.decisions.clients import published_columns, state_as_of, state_model
from clientarium.decisions.quality import QualityPoint, check_domains, quality_of

MARGIN, REVENUE = "margin_12m", "revenue_12m"


def quality_document() -> dict[str, Any]:
    """Score, faults, sellers (the worst first) and the trend of the whole base; score null before the first check."""
    words = {name.name: name for name in published_columns()}
    states: Any = state_model()._default_manager.all()
    has_margin = MARGIN in words and states.filter(margin_12m__isnull=False).exists()
    found = quality_of(states, words, money=MARGIN if has_margin else REVENUE)
    if found is None:
        return {"as_of": None, "score": None, "clients": 0, "faulty": 0, "faults": [], "sellers": [], "trend": []}
    points = QualityPoint.objects.filter(seller__isnull=True).order_by("as_of")
    return {
        "as_of": state_as_of(),
        "score": found.whole.score,
        "score_by_money": found.whole.score_by_money,
        "money": MARGIN if has_margin else REVENUE,
        "clients": found.whole.clients,
        "faulty": found.whole.faulty,
        "faults": [
            {"kind": one.kind.value, "clients": one.clients, "money": one.money, "where": one.where}
            for one in found.faults
        ],
        "sellers": [
            {
                "seller": one.seller.name if one.seller else None,
                "score": one.score,
                "clients": one.clients,
                "faulty": one.faulty,
                "money": one.money,
            }
            for one in found.sellers
        ],
        "trend": [
            {"as_of": one.as_of, "score": one.score, "score_by_money": one.score_by_money, "clients": one.clients}
            for one in points
        ],
    }


def asked_domains() -> list[str]:
    """Domains that take no mail, asked of the DNS now. Raises UserError where the setting forbids it."""
    return check_domains(today=timezone.localdate(), by=None)
