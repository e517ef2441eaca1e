"""A redistribution as the solver takes it: every client that may be given, every seller who may take."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from clientarium.core.ground import N_, UserError, add_months
from clientarium.core.readings import groups_bought, past_sellers
from clientarium.core.strategy import FitRules, ToFill, ToPlace, fit_rules_from
from clientarium.decisions.clients import current_publication, published_columns, state_model
from clientarium.decisions.clock import with_days_left
from clientarium.decisions.contacts import assumed_margin_share, ledger_base, policy_numbers, working_day, year_money
from clientarium.decisions.people import Seller, name_key
from clientarium.decisions.portfolios import TermsOn, terms_on, with_hours, work_rules, working_sellers
from clientarium.decisions.waves import kept_in_force

PAST_MONTHS = 36
"""Three years: whoever served the client before that knows him no more."""

GROUPS_MONTHS = 12

READ = ("pk", "holder_id", "hours_needed", "client__city", "client__segment", "client__is_stopped")
WORTH = ("expected_margin_365d", "expected_revenue_365d", "margin_12m", "orders_all", "grade", "layer", "lifecycle")
LOST = "lost"


@dataclass(frozen=True)
class Asked:
    """What the leader wants: a `ceiling` for everybody in place of their own, hours counted or not, and which clients
    must stay where they are (`locks`: client → seller, None the pool)."""

    ceiling: int | None = None
    counts_hours: bool = False
    locks: Mapping[int, int | None] | None = None

    def as_json(self) -> dict[str, Any]:
        locks = {str(client): seller for client, seller in (self.locks or {}).items()}
        return {"ceiling": self.ceiling, "counts_hours": self.counts_hours, "locks": locks}

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Asked":
        locks = {int(client): seller for client, seller in (told.get("locks") or {}).items()}
        return cls(told.get("ceiling"), bool(told.get("counts_hours")), locks)


@dataclass
class Load:
    """What somebody holds: clients, margin expected in a year, hours a month; `stopped` of them on the stop list."""

    clients: int = 0
    margin: float = 0.0
    hours: float = 0.0
    stopped: int = 0


@dataclass(frozen=True)
class Problem:
    """`holders`: who holds each of `clients` in truth; a client of a seller who left is taken as nobody's.

    `loads`: what every seller (None: nobody) holds, clients of the stop list and bare names included.
    """

    day: date
    as_of: date | None
    clients: tuple[ToPlace, ...]
    sellers: tuple[ToFill, ...]
    rules: FitRules
    terms: Mapping[int, TermsOn]
    holders: Mapping[int, int | None]
    loads: Mapping[int | None, Load]


def problem_of(asked: Asked, *, day: date | None = None) -> Problem:
    """The whole base on `day` (by default the working day). Raises UserError without a state and without sellers.

    Whom a seller keeps by an approved wave stays with him for the month he has for a deal; a leader may still move
    him by hand.
    """
    day = day or working_day()
    publication = current_publication()
    if publication is None or publication.as_of is None:
        raise UserError(N_("The base has not been counted yet."), cure=N_("Load sales and count the base first."))
    sellers = working_sellers(day)
    if not sellers:
        raise UserError(N_("There is nobody to give clients to."), cure=N_("Name at least one working seller."))
    terms = terms_on(day, [one.pk for one in sellers])
    rows = _rows()
    idle = cold_on(day)
    share = assumed_margin_share()
    loads = _loads(rows, share=share)
    placed = [row for row in rows if _counts(row)]
    holders = {row["pk"]: row["holder_id"] for row in placed}
    clients = tuple(_to_places(placed, terms, idle=idle, until=publication.as_of, share=share))
    promised = {pk: seller for pk, seller in kept_in_force(day).items() if pk in holders and holders[pk] == seller}
    kept = _locked(clients, {**promised, **(asked.locks or {})}, sellers=set(terms))
    fill = tuple(to_fill(terms[one.pk], asked, stopped=_stopped(loads, one.pk)) for one in sellers)
    return Problem(day, publication.as_of, kept, fill, fit_rules_from(policy_numbers()), terms, holders, loads)


def _stopped(loads: Mapping[int | None, Load], seller_id: int) -> int:
    return loads[seller_id].stopped if seller_id in loads else 0


def _rows(client_ids: Collection[int] | None = None) -> list[dict[str, Any]]:
    publication = current_publication()
    known = {name.name for name in published_columns(publication)}
    states = with_hours(state_model(publication)._default_manager.all(), work_rules(publication), publication)
    roots = states.filter(client__merged_into__isnull=True)
    if client_ids is not None:
        roots = roots.filter(pk__in=list(client_ids))
    names = [*READ, *(name for name in WORTH if name in known)]
    rows: list[dict[str, Any]] = list(roots.order_by("pk").values(*names))
    return rows


def _loads(rows: Iterable[Mapping[str, Any]], *, share: float) -> dict[int | None, Load]:
    found: dict[int | None, Load] = {}
    for row in rows:
        load = found.setdefault(row["holder_id"], Load())
        load.clients += 1
        load.margin += worth_of_row(row, share=share)
        load.hours += float(row["hours_needed"] or 0)
        load.stopped += row["client__is_stopped"]
    return found


def _to_places(
    rows: Sequence[Mapping[str, Any]],
    terms: Mapping[int, TermsOn],
    *,
    idle: Collection[int],
    until: date,
    share: float,
    client_ids: Collection[int] | None = None,
) -> Iterator[ToPlace]:
    # The ledger is read in one pass for the whole base; for a few clients it is asked of these.
    past = shares_of_past(client_ids, until=until)
    groups = _groups(terms, client_ids, until=until)
    for row in rows:
        yield _to_place(row, past=past, groups=groups, working=terms, is_idle=row["pk"] in idle, share=share)


def place_of(client_id: int, terms: Mapping[int, TermsOn], *, day: date) -> ToPlace | None:
    """One client as the solver takes him; None for one it does not place."""
    publication = current_publication()
    rows = _rows([client_id])
    if publication is None or publication.as_of is None or not rows or not _counts(rows[0]):
        return None
    idle = cold_on(day, client_id)
    share = assumed_margin_share()
    return next(_to_places(rows, terms, idle=idle, until=publication.as_of, share=share, client_ids=[client_id]))


def cold_on(day: date, client_id: int | None = None) -> set[int]:
    """Held clients whose clock has run out, of all or of one."""
    states: Any = state_model()._default_manager.filter(holder_id__isnull=False)
    if client_id is not None:
        states = states.filter(pk=client_id)
    return set(with_days_left(states, day).filter(days_left__lte=0).values_list("pk", flat=True))


def _counts(row: Mapping[str, Any]) -> bool:
    """Whoever is held, and of the pool those who ever bought: a bare name has no worth to place. Nobody serves whom
    the stop list names: he keeps his seller's place."""
    return not row["client__is_stopped"] and (row["holder_id"] is not None or bool(row.get("orders_all")))


