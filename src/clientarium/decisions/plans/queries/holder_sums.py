"""Sums over all clients by holder, remembered under what they depend on: pages of plans and portfolios ask for them
again and again, and a million clients take the database seconds."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from clientarium.core.strategy import MonthShare
from clientarium.decisions.clients import StateStamp, last_merging, state_stamp
from clientarium.decisions.contacts import assumed_margin_share

from .expected import PlanSum, expecting, plan_by_holder
from .room import room_by_seller

SUMS_KEPT = 32


def sums_by_state(month: date, *, share: MonthShare | None = None) -> Mapping[int | None, PlanSum]:
    """What is expected of each holder's clients in `month` by the published state; of other days by their `share`."""
    return _sums(month, share, _key())


def room_by_state(month: date) -> Mapping[int, float]:
    """The room to grow of each holder's clients."""
    return _rooms(month, _key())


Key = tuple[StateStamp, object, object]


def _key() -> Key:
    """Whoever holds a client is copied into the state together with his holding: nothing else changes these sums."""
    return state_stamp(), last_merging(), assumed_margin_share()


@lru_cache(maxsize=SUMS_KEPT)
def _sums(month: date, share: MonthShare | None, key: Key) -> dict[int | None, PlanSum]:  # noqa: ARG001 -- the key of what is kept
    return plan_by_holder(expecting(month, share=share))


@lru_cache(maxsize=SUMS_KEPT)
def _rooms(month: date, key: Key) -> dict[int, float]:  # noqa: ARG001 -- the key of what is kept
    return room_by_seller(month)
