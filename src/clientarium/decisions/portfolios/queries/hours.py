"""Hours of work clients need, computed in the database: the same arithmetic as core.strategy.workload."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Case, ExpressionWrapper, F, FloatField, QuerySet, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Least

from clientarium.core.strategy import DAYS_IN_MONTH, Ceiling, WorkRules, a_month
from clientarium.decisions.clients import (
    StateColumns,
    StateStamp,
    StateTable,
    current_publication,
    state_model,
    state_stamp,
    states_visible_to,
)
from clientarium.decisions.contacts import definitions, policy_number
from clientarium.decisions.people import Visitor

HOURS = "hours_needed"
GRADE, LOST, SALES, CALL = "grade", "lost", "sales", "call"
NO_CEILING = 1e9
MINUTES_IN_HOUR, MONTHS_IN_YEAR = 60, 12
STATES_KEPT = 8
FEWEST_TOUCHES = 20
"""Fewer contacts of a category in a year measure nothing: the firm's mean is taken, or the norm of a call."""


@dataclass(frozen=True)
class Published:
    """The words of a publication, to leave out what it lacks."""

    names: frozenset[str]

    def column(self, name: str, otherwise: Any = None) -> Combinable:
        return F(name) if name in self.names else Value(otherwise, output_field=FloatField())


def published(publication: StateTable | None) -> Published:
    return Published(frozenset(column["name"] for column in publication.columns) if publication else frozenset())


def work_rules(publication: StateTable | None = None) -> WorkRules:
    """Ceilings from the plays, minutes measured over the whole base, norms where nothing was measured."""
    publication = publication or current_publication()
    known = definitions()
    norms = known.norms
    other, by_grade = _measured(state_stamp(publication))
    return WorkRules(
        quiet_days=float(policy_number("portfolio_quiet_days")),
        other_minutes=other if other is not None else float(norms.minutes(CALL, None)),
        document_minutes=float(norms.document_minutes.get(SALES, 0)),
        minutes=by_grade,
        ceilings=_ceilings(known.schemes),
    )


def _ceilings(schemes: Iterable[Any]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for scheme in schemes:
        plays = {one.code: one.play.max_touches for one in scheme.categories if one.play.max_touches}
        limits = {code: a_month(Ceiling(most.count, most.days)) for code, most in plays.items()}
        if limits:
            found[scheme.name] = limits
    return found


@lru_cache(maxsize=STATES_KEPT)
def _measured(stamp: StateStamp) -> tuple[float | None, dict[str, float]]:
    """Minutes of a touch over all clients, and by grade where there are enough of them; remembered by process."""
    publication = StateTable.objects.filter(token=stamp.token).first()
    known = published(publication)
    if publication is None or not {"touch_minutes_12m", "touches_12m", GRADE} <= known.names:
        return None, {}
    states: QuerySet[Any] = state_model(publication)._default_manager.all()
    rows = (
        states.filter(touches_12m__gt=0)
        .order_by()
        .values(GRADE)
        .annotate(minutes=Sum("touch_minutes_12m"), touches=Sum("touches_12m"))
    )
    sums = {row[GRADE]: (float(row["minutes"] or 0), int(row["touches"])) for row in rows}
    touches = sum(count for _, count in sums.values())
    mean = sum(minutes for minutes, _ in sums.values()) / touches if touches >= FEWEST_TOUCHES else None
    by_grade = {code: minutes / count for code, (minutes, count) in sums.items() if code and count >= FEWEST_TOUCHES}
    return mean, by_grade


def with_hours(
    states: QuerySet[StateColumns], rules: WorkRules, publication: StateTable | None = None
) -> QuerySet[Any]:
    """`states` with `hours_needed`: hours a month each client needs."""
    known = published(publication or current_publication())
    contacts = Least(_wanted(known, rules), *_limits(known, rules))
    minutes = _by_code(known, GRADE, rules.minutes, rules.other_minutes)
    orders = Cast(Coalesce(known.column("orders_12m", 0.0), Value(0)), FloatField())
    documents = orders * Value(rules.document_minutes / MONTHS_IN_YEAR)
    hours = (contacts * minutes + documents) / Value(float(MINUTES_IN_HOUR))
    return states.annotate(**{HOURS: ExpressionWrapper(hours, output_field=FloatField())})


def _wanted(known: Published, rules: WorkRules) -> Combinable:
    quiet = Value(DAYS_IN_MONTH / rules.quiet_days, output_field=FloatField())
    if "typical_gap_days" not in known.names:
        return quiet
    lost = [When(lifecycle=LOST, then=quiet)] if "lifecycle" in known.names else []
    rhythm = When(
        typical_gap_days__gt=0,
        then=ExpressionWrapper(Value(DAYS_IN_MONTH) / F("typical_gap_days"), output_field=FloatField()),
    )
    return Case(*lost, rhythm, default=quiet, output_field=FloatField())


def _limits(known: Published, rules: WorkRules) -> list[Combinable]:
    """One expression per scheme; one without effect where there is none, because `Least` wants two."""
    found = [_by_code(known, scheme, limits, NO_CEILING) for scheme, limits in rules.ceilings.items()]
    return [*found, Value(NO_CEILING, output_field=FloatField())]


def _by_code(known: Published, scheme: str, values: Mapping[str, float], otherwise: float) -> Combinable:
    default = Value(float(otherwise), output_field=FloatField())
    if scheme not in known.names or not values:
        return default
    whens = [When(**{scheme: code}, then=Value(float(value))) for code, value in values.items()]
    return Case(*whens, default=default, output_field=FloatField())


def hours_of(client_ids: Iterable[int] | None, *, by: Visitor, rules: WorkRules | None = None) -> dict[int, float]:
    """client_id → hours a month he needs, of the clients `by` sees (None: all of those)."""
    publication = current_publication()
    states = states_visible_to(by, publication=publication)
    if client_ids is not None:
        states = states.filter(pk__in=list(client_ids))
    rows = with_hours(states, rules or work_rules(publication), publication).order_by()
    return {client_id: float(hours) for client_id, hours in rows.values_list("pk", HOURS).iterator()}
