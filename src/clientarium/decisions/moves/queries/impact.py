"""What a draft does to each seller: before and after, by the moves as people chose them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from clientarium.decisions.people import Seller

from ..models import Draft, Move, Portfolio

SUMS = {"clients": Count("pk"), "margin": Sum("margin"), "hours": Sum("hours"), "plan": Sum("plan")}


@dataclass(frozen=True)
class Sums:
    """Clients, margin expected in a year, hours a month, plan of the draft's month."""

    clients: int = 0
    margin: float = 0.0
    hours: float = 0.0
    plan: float = 0.0

    def plus(self, other: "Sums", *, sign: int = 1) -> "Sums":
        return Sums(
            self.clients + sign * other.clients,
            self.margin + sign * other.margin,
            self.hours + sign * other.hours,
            self.plan + sign * other.plan,
        )


@dataclass(frozen=True)
class Impact:
    """One seller (None: the pool) before and after; `price`: what one more place with him would add a year."""

    seller: Seller | None
    before: Sums
    comes: Sums
    leaves: Sums
    ceiling: int | None
    hours_month: float | None
    price: float

    @property
    def after(self) -> Sums:
        return self.before.plus(self.comes).plus(self.leaves, sign=-1)

    @property
    def is_over(self) -> bool:
        """Above his ceiling, and not only because he was: a draft takes nobody further above."""
        return self.ceiling is not None and self.after.clients > self.ceiling

    @property
    def is_over_hours(self) -> bool:
        return bool(self.hours_month) and self.after.hours > (self.hours_month or 0)


def impact_of(draft: Draft) -> list[Impact]:
    """Sellers by name, the pool last; three queries whatever the number of moves."""
    effective = draft.moves.exclude(_stays())
    comes, leaves = _sums(effective, "chosen"), _sums(effective, "before")
    rows = list(draft.portfolios.select_related("seller"))
    named = sorted((row for row in rows if row.seller), key=lambda row: str(row.seller))
    known = {row.seller_id for row in rows}
    found = [_impact(row, comes, leaves) for row in named]
    pool = next((row for row in rows if row.seller is None), None)
    if pool is not None:
        # Whoever left keeps no portfolio: his clients are the pool's.
        gone = [seller for seller in {*comes, *leaves} - known if seller is not None]
        extra = Sums()
        for seller in gone:
            extra = extra.plus(leaves[seller]) if seller in leaves else extra
        moved_out = leaves.get(None, Sums()).plus(extra)
        found.append(_impact(pool, comes, {None: moved_out}))
    return found


def total_of(rows: Sequence[Impact]) -> Impact:
    """All sellers together, the pool left out."""
    held = [row for row in rows if row.seller is not None]
    before, comes, leaves = Sums(), Sums(), Sums()
    for row in held:
        before, comes, leaves = before.plus(row.before), comes.plus(row.comes), leaves.plus(row.leaves)
    return Impact(
        None,
        before,
        comes,
        leaves,
        sum(row.ceiling or 0 for row in held),
        sum(row.hours_month or 0.0 for row in held),
        0.0,
    )


def effective_moves(draft: Draft) -> QuerySet[Move]:
    """Moves that change something: people may have left a client where he was."""
    return draft.moves.exclude(_stays())


def _stays() -> Q:
    return Q(chosen=F("before")) | Q(chosen__isnull=True, before__isnull=True)


def _sums(moves: QuerySet[Move], side: str) -> dict[int | None, Sums]:
    rows: Any = moves.order_by().values_list(side).annotate(**SUMS).values_list(side, *SUMS)
    return {
        seller: Sums(clients, float(margin or 0), float(hours or 0), float(plan or 0))
        for seller, clients, margin, hours, plan in rows
    }


def _impact(row: Portfolio, comes: dict[int | None, Sums], leaves: dict[int | None, Sums]) -> Impact:
    before = Sums(row.clients, row.margin, row.hours, row.plan or 0.0)
    return Impact(
        row.seller,
        before,
        comes.get(row.seller_id, Sums()),
        leaves.get(row.seller_id, Sums()),
        row.ceiling,
        row.hours_month,
        row.price,
    )
