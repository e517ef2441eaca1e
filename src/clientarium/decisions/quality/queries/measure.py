"""The quality of a whole base or portfolio: its score, what is wrong by kind, by seller, and how it has gone."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from clientarium.core.ground.expressions import Name, parse_condition
from clientarium.core.quality import FAULTS, FaultKind
from clientarium.decisions.clients import compile_condition
from clientarium.decisions.people import Seller, User, sees_all_clients

from ..models import QualityPoint

SCORE = "data_quality"
ZERO = Decimal(0)

POINTS_SHOWN = 60


@dataclass(frozen=True)
class FaultCount:
    """Clients with one kind of fault and their money of the year; `where` finds them in a list of clients."""

    kind: FaultKind
    clients: int
    money: Decimal
    where: str


@dataclass(frozen=True)
class SellerQuality:
    """`seller` None: clients nobody holds, or those of all sellers together."""

    seller: Seller | None
    clients: int
    score_sum: int
    money: Decimal
    score_money: Decimal
    faulty: int
    faults: Mapping[FaultKind, tuple[int, Decimal]]

    @property
    def score(self) -> float | None:
        return self.score_sum / self.clients if self.clients else None

    @property
    def score_by_money(self) -> float | None:
        return float(self.score_money / self.money) if self.money > 0 else None


@dataclass(frozen=True)
class BaseQuality:
    """The whole, its faults from the dearest kind of want to the smallest, and its sellers, the worst first."""

    whole: SellerQuality
    faults: tuple[FaultCount, ...]
    sellers: tuple[SellerQuality, ...]


def quality_of(states: "QuerySet[Any]", vocabulary: Mapping[str, Name], *, money: str) -> BaseQuality | None:
    """The quality of `states` (what a person sees) in two queries; None where no score is published yet.

    `money`: the published word of a client's money of the year.
    """
    if SCORE not in vocabulary:
        return None
    rows = list(_by_seller(states, vocabulary, money=money))
    sellers = Seller.objects.in_bulk([row["holder_id"] for row in rows if row["holder_id"]])
    kinds = [fault for fault in FAULTS if _is_known(fault.condition, vocabulary)]
    parts = [_part(row, sellers.get(row["holder_id"])) for row in rows]
    whole = _together(parts)
    counts = [FaultCount(fault.kind, *whole.faults[fault.kind], fault.where) for fault in kinds]
    worst = sorted(parts, key=lambda part: (part.seller is None, part.score or 0, -part.clients))
    return BaseQuality(whole, tuple(count for count in counts if count.clients), tuple(worst))


def _by_seller(states: "QuerySet[Any]", vocabulary: Mapping[str, Name], *, money: str) -> "QuerySet[Any]":
    """A row per holder: clients with a score, sums, and counts and money of each kind of fault."""
    earned = Coalesce(F(money), ZERO) if money in vocabulary else None
    sums: dict[str, Any] = {
        "clients": Count("pk"),
        "score_sum": Sum(SCORE),
        "faulty": Count("pk", filter=Q(data_quality__lt=100)),
    }
    if earned is not None:
        positive = Q(**{f"{money}__gt": 0})
        sums |= {"money": Sum(money, filter=positive), "score_money": Sum(F(money) * F(SCORE), filter=positive)}
    for fault in FAULTS:
        if _is_known(fault.condition, vocabulary):
            found = compile_condition(parse_condition(fault.condition, vocabulary))
            sums[f"n_{fault.kind.value}"] = Count("pk", filter=found)
            if earned is not None:
                sums[f"m_{fault.kind.value}"] = Sum(money, filter=found)
    scored: QuerySet[Any] = states.filter(data_quality__isnull=False).order_by().values("holder_id").annotate(**sums)
    return scored


def _is_known(condition: str, vocabulary: Mapping[str, Name]) -> bool:
    """Whether every word of the condition is there for this person: who sees no money has no word for it."""
    return all(word in vocabulary for word in ("orders_12m", "margin_12m")) or "margin_12m" not in condition


def _part(row: Mapping[str, Any], seller: Seller | None) -> SellerQuality:
    faults = {
        fault.kind: (row.get(f"n_{fault.kind.value}") or 0, _money(row.get(f"m_{fault.kind.value}")))
        for fault in FAULTS
    }
    return SellerQuality(
        seller=seller,
        clients=row["clients"],
        score_sum=row["score_sum"] or 0,
        money=_money(row.get("money")),
        score_money=_money(row.get("score_money")),
        faulty=row["faulty"],
        faults=faults,
    )


def _money(value: Any) -> Decimal:
    return ZERO if value is None else Decimal(str(value)).quantize(Decimal("0.0001"))


def _together(parts: list[SellerQuality]) -> SellerQuality:
    return SellerQuality(
        seller=None,
        clients=sum(part.clients for part in parts),
        score_sum=sum(part.score_sum for part in parts),
        money=sum((part.money for part in parts), ZERO),
        score_money=sum((part.score_money for part in parts), ZERO),
        faulty=sum(part.faulty for part in parts),
        faults={
            fault.kind: (
                sum(part.faults[fault.kind][0] for part in parts),
                sum((part.faults[fault.kind][1] for part in parts), ZERO),
            )
            for fault in FAULTS
        },
    )


def trend_of(user: User, *, count: int = POINTS_SHOWN) -> list[QualityPoint]:
    """How the quality of what `user` sees has gone, oldest first: the whole base's, or his own portfolio's."""
    points = QualityPoint.objects.order_by("-as_of")
    if sees_all_clients(user):
        points = points.filter(seller__isnull=True)
    elif user.seller_id is None:
        return []
    else:
        points = points.filter(seller_id=user.seller_id)
    return list(points[:count])[::-1]
