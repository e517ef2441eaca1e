"""What a number is made of: the document lines, touches or payments a metric of one client counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from clientarium.core.ground import N_, UserError, Window
from clientarium.core.readings.one_client import KEY_SQL, Line, Payment, Touch, lines_sql
from clientarium.core.readings.seen_base import Base, ClientIds, Seen, day_sql

LINES_SHOWN = 200

TABLE_OF_STEP = {
    "sales": "sales",
    "documents": "sales",
    "orders": "sales",
    "purchase_days": "sales",
    "gaps": "sales",
    "months": "sales",
    "client_products": "sales",
    "touches": "touches",
    "payments": "payments",
}
"""Which facts each step of the pulse is made of; the steps over other metrics have none of their own."""

DATED_BY_DOCUMENT = frozenset({"documents", "orders", "purchase_days", "gaps", "months"})
"""These steps cut a window by the date of the document, so all of its lines belong to one side."""


class MetricCard(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def over(self) -> str: ...
    @property
    def window(self) -> Window | None: ...


class MetricCatalogue(Protocol):
    @property
    def metrics(self) -> Any: ...
    def with_needs(self, names: Iterable[str]) -> frozenset[str]: ...


@dataclass(frozen=True)
class Evidence:
    """Facts of one table inside one window, newest first. `rows` is cut at the limit, `count` and `total` are not.

    `total` is the revenue of sale lines, the amount of payments, the measured minutes of touches. `metrics` are the
    metrics that count these facts: more than one where the asked metric is made of others.
    """

    table: str
    after: date | None
    until: date
    metrics: tuple[str, ...]
    count: int
    total: Decimal
    rows: tuple[Line | Touch | Payment, ...]


@dataclass(frozen=True)
class _Cut:
    table: str
    by_document: bool
    after: date | None
    until: date


def lines_behind(
    base: Base,
    *,
    catalogue: MetricCatalogue,
    metric: str,
    client_id: int,
    as_of: date,
    limit: int = LINES_SHOWN,
    client_ids: ClientIds = None,
) -> list[Evidence]:
    """The facts behind `metric` of one client, one entry per table and window; [] for one you may not see."""
    if metric not in catalogue.metrics:
        raise UserError(N_("There is no metric “%(word)s”."), word=metric)
    if client_ids is not None and client_id not in client_ids:
        return []
    with base.facts([client_id], as_of=as_of) as seen:
        return [_evidence(seen, cut, names, as_of, limit) for cut, names in _cuts(catalogue, metric, as_of).items()]


def _cuts(catalogue: MetricCatalogue, metric: str, as_of: date) -> dict[_Cut, tuple[str, ...]]:
    """The windows of facts `metric` reaches, each with the metrics that use it."""
    found: dict[_Cut, tuple[str, ...]] = {}
    for name in sorted(catalogue.with_needs([metric])):
        card: MetricCard = catalogue.metrics[name]
        if card.over in TABLE_OF_STEP:
            after, until = (card.window or Window(None)).bounds(as_of)
            cut = _Cut(TABLE_OF_STEP[card.over], card.over in DATED_BY_DOCUMENT, after, until)
            found[cut] = (*found.get(cut, ()), name)
    return found


def _evidence(seen: Seen, cut: _Cut, names: tuple[str, ...], as_of: date, limit: int) -> Evidence:
    reading = {"sales": _sales, "touches": _touches, "payments": _payments}[cut.table]
    count, total, rows = reading(seen, cut, as_of, limit)
    return Evidence(cut.table, cut.after, cut.until, names, count, total, rows)


def _inside(column: str, cut: _Cut) -> str:
    lower = f"{column} > {day_sql(cut.after)} and " if cut.after else ""
    return f"{lower}{column} <= {day_sql(cut.until)}"


Found = tuple[int, Decimal, tuple[Line | Touch | Payment, ...]]


def _sales(seen: Seen, cut: _Cut, as_of: date, limit: int) -> Found:
    where = _inside("sold_on", cut)
    if cut.by_document:
        dated = f"""
            select {KEY_SQL} as key from seen_sales where sold_on <= {day_sql(as_of)}
            group by 1 having {_inside("min(sold_on)", cut)}
        """
        where = f"sold_on <= {day_sql(as_of)} and {KEY_SQL} in ({dated})"
    rows = seen.rows(lines_sql(where, f"sold_on desc, doc_id, line_no limit {int(limit)}"), step="lines behind")
    return *_sums(seen, "sales", "revenue", where), tuple(Line(**row) for row in rows)


def _touches(seen: Seen, cut: _Cut, _as_of: date, limit: int) -> Found:
    where = _inside("touched_on", cut)
    sql = f"""
        select touched_on, kind, department, seller, minutes, direction, result, source from seen_touches
        where {where} order by touched_on desc, source, touch_id limit {int(limit)}
    """
    rows = seen.rows(sql, step="touches behind")
    return *_sums(seen, "touches", "minutes", where), tuple(Touch(**row) for row in rows)


def _payments(seen: Seen, cut: _Cut, as_of: date, limit: int) -> Found:
    where = _inside("due_on", cut)
    paid = f"case when paid_on <= {day_sql(as_of)} then paid_on end"
    sql = f"""
        select due_on, {paid} as paid_on, amount, currency, doc_id, source,
          cast(greatest(0, date_diff('day', due_on, coalesce({paid}, {day_sql(as_of)}))) as integer) as late_days
        from seen_payments where {where} order by due_on desc, doc_id limit {int(limit)}
    """
    rows = seen.rows(sql, step="payments behind")
    return *_sums(seen, "payments", "amount", where), tuple(Payment(**row) for row in rows)


def _sums(seen: Seen, table: str, column: str, where: str) -> tuple[int, Decimal]:
    sql = f"select count(*) as count, coalesce(sum({column}), 0) as total from seen_{table} where {where}"
    row = seen.rows(sql, step="sums behind")[0]
    return row["count"], row["total"]
