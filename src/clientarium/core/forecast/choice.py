"""Which methods a base is forecast by: the winners of its backtest, or the default until there is one."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal

from clientarium.core.ground import content_hash


@dataclass(frozen=True)
class Choice:
    """Names of the methods for counts, dates and status; `origin` says whether a backtest of this base named them."""

    counts: str
    dates: str
    status: str
    origin: Literal["default", "backtest"] = "default"

    def as_dict(self) -> dict[str, str]:
        return asdict(self)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Choice":
        """The choice kept as a dict; names this version does not know of are the caller's to refuse."""
        return cls(**{field.name: stored[field.name] for field in fields(cls)})

    @property
    def hash(self) -> str:
        """Two choices of the same methods are equal, whoever made them."""
        return content_hash(self.counts, self.dates, self.status)


def quick(choice: Choice) -> Choice:
    """`choice` with the published model alone for counts: what snapshots of past dates are made by, whose expected
    orders nobody reads; the rest of their rows is told by dates and status."""
    return replace(choice, counts="mbg_cnbd_k")


DEFAULT_CHOICE = Choice(counts="boosted", dates="own-gaps", status="mbg_cnbd_k")
"""What answers until a base has its own backtest."""
