"""Which rows later loads took the place of: plain arithmetic over the list of loads, no files, no SQL.

A `replace` load supersedes earlier rows of its source dated inside its period; an `upsert` load supersedes earlier
rows of its source that have one of its keys. Nothing is ever removed, so leaving a load out undoes it exactly.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from clientarium.core.facts import FactTable

from .loads import Load, LoadMode, TableLoad

Period = tuple[date, date]
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Part:
    """Loads read alike: rows dated in `periods` and rows whose key is in one of the loads `resent_by` are left out."""

    import_ids: tuple[str, ...]
    periods: tuple[Period, ...] = ()
    resent_by: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        return not self.periods and not self.resent_by


def replaced_period(load: Load, table: FactTable) -> Period | None:
    """The days of `table` that `load` replaces; None when it replaces none."""
    part = load.tables.get(table.name)
    if part is None or load.mode is not LoadMode.REPLACE or table.is_dimension:
        return None
    first, last = load.first_on or part.first_on, load.last_on or part.last_on
    return (first, last) if first and last else None


def reading_parts(table: FactTable, loads: Sequence[Load]) -> list[Part]:
    """How to read `table` when exactly `loads` (in their order) are in force; wholly superseded loads are not read."""
    if table.is_dimension:
        return _plain_part([load for load in loads if _rows(load, table)])
    periods: dict[str, list[Period]] = defaultdict(list)
    resent: dict[str, list[str]] = defaultdict(list)
    grouped: dict[tuple[tuple[Period, ...], tuple[str, ...]], list[str]] = defaultdict(list)
    for load in reversed(loads):
        part = load.tables.get(table.name)
        if part is None:
            continue
        left_out = _inside(periods[load.source], part)
        if part.rows and not _is_covered(part, left_out):
            grouped[(left_out, tuple(resent[load.import_id]))].append(load.import_id)
        if period := replaced_period(load, table):
            periods[load.source] = merged([*periods[load.source], period])
        for earlier in part.hides:
            resent[earlier].append(load.import_id)
    parts = [Part(tuple(sorted(ids)), left_out, by) for (left_out, by), ids in grouped.items()]
    return sorted(parts, key=lambda part: (not part.is_plain, part.import_ids))


def merged(periods: Iterable[Period]) -> list[Period]:
    """The same days as disjoint periods in order; touching periods become one."""
    result: list[Period] = []
    for first, last in sorted(periods):
        if result and first <= result[-1][1] + _ONE_DAY:
            result[-1] = (result[-1][0], max(result[-1][1], last))
        else:
            result.append((first, last))
    return result


def _rows(load: Load, table: FactTable) -> int:
    part = load.tables.get(table.name)
    return part.rows if part else 0


def _plain_part(loads: Sequence[Load]) -> list[Part]:
    return [Part(tuple(load.import_id for load in loads))] if loads else []


def _inside(periods: Sequence[Period], part: TableLoad) -> tuple[Period, ...]:
    """The `periods` cut to the days the part really has."""
    if part.first_on is None or part.last_on is None:
        return ()
    return tuple(
        (max(first, part.first_on), min(last, part.last_on))
        for first, last in periods
        if first <= part.last_on and last >= part.first_on
    )


def _is_covered(part: TableLoad, left_out: Sequence[Period]) -> bool:
    return part.undated == 0 and tuple(left_out) == ((part.first_on, part.last_on),)
