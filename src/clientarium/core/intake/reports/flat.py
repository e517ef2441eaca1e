"""A report made flat: one record a leaf (and a column across), with the path of its groups as columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from clientarium.core.ground import N_, Message, UserError
from clientarium.core.intake.months import last_day, month_of_header
from clientarium.core.intake.readers.outline import Merge, ReportRow
from clientarium.core.intake.reports.amounts import amount_in, amount_text
from clientarium.core.intake.reports.checking import Check, Checking, across_differences, leaves_of
from clientarium.core.intake.reports.columns import Columns, columns_of, is_person
from clientarium.core.intake.reports.head import ReportHead, key_of, read_head
from clientarium.core.intake.reports.levels import DataRow, Levels, candidates
from clientarium.core.intake.reports.naming import (
    COUNTERPARTIES,
    DATE_HEADER,
    day_in_document,
    described,
    folder_header,
    is_client,
    is_contract,
    is_subconto_kind,
    level_names,
    placed,
    taken_apart,
)
from clientarium.core.intake.reports.settlements import settlement_of
from clientarium.core.intake.reports.table import TOTAL, TablePlace, header_cells, is_date_text, place_of
from clientarium.core.intake.reports.view import LevelView, ReportView
from clientarium.core.intake.values import Problem, read_date

_SERVICE = re.compile(
    r"^(итого\s+(по|за|на|оборот)|нач\.?\s*сальдо|кон\.?\s*сальдо|сальдо на (начало|конец)|оборот\b|обороты за период)",
    re.IGNORECASE,
)
_SECOND_REPORT = frozenset({"период", "параметры", "начало периода", "показатели", "группировки строк"})
_MOSTLY = 0.8


@dataclass(frozen=True)
class Report:
    """`records` are (line of the leaf, cells under `headers`)."""

    headers: tuple[str, ...]
    records: tuple[tuple[int, tuple[str, ...]], ...]
    header_line: int
    kind: str | None
    view: ReportView


def read_report(rows: Sequence[ReportRow], merges: Sequence[Merge], *, kind: str | None, today: date) -> Report | None:
    """Return the report made flat; None for a plain table, which other shapes read. UserError for two in one."""
    place = place_of(rows, merges)
    if place is None:
        return None
    head = read_head(rows[: place.top])
    block = header_cells(rows, place, merges)
    body = _body(rows, place, head=head)
    columns = columns_of(block, body, named=head.measures)
    if not columns.measures and len({(row.level, row.indent) for row in body}) == 1:
        return None
    data, totals = _data_rows(body, columns)
    if not data:
        return None
    levels, how, check = _levels(data, totals, columns=columns, head=head)
    if _is_plain(place, head=head, columns=columns, levels=levels, data=data, check=check):
        return None
    building = _Building(head, place, columns, data, levels, today=today, kind=kind)
    return building.report(check, how=how, rows=rows)


def _body(rows: Sequence[ReportRow], place: TablePlace, *, head: ReportHead) -> list[ReportRow]:
    """The rows under the header without blank ones, repeated headers and what stands below the grand total."""
    header = {_texts(row) for row in rows[place.top : place.bottom + 1]}
    body = [
        row
        for row in _without_footer(rows[place.data :])
        if any(cell.strip() for cell in row.cells) and _texts(row) not in header
    ]
    second = next((row for row in body if key_of(row) in _SECOND_REPORT), None)
    ends = [at for at, row in enumerate(body) if TOTAL.match(_first_text(row))]
    tail = body[ends[-1] + 1 :] if ends else []
    table = place_of(tail, ()) if second is None and tail else None
    if second is None and table is not None and len(_texts(tail[table.bottom])) > 1:
        second = tail[table.top]
    if second is not None:
        raise UserError(
            N_("There are two reports on one sheet: “%(title)s”, and another one from row %(line)s."),
            cure=N_("Save each report as a file of its own and send them one by one."),
            title=head.title or "—", line=second.line,
        )  # fmt: skip
    return (
        [row for row in body if row not in tail or any(amount_in(cell) is not None for cell in row.cells)]
        if tail
        else body
    )


def _without_footer(rows: Sequence[ReportRow]) -> Sequence[ReportRow]:
    """Signatures and notes stand below the last row with a number, apart from it or with a line to sign on."""
    last = max(
        (at for at, row in enumerate(rows) if any(amount_in(cell) is not None for cell in row.cells)), default=-1
    )
    for at in range(last + 1, len(rows)):
        if not _texts(rows[at]) or any("__" in cell or cell.endswith(":") for cell in _texts(rows[at])):
            return rows[:at]
    return rows


def _texts(row: ReportRow) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row.cells if cell.strip())


def _first_text(row: ReportRow) -> str:
    return next((cell.strip() for cell in row.cells if cell.strip()), "")


def _data_rows(body: Sequence[ReportRow], columns: Columns) -> tuple[list[DataRow], list[DataRow]]:
    """Return (data, the grand totals): subtotals in between are neither."""
    data: list[DataRow] = []
    totals: list[DataRow] = []
    for row in body:
        one = _data_row(row, columns)
        if TOTAL.match(one.name.strip()):
            totals.append(one)
        elif not _SERVICE.match(one.name.strip()):
            data.append(one)
    return data, totals[-1:]


def _data_row(row: ReportRow, columns: Columns) -> DataRow:
    column = next((one for one in columns.labels if one < len(row.cells) and row.cells[one].strip()), -1)
    values = tuple(
        amount_in(row.cells[measure.column]) if measure.column < len(row.cells) else None
        for measure in columns.measures
    )
    return DataRow(row, row.cells[column] if column >= 0 else "", column, values)


def _levels(
    data: Sequence[DataRow], totals: Sequence[DataRow], *, columns: Columns, head: ReportHead
) -> tuple[Levels, str, Check]:
    """The first way under which all sums agree; the first one believed when none does."""
    summed = [number for number, one in enumerate(columns.measures) if one.is_summed and not one.is_balance]
    depths = (len(head.groupings),) if head.groupings else columns.depths()
    tried: list[tuple[Levels, str, Check]] = []
    for how, levels in candidates(data, depths=depths, summed=summed):
        check = Checking(data, levels, columns.measures).run(totals)
        tried.append((levels, how, check))
        if check.agrees:
            return tried[-1]
    if tried:
        return tried[0]
    flat = [0] * len(data)
    return flat, "flat", Checking(data, flat, columns.measures).run(totals)


def _is_plain(
    place: TablePlace, *, head: ReportHead, columns: Columns, levels: Levels, data: Sequence[DataRow], check: Check
) -> bool:
    """True for a table the plain shapes read as well: one level, one header row, a day of its own in every row."""
    is_simple = place.bottom == place.top and not _is_crossed(columns)
    if max(levels) > 0:
        # Rows somebody grouped by hand in a list of sales are no groups of a report.
        return is_simple and not head.is_report and not check.agrees and _has_day_column(data, columns)
    if not is_simple:
        if not head.is_report and not check.groups and not _is_crossed(columns):
            return True
        return columns.across_dates and not head.is_report and place.bottom == place.top
    if _has_day_column(data, columns):
        return not (head.is_report and check.groups)
    return head.period is None


def _is_crossed(columns: Columns) -> bool:
    return any(measure.across for measure in columns.measures)


def _has_day_column(data: Sequence[DataRow], columns: Columns) -> bool:
    for column in (*columns.labels, *columns.attributes):
        cells = [one.row.cells[column] for one in data if column < len(one.row.cells) and one.row.cells[column].strip()]
        if cells and sum(map(is_date_text, cells)) >= _MOSTLY * len(cells):
            return True
    return False


class _Building:
    """Names, headers and records of one report."""

    def __init__(
        self, head: ReportHead, place: TablePlace, columns: Columns, data: Sequence[DataRow], levels: Levels, *,
        today: date, kind: str | None,
    ) -> None:  # fmt: skip
        self._head = head
        self._place = place
        self._columns = columns = columns.named_for(max(levels) + 1)
        self._data = data
        self._levels = levels
        self._today = today
        self._names, self._folders_of = level_names(data, levels, columns=columns, groupings=head.groupings)
        self._leaves = list(self._leaf_paths())
        self._described = described(
            self._names, [[values[at] for _, values, _ in self._leaves] for at in range(len(self._names))]
        )
        self._has_folders = any(folders for _, _, folders in self._leaves)
        has_client = any(is_client(level.name) for level in self._described)
        settlement = settlement_of(columns.measures) if has_client else None
        self._settlement = settlement if kind in (None, "payments") else None

    def _leaf_paths(self) -> Iterator[tuple[DataRow, list[str], list[str]]]:
        """Give (leaf, a value for each name, folders); a leaf without any number holds no fact."""
        path: list[str] = []
        for one, level, leaf in zip(self._data, self._levels, leaves_of(self._levels), strict=True):
            path = [*[*path, *([""] * level)][:level], one.name.strip()]
            if leaf and (any(value is not None for value in one.values) or self._has_attributes(one)):
                values, folders = placed(path, names=len(self._names), folders=self._folders_of)
                yield one, values, folders

    def _has_attributes(self, one: DataRow) -> bool:
        return any(self._cell(one, column) for column in self._columns.attributes)

    def _cell(self, one: DataRow, column: int) -> str:
        return one.row.cells[column].strip() if column < len(one.row.cells) else ""

    def report(self, check: Check, *, how: str, rows: Sequence[ReportRow]) -> Report:
        headers = list(self._level_headers())
        headers += list(self._columns.attributes.values())
        dated_by = self._dated_by()
        records = tuple(self._records(dated_by))
        tails = self._settlement.headers if self._settlement else self._measure_headers()
        extra = [self._across_header()] if self._is_across else []
        extra += [DATE_HEADER] if dated_by in ("document", "period") and not self._settlement else []
        names = _unique([*headers, *extra, *tails])
        stated = [
            (total, [amount_in(self._cell(one, total.column)) for one in self._data]) for total in self._columns.totals
        ]
        extra_differences = across_differences(self._data, self._columns.measures, stated)
        check = replace(
            check,
            differences=(*check.differences, *extra_differences),
            difference_count=check.difference_count + len(extra_differences),
        )
        kind = "payments" if self._settlement else None
        header_line = rows[self._place.bottom].line
        return Report(
            tuple(names), records, header_line, kind, self._view(check, how=how, dated_by=dated_by, rows=rows)
        )

    @property
    def _is_across(self) -> bool:
        return _is_crossed(self._columns)

    def _level_headers(self) -> Iterator[str]:
        for at, level in enumerate(self._described):
            if at == self._folders_of and self._has_folders:
                yield folder_header(level.name)
            yield from level.fields

    def _level_cells(self, values: list[str], folders: list[str]) -> Iterator[str]:
        kinds = [at for at, level in enumerate(self._described) if is_subconto_kind(level.name)]
        foreign = any(values[at].strip().casefold() not in (COUNTERPARTIES, "") for at in kinds)
        for at, level in enumerate(self._described):
            if at == self._folders_of and self._has_folders:
                yield " / ".join(folder for folder in folders if folder)
            if foreign and is_client(level.name):
                yield from ("" for _ in level.fields)
            elif level.is_date:
                yield self._day_text(values[at])
            else:
                yield from taken_apart(values[at], fields=len(level.fields))

    def _day_text(self, text: str) -> str:
        """A day as it is; a month by its last day, the one still running by today."""
        read = read_date(text.strip(), "dmy")
        if not isinstance(read, Problem):
            return read.isoformat()
        month = month_of_header(text)
        if month is None:
            return text.strip()
        return (min(last_day(month), self._today) if month <= self._today else last_day(month)).isoformat()

    def _across_header(self) -> str:
        values = [measure.across for measure in self._columns.measures if measure.across]
        if self._columns.across_dates:
            return DATE_HEADER
        if self._columns.across:
            return self._columns.across
        return "Менеджер" if sum(map(is_person, values)) * 2 > len(values) else "Разрез"

    def _measure_headers(self) -> list[str]:
        crossed = [measure.name for measure in self._columns.measures if measure.across or not self._is_across]
        return list(dict.fromkeys(crossed))

    def _dated_by(self) -> str:
        if any(level.is_date for level in self._described):
            return "row"
        if self._columns.across_dates:
            return "across"
        if _has_day_column(self._data, self._columns):
            return "row"
        dated = sum(1 for _, values, _ in self._leaves if any(self._document_days(values)))
        if dated * 2 > len(self._leaves):
            return "document"
        return "period" if self._head.period else "none"

    def _records(self, dated_by: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        groups = self._measure_groups()
        for one, values, folders in self._leaves:
            left = [
                *self._level_cells(values, folders),
                *(self._cell(one, column) for column in self._columns.attributes),
            ]
            day = self._record_day(values, dated_by)
            if self._settlement:
                yield from (
                    (one.row.line, (*left, *cells))
                    for cells in self._settlement.records(one.values, day=day, period_end=self._period_day())
                )
                continue
            for across, numbers in groups:
                amounts = [self._amount(one, number) for number in numbers]
                if self._is_across and not any(amounts):
                    continue
                extra = [self._day_text(across) if self._columns.across_dates else across] if self._is_across else []
                extra += [day] if dated_by in ("document", "period") else []
                yield one.row.line, (*left, *extra, *amounts)

    def _amount(self, one: DataRow, number: int) -> str:
        if number < 0:
            return ""
        value = one.values[number]
        # What is no number in a column of numbers («>20») is shown to the person as it is.
        return amount_text(value) if value is not None else self._cell(one, self._columns.measures[number].column)

    def _measure_groups(self) -> list[tuple[str, list[int]]]:
        """Return (text across, number of each measure); -1 where this text has no such measure."""
        measures = self._columns.measures
        if not self._is_across:
            return [("", list(range(len(measures))))]
        names = self._measure_headers()
        places: dict[tuple[str, str], int] = {
            (one.across, one.name): at for at, one in enumerate(measures) if one.across
        }
        across = dict.fromkeys(one.across for one in measures if one.across)
        return [(text, [places.get((text, name), -1) for name in names]) for text in across]

    def _record_day(self, values: Sequence[str], dated_by: str) -> str:
        if dated_by == "document":
            day = next(iter(self._document_days(values)), None)
            return self._day_text(day) if day else self._period_day()
        if dated_by == "row":
            return next(
                (self._day_text(value) for value, level in zip(values, self._described, strict=True) if level.is_date),
                "",
            )
        return self._period_day() if dated_by == "period" else ""

    def _document_days(self, values: Sequence[str]) -> Iterator[str]:
        """The days named by documents, the deepest first; a contract has a day, too, but nothing happened on it."""
        for level, text in zip(reversed(self._described), reversed(values), strict=True):
            day = None if is_contract(level.name) else day_in_document(text)
            if day:
                yield day

    def _period_day(self) -> str:
        period = self._head.period
        if period is None:
            return ""
        return (min(period.last_on, self._today) if period.first_on <= self._today else period.last_on).isoformat()

    def _view(self, check: Check, *, how: str, dated_by: str, rows: Sequence[ReportRow]) -> ReportView:
        head, columns = self._head, self._columns
        shown: list[LevelView] = []
        for at, level in enumerate(self._described):
            if at == self._folders_of and self._has_folders:
                shown.append(
                    _level_view(folder_header(level.name), [" / ".join(folders) for _, _, folders in self._leaves])
                )
            shown.append(_level_view(", ".join(level.fields), [values[at] for _, values, _ in self._leaves]))
        across = tuple(dict.fromkeys(one.across for one in columns.measures if one.across))
        return ReportView(
            title=head.title, period_text=head.period_text,
            first_on=head.period.first_on if head.period else None,
            last_on=head.period.last_on if head.period else None,
            filters=head.filters, lines=head.lines,
            header_rows=(rows[self._place.top].line, rows[self._place.bottom].line), levels=tuple(shown), levels_by=how,
            measures=columns.names, across=self._across_header() if across else "", across_values=across,
            dated_by=dated_by,
            leaves=len(self._leaves), sums_checked=check.groups, differences=check.differences,
            difference_count=check.difference_count, totals=check.totals, doubts=tuple(self._doubts(check, dated_by)),
        )  # fmt: skip

    def _doubts(self, check: Check, dated_by: str) -> Iterator[Message]:
        period = self._head.period
        for line in self._head.filters:
            yield Message(
                N_("The report was saved with a filter (“%(line)s”): a client missing from it may still have bought."),
                {"line": line[:200]},
            )
        if dated_by == "period" and period and (period.last_on - period.first_on).days > 31 and not self._settlement:
            yield Message(
                # One sentence: a translator needs it whole.
                N_("There are no days in the report: everything is dated %(day)s, the end of its period. Save it by months or by documents to see the rhythm."),  # noqa: E501
                {"day": f"{date.fromisoformat(self._period_day()):%d.%m.%Y}"},
            )  # fmt: skip
        if check.groups and not any(total.stated is not None for total in check.totals):
            yield Message(N_("The report has no row “Итого”: whether it is whole cannot be checked to the end."), {})
        twice = self._same_in_two_levels()
        if twice:
            yield Message(
                N_("“%(name)s” stands on two levels, as a group and inside it: only the inner rows are counted."),
                {"name": twice},
            )

    def _same_in_two_levels(self) -> str:
        clients = [at for at, level in enumerate(self._described) if is_client(level.name)]
        for _, values, folders in self._leaves:
            path = (*folders, *values)
            twice = next((values[at] for at in clients if values[at] and path.count(values[at]) > 1), "")
            if twice:
                return twice
        return ""


def _level_view(name: str, values: Sequence[str]) -> LevelView:
    filled = [value for value in values if value]
    return LevelView(name, len(set(filled)), filled[0] if filled else "")


def _unique(names: Sequence[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        again, one = 2, name
        while one in found:
            one, again = f"{name} ({again})", again + 1
        found.append(one)
    return found
