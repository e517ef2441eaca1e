"""Rows to a file or to standard output: CSV, JSON, Parquet, XLSX; no text becomes a formula (CHECKS.md 16)."""

import csv
import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from clientarium.core.ground import N_, UserError

from .printing import plain, print_table

# What a spreadsheet may take for the beginning of a formula; full-width twins are folded to these first.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
NEUTRALISER = "'"  # a spreadsheet shows the rest as text; our own import takes it off again


class Format(StrEnum):
    """How a list leaves the program."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"
    XLSX = "xlsx"


def neutral(value: Any) -> Any:
    """Text that a spreadsheet could run gets an apostrophe in front; numbers, dates and all other text stay."""
    if not isinstance(value, str):
        return value
    bare = unicodedata.normalize("NFKC", value).lstrip(
        " \u00a0\ufeff\u200b\u2060\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c"
    )
    return NEUTRALISER + value if bare.startswith(FORMULA_STARTS) and not _is_number(value) else value


def _is_number(text: str) -> bool:
    """-12,5 is a figure; +79120001122 is a phone and stays text, so an explicit plus is never a figure."""
    try:
        float(text.strip().replace(",", ".").replace("\u00a0", ""))
    except ValueError:
        return False
    return not text.strip().startswith("+")


def write_rows(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], *, form: Format, target: Path | None, titles: Sequence[str]
) -> None:
    """Write `rows` under `columns` to `target` or standard output; `titles` head the table for people."""
    if form in (Format.PARQUET, Format.XLSX) and target is None:
        raise UserError(N_("A %(form)s file cannot be printed."), cure=N_("Add --out FILE."), form=form.value)
    if form is Format.TABLE:
        _write_table(titles, rows, target=target)
    elif form is Format.CSV:
        with _opened(target) as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows([_csv_cell(value) for value in row] for row in rows)
    elif form is Format.JSON:
        with _opened(target) as file:
            _write_json(file, columns, rows)
    elif target is not None:
        _write_binary(columns, rows, form=form, target=target)


def _write_table(titles: Sequence[str], rows: Iterable[Sequence[Any]], *, target: Path | None) -> None:
    if target is not None:
        raise UserError(N_("A table is for the screen."), cure=N_("Choose --format csv, json, parquet or xlsx."))
    held = [list(row) for row in rows]
    figures = {n for row in held for n, value in enumerate(row) if isinstance(value, (int, float, Decimal))}
    print_table(titles, held, right=figures)


def _write_json(file: IO[str], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """An array with one object a line: a program reads it whole, a person can grep it."""
    file.write("[")
    for number, row in enumerate(rows):
        record = {name: plain(value) for name, value in zip(columns, row, strict=True)}
        file.write((",\n" if number else "\n") + json.dumps(record, ensure_ascii=False, allow_nan=False))
    file.write("\n]\n")


def _write_binary(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, form: Format, target: Path) -> None:
    partial = target.with_name(target.name + ".part")
    if form is Format.XLSX:
        _write_workbook(partial, columns, rows)
    else:
        held = list(rows)
        arrays = {name: pa.array([row[n] for row in held]) for n, name in enumerate(columns)}
        pq.write_table(pa.table(arrays), partial)
    partial.replace(target)


def _write_workbook(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Constant memory; every text is written as text, so that the file holds no formula and no link."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, dates = book.add_worksheet("clients"), book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(columns):
            sheet.write_string(0, column, name)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write_cell(sheet, number, column, value, dates=dates)


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


def _csv_cell(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return "" if value is None else neutral(value)


@contextmanager
def _opened(target: Path | None) -> Iterator[IO[str]]:
    """Standard output, or a file that appears whole or not at all."""
    if target is None:
        yield sys.stdout
        return
    partial = target.with_name(target.name + ".part")
    with partial.open("w", encoding="utf-8", newline="") as file:
        yield file
    partial.replace(target)
