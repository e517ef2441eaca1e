"""The load of every service beside the money, over the published snapshot."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from clientarium.core.metrics import Norms
from clientarium.core.readings import ClientIds, LoadCounts, ServiceMinutes, load_counts, priced, service_minutes
from clientarium.decisions.clients import ids_seen_by
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.grades import decided_since
from clientarium.decisions.people import Visitor
from clientarium.decisions.runs import published_snapshot

from ..choices import Basis, By
from .norms import counted_norms

MINUTES_IN_HOUR = 60
ZERO = Decimal(0)
DECIDED_BY_PEOPLE = (By.GRADE, By.LAYER)


@dataclass(frozen=True)
class KeyLoad:
    """One grade, layer or seller: what it takes of all services a year beside what it brings.

    A share is None where the whole is not above zero: the effort, or the money, is then unknown.
    """

    key: str | None
    clients: int
    minutes_measured: float
    minutes_estimated: float
    cost: Decimal
    money: Decimal
    load_share: float | None
    money_share: float | None

    @property
    def hours(self) -> float:
        return (self.minutes_measured + self.minutes_estimated) / MINUTES_IN_HOUR

    @property
    def after_service(self) -> Decimal:
        return self.money - self.cost

    @property
    def ahead(self) -> float:
        """How far the load runs ahead of the money."""
        return (self.load_share or 0.0) - (self.money_share or 0.0)


@dataclass(frozen=True)
class ServiceLoad:
    """What one service spends a year, and on what: (kind, count, minutes), the largest first."""

    service: str
    minutes_measured: float
    minutes_estimated: float
    money: Decimal
    share: float
    kinds: tuple[tuple[str, int, float], ...]

    @property
    def hours(self) -> float:
        return (self.minutes_measured + self.minutes_estimated) / MINUTES_IN_HOUR

    @property
    def measured_share(self) -> float:
        return self.minutes_measured / (self.minutes_measured + self.minutes_estimated)


@dataclass(frozen=True)
class Load:
    """A year's work of the firm. `measure`: what the money is; `has_touches`: whether any are known."""

    measure: str
    basis: str
    has_touches: bool
    keys: tuple[KeyLoad, ...]
    services: tuple[ServiceLoad, ...]

    @property
    def minutes(self) -> float:
        return sum(one.minutes_measured + one.minutes_estimated for one in self.services)

    @property
    def hours(self) -> float:
        return self.minutes / MINUTES_IN_HOUR

    @property
    def cost(self) -> Decimal:
        return sum((one.money for one in self.services), ZERO)

    @property
    def measured_share(self) -> float | None:
        return sum(one.minutes_measured for one in self.services) / self.minutes if self.minutes else None

    @property
    def heaviest(self) -> KeyLoad | None:
        """Whose load runs furthest ahead of the money; None where nobody's does."""
        named = [one for one in self.keys if one.key is not None and one.load_share is not None]
        worst = max(named, key=lambda one: one.ahead, default=None)
        return worst if worst and worst.ahead > 0 else None


def load_of(counted: LoadCounts, norms: Norms, *, basis: str = Basis.ALL) -> Load:
    """The counts by `norms`; by documents alone the touches are left out."""
    has_touches = bool(counted.touches)
    used = replace(counted, touches=()) if basis == Basis.DOCUMENTS else counted
    rows = priced(used, norms)
    return Load(
        measure=counted.measure,
        basis=basis,
        has_touches=has_touches,
        keys=_keys(rows, counted, is_known=has_touches or basis == Basis.DOCUMENTS),
        services=_services(rows),
    )


def counts(by: str, *, user: Visitor | None) -> LoadCounts | None:
    """The year counted by grade, layer or seller, of the clients `user` sees (None: the whole base).

    None before the first pulse.
    """
    snapshot = published_snapshot()
    if snapshot is None:
        return None
    decided = decided_since(snapshot.made_at, scheme=by) if by in DECIDED_BY_PEOPLE else None
    return load_counts(
        ledger_base(), as_of=snapshot.as_of, by=str(By(by)), client_ids=ids_asked_by(user), decided=decided
    )


