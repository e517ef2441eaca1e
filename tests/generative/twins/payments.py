"""Debts and lateness."""

from datetime import date
from decimal import Decimal

from tests.generative.twins.base import Client, share, twin


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


@twin("last_payment_on")
def last_payment(client: Client) -> date | None:
    return max((payment["paid_on"] for payment in client.receipts()), default=None)
