"""Every group of a report against its rows, every total against all leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from clientarium.core.intake.reports.amounts import decimals_of
from clientarium.core.intake.reports.columns import Measure
from clientarium.core.intake.reports.levels import DataRow, Levels

# Two figures after the point are rounded separately in every row: so much may a sum of many drift, and no more.
_MOST_DRIFT = Decimal(1)
_LEAST_DRIFT = Decimal("0.005")
_MONEY_DECIMALS = 2
DIFFERENCES_KEPT = 50


@dataclass(frozen=True)
class Difference:
    """A sum that is not what its rows give. `rows`: the lines it should hold; `is_last`: open at the end."""

    line: int
    name: str
    measure: str
    stated: Decimal
    found: Decimal
    rows: tuple[int, int]
    is_last: bool = False


@dataclass(frozen=True)
class TotalCheck:
    """A grand total of one measure; `stated` None: the report has none."""

    measure: str
    found: Decimal
    stated: Decimal | None


@dataclass(frozen=True)
class Check:
    """How many sums of groups and totals were compared, what differs, and the grand totals."""

    groups: int
    differences: tuple[Difference, ...]
    difference_count: int
    totals: tuple[TotalCheck, ...]

    @property
    def agrees(self) -> bool:
        return self.difference_count == 0


def leaves_of(levels: Levels) -> list[bool]:
    """A leaf is a row whose next row is no deeper."""
    return [at + 1 == len(levels) or levels[at + 1] <= level for at, level in enumerate(levels)]


@dataclass
class _Open:
    at: int
    level: int
    sums: list[Decimal]
    rows: int = 0
    first: tuple[Decimal | None, ...] | None = None
    last: tuple[Decimal | None, ...] = ()


class Checking:
    """One pass over the rows of a report."""

    def __init__(self, rows: Sequence[DataRow], levels: Levels, measures: Sequence[Measure]) -> None:
        self._rows = rows
        self._levels = levels
        self._measures = measures
        self._precision = [_precision(rows, number) for number in range(len(measures))]
        self._differences: list[Difference] = []
        self._count = 0
        self._groups = 0

    def run(self, totals: Sequence[DataRow]) -> Check:
        """Compare; `totals` are the rows called «Итого»."""
        leaves = leaves_of(self._levels)
        whole = [Decimal(0)] * len(self._measures)
        stack: list[_Open] = []
        for at, one in enumerate(self._rows):
            while stack and stack[-1].level >= self._levels[at]:
                self._close(stack.pop(), until=at - 1)
            for group in stack[-1:]:
                group.first = group.first or one.values
                group.last = one.values
            if not leaves[at]:
                stack.append(_Open(at, self._levels[at], [Decimal(0)] * len(self._measures)))
                continue
            for number, value in enumerate(one.values):
                whole[number] += value or 0
                for group in stack:
                    group.sums[number] += value or 0
            for group in stack:
                group.rows += 1
        while stack:
            self._close(stack.pop(), until=len(self._rows) - 1, is_last=True)
        grand = self._grand(totals, whole, leaves=sum(leaves))
        return Check(self._groups, tuple(self._differences), self._count, grand)

    def _close(self, group: _Open, *, until: int, is_last: bool = False) -> None:
        one = self._rows[group.at]
        for number, measure in enumerate(self._measures):
            stated = one.values[number]
            if stated is None or not measure.is_summed:
                continue
            self._groups += 1
            if self._near(stated, group.sums[number], number=number, rows=group.rows):
                continue
            # A balance within a group of days goes on from row to row: it begins as the first and ends as the last.
            ends = (group.first[number] if group.first else None, group.last[number] if group.last else None)
            if measure.is_balance and (stated in ends or self._is_path(group, until)):
                continue
            span = (self._rows[group.at + 1].row.line, self._rows[until].row.line)
            self._note(Difference(one.row.line, one.name, _title(measure), stated, group.sums[number], span, is_last))

    def _is_path(self, group: _Open, until: int) -> bool:
        """True when the leaves of the group are days: the balances inside run, those of the group follow from them."""
        return all(
            _is_day(self._rows[at].name)
            for at in range(group.at + 1, until + 1)
            if self._levels[at] == max(self._levels)
        )

    def _grand(self, totals: Sequence[DataRow], whole: list[Decimal], *, leaves: int) -> tuple[TotalCheck, ...]:
        checks = []
        span = (self._rows[0].row.line, self._rows[-1].row.line) if self._rows else (0, 0)
        runs = self._has_days()
        for number, measure in enumerate(self._measures):
            if not measure.is_summed or (measure.is_balance and runs):
                continue
            stated = [row.values[number] for row in totals if row.values[number] is not None]
            checks.append(TotalCheck(_title(measure), whole[number], stated[0] if stated else None))
            for row in totals:
                value = row.values[number]
                if value is None:
                    continue
                self._groups += 1
                if not self._near(value, whole[number], number=number, rows=leaves):
                    self._note(Difference(row.row.line, row.name, _title(measure), value, whole[number], span, True))
        return tuple(checks)

    def _has_days(self) -> bool:
        deepest = [one.name for one, level in zip(self._rows, self._levels, strict=True) if level == max(self._levels)]
        return bool(deepest) and sum(map(_is_day, deepest)) * 2 > len(deepest)

    def _near(self, stated: Decimal, found: Decimal, *, number: int, rows: int) -> bool:
        decimals = self._precision[number]
        if decimals == 0:
            return stated == found
        unit = Decimal(1).scaleb(-min(decimals, _MONEY_DECIMALS))
        return abs(stated - found) <= max(_LEAST_DRIFT, min(unit / 2 * (rows + 1), _MOST_DRIFT))

    def _note(self, difference: Difference) -> None:
        self._count += 1
        if len(self._differences) < DIFFERENCES_KEPT:
            self._differences.append(difference)


def across_differences(
    rows: Sequence[DataRow], measures: Sequence[Measure], totals: Sequence[tuple[Measure, Sequence[Decimal | None]]]
) -> list[Difference]:
    """Compare the column «Итого» with the sum of the columns across, row by row."""
    found = []
    for measure, stated in totals:
        numbers = [number for number, one in enumerate(measures) if one.name == measure.name and one.across]
        for one, value in zip(rows, stated, strict=True):
            if value is None or not measure.is_summed or measure.is_balance:
                continue
            whole = sum((one.values[number] or Decimal(0) for number in numbers), Decimal(0))
            if abs(whole - value) > min(_LEAST_DRIFT * (len(numbers) + 1), _MOST_DRIFT):
                span = (one.row.line, one.row.line)
                found.append(Difference(one.row.line, one.name, f"{measure.name}, Итого", value, whole, span))
    return found


def _precision(rows: Sequence[DataRow], number: int) -> int:
    return max((decimals_of(value) for one in rows if (value := one.values[number]) is not None), default=0)


def _title(measure: Measure) -> str:
    return f"{measure.across}, {measure.name}" if measure.across else measure.name


def _is_day(name: str) -> bool:
    return len(name) >= 8 and name[:2].isdigit() and name[2] == "." and name[3:5].isdigit()
