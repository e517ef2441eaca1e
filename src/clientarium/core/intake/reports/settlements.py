"""Settlements: what was paid and what is owed too long, out of opening, in, out, closing and overdue columns.

«Приход» of a settlement is what the client's debt grew by, «расход» what he paid; a positive balance is his debt.
Paid: amount and the day (of the document, else the end of the period). Overdue: amount due the day before the report,
or as many days ago as the report says, not paid.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from clientarium.core.intake.reports.amounts import amount_text
from clientarium.core.intake.reports.columns import Measure

_PAID = re.compile(r"расход|уменьш|оплач|оплата|погаш|поступ|кредит|оборот\w*\s*кт|обороты.*кредит", re.IGNORECASE)
_OWED = re.compile(r"остат|сальдо|долг|задолж", re.IGNORECASE)
_OVERDUE = re.compile(r"просроч", re.IGNORECASE)
_DAYS = re.compile(r"дней", re.IGNORECASE)
_NOT_OVERDUE = re.compile(r"не\s*просроч|непросроч|план", re.IGNORECASE)


@dataclass(frozen=True)
class Settlement:
    """Numbers of the measures: -1 where the report has none."""

    paid: int
    overdue: int
    days: int

    @property
    def headers(self) -> list[str]:
        return ["Сумма оплаты", "Дата оплаты", "Срок оплаты"]

    def records(self, values: Sequence[Decimal | None], *, day: str, period_end: str) -> Iterator[tuple[str, str, str]]:
        """Give (amount, paid on, due on) of one leaf."""
        paid = values[self.paid] if self.paid >= 0 else None
        if paid:
            yield amount_text(paid), day or period_end, ""
        overdue = values[self.overdue] if self.overdue >= 0 else None
        if overdue and period_end:
            days = values[self.days] if self.days >= 0 else None
            yield (
                amount_text(overdue),
                "",
                (date.fromisoformat(period_end) - timedelta(days=int(days or 1))).isoformat(),
            )


def settlement_of(measures: Sequence[Measure]) -> Settlement | None:
    """Return how the measures are read when they are those of settlements, None when they are not."""
    if any(measure.across for measure in measures):
        return None
    names = [measure.name for measure in measures]
    owed = [at for at, name in enumerate(names) if _OWED.search(name)]
    overdue = next(
        (
            at
            for at, name in enumerate(names)
            if _OVERDUE.search(name) and not _NOT_OVERDUE.search(name) and not _DAYS.search(name)
        ),
        -1,
    )
    days = next((at for at, name in enumerate(names) if _OVERDUE.search(name) and _DAYS.search(name)), -1)
    paid = next((at for at, name in enumerate(names) if _PAID.search(name) and at not in owed), -1)
    if (not owed and overdue < 0) or (paid < 0 and overdue < 0):
        return None
    return Settlement(paid, overdue, days)
