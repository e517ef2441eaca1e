"""Scenarios of a list: computed, fixed by hand, removed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.core.strategy import CapacityChoice, Contender, choice_as_json, choose
from clientarium.decisions.journal import record
from clientarium.decisions.people import User

from ..choices import CapacityVerb
from ..models import Scenario, Shortlist
from ..queries.lists import contenders_of
from ..queries.wanted import Wanted, resources_of
from .making import require

SECONDS = 5.0
"""A person waits for the page; a long list that needs more shows how far from the best it can be."""

MOST_SCENARIOS = 12
TITLE_CHARACTERS = 100


def answer_of(
    contenders: Sequence[Contender],
    wanted: Wanted,
    *,
    fixed: Mapping[int, bool] | None = None,
    seconds: float = SECONDS,
    explains: bool = True,
) -> CapacityChoice:
    """The best choice and its reasons; nothing is kept. Raises UserError where nothing limits it.

    Without `explains` only the choice is solved: reasons and the worth of more are told by prices.
    """
    return choose(
        contenders,
        resources=resources_of(wanted),
        fixed=fixed,
        weights=wanted.weights,
        time_limit=seconds,
        cancelled=None if explains else lambda: True,
    )


@transaction.atomic
def add_scenario(shortlist: Shortlist, wanted: Wanted, *, by: User, title: str = "") -> Scenario:
    """Compute the choice under `wanted` and keep it beside the others.

    Raises UserError for hours the list does not know, and past MOST_SCENARIOS.
    """
    require(by)
    unknown = next((name for name in wanted.hours if name not in shortlist.hours), None)
    if unknown is not None:
        raise UserError(N_("Nobody in the list asks for “%(name)s”."), name=unknown)
    if shortlist.scenarios.count() >= MOST_SCENARIOS:
        raise UserError(
            N_("More than %(most)s scenarios cannot be compared."), cure=N_("Remove one first."), most=MOST_SCENARIOS
        )
    choice = answer_of(contenders_of(shortlist), wanted)
    scenario = Scenario.objects.create(
        shortlist=shortlist,
        title=" ".join(title.replace("\0", "").split())[:TITLE_CHARACTERS],
        capacity=wanted.capacity,
        weights={"layers": dict(wanted.layers), "grades": dict(wanted.grades)},
        answer=choice_as_json(choice),
        made_by=by,
    )
    data = wanted.capacity | {"taken": len(choice.taken), "value": choice.value, "list": shortlist.pk}
    record(CapacityVerb.SCENARIO_ADDED, target=scenario, by=by, data=data)
    return scenario


@transaction.atomic
def fix_row(scenario: Scenario, position: int, *, is_taken: bool | None, by: User, reason: str = "") -> Scenario:
    """Take (True) or refuse (False) by hand, or let the program choose again (None); the answer is counted anew.

    Raises UserError for a decided scenario, and where the list has no such row.
    """
    require(by)
    refuse_decided(scenario)
    contenders = contenders_of(scenario.shortlist)
    if position not in {one.key for one in contenders}:
        raise UserError(N_("The list has no row %(number)s."), number=position)
    before = scenario.fixed.get(str(position))
    fixed = {key: one for key, one in scenario.fixed.items() if key != str(position)}
    if is_taken is not None:
        fixed[str(position)] = {
            "is_taken": is_taken, "reason": reason.replace("\0", "").strip()[:500], "by": str(by),
            "at": timezone.now().isoformat(),
        }  # fmt: skip
    wanted = Wanted.of(scenario.capacity, scenario.weights)
    choice = answer_of(contenders, wanted, fixed=hands_of(fixed))
    scenario.fixed, scenario.answer = fixed, choice_as_json(choice)
    scenario.save(update_fields=["fixed", "answer"])
    data = {"row": position, "is_taken": is_taken, "before": before, "fixes_cost": choice.fixes_cost}
    record(CapacityVerb.FIXED, target=scenario, by=by, reason=reason, data=data)
    return scenario


@transaction.atomic
def remove_scenario(scenario: Scenario, *, by: User) -> None:
    """Raises UserError for the decided one. What it said stays in the journal."""
    require(by)
    refuse_decided(scenario)
    data = scenario.capacity | {"value": scenario.answer.get("value"), "list": scenario.shortlist_id}
    record(CapacityVerb.SCENARIO_REMOVED, target=scenario, by=by, data=data)
    scenario.delete()


def hands_of(fixed: Mapping[str, Mapping[str, Any]]) -> dict[int, bool]:
    return {int(position): one["is_taken"] for position, one in fixed.items()}


def refuse_decided(scenario: Scenario) -> None:
    if scenario.decided_at is not None:
        raise UserError(N_("This scenario is decided upon."), cure=N_("Take the decision back first."))
