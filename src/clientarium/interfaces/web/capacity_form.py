"""How much there is, as a page asks for it: places, hours of each, what losing a layer costs."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from clientarium.core.ground import N_, UserError
from clientarium.decisions.capacity import Wanted

from .capacity_page import LAYERS
from .plan_forms import typed_money

MOST_PLACES = 100_000
LARGEST = 10**9


def wanted_of(data: QueryDict, hours: Sequence[str]) -> Wanted:
    """Empty is not limited. Raises UserError for what is no number, below zero or beyond reason, and for no limit."""
    places = _number(data.get("places", ""))
    if places is not None and (places != int(places) or places > MOST_PLACES):
        raise UserError(N_("Places are a whole number."))
    given = {name: _number(data.get(f"hours-{number}", "")) for number, name in enumerate(hours)}
    shares = {layer: _number(data.get(f"layer-{layer}", "")) for layer in LAYERS}
    wanted = Wanted(
        places=None if places is None else int(places),
        hours={name: amount for name, amount in given.items() if amount is not None},
        is_monthly=data.get("monthly") == "1",
        layers={layer: share / 100 for layer, share in shares.items() if share},
    )
    if wanted.places is None and not wanted.hours:
        raise UserError(N_("Nothing says how much there is."), cure=N_("Write the number of places, or hours."))
    return wanted


def hands_of(data: QueryDict, keys: Sequence[int]) -> dict[int, bool]:
    """{key: taken or refused by hand} of the example."""
    told = {key: data.get(f"hand-{key}", "") for key in keys}
    return {key: hand == "in" for key, hand in told.items() if hand in ("in", "out")}


def figures_of(data: QueryDict) -> dict[str, Any]:
    """Margin, penalty and probability of a row. Raises UserError for what is no number."""
    try:
        margin, penalty = (typed_money(data.get(name, "")) for name in ("margin", "penalty"))
    except ValidationError as error:
        raise UserError(N_("Write sums of money; a penalty is not below zero.")) from error
    probability = _number(data.get("probability", "")) or 0.0
    if margin is None:
        raise UserError(N_("There is no margin."), cure=N_("Write the margin expected of him."))
    return {"margin": margin, "penalty": penalty or Decimal(0), "probability": probability / 100}


def _number(text: str) -> float | None:
    bare = "".join(text.split()).replace(",", ".").removesuffix("%")
    if not bare:
        return None
    try:
        found = float(bare)
    except ValueError as error:
        raise UserError(N_("“%(text)s” is no number."), text=text[:40]) from error
    if not 0 <= found <= LARGEST:
        raise UserError(N_("Capacity is a number, zero or more."))
    return found
