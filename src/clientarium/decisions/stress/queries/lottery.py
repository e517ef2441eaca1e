"""Is the base a lottery: what the year rests on, now, without some clients, and over the last quarters."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from clientarium.core.ground import add_months
from clientarium.core.readings import Gone, YearOutlook, regulars_gone, year_outlook
from clientarium.core.strategy import Judged, LotteryRules, YearChance, judged, year_chance
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.people import User
from clientarium.decisions.runs.models import Snapshot

from .assumptions import FEWEST_REGULARS, FewAssumptions, rules_in_force
from .removal import Removal, removed_ids
from .version import Version, current_version, version_of

QUARTERS_SHOWN = 6
MONTHS_OF_A_QUARTER = 3
YEARS_KEPT = 64

DAYS_OFF = 45
"""Half a quarter: a snapshot farther from the wanted day belongs to another quarter."""


@dataclass(frozen=True)
class Lottery:
    """One snapshot judged. `gone`: the base's own leaving, measured if `leaves_is_measured`, else the policy's."""

    as_of: date
    outlook: YearOutlook
    chance: YearChance
    judged: Judged
    rules: LotteryRules
    gone: Gone
    leaves: float
    leaves_is_measured: bool

    @property
    def equal_clients(self) -> float | None:
        """1/HHI: so many equal clients would be as concentrated."""
        return 1 / self.outlook.hhi if self.outlook.hhi else None

    @property
    def is_without_forecast(self) -> bool:
        return self.outlook.clients == 0


def lottery_of(*, by: User) -> Lottery | None:
    """The whole base today; None where there is no forecast to judge by. Raises PermissionDenied."""
    version = current_version(by)
    return None if version is None else _judged(version, rules_in_force(), ())


def lottery_without(removal: Removal, *, by: User) -> Lottery | None:
    """What is left once the clients are gone."""
    version = current_version(by)
    if version is None:
        return None
    return _judged(version, rules_in_force(), removed_ids(removal, version, by=by))


def lottery_history(*, by: User) -> list[Lottery]:
    """At most QUARTERS_SHOWN snapshots a quarter apart, the oldest first, the published one last."""
    now = current_version(by)
    if now is None:
        return []
    rules, found = rules_in_force(), [now]
    taken = {one.as_of: one for one in Snapshot.objects.filter(as_of__lt=now.as_of)}
    for steps in range(1, QUARTERS_SHOWN):
        wanted = add_months(now.as_of, -MONTHS_OF_A_QUARTER * steps)
        near = [day for day in taken if abs((day - wanted).days) <= DAYS_OFF]
        version = version_of(taken[min(near, key=lambda day: abs((day - wanted).days))]) if near else None
        if version is not None:
            found.append(version)
    return [_judged(version, rules, ()) for version in reversed(found)]


@lru_cache(maxsize=YEARS_KEPT)
def _judged(version: Version, rules: FewAssumptions, without: tuple[int, ...]) -> Lottery:
    gone = _gone(version)
    is_measured = gone.regulars >= FEWEST_REGULARS
    leaves = gone.gone / gone.regulars if is_measured else rules.leaving_share
    outlook = year_outlook(ledger_base(), version.asked, leaves=leaves, without=without)
    chance = year_chance(outlook.largest, outlook.others, leaves=leaves)
    verdict = judged(chance, half_holders=outlook.half_holders, rules=rules.lottery)
    return Lottery(version.as_of, outlook, chance, verdict, rules.lottery, gone, leaves, is_measured)


@lru_cache(maxsize=YEARS_KEPT)
def _gone(version: Version) -> Gone:
    return regulars_gone(ledger_base(), as_of=version.as_of)
