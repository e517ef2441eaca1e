"""The state's copies of name and holder, kept equal to the client in the same transaction."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, Model

from ..choices import Stage
from ..models import BareState, Client, StateTable
from ..queries.publication import state_model
from .bulk import ROWS_PER_TRANSACTION, execute, insert_rows, quoted

COPIED = ("name", "search_name", "holder_id")


def locked_state() -> type[Any]:
    """The current state for writing: kept from being replaced until the transaction ends, its change counted."""
    publication = StateTable.objects.select_for_update().filter(stage=Stage.CURRENT).first()
    if publication is not None:
        StateTable.objects.filter(pk=publication.pk).update(changes=F("changes") + 1)
    return state_model(publication)


def insert_bare_states(rows: Sequence[tuple[int, str, str, int | None]]) -> None:
    """Rows (client_id, name, search_name, holder_id) for new clients, so that lists show them before the next pulse."""
    insert_rows(locked_state()._meta.db_table, ("client_id", *COPIED), rows)


def copy_to_state(client_ids: Sequence[int]) -> None:
    """Bring the copies of these clients up to date."""
    state = locked_state()
    for start in range(0, len(client_ids), ROWS_PER_TRANSACTION):
        chunk = client_ids[start : start + ROWS_PER_TRANSACTION]
        marks = ", ".join(["%s"] * len(chunk))
        execute(f"{copies_statement(state)} AND state.client_id IN ({marks})", chunk)


def copies_statement(state: type[Model]) -> str:
    """UPDATE of the copies of every client; conditions may be added to its WHERE."""
    table = quoted(state._meta.db_table)
    client = quoted(Client._meta.db_table)
    assignments = ", ".join(f"{column} = client.{column}" for column in COPIED)
    return f"UPDATE {table} AS state SET {assignments} FROM {client} AS client WHERE client.id = state.client_id"


def put_into_state(column: str, values: Mapping[int, Any]) -> None:
    """Set one published column for some clients (client_id → value): a category confirmed or set by hand.

    A column that is not published is left out: the next pulse brings it.
    """
    state = locked_state()
    if state is BareState or column not in {field.name for field in state._meta.get_fields()}:
        return
    by_value: dict[Any, list[int]] = {}
    for client_id, value in values.items():
        by_value.setdefault(value, []).append(client_id)
    for value, client_ids in by_value.items():
        for start in range(0, len(client_ids), ROWS_PER_TRANSACTION):
            chunk = client_ids[start : start + ROWS_PER_TRANSACTION]
            state.objects.filter(client_id__in=chunk).update(**{column: value})
