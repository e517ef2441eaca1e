"""Candidate pairs of clients' cards with probabilities and reasons."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pyarrow as pa

from clientarium.core.identity.contacts import normalise_email, normalise_phone
from clientarium.core.identity.folded_names import fold_name
from clientarium.core.identity.matching.cards import PAIR_SCHEMA
from clientarium.core.identity.tax_numbers import check_inn, check_kpp


@dataclass(frozen=True)
class Matching:
    """Pairs under `least_probability` are not given."""

    least_probability: float = 0.05


DEFAULT = Matching()
_WEIGHTS = {"inn": 12.0, "phones": 6.0, "emails": 8.0, "name": 7.0}
_PRIOR = -6.0


def candidate_pairs(
    cards: pa.Table,
    *,
    against: pa.Table | None = None,
    forbidden: pa.Table | None = None,
    settings: Matching = DEFAULT,
) -> pa.Table:
    """Return pairs (PAIR_SCHEMA) of one table (a < b), or of new cards (a) and the base (b)."""
    never = {(row["a"], row["b"]) for row in forbidden.to_pylist()} if forbidden is not None else set()
    rows = [(False, row) for row in cards.to_pylist()]
    rows += [(True, row) for row in against.to_pylist()] if against is not None else []
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    keys = [list(dict.fromkeys(_keys(row))) for _, row in rows]
    for place, found in enumerate(keys):
        for key in found:
            blocks[key].append(place)
    shared: dict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
    for key, places in blocks.items():
        for one, other in combinations(places, 2):
            if against is None or rows[one][0] != rows[other][0]:
                shared[one, other].append(key)
    return pa.Table.from_pylist(
        [
            pair
            for (one, other), found in shared.items()
            if (pair := _pair(rows[one][1], rows[other][1], found, is_one=against is None))
            and (pair["a"], pair["b"]) not in never
            and pair["probability"] >= settings.least_probability
        ],
        schema=PAIR_SCHEMA,
    )


def _keys(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if row.get("inn") and (inn := check_inn(row["inn"])):
        yield "inn", inn
    for cell in row.get("phones") or []:
        yield from (("phones", one.normalised) for one in normalise_phone(cell) if one.normalised)
    for cell in row.get("emails") or []:
        yield from (("emails", one.normalised) for one in normalise_email(cell) if one.normalised)
    if row.get("name") and (key := fold_name(row["name"]).key):
        yield "name", key


def _pair(
    left: dict[str, Any], right: dict[str, Any], shared: list[tuple[str, str]], *, is_one: bool
) -> dict[str, Any] | None:
    if is_one and left["record_id"] > right["record_id"]:
        left, right = right, left
    inns = [check_inn(row.get("inn") or "") for row in (left, right)]
    kpps = [check_kpp(row.get("kpp") or "") for row in (left, right)]
    differ = [pair for pair in (inns, kpps) if None not in pair and pair[0] != pair[1]]
    fields = {field for field, _ in shared}
    weight = _PRIOR + sum(_WEIGHTS[field] for field in fields) - 12 * len(differ)
    reasons = [
        {"field": field, "left": value, "right": value, "agreement": "exact", "weight": _WEIGHTS[field]}
        for field, value in shared
    ]
    sure = not differ and len(fields) > 1 and "inn" in fields
    return {
        "a": left["record_id"], "b": right["record_id"], "probability": 1 / (1 + 2.0**-weight), "weight": weight,
        "sure": sure, "reasons": reasons,
    }  # fmt: skip
