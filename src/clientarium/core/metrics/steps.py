"""The named steps of the pulse a metric may stand on: their columns, and the SQL that makes them from the facts.

Every step sees facts dated on or before `as_of` only. Definitions (DOMAIN part C):

- a *document* is (source, doc_id); lines without a doc_id make one document per client and day. It is dated by its
  first line;
- an *order* is a document whose lines sum to revenue > 0;
- a *purchase day* is a day with at least one order; *gaps* lie between a client's consecutive purchase days;
- *months* are counted back from `as_of`: month 0 is the last month up to it. So 12 of them make exactly the window
  12m, also in the middle of a calendar month. A month's revenue is that of the documents dated in it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from clientarium.core.ground import Window
from clientarium.core.metrics.card_input import CARD_COLUMNS, CARD_INPUT
from clientarium.core.metrics.forecast_input import FORECAST_COLUMNS, FORECAST_INPUT, MONEY
from clientarium.core.metrics.norms import DEFAULT, KINDS, Norms

CLIENTS = "clients"
BASE = "base"

MONEY_COLUMNS = frozenset(
    {"revenue", "cost", "margin", "revenue_with_cost", "discount", "amount", "hourly_cost"}
    | {name for name, (kind, _) in FORECAST_COLUMNS.items() if kind == MONEY}
)
"""The columns of steps that hold money: a metric made of one tells money, whatever its unit."""

Build = Callable[["Context"], str]


@dataclass(frozen=True)
class Context:
    """What a step's SQL depends on: the date, the norms, the columns somebody uses, and the day `since` (exclusive)
    before which no window of its metrics looks; None where one looks at all time."""

    as_of: date
    norms: Norms
    used: frozenset[str]
    since: date | None = None

    @property
    def as_of_sql(self) -> str:
        return date_sql(self.as_of)

    def optional(self, columns: Mapping[str, str]) -> str:
        """The select items of those `columns` (name → SQL) that are used, each with a comma before it."""
        return "".join(f",\n  {sql} AS {name}" for name, sql in columns.items() if name in self.used)


@dataclass(frozen=True)
class Step:
    """`columns` maps name → meaning; `dated_by` is the column windows are cut on; `needs` are steps it reads."""

    name: str
    grain: str
    columns: Mapping[str, str]
    build: Build | None
    dated_by: str = ""
    needs: Mapping[str, frozenset[str]] | None = None
    is_table: bool = False
    allows_previous: bool = True

    @property
    def relation(self) -> str:
        return f"step_{self.name}"

    def window_sql(self, window: Window, as_of: date) -> str:
        """The condition that cuts `window` out of the step's rows; '' where it takes all of them."""
        if self.name == "months":
            return _months_window_sql(window)
        after, until = window.bounds(as_of)
        if after is None:
            return ""
        # Rows after as_of are not in the step, so a window that ends at as_of needs one bound only.
        upper = f" AND {self.dated_by} <= {date_sql(until)}" if window.is_previous else ""
        return f"{self.dated_by} > {date_sql(after)}{upper}"


def date_sql(day: date) -> str:
    return f"CAST('{day.isoformat()}' AS DATE)"


def _months_window_sql(window: Window) -> str:
    if window.months is None:
        return ""
    if window.is_previous:
        return f"months_ago >= {window.months} AND months_ago < {2 * window.months}"
    return f"months_ago < {window.months}"


def _sales(context: Context) -> str:
    own = context.optional(
        {
            "source": "sales.source",
            "doc_id": "sales.doc_id",
            "product": "sales.product",
            "quantity": "sales.quantity",
            "cost": "sales.cost",
            "margin": "CAST(sales.revenue - sales.cost AS DECIMAL(18, 4))",
            "revenue_with_cost": "CASE WHEN sales.cost IS NOT NULL THEN sales.revenue END",
            "discount": "sales.discount",
            "currency": "sales.currency",
            "seller": "sales.seller",
            "channel": "sales.channel",
            "is_return": "sales.is_return",
            "product_group": "product_groups.product_group",
        }
    )
    join = _product_join("sales") if "product_group" in context.used else ""
    return (
        f"SELECT sales.client_id, sales.sold_on, sales.revenue{own}\n"
        f"FROM sales{join}\nWHERE sales.sold_on <= {context.as_of_sql}"
    )


