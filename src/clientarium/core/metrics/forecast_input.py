"""The columns of a forecast, as metrics take it from the room above: one row per client with purchases."""

import pyarrow as pa

FORECAST_INPUT = "metric_forecast"

MONEY = pa.decimal128(18, 4)

FORECAST_COLUMNS: dict[str, tuple[pa.DataType, str]] = {
    "p_alive": (pa.float64(), "the probability that he will ever order again"),
    "p_alive_7d": (pa.float64(), "the same if he stays silent for seven more days"),
    "p_order_7d": (pa.float64(), "the probability of an order within 7 days"),
    "p_order_30d": (pa.float64(), "the probability of an order within 30 days"),
    "expected_orders_30d": (pa.float64(), "purchase days expected within 30 days"),
    "expected_orders_90d": (pa.float64(), "purchase days expected within 90 days"),
    "expected_orders_365d": (pa.float64(), "purchase days expected within 365 days"),
    "expected_margin_30d": (MONEY, "money; null where no cost of his is known"),
    "expected_margin_90d": (MONEY, "money; null where no cost of his is known"),
    "expected_margin_365d": (MONEY, "money; null where no cost of his is known"),
    "expected_revenue_90d": (MONEY, "money"),
    "expected_revenue_365d": (MONEY, "money"),
    "next_order_on": (pa.date32(), "the median of the next order's date given the silence so far; after as_of"),
    "next_order_early": (pa.date32(), "the first day of the 80 % window, as it stood right after the last purchase"),
    "next_order_late": (pa.date32(), "the last day of that window"),
    "order_overdue_days": (pa.int32(), "days past that window; 0 while it is open"),
    "rhythm": (pa.string(), "regular, irregular or unknown"),
    "forecast_basis": (pa.string(), "own, or base under two purchase days"),
}
"""Name → type and meaning."""

FORECAST_SCHEMA = pa.schema(
    [pa.field("client_id", pa.int64()), *(pa.field(name, kind) for name, (kind, _) in FORECAST_COLUMNS.items())]
)


def no_forecast() -> pa.Table:
    """A forecast of nobody: every metric that stands on it is unknown."""
    return FORECAST_SCHEMA.empty_table()
