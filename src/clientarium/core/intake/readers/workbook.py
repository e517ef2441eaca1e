"""XLSX, XLS, ODS through calamine; every cell becomes text that reads back as the same value."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from clientarium.core.ground import N_, Message, UserError
from clientarium.core.intake.readers.grid import Grid, HeadRow, TableInfo
from clientarium.core.intake.readers.ods_outline import ods_outline
from clientarium.core.intake.readers.outline import Merge, Outline, ReportRow
from clientarium.core.intake.readers.xls_outline import xls_outline
from clientarium.core.intake.readers.xlsx_outline import xlsx_outline

_BATCH_ROWS = 20_000
Cell = int | float | str | bool | time | date | datetime | timedelta


class WorkbookSource:
    """A workbook; lines are the sheet's own row numbers."""

    encoding: str | None = None
    delimiter: str | None = None

    def __init__(self, path: Path, *, kind: str, doubts: list[Message], has_groups: bool = False) -> None:
        self.format = kind
        self.doubts = doubts
        self._path = path
        self._has_groups = has_groups
        self._outlines: dict[str, Outline] = {}
        try:
            self._book = CalamineWorkbook.from_path(path)
        except PasswordError as error:
            raise UserError(
                N_("The workbook is protected by a password."), cure=N_("Save it without a password.")
            ) from error
        except CalamineError as error:
            raise UserError(
                N_("The workbook cannot be read: it is damaged."), cure=N_("Open it in Excel and save it again.")
            ) from error

    def tables(self) -> tuple[TableInfo, ...]:
        return tuple(TableInfo(name) for name in self._book.sheet_names)

    def head(self, table: str, /, *, rows: int) -> list[HeadRow]:
        numbered = enumerate(islice(self._rows(table), rows), start=1)
        return [HeadRow(line, tuple(cell_text(cell) for cell in cells)) for line, cells in numbered]

    def grids(self, table: str, /, *, after_line: int, width: int) -> Iterator[Grid]:
        rows = islice(self._rows(table), after_line, None)
        line = after_line + 1
        while batch := list(islice(rows, _BATCH_ROWS)):
            columns = [
                pa.array([cell_text(cells[index]) if index < len(cells) else "" for cells in batch], pa.string())
                for index in range(width)
            ]
            yield Grid(pa.arange(line, line + len(batch)), columns)
            line += len(batch)

    def may_be_report(self, table: str, /) -> bool:
        """True when rows of the workbook stand in groups; an old or an open one has to be looked into for that."""
        if self.format == "xlsx":
            return self._has_groups
        outline = self._outline(table)
        return any(outline.levels) or any(outline.indents)

    def row_count(self, table: str, /) -> int:
        return self._sheet(table).height

    def report_rows(self, table: str, /) -> Iterator[ReportRow]:
        """Give all rows with their levels; a code kept as a number gets the zeros its format shows."""
        outline = self._outline(table)
        for line, cells in enumerate(self._rows(table), start=1):
            texts = [cell_text(cell) for cell in cells]
            if outline.codes:
                texts = [
                    text.zfill(outline.codes[line, column])
                    if (line, column) in outline.codes and text.isdecimal()
                    else text
                    for column, text in enumerate(texts)
                ]
            yield ReportRow(line, tuple(texts), outline.level(line), outline.indent(line))

    def merges(self, table: str, /) -> list[Merge]:
        return self._outline(table).merges

    def _outline(self, table: str) -> Outline:
        if table not in self._outlines:
            read = {"xlsx": xlsx_outline, "ods": ods_outline, "xls": xls_outline}[self.format]
            self._outlines[table] = read(self._path, sheet=table)
        return self._outlines[table]

    def _rows(self, table: str) -> Iterator[list[Cell]]:
        """Rows from the sheet's first."""
        sheet = self._sheet(table)
        if sheet.start is None:
            return
        # calamine gives the empty rows above the first filled cell, but not the empty columns before it.
        before: list[Cell] = [""] * sheet.start[1]
        for row in sheet.iter_rows():
            yield before + row

    def _sheet(self, table: str) -> CalamineSheet:
        try:
            return self._book.get_sheet_by_name(table)
        except CalamineError as error:
            raise UserError(
                N_("The sheet “%(sheet)s” cannot be read."), cure=N_("Save the sheet as CSV."), sheet=table
            ) from error


def cell_text(cell: Cell) -> str:
    """Return a cell as text: dates in ISO, numbers with a point, a whole float without one."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _float_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    return cell if isinstance(cell, str) else cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _float_text(number: float) -> str:
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    text = repr(number)
    # 1.234 with a comma for the decimal mark would be read as 1234; a fourth decimal leaves one reading only.
    return text + "0" if len(text.partition(".")[2]) == 3 else text
