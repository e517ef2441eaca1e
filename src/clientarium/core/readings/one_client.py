"""The card of one client: months, documents, lines, touches, payments."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clientarium.core.ground import add_months
from clientarium.core.readings.product_names import NAMED_PRODUCTS_SQL
from clientarium.core.readings.seen_base import Base, ClientIds, day_sql, text_sql

MONTHS_SHOWN = 24
PAGE = 50


@dataclass(frozen=True)
class ClientMonth:
    """A calendar month: money, orders and touches in it. `margin` is None where no line's cost is known."""

    month: date
    revenue: Decimal
    margin: Decimal | None
    orders: int
    touches: int
    minutes: float | None


@dataclass(frozen=True)
class Document:
    """`key` names it for `document_lines` and as the cursor of the next page."""

    key: str
    source: str
    doc_id: str | None
    sold_on: date
    lines: int
    revenue: Decimal
    margin: Decimal | None
    currency: str
    seller: str | None
    is_return: bool


@dataclass(frozen=True)
class Line:
    line_no: int
    sold_on: date
    product: str | None
    product_name: str | None
    quantity: Decimal | None
    revenue: Decimal
    cost: Decimal | None
    discount: Decimal | None
    currency: str
    seller: str | None
    is_return: bool
    source: str
    doc_id: str | None
    import_id: str


@dataclass(frozen=True)
class Touch:
    touched_on: date
    kind: str
    department: str | None
    seller: str | None
    minutes: Decimal | None
    direction: str | None
    result: str | None
    source: str


@dataclass(frozen=True)
class Payment:
    due_on: date | None
    paid_on: date | None
    amount: Decimal
    currency: str
    doc_id: str | None
    late_days: int
    source: str


def client_months(
    base: Base, *, client_id: int, as_of: date, months: int = MONTHS_SHOWN, client_ids: ClientIds = None
) -> list[ClientMonth]:
    """The last `months` calendar months up to `as_of`'s, oldest first, empty ones included; [] if not visible."""
    first = add_months(as_of.replace(day=1), 1 - months)
    wanted = ", ".join(day_sql(add_months(first, step)) for step in range(months))
    own = f"client_id = {int(client_id)}"
    sql = f"""
        with months as (select unnest([{wanted}]) as month),
        sold as (
          select cast(date_trunc('month', sold_on) as date) as month, sum(revenue) as revenue,
            sum(revenue - cost) as margin
          from seen_sales where {own} and sold_on >= {day_sql(first)} and sold_on <= {day_sql(as_of)} group by 1
        ),
        ordered as (
          select cast(date_trunc('month', sold_on) as date) as month, count(*) as orders
          from ({DOCUMENTS_SQL.format(own=own, as_of=day_sql(as_of))}) where revenue > 0 group by 1
        ),
        touched as (
          select cast(date_trunc('month', touched_on) as date) as month, count(*) as touches,
            cast(sum(minutes) as double) as minutes
          from seen_touches where {own} and touched_on >= {day_sql(first)} and touched_on <= {day_sql(as_of)} group by 1
        )
        select months.month, coalesce(revenue, 0) as revenue,
          case when revenue is null then 0 else margin end as margin,
          coalesce(orders, 0) as orders, coalesce(touches, 0) as touches, minutes
        from months left join sold using (month) left join ordered using (month) left join touched using (month)
        order by months.month
    """
    with base.facts(_only(client_id, client_ids), as_of=as_of) as seen:
        return [ClientMonth(**row) for row in seen.rows(sql, step="client months")]


def purchase_days(base: Base, *, client_id: int, as_of: date, client_ids: ClientIds = None) -> list[date]:
    """Days of the last two years on which an order (a document above zero) was made, oldest first."""
    since = day_sql(add_months(as_of, -MONTHS_SHOWN))
    documents = DOCUMENTS_SQL.format(own=f"client_id = {int(client_id)}", as_of=day_sql(as_of))
    sql = f"select distinct sold_on from ({documents}) where revenue > 0 and sold_on > {since} order by sold_on"
    with base.facts(_only(client_id, client_ids), as_of=as_of) as seen:
        return [row["sold_on"] for row in seen.rows(sql, step="purchase days")]


