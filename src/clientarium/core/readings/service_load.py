"""What each client, category or seller takes of every service of the firm: counted once, priced by any norms.

Counting (SQL over a year of touches and the documents of the snapshot) knows no norms; pricing is arithmetic over the
counts. So a changed norm is tried without asking the ledger again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow as pa

from clientarium.core.ground import add_months
from clientarium.core.metrics import Norms, service_of
from clientarium.core.readings.seen_base import Base, ClientIds, Seen, day_sql

SALE = "sale"
"""The kind of the work every service has with a sales document."""

CLIENT = "client"
DECIDED = "load_decided"
MONTHS = 12
MINUTES_IN_HOUR = 60
MONEY_STEP = Decimal("0.01")


@dataclass(frozen=True)
class TouchCount:
    """Touches of one kind by one department within 12 months; `department` None: the file named none.

    `unmeasured` of them have no minutes of their own, `minutes` are those of the others.
    """

    key: str | int | None
    department: str | None
    kind: str
    touches: int
    unmeasured: int
    minutes: float


@dataclass(frozen=True)
class DocumentCount:
    """Sales documents of one key within 12 months, and what the key brought; `money` is margin, else revenue."""

    key: str | int | None
    clients: int
    documents: int
    money: Decimal


@dataclass(frozen=True)
class LoadCounts:
    """A year of work, counted. `measure` says what the money is: 'margin', or 'revenue' where no cost is known."""

    touches: tuple[TouchCount, ...]
    documents: tuple[DocumentCount, ...]
    measure: str


@dataclass(frozen=True)
class ServiceMinutes:
    """What one service spent in 12 months on one key by one kind of work; money by the service's hourly cost.

    `kind` is a kind of touch, or `SALE`: the service's work on sales documents.
    """

    key: str | int | None
    service: str
    kind: str
    count: int
    minutes_measured: float
    minutes_estimated: float
    money: Decimal

    @property
    def minutes(self) -> float:
        return self.minutes_measured + self.minutes_estimated


def service_minutes(
    base: Base,
    *,
    as_of: date,
    norms: Norms,
    by: str | None,
    client_ids: ClientIds = None,
    decided: pa.Table | None = None,
) -> list[ServiceMinutes]:
    """A year of every service's work by grade, layer, seller or client (`by` None: all together).

    `by` is a column of the snapshot, or 'client'. `decided` (client_id, category) is what people decided since the
    snapshot; it counts instead. Clients outside the scheme, or held by nobody, have the key None.
    """
    counted = load_counts(base, as_of=as_of, by=by, client_ids=client_ids, decided=decided)
    return priced(counted, norms)


def load_counts(
    base: Base,
    *,
    as_of: date,
    by: str | None,
    client_ids: ClientIds = None,
    decided: pa.Table | None = None,
) -> LoadCounts:
    """The counts behind `service_minutes`."""
    with base.states(client_ids, dates=[as_of]) as seen:
        seen.show(client_ids, ("touches",))
        cards = _cards_sql(seen, as_of, by=by, decided=decided)
        documents = f"""
            select key, count(*) as clients, cast(coalesce(sum(sales_documents_12m), 0) as bigint) as documents,
              coalesce(sum(money), 0) as money
            from ({cards}) group by 1 order by 1 nulls last
        """
        return LoadCounts(
            touches=tuple(
                TouchCount(**row) for row in seen.rows(_touches_sql(cards, as_of, by=by), step="counts of touches")
            ),
            documents=tuple(DocumentCount(**row) for row in seen.rows(documents, step="counts of documents")),
            measure=seen.measure(),
        )


def _cards_sql(seen: Seen, as_of: date, *, by: str | None, decided: pa.Table | None) -> str:
    """client_id, key, sales_documents_12m, money of each client of the snapshot."""
    key, joined = "cast(null as varchar)", ""
    if by is not None:
        key = "card.client_id" if by == CLIENT else f"card.{seen.column(by)}"
    if decided is not None and decided.num_rows:
        seen.engine.register(DECIDED, decided)
        key = f"case when decided.client_id is null then {key} else decided.category end"
        joined = f" left join {DECIDED} as decided on decided.client_id = card.client_id"
    return f"""
        select card.client_id, {key} as key, card.sales_documents_12m, card.{seen.measure()}_12m as money
        from seen_snapshots as card{joined} where card.as_of = {day_sql(as_of)}
    """


def _touches_sql(cards: str, as_of: date, *, by: str | None) -> str:
    """Touches are counted by client first: the join then has a row per client, not per touch."""
    window = f"touched_on > {day_sql(add_months(as_of, -MONTHS))} and touched_on <= {day_sql(as_of)}"
    counts = """count(*) as touches, count(*) filter (where minutes is null) as unmeasured,
          cast(coalesce(sum(minutes), 0) as double) as minutes"""
    if by is None:
        return f"""
            select cast(null as varchar) as key, department, kind, {counts} from seen_touches
            where {window} group by department, kind order by department nulls last, kind
        """
    return f"""
        with touched as (
          select client_id, department, kind, {counts} from seen_touches where {window} group by 1, 2, 3
        )
        select cards.key, department, kind, cast(sum(touches) as bigint) as touches,
          cast(sum(unmeasured) as bigint) as unmeasured, sum(minutes) as minutes
        from touched left join ({cards}) as cards on cards.client_id = touched.client_id
        group by 1, 2, 3 order by 1 nulls last, 2 nulls last, 3
    """


def priced(counted: LoadCounts, norms: Norms) -> list[ServiceMinutes]:
    """Minutes and money of the counts by `norms`; departments of one service are added together."""
    found: dict[tuple[str | int | None, str, str], ServiceMinutes] = {}
    for row in (*_touch_rows(counted.touches, norms), *_document_rows(counted.documents, norms)):
        place = (row.key, row.service, row.kind)
        found[place] = _both(found[place], row) if place in found else row
    return list(found.values())


def _touch_rows(touches: Iterable[TouchCount], norms: Norms) -> Iterable[ServiceMinutes]:
    for one in touches:
        estimated = float(norms.minutes(one.kind, one.department)) * one.unmeasured
        money = _money(one.minutes + estimated, norms.hourly(one.department))
        service = service_of(one.department, default=norms.default_department)
        yield ServiceMinutes(one.key, service, one.kind, one.touches, one.minutes, estimated, money)


def _document_rows(documents: Iterable[DocumentCount], norms: Norms) -> Iterable[ServiceMinutes]:
    for one in documents:
        for name, minutes in norms.document_minutes.items() if one.documents else ():
            estimated = float(minutes) * one.documents
            service = service_of(name, default=norms.default_department)
            money = _money(estimated, norms.hourly(name))
            yield ServiceMinutes(one.key, service, SALE, one.documents, 0.0, estimated, money)


def _money(minutes: float, hourly: Decimal) -> Decimal:
    return (Decimal(str(minutes)) * hourly / MINUTES_IN_HOUR).quantize(MONEY_STEP)


def _both(one: ServiceMinutes, other: ServiceMinutes) -> ServiceMinutes:
    return ServiceMinutes(
        one.key,
        one.service,
        one.kind,
        one.count + other.count,
        one.minutes_measured + other.minutes_measured,
        one.minutes_estimated + other.minutes_estimated,
        one.money + other.money,
    )
