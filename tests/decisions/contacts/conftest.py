"""A published state with forecasts over the fixed cast, in a home of its own."""

from datetime import date

import pytest

from tests.decisions.contacts.published import AS_OF, publish
from tests.homes import empty_home


@pytest.fixture
def home(tmp_path, settings, transactional_db):
    return empty_home(tmp_path, settings)


@pytest.fixture
def base(home, cast):
    """Birch (Anna) and Cedar (Boris) are due this week; Dill is nobody's. As of Monday 30 March 2026."""
    due = {
        "last_purchase_on": date(2026, 3, 3),
        "purchase_days_all": 12,
        "typical_gap_days": 28.0,
        "rhythm": "regular",
        "next_order_on": date(2026, 3, 31),
        "next_order_early": date(2026, 3, 27),
        "next_order_late": date(2026, 4, 4),
        "p_order_7d": 0.7,
        "p_alive": 0.95,
        "p_alive_7d": 0.9,
        "expected_margin_365d": 120_000,
        "orders_12m": 12,
        "margin_12m": 120_000,
        "grade": "B",
        "layer": "growth",
        "lifecycle": "active",
    }
    publish(AS_OF, {cast.birch: due, cast.cedar: due, cast.dill: due})
    return cast
