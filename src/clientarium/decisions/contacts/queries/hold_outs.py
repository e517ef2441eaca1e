"""The group without calls: the round that runs, those before it, and what a new one would be."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from clientarium.decisions.clients import Client, StateColumns, current_publication, state_model

from ..models import HoldOut
from .forecasts import known
from .policy import policy_numbers

RHYTHM = {"rhythm": "regular"}
"""A published column: unknown to the type of the state."""
LARGEST_SHARE = 0.2
FEWEST_REGULAR = 40
"""With fewer regular clients a group would be one or two people, and would tell nothing."""


@dataclass(frozen=True)
class HoldOutPlan:
    """What a round would be by the policy: `regular` clients to draw from, the share of them, for how many days."""

    regular: int
    share: float
    days: int

    @property
    def clients(self) -> int:
        return drawn_of(self.regular, share=self.share)

    @property
    def is_possible(self) -> bool:
        return self.regular >= FEWEST_REGULAR


def drawn_of(regular: int, *, share: float) -> int:
    """How many of `regular` clients a round of `share` draws."""
    return max(1, round(share * regular))


def in_force(on: date) -> Q:
    """Members whose round runs on `on`."""
    return Q(hold_out__stopped_at__isnull=True, hold_out__first_day__lte=on, hold_out__last_day__gte=on)


def current_hold_out(on: date) -> HoldOut | None:
    """The round running on `on`; None: the measurement is off."""
    return HoldOut.objects.filter(stopped_at__isnull=True, first_day__lte=on, last_day__gte=on).first()


def hold_outs() -> QuerySet[HoldOut]:
    """All rounds, newest first, each with its number of clients as `size` and with who started and stopped it."""
    return HoldOut.objects.annotate(size=Count("clients")).select_related("started_by", "stopped_by")


def hold_out_plan() -> HoldOutPlan:
    """What a round started now would be, if nobody asks for other numbers."""
    numbers = policy_numbers()
    regular = regular_clients()
    return HoldOutPlan(
        regular=regular.count() if regular is not None else 0,
        share=float(numbers["hold_out_share"]),
        days=int(numbers["hold_out_days"]),
    )


def regular_clients() -> QuerySet[StateColumns] | None:
    """Published rows of clients of a regular rhythm that somebody holds and may call; None before a forecast."""
    publication = current_publication()
    if publication is None or not known(["rhythm"], publication):
        return None
    stopped = Client.objects.filter(is_stopped=True)
    state = state_model(publication)
    return state._default_manager.filter(holder__isnull=False, **RHYTHM).exclude(pk__in=stopped.values("pk"))
