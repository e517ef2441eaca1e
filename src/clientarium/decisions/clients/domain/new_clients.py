"""Clients a file brings: made many at a time, each with his holder, so that no row is written twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone

from clientarium.decisions.people import Seller

from ..choices import HoldingCause
from ..models import Client
from ..queries.names import search_name_of_key
from .bulk import allocate_ids, insert_rows
from .copies import insert_bare_states
from .holding_rows import insert_holdings
from .holdings import sellers_for

COLUMNS = (
    "id",
    "name",
    "search_name",
    "holder_id",
    "is_stopped",
    "has_bad_review",
    "fields",
    "borrowed",
    "created_import",
    "created_on",
)
NAME_CHARACTERS = 300


class FileKey(NamedTuple):
    """A client as the file calls him. `by_name`: the key is nothing but the name."""

    key: str
    name: str
    name_key: str
    by_name: bool


@dataclass(frozen=True)
class FirstHolders:
    """Who is to hold new clients `on` a day: client_key → (ISO day, seller's key in `source`) of the latest sale."""

    latest: Mapping[str, tuple[str, str]]
    source: str
    on: date


class NewClients:
    """Makes clients tagged `import_id`; counts them and those of them whom somebody holds."""

    def __init__(self, *, import_id: str, holders: FirstHolders | None) -> None:
        self.created = self.held = 0
        self._import_id, self._holders = import_id, holders
        self._sellers: dict[str, Seller] = {}

    def create(self, groups: Sequence[Sequence[FileKey]]) -> dict[str, int]:
        """key → new client; the keys of each group are one client. Within a transaction."""
        if not groups:
            return {}
        ids = allocate_ids(Client, len(groups))
        held = self._holders_of(dict(zip(ids, groups, strict=True)))
        today = timezone.localdate().isoformat()
        rows: list[tuple[Any, ...]] = []
        states = []
        for client_id, keys in zip(ids, groups, strict=True):
            name, searched = keys[0].name, search_name_of_key(keys[0].name_key)[:NAME_CHARACTERS]
            holder = held.get(client_id)
            rows.append((client_id, name, searched, holder, False, False, "{}", "{}", self._import_id, today))
            states.append((client_id, name, searched, holder))
        insert_rows(Client._meta.db_table, COLUMNS, rows)
        insert_bare_states(states)
        if self._holders and held:
            insert_holdings(held, on=self._holders.on, cause=HoldingCause.SALES, import_id=self._import_id)
        self.created, self.held = self.created + len(ids), self.held + len(held)
        return {key.key: client_id for client_id, keys in zip(ids, groups, strict=True) for key in keys}

    def _holders_of(self, groups: Mapping[int, Sequence[FileKey]]) -> dict[int, int]:
        """client_id → seller_id of the latest sale under any of the client's keys."""
        if self._holders is None:
            return {}
        latest = self._holders.latest
        wanted = {
            client_id: max(sales)[1]
            for client_id, keys in groups.items()
            if (sales := [latest[key.key] for key in keys if key.key in latest])
        }
        if unknown := set(wanted.values()) - set(self._sellers):
            self._sellers |= sellers_for(unknown, source=self._holders.source)
        return {client_id: self._sellers[seller].pk for client_id, seller in wanted.items()}
