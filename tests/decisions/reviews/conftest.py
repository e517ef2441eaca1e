"""A published base without files: figures of four clients as of Monday 30 March 2026."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from clientarium.core.ground.expressions import ValueType
from tests.cast import make_client
from tests.homes import empty_home

AS_OF = date(2026, 3, 30)

TYPES = {
    "margin_12m": ValueType.MONEY,
    "margin_12m_change": ValueType.MONEY,
    "margin_after_service_12m": ValueType.MONEY,
    "revenue_12m": ValueType.MONEY,
    "orders_12m": ValueType.INTEGER,
    "minutes_12m": ValueType.NUMBER,
    "days_since_last_touch": ValueType.INTEGER,
    "last_touch_on": ValueType.DATE,
    "last_purchase_on": ValueType.DATE,
    "next_order_late": ValueType.DATE,
    "order_overdue_days": ValueType.INTEGER,
    "is_stopped": ValueType.BOOLEAN,
    "grade": ValueType.TEXT,
    "layer": ValueType.TEXT,
    "lifecycle": ValueType.TEXT,
}


def publish(rows, *, as_of=AS_OF):
    """`rows`: {client: {column: value}}; every column is published, unnamed values are null. The lost are read."""
    from clientarium.decisions.clients import current_publication, publish_state
    from clientarium.decisions.runs import Snapshot
    from clientarium.decisions.winback import LostReading

    columns = [(name, kind.value) for name, kind in TYPES.items()]
    publish_state(
        columns, [(client.pk, *(row.get(name) for name in TYPES)) for client, row in rows.items()], as_of=as_of
    )
    LostReading.objects.create(token=current_publication().token, ledger_version=-1, as_of=as_of, measure="margin")
    Snapshot.objects.update(is_published=False)
    Snapshot.objects.update_or_create(
        as_of=as_of,
        defaults={
            "ledger_version": 7,
            "definitions_hash": "-",
            "standing_hash": "-",
            "program_version": "-",
            "engine": "-",
            "content_hash": "-",
            "rows": len(rows),
            "made_at": datetime(2026, 3, 30, tzinfo=UTC),
            "is_published": True,
        },
    )


def client_row(**values):
    return {"margin_12m": Decimal(1000), "orders_12m": 5, "lifecycle": "active", **values}


@pytest.fixture
def home(tmp_path, settings, db):
    settings.CLIENTARIUM_NIGHTLY_PULSE = ""
    return empty_home(tmp_path, settings)


@pytest.fixture
def base(home, cast):
    """Birch grew and is neglected, Cedar weakened, Dill costs more than he brings, Elm has stopped buying."""
    cast.elm = make_client("Вяз", holder=cast.anna_sells)
    publish(
        {
            cast.birch: client_row(
                margin_12m_change=Decimal(400), grade="A", layer="anchor", days_since_last_touch=120
            ),
            cast.cedar: client_row(margin_12m_change=Decimal(-300), grade="B", days_since_last_touch=5),
            cast.dill: client_row(
                margin_12m_change=Decimal(0), margin_after_service_12m=Decimal(-250), minutes_12m=600.0, layer="noise"
            ),
            cast.elm: {"lifecycle": "lost", "last_purchase_on": date(2025, 6, 10)},
        }
    )
    say_lost(cast.elm)
    return cast


def say_lost(client, money=120_000):
    from clientarium.decisions.winback import LostClient

    LostClient.objects.create(
        client=client,
        last_purchase_on=date(2025, 6, 10),
        lost_on=date(2025, 8, 10),
        past_year=Decimal(money),
        chance=0.1,
        expected=Decimal(money) / 10,
    )