def _product_join(rows: str) -> str:
    return (
        "\nLEFT JOIN (\n"
        "  SELECT source, product, max(product_group) AS product_group FROM products GROUP BY source, product\n"
        f") AS product_groups ON product_groups.source = {rows}.source"
        f" AND product_groups.product = {rows}.product"
    )


def _documents(context: Context) -> str:
    own = context.optional(
        {
            "cost": "CAST(sum(cost) AS DECIMAL(18, 4))",
            "margin": "CAST(sum(margin) AS DECIMAL(18, 4))",
            "revenue_with_cost": "CAST(sum(revenue_with_cost) AS DECIMAL(18, 4))",
            "lines": "count(*)",
            "source": "min(source)",
            "doc_id": "min(doc_id)",
        }
    )
    return (
        f"SELECT client_id, min(sold_on) AS sold_on, CAST(sum(revenue) AS DECIMAL(18, 4)) AS revenue{own}\n"
        "FROM step_sales\n"
        "GROUP BY client_id, CASE WHEN doc_id IS NULL THEN '' ELSE source END, doc_id,\n"
        "  CASE WHEN doc_id IS NULL THEN sold_on END"
    )


def _orders(context: Context) -> str:
    columns = context.optional({name: name for name in ("cost", "margin", "lines", "source", "doc_id")})
    return f"SELECT client_id, sold_on, revenue{columns}\nFROM step_documents\nWHERE revenue > 0"


def _purchase_days(context: Context) -> str:
    columns = context.optional({"orders": "count(*)", "revenue": "CAST(sum(revenue) AS DECIMAL(18, 4))"})
    return f"SELECT client_id, sold_on{columns}\nFROM step_orders\nGROUP BY client_id, sold_on"


def _gaps(_: Context) -> str:
    return (
        "SELECT client_id, sold_on, gap_days FROM (\n"
        "  SELECT client_id, sold_on,\n"
        "    date_diff('day', lag(sold_on) OVER (PARTITION BY client_id ORDER BY sold_on), sold_on) AS gap_days\n"
        "  FROM step_purchase_days\n"
        ") AS neighbours\nWHERE gap_days IS NOT NULL"
    )


def months_ago_sql(column: str, as_of: date) -> str:
    """How many whole months back from `as_of` the day lies: 0 for the last month, which ends on `as_of`.

    as_of - k months is as_of's day in that month, or the month's last day; a later day of it belongs to k - 1.
    """
    return (
        f"({as_of.year} - year({column})) * 12 + ({as_of.month} - month({column}))"
        f" - CASE WHEN day({column}) > {as_of.day} THEN 1 ELSE 0 END"
    )


def _months(context: Context) -> str:
    columns = context.optional(
        {
            "margin": "CAST(sum(margin) AS DECIMAL(18, 4))",
            "orders": "sum(CASE WHEN revenue > 0 THEN 1 ELSE 0 END)",
        }
    )
    months_ago = months_ago_sql("sold_on", context.as_of)
    since = f"\nWHERE sold_on > {date_sql(context.since)}" if context.since else ""
    return (
        f"SELECT client_id, {months_ago} AS months_ago, CAST(sum(revenue) AS DECIMAL(18, 4)) AS revenue{columns}\n"
        f"FROM step_documents{since}\nGROUP BY client_id, {months_ago}"
    )


