"""Run the catalogue on an engine."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

import pyarrow as pa

from clientarium.core.ground.expressions import Name, ValueType
from clientarium.core.metrics.card_input import CARD_INPUT, CARD_SCHEMA, no_cards
from clientarium.core.metrics.catalogue import CLIENT_FIELDS, Catalogue
from clientarium.core.metrics.compose import CLIENTS_INPUT, RESULT, compose
from clientarium.core.metrics.forecast_input import FORECAST_INPUT, FORECAST_SCHEMA, no_forecast
from clientarium.core.metrics.norms import Norms

ARROW_TYPES = {ValueType.TEXT: pa.string(), ValueType.DATE: pa.date32(), ValueType.BOOLEAN: pa.bool_()}


class SqlEngine(Protocol):
    """The part of the ledger's Engine this room uses."""

    def register(self, name: str, table: pa.Table) -> None: ...
    def materialize(self, name: str, sql: str) -> None: ...
    def view(self, name: str, sql: str) -> None: ...


def compute(
    engine: SqlEngine,
    catalogue: Catalogue,
    *,
    as_of: date,
    norms: Norms,
    clients: pa.Table,
    forecast: pa.Table | None = None,
    cards: pa.Table | None = None,
    only: Iterable[str] | None = None,
) -> str:
    """Make the relation `metrics`: client_id, every metric (or `only` those and their needs), the clients' columns.

    One row per client of `clients` or of the facts dated on or before `as_of` that the metrics wanted stand on.
    `forecast` has the columns of FORECAST_SCHEMA and `cards` those of CARD_SCHEMA, as of the same day; without them
    the metrics over them are unknown.
    """
    clients = with_all_fields(clients)
    forecast = no_forecast() if forecast is None else forecast
    assert forecast.schema.equals(FORECAST_SCHEMA), forecast.schema
    cards = no_cards() if cards is None else cards
    assert cards.schema.equals(CARD_SCHEMA), cards.schema
    engine.register(CLIENTS_INPUT, clients)
    engine.register(FORECAST_INPUT, forecast)
    engine.register(CARD_INPUT, cards)
    queries = compose(catalogue, as_of=as_of, norms=norms, client_columns=clients.column_names, only=only)
    for query in queries:
        make = engine.materialize if query.is_table else engine.view
        make(query.name, query.sql)
    return RESULT


def with_all_fields(clients: pa.Table) -> pa.Table:
    """`clients` with each standard field it lacks added as unknown, so that every name of the vocabulary exists."""
    for field in CLIENT_FIELDS:
        if field.name not in clients.column_names:
            clients = clients.append_column(field.name, pa.nulls(clients.num_rows, _arrow_type(field)))
    return clients


def _arrow_type(field: Name) -> pa.DataType:
    return ARROW_TYPES[field.type]
