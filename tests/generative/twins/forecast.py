"""Passed on as it came, for the client it speaks of."""

from tests.generative.twins.base import TWINS

FORECAST = (
    "p_alive", "p_alive_7d", "p_order_7d", "p_order_30d",
    "expected_orders_30d", "expected_orders_90d", "expected_orders_365d",
    "expected_margin_30d", "expected_margin_90d", "expected_margin_365d",
    "expected_revenue_90d", "expected_revenue_365d",
    "next_order_on", "next_order_early", "next_order_late", "order_overdue_days", "rhythm", "forecast_basis",
)  # fmt: skip

for told in FORECAST:
    TWINS[told] = lambda client, told=told: client.base.forecast.get(client.id, {}).get(told)
