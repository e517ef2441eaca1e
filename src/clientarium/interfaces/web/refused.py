"""Refused rows of an import, read from where the import keeps them."""

import json
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as parquet

from clientarium.core.ground import Message
from clientarium.core.pipeline import write_refused_rows
from clientarium.decisions.runs import Import, refused_file


@dataclass(frozen=True)
class RefusedRow:
    """Where, what, why, and the cure."""

    line: int
    column: str
    value: str
    reason: Message
    cure: Message


def refused_sample(import_: Import, *, most: int) -> list[RefusedRow]:
    """The first refused rows; none while the import has not kept any."""
    path = refused_file(import_.import_id)
    if not import_.refused or not path.is_file():
        return []
    rows = next(parquet.ParquetFile(path).iter_batches(batch_size=most), None)
    return [_row(row) for row in rows.to_pylist()] if rows is not None else []


def refused_workbook_of(import_: Import, *, path: Path, language: str) -> None:
    """Write the workbook of all refused rows to `path`."""
    headers = [column["header"] for column in import_.layout["columns"]]
    write_refused_rows(refused_file(import_.import_id), path, headers=headers, language=language)


def _row(row: dict[str, str]) -> RefusedRow:
    params = json.loads(row["params"] or "{}")
    return RefusedRow(
        int(row["line"]), row["column"], row["value"], Message(row["reason"], params), Message(row["cure"], params)
    )