def _to_place(
    row: Mapping[str, Any],
    *,
    past: Mapping[int, Mapping[int, float]],
    groups: Mapping[int, frozenset[str]],
    working: Collection[int],
    is_idle: bool,
    share: float,
) -> ToPlace:
    return ToPlace(
        client_id=row["pk"],
        margin=round(worth_of_row(row, share=share), 2),
        hours=round(float(row["hours_needed"] or 0), 4),
        present=row["holder_id"] if row["holder_id"] in working else None,
        city=row["client__city"],
        segment=row["client__segment"],
        groups=groups.get(row["pk"], frozenset()),
        category=row.get("grade") or row.get("layer"),
        past=past.get(row["pk"], {}),
        idle=is_idle,
    )


def worth_of_row(row: Mapping[str, Any], *, share: float) -> float:
    """Margin of the next twelve months; last year's where nothing is forecast."""
    forecast = year_money(row, share=share)
    if forecast is not None:
        return forecast
    return 0.0 if row.get("lifecycle") == LOST else float(row.get("margin_12m") or 0)


def shares_of_past(client_ids: Collection[int] | None, *, until: date) -> dict[int, dict[int, float]]:
    """client → seller → his share, 0-1, of what was sold to him in three years; of contacts where nothing was."""
    base = ledger_base()
    ids = None if client_ids is None else list(client_ids)
    found = past_sellers(base, client_ids=ids, after=add_months(until, -PAST_MONTHS), until=until)
    known = SellersOfFiles()
    sums: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    for one in found:
        seller = known.find(one.source, one.seller)
        if seller is not None:
            kept = sums[one.client_id][seller]
            kept[0] += max(one.revenue, 0.0)
            kept[1] += one.contacts
    return {client: _shares(of_client) for client, of_client in sums.items()}


def _shares(of_client: Mapping[int, list[float]]) -> dict[int, float]:
    for part in (0, 1):
        total = sum(amounts[part] for amounts in of_client.values())
        if total > 0:
            return {seller: round(amounts[part] / total, 4) for seller, amounts in of_client.items() if amounts[part]}
    return {}


class SellersOfFiles:
    """Sellers as the ledger calls them: by source and key, else the only one of that name."""

    def __init__(self) -> None:
        self._by_key: dict[tuple[str, str], int] = {}
        names: dict[str, list[int]] = defaultdict(list)
        self._names: dict[int, str] = {}
        for pk, source, key, name, shown in Seller.objects.values_list("pk", "source", "key", "name_key", "name"):
            self._by_key[source, key] = pk
            self._names[pk] = shown
            names[name].append(pk)
        self._by_name = {name: pks[0] for name, pks in names.items() if len(pks) == 1}

    def find(self, source: str, key: str) -> int | None:
        found = self._by_key.get((source, key))
        return self._by_name.get(name_key(key)) if found is None else found

    def name(self, source: str, key: str | None) -> str:
        """How people call him; nothing where the source names nobody we know."""
        found = self.find(source, key) if key else None
        return self._names[found] if found is not None else ""


def _groups(
    terms: Mapping[int, TermsOn], client_ids: Collection[int] | None, *, until: date
) -> dict[int, frozenset[str]]:
    """Read only where some seller is said to know only some products."""
    if not any(one.product_groups for one in terms.values()):
        return {}
    ids = None if client_ids is None else list(client_ids)
    return groups_bought(ledger_base(), client_ids=ids, after=add_months(until, -GROUPS_MONTHS), until=until)


def to_fill(terms: TermsOn, asked: Asked, *, stopped: int) -> ToFill:
    ceiling = terms.ceiling if asked.ceiling is None else asked.ceiling
    return ToFill(
        seller_id=terms.seller_id,
        strategy=terms.strategy,
        heads=max(ceiling - stopped, 0),
        hours=terms.hours_month if asked.counts_hours else None,
        cities=terms.cities,
        segments=terms.segments,
        languages=terms.languages,
        groups=terms.product_groups,
        held=stopped,
    )


def _locked(
    clients: tuple[ToPlace, ...], locks: Mapping[int, int | None], *, sellers: Collection[int]
) -> tuple[ToPlace, ...]:
    """Locks on sellers who do not work any more are lifted; whoever is locked into the pool takes no part."""
    found = []
    for client in clients:
        if client.client_id not in locks:
            found.append(client)
        elif (seller := locks[client.client_id]) is not None:
            found.append(replace(client, locked=seller) if seller in sellers else client)
    return tuple(found)
