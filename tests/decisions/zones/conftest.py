"""A base with a zone in it: clients from Perm bring four times as much an hour as the others."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from clientarium.core.ground.expressions import Name, ValueType
from tests.homes import empty_home

AS_OF = date(2026, 3, 30)
CITIES = ("Пермь", "Уфа", "Омск", "Тверь")
WORDS = {
    "orders_12m": ValueType.INTEGER,
    "minutes_12m": ValueType.NUMBER,
    "margin_12m": ValueType.MONEY,
    "revenue_12m": ValueType.MONEY,
    "margin_pct_12m": ValueType.NUMBER,
    "average_order_12m": ValueType.MONEY,
    "abc_revenue": ValueType.TEXT,
    "abc_margin": ValueType.TEXT,
    "city": ValueType.TEXT,
    "segment": ValueType.TEXT,
    "first_purchase_on": ValueType.DATE,
}
NEW, NEW_ON = (0, 1, 4, 8), date(2026, 3, 20)
"""Clients who bought first on that day: three of Perm and one of Ufa; the others have been there for years."""


def money(amount: float) -> Decimal:
    return Decimal(str(round(float(amount), 2)))


def snapshot_rows(clients: list[Any], *, factor: float = 4.0) -> dict[str, list[Any]]:
    """Ten hours each; the margin has a long tail."""
    rng = np.random.default_rng(11)
    count = len(clients)
    cities = [CITIES[number % len(CITIES)] for number in range(count)]
    margin = rng.lognormal(9, 0.6, count) * np.where(np.array(cities) == "Пермь", factor, 1.0)
    return {
        "client_id": [client.pk for client in clients],
        "orders_12m": [int(number) for number in rng.integers(1, 12, count)],
        "minutes_12m": [600.0] * count,
        "margin_12m": [money(one) for one in margin],
        "revenue_12m": [money(one * 5) for one in margin],
        "margin_pct_12m": [0.2] * count,
        "average_order_12m": [money(one) for one in rng.lognormal(10, 0.5, count)],
        "abc_revenue": ["A" if number % 3 == 0 else "C" for number in range(count)],
        "abc_margin": ["A" if number % 6 == 0 else "C" for number in range(count)],
        "city": cities,
        "segment": [("Агро", "ЖКХ")[number // 2 % 2] for number in range(count)],
        "first_purchase_on": [NEW_ON if number in NEW else date(2023, 5, 2) for number in range(count)],
    }


def count_base(clients: list[Any], **how: Any) -> None:
    """The rows as a snapshot of AS_OF and as the published state."""
    from clientarium.core.ledger import SnapshotInfo
    from clientarium.decisions.clients import publish_state
    from clientarium.decisions.runs import open_snapshots

    rows = snapshot_rows(clients, **how)
    info = SnapshotInfo(AS_OF, -1, "", "", "", "duckdb", "", len(clients), "")
    open_snapshots().write(pa.table(rows), as_of=AS_OF, info=info)
    names = [
        Name(word, kind, word, word, unit="money" if kind is ValueType.MONEY else "") for word, kind in WORDS.items()
    ]
    publish_state(
        names, [tuple(column[number] for column in rows.values()) for number in range(len(clients))], as_of=AS_OF
    )


@pytest.fixture
def definitions_home(tmp_path: Any, settings: Any) -> Any:
    return empty_home(tmp_path, settings, writes_definitions=False)


@pytest.fixture
def zoned(definitions_home: Any, cast: Any) -> SimpleNamespace:
    """240 clients, sixty of them in Perm; nobody holds them."""
    from clientarium.decisions.clients import Client

    made = [Client(name=f"К{number}", search_name=f"к{number}", city=CITIES[number % 4]) for number in range(240)]
    clients = Client.objects.bulk_create(made)
    count_base(clients)
    return SimpleNamespace(**vars(cast), clients=clients)


def stored_search(count: int) -> Any:
    """A search that found so many zones, written down without searching."""
    from django.utils import timezone

    from clientarium.decisions.zones import Finding, Search

    figures = {"method": "shuffle", "clients": 240, "words": 4, "tried": 30, "small": 1, "shuffles": 199, "reason": ""}
    search = Search.objects.create(
        target="margin_per_hour",
        state="ready",
        as_of=AS_OF,
        made_at=timezone.now(),
        universe="orders_12m > 0",
        rules={"least_clients": 20, "least_share": 0.01},
        figures=figures | {"measure": "margin", "bar": 4.0, "value": 1.0, "seconds": 1.0},
    )
    Finding.objects.bulk_create(
        Finding(
            search=search,
            place=place,
            expression=f"orders_12m >= {place}",
            clients=60,
            value=2.0 if place % 2 else 0.5,
            rest=1.0,
            low=0.4,
            high=2.5,
            money=1000,
            money_share=0.2,
            worth=500,
            z=5.0,
            p_value=0.005,
        )
        for place in range(1, count + 1)
    )
    return search
