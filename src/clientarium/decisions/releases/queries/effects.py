"""What came of a release: equal periods before and after, the group beside clients like them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from clientarium.core.readings import ClientPeriod, client_periods
from clientarium.core.strategy import Measured, Moved, measure
from clientarium.decisions.clients import roots_of, state_as_of
from clientarium.decisions.contacts import ledger_base, policy_number
from clientarium.decisions.runs import current_definitions

from ..choices import Side
from ..models import Release, ReleaseClient

ONE_DAY = timedelta(days=1)
LONGEST_DAYS = 365
MINUTES_IN_HOUR = 60
TOO_EARLY, FEW_PAIRS = "too_early", "few_pairs"


@dataclass(frozen=True)
class ReleaseEffect:
    """`missing`: '' or why it is too early to tell ('too_early', 'few_pairs'). Figures are a client in the period.

    `days` have passed since, at most a year is compared; `pairs` are those whose both clients can be told apart still.
    """

    days: int
    least_days: int
    pairs: int
    least_pairs: int
    clients: int
    measure: str
    orders: Measured | None = None
    money: Measured | None = None
    hours: Measured | None = None
    until: date | None = None

    @property
    def missing(self) -> str:
        if self.days < self.least_days:
            return TOO_EARLY
        return FEW_PAIRS if self.pairs < self.least_pairs else ""

    @property
    def is_told(self) -> bool:
        return not self.missing and self.money is not None

    def whole(self, measured: Measured | None) -> "Whole | None":
        """The effect on the whole group in the period; None where it is too early."""
        if measured is None or not self.is_told:
            return None
        return Whole(*(value * self.clients for value in (measured.difference, measured.low, measured.high)))


@dataclass(frozen=True)
class Whole:
    """An effect times the clients of the group, with its interval."""

    value: float
    low: float
    high: float


def effect_of(release: Release) -> ReleaseEffect:
    """Measured by the facts up to the published day; too early to tell is an answer, too."""
    until = state_as_of()
    days = 0 if until is None else min(max((until - release.starts_on).days + 1, 0), LONGEST_DAYS)
    measured_by = str(release.figures.get("measure") or "margin")
    pairs = _pairs(release)
    empty = ReleaseEffect(
        days=days,
        least_days=int(policy_number("release_least_days")),
        pairs=len(pairs),
        least_pairs=int(policy_number("release_least_pairs")),
        clients=release.clients,
        measure=measured_by,
        until=until,
    )
    if not days or not pairs:
        return empty
    before, after = _periods(release, days, [client for pair in pairs for client in pair])

    def moved(figure: str, by: float = 1.0) -> Measured | None:
        return measure([_moved(pair, before, after, figure, by) for pair in pairs])

    figures = {"orders": moved("orders"), "money": moved(measured_by), "hours": moved("minutes", MINUTES_IN_HOUR)}
    return ReleaseEffect(**{**vars(empty), **figures})


def _pairs(release: Release) -> list[tuple[int, int]]:
    """(of the group, like him) by the cards' clients of now; a pair merged into one client tells nothing more."""
    members = ReleaseClient.objects.filter(release=release, pair__isnull=False)
    rows = [(pair or 0, side, client) for pair, side, client in members.values_list("pair", "side", "client_id")]
    roots = roots_of([client for _, _, client in rows])
    mine = {pair: roots.get(client, client) for pair, side, client in rows if side == Side.GROUP}
    alike = {pair: roots.get(client, client) for pair, side, client in rows if side == Side.ALIKE}
    group = set(mine.values())
    found: dict[int, tuple[int, int]] = {}
    for pair in sorted(mine.keys() & alike.keys()):
        if alike[pair] not in group:
            found.setdefault(mine[pair], (mine[pair], alike[pair]))
    return list(found.values())


def _periods(release: Release, days: int, client_ids: list[int]) -> list[dict[int, ClientPeriod]]:
    length, start = timedelta(days=days), release.starts_on
    spans = [(start - length, start - ONE_DAY), (start, start + length - ONE_DAY)]
    norms = current_definitions().norms
    return client_periods(ledger_base(), client_ids=client_ids, spans=spans, norms=norms)


def _moved(
    pair: tuple[int, int],
    before: Mapping[int, ClientPeriod],
    after: Mapping[int, ClientPeriod],
    figure: str,
    by: float,
) -> Moved:
    def of(period: Mapping[int, ClientPeriod], client_id: int) -> float:
        found: int | float | Decimal = getattr(period[client_id], figure) if client_id in period else 0
        return float(found) / by

    return Moved(of(before, pair[0]), of(after, pair[0]), of(before, pair[1]), of(after, pair[1]))
