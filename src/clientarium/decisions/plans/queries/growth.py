"""What sellers have answered about growth with the clients they still hold."""

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Coalesce

from ..models import GrowthStep, MonthPlan


def growth_by_seller(plan: MonthPlan | None) -> dict[int, float]:
    """Seller → margin taken on."""
    rows = _binding(plan).values_list("seller_id").annotate(margin=Sum("margin"))
    return {seller_id: float(margin) for seller_id, margin in rows}


def asked_by_seller(plan: MonthPlan | None) -> dict[int, int]:
    """Seller → clients he has answered about, those with 0 included."""
    return dict(_binding(plan).values_list("seller_id").annotate(clients=Count("client_id")))


def _binding(plan: MonthPlan | None) -> QuerySet[GrowthStep]:
    """Answers of whoever still holds the client; a merged one is held by the holder of the card he belongs to."""
    if plan is None:
        return GrowthStep.objects.none()
    holder = Coalesce("client__merged_into__holder_id", "client__holder_id")
    return plan.steps.annotate(holder=holder).filter(holder=F("seller_id")).order_by()
