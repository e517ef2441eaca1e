"""How much there is, as a person says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from clientarium.core.ground import N_
from clientarium.core.strategy import LossWeights, Resource

PLACES = N_("places")
"""Names of the program's own are kept in English and translated where they are shown."""


@dataclass(frozen=True)
class Wanted:
    """`places` None: their number does not matter; of `hours` only those named are short.

    `is_monthly`: amounts are of one month, for rows with dates. `layers`, `grades`: what losing one costs, as shares.
    """

    places: int | None = None
    hours: Mapping[str, float] = field(default_factory=dict)
    is_monthly: bool = False
    layers: Mapping[str, float] = field(default_factory=dict)
    grades: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, capacity: Mapping[str, Any], weights: Mapping[str, Any]) -> "Wanted":
        """As a scenario keeps it."""
        return cls(
            capacity.get("places"),
            capacity.get("hours", {}),
            capacity.get("is_monthly", False),
            weights.get("layers", {}),
            weights.get("grades", {}),
        )

    @property
    def capacity(self) -> dict[str, Any]:
        return {"places": self.places, "hours": dict(self.hours), "is_monthly": self.is_monthly}

    @property
    def weights(self) -> LossWeights:
        return LossWeights(self.layers, self.grades)


def resources_of(wanted: Wanted) -> Sequence[Resource]:
    """Places first."""
    hours = [Resource(name, amount, is_monthly=wanted.is_monthly) for name, amount in wanted.hours.items()]
    if wanted.places is None:
        return hours
    return [Resource(PLACES, wanted.places, is_places=True, is_monthly=wanted.is_monthly), *hours]
