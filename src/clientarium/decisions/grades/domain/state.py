"""The lists at once: a decision is written into the published state in the same transaction."""

from datetime import date

from django.db.models import QuerySet

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import Client, put_into_state, state_as_of, state_model

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
    state = state_model()
    if not set(names) <= {field.name for field in state._meta.get_fields()}:
        return None, None
    row: tuple[str | None, str | None] | None = state._default_manager.filter(pk=client.pk).values_list(*names).first()
    return row or (None, None)


def put_category_into_state(client_id: int, *, scheme: str, category: str | None) -> None:
    """Show `category` of `scheme` for one client."""
    put_into_state(scheme, {client_id: category})


def put_decisions_into_state(decided: QuerySet[Proposal], *, field: str = "to_category") -> None:
    """Show what `decided` brought; with `field="from_category"` what was there before."""
    rows = decided.order_by().values_list("scheme", "client_id", field)
    by_scheme: dict[str, dict[int, str | None]] = {}
    for scheme, client_id, category in rows.iterator():
        by_scheme.setdefault(scheme, {})[client_id] = category
    for scheme, categories in by_scheme.items():
        put_into_state(scheme, categories)
