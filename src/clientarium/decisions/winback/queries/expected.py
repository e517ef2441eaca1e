"""What win-back may bring each seller in a month: for his plan."""

from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from ..models import Case

MONTHS_OF_A_YEAR = 12


class ExpectedReturn(NamedTuple):
    """`margin` expected in the month of `clients` clients in win-back; margin 0 is not the same as no client there."""

    margin: Decimal
    clients: int


holder_id = Coalesce(F("client__merged_into__holder_id"), F("client__holder_id"))
"""Of a case: who holds the client now, merged cards through the one they belong to."""

is_open = Q(closed_on__isnull=True)


def expected_of_sellers(month: date) -> dict[int, ExpectedReturn]:
    """{seller: margin, clients} of the open cases of clients he holds, taken into work before `month` ends.

    A case expects (year before he left) x (chance to be won back within a year); a month is its twelfth, for a return
    may come in any month. Who has bought already is no win-back any more: he is in the plan as a client who buys.
    """
    last_day = month.replace(day=monthrange(month.year, month.month)[1])
    cases = Case.objects.filter(is_open, first_purchase_on__isnull=True, opened_on__lte=last_day)
    rows = (
        cases.annotate(holder=holder_id)
        .filter(holder__isnull=False)
        .order_by()
        .values("holder")
        .annotate(total=Sum("expected"), clients=Count("pk"))
    )
    return {row["holder"]: ExpectedReturn(_of_month(row["total"]), row["clients"]) for row in rows}


def _of_month(total: Decimal | None) -> Decimal:
    return (Decimal(total or 0) / MONTHS_OF_A_YEAR).quantize(Decimal("0.01"))
