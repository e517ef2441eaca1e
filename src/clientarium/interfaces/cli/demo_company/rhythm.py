"""On which days a client buys: Erlang gaps around his own rhythm, cut and bent by his life."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .clients import DemoClient, workday
from .patterns import Life
from .size import Size

SEASON = range(4, 11)  # April to October, the building season
LOST_AFTER_MONTHS = 12  # a lost client has bought for at least a year
LOST_BEFORE_END_MONTHS = 7  # and has been silent for longer than any client's rhythm
RETURNED_MONTHS = (2, 4)
SILENT_SINCE_MONTHS = 24  # the whole previous year, so that nobody can call him merely slow
SILENT_EARLIER_DAYS = 120
RECENT_ONCE_SHARE = 0.35  # of the one-time buyers came within the last 12 months
NEW_MONTHS = (3, 10)


@dataclass(frozen=True)
class Calendar:
    """A client's purchase days and the figures they were laid by."""

    days: tuple[date, ...]
    gap_days: float | None = None


def purchase_days(client: DemoClient, *, size: Size) -> Calendar:
    """Every working day on which the client buys between the start and the end of the history."""
    rng = client.rng(size.seed, "rhythm")
    life = client.pattern.life
    if life is Life.NEVER:
        return Calendar(())
    if life is Life.ONCE:
        first = size.months_before_end(12) if rng.random() < RECENT_ONCE_SHARE else size.start
        return Calendar((_clip(_random_day(rng, first=first, last=size.end), size=size),))
    gap = rng.uniform(*client.pattern.gap)
    first, last, silence = _span(client, rng=rng, size=size)
    days = [
        _clip(day, size=size)
        for day in _walk(rng, first=first, last=last, gap=gap, shape=client.pattern.shape, silence=silence)
    ]
    if client.pattern.seasonal:
        days = [day for day in days if day.month in SEASON]
    return Calendar(tuple(sorted(set(days))), gap)


def _span(client: DemoClient, *, rng: Random, size: Size) -> tuple[date, date, tuple[date, date] | None]:
    """First and last day of a client's life, and the silence inside it if he went away and came back."""
    life = client.pattern.life
    newest = size.months_before_end(30 if size.years > 3 else 20)
    first = size.start if rng.random() < 0.55 else _random_day(rng, first=size.start, last=newest)
    first += timedelta(days=rng.randrange(28))
    if life is Life.NEW:
        return (
            _random_day(rng, first=size.months_before_end(NEW_MONTHS[1]), last=size.months_before_end(NEW_MONTHS[0])),
            size.end,
            None,
        )
    if life is Life.LOST:
        earliest = max(size.months_before_end(12 * size.years - LOST_AFTER_MONTHS), first + timedelta(days=200))
        return first, _random_day(rng, first=earliest, last=size.months_before_end(LOST_BEFORE_END_MONTHS)), None
    if life is Life.RETURNED:
        back = _random_day(
            rng, first=size.months_before_end(RETURNED_MONTHS[1]), last=size.months_before_end(RETURNED_MONTHS[0])
        )
        gone = size.months_before_end(SILENT_SINCE_MONTHS) - timedelta(days=rng.randrange(SILENT_EARLIER_DAYS))
        return size.start + timedelta(days=rng.randrange(60)), size.end, (gone, back)
    return first, size.end, None


def _walk(
    rng: Random, *, first: date, last: date, gap: float, shape: int, silence: tuple[date, date] | None
) -> list[date]:
    days: list[date] = []
    day = float(first.toordinal())
    while day < last.toordinal() + 1:
        here = date.fromordinal(int(day))
        if silence and silence[0] <= here < silence[1]:
            here, day, silence = silence[1], float(silence[1].toordinal()), None
        days.append(here)
        day += max(1.0, rng.gammavariate(shape, gap / shape))
    return days


def _random_day(rng: Random, *, first: date, last: date) -> date:
    return first + timedelta(days=rng.randrange(max(1, (last - first).days + 1)))


def _clip(day: date, *, size: Size) -> date:
    """A working day, or `end` for the last weekend: the shop is open, and the history ends on its last day."""
    return min(workday(day), size.end)
