"""Every metric a second time: slow, obvious, in plain Python, from lists of rows. Nothing here is imported from core."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise
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

    def __init__(
        self,
        rows: dict[str, list[Row]],
        *,
        ids: list[int],
        as_of: date,
        norms: Any,
        forecast: list[Row],
        cards: list[Row],
    ) -> None:
        self.rows, self.as_of, self.norms = rows, as_of, norms
        self.forecast = {row["client_id"]: row for row in forecast}
        self.cards = {row["client_id"]: row for row in cards}
        dated = (("sales", "sold_on"), ("touches", "touched_on"), ("payments", "due_on"), ("payments", "paid_on"))
        seen = {
            row["client_id"]
            for table, day in dated
            for row in rows[table]
            if row[day] is not None and row[day] <= as_of and (table != "payments" or row["amount"] > 0)
        }
        self.groups = {(row["source"], row["product"]): row["product_group"] for row in rows["products"]}
        self.clients = [Client(self, client_id) for client_id in sorted({*ids, *seen, *self.forecast, *self.cards})]

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

    def receipts(self) -> list[Row]:
        return [row for row in self._rows("payments", "paid_on", "all") if row["amount"] > 0]

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
