"""Who would move: a scheme as edited against the scheme as it stands, on a snapshot already computed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

import pyarrow as pa

from clientarium.core.categories.classification import raw_sql
from clientarium.core.categories.levels import derived_sql, levels_sql
from clientarium.core.categories.reading import names_used
from clientarium.core.categories.scheme import Scheme
from clientarium.core.ground import N_, UserError

MOVED_CLIENTS_SHOWN = 500
"""A page shows the dearest movers; the counts and the matrix speak of all of them."""

MARGIN = "margin_12m"


class ReadingEngine(Protocol):
    """The part of the ledger's engine a trial needs."""

    def register(self, name: str, table: pa.Table) -> None: ...
    def materialize(self, name: str, sql: str) -> None: ...
    def columns(self, name: str) -> dict[str, str]: ...
    def fetch(self, sql: str, *, step: str = ...) -> pa.Table: ...


@dataclass(frozen=True)
class Move:
    """Clients that go from one category to another (None: outside the scheme), with their yearly margin."""

    before: str | None
    after: str | None
    clients: int
    margin: Decimal | None


@dataclass(frozen=True)
class Preview:
    """`matrix` holds every pair, those who stay included; `movers` the dearest (client_id, before, after, margin)."""

    clients: int
    moved_clients: int
    moved_margin: Decimal
    matrix: tuple[Move, ...]
    movers: tuple[tuple[int, str | None, str | None, Decimal | None], ...]


def try_scheme(
    engine: ReadingEngine,
    scheme: Scheme,
    *,
    before: Scheme | None,
    over: str,
    limit: int = MOVED_CLIENTS_SHOWN,
    client_ids: Sequence[int] | None = None,
) -> Preview:
    """What `scheme` would say of the clients of relation `over` (a snapshot) against `before`.

    Both are compared by their bare rules, so that the difference is the edit's own and not a waiting proposal's.
    Without `before` (a new scheme) everybody comes from None. Medians and sums in rules are of the whole base;
    only the moves of `client_ids` (None: all) are counted and shown.
    """
    check_columns(engine, scheme, over)
    sql = _trial_sql(engine, scheme, before, over)
    if client_ids is not None:
        engine.register("trial_clients", pa.table({"client_id": pa.array(client_ids, pa.int64())}))
        sql = f"select * from ({sql}) where client_id in (select client_id from trial_clients)"
    engine.materialize("trial", sql)
    matrix = _matrix(engine.fetch(MATRIX_SQL, step="trial matrix"))
    movers = engine.fetch(MOVERS_SQL.format(limit=int(limit)), step="trial movers").to_pylist()
    moves = [move for move in matrix if move.before != move.after]
    return Preview(
        clients=sum(move.clients for move in matrix),
        moved_clients=sum(move.clients for move in moves),
        moved_margin=sum((move.margin or Decimal(0) for move in moves), Decimal(0)),
        matrix=matrix,
        movers=tuple((row["client_id"], row["before"], row["after"], row["margin"]) for row in movers),
    )


def check_columns(engine: ReadingEngine, scheme: Scheme, over: str) -> None:
    """Raises UserError for a word the relation does not have: it came after the snapshot was made."""
    missing = sorted(names_used(scheme) - set(engine.columns(over)))
    if missing:
        raise UserError(
            N_("The snapshot does not have “%(word)s” yet."), cure=N_("Run the pulse, then try the rule again."),
            place=scheme.place, word=missing[0],
        )  # fmt: skip


MATRIX_SQL = """
select before, after, count(*) as clients, sum(margin) as margin from trial
group by before, after order by before nulls last, after nulls last
"""
MOVERS_SQL = """
select client_id, before, after, margin from trial where before is distinct from after
order by abs(margin) desc nulls last, client_id limit {limit}
"""


def _matrix(table: pa.Table) -> tuple[Move, ...]:
    return tuple(Move(row["before"], row["after"], row["clients"], row["margin"]) for row in table.to_pylist())


def _trial_sql(engine: ReadingEngine, scheme: Scheme, before: Scheme | None, over: str) -> str:
    margin = MARGIN if MARGIN in engine.columns(over) else "cast(null as decimal(18, 4))"
    after_sql = _ruled_sql(engine, scheme, over, "after", margin)
    if before is None:
        return f"select *, cast(null as varchar) as before from ({after_sql})"
    before_sql = _ruled_sql(engine, before, over, "before", margin)
    return f"select a.*, b.before from ({after_sql}) a join ({before_sql}) b on b.client_id = a.client_id"


def _ruled_sql(engine: ReadingEngine, scheme: Scheme, over: str, name: str, margin: str) -> str:
    """client_id, margin and the bare rules' category as `name`; levels and derived numbers are computed afresh."""
    levels = f"trial_levels_{name}"
    engine.materialize(levels, levels_sql([scheme], over=over))
    own = list(scheme.inner_names())
    here = engine.columns(over)
    stale = [column for column in own if column in here]
    rest = f"{over}.* exclude ({', '.join(stale)})" if stale else f"{over}.*"
    derived = "".join(f", {derived_sql(word)} as {word.name}" for word in scheme.derived)
    fresh = f"select {rest}, {levels}.*{derived} from {over} cross join {levels}"
    return f"select client_id, {margin} as margin, {raw_sql(scheme)} as {name} from ({fresh})"
