"""From the ledger to a forecast: the purchase days an engine finds, and what is expected of their clients."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa

from clientarium.core.forecast import DEFAULT_CHOICE, Choice, Histories, day_number, histories_of
from clientarium.core.ledger import EngineKind, Ledger
from clientarium.core.metrics import PURCHASE_HISTORY, Norms, purchase_history_queries

if TYPE_CHECKING:
    from clientarium.core.forecast import Accuracy

HISTORY_SQL = f"select client_id, day, revenue, margin, returned from {PURCHASE_HISTORY} order by client_id, day"


class ReadingEngine(Protocol):
    """The part of an engine this file uses."""

    def materialize(self, name: str, sql: str) -> None: ...
    def view(self, name: str, sql: str) -> None: ...
    def reader(self, sql: str) -> pa.RecordBatchReader: ...


def known_choice(stored: Mapping[str, Any]) -> Choice:
    """The choice kept as a dict; the default's method where this version has none of that name."""
    from clientarium.core.forecast import known_choice as found  # noqa: PLC0415 -- slow import: scipy

    return found(stored)


def purchase_history(engine: ReadingEngine, *, as_of: date, norms: Norms) -> pa.Table:
    """client_id, day, revenue, margin, returned by client and day, for documents dated on or before `as_of`."""
    for query in purchase_history_queries(as_of=as_of, norms=norms):
        make = engine.materialize if query.is_table else engine.view
        make(query.name, query.sql)
    return engine.reader(HISTORY_SQL).read_all()


def forecast_of_ledger(engine: ReadingEngine, *, as_of: date, norms: Norms, choice: Choice | None = None) -> pa.Table:
    """The forecast of every client with a purchase on or before `as_of`."""
    # In here, as many processes load files and never forecast.
    from clientarium.core.forecast import forecast, net_of_returns  # noqa: PLC0415 -- slow import: scipy

    purchases = net_of_returns(purchase_history(engine, as_of=as_of, norms=norms))
    histories = histories_of(purchases, until=day_number(as_of))
    return forecast(histories, as_of=as_of, choice=choice or DEFAULT_CHOICE)


def ledger_histories(
    ledger: Ledger,
    *,
    as_of: date,
    norms: Norms,
    aliases: pa.Table | None = None,
    engine: EngineKind = "duckdb",
    memory_limit: str = "3GB",
) -> Histories:
    """The purchase days of the whole ledger with the money of their orders: what a backtest cuts and judges.

    Returns are left out: one dated after a cut would tell the past what it could not know.
    """
    with ledger.engine(engine, aliases=aliases, memory_limit=memory_limit) as running:
        history = purchase_history(running, as_of=as_of, norms=norms)
    return histories_of(history.filter(history["revenue"].is_valid()), until=day_number(as_of))


def backtest(
    ledger: Ledger,
    *,
    as_of: date,
    norms: Norms,
    aliases: pa.Table | None = None,
    memory_limit: str = "3GB",
    progress: Callable[[int, int], None] | None = None,
) -> "Accuracy":
    """How right every method would have been on this ledger, and the ones it chooses; `progress` may raise."""
    from clientarium.core.forecast import accuracy  # noqa: PLC0415 -- slow import: scipy

    histories = ledger_histories(ledger, as_of=as_of, norms=norms, aliases=aliases, memory_limit=memory_limit)
    return accuracy(histories, progress=progress)
