"""What of a file's clients and of the ledger's is already known; small readings for imports."""

import pyarrow as pa
from django.db.models import Q

from clientarium.core.ledger import Ledger, Load
from clientarium.decisions.clients import SourceKey
from clientarium.decisions.people import name_key

KEYS_PER_QUERY = 400  # two parameters each: SQLite's oldest limit is 999


def count_known_clients(staged: pa.Table, *, source: str) -> tuple[int, int]:
    """(matched, new) clients of `staged` (client_key, client_name): known by key, or by name in the same source."""
    new = len(new_keys(staged, source=source))
    return len({key for key in staged["client_key"].to_pylist() if key}) - new, new


def new_keys(staged: pa.Table, *, source: str) -> set[str]:
    """The keys of `staged` that this source has used neither themselves nor their names."""
    names = dict(zip(staged["client_key"].to_pylist(), staged["client_name"].to_pylist(), strict=True))
    keys = [key for key in names if key]
    new: set[str] = set()
    for start in range(0, len(keys), KEYS_PER_QUERY):
        chunk = {key: name_key(names[key] or key) for key in keys[start : start + KEYS_PER_QUERY]}
        found = SourceKey.objects.filter(Q(key__in=list(chunk)) | Q(name_key__in=set(chunk.values())), source=source)
        rows = list(found.values_list("key", "name_key"))
        known_keys, known_names = {key for key, _name in rows}, {name for _key, name in rows}
        new.update(key for key, name in chunk.items() if key not in known_keys and name not in known_names)
    return new


def clients_with_facts(ledger: Ledger) -> list[int]:
    """Clients that facts in force speak of."""
    with ledger.engine() as engine:
        found: set[int] = set()
        for table in ("sales", "touches", "payments"):
            rows = engine.fetch(f"select distinct client_id from {table}", step=f"clients of {table}")
            found.update(rows["client_id"].to_pylist())
    return sorted(found)


def loads_made_since(ledger: Ledger, *, version: int) -> list[Load]:
    """Loads in force now that were not at `version`."""
    before = _in_force(ledger.loads(at_version=version))
    return [load for key, load in _in_force(ledger.loads()).items() if key not in before]


def loads_undone_since(ledger: Ledger, *, version: int) -> list[Load]:
    """Loads in force at `version` that are no longer."""
    now = _in_force(ledger.loads())
    return [load for key, load in _in_force(ledger.loads(at_version=version)).items() if key not in now]


def _in_force(loads: list[Load]) -> dict[str, Load]:
    return {load.import_id: load for load in loads if load.is_loaded}
