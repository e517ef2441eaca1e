"""Which level each row of a report stands on: by outline, indent, blanks, column, or by the arithmetic of its sums."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from clientarium.core.intake.readers.outline import ReportRow


@dataclass(frozen=True)
class DataRow:
    """A row of data with its name, the column the name stands in (-1: no name) and its measures."""

    row: ReportRow
    name: str
    column: int
    values: tuple[Decimal | None, ...]


Levels = list[int]


def candidates(
    rows: Sequence[DataRow], *, depths: Sequence[int], summed: Sequence[int]
) -> Iterator[tuple[str, Levels]]:
    """Give (how, levels) in the order in which they are believed; `depths`: how many levels the head may name."""
    ways: tuple[tuple[str, Callable[[DataRow], int]], ...] = (
        ("outline", lambda one: one.row.level),
        ("indent", lambda one: one.row.indent),
        ("blanks", _leading_blanks),
    )
    for how, measure in ways:
        found = [measure(one) for one in rows]
        if len(set(found)) > 1:
            yield how, _dense(found)
    columns = {one.column for one in rows if one.column >= 0}
    if len(columns) > 1:
        yield "columns", _by_column(rows, sorted(columns))
    for depth in depths:
        if depth <= 1:
            continue
        found_levels = by_arithmetic(rows, depth=depth, summed=summed)
        if found_levels is not None:
            yield "sums", found_levels


def _leading_blanks(one: DataRow) -> int:
    cell = one.row.cells[one.column] if one.column >= 0 else ""
    return len(cell) - len(cell.lstrip())


def _dense(found: Sequence[int]) -> Levels:
    """Levels from 0 without gaps: indents of 2, 4, 6 are levels 0, 1, 2."""
    rank = {value: number for number, value in enumerate(sorted(set(found)))}
    return [rank[value] for value in found]


def _by_column(rows: Sequence[DataRow], columns: Sequence[int]) -> Levels:
    """A row without a name stands on the level under the row before it, the deepest at most."""
    levels: Levels = []
    for one in rows:
        before = levels[-1] if levels else -1
        levels.append(columns.index(one.column) if one.column >= 0 else min(before + 1, len(columns) - 1))
    return levels


def by_arithmetic(rows: Sequence[DataRow], *, depth: int, summed: Sequence[int]) -> Levels | None:
    """Return the levels under which every group is used up by its rows; None when the sums do not allow any.

    Every branch is taken to reach the last level, and a row without any number to be a leaf. After a leaf the next row
    belongs to the deepest group something of which is still left.
    """
    if not summed:
        return None
    left: list[list[Decimal]] = []
    levels: Levels = []
    for one in rows:
        if all(one.values[number] is None for number in summed):
            levels.append(depth - 1)
            continue
        # A group of nothing has at least one row, too: what was just opened stays open.
        while left and not any(left[-1]) and levels[-1] == depth - 1:
            left.pop()
        amounts = [one.values[number] or Decimal(0) for number in summed]
        level = len(left)
        levels.append(level)
        if level < depth - 1:
            left.append(list(amounts))
            continue
        for group in left:
            for number, amount in enumerate(amounts):
                group[number] -= amount
    return None if any(map(any, left)) else levels
