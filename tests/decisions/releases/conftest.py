"""Thirty clients of grade D and sixty of C like them, a year of sales before 1 January 2026 and a quarter after."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from tests.cast import make_client
from tests.decisions.contacts.published import TYPES
from tests.homes import empty_home

AS_OF = date(2026, 3, 31)
STARTS = date(2026, 1, 1)
GROUP = "grade = 'D'"
MONTHS = [date(2025, month, 5) for month in range(1, 13)]
AFTER = [date(2026, 1, 5), date(2026, 2, 5), date(2026, 3, 5)]
MONEY = {"revenue_12m", "average_order_12m", "margin_after_service_12m", "cost_to_serve_12m"}


def state(grade: str, number: int, **more: Any) -> dict[str, Any]:
    """A client of a thousand a month at two hundred margin; `number` makes them a little different."""
    return {
        "grade": grade,
        "layer": "growth" if grade == "C" else "tactical",
        "orders_12m": 12,
        "orders_all": 15,
        "touches_12m": 6,
        "revenue_12m": Decimal(12_000 + number),
        "margin_12m": Decimal(2_400 if grade == "D" else 9_600),
        "average_order_12m": Decimal(1_000),
        "minutes_12m": 600.0,
        "touch_minutes_12m": 240.0,
        "sales_documents_12m": 12,
        "margin_after_service_12m": Decimal(-100 if grade == "D" else 5_000),
        **more,
    }


def publish(rows: dict[Any, dict[str, Any]]) -> None:
    from clientarium.core.ground.expressions import ValueType
    from clientarium.decisions.clients import publish_state

    names = sorted({name for row in rows.values() for name in row})
    kinds = {name: TYPES.get(name, ValueType.MONEY if name in MONEY else ValueType.NUMBER) for name in names}
    kinds |= dict.fromkeys({"orders_all", "touches_12m", "sales_documents_12m"} & set(names), ValueType.INTEGER)
    columns = [(name, kinds[name].value) for name in names]
    publish_state(
        columns, [(client.pk, *(row.get(name) for name in names)) for client, row in rows.items()], as_of=AS_OF
    )


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    return empty_home(tmp_path, settings, writes_definitions=False)


@pytest.fixture
def few(home: Path, cast: Any) -> SimpleNamespace:
    """The cast and five clients: three of D, two of C; no facts."""
    return divided(cast, group=3, others=2)


def divided(cast: Any, *, group: int, others: int) -> SimpleNamespace:
    grades = ["D"] * group + ["C"] * others
    clients = [make_client(f"{grade}{number:02}") for number, grade in enumerate(grades)]
    rows = {client: state(grade, n) for n, (client, grade) in enumerate(zip(clients, grades, strict=True))}
    publish(rows)
    return SimpleNamespace(**vars(cast), clients=clients, group=clients[:group], others=clients[group:])


@pytest.fixture
def many(home: Path, cast: Any) -> SimpleNamespace:
    """Ninety clients who sold alike; from January on the group buys half."""
    found = divided(cast, group=30, others=60)
    sell(home, found)
    return found


def sell(home: Path, found: SimpleNamespace) -> None:
    from clientarium.core.ledger import Ledger
    from tests.core.ledger.staging import stage

    rows, lottery = [], Random(1)
    for client in found.clients:
        is_group = client in found.group
        for number, day in enumerate([*MONTHS, *AFTER]):
            size = 500 if is_group and day >= STARTS else 1000
            revenue = size + lottery.randrange(200)  # no two are quite alike
            rows.append(
                {
                    "client_key": str(client.pk),
                    "sold_on": day,
                    "revenue": Decimal(revenue),
                    "cost": Decimal(revenue) * Decimal("0.8"),
                    "doc_id": f"{client.pk}-{number}",
                }
            )
    keys = pa.table(
        {
            "client_key": [str(client.pk) for client in found.clients],
            "client_id": pa.array([client.pk for client in found.clients], pa.int64()),
        }
    )
    paths = stage(home / "staging", "sales", rows)
    Ledger(home / "ledger").load({"sales": paths}, import_id="i1", source="1c", mode="append", keys=keys)


def decided(people: Any, **changes: Any) -> Any:
    from clientarium.decisions.releases import decide_release

    asked = {"step": "stop", "owner": people.head, "starts_on": STARTS, "reason": "Время нужно росту"}
    return decide_release(GROUP, by=people.owner, **(asked | changes))
