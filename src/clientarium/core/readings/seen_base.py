"""The part of the base a person may see, opened for questions: every reading starts here and nowhere else."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from clientarium.core.ground import N_, UserError
from clientarium.core.ledger import ALIASES, Engine, Ledger, SnapshotMissing, Snapshots

VISIBLE = "visible_clients"

ClientIds = Sequence[int] | None
"""The clients a person may see; None means all of them."""


@dataclass(frozen=True)
class Base:
    """Where answers come from. `aliases` (alias_id, client_id) are the merges people have made."""

    ledger: Ledger
    snapshots: Snapshots
    aliases: pa.Table | None = None
    memory_limit: str = "2GB"

    @contextmanager
    def facts(self, client_ids: ClientIds, *, as_of: date | None = None) -> Iterator["Seen"]:
        """Views `seen_sales`, `seen_touches`, `seen_payments`, at the ledger version of `as_of`'s snapshot."""
        with self._engine(as_of) as engine:
            seen = Seen(engine)
            seen.show(client_ids, ("sales", "touches", "payments"))
            yield seen

    @contextmanager
    def states(self, client_ids: ClientIds, *, dates: Sequence[date] | None = None) -> Iterator["Seen"]:
        """View `seen_snapshots` over `dates` (None: all). Raises SnapshotMissing where a date has none."""
        missing = [day for day in dates or () if day not in self.snapshots.dates()]
        if missing:
            raise SnapshotMissing(missing[0])
        with self._engine(max(dates) if dates else self.snapshots.latest()) as engine:
            self.snapshots.engine_views(engine, dates=dates)
            seen = Seen(engine, has_merges=self.aliases is not None and self.aliases.num_rows > 0)
            seen.show(client_ids, ("snapshots", "sales"))
            yield seen

    def _engine(self, as_of: date | None) -> Engine:
        version = None
        if as_of is not None and as_of in self.snapshots.dates():
            # A number and the lines behind it are read from one version, whatever has been loaded since.
            version = self.snapshots.info(as_of).ledger_version
        return self.ledger.engine(at_version=version, aliases=self.aliases, memory_limit=self.memory_limit)


@dataclass(frozen=True)
class Seen:
    """An engine with views of what one person may see."""

    engine: Engine
    has_merges: bool = False

    def show(self, client_ids: ClientIds, relations: Sequence[str]) -> None:
        where = ""
        if client_ids is not None:
            self.engine.register(VISIBLE, pa.table({"client_id": pa.array(client_ids, pa.int64())}))
            where = f" where client_id in (select client_id from {VISIBLE})"
            if self.has_merges:
                # A snapshot taken before a merge has a row for either card.
                merged = f"select alias_id from {ALIASES} where client_id in (select client_id from {VISIBLE})"
                where += f" and client_id not in (select alias_id from {ALIASES}) or client_id in ({merged})"
        for relation in relations:
            self.engine.view(f"seen_{relation}", f"select * from {relation}{where}")

    def rows(self, sql: str, *, step: str) -> list[dict[str, Any]]:
        return list(self.engine.fetch(sql, step=step).to_pylist())

    def side_sql(self, columns: str, as_of: date) -> str:
        """`columns` (ends in a money named `money`) of each client on one date, cards merged since as one client.

        His are the columns of the card the others were merged into; the money is that of all.
        """
        rows = f"select client_id, {columns} from seen_snapshots where as_of = {day_sql(as_of)}"
        if not self.has_merges:
            return rows
        return f"""
            select * exclude (family, is_alias)
              replace (family as client_id, sum(money) over (partition by family) as money)
            from (
              select card.*, aliased.alias_id is not null as is_alias,
                coalesce(aliased.client_id, card.client_id) as family
              from ({rows}) as card left join {ALIASES} as aliased on aliased.alias_id = card.client_id
            )
            qualify row_number() over (partition by family order by is_alias, client_id) = 1
        """

    def column(self, name: str) -> str:
        """`name` if the snapshots have such a column; raises UserError otherwise."""
        if name not in self.engine.columns("snapshots"):
            raise UserError(N_("The snapshot has no “%(word)s”."), cure=N_("Run the pulse again."), word=name)
        return f'"{name}"'

    def has_column(self, name: str) -> bool:
        return name in self.engine.columns("snapshots")

    def measure(self) -> str:
        """'margin', or 'revenue' where no buyer's cost is known: then margin says nothing."""
        known = self.rows("select count(margin_12m) as known from seen_snapshots where orders_12m > 0", step="measure")
        return "margin" if known[0]["known"] else "revenue"


def day_sql(day: date) -> str:
    return f"date '{day.isoformat()}'"


def text_sql(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
