"""The lists at once: a decision is written into the published state in the same transaction."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import Client, state_as_of, state_model

from ..models import Proposal


def day_of_state() -> date:
    """The day from which a decision made now holds. Raises UserError before the first snapshot."""
    day = state_as_of()
    if day is None:
        raise UserError(N_("Nothing has been computed yet."), cure=N_("Run the pulse first."))
    return day


def categories_in_state(client: Client, *, scheme: str) -> tuple[str | None, str | None]:
    """(category in force, the rule's category) of `client` as lists show them; nulls where he has no figures."""
    names = (scheme, f"{scheme}_computed")
    if not _has_columns(*names):
        return None, None
    row: tuple[str | None, str | None] | None = _states().filter(pk=client.pk).values_list(*names).first()
    return row or (None, None)


def put_category_into_state(clients: int | Iterable[int], *, scheme: str, category: str | None) -> None:
    """Show `category` of `scheme` for one client or several (at most a few hundred)."""
    if _has_columns(scheme):
        keys = [clients] if isinstance(clients, int) else list(clients)
        _states().filter(pk__in=keys).update(**{scheme: category})


def put_decisions_into_state(decided: QuerySet[Proposal], *, field: str = "to_category") -> None:
    """Show what `decided` brought; with `field="from_category"` what was there before."""
    for scheme, category in set(decided.order_by().values_list("scheme", field).distinct()):
        if _has_columns(scheme):
            clients = decided.filter(scheme=scheme, **{field: category}).order_by().values("client_id")
            _states().filter(pk__in=clients).update(**{scheme: category})


def _has_columns(*names: str) -> bool:
    return set(names) <= {field.name for field in state_model()._meta.get_fields()}


def _states() -> QuerySet[Any]:
    return state_model()._default_manager.all()
