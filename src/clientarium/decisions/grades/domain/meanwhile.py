"""Decisions made while a pulse was computing: it read what stood at its beginning, and must not overrule them."""

from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from .intervals import ROWS_PER_INSERT
from .state import put_category_into_state

Decisions = Mapping[tuple[str, int], str | None]


def decided_meanwhile(before: pa.Table, *, now: pa.Table) -> dict[tuple[str, int], str | None]:
    """{(scheme, client): category} for what people decided, or took back (None), between two standing tables."""
    old, new = _by_people(before), _by_people(now)
    changed = {key: category for key, category in new.items() if old.get(key) != category}
    return changed | {key: None for key in old.keys() - new.keys()}


def with_decisions(rows: pa.Table, decisions: Decisions, *, scheme: str) -> pa.Table:
    """`rows` (client_id, in_force, …) with `decisions` in force."""
    concerned = {client: category for (name, client), category in decisions.items() if name == scheme}
    if not concerned:
        return rows
    place = rows.schema.get_field_index("in_force")
    keys = pa.array(list(concerned), pa.int64())
    found = pc.index_in(rows["client_id"], value_set=keys)
    chosen = pc.take(pa.array(list(concerned.values()), pa.string()), found)
    in_force = pc.if_else(pc.is_valid(found), chosen, rows["in_force"].cast(pa.string()))
    return rows.set_column(place, "in_force", in_force)


def show_decisions(decisions: Decisions) -> None:
    """Write `decisions` into the published state."""
    groups: dict[tuple[str, str | None], list[int]] = {}
    for (scheme, client), category in decisions.items():
        groups.setdefault((scheme, category), []).append(client)
    for (scheme, category), clients in groups.items():
        for part in _parts(clients):
            put_category_into_state(part, scheme=scheme, category=category)


def _by_people(standing: pa.Table) -> dict[tuple[str, int], str]:
    rows = standing.filter(standing["by_person"]).select(["scheme", "client_id", "category"]).to_pydict()
    keys = zip(rows["scheme"], rows["client_id"], strict=True)
    return dict(zip(keys, rows["category"], strict=True))


def _parts(clients: list[int]) -> Iterable[list[int]]:
    for start in range(0, len(clients), ROWS_PER_INSERT):
        yield clients[start : start + ROWS_PER_INSERT]
