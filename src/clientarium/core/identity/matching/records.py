"""Duplicates in any table: columns get roles, the model is learned from the table itself."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from clientarium.core.identity.matched_columns import PAIR_SCHEMA
from clientarium.core.identity.matching.clustering import clusters
from clientarium.core.identity.matching.comparing import UNKNOWN, level_count
from clientarium.core.identity.matching.prepared import PreparedField, prepare
from clientarium.core.identity.matching.reasons import reasons_of
from clientarium.core.identity.matching.roles import Role, roles_of
from clientarium.core.identity.matching.scoring import ScoredPairs, score
from clientarium.core.identity.matching.settings import DEFAULT, Matching
from clientarium.core.identity.matching.wording import same_wording

_MOST_WEIGHT_AGAINST = -1.0
_LEAST_AGREEING_FIELDS = 2
_A_SLIP = 2
_PLAIN_LOG_ODDS = math.log(1e6)


def match_records(
    table: pa.Table, fields: Mapping[str, Role | str] | Sequence[str] | None = None, *, settings: Matching = DEFAULT
) -> pa.Table:
    """Return pairs (PAIR_SCHEMA) of rows that may be one; `a` and `b` are row numbers from 0, a < b.

    `fields` gives the columns to compare with their roles (name phone email id address date number text), or the
    columns alone, or nothing: then roles are guessed from the names and the cells of the columns.
    """
    prepared = [prepare(name, role, table[name]) for name, role in roles_of(table, fields).items()]
    scored = score(prepared, table.num_rows)
    scored = scored.taken(np.nonzero(scored.log_odds >= settings.least_log_odds)[0])
    reasons = reasons_of(prepared, scored.levels, scored.field_weights, scored.places)
    sure = _sure(prepared, scored, settings=settings)
    return pair_table(scored, sure=sure, reasons=reasons)


def record_clusters(pairs: pa.Table, rows: int, *, settings: Matching = DEFAULT) -> NDArray[np.int64]:
    """Return the cluster of each row of the matched table: the smallest row number in it."""
    found = clusters(pairs, settings.match_probability)
    labels = np.arange(rows)
    labels[found["record_id"].to_numpy()] = found["cluster_id"].to_numpy()
    return labels


def pair_table(scored: ScoredPairs, *, sure: NDArray[np.bool_], reasons: pa.Array) -> pa.Table:
    log_odds = scored.log_odds
    columns = [
        pa.array(scored.places[:, 0], pa.int64()), pa.array(scored.places[:, 1], pa.int64()),
        pa.array(scored.probability), pa.array(log_odds / np.log(2)), pa.array(sure), reasons,
    ]  # fmt: skip
    return pa.Table.from_arrays(columns, schema=PAIR_SCHEMA)


def _sure(fields: Sequence[PreparedField], scored: ScoredPairs, *, settings: Matching) -> NDArray[np.bool_]:
    """Be sure of the likeliest pairs in which two fields are the same, names the same words and nothing speaks against.

    Where nearly everything is the same and the odds are a million to one, a field may differ, but never a number that
    names one thing by more than a slip.
    """
    agreeing = np.zeros(len(scored.places), np.int64)
    is_against = np.zeros(len(scored.places), bool)
    has_one_number = np.ones(len(scored.places), bool)
    for field, found, weights in zip(fields, scored.levels, scored.field_weights, strict=True):
        agreeing += (found == level_count(field) - 1) & (weights > 0)
        is_against |= weights < _MOST_WEIGHT_AGAINST
        if field.role is Role.ID:
            has_one_number &= (found == UNKNOWN) | (found >= _A_SLIP)
    is_plain = (agreeing > _LEAST_AGREEING_FIELDS) & (scored.log_odds >= _PLAIN_LOG_ODDS)
    is_clear = (agreeing >= _LEAST_AGREEING_FIELDS) & ~is_against & (scored.probability >= settings.sure_probability)
    for field, found in zip(fields, scored.levels, strict=True):
        if field.role is Role.NAME:
            asked = is_clear & (found != UNKNOWN)
            is_clear[asked] = same_wording(field, scored.places[asked])
    return settings.surest(scored.probability, (is_clear | is_plain) & has_one_number)
