"""Where we are strong, where they buy without discounts, what repeats: each group against all the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clientarium.core.readings import REST_OF_GROUPS as REST
from clientarium.core.readings import Cut, Newcomers, Tally, newcomers, strengths, tallies_by_group
from clientarium.core.strategy import BUCKETS, Estimate, Sums, added, gap_of_shares, jackknife, wider
from clientarium.decisions.clients import state_as_of
from clientarium.decisions.contacts import ledger_base, policy_number

from ..choices import Verdict
from ..queries.cuts import Division
from .keeping import content_keys, kept

CLIENTS, BOUGHT, BEFORE, STAYED, REPEATED, REVENUE, COSTED, MARGIN, LIST, DISCOUNT, TOLD, FREE = range(12)
WIDTH = 12


@dataclass(frozen=True)
class GroupLine:
    """One group. Shares and ratios are None where there is nothing to divide by; gaps are against all others.

    `group` None: not filled in; REST: many small groups together. Shares of money are of the whole base.
    """

    group: str | None
    clients: int
    bought: int
    bought_before: int
    stayed: int
    repeated: int
    told: int
    undiscounted: int
    revenue: float
    margin: float
    base_share: float | None
    money_share: float | None
    margin_pct: float | None
    retention: float | None
    repeat: float | None
    discount: float | None
    discount_free: float | None
    margin_gap: Estimate
    retention_gap: Estimate
    repeat_gap: Estimate
    discount_gap: Estimate
    verdict: Verdict
    repeat_verdict: Verdict
    discount_verdict: Verdict

    @property
    def is_rest(self) -> bool:
        return self.group == REST


@dataclass(frozen=True)
class Strengths:
    """`whole`: all groups together, as a line without a verdict. `least`: fewer buyers are not judged."""

    division: Division
    as_of: date
    measure: str
    least: int
    lines: tuple[GroupLine, ...]
    whole: GroupLine

    def called(self, verdict: Verdict) -> tuple[GroupLine, ...]:
        return tuple(line for line in self.lines if line.verdict == verdict)


def strengths_of(division: Division) -> Strengths | None:
    """The groups of `division`, the dearest first; None before the first count. Whoever calls sees the whole base."""
    as_of = state_as_of()
    if as_of is None:
        return None
    measure, tallies = kept(
        f"strengths:{division.key}",
        as_of=as_of,
        key=content_keys().get(as_of, ""),
        row=Tally,
        read=lambda: strengths(ledger_base(), cut=division.cut, column=division.column, as_of=as_of),
    )
    return judged(division, as_of, measure, tallies)


def newcomers_of(division: Division) -> dict[str | None, Newcomers]:
    """By group of clients: those whose first purchase was half a year ago or more, and who came again within it.

    Empty where the division is of goods: a newcomer is new to the firm, not to a shelf.
    """
    as_of = state_as_of()
    if as_of is None or division.cut is not Cut.CLIENT:
        return {}
    _measure, rows = kept(
        f"newcomers:{division.key}",
        as_of=as_of,
        key=content_keys().get(as_of, ""),
        row=Newcomers,
        read=lambda: ("", newcomers(ledger_base(), column=division.column, as_of=as_of)),
    )
    return {row.group: row for row in rows}


def judged(division: Division, as_of: date, measure: str, tallies: Sequence[Tally]) -> Strengths:
    """Plain arithmetic over the heaps."""
    groups = {group: _heaps(found) for group, found in tallies_by_group(tallies).items()}
    everybody = [added([heaps[place] for heaps in groups.values()]) for place in range(BUCKETS if groups else 0)]
    least, sureness = int(policy_number("mirror_least_clients")), float(policy_number("mirror_sureness"))
    whole = added(everybody) if everybody else (0.0,) * WIDTH
    enough = [name for name, heaps in groups.items() if name not in (None, REST) and added(heaps)[BOUGHT] >= least]
    lines = [
        _line(
            group,
            heaps,
            everybody,
            whole=whole,
            measure=measure,
            is_judged=group in enough,
            sureness=sureness,
            judged=len(enough),
        )
        for group, heaps in groups.items()
    ]
    lines.sort(key=lambda line: (line.group is None, line.is_rest, -(line.money_share or 0), str(line.group)))
    total = _line("", everybody, everybody, whole=whole, measure=measure, is_judged=False, sureness=sureness, judged=1)
    return Strengths(division, as_of, measure, least, tuple(lines), total)


def _heaps(tallies: Sequence[Tally]) -> list[Sums]:
    """A group's sums, one row a heap, empty heaps too: they are left out like any other."""
    from_heap = {one.heap: one for one in tallies}
    return [_sums(from_heap.get(place)) for place in range(BUCKETS)]