def _client_products(context: Context) -> str:
    own = context.optional({"revenue": "CAST(sum(revenue) AS DECIMAL(18, 4))"})
    # A product last bought before every window is in none of them; its revenue of all time would be cut, though.
    since = f" AND sold_on > {date_sql(context.since)}" if context.since and not own else ""
    bought = (
        f"SELECT client_id, source, product, max(sold_on) AS sold_on{own}\n"
        f"FROM step_sales\nWHERE revenue > 0 AND product IS NOT NULL{since}\nGROUP BY client_id, source, product"
    )
    if "product_group" not in context.used:
        return bought
    # Joined after grouping: a client's products are fewer than his lines.
    return f"SELECT bought.*, product_groups.product_group\nFROM (\n{bought}\n) AS bought{_product_join('bought')}"


def _touches(context: Context) -> str:
    columns = context.optional(
        {
            "kind": "kind",
            "department": "department",
            "seller": "seller",
            "direction": "direction",
            "result": "result",
            "measured_minutes": "minutes",
            "minutes": f"CAST(coalesce(minutes, {minutes_norm_sql(context.norms)}) AS DECIMAL(18, 4))",
            "hourly_cost": f"CAST({hourly_cost_sql(context.norms)} AS DECIMAL(18, 4))",
        }
    )
    return f"SELECT client_id, touched_on{columns}\nFROM touches\nWHERE touched_on <= {context.as_of_sql}"


def minutes_norm_sql(norms: Norms) -> str:
    """The norm of a touch by its kind and department."""
    department = f"coalesce(department, {_text_sql(norms.default_department)})"
    cases = []
    for kind in KINDS:
        for name, minutes in norms.touch_minutes[kind].items():
            if name != DEFAULT:
                cases.append(f"WHEN kind = '{kind}' AND {department} = {_text_sql(name)} THEN {minutes}")
        cases.append(f"WHEN kind = '{kind}' THEN {norms.touch_minutes[kind][DEFAULT]}")
    return f"CASE {' '.join(cases)} END"


def hourly_cost_sql(norms: Norms) -> str:
    department = f"coalesce(department, {_text_sql(norms.default_department)})"
    named = [(name, cost) for name, cost in norms.hourly_cost.items() if name != DEFAULT]
    if not named:
        return str(norms.hourly_cost[DEFAULT])
    cases = " ".join(f"WHEN {department} = {_text_sql(name)} THEN {cost}" for name, cost in named)
    return f"CASE {cases} ELSE {norms.hourly_cost[DEFAULT]} END"


