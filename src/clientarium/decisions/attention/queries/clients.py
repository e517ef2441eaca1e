"""Clients whom the firm pays to serve, and those who take the most attention for the money they bring."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import Count, ExpressionWrapper, F, FloatField, Q, QuerySet, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from clientarium.core.ground import N_, UserError
from clientarium.core.metrics import Norms
from clientarium.decisions.clients import (
    StateStamp,
    StateTable,
    current_publication,
    state_model,
    state_stamp,
    states_visible_to,
)
from clientarium.decisions.people import Visitor, sees_all_clients

from ..choices import Basis
from .norms import counted_norms

MARGIN, REVENUE = "margin", "revenue"
MINUTES_IN_HOUR = 60
SHOWN = 15
STATES_KEPT = 32
NEEDED = frozenset({"minutes_12m", "cost_to_serve_12m", "sales_documents_12m", "revenue_12m", "margin_12m"})
AFTER, COST, MINUTES, RATIO = "load_after", "load_cost", "load_minutes", "load_ratio"
TWICE = 2.0
"""Attention is named as heavy from twice the money: a client at his mean share of both stands at one."""


@dataclass(frozen=True)
class ClientLoad:
    """One client: hours and money of a year. `ratio`: his share of the load over his share of the money."""

    client_id: int
    name: str
    grade: str | None
    holder: str
    hours: float
    cost: Decimal
    money: Decimal
    after: Decimal
    ratio: float | None


@dataclass(frozen=True)
class ClientLoads:
    """The worst of `clients` clients; `money` is what they bring together after service. `where` lists them all."""

    measure: str
    clients: int
    hours: float
    money: Decimal
    where: str
    rows: tuple[ClientLoad, ...]


@dataclass(frozen=True)
class Words:
    """The measures of a basis in the expression language, so that a list opens to the very clients counted."""

    measure: str
    basis: str
    norms: Norms

    @property
    def cost(self) -> str:
        if self.basis == Basis.ALL:
            return "cost_to_serve_12m"
        return f"sales_documents_12m * {plain(self.norms.cost_per_document())}"

    @property
    def after(self) -> str:
        """What is left of the money when the client is served."""
        if self.basis == Basis.ALL and self.measure == MARGIN:
            return "margin_after_service_12m"
        return f"{self.measure}_12m - {self.cost}"

    @property
    def minutes(self) -> str:
        if self.basis == Basis.ALL:
            return "minutes_12m"
        return f"sales_documents_12m * {plain(self.norms.minutes_per_document())}"

    @property
    def is_served(self) -> str:
        return "minutes_12m > 0" if self.basis == Basis.ALL else "sales_documents_12m > 0"


@dataclass(frozen=True)
class Served:
    """The states of clients served within the year, and the words for them."""

    words: Words
    states: QuerySet[Any]


Reading = Callable[[Served, int], ClientLoads]


def paid_to_serve(*, user: Visitor | None, basis: str = Basis.ALL, limit: int = SHOWN) -> ClientLoads:
    """Clients that bring less than their service costs, the dearest first (1.6.2, Kaplan's unprofitable ones)."""
    return _asked(_paid, user=user, basis=basis, limit=limit)


def dearest_attention(*, user: Visitor | None, basis: str = Basis.ALL, limit: int = SHOWN) -> ClientLoads:
    """Of those who take more time than the mean client: whose share of the load is at least twice that of the money."""
    return _asked(_heavy, user=user, basis=basis, limit=limit)


def _asked(reading: Reading, *, user: Visitor | None, basis: str, limit: int) -> ClientLoads:
    """Of the whole base it is remembered by process as long as no row of the state changes."""
    publication = current_publication()
    require_counted(publication)
    norms = counted_norms()
    if user is None or sees_all_clients(user):
        return _of_all(reading, state_stamp(publication), norms.hash, basis, limit)
    return reading(_states(states_visible_to(user, publication=publication), norms, basis), limit)


@lru_cache(maxsize=STATES_KEPT)
def _of_all(reading: Reading, stamp: StateStamp, norms_hash: str, basis: str, limit: int) -> ClientLoads:  # noqa: ARG001 -- the key of what is kept
    publication = StateTable.objects.filter(token=stamp.token).first()
    states = state_model(publication)._default_manager.all()
    return reading(_states(states, counted_norms(), basis), limit)


def _paid(served: Served, limit: int) -> ClientLoads:
    found = served.states.filter(**{f"{AFTER}__lt": 0}).order_by(AFTER, "pk")
    return _loads(found, served.words, where=f"{served.words.after} < 0 and {served.words.is_served}", limit=limit)


def _heavy(served: Served, limit: int) -> ClientLoads:
    words, states = served.words, served.states
    money = f"{words.measure}_12m"
    sums = states.aggregate(
        minutes=Sum(MINUTES), money=Sum(money, filter=Q(**{f"{money}__isnull": False})), n=Count("pk")
    )
    if not sums["n"] or not sums["minutes"] or not sums["money"] or sums["money"] <= 0:
        return ClientLoads(words.measure, 0, 0.0, Decimal(0), "", ())
    mean = sums["minutes"] / sums["n"]
    per_minute = float(sums["money"]) / sums["minutes"]
    ratio = ExpressionWrapper(F(MINUTES) * per_minute / Cast(F(money), FloatField()), output_field=FloatField())
    heavy = states.filter(**{f"{money}__gt": 0, f"{MINUTES}__gt": mean}).annotate(**{RATIO: ratio})
    found = heavy.filter(**{f"{RATIO}__gte": TWICE}).order_by(f"-{RATIO}", "pk")
    minutes = words.minutes
    where = f"{money} > 0 and {minutes} > {mean:.4f} and {minutes} >= {TWICE / per_minute:.8f} * {money}"
    return _loads(found, words, where=where, limit=limit)


def plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def measure_of(states: QuerySet[Any]) -> str:
    """'margin', or 'revenue' where no buyer's cost is known (as core's readings say)."""
    return MARGIN if states.filter(revenue_12m__gt=0, margin_12m__isnull=False).exists() else REVENUE


def require_counted(publication: StateTable | None) -> None:
    """Raises UserError where the published state is older than the metrics of attention."""
    names = {column["name"] for column in publication.columns} if publication else frozenset()
    if not names >= NEEDED:
        raise UserError(N_("The base was counted without the metrics of attention."), cure=N_("Run the pulse again."))


def _states(states: QuerySet[Any], norms: Norms, basis: str) -> Served:
    """The clients served within the year, with minutes, cost and what is left."""
    words = Words(measure_of(states), basis, norms)
    minutes: Combinable
    cost: Combinable
    if basis == Basis.ALL:
        minutes, cost = Cast(Coalesce("minutes_12m", Value(0.0)), FloatField()), F("cost_to_serve_12m")
        served = states.filter(minutes_12m__gt=0)
    else:
        documents = Cast(Coalesce("sales_documents_12m", Value(0)), FloatField())
        minutes = ExpressionWrapper(documents * float(norms.minutes_per_document()), output_field=FloatField())
        cost = ExpressionWrapper(documents * float(norms.cost_per_document()), output_field=FloatField())
        served = states.filter(sales_documents_12m__gt=0)
    money = Cast(F(f"{words.measure}_12m"), FloatField())
    after = ExpressionWrapper(money - Cast(cost, FloatField()), output_field=FloatField())
    return Served(words, served.annotate(**{MINUTES: minutes, COST: cost, AFTER: after}))


def _loads(found: QuerySet[Any], words: Words, *, where: str, limit: int) -> ClientLoads:
    sums = found.aggregate(clients=Count("pk"), minutes=Sum(MINUTES), money=Sum(AFTER))
    return ClientLoads(
        measure=words.measure,
        clients=sums["clients"],
        hours=(sums["minutes"] or 0.0) / MINUTES_IN_HOUR,
        money=_money(sums["money"]),
        where=where,
        rows=tuple(_rows(found.select_related("holder")[:limit], words)),
    )


def _rows(states: Iterable[Any], words: Words) -> Iterable[ClientLoad]:
    for state in states:
        yield ClientLoad(
            client_id=state.pk,
            name=state.name,
            grade=getattr(state, "grade", None),
            holder=state.holder.name if state.holder_id else "",
            hours=getattr(state, MINUTES) / MINUTES_IN_HOUR,
            cost=_money(getattr(state, COST)),
            money=_money(getattr(state, f"{words.measure}_12m")),
            after=_money(getattr(state, AFTER)),
            ratio=getattr(state, RATIO, None),
        )


def _money(value: Any) -> Decimal:
    return Decimal(str(value or 0)).quantize(Decimal("0.01"))
