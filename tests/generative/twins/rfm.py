"""Recency, frequency and value by fifths or thresholds."""

from decimal import Decimal
from typing import Any

from tests.generative.twins.base import Client, twin
from tests.generative.twins.money import known_lines


def fifth(value: Any, values: list[Any]) -> int:
    return 1 + 5 * sum(other < value for other in values) // len(values)


@twin("rfm_recency")
def rfm_recency(client: Client) -> int | None:
    if client["orders_12m"] == 0:
        return None
    buyers, days = client.base.buyers(), client["days_since_last_purchase"]
    if len(buyers) >= client.base.norms.few_buyers:
        return fifth(-days, [-other["days_since_last_purchase"] for other in buyers])
    return 1 + sum(days <= threshold for threshold in client.base.norms.recency_days)


@twin("rfm_frequency")
def rfm_frequency(client: Client) -> int | None:
    if client["orders_12m"] == 0:
        return None
    buyers = client.base.buyers()
    if len(buyers) >= client.base.norms.few_buyers:
        return fifth(client["orders_12m"], [other["orders_12m"] for other in buyers])
    return 1 + sum(client["orders_12m"] >= threshold for threshold in client.base.norms.frequency_orders)


@twin("rfm_value")
def rfm_value(client: Client) -> Decimal | None:
    if client["orders_12m"] == 0:
        return None
    is_cost_known = any(known_lines(other, "12m") for other in client.base.buyers())
    return client["margin_12m" if is_cost_known else "revenue_12m"]


@twin("rfm_monetary")
def rfm_monetary(client: Client) -> int | None:
    value = client["rfm_value"]
    if value is None:
        return None
    values = [other["rfm_value"] for other in client.base.clients if other["rfm_value"] is not None]
    if len(values) >= client.base.norms.few_buyers:
        return fifth(value, values)
    if value <= 0:
        return 1
    mean_times_count = sum(values)
    return 1 + sum(value * len(values) >= limit * mean_times_count for limit in client.base.norms.monetary_multiples)
