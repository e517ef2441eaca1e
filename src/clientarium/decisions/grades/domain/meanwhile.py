"""Decisions made while a pulse was computing: it read what stood at its beginning, and must not overrule them."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from clientarium.decisions.clients import put_into_state

Decisions = Mapping[tuple[str, int], str | None]


def decided_meanwhile(before: pa.Table, *, now: pa.Table) -> dict[tuple[str, int], str | None]:
    """{(scheme, client): category} for what people decided, or took back (None), between two standing tables."""
    old, new = _by_people(before), _by_people(now)
    changed = {key: category for key, category in new.items() if old.get(key) != category}
    return changed | dict.fromkeys(old.keys() - new.keys())


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


@transaction.atomic
def show_decisions(decisions: Decisions) -> None:
    """Write `decisions` into the published state."""
    by_scheme: dict[str, dict[int, str | None]] = {}
    for (scheme, client), category in decisions.items():
        by_scheme.setdefault(scheme, {})[client] = category
    for scheme, categories in by_scheme.items():
        put_into_state(scheme, categories)


def _by_people(standing: pa.Table) -> dict[tuple[str, int], str]:
    rows = standing.filter(standing["by_person"]).select(["scheme", "client_id", "category"]).to_pydict()
    keys = zip(rows["scheme"], rows["client_id"], strict=True)
    return dict(zip(keys, rows["category"], strict=True))
