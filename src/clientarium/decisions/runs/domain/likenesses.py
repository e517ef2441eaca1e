"""Before a file is loaded: which of its new clients look like ones we have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from clientarium.core.identity import CARD_COLUMNS
from clientarium.decisions.clients import Client, identity_cards, merge_rule, several

MOST_NEW, LARGEST_BASE = 5_000, 100_000
"""The preview answers while somebody waits; larger ones are compared after the loading."""

CARD_WORDS = ("inn", "kpp", "ogrn", "city", "address")


@dataclass(frozen=True)
class Likeness:
    """A new client of the file and the one of the base he may be."""

    name: str
    client_id: int
    client_name: str
    probability: float
    is_sure: bool
    reasons: Sequence[Mapping[str, Any]]


def likenesses(staged: pa.Table, *, new_keys: set[str]) -> list[Likeness] | None:
    """The likeliest client of the base for each new one, where he is likely enough to be asked about, the surest first.

    None: too many to compare while somebody waits.
    """
    from clientarium.core.identity import Matching, candidate_pairs  # noqa: PLC0415 -- slow import: scipy

    if not new_keys:
        return []
    if len(new_keys) > MOST_NEW or Client.objects.count() > LARGEST_BASE:
        return None
    cards, names = _cards(staged, new_keys=new_keys)
    base = identity_cards()
    if not base.num_rows:
        return []
    matching = Matching(least_probability=merge_rule().asks_from)
    rows = candidate_pairs(cards, against=base, settings=matching).to_pylist()
    best: dict[int, Mapping[str, Any]] = {}
    for row in sorted(rows, key=lambda row: -row["probability"]):
        best.setdefault(row["a"], row)
    known = dict(Client.objects.filter(pk__in={row["b"] for row in best.values()}).values_list("pk", "name"))
    return [
        Likeness(
            name=names[number],
            client_id=row["b"],
            client_name=known[row["b"]],
            probability=row["probability"],
            is_sure=bool(row["sure"]),
            reasons=row["reasons"] or [],
        )
        for number, row in best.items()
    ]


def _cards(staged: pa.Table, *, new_keys: set[str]) -> tuple[pa.Table, dict[int, str]]:
    """CARD_COLUMNS of the new clients of the file, and their names by number."""
    wanted = ("client_key", "client_name", "phones", "emails", *CARD_WORDS)
    rows = staged.select([name for name in wanted if name in staged.column_names]).to_pylist()
    cards: dict[str, dict[str, Any]] = {}
    for row in rows:
        key = row["client_key"]
        if key not in new_keys or key in cards:
            continue
        card: dict[str, Any] = {word: row.get(word) for word in CARD_WORDS}
        card |= {word: several(row.get(word)) or None for word in ("phones", "emails")}
        cards[key] = card | {"record_id": len(cards) + 1, "name": row.get("client_name") or key}
    names = {card["record_id"]: card["name"] for card in cards.values()}
    return pa.Table.from_pylist(list(cards.values()), schema=CARD_COLUMNS), names
