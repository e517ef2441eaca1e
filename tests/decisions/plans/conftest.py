"""Clients with a forecast, published as of the last day of March 2026: April is the next month."""

from datetime import date
from decimal import Decimal

import pytest

from clientarium.core.ground.expressions import ValueType
from tests.homes import empty_home

AS_OF = date(2026, 3, 31)
APRIL = date(2026, 4, 1)

TYPES = {
    "expected_orders_30d": ValueType.NUMBER,
    "expected_orders_90d": ValueType.NUMBER,
    "expected_orders_365d": ValueType.NUMBER,
    "expected_margin_30d": ValueType.MONEY,
    "expected_margin_90d": ValueType.MONEY,
    "expected_margin_365d": ValueType.MONEY,
    "expected_revenue_90d": ValueType.MONEY,
    "p_alive": ValueType.NUMBER,
    "margin_prev_12m": ValueType.MONEY,
}


def buys(orders, margin, *, alive=1.0, year_before=None, revenue=None):
    """The forecast of one who orders `orders` times in 30 days for `margin` in all, evenly; margin None: no cost."""
    spread = [None if margin is None else round(Decimal(margin * days) / 30, 4) for days in (30, 90, 365)]
    money = 3 * (revenue or 4 * (margin or 0))
    return (float(orders), 3.0 * orders, 365 * orders / 30, *spread, money, alive, year_before)


def publish(rows, *, as_of=AS_OF):
    """`rows`: {client: buys(…)}."""
    from clientarium.decisions.clients import publish_state

    columns = [(name, kind.value) for name, kind in TYPES.items()]
    publish_state(columns, [(client.pk, *values) for client, values in rows.items()], as_of=as_of)


@pytest.fixture
def home(tmp_path, settings):
    return empty_home(tmp_path, settings)


@pytest.fixture
def base(home, cast):
    """Birch brings Anna 1000 in two orders, Cedar Boris 3000 in one if he is alive, Dill is nobody's with 600."""
    publish(
        {
            cast.birch: buys(2.0, 1000, year_before=24_000),
            cast.cedar: buys(1.0, 3000, alive=0.5, year_before=12_000),
            cast.dill: buys(1.0, 600),
        }
    )
    return cast
