"""Publishing a state: a fresh table is filled beside the current one and takes its place in one transaction.

Until that moment every list shows the old state, and if anything fails it goes on doing so.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
from django.db import connection, transaction
from django.utils import timezone

from clientarium.core.ground.expressions import Name, ValueType
from clientarium.decisions.journal import record
from clientarium.decisions.people import User

from ..choices import ClientVerb, Stage
from ..models import Client, StateColumns, StateTable
from ..queries.publication import column_of, state_model
from .bulk import ROWS_PER_TRANSACTION, execute, insert_batch, is_postgres, quoted
from .copies import COPIED, copies_statement

SORTED_BY = ("margin_12m", "revenue_12m", "last_purchase_on", "grade", "layer")
"""Columns the lists of all clients are sorted by in a moment; a portfolio is small enough to sort as it is."""

READ_THROUGH = (
    "revenue_12m", "margin_12m", "minutes_12m", "orders_1m", "orders_12m", "days_since_last_purchase",
    "typical_gap_days", "silence_ratio", "revenue_prev_12m", "margin_prev_12m", "margin_pct_12m", "average_order_12m",
    "attention_12m_share", "margin_12m_share", "margin_12m_share_ahead", "last_purchase_on", "last_touch_on",
    "grade", "layer", "lifecycle", "movement", "abc_revenue", "abc_margin",
)  # fmt: skip
"""What conditions and sorts mostly speak of and sums add up, kept together in one index beginning with the holder.

A million clients are read from it five times faster than from their rows of 120 columns."""

CHECKED_BY = (
    "data_quality", "valid_phones", "valid_emails", "bad_contacts", "inn_check", "missing_fields",
    "days_since_verified", "is_unreachable", "orders_12m", "margin_12m",
)  # fmt: skip
"""What the page of quality counts, kept together: a base of 100,000 is counted from 3 MB in a third of the time."""

COUNTED_BY = ("layer", "grade", "revenue_12m", "margin_12m", "orders_1m")
"""An index in the order in which the first screen groups all clients."""

IDS_PER_COPY = 20_000
"""Clients whose names are copied in one transaction; about 50 ms."""

ARROW_TYPES = {
    ValueType.NUMBER: pa.float64(),
    ValueType.MONEY: pa.decimal128(24, 4),
    ValueType.INTEGER: pa.int64(),
    ValueType.TEXT: pa.string(),
    ValueType.DATE: pa.date32(),
    ValueType.BOOLEAN: pa.bool_(),
}

Batches = Iterable[pa.RecordBatch] | Iterable[Sequence[Any]]


def publish_state(
    columns: Sequence[Name | tuple[str, str]],
    batches: Batches,
    *,
    as_of: date,
    info: Mapping[str, Any] | None = None,
    by: User | None = None,
) -> StateTable:
    """Make `batches` the state that lists show.

    Batches are Arrow batches with a column client_id and the named columns, or rows (client_id, *values).
    Clients that no batch names get a row without figures; rows of unknown clients are dropped.
    """
    names = [
        column if isinstance(column, Name) else Name(column[0], ValueType(column[1]), *column[:1] * 2)
        for column in columns
    ]
    publication = begin_publication(names, as_of=as_of, info=info or {})
    try:
        state = state_model(publication)
        fill(state, names, batches)
        index(state, names)
        take_place(publication, by=by)
    except BaseException:  # interrupted or failed: the half-made table must not stay
        drop_publication(publication)
        raise
    drop_older_publications()
    return publication


@transaction.atomic
def begin_publication(names: Sequence[Name], *, as_of: date, info: Mapping[str, Any]) -> StateTable:
    for abandoned in StateTable.objects.filter(stage=Stage.BUILDING):
        drop_publication(abandoned)
    publication = StateTable.objects.create(
        token=secrets.token_hex(6), columns=[column_of(name) for name in names], as_of=as_of, info=dict(info)
    )
    execute(creation_sql(state_model(publication)))
    return publication


def creation_sql(state: type[StateColumns]) -> str:
    parts = []
    for field in state._meta.concrete_fields:
        # SQLite's table is kept in the order of its key only if that is spelled `integer`.
        kind = ("bigint" if is_postgres() else "integer") if field.primary_key else field.db_type(connection)
        nullable = "PRIMARY KEY" if field.primary_key else "" if field.null else "NOT NULL DEFAULT ''"
        parts.append(f"{quoted(str(field.column))} {kind} {nullable}")
    return f"CREATE TABLE {quoted(state._meta.db_table)} ({', '.join(parts)})"


def fill(state: type[StateColumns], names: Sequence[Name], batches: Batches) -> None:
    """Load the batches, then the copies of names and holders."""
    schema = pa.schema([("client_id", pa.int64()), *((name.name, ARROW_TYPES[name.type]) for name in names)])
    for batch in small_batches(batches, schema):
        with transaction.atomic():
            insert_batch(state._meta.db_table, batch)
    last = Client.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for start in range(0, last + 1, IDS_PER_COPY):
        with transaction.atomic():
            execute(
                copies_statement(state) + " AND state.client_id >= %s AND state.client_id < %s",
                [start, start + IDS_PER_COPY],
            )


def small_batches(batches: Batches, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Batches with exactly `schema`, each small enough for one transaction."""
    rows: list[Sequence[Any]] = []
    for batch in batches:
        if isinstance(batch, pa.RecordBatch):
            shaped = pa.Table.from_batches([batch]).select(schema.names).cast(schema, safe=False)
            yield from shaped.combine_chunks().to_batches(max_chunksize=ROWS_PER_TRANSACTION)
            continue
        rows.append(batch)
        if len(rows) == ROWS_PER_TRANSACTION:
            yield batch_of(rows, schema)
            rows = []
    if rows:
        yield batch_of(rows, schema)


