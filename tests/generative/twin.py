"""Every metric a second time: slow, obvious, in plain Python, from lists of rows. Nothing here is imported from core."""

import math
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import Any

Row = dict[str, Any]
TWINS: dict[str, Callable[..., Any]] = {}
WINDOWS = ("1m", "3m", "12m", "prev_12m", "all")


def twin(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def keep(function: Callable[..., Any]) -> Callable[..., Any]:
        for name in names:
            TWINS[name] = function
        return function

    return keep


def twin_of_windows(name: str, windows: tuple[str, ...]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`name` holds {window}; the function is called with (client, window)."""

    def keep(function: Callable[..., Any]) -> Callable[..., Any]:
        for window in windows:
            TWINS[name.replace("{window}", window)] = lambda client, window=window: function(client, window)
        return function

    return keep


def months_before(day: date, months: int) -> date:
    year, month = day.year, day.month
    for _ in range(months):
        month -= 1
        if month == 0:
            year, month = year - 1, 12
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(number, day.day))
        except ValueError:
            continue
    raise AssertionError


def is_in(window: str, day: date, as_of: date) -> bool:
    if window == "all":
        return day <= as_of
    if window.startswith("prev_"):
        months = int(window.removeprefix("prev_").removesuffix("m"))
        return months_before(as_of, 2 * months) < day <= months_before(as_of, months)
    return months_before(as_of, int(window.removesuffix("m"))) < day <= as_of


class Base:
    """All clients of the facts as of a date."""

    def __init__(self, rows: dict[str, list[Row]], *, ids: list[int], as_of: date, norms: Any) -> None:
        self.rows, self.as_of, self.norms = rows, as_of, norms
        dated = {"sales": "sold_on", "touches": "touched_on", "payments": "due_on"}
        seen = {
            row["client_id"]
            for table, day in dated.items()
            for row in rows[table]
            if row[day] is not None and row[day] <= as_of and (table != "payments" or row["amount"] > 0)
        }
        self.groups = {(row["source"], row["product"]): row["product_group"] for row in rows["products"]}
        self.clients = [Client(self, client_id) for client_id in sorted({*ids, *seen})]

    def answers(self) -> dict[int, dict[str, Any]]:
        return {client.id: {name: client[name] for name in TWINS} for client in self.clients}

    def buyers(self) -> list["Client"]:
        return [client for client in self.clients if client["orders_12m"] > 0]


class Client:
    def __init__(self, base: Base, client_id: int) -> None:
        self.base, self.id, self.as_of = base, client_id, base.as_of
        self.known: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self.known:
            self.known[name] = TWINS[name](self)
        return self.known[name]

    def _rows(self, table: str, day: str, window: str) -> list[Row]:
        return [
            row
            for row in self.base.rows[table]
            if row["client_id"] == self.id and row[day] is not None and is_in(window, row[day], self.as_of)
        ]

    def lines(self, window: str) -> list[Row]:
        return self._rows("sales", "sold_on", window)

    def touches(self, window: str) -> list[Row]:
        return self._rows("touches", "touched_on", window)

    def payments(self, window: str) -> list[Row]:
        return [row for row in self._rows("payments", "due_on", window) if row["amount"] > 0]

    def documents(self, window: str) -> list[Row]:
        found: dict[Any, Row] = {}
        for line in self.lines("all"):
            key = ("day", line["sold_on"]) if line["doc_id"] is None else ("doc", line["source"], line["doc_id"])
            document = found.setdefault(key, {"day": line["sold_on"], "revenue": Decimal(0)})
            document["day"] = min(document["day"], line["sold_on"])
            document["revenue"] += line["revenue"]
        return [document for document in found.values() if is_in(window, document["day"], self.as_of)]

    def orders(self, window: str) -> list[Row]:
        return [document for document in self.documents(window) if document["revenue"] > 0]

    def days(self, window: str) -> list[date]:
        return sorted({order["day"] for order in self.orders(window)})

    def gaps(self) -> list[tuple[int, date]]:
        days = self.days("all")
        return [((later - earlier).days, later) for earlier, later in pairwise(days)]

    def monthly_revenue(self) -> list[Decimal]:
        """Twelve months, the oldest first."""
        borders = [months_before(self.as_of, months) for months in range(12, -1, -1)]
        return [
            sum((d["revenue"] for d in self.documents("all") if after < d["day"] <= until), Decimal(0))
            for after, until in pairwise(borders)
        ]

    def late_days(self, payment: Row) -> int:
        paid_on = payment["paid_on"]
        end = paid_on if paid_on is not None and paid_on <= self.as_of else self.as_of
        return max(0, (end - payment["due_on"]).days)

    def minutes_of(self, touch: Row) -> Decimal:
        if touch["minutes"] is not None:
            return Decimal(touch["minutes"])
        by_department = self.base.norms.touch_minutes[touch["kind"]]
        return by_department.get(touch["department"] or "sales", by_department["default"])

    def cost_of(self, touch: Row) -> Decimal:
        hourly = self.base.norms.hourly_cost
        return self.minutes_of(touch) * hourly.get(touch["department"] or "sales", hourly["default"])


def share(above: Any, below: Any) -> float | None:
    return None if above is None or below is None or below == 0 else float(above) / float(below)


def total(values: list[Any]) -> Any:
    """The sum of what is known; null where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


# purchases


@twin("first_purchase_on")
def first_purchase_on(client: Client) -> date | None:
    return min(client.days("all"), default=None)


@twin("last_purchase_on")
def last_purchase_on(client: Client) -> date | None:
    return max(client.days("all"), default=None)


@twin("days_since_last_purchase")
def days_since_last_purchase(client: Client) -> int | None:
    days = client.days("all")
    return (client.as_of - days[-1]).days if days else None


@twin("tenure_days")
def tenure_days(client: Client) -> int | None:
    days = client.days("all")
    return (client.as_of - days[0]).days if days else None


@twin_of_windows("orders_{window}", WINDOWS)
def orders(client: Client, window: str) -> int:
    return len(client.orders(window))


@twin("is_active_1m")
def is_active(client: Client) -> bool:
    return len(client.orders("1m")) > 0


@twin("sales_documents_12m")
def sales_documents(client: Client) -> int:
    return len(client.documents("12m"))


@twin_of_windows("purchase_days_{window}", ("12m", "all"))
def purchase_days(client: Client, window: str) -> int:
    return len(client.days(window))


@twin("active_months_12m")
def active_months(client: Client) -> int:
    borders = [months_before(client.as_of, months) for months in range(13)]
    days = client.days("all")
    return sum(any(after < day <= until for day in days) for until, after in pairwise(borders))


@twin("average_order_12m")
def average_order(client: Client) -> Decimal | None:
    found = client.orders("12m")
    return sum((order["revenue"] for order in found), Decimal(0)) / len(found) if found else None


# money


@twin_of_windows("revenue_{window}", WINDOWS)
def revenue(client: Client, window: str) -> Decimal:
    return sum((line["revenue"] for line in client.lines(window)), Decimal(0))


def known_lines(client: Client, window: str) -> list[Row]:
    return [line for line in client.lines(window) if line["cost"] is not None]


@twin_of_windows("cost_{window}", WINDOWS)
def cost(client: Client, window: str) -> Decimal | None:
    return Decimal(0) if not client.lines(window) else total([line["cost"] for line in known_lines(client, window)])


@twin_of_windows("margin_{window}", WINDOWS)
def margin(client: Client, window: str) -> Decimal | None:
    if not client.lines(window):
        return Decimal(0)
    return total([line["revenue"] - line["cost"] for line in known_lines(client, window)])


@twin_of_windows("revenue_with_cost_{window}", ("12m", "prev_12m"))
def revenue_with_cost(client: Client, window: str) -> Decimal | None:
    return Decimal(0) if not client.lines(window) else total([line["revenue"] for line in known_lines(client, window)])


@twin_of_windows("margin_pct_{window}", ("12m", "prev_12m"))
def margin_pct(client: Client, window: str) -> float | None:
    spoken_of = revenue_with_cost(client, window)
    return share(margin(client, window), spoken_of) if spoken_of is not None and spoken_of > 0 else None


@twin("return_on_cost_12m")
def return_on_cost(client: Client) -> float | None:
    spent = cost(client, "12m")
    return share(margin(client, "12m"), spent) if spent is not None and spent > 0 else None


@twin("margin_known_share_12m")
def margin_known_share(client: Client) -> float | None:
    known = sum(abs(line["revenue"]) for line in known_lines(client, "12m"))
    return share(known, sum(abs(line["revenue"]) for line in client.lines("12m")))


@twin("discount_pct_12m")
def discount_pct(client: Client) -> float | None:
    lines = [line for line in client.lines("12m") if line["discount"] is not None]
    before = sum(line["revenue"] + line["discount"] for line in lines)
    return share(sum(line["discount"] for line in lines), before) if before > 0 else None


@twin("return_share_12m")
def return_share(client: Client) -> float | None:
    amounts = [line["revenue"] for line in client.lines("12m")]
    return share(-sum(a for a in amounts if a < 0), sum(a for a in amounts if a > 0))


@twin("revenue_12m_change")
def revenue_change(client: Client) -> Decimal:
    return revenue(client, "12m") - revenue(client, "prev_12m")


@twin("revenue_12m_growth")
def revenue_growth(client: Client) -> float | None:
    before = revenue(client, "prev_12m")
    return share(revenue(client, "12m") - before, before) if before > 0 else None


@twin("margin_12m_change")
def margin_change(client: Client) -> Decimal | None:
    now, before = margin(client, "12m"), margin(client, "prev_12m")
    return None if now is None or before is None else now - before


# rhythm


@twin("typical_gap_days")
def typical_gap_days(client: Client) -> float | None:
    gaps = client.gaps()
    return float(median(days for days, _ in gaps)) if gaps else None


@twin("gap_cv")
def gap_cv(client: Client) -> float | None:
    gaps = [days for days, _ in client.gaps()]
    return variation([Decimal(days) for days in gaps]) if len(gaps) >= 3 else None


def variation(values: list[Decimal]) -> float:
    mean = sum(values, Decimal(0)) / len(values)
    return math.sqrt(sum((value - mean) ** 2 for value in values) / len(values)) / float(mean)


@twin("last_gap_days")
def last_gap_days(client: Client) -> int | None:
    gaps = client.gaps()
    return gaps[-1][0] if gaps else None


@twin("longest_gap_days_12m")
def longest_gap_days(client: Client) -> int | None:
    return max((days for days, later in client.gaps() if is_in("12m", later, client.as_of)), default=None)


@twin("silence_ratio")
def silence_ratio(client: Client) -> float | None:
    return share(days_since_last_purchase(client), typical_gap_days(client))


@twin("revenue_12m_cv_of_months")
def revenue_cv_of_months(client: Client) -> float | None:
    values = client.monthly_revenue()
    return variation(values) if sum(values) > 0 else None


@twin("revenue_cv_12m")
def revenue_cv(client: Client) -> float | None:
    return revenue_cv_of_months(client) if active_months(client) >= 4 else None


@twin("revenue_trend_12m")
def revenue_trend(client: Client) -> float | None:
    """The least-squares slope over the mean."""
    values = client.monthly_revenue()
    if sum(values) <= 0:
        return None
    mean = sum(values, Decimal(0)) / 12
    slope = sum((Decimal(x) - Decimal("5.5")) * (y - mean) for x, y in enumerate(values)) / 143
    return float(slope / mean)


# assortment


def bought(client: Client) -> set[tuple[str, str]]:
    lines = [line for line in client.lines("12m") if line["revenue"] > 0 and line["product"] is not None]
    return {(line["source"], line["product"]) for line in lines}


@twin("products_12m")
def products(client: Client) -> int:
    return len(bought(client))


@twin("product_groups_12m")
def product_groups(client: Client) -> int:
    return len({client.base.groups.get(key) for key in bought(client)} - {None})


# attention


@twin("touches_12m")
def touches(client: Client) -> int:
    return len(client.touches("12m"))


@twin("last_touch_on")
def last_touch_on(client: Client) -> date | None:
    return max((touch["touched_on"] for touch in client.touches("all")), default=None)


@twin("days_since_last_touch")
def days_since_last_touch(client: Client) -> int | None:
    last = last_touch_on(client)
    return None if last is None else (client.as_of - last).days


@twin("touch_minutes_12m")
def touch_minutes(client: Client) -> float:
    return float(sum(client.minutes_of(touch) for touch in client.touches("12m")))


@twin("measured_minutes_12m")
def measured_minutes(client: Client) -> float | None:
    if not client.touches("12m"):
        return 0.0
    minutes = total([touch["minutes"] for touch in client.touches("12m")])
    return None if minutes is None else float(minutes)


@twin("touch_cost_12m")
def touch_cost(client: Client) -> Decimal:
    return sum((client.cost_of(touch) for touch in client.touches("12m")), Decimal(0)) / 60


@twin("document_touches_12m")
def document_touches(client: Client) -> int:
    return sum(touch["kind"] == "document" for touch in client.touches("12m"))


@twin("documents_12m")
def documents(client: Client) -> int:
    return sales_documents(client) + document_touches(client)


@twin("minutes_12m")
def minutes(client: Client) -> float:
    return touch_minutes(client) + sales_documents(client) * float(sum(client.base.norms.document_minutes.values()))


@twin("attention_measured_share_12m")
def attention_measured_share(client: Client) -> float | None:
    return share(measured_minutes(client) or 0, minutes(client))


@twin("attention_12m_share")
def attention_share(client: Client) -> float | None:
    if not any(touches(other) for other in client.base.clients):
        return None
    return share(minutes(client), sum(other["minutes_12m"] for other in client.base.clients))


@twin("attention_12m_to_margin")
def attention_to_margin(client: Client) -> float | None:
    brings = client["margin_12m_share"]
    return share(client["attention_12m_share"], brings) if brings is not None and brings > 0 else None


@twin("cost_to_serve_12m")
def cost_to_serve(client: Client) -> Decimal:
    norms = client.base.norms
    per_document = sum(
        minutes * norms.hourly_cost.get(name, norms.hourly_cost["default"])
        for name, minutes in norms.document_minutes.items()
    )
    return touch_cost(client) + sales_documents(client) * per_document / 60


@twin("margin_after_service_12m")
def margin_after_service(client: Client) -> Decimal | None:
    brings = margin(client, "12m")
    return None if brings is None else brings - cost_to_serve(client)


# payments


@twin("overdue_days_12m")
def overdue_days(client: Client) -> float | None:
    due = client.payments("12m")
    weighted = sum(client.late_days(payment) * payment["amount"] for payment in due)
    return share(weighted, sum(payment["amount"] for payment in due))


@twin("late_payments_12m")
def late_payments(client: Client) -> int:
    return sum(client.late_days(payment) > 0 for payment in client.payments("12m"))


@twin("late_payments_12m_share")
def late_payments_share(client: Client) -> float | None:
    return share(late_payments(client), len(client.payments("12m")))


@twin("overdue_amount")
def overdue_amount(client: Client) -> Decimal:
    unpaid = [p for p in client.payments("all") if p["paid_on"] is None or p["paid_on"] > client.as_of]
    return sum((p["amount"] for p in unpaid if client.late_days(p) > 0), Decimal(0))


# the whole base


def base_total(client: Client, name: str) -> Any:
    return total([other[name] for other in client.base.clients])


def placed(client: Client, name: str) -> list["Client"]:
    """The clients with documents and a known value, the largest first, equal ones in client order."""
    known = [c for c in client.base.clients if c["sales_documents_12m"] > 0 and c[name] is not None]
    return sorted(known, key=lambda other: (-other[name], other.id))


def base_share(client: Client, name: str) -> float | None:
    whole = base_total(client, name)
    return share(client[name], whole) if whole is not None and whole > 0 else None


def rank(client: Client, name: str) -> int | None:
    order = [other.id for other in placed(client, name)]
    return order.index(client.id) + 1 if client.id in order else None


def running_share(client: Client, name: str, *, with_himself: bool) -> float | None:
    whole, place = base_total(client, name), rank(client, name)
    if place is None or whole is None or whole <= 0:
        return None
    above = placed(client, name)[: place if with_himself else place - 1]
    return share(sum(other[name] for other in above), whole)


for _noun in ("revenue", "margin"):
    _name = f"{_noun}_12m"
    TWINS[f"{_name}_share"] = lambda client, name=_name: base_share(client, name)
    TWINS[f"{_name}_rank"] = lambda client, name=_name: rank(client, name)
    TWINS[f"{_name}_cum_share"] = lambda client, name=_name: running_share(client, name, with_himself=True)
    TWINS[f"{_name}_share_ahead"] = lambda client, name=_name: running_share(client, name, with_himself=False)


# rfm


def fifth(value: Any, values: list[Any]) -> int:
    return 1 + 5 * sum(other < value for other in values) // len(values)


@twin("rfm_recency")
def rfm_recency(client: Client) -> int | None:
    if client["orders_12m"] == 0:
        return None
    buyers, days = client.base.buyers(), client["days_since_last_purchase"]
    if len(buyers) >= client.base.norms.few_buyers:
        return fifth(-days, [-other["days_since_last_purchase"] for other in buyers])
    return 1 + sum(days <= threshold for threshold in client.base.norms.recency_days)


@twin("rfm_frequency")
def rfm_frequency(client: Client) -> int | None:
    if client["orders_12m"] == 0:
        return None
    buyers = client.base.buyers()
    if len(buyers) >= client.base.norms.few_buyers:
        return fifth(client["orders_12m"], [other["orders_12m"] for other in buyers])
    return 1 + sum(client["orders_12m"] >= threshold for threshold in client.base.norms.frequency_orders)


@twin("rfm_value")
def rfm_value(client: Client) -> Decimal | None:
    if client["orders_12m"] == 0:
        return None
    is_cost_known = any(known_lines(other, "12m") for other in client.base.buyers())
    return client["margin_12m" if is_cost_known else "revenue_12m"]


@twin("rfm_monetary")
def rfm_monetary(client: Client) -> int | None:
    value = client["rfm_value"]
    if value is None:
        return None
    values = [other["rfm_value"] for other in client.base.clients if other["rfm_value"] is not None]
    if len(values) >= client.base.norms.few_buyers:
        return fifth(value, values)
    if value <= 0:
        return 1
    mean_times_count = sum(values)
    return 1 + sum(value * len(values) >= limit * mean_times_count for limit in client.base.norms.monetary_multiples)