def client_documents(
    base: Base,
    *,
    client_id: int,
    as_of: date,
    limit: int = PAGE,
    before: tuple[date, str] | None = None,
    client_ids: ClientIds = None,
) -> list[Document]:
    """A page of his documents, newest first; `before` is (sold_on, key) of the last one of the page before."""
    cursor = f"where (sold_on, key) < ({day_sql(before[0])}, {text_sql(before[1])})" if before else ""
    own = f"client_id = {int(client_id)}"
    sql = f"""
        select * exclude (client_id) from ({DOCUMENTS_SQL.format(own=own, as_of=day_sql(as_of))})
        {cursor} order by sold_on desc, key desc limit {int(limit)}
    """
    with base.facts(_only(client_id, client_ids), as_of=as_of) as seen:
        return [Document(**row) for row in seen.rows(sql, step="client documents")]


def document_lines(base: Base, *, client_id: int, key: str, as_of: date, client_ids: ClientIds = None) -> list[Line]:
    """The lines of one document of the client, in their order."""
    where = f"client_id = {int(client_id)} and {KEY_SQL} = {text_sql(key)} and sold_on <= {day_sql(as_of)}"
    with base.facts(_only(client_id, client_ids), as_of=as_of) as seen:
        rows = seen.rows(lines_sql(where, "line_no, product"), step="document lines")
    return [Line(**row) for row in rows]


def client_touches(
    base: Base, *, client_id: int, as_of: date, limit: int = PAGE, client_ids: ClientIds = None
) -> list[Touch]:
    """His touches, newest first."""
    sql = f"""
        select touched_on, kind, department, seller, minutes, direction, result, source from seen_touches
        where client_id = {int(client_id)} and touched_on <= {day_sql(as_of)}
        order by touched_on desc, source, touch_id limit {int(limit)}
    """
    with base.facts(_only(client_id, client_ids), as_of=as_of) as seen:
        return [Touch(**row) for row in seen.rows(sql, step="client touches")]


def client_payments(
    base: Base, *, client_id: int, as_of: date, limit: int = PAGE, client_ids: ClientIds = None
) -> list[Payment]:
    """His payments by due date, newest first; `late_days` counts to `as_of` while unpaid."""
    paid = f"case when paid_on <= {day_sql(as_of)} then paid_on end"
    sql = f"""
        select due_on, {paid} as paid_on, amount, currency, doc_id, source,
          coalesce(cast(greatest(0, date_diff('day', due_on, coalesce({paid}, {day_sql(as_of)}))) as integer), 0)
            as late_days
        from seen_payments where client_id = {int(client_id)} order by due_on desc nulls last, doc_id limit {int(limit)}
    """
    with base.facts(_only(client_id, client_ids), as_of=as_of) as seen:
        return [Payment(**row) for row in seen.rows(sql, step="client payments")]


def _only(client_id: int, client_ids: ClientIds) -> list[int]:
    """One client's facts are read through the same gate: nothing of a client one may not see."""
    return [client_id] if client_ids is None or client_id in client_ids else []


KEY_SQL = """(case when doc_id is null then 'day-' || cast(sold_on as varchar)
  else md5(source || chr(31) || doc_id) end)"""
"""Names a document of one client inside an address: no sign of it needs escaping."""

DOCUMENTS_SQL = (
    "select client_id, "
    + KEY_SQL
    + """ as key, min(source) as source, min(doc_id) as doc_id,
  min(sold_on) as sold_on, count(*) as lines, sum(revenue) as revenue, sum(revenue - cost) as margin,
  min(currency) as currency, min(seller) as seller, bool_and(is_return) as is_return
from seen_sales where {own} and sold_on <= {as_of} group by client_id, key"""
)


def lines_sql(where: str, order: str) -> str:
    """Sale lines that fulfil `where`, with their products' names."""
    return f"""
        with named as (
          select source as named_source, product as named_product, name as product_name from {NAMED_PRODUCTS_SQL} as met
        )
        select line_no, sold_on, product, product_name, quantity, revenue, cost, discount, currency, seller, is_return,
          source, doc_id, import_id
        from seen_sales left join named on named_source = source and named_product = product
        where {where} order by {order}
    """
