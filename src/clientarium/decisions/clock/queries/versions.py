"""The rule of the clock on a day: the policy's lines now, the kept versions before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from clientarium.core.categories import Policy, read_policy
from clientarium.decisions.contacts import working_day

from ..choices import PurchaseIs, RuleKind
from ..models import Rule

POLICY_FILE = "policy.yaml"
KIND, DAYS, FACTOR, PURCHASE = "cold_rule", "cold_days", "rhythm_factor", "purchase_is"
TAKEOVER = "takeover_days"
WARNINGS = ("clock_warning_first", "clock_warning_second", "clock_warning_last")

PACKAGED = {TAKEOVER: 31, **dict(zip(WARNINGS, (30, 14, 3), strict=True))}
"""For a company whose policy was written before these lines were; the same as the packaged policy.yaml."""

ALWAYS = date(1900, 1, 1)
"""Since when the first kept version holds: before it there was no other."""

FILES_KEPT = 8


@dataclass(frozen=True)
class RuleNumbers:
    """What one portfolio's clock goes by. `warn_days` go from the longest to the shortest."""

    kind: str
    cold_days: float
    rhythm_factor: float
    purchase_is: str
    takeover_days: int
    warn_days: tuple[int, ...]

    @property
    def factor(self) -> float:
        """The rhythm factor as it works: the strict rule knows no rhythm."""
        return self.rhythm_factor if self.kind == RuleKind.RHYTHM else 0.0

    def wait_days(self, typical_gap_days: float | None) -> int:
        """Whole days without a purchase that are still no cold."""
        return int(max(self.cold_days, self.factor * (typical_gap_days or 0)))


@dataclass(frozen=True)
class RulesOn:
    """The firm's rule and those of portfolios with one of their own, by seller."""

    firm: RuleNumbers
    by_seller: Mapping[int, RuleNumbers]

    def of(self, seller_id: int | None) -> RuleNumbers:
        return self.firm if seller_id is None else self.by_seller.get(seller_id, self.firm)


def rules_on(day: date | None = None, *, today: date | None = None) -> RulesOn:
    """The rules in force on `day` (by default the working day); announced ones count from their first day.

    `today` is the working day where it is known already.
    """
    today = today or working_day()
    day = day or today
    firm, of_sellers = None, dict[int, Rule]()
    for row in Rule.objects.filter(valid_from__lte=day).order_by("valid_from", "pk"):
        if row.seller_id is None:
            firm = row
        else:
            of_sellers[row.seller_id] = row
    kept = numbers_of(firm) if firm and (day < today or firm.applied_at is None) else None
    found = kept or policy_rule()
    own = {seller: own_rule(row, firm=found) for seller, row in of_sellers.items() if row.kind}
    return RulesOn(found, own)


def policy_rule() -> RuleNumbers:
    """The firm's rule as the company's policy.yaml stands; raises UserError with file and line."""
    path = Path(settings.CLIENTARIUM_DEFINITIONS) / POLICY_FILE
    return rule_in(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=FILES_KEPT)
def rule_in(policy_text: str) -> RuleNumbers:
    """The clock's lines of a policy."""
    policy = read_policy(policy_text)
    return RuleNumbers(
        kind=policy.choice(KIND),
        cold_days=_number(policy, DAYS),
        rhythm_factor=_number(policy, FACTOR),
        purchase_is=policy.choice(PURCHASE) if PURCHASE in policy.lines else PurchaseIs.SHIPMENT.value,
        takeover_days=int(_number(policy, TAKEOVER)),
        warn_days=tuple(sorted((int(_number(policy, name)) for name in WARNINGS), reverse=True)),
    )


def numbers_of(row: Rule) -> RuleNumbers:
    """A version of the firm's rule."""
    return RuleNumbers(
        row.kind,
        row.cold_days or 0,
        row.rhythm_factor or 0,
        row.purchase_is,
        row.takeover_days or 0,
        tuple(row.warn_days),
    )


def own_rule(row: Rule, *, firm: RuleNumbers) -> RuleNumbers:
    """A portfolio's version: its own kind and numbers, all else as the firm has it."""
    return RuleNumbers(
        row.kind,
        row.cold_days or firm.cold_days,
        row.rhythm_factor or firm.rhythm_factor,
        firm.purchase_is,
        firm.takeover_days,
        firm.warn_days,
    )


def rule_versions() -> QuerySet[Rule]:
    """Every version of every portfolio, the newest first."""
    return Rule.objects.select_related("seller", "by")


def _number(policy: Policy, name: str) -> float:
    """A line's number as written: under the strict rule the factor is kept, though without effect."""
    value = policy.lines[name].value if name in policy.lines else PACKAGED[name]
    assert isinstance(value, Decimal | int)
    return float(value)
