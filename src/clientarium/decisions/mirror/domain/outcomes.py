"""Does the system pay (1.1.12-1.1.15)? Resilience, predictability and strength of the base, snapshot by snapshot."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from clientarium.core.ground import add_months
from clientarium.core.readings import Bearers, Foreseen, OutcomeHeap, foreseen, outcome_heaps
from clientarium.core.strategy import Estimate, Sums, added, jackknife
from clientarium.decisions.clients import state_as_of
from clientarium.decisions.contacts import ledger_base, policy_days
from clientarium.decisions.runs import Snapshot

from ..choices import Direction
from .keeping import content_keys, kept, kept_by_date, measure_in_force

MONTHS_SHOWN = 24
SUREST = 0.9
"""Two dates of one base are compared to see where it goes, not to prove a law: one wrong word in ten is borne, over all
figures of the page together."""

NEAR_YEAR_DAYS = 46
"""A snapshot this near to a year before counts as a year before."""

MONEY, SQUARES, ANCHORS, BOUGHT, BEFORE, STAYED, REPEATED, REGULAR, EXPECTED, RHYTHMIC, SERVED, HOURS = range(12)
WIDTH = 12


@dataclass(frozen=True)
class Figure:
    """One number of the base on a date: what it is divided of, or how many equal clients would be as concentrated."""

    code: str
    of: Callable[[Sums], float | None]


@dataclass(frozen=True)
class Change:
    """A figure on two dates; `gap` is now minus then with its interval."""

    since: date
    until: date
    before: float | None
    now: float | None
    gap: Estimate
    direction: Direction


@dataclass(frozen=True)
class Outcome:
    """A figure over the snapshots. since_start: from the first count on; over_year: against a year before."""

    code: str
    values: tuple[tuple[date, float | None], ...]
    since_start: Change
    over_year: Change | None

    @property
    def now(self) -> float | None:
        return self.values[-1][1] if self.values else None


@dataclass(frozen=True)
class Outcomes:
    """`began_on`: the first snapshot people worked by; those before it were counted afterwards, to compare with."""

    as_of: date
    began_on: date
    days: int
    least_days: int
    measure: str
    dates: tuple[date, ...]
    half: tuple[Bearers, ...]
    told: tuple[Foreseen, ...]
    by_code: Mapping[str, Outcome]

    @property
    def is_early(self) -> bool:
        return self.days < self.least_days

    def counted(self, codes: Sequence[str], direction: Direction) -> int:
        """How many of `codes` went there since the start."""
        return sum(self.by_code[code].since_start.direction == direction for code in codes)

    def over_year(self, codes: Sequence[str], direction: Direction) -> int:
        """The same against a year before; figures without such a snapshot are not counted."""
        changes = (self.by_code[code].over_year for code in codes)
        return sum(change is not None and change.direction == direction for change in changes)


RESILIENCE, PREDICTABILITY = ("effective", "anchors"), ("regular", "rhythmic")
STRENGTH = ("retention", "repeat", "hour")
JUDGED = (*RESILIENCE, *PREDICTABILITY, *STRENGTH)


def outcomes_of() -> Outcomes | None:
    """None before the first count. Whoever calls sees the whole base."""
    as_of = state_as_of()
    keys = content_keys()
    if as_of is None or as_of not in keys:
        return None
    live = Snapshot.objects.filter(is_backdated=False, as_of__lte=as_of).order_by("as_of")
    began_on = live.values_list("as_of", flat=True).first() or as_of
    dates = dates_shown([day for day in keys if day <= as_of], began_on=began_on)
    wanted, measure = {day: keys[day] for day in dates}, measure_in_force()
    heaps = kept_by_date(
        "outcomes",
        keys=wanted,
        row=OutcomeHeap,
        measure=measure,
        read=lambda missing: outcome_heaps(ledger_base(), dates=missing, measure=measure)[1],
    )
    half = kept_by_date(
        "bearers",
        keys=wanted,
        row=Bearers,
        measure=measure,
        read=lambda missing: outcome_heaps(ledger_base(), dates=missing, measure=measure)[2],
    )
    told = _told(dates, as_of=as_of, key=keys[as_of])
    by_date = heaps_by_date(heaps)
    changes = {figure.code: _outcome(figure, by_date, dates=dates, began_on=began_on) for figure in FIGURES}
    least = policy_days("outcome_least_days")
    return Outcomes(
        as_of, began_on, (as_of - began_on).days, least, measure, tuple(dates), tuple(half), tuple(told), changes
    )


def dates_shown(dates: Sequence[date], *, began_on: date) -> list[date]:
    """The last of each month of two years, and the first people worked by, which stays in sight for ever."""
    last_of_month = {(day.year, day.month): day for day in sorted(dates)}
    newest = sorted(last_of_month.values())[-MONTHS_SHOWN:]
    return sorted({*newest, began_on})


def heaps_by_date(heaps: Sequence[OutcomeHeap]) -> dict[date, dict[int, Sums]]:
    """What every heap of clients adds up to on every date."""
    found: dict[date, dict[int, Sums]] = {}
    missing = {day: _missing([one for one in heaps if one.as_of == day]) for day in {one.as_of for one in heaps}}
    for one in heaps:
        found.setdefault(one.as_of, {})[one.heap] = _sums(one, missing[one.as_of])
    return found


NOT_KNOWN = float("nan")


def _missing(heaps: Sequence[OutcomeHeap]) -> frozenset[str]:
    """What the snapshot of a date does not have."""
    names = ("anchors", "regular", "foreseen", "foreseen_regular", "after_service", "minutes")
    return frozenset(name for name in names if all(getattr(one, name) is None for one in heaps))


def _sums(one: OutcomeHeap, missing: frozenset[str]) -> Sums:
    def known(name: str, times: float = 1.0) -> float:
        value = getattr(one, name)
        return NOT_KNOWN if name in missing else float(value or 0) * times

    counts = (one.bought, one.bought_before, one.stayed, one.repeated)
    return (
        one.money,
        one.squares,
        known("anchors"),
        *map(float, counts),
        known("regular"),
        known("foreseen"),
        known("foreseen_regular"),
        known("after_service"),
        known("minutes", 1 / 60),
    )


def _ratio(part: int, of: int) -> Callable[[Sums], float | None]:
    def figure(sums: Sums) -> float | None:
        if not sums[of] > 0 or sums[part] != sums[part]:  # nan: the snapshot does not have it
            return None
        return sums[part] / sums[of]

    return figure


def _effective(sums: Sums) -> float | None:
    """One over the sum of squared shares (Hirschman, Herfindahl): so many equal clients would be as concentrated."""
    return sums[MONEY] ** 2 / sums[SQUARES] if sums[SQUARES] > 0 else None


FIGURES = (
    Figure("effective", _effective),
    Figure("anchors", _ratio(ANCHORS, MONEY)),
    Figure("regular", _ratio(RHYTHMIC, EXPECTED)),
    Figure("rhythmic", _ratio(REGULAR, BOUGHT)),
    Figure("retention", _ratio(STAYED, BEFORE)),
    Figure("repeat", _ratio(REPEATED, BOUGHT)),
    Figure("hour", _ratio(SERVED, HOURS)),
)


def _outcome(
    figure: Figure, by_date: Mapping[date, Mapping[int, Sums]], *, dates: Sequence[date], began_on: date
) -> Outcome:
    values = tuple((day, figure.of(added(list(by_date[day].values()))) if by_date.get(day) else None) for day in dates)
    year_before = _near(dates, add_months(dates[-1], -12))
    return Outcome(
        figure.code,
        values,
        change(figure, by_date, since=began_on, until=dates[-1], least_days=policy_days("outcome_least_days")),
        change(figure, by_date, since=year_before, until=dates[-1]) if year_before else None,
    )


def change(
    figure: Figure,
    by_date: Mapping[date, Mapping[int, Sums]],
    *,
    since: date,
    until: date,
    least_days: int = 0,
) -> Change:
    """The same heaps of clients on both dates, so that what does not move makes no noise."""
    nothing = (0.0,) * WIDTH
    then, now = by_date.get(since, {}), by_date.get(until, {})
    rows = [(*now.get(heap, nothing), *then.get(heap, nothing)) for heap in sorted({*then, *now})]

    def gap(sums: Sums) -> float | None:
        after, before = figure.of(sums[:WIDTH]), figure.of(sums[WIDTH:])
        return None if after is None or before is None else after - before

    before = figure.of(added(list(then.values()))) if then else None
    after = figure.of(added(list(now.values()))) if now else None
    found = jackknife(rows, gap, sureness=SUREST, judged=len(FIGURES))
    return Change(since, until, before, after, found, _direction(found, days=(until - since).days, least=least_days))


def _direction(gap: Estimate, *, days: int, least: int) -> Direction:
    if gap.value is None:
        return Direction.UNKNOWN
    if days < least or days == 0 or not gap.is_told:
        return Direction.EARLY
    if gap.is_above:
        return Direction.BETTER
    return Direction.WORSE if gap.is_below else Direction.CHANCE


def _near(dates: Sequence[date], wanted: date) -> date | None:
    nearest = min(dates, key=lambda day: abs((day - wanted).days))
    return nearest if abs((nearest - wanted).days) <= NEAR_YEAR_DAYS and nearest < dates[-1] else None


def _told(dates: Sequence[date], *, as_of: date, key: str) -> list[Foreseen]:
    """Kept under the newest snapshot and the dates asked of: facts that came late change it with the next count."""
    asked = sha256(",".join(day.isoformat() for day in dates).encode()).hexdigest()[:16]
    return kept(
        "foreseen",
        as_of=as_of,
        key=f"{key}:{asked}",
        row=Foreseen,
        read=lambda: ("revenue", foreseen(ledger_base(), dates=dates, as_of=as_of)),
    )[1]
