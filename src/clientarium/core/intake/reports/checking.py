"""Every group of a report against its rows, every total against all leaves."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from clientarium.core.intake.reports.amounts import decimals_of
from clientarium.core.intake.reports.columns import Measure
from clientarium.core.intake.reports.levels import DataRow, Levels

# Two figures after the point are rounded separately in every row: so much may a sum of many drift, and no more.
_MOST_DRIFT = Decimal(1)
_LEAST_DRIFT = Decimal("0.005")
_MONEY_DECIMALS = 2
DIFFERENCES_KEPT = 50
_MOMENT = re.compile(r"^\d{2}\.\d{2}\.\d{4}|\bот\s+\d{1,2}\.\d{2}\.\d{4}")
_CONTRACT = re.compile(r"договор|контракт|соглашени", re.IGNORECASE)


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
    inner: list[Decimal] = field(default_factory=list)
    is_dated: bool = False


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
                group.is_dated = group.is_dated or _is_moment(one.name)
                group.inner = [whole_ + (value or 0) for whole_, value in zip(group.inner, one.values, strict=True)]
            if not leaves[at]:
                nothing = [Decimal(0)] * len(self._measures)
                stack.append(_Open(at, self._levels[at], nothing, inner=list(nothing)))
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
            # Balances of days and documents run on from row to row; those of groups are the sum of the groups in them.
            if measure.is_balance and (
                group.is_dated or self._near(stated, group.inner[number], number=number, rows=group.rows)
            ):
                continue
            span = (self._rows[group.at + 1].row.line, self._rows[until].row.line)
            self._note(Difference(one.row.line, one.name, _title(measure), stated, group.sums[number], span, is_last))

    def _grand(self, totals: Sequence[DataRow], whole: list[Decimal], *, leaves: int) -> tuple[TotalCheck, ...]:
        checks = []
        span = (self._rows[0].row.line, self._rows[-1].row.line) if self._rows else (0, 0)
        highest = min(self._levels, default=0)
        top = [one for one, level in zip(self._rows, self._levels, strict=True) if level == highest]
        runs = any(_is_moment(one.name) for one in top)
        for number, measure in enumerate(self._measures):
            if not measure.is_summed or (measure.is_balance and runs):
                continue
            stated = [row.values[number] for row in totals if row.values[number] is not None]
            found = whole[number]
            if measure.is_balance and any(one.values[number] is not None for one in top):
                found = sum((one.values[number] or Decimal(0) for one in top), Decimal(0))
            checks.append(TotalCheck(_title(measure), found, stated[0] if stated else None))
            for row in totals:
                value = row.values[number]
                if value is None:
                    continue
                self._groups += 1
                if not self._near(value, found, number=number, rows=leaves):
                    self._note(Difference(row.row.line, row.name, _title(measure), value, found, span, True))
        return tuple(checks)

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


def _is_moment(name: str) -> bool:
    """True for a day and for a document with its day: balances run from one such row to the next."""
    return bool(_MOMENT.search(name)) and not _CONTRACT.search(name)
