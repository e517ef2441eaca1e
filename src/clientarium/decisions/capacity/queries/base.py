"""Clients of the base as contenders: margin expected of the next twelve months, hours the firm spent on the last."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from clientarium.core.ground import N_, UserError
from clientarium.core.ground.expressions import parse_condition
from clientarium.core.strategy import Contender
from clientarium.decisions.clients import (
    compile_condition,
    current_publication,
    published_columns,
    states_visible_to,
    vocabulary_for,
)
from clientarium.decisions.people import User

MOST_CLIENTS = 2_000
"""More nobody looks through, and the search for the best choice is promised up to here."""

MINUTES_IN_HOUR = 60
ALL_SERVICES = N_("all services, a year")
MARGINS = ("expected_margin_365d", "margin_12m")
REVENUES = ("expected_revenue_365d", "revenue_12m")


@dataclass(frozen=True)
class FoundInBase:
    """`client_ids` by the contender's key; `left_out`: clients of the condition nothing is expected of."""

    contenders: tuple[Contender, ...]
    client_ids: dict[int, int]
    as_of: date
    measure: str
    hours: tuple[str, ...]
    left_out: int


def of_base(condition: str, *, by: User) -> FoundInBase:
    """Clients of `condition` whom `by` sees, the dearest first; '' is everybody.

    Raises UserError before the first count, where nobody is found, and past MOST_CLIENTS; ExpressionError for a wrong
    condition.
    """
    publication = current_publication()
    if publication is None or publication.as_of is None:
        raise UserError(N_("The base is not counted yet."), cure=N_("Load sales and count the base first."))
    columns = {column.name for column in published_columns(publication)}
    states: QuerySet[Any] = states_visible_to(by, publication=publication).filter(client__merged_into__isnull=True)
    if condition.strip():
        states = states.filter(compile_condition(parse_condition(condition, vocabulary_for(by))))
    measure, names = _measured(states, columns)
    if not names:
        raise UserError(N_("The base has no money to choose by."), cure=N_("Load sales with sums, and count the base."))
    known = states.annotate(choice_money=Coalesce(*(F(name) for name in names)) if names[1:] else F(names[0]))
    known = known.filter(choice_money__isnull=False).order_by("-choice_money", "pk")
    wanted = [name for name in ("minutes_12m", "layer", "grade", "return_on_cost_12m") if name in columns]
    rows = list(known.values("pk", "name", "choice_money", *wanted)[: MOST_CLIENTS + 1])
    if not rows:
        raise UserError(N_("Nobody fits this condition, or nothing is known of their money."))
    if len(rows) > MOST_CLIENTS:
        raise UserError(
            N_("More than %(most)s clients fit this condition."), cure=N_("Narrow it to those in doubt."),
            most=MOST_CLIENTS,
        )  # fmt: skip
    hours = (ALL_SERVICES,) if "minutes_12m" in columns else ()
    contenders = tuple(_contender(key, row, hours) for key, row in enumerate(rows, start=1))
    left_out = states.count() - len(rows)
    return FoundInBase(
        contenders,
        {key: row["pk"] for key, row in enumerate(rows, start=1)},
        publication.as_of,
        measure,
        hours,
        left_out,
    )


def _measured(states: "QuerySet[Any]", columns: set[str]) -> tuple[str, tuple[str, ...]]:
    """Margin; revenue where no client's cost is known: then margin says nothing."""
    margins = tuple(name for name in MARGINS if name in columns)
    if margins and any(states.filter(**{f"{name}__isnull": False}).exists() for name in margins):
        return "margin", margins
    return "revenue", tuple(name for name in REVENUES if name in columns)


def _contender(key: int, row: dict[str, Any], hours: tuple[str, ...]) -> Contender:
    minutes = float(row.get("minutes_12m") or 0)
    return Contender(
        key=key,
        name=row["name"],
        margin=round(float(row["choice_money"]), 2),
        needs={name: round(minutes / MINUTES_IN_HOUR, 1) for name in hours},
        layer=row.get("layer") or "",
        grade=row.get("grade") or "",
        return_on_cost=row.get("return_on_cost_12m"),
    )
