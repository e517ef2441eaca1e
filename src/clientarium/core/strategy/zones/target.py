"""What a zone may be far above or below the rest in, and which words may describe it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clientarium.core.ground.expressions import Name, ValueType

DUPLICATES = r"_(share|rank|cum_share|share_ahead|computed|cv_of_months)$|^(revenue|margin)_\d+m_(share|rank)"
"""Other spellings of a figure that is there already: its place, its share of the base."""

TECHNICAL = (
    r"^(name|code|inn|data_quality|valid_|bad_contacts|inn_check|missing_fields|days_since_verified|is_unreachable"
    r"|has_refused|known_cost_clients|median_|base_touches|mean_attention|cold_after_days|lost_after_days|year_"
    r"|forecast_basis|rfm_|tag_to_qualify|tag_by_revenue|margin_known_share|attention_measured_share)"
)
"""How well the card is filled in, thresholds, medians of the base: nothing about the client himself."""

ANSWERS = (
    r"^(p_alive|p_order|expected_|next_order|order_overdue|silence_ratio|days_since_|is_active|last_gap|longest_gap"
    r"|overdue_amount|revenue_trend)|_(1m|3m|all)$"
)
"""What he has just done and will do next: it moves with every target and describes nobody one could look for."""

TWINS = r"^(sales_documents|purchase_days|active_months|document_touches|lifecycle|movement)"
"""The number of orders in other words, and movement, which is growth by another name."""

THIS_YEAR = r"_12m(_|$)"
HISTORY = r"^(rhythm|typical_gap|gap_cv|tag_|rfm|xyz|abc_|grade|layer)"


@dataclass(frozen=True)
class ZoneTarget:
    """One thing worth looking for. Its value over clients is the sum of `top` over the sum of `bottom`, less `minus`.

    `top`, `bottom`, `score` (of one client) and `money` are SQL over a snapshot; {m} is margin, or revenue where no
    cost is known. `where`: of whom it speaks, a condition that lists of clients read, too. `excluded`: words made of
    the same figures. A zone is worth the difference of its value from the rest's, times its `bottom` (its `money` if
    `stakes_money`). `floor`: which of the rules says what difference is worth naming.
    """

    code: str
    top: str
    bottom: str
    score: str
    money: str
    where: str
    excluded: str
    floor: str
    minus: float = 0.0
    stakes_money: bool = False

    def needs(self, measure: str) -> tuple[str, ...]:
        """The words of a snapshot without which there is nothing to search; `measure`: 'margin' or 'revenue'."""
        text = " ".join((self.top, self.bottom, self.score, self.money, self.where)).format(m=measure)
        return tuple(sorted(set(re.findall(r"[a-z_]+(?:_12m|_days)", text))))

    def may_describe(self, name: Name, *, made_of: Mapping[str, frozenset[str]]) -> bool:
        """Whether `name` may stand in a zone's condition; `made_of`: category → the words of its rules."""
        if name.type is ValueType.DATE or self._is_out(name.name):
            return False
        return not any(self._is_own(word) for word in made_of.get(name.name, ()))

    def descriptors(self, names: Iterable[Name], *, made_of: Mapping[str, frozenset[str]]) -> list[Name]:
        return [name for name in names if self.may_describe(name, made_of=made_of)]

    def _is_out(self, word: str) -> bool:
        common = (DUPLICATES, TECHNICAL, ANSWERS, TWINS)
        return any(re.search(pattern, word) for pattern in common) or self._is_own(word)

    def _is_own(self, word: str) -> bool:
        return bool(re.search(self.excluded, word))


MARGIN_PER_HOUR = ZoneTarget(
    code="margin_per_hour",
    top="{m}_12m",
    bottom="minutes_12m / 60",
    score="({m}_12m) / (minutes_12m / 60)",
    money="{m}_12m",
    where="orders_12m > 0 and minutes_12m > 0 and {m}_12m is not null",
    floor="share",
    excluded=r"margin|minutes|touch|attention|service|documents|cost|grade|layer|abc_|rfm|revenue_with|change|growth"
    r"|^revenue_(12m|prev_12m)$|^tag_",
)
GROWTH = ZoneTarget(
    code="growth",
    top="revenue_12m",
    bottom="revenue_prev_12m",
    score="(revenue_12m - revenue_prev_12m) / (revenue_12m + revenue_prev_12m)",
    money="{m}_12m",
    # A whole year before, or the clients of last year's second half would all be "growing".
    where="revenue_12m > 0 and revenue_prev_12m > 0 and tenure_days >= 731",
    floor="points",
    excluded=rf"^(revenue|margin_12m|margin_prev|margin_after|cost|orders|products|product_groups|touch|documents|minutes"
    rf"|measured_minutes|attention|average_order|late_payments_12m$)|{HISTORY}",
    minus=1.0,
)
RETENTION = ZoneTarget(
    code="retention",
    top="case when orders_12m > 0 then 1 else 0 end",
    bottom="1",
    score="case when orders_12m > 0 then 1 else 0 end",
    money="{m}_prev_12m",
    where="orders_prev_12m > 0",
    floor="points",
    excluded=rf"(?<!_prev){THIS_YEAR}|{HISTORY}",
    stakes_money=True,
)
PRICE = ZoneTarget(
    code="price",
    top="revenue_12m",
    bottom="revenue_12m / (1 - discount_pct_12m)",
    score="1 - discount_pct_12m",
    money="{m}_12m",
    where="revenue_12m > 0 and discount_pct_12m < 1",
    floor="price",
    excluded=r"discount|margin|cost|grade|layer|rfm|revenue_(with|12m_change|12m_growth)|tag_",
)

ZONE_TARGETS: dict[str, ZoneTarget] = {target.code: target for target in (MARGIN_PER_HOUR, GROWTH, RETENTION, PRICE)}
