"""The keep-wave: sellers choose whom they keep, the leader approves.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import Fate, WaveState, WaveVerb
    from .domain import (
        approve_wave,
        cancel_wave,
        close_wave,
        keep_first,
        mark_clients,
        open_wave,
        prolong_wave,
        reopen_wave,
        spare_clients,
        undo_approval,
    )
    from .models import Choice, Outcome, SellerChoice, Wave
    from .queries import (
        Counter,
        SellerDeals,
        counter_of,
        counters_of,
        deal_month,
        deals_of,
        kept_by,
        kept_in_force,
        marks_of,
        plan_month,
        waves_visible_to,
        without_deal,
    )
    from .rules import can_lead_waves, can_mark, can_see_waves, takes_part

__all__ = [
    "Choice",
    "Counter",
    "Fate",
    "Outcome",
    "SellerChoice",
    "SellerDeals",
    "Wave",
    "WaveState",
    "WaveVerb",
    "approve_wave",
    "can_lead_waves",
    "can_mark",
    "can_see_waves",
    "cancel_wave",
    "close_wave",
    "counter_of",
    "counters_of",
    "deal_month",
    "deals_of",
    "keep_first",
    "kept_by",
    "kept_in_force",
    "mark_clients",
    "marks_of",
    "open_wave",
    "plan_month",
    "prolong_wave",
    "reopen_wave",
    "spare_clients",
    "takes_part",
    "undo_approval",
    "waves_visible_to",
    "without_deal",
]

PLACES = {
    ".choices": ("Fate", "WaveState", "WaveVerb"),
    ".models": ("Choice", "Outcome", "SellerChoice", "Wave"),
    ".rules": ("can_lead_waves", "can_mark", "can_see_waves", "takes_part"),
    ".queries": (
        "Counter",
        "SellerDeals",
        "counter_of",
        "counters_of",
        "deal_month",
        "deals_of",
        "kept_by",
        "kept_in_force",
        "marks_of",
        "plan_month",
        "waves_visible_to",
        "without_deal",
    ),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