def batch_of(rows: Sequence[Sequence[Any]], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    return pa.RecordBatch.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


def index(state: type[StateColumns], names: Sequence[Name]) -> None:
    """The few indexes lists need; each in its own transaction, because building one holds the writer's lock."""
    published = {name.name for name in names}
    wanted = [
        ("holder_id", *(name for name in READ_THROUGH if name in published), "client_id"),
        ("search_name", "client_id"),
    ]
    if published.issuperset(COUNTED_BY):
        wanted.append((*COUNTED_BY, "client_id"))
    if published.issuperset(CHECKED_BY):
        wanted.append(("holder_id", *CHECKED_BY, "client_id"))
    wanted += [(name, "client_id") for name in SORTED_BY if name in published]
    table = state._meta.db_table
    for number, columns in enumerate(wanted):
        with transaction.atomic():
            execute(f"CREATE INDEX {quoted(f'{table}_{number}')} ON {quoted(table)} ({quoted(*columns)})")
    analyse(table)


def analyse(table: str) -> None:
    """Tell the database what the table holds; PostgreSQL reads an index alone only of a table it has vacuumed."""
    if is_postgres() and not connection.in_atomic_block:
        execute(f"VACUUM ANALYZE {quoted(table)}")
        return
    with transaction.atomic():
        execute(f"ANALYZE {quoted(table)}")


@transaction.atomic
def take_place(publication: StateTable, *, by: User | None) -> None:
    """Make `publication` the current state, with every client and holder as they are at this moment."""
    previous = StateTable.objects.select_for_update().filter(stage=Stage.CURRENT).first()
    catch_up(state_model(publication))
    if previous:
        previous.stage = Stage.PAST
        previous.save(update_fields=["stage"])
    publication.stage, publication.published_at = Stage.CURRENT, timezone.now()
    publication.save(update_fields=["stage", "published_at"])
    record(ClientVerb.STATE_PUBLISHED, target=publication, by=by, data={"as_of": publication.as_of})


def catch_up(state: type[StateColumns]) -> None:
    """What changed while the table was being filled: names, holders, clients made and unmade."""
    differs = " IS DISTINCT FROM " if is_postgres() else " IS NOT "
    changed = " OR ".join(f"state.{column}{differs}client.{column}" for column in COPIED)
    execute(f"{copies_statement(state)} AND ({changed})")
    table, client, copied = quoted(state._meta.db_table), quoted(Client._meta.db_table), ", ".join(COPIED)
    execute(
        f"INSERT INTO {table} (client_id, {copied}) SELECT client.id, {copied} FROM {client} AS client"
        f" WHERE client.merged_into_id IS NULL"
        f" AND NOT EXISTS (SELECT 1 FROM {table} AS state WHERE state.client_id = client.id)"
    )
    there = f"SELECT 1 FROM {client} AS client WHERE client.id = client_id AND client.merged_into_id IS NULL"
    execute(f"DELETE FROM {table} WHERE NOT EXISTS ({there})")


def drop_older_publications() -> None:
    """Drop past states but the last one, which somebody may be reading."""
    for past in list(StateTable.objects.filter(stage=Stage.PAST).order_by("-published_at")[1:]):
        drop_publication(past)


@transaction.atomic
def drop_publication(publication: StateTable) -> None:
    execute(f"DROP TABLE IF EXISTS {quoted(publication.table)}")
    StateTable.objects.filter(pk=publication.pk).delete()
