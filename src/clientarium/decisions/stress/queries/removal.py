"""Whom we imagine gone: the largest few, everybody of a condition, or clients named one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from clientarium.core.ground import N_, UserError
from clientarium.core.ground.expressions import parse_condition
from clientarium.core.readings import largest_clients
from clientarium.decisions.clients import compile_condition, roots_of, states_visible_to, vocabulary_for
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.people import User

from .version import Version

MOST_NAMED = 200
"""As many as a page of clients can hold."""

MOST_LARGEST = 1_000
"""Beyond the thousandth a client is no longer one of the largest, and a condition says it better."""

SETS_KEPT = 32


@dataclass(frozen=True)
class Removal:
    """Exactly one of the three is set."""

    top: int = 0
    where: str = ""
    client_ids: tuple[int, ...] = ()


def read_removal(*, top: str | int | None = None, where: str = "", clients: Sequence[str | int] = ()) -> Removal:
    """What a person has asked for. Raises UserError for nothing, for both ways at once and for no number."""
    given = [bool(str(top or "").strip()), bool(where.strip()), bool(clients)]
    if sum(given) != 1:
        raise UserError(
            N_("Say in one way whom to take away."),
            cure=N_("The largest few, a condition, or clients by name; one of the three."),
        )
    if where.strip():
        return Removal(where=where.strip())
    if clients:
        return _named(clients)
    text = str(top).strip()
    if not text.isdecimal() or not 1 <= int(text) <= MOST_LARGEST:
        raise UserError(
            N_("“%(text)s” is no number of the largest clients."),
            cure=N_("Write 1, 3 or another number up to %(most)s; more of them are named by a condition."),
            text=text,
            most=MOST_LARGEST,
        )
    return Removal(top=int(text))


def removed_ids(removal: Removal, version: Version, *, by: User) -> tuple[int, ...]:
    """The clients themselves, merged cards as one. Raises UserError for a condition that cannot be read."""
    if removal.top:
        return _largest(version, removal.top)
    return tuple(removed_states(removal, version, by=by).order_by("pk").values_list("pk", flat=True))


def removed_states(removal: Removal, version: Version, *, by: User) -> "QuerySet[Any]":
    """The published states of the same clients."""
    states: QuerySet[Any] = states_visible_to(by)
    if removal.where:
        return states.filter(compile_condition(parse_condition(removal.where, vocabulary_for(by))))
    if removal.top:
        return states.filter(pk__in=_largest(version, removal.top))
    roots = roots_of(list(removal.client_ids))
    return states.filter(Q(pk__in={roots.get(one, one) for one in removal.client_ids}))


def _named(clients: Sequence[str | int]) -> Removal:
    if len(clients) > MOST_NAMED or not all(str(one).isdecimal() for one in clients):
        raise UserError(
            N_("So many clients are not named one by one."),
            cure=N_("Write a condition, or mark at most %(most)s."),
            most=MOST_NAMED,
        )
    return Removal(client_ids=tuple(sorted({int(one) for one in clients})))


@lru_cache(maxsize=SETS_KEPT)
def _largest(version: Version, count: int) -> tuple[int, ...]:
    return tuple(largest_clients(ledger_base(), version.asked, count=count))
