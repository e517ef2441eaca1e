"""Whom to take when capacity is short: lists of candidates, scenarios, what is lost.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import (
        CapacityVerb,
        Source,
    )
    from .domain import (
        add_scenario,
        answer_of,
        decide,
        drop_list,
        edit_row,
        fix_row,
        keep_example,
        list_of_base,
        list_of_table,
        list_of_text,
        remove_scenario,
        reopen,
        restore_list,
    )
    from .models import (
        Row,
        Scenario,
        Shortlist,
    )
    from .queries import (
        EXAMPLE_HOURS,
        EXAMPLE_PLACES,
        FoundInBase,
        ListLine,
        Wanted,
        contenders_of,
        example,
        list_lines,
        of_base,
        resources_of,
        shortlists,
    )
    from .rules import (
        can_choose,
    )

__all__ = [
    "EXAMPLE_HOURS",
    "EXAMPLE_PLACES",
    "CapacityVerb",
    "FoundInBase",
    "ListLine",
    "Row",
    "Scenario",
    "Shortlist",
    "Source",
    "Wanted",
    "add_scenario",
    "answer_of",
    "can_choose",
    "contenders_of",
    "decide",
    "drop_list",
    "edit_row",
    "example",
    "fix_row",
    "keep_example",
    "list_lines",
    "list_of_base",
    "list_of_table",
    "list_of_text",
    "of_base",
    "remove_scenario",
    "reopen",
    "resources_of",
    "restore_list",
    "shortlists",
]

PLACES: dict[str, tuple[str, ...]] = {
    ".choices": (
        "CapacityVerb",
        "Source",
    ),
    ".models": (
        "Row",
        "Scenario",
        "Shortlist",
    ),
    ".queries": (
        "EXAMPLE_HOURS",
        "EXAMPLE_PLACES",
        "FoundInBase",
        "ListLine",
        "Wanted",
        "contenders_of",
        "example",
        "list_lines",
        "of_base",
        "resources_of",
        "shortlists",
    ),
    ".rules": ("can_choose",),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