def _sums(one: Tally | None) -> Sums:
    if one is None:
        return (0.0,) * WIDTH
    return (
        one.clients,
        one.bought,
        one.bought_before,
        one.stayed,
        one.repeated,
        one.revenue,
        one.revenue_with_cost,
        one.margin,
        one.list_price,
        one.discount,
        one.told,
        one.undiscounted,
    )


def _line(
    group: str | None,
    heaps: Sequence[Sums],
    everybody: Sequence[Sums],
    *,
    whole: Sums,
    measure: str,
    is_judged: bool,
    sureness: float,
    judged: int,
) -> GroupLine:
    sums = added(heaps)
    money = MARGIN if measure == "margin" else REVENUE
    pairs = [_beside(own, both) for own, both in zip(heaps, everybody, strict=True)]

    def gap(part: int, of: int, *, together: int) -> Estimate:
        def figure(both: Sums) -> float | None:
            own, others = _ratio(both[part], both[of]), _ratio(both[WIDTH + part], both[WIDTH + of])
            return None if own is None or others is None else own - others

        return jackknife(pairs, figure, sureness=sureness, judged=together) if is_judged else Estimate(None)

    def share_gap(part: int, of: int, *, together: int) -> Estimate:
        if not is_judged:
            return Estimate(None)
        others = [all_of - own for all_of, own in zip(whole, sums, strict=True)]
        score = gap_of_shares(sums[part], sums[of], others[part], others[of], sureness=sureness, judged=together)
        return wider(gap(part, of, together=together), score)

    margin_gap = gap(MARGIN, COSTED, together=2 * judged) if measure == "margin" else Estimate(None)
    retention_gap = share_gap(STAYED, BEFORE, together=2 * judged)
    repeat_gap = share_gap(REPEATED, BOUGHT, together=judged)
    discount_gap = gap(DISCOUNT, LIST, together=judged)
    missing = Verdict.NONE if group is None else Verdict.FEW
    return GroupLine(
        group=group,
        clients=int(sums[CLIENTS]),
        bought=int(sums[BOUGHT]),
        bought_before=int(sums[BEFORE]),
        stayed=int(sums[STAYED]),
        repeated=int(sums[REPEATED]),
        told=int(sums[TOLD]),
        undiscounted=int(sums[FREE]),
        revenue=sums[REVENUE],
        margin=sums[MARGIN],
        base_share=_ratio(sums[CLIENTS], whole[CLIENTS]),
        money_share=_ratio(sums[money], whole[money]),
        margin_pct=_ratio(sums[MARGIN], sums[COSTED]) if measure == "margin" else None,
        retention=_ratio(sums[STAYED], sums[BEFORE]),
        repeat=_ratio(sums[REPEATED], sums[BOUGHT]),
        discount=_ratio(sums[DISCOUNT], sums[LIST]),
        discount_free=_ratio(sums[FREE], sums[TOLD]),
        margin_gap=margin_gap,
        retention_gap=retention_gap,
        repeat_gap=repeat_gap,
        discount_gap=discount_gap,
        verdict=_verdict(margin_gap, retention_gap) if is_judged else missing,
        repeat_verdict=_verdict(repeat_gap) if is_judged else missing,
        discount_verdict=_verdict(_turned(discount_gap)) if is_judged else missing,
    )


def _beside(own: Sums, both: Sums) -> Sums:
    """A group's sums and those of all the others, in one row."""
    return (*own, *(all_of - part for all_of, part in zip(both, own, strict=True)))


def _verdict(*gaps: Estimate) -> Verdict:
    above, below = any(gap.is_above for gap in gaps), any(gap.is_below for gap in gaps)
    if above and below:
        return Verdict.MIXED
    if above:
        return Verdict.STRONG
    return Verdict.WEAK if below else Verdict.ALIKE


def _turned(gap: Estimate) -> Estimate:
    """Less discount is better."""
    if gap.value is None or gap.low is None or gap.high is None:
        return Estimate(None)
    return Estimate(-gap.value, -gap.high, -gap.low)


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None
