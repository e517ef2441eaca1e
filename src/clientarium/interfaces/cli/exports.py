"""Rows to a file or to standard output: CSV, JSON, Parquet, XLSX; no text becomes a formula (CHECKS.md 16)."""

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from clientarium.core.ground import N_, UserError
from clientarium.interfaces.sheets import csv_cell, write_workbook

from .printing import plain, print_table

ROWS_PER_GROUP = 5_000  # a row group of Parquet, held in memory while it is made


class Format(StrEnum):
    """How a list leaves the program."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"
    XLSX = "xlsx"


def write_rows(
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    form: Format,
    target: Path | None,
    titles: Sequence[str],
    schema: pa.Schema | None = None,
) -> None:
    """Write `rows` under `columns` to `target` or standard output, in constant memory but for a table on the screen.

    `titles` head the table for people; `schema` is what Parquet needs.
    """
    if form in (Format.PARQUET, Format.XLSX) and target is None:
        raise UserError(N_("A %(form)s file cannot be printed."), cure=N_("Add --out FILE."), form=form.value)
    if form is Format.TABLE:
        _write_table(titles, rows, target=target)
    elif form is Format.CSV:
        with _opened(target) as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows([csv_cell(value) for value in row] for row in rows)
    elif form is Format.JSON:
        with _opened(target) as file:
            _write_json(file, columns, rows)
    elif target is not None:
        with _whole(target) as partial:
            if form is Format.XLSX:
                write_workbook(partial, columns, rows)
            else:
                assert schema is not None, "Parquet has types"
                _write_parquet(partial, rows, schema=schema)


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


def _write_parquet(target: Path, rows: Iterable[Sequence[Any]], *, schema: pa.Schema) -> None:
    waiting = iter(rows)
    with pq.ParquetWriter(target, schema) as writer:
        while part := list(islice(waiting, ROWS_PER_GROUP)):
            columns = zip(*part, strict=True)
            arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
            writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=schema))


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """Where to write, so that `target` appears whole or not at all."""
    partial = target.with_name(target.name + ".part")
    yield partial
    partial.replace(target)


@contextmanager
def _opened(target: Path | None) -> Iterator[IO[str]]:
    """Standard output, or a file that appears whole or not at all."""
    if target is None:
        yield sys.stdout
        return
    with _whole(target) as partial, partial.open("w", encoding="utf-8", newline="") as file:
        yield file
