"""Candidate pairs of clients' cards: the model's odds together with what tax numbers settle by themselves.

An ИНН is one legal entity, a КПП one of its places: two valid ИНН that differ speak strongly against one client, equal
ИНН with different КПП are branches and no duplicates, and an ИНН that has branches in the table does not tell which of
them a card without КПП is.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from clientarium.core.identity.matched_columns import CARD_COLUMNS, PAIR_SCHEMA
from clientarium.core.identity.matching.prepared import Codes, prepare
from clientarium.core.identity.matching.reasons import reasons_of
from clientarium.core.identity.matching.records import pair_table
from clientarium.core.identity.matching.roles import Role
from clientarium.core.identity.matching.scoring import ScoredPairs, score
from clientarium.core.identity.matching.settings import DEFAULT, Matching
from clientarium.core.identity.matching.sure_rule import is_sure
from clientarium.core.identity.matching.tax_rule import tax_numbers_of

CARD_ROLES = {
    "inn": Role.ID, "ogrn": Role.ID, "phones": Role.PHONE, "emails": Role.EMAIL, "name": Role.NAME, "city": Role.TEXT,
    "address": Role.ADDRESS,
}  # fmt: skip


def candidate_pairs(
    cards: pa.Table,
    *,
    against: pa.Table | None = None,
    forbidden: pa.Table | None = None,
    settings: Matching = DEFAULT,
    progress: Callable[[int, int], None] | None = None,
) -> pa.Table:
    """Return pairs (PAIR_SCHEMA) of one table (a < b), or of new cards (a) and the base (b).

    `forbidden` (a, b in either order) names pairs never to be given. `progress` hears (steps done, of so many) and may
    raise: at a million cards a step takes seconds, all of them minutes.
    """
    is_new = None
    every = cards.select(CARD_COLUMNS.names).cast(CARD_COLUMNS)
    if against is not None:
        is_new = np.arange(cards.num_rows + against.num_rows) < cards.num_rows
        every = pa.concat_tables([every, against.select(CARD_COLUMNS.names).cast(CARD_COLUMNS)])
    taxes = tax_numbers_of(every)
    every = every.set_column(2, "inn", taxes.cleaned)
    step = _counted(progress, of=2 * len(CARD_ROLES) + 1)
    fields = []
    for name, role in CARD_ROLES.items():
        fields.append(prepare(name, role, every[name]))
        step()
    scored = taxes.applied(score(fields, every.num_rows, is_new=is_new, step=step), inn=0, ogrn=1)
    scored = scored.taken(np.nonzero(scored.log_odds >= settings.least_log_odds)[0])
    taxes = taxes.spread(scored, least_probability=settings.match_probability)
    sure = is_sure(fields, scored, taxes, settings=settings)
    scored, sure = _ordered(scored, sure, every["record_id"].to_numpy(), is_one_table=against is None)
    reasons = reasons_of(fields, scored.levels, scored.field_weights, scored.places)
    found = _with_ids(pair_table(scored, sure=sure, reasons=reasons), every["record_id"])
    return found if forbidden is None else _without(found, forbidden)


def _counted(progress: Callable[[int, int], None] | None, *, of: int) -> Callable[[], None]:
    steps = count(1)
    return (lambda: progress(next(steps), of)) if progress else lambda: None


def _ordered(
    scored: ScoredPairs, sure: NDArray[np.bool_], ids: Codes, *, is_one_table: bool
) -> tuple[ScoredPairs, NDArray[np.bool_]]:
    """Put the smaller record first (new cards stand first already), the likeliest pairs at the top."""
    places = scored.places.copy()
    if is_one_table and len(places):
        turned = ids[places[:, 0]] > ids[places[:, 1]]
        places[turned] = places[turned][:, ::-1]
    order = np.lexsort((ids[places[:, 1]], ids[places[:, 0]], -scored.log_odds))
    return replace(scored, places=places).taken(order), sure[order]


def _with_ids(pairs: pa.Table, ids: pa.ChunkedArray) -> pa.Table:
    for place, name in enumerate(("a", "b")):
        pairs = pairs.set_column(place, PAIR_SCHEMA.field(name), ids.take(pairs[name]).cast(pa.int64()))
    return pairs


def _without(pairs: pa.Table, forbidden: pa.Table) -> pa.Table:
    never = {frozenset(pair) for pair in zip(forbidden["a"].to_pylist(), forbidden["b"].to_pylist(), strict=True)}
    kept = [frozenset(pair) not in never for pair in zip(pairs["a"].to_pylist(), pairs["b"].to_pylist(), strict=True)]
    return pairs.filter(pa.array(kept, pa.bool_()))
