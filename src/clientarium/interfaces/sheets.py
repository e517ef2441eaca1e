"""Rows for spreadsheets: no text of a client's ever becomes a formula or a link (CHECKS.md 16)."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

# What a spreadsheet may take for the beginning of a formula; full-width twins are folded to these first.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
NEUTRALISER = "'"  # a spreadsheet shows the rest as text; our own import takes it off again
BLANKS = " \u00a0\ufeff\u200b\u2060\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c"
SHEET_ROWS = 1_048_576  # as many as a sheet of Excel has, the heads among them
PLAIN_TEXT = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def neutral(value: Any) -> Any:
    """Text that a spreadsheet could run gets an apostrophe in front; numbers, dates and all other text stay."""
    if not isinstance(value, str):
        return value
    bare = unicodedata.normalize("NFKC", value).lstrip(BLANKS)
    return NEUTRALISER + value if bare.startswith(FORMULA_STARTS) and not _is_number(value) else value


def csv_cell(value: Any) -> Any:
    """A value as CSV holds it: ISO dates, nothing for null, neutral text."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return "" if value is None else neutral(value)


def write_workbook(path: Path, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write `rows` under `heads` in constant memory; texts as texts. A full sheet is followed by another."""
    with xlsxwriter.Workbook(path, PLAIN_TEXT) as book:
        dates = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet, line = _new_sheet(book, heads), 0
        for row in rows:
            if line == SHEET_ROWS - 1:  # xlsxwriter would silently leave out what does not fit
                sheet, line = _new_sheet(book, heads), 0
            line += 1
            for column, value in enumerate(row):
                _write_cell(sheet, line, column, value, dates=dates)


def _new_sheet(book: Any, heads: Sequence[str]) -> Any:
    number = len(book.worksheets()) + 1
    sheet = book.add_worksheet("clients" if number == 1 else f"clients {number}")
    sheet.freeze_panes(1, 0)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head)
    return sheet


def _write_cell(sheet: Any, row: int, column: int, value: Any, *, dates: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, (int, float, Decimal)):
        sheet.write_number(row, column, value)
    elif isinstance(value, (date, datetime)):
        sheet.write_datetime(row, column, value, dates)
    else:
        sheet.write_string(row, column, neutral(str(value)))


def _is_number(text: str) -> bool:
    """-12,5 is a figure; +79120001122 is a phone and stays text, so an explicit plus is never a figure."""
    try:
        float(text.strip().replace(",", ".").replace("\u00a0", ""))
    except ValueError:
        return False
    return not text.strip().startswith("+")
