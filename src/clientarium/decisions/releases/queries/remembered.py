"""Answers over the whole state, kept by the process for as long as no row of the state changes."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from clientarium.decisions.clients import StateTable, state_stamp
from clientarium.decisions.people import User, sees_all_clients

ANSWERS_KEPT = 128

Answer = TypeVar("Answer")

_kept: dict[Hashable, Any] = {}


def remembered(what: Hashable, ask: Callable[[], Answer], *, by: User, published: StateTable | None = None) -> Answer:
    """`ask()`, or what it said before; who does not see the whole base is always answered anew."""
    if not sees_all_clients(by):
        return ask()
    key = (state_stamp(published), what)
    if key not in _kept:
        _kept[key] = ask()
        while len(_kept) > ANSWERS_KEPT:
            _kept.pop(next(iter(_kept)), None)
    found: Answer = _kept[key]
    return found
