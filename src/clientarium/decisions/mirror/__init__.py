"""The mirror of the business: where the firm is strong, and whether the base grows stronger.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import (
        Direction,
        HealthCode,
        OutcomeCode,
        Sign,
        Verdict,
    )
    from .domain import (
        JUDGED,
        PREDICTABILITY,
        RESILIENCE,
        SCHEMES,
        STRENGTH,
        Change,
        GroupLine,
        Outcome,
        Outcomes,
        Strengths,
        ask_values,
        measure_in_force,
        mix_of,
        newcomers_of,
        outcomes_of,
        read_ahead,
        strengths_of,
        year_tickets,
    )
    from .models import (
        KeptSums,
    )
    from .queries import (
        VALUED_FOR,
        Answer,
        Division,
        HealthFigure,
        Refusal,
        Resistance,
        SignCount,
        SignsOfGroup,
        Valued,
        division_called,
        divisions,
        health_of,
        resistance_of,
        valued_of,
    )
    from .rules import (
        can_ask_values,
        sees_mirror,
    )

__all__ = [
    "JUDGED",
    "PREDICTABILITY",
    "RESILIENCE",
    "SCHEMES",
    "STRENGTH",
    "VALUED_FOR",
    "Answer",
    "Change",
    "Direction",
    "Division",
    "GroupLine",
    "HealthCode",
    "HealthFigure",
    "KeptSums",
    "Outcome",
    "OutcomeCode",
    "Outcomes",
    "Refusal",
    "Resistance",
    "Sign",
    "SignCount",
    "SignsOfGroup",
    "Strengths",
    "Valued",
    "Verdict",
    "ask_values",
    "can_ask_values",
    "division_called",
    "divisions",
    "health_of",
    "measure_in_force",
    "mix_of",
    "newcomers_of",
    "outcomes_of",
    "read_ahead",
    "resistance_of",
    "sees_mirror",
    "strengths_of",
    "valued_of",
    "year_tickets",
]

PLACES: dict[str, tuple[str, ...]] = {
    ".choices": (
        "Direction",
        "HealthCode",
        "OutcomeCode",
        "Sign",
        "Verdict",
    ),
    ".models": ("KeptSums",),
    ".queries": (
        "VALUED_FOR",
        "Division",
        "HealthFigure",
        "Refusal",
        "Resistance",
        "SignCount",
        "SignsOfGroup",
        "Answer",
        "Valued",
        "division_called",
        "divisions",
        "health_of",
        "resistance_of",
        "valued_of",
    ),
    ".rules": (
        "can_ask_values",
        "sees_mirror",
    ),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
