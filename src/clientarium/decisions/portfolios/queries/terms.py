"""The terms in force on a day: the seller's own numbers, and his strategy's from the policy where he has none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from clientarium.decisions.contacts import policy_numbers

from ..choices import Strategy
from ..models import Terms
from .working import working_sellers

NUMBERS = ("norm_low", "norm_high", "ceiling", "hours_month")


@dataclass(frozen=True)
class TermsOn:
    """A seller's terms on a day; empty sets mean «any». `own`: which numbers are his own and not his strategy's."""

    seller_id: int
    strategy: str
    norm_low: int
    norm_high: int
    ceiling: int
    hours_month: float
    cities: frozenset[str] = frozenset()
    segments: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    product_groups: frozenset[str] = frozenset()
    from_day: date | None = None
    reason: str = ""
    own: frozenset[str] = frozenset()

    @property
    def norm(self) -> float:
        """The middle of the norm: how many clients feed one seller."""
        return (self.norm_low + self.norm_high) / 2

    @property
    def title(self) -> str:
        return str(Strategy(self.strategy).label)


def default_terms(strategy: str, numbers: Mapping[str, Decimal], *, seller_id: int = 0) -> TermsOn:
    """The terms of whoever has none of his own: lines `<strategy>_…` of the policy before lines `portfolio_…`."""

    def line(name: str) -> Decimal:
        return numbers.get(f"{strategy}_{name}", numbers[f"portfolio_{name}"])

    return TermsOn(
        seller_id=seller_id,
        strategy=strategy,
        norm_low=int(line("norm_low")),
        norm_high=int(line("norm_high")),
        ceiling=int(line("ceiling")),
        hours_month=float(line("hours_month")),
    )


def terms_of(seller_id: int) -> QuerySet[Terms]:
    """Every version of a seller's terms, the newest first."""
    return Terms.objects.filter(seller_id=seller_id).select_related("by")


def terms_on(
    day: date, seller_ids: list[int] | None = None, *, numbers: Mapping[str, Decimal] | None = None
) -> dict[int, TermsOn]:
    """seller_id → terms in force on `day`, of everybody who works then or of `seller_ids`."""
    numbers = policy_numbers() if numbers is None else numbers
    wanted = [one.pk for one in working_sellers(day)] if seller_ids is None else seller_ids
    versions = Terms.objects.filter(seller_id__in=wanted, from_day__lte=day, is_undone=False)
    newest: dict[int, Terms] = {}
    for version in versions.order_by("from_day", "pk"):
        newest[version.seller_id] = version
    return {seller_id: resolve(seller_id, newest.get(seller_id), numbers) for seller_id in wanted}


def resolve(seller_id: int, version: Terms | None, numbers: Mapping[str, Decimal]) -> TermsOn:
    """`version` with its unknown numbers filled from the strategy. A norm may not pass the ceiling: it follows it."""
    if version is None:
        return default_terms(Strategy.KEEPER, numbers, seller_id=seller_id)
    usual = default_terms(version.strategy, numbers, seller_id=seller_id)
    own = {name: value for name in NUMBERS if (value := getattr(version, name)) is not None}
    ceiling = own.get("ceiling", max(usual.ceiling, own.get("norm_high", 0), own.get("norm_low", 0)))
    norm_high = own.get("norm_high", min(max(usual.norm_high, own.get("norm_low", 0)), ceiling))
    return TermsOn(
        seller_id=seller_id,
        strategy=version.strategy,
        norm_low=own.get("norm_low", min(usual.norm_low, norm_high)),
        norm_high=norm_high,
        ceiling=ceiling,
        hours_month=own.get("hours_month", usual.hours_month),
        cities=frozenset(version.cities),
        segments=frozenset(version.segments),
        languages=frozenset(version.languages),
        product_groups=frozenset(version.product_groups),
        from_day=version.from_day,
        reason=version.reason,
        own=frozenset(own),
    )