def _text_sql(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _payments(context: Context) -> str:
    as_of = context.as_of_sql
    paid = f"CASE WHEN paid_on <= {as_of} THEN paid_on END"
    return (
        f"SELECT client_id, due_on, {paid} AS paid_on, amount,\n"
        f"  greatest(0, date_diff('day', due_on, coalesce({paid}, {as_of}))) AS late_days\n"
        f"FROM payments\nWHERE due_on <= {as_of} AND amount > 0"
    )


def _receipts(context: Context) -> str:
    return f"SELECT client_id, paid_on, amount\nFROM payments\nWHERE paid_on <= {context.as_of_sql} AND amount > 0"


def _forecast(context: Context) -> str:
    columns = context.optional({name: name for name in FORECAST_COLUMNS})
    return f"SELECT client_id{columns}\nFROM {FORECAST_INPUT}"


def _cards(context: Context) -> str:
    columns = context.optional({name: name for name in CARD_COLUMNS})
    return f"SELECT client_id{columns}\nFROM {CARD_INPUT}"


_DOCUMENT_COLUMNS = {
    "sold_on": "date of its first line",
    "revenue": "money, returns subtracted",
    "cost": "money, over the lines whose cost is known",
    "margin": "money, over the lines whose cost is known",
    "lines": "number of lines",
    "source": "where the document comes from; of several without a doc_id, the first by name",
    "doc_id": "its number in the source; null where the file has none",
}
_SALES_OF_DOCUMENTS = frozenset({"source", "doc_id"})

STEPS: dict[str, Step] = {
    step.name: step
    for step in (
        Step(
            "sales",
            "a document line",
            {
                "sold_on": "date of the line",
                "revenue": "money; negative for a return",
                "cost": "money; null where unknown",
                "margin": "revenue - cost; null where the cost is unknown",
                "revenue_with_cost": "revenue of the line if its cost is known, else null",
                "discount": "money taken off the price; null where unknown",
                "quantity": "in the product's unit",
                "product": "code or name of the product",
                "product_group": "its group in the products' list",
                "source": "where the line comes from",
                "doc_id": "its document; null where the file has none",
                "currency": "ISO code",
                "seller": "key of the seller in the source",
                "channel": "as in the file",
                "is_return": "true for a return",
            },
            _sales,
            dated_by="sold_on",
        ),
        Step("documents", "a sales document, returns included", _DOCUMENT_COLUMNS, _documents, dated_by="sold_on",
             needs={"sales": _SALES_OF_DOCUMENTS}, is_table=True),
        Step("orders", "a document with revenue above zero", _DOCUMENT_COLUMNS, _orders, dated_by="sold_on",
             needs={"documents": frozenset()}),
        Step("purchase_days", "a day with at least one order",
             {"sold_on": "the day", "orders": "number of orders", "revenue": "money of its orders"},
             _purchase_days, dated_by="sold_on", needs={"orders": frozenset()}, is_table=True),
        Step("gaps", "the days between two consecutive purchase days",
             {"sold_on": "the later of the two days", "gap_days": "whole days between them"},
             _gaps, dated_by="sold_on", needs={"purchase_days": frozenset()}, is_table=True),
        Step("months", "a month counted back from as_of that has documents",
             {"months_ago": "0 for the month that ends on as_of", "revenue": "money", "margin": "money",
              "orders": "number of orders"},
             _months, dated_by="months_ago", needs={"documents": frozenset()}, is_table=True),
        Step("client_products", "a product the client has bought (revenue above zero)",
             {"sold_on": "the last day he bought it", "product": "code or name", "product_group": "its group",
              "source": "where it comes from", "revenue": "money of all its purchases"},
             _client_products, dated_by="sold_on", needs={"sales": frozenset({"source", "product"})}, is_table=True,
             allows_previous=False),
        Step("touches", "a call, letter, meeting, message, visit, ticket, document, delivery or campaign",
             {"touched_on": "date", "kind": "call letter meeting message visit ticket document",
              "department": "who spent the time", "seller": "key of the seller", "direction": "as in the file",
              "result": "as in the file", "minutes": "measured, else the norm of its kind and department",
              "measured_minutes": "measured; null where only the norm is known",
              "hourly_cost": "money per hour of the department"},
             _touches, dated_by="touched_on"),
        Step("payments", "a payment whose due date has come",
             {"due_on": "date it was due", "paid_on": "date it came; null if not by as_of", "amount": "money",
              "late_days": "days past due, counted to as_of while unpaid; 0 when in time"},
             _payments, dated_by="due_on"),
        Step("receipts", "a payment that has come, prepayments too",
             {"paid_on": "date it came", "amount": "money"}, _receipts, dated_by="paid_on"),
        Step("forecast", "a client with purchases: what the forecast of the base says of him",
             {name: meaning for name, (_, meaning) in FORECAST_COLUMNS.items()}, _forecast, allows_previous=False),
        Step("cards", "a client whose card was checked",
             {name: meaning for name, (_, meaning) in CARD_COLUMNS.items()}, _cards, allows_previous=False),
        Step(CLIENTS, "a client: other metrics and the fields of his card", {}, None),
        Step(BASE, "a client among the whole base: the same, with windows over all clients", {}, None),
    )
}  # fmt: skip
"""In the order they can be built."""


def columns_needed(step: Step, used: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """The columns of each step that `step` reads when its columns `used` are wanted."""
    passed_on = {
        "documents": {"sales": {"cost", "margin", "revenue_with_cost"}},
        "orders": {"documents": {"cost", "margin", "lines", "source", "doc_id"}},
        "months": {"documents": {"margin"}},
    }.get(step.name, {})
    needs = step.needs or {}
    return {name: always | (used & passed_on.get(name, set())) for name, always in needs.items()}
