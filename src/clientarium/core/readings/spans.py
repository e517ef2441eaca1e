"""What clients bought and how many minutes they took in spans of days: for a decision measured before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clientarium.core.metrics import Norms
from clientarium.core.readings.seen_base import Base, Seen, day_sql

Span = tuple[date, date]


@dataclass(frozen=True)
class ClientPeriod:
    """`orders`: documents (or days without a document number) worth more than zero; `margin` of lines with a cost.

    `minutes`: touches, measured or by their norm, and every sales document by the norms of all services.
    """

    client_id: int
    orders: int
    revenue: Decimal
    margin: Decimal
    minutes: float


def client_periods(
    base: Base, *, client_ids: Sequence[int], spans: Sequence[Span], norms: Norms, as_of: date | None = None
) -> list[dict[int, ClientPeriod]]:
    """One answer per span, both days included; who neither bought nor was touched is left out of it.

    `as_of`: read the ledger as that day's snapshot read it.
    """
    with base.facts(list(client_ids), as_of=as_of) as seen:
        return [_of_span(seen, span, norms) for span in spans]


def _of_span(seen: Seen, span: Span, norms: Norms) -> dict[int, ClientPeriod]:
    first, until = map(day_sql, span)
    sales = f"""
        with documents as (
          select client_id, sum(revenue) as revenue, coalesce(sum(revenue - cost), 0) as margin from seen_sales
          where sold_on between {first} and {until}
          group by client_id, case when doc_id is null then '' else source end,
            coalesce(doc_id, cast(sold_on as varchar))
        )
        select client_id, count(*) filter (where revenue > 0) as orders, count(*) as documents,
          sum(revenue) as revenue, sum(margin) as margin
        from documents group by 1
    """
    touches = f"""
        select client_id, kind, department, count(*) filter (where minutes is null) as unmeasured,
          cast(coalesce(sum(minutes), 0) as double) as minutes
        from seen_touches where touched_on between {first} and {until} group by 1, 2, 3
    """
    minutes: dict[int, float] = {}
    for row in seen.rows(touches, step="touches of a span"):
        estimated = float(norms.minutes(row["kind"], row["department"])) * row["unmeasured"]
        minutes[row["client_id"]] = minutes.get(row["client_id"], 0.0) + row["minutes"] + estimated
    bought = {row["client_id"]: row for row in seen.rows(sales, step="sales of a span")}
    a_document, none = float(norms.minutes_per_document()), Decimal(0)
    found = {}
    for client_id in {*bought, *minutes}:
        row = bought.get(client_id, {"orders": 0, "documents": 0, "revenue": none, "margin": none})
        spent = minutes.get(client_id, 0.0) + row["documents"] * a_document
        found[client_id] = ClientPeriod(client_id, row["orders"], row["revenue"], row["margin"], spent)
    return found