def load_by(by: str, *, user: Visitor | None, basis: str = Basis.ALL) -> Load | None:
    """The load by grade, layer or seller beside the money; None before the first pulse."""
    counted = counts(by, user=user)
    return None if counted is None else load_of(counted, counted_norms(), basis=basis)


def hours_of(client_ids: Iterable[int], *, by: Visitor) -> dict[str, float]:
    """Hours a year every service spends on these clients together (those `by` sees), the largest first.

    Empty before the first pulse and for nobody.
    """
    minutes: dict[str, float] = defaultdict(float)
    for row in service_rows(client_ids, by=by):
        minutes[row.service] += row.minutes
    ordered = sorted(minutes.items(), key=lambda one: (-one[1], one[0]))
    return {service: total / MINUTES_IN_HOUR for service, total in ordered if total}


def service_rows(client_ids: Iterable[int], *, by: Visitor | None, key: str | None = None) -> list[ServiceMinutes]:
    """What every service spends a year on these clients: together, or with `key` 'client' on each."""
    snapshot = published_snapshot()
    wanted = set(client_ids)
    seen = ids_asked_by(by)
    ids = sorted(wanted if seen is None else wanted & set(seen))
    if snapshot is None or not ids:
        return []
    return service_minutes(ledger_base(), as_of=snapshot.as_of, norms=counted_norms(), by=key, client_ids=ids)


def ids_asked_by(user: Visitor | None) -> ClientIds:
    """All clients for the command line (no user); otherwise those the user sees."""
    return None if user is None else ids_seen_by(user)


def _keys(rows: Sequence[ServiceMinutes], counted: LoadCounts, *, is_known: bool) -> tuple[KeyLoad, ...]:
    """Every key that has work or money; touches of clients outside the snapshot belong to the key None."""
    spent: dict[str | int | None, list[ServiceMinutes]] = defaultdict(list)
    for row in rows:
        spent[row.key].append(row)
    brought = {one.key: one for one in counted.documents}
    whole = sum(row.minutes for row in rows) if is_known else 0
    money = sum((one.money for one in counted.documents), ZERO)
    found = []
    for key in {**brought, **spent}:
        work, card = spent[key], brought.get(key)
        minutes = sum(row.minutes for row in work)
        if not minutes and not (card and card.money) and key is None:
            continue
        found.append(
            KeyLoad(
                key=None if key is None else str(key),
                clients=card.clients if card else 0,
                minutes_measured=sum(row.minutes_measured for row in work),
                minutes_estimated=sum(row.minutes_estimated for row in work),
                cost=sum((row.money for row in work), ZERO),
                money=card.money if card else ZERO,
                load_share=minutes / whole if whole else None,
                money_share=float((card.money if card else ZERO) / money) if money > 0 else None,
            )
        )
    return tuple(found)


def _services(rows: Sequence[ServiceMinutes]) -> tuple[ServiceLoad, ...]:
    whole = sum(row.minutes for row in rows)
    by_service: dict[str, list[ServiceMinutes]] = defaultdict(list)
    for row in rows:
        by_service[row.service].append(row)
    found = [_service(service, work, whole) for service, work in by_service.items()]
    return tuple(sorted((one for one in found if one.hours), key=lambda one: (-one.hours, one.service)))


def _service(service: str, work: Sequence[ServiceMinutes], whole: float) -> ServiceLoad:
    kinds: dict[str, tuple[int, float]] = {}
    for row in work:
        count, minutes = kinds.get(row.kind, (0, 0.0))
        kinds[row.kind] = (count + row.count, minutes + row.minutes)
    ordered = sorted(kinds.items(), key=lambda one: (-one[1][1], one[0]))
    total = sum(row.minutes for row in work)
    return ServiceLoad(
        service=service,
        minutes_measured=sum(row.minutes_measured for row in work),
        minutes_estimated=sum(row.minutes_estimated for row in work),
        money=sum((row.money for row in work), ZERO),
        share=total / whole if whole else 0.0,
        kinds=tuple((kind, count, minutes) for kind, (count, minutes) in ordered),
    )
