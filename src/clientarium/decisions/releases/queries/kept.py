"""What a decision was made by, read back from where it is kept."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..models import Release


@dataclass(frozen=True)
class KeptFigures:
    """The group and the step's outcome as they stood on the day of the decision; money a year."""

    measure: str
    money: Decimal
    hours: float
    load_share: float | None
    money_share: float | None
    growth_an_hour: Decimal | None
    change: Decimal
    freed: dict[str, float]
    cost: Decimal
    earned: Decimal | None
    balance: Decimal | None
    leaving: float

    @property
    def hours_freed(self) -> float:
        return sum(self.freed.values())


def kept_figures(release: Release) -> KeptFigures:
    """Of `release`, whatever has been counted since."""
    told: dict[str, Any] = release.figures
    return KeptFigures(
        measure=told.get("measure") or "margin",
        money=_money(told.get("money")) or Decimal(0),
        hours=float(told.get("hours") or 0),
        load_share=told.get("load_share"),
        money_share=told.get("money_share"),
        growth_an_hour=_money(told.get("growth_an_hour")),
        change=_money(told.get("change")) or Decimal(0),
        freed={str(name): float(hours) for name, hours in (told.get("freed") or {}).items()},
        cost=_money(told.get("cost")) or Decimal(0),
        earned=_money(told.get("earned")),
        balance=_money(told.get("balance")),
        leaving=float(told.get("leaving") or 0),
    )


def _money(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
