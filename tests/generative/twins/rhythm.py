"""Gaps between purchases, months, the trend."""

import math
from decimal import Decimal
from statistics import median

from tests.generative.twins.base import Client, is_in, share, twin
from tests.generative.twins.purchases import active_months, days_since_last_purchase


@twin("typical_gap_days")
def typical_gap_days(client: Client) -> float | None:
    gaps = client.gaps()
    return float(median(days for days, _ in gaps)) if gaps else None


@twin("gap_cv")
def gap_cv(client: Client) -> float | None:
    gaps = [days for days, _ in client.gaps()]
    return variation([Decimal(days) for days in gaps]) if len(gaps) >= 3 else None


def variation(values: list[Decimal]) -> float:
    mean = sum(values, Decimal(0)) / len(values)
    return math.sqrt(sum((value - mean) ** 2 for value in values) / len(values)) / float(mean)


@twin("last_gap_days")
def last_gap_days(client: Client) -> int | None:
    gaps = client.gaps()
    return gaps[-1][0] if gaps else None


@twin("longest_gap_days_12m")
def longest_gap_days(client: Client) -> int | None:
    return max((days for days, later in client.gaps() if is_in("12m", later, client.as_of)), default=None)


@twin("silence_ratio")
def silence_ratio(client: Client) -> float | None:
    return share(days_since_last_purchase(client), typical_gap_days(client))


@twin("revenue_12m_cv_of_months")
def revenue_cv_of_months(client: Client) -> float | None:
    values = client.monthly_revenue()
    return variation(values) if sum(values) > 0 else None


@twin("revenue_cv_12m")
def revenue_cv(client: Client) -> float | None:
    return revenue_cv_of_months(client) if active_months(client) >= 4 else None


@twin("revenue_trend_12m")
def revenue_trend(client: Client) -> float | None:
    """The least-squares slope over the mean."""
    values = client.monthly_revenue()
    if sum(values) <= 0:
        return None
    mean = sum(values, Decimal(0)) / 12
    slope = sum((Decimal(x) - Decimal("5.5")) * (y - mean) for x, y in enumerate(values)) / 143
    return float(slope / mean)
