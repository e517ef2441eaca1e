"""A small firm in a temporary home: facts in sight, a pulse on demand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from clientarium.core.ledger import EngineKind, Ledger, SnapshotInfo, Snapshots
from clientarium.core.pipeline import Definitions, load_definitions, pulse
from clientarium.core.readings import Base
from tests.core.ledger.staging import stage

DEFINITIONS = Path(__file__).parents[2] / "definitions"
NAMES = ("birch", "cedar", "oak", "maple", "rowan")
IDS = {name: number for number, name in enumerate(NAMES, start=1)}
KEYS = pa.table({"client_key": list(NAMES), "client_id": pa.array(IDS.values(), pa.int64())})


@dataclass
class Firm:
    """`sell` and the others load one row set each; `pulse` publishes a snapshot."""

    home: Path
    definitions: Definitions
    loads: int = 0

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.home / "ledger")

    @property
    def snapshots(self) -> Snapshots:
        return Snapshots(self.home / "snapshots")

    @property
    def base(self) -> Base:
        return Base(self.ledger, self.snapshots)

    def load(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        self.loads += 1
        paths = stage(self.home / "staging", table, rows)
        self.ledger.load({table: paths}, import_id=f"i{self.loads}", source="1c", mode="append", keys=KEYS)

    def sell(self, *rows: tuple[str, str, int, int | None] | tuple[str, str, int, int | None, dict[str, Any]]) -> None:
        """(client, day, revenue, cost, more): each a document of its own unless `more` names one."""
        sales = []
        for number, (client, day, revenue, cost, *more) in enumerate(rows, start=1):
            sale = {
                "client_key": client,
                "sold_on": date.fromisoformat(day),
                "revenue": Decimal(revenue),
                "cost": None if cost is None else Decimal(cost),
                "doc_id": f"{self.loads}-{number}",
            }
            sales.append(sale | (more[0] if more else {}))
        self.load("sales", sales)

    def touch(self, *rows: tuple[str, str, int]) -> None:
        """(client, day, minutes)"""
        self.load(
            "touches",
            [
                {
                    "client_key": client,
                    "touched_on": date.fromisoformat(day),
                    "minutes": Decimal(minutes),
                    "touch_id": str(n),
                }
                for n, (client, day, minutes) in enumerate(rows)
            ],
        )

    def pulse(
        self,
        as_of: str,
        *,
        standing: pa.Table | None = None,
        cards: pa.Table | None = None,
        engine: EngineKind = "duckdb",
    ) -> SnapshotInfo:
        clients = cards if cards is not None else pa.table({"client_id": pa.array(IDS.values(), pa.int64())})
        return pulse(
            self.ledger,
            self.snapshots,
            self.definitions,
            as_of=date.fromisoformat(as_of),
            clients=clients,
            standing=standing,
            engine=engine,
        )

    def states(self, as_of: str, *columns: str) -> dict[str, Any]:
        """Column values by client name: one value, or a tuple of them."""
        rows = self.snapshots.read(date.fromisoformat(as_of), columns=["client_id", *columns]).to_pylist()
        names = {number: name for name, number in IDS.items()}
        return {
            names[row["client_id"]]: row[columns[0]] if len(columns) == 1 else tuple(row[name] for name in columns)
            for row in sorted(rows, key=lambda row: row["client_id"])
        }


def firm_in(home: Path) -> Firm:
    return Firm(home, load_definitions(DEFINITIONS))


def monthly(
    client: str, first: str, months: int, revenue: int, cost: int | None
) -> list[tuple[str, str, int, int | None]]:
    """One sale a month on the same day, from `first` on."""
    day = date.fromisoformat(first)
    days = [date(day.year + (day.month - 1 + n) // 12, (day.month - 1 + n) % 12 + 1, day.day) for n in range(months)]
    return [(client, sold_on.isoformat(), revenue, cost) for sold_on in days]
