"""Why one cell was refused, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """A gettext id of the reason with its parameters, and of the cure."""

    reason: str
    cure: str
    params: Mapping[str, str] = field(default_factory=dict)
