"""The clients among whom zones are looked for: the figures of a target and every word that may describe them."""

from collections.abc import Sequence
from datetime import date

import pyarrow as pa

from clientarium.core.ground.expressions import Name, ValueType
from clientarium.core.ledger import ALIASES
from clientarium.core.readings.seen_base import Base, ClientIds
from clientarium.core.strategy import ZONE_BOTTOM, ZONE_MONEY, ZONE_SCORE, ZONE_TOP, ZoneTarget


def rows_for_zones(
    base: Base, *, as_of: date, target: ZoneTarget, names: Sequence[Name], client_ids: ClientIds = None
) -> tuple[pa.Table, str]:
    """One row a client, merged cards left out, and what money is: 'margin', or 'revenue' where no cost is known.

    `names` the snapshot lacks have no column. Raises SnapshotMissing; UserError for a
    snapshot that lacks the target's own figures.
    """
    with base.states(client_ids, dates=[as_of]) as seen:
        measure = seen.measure()
        for word in target.needs(measure):
            seen.column(word)
        there = seen.engine.columns("snapshots")
        described = [_column(name) for name in names if name.name in there]
        where = target.where.format(m=measure)
        if seen.has_merges:
            where += f" and client_id not in (select alias_id from {ALIASES})"
        sql = f"""
            select client_id, {", ".join([*_figures(target, measure), *described])}
            from seen_snapshots where {where} order by client_id
        """
        return seen.engine.fetch(sql, step="zone rows"), measure


def _figures(target: ZoneTarget, measure: str) -> list[str]:
    places = {ZONE_TOP: target.top, ZONE_BOTTOM: target.bottom, ZONE_SCORE: target.score, ZONE_MONEY: target.money}
    return [f"cast({sql.format(m=measure)} as double) as {name}" for name, sql in places.items()]


def _column(name: Name) -> str:
    if name.type in (ValueType.TEXT, ValueType.BOOLEAN):
        return f'"{name.name}"'
    return f'cast("{name.name}" as double) as "{name.name}"'
