"""The pulse: ledger → forecast → metrics → categories → a published snapshot. This file is the order of the rooms."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from clientarium.core.categories import classify
from clientarium.core.forecast import DEFAULT_CHOICE, Choice
from clientarium.core.ground import add_months, content_hash
from clientarium.core.ledger import EngineKind, Ledger, SnapshotInfo, Snapshots
from clientarium.core.metrics import compute
from clientarium.core.pipeline.definitions import Definitions
from clientarium.core.pipeline.fingerprint import fingerprint_of, table_fingerprint
from clientarium.core.pipeline.forecasting import forecast_of_ledger
from clientarium.core.pipeline.watching import IsCancelled, WatchedEngine

STEPS = ("facts", "forecast", "metrics", "categories", "snapshot", "fingerprint", "write")
"""The steps a progress bar shows, in order."""

BACKFILL_MONTHS = (1, 3, 12)
"""A base is compared with a month ago (the alarm), a quarter ago (grade review) and a year ago (seasons cancel out)."""

Progress = Callable[[str, int, int], None]

SNAPSHOT_SQL = "select metrics.*, categories.* exclude (client_id) from metrics join categories using (client_id)"


@dataclass(frozen=True)
class _Steps:
    """Tells how far the pulse is and stops it between two steps."""

    engine: WatchedEngine
    progress: Progress | None

    def begin(self, step: str) -> None:
        self.engine.check(step)
        if self.progress is not None:
            self.progress(step, STEPS.index(step), len(STEPS))

    def end(self) -> None:
        if self.progress is not None:
            self.progress(STEPS[-1], len(STEPS), len(STEPS))


def pulse(
    ledger: Ledger,
    snapshots: Snapshots,
    definitions: Definitions,
    *,
    as_of: date,
    clients: pa.Table,
    standing: pa.Table | None = None,
    aliases: pa.Table | None = None,
    cards: pa.Table | None = None,
    choice: Choice = DEFAULT_CHOICE,
    engine: EngineKind = "duckdb",
    program_version: str = "",
    made_at: str = "",
    memory_limit: str = "3GB",
    progress: Progress | None = None,
    cancelled: IsCancelled | None = None,
) -> SnapshotInfo:
    """Compute every metric and category of every client as of `as_of` and publish them as that date's snapshot.

    `clients`: client_id and the fields of the cards; `cards`: what checks of them found; `standing`: the categories in
    force before `as_of`; `choice`: the methods the forecast is made by.
    Raises Cancelled (nothing is published), EngineError, StorageFull, MemoryLimitReached.
    """
    with ledger.engine(engine, aliases=aliases, memory_limit=memory_limit) as running:
        watched = WatchedEngine(running, cancelled)
        steps = _Steps(watched, progress)

        steps.begin("facts")
        inputs = _inputs_hash(clients, standing, aliases, cards, choice)

        steps.begin("forecast")
        expected = forecast_of_ledger(watched, as_of=as_of, norms=definitions.norms, choice=choice)

        steps.begin("metrics")
        norms = definitions.norms
        compute(
            watched, definitions.catalogue, as_of=as_of, norms=norms, clients=clients, forecast=expected, cards=cards
        )

        steps.begin("categories")
        classify(watched, definitions.schemes, standing=standing, as_of=as_of)

        steps.begin("snapshot")
        watched.materialize("snapshot", SNAPSHOT_SQL)
        rows_sql = "select * from snapshot order by client_id"

        steps.begin("fingerprint")
        reader = watched.reader(rows_sql)
        content, rows = fingerprint_of(reader, reader.schema)

        steps.begin("write")
        info = SnapshotInfo(
            as_of=as_of,
            ledger_version=running.ledger_version,
            definitions_hash=definitions.hash,
            standing_hash=inputs,
            program_version=program_version,
            engine=engine,
            content_hash=content,
            rows=rows,
            made_at=made_at,
        )
        snapshots.write(watched.reader(rows_sql), as_of=as_of, info=info)
        steps.end()
    return info


def backfill_dates(as_of: date) -> list[date]:
    """Earlier dates to compute beside the first snapshot, oldest first, so that movement has something to speak of."""
    return sorted(add_months(as_of, -months) for months in BACKFILL_MONTHS)


def _inputs_hash(
    clients: pa.Table, standing: pa.Table | None, aliases: pa.Table | None, cards: pa.Table | None, choice: Choice
) -> str:
    """One hash of everything the pulse was told: cards and checks, categories in force, merges, forecast methods."""
    return content_hash(
        table_fingerprint(clients, sorted_by=["client_id"]),
        table_fingerprint(standing, sorted_by=["client_id", "scheme"]),
        table_fingerprint(aliases, sorted_by=["alias_id"]),
        table_fingerprint(cards, sorted_by=["client_id"]),
        choice.hash,
    )
