"""Refused rows as a parquet file: where, what, why, and what to do; messages stay gettext ids with parameters."""

import json
from pathlib import Path

import pyarrow as pa

from clientarium.core.ground import N_
from clientarium.core.intake.blocks import Block, RefusedCell
from clientarium.core.intake.gathering import FactFile
from clientarium.core.intake.readers import Misfit
from clientarium.core.intake.values import Problem

SCHEMA = pa.schema(
    [
        pa.field("file", pa.string()),
        pa.field("sheet", pa.string()),
        pa.field("line", pa.int64()),
        pa.field("column", pa.string()),
        pa.field("value", pa.string()),
        pa.field("reason", pa.string()),
        pa.field("params", pa.string()),
        pa.field("cure", pa.string()),
        pa.field("more", pa.string()),
        pa.field("raw", pa.string()),
    ]
)
_TOO_FEW = N_("The row has %(found)s fields, the table has %(expected)s")
_MISFIT_CURE = N_("Look for a delimiter inside a text without quotation marks, or a row that breaks off.")


class RefusedFile:
    """One record per refused row: its first problem in columns, further ones as JSON in `more`, the row in `raw`."""

    def __init__(self, path: Path, *, file: str, sheet: str | None) -> None:
        self._file = FactFile(path)
        self._name = file
        self._sheet = sheet

    @property
    def path(self) -> Path | None:
        return self._file.path if self._file.rows else None

    def add_block(self, block: Block) -> None:
        self._add([self._record(block, row, cells) for row, cells in sorted(block.refused.items())])

    def add_misfits(self, misfits: tuple[Misfit, ...], *, width: int) -> None:
        records = []
        for misfit in misfits:
            problem = Problem(_TOO_FEW, _MISFIT_CURE, {"found": str(misfit.found), "expected": str(width)})
            cell = RefusedCell("", misfit.text, problem)
            records.append(self._described(misfit.line, [cell], json.dumps({"": misfit.text}, ensure_ascii=False)))
        self._add(records)

    def close(self) -> None:
        self._file.close()

    def _add(self, records: list[dict[str, object]]) -> None:
        self._file.add(pa.Table.from_pylist(records, schema=SCHEMA))

    def _record(self, block: Block, row: int, cells: list[RefusedCell]) -> dict[str, object]:
        return self._described(block.lines[row].as_py(), cells, block.raw(row))

    def _described(self, line: int, cells: list[RefusedCell], raw: str) -> dict[str, object]:
        first, *more = cells
        return {
            "file": self._name,
            "sheet": self._sheet,
            "line": line,
            "column": first.header,
            "value": first.value,
            "reason": first.problem.reason,
            "params": json.dumps(dict(first.problem.params), ensure_ascii=False),
            "cure": first.problem.cure,
            "more": json.dumps([_as_json(cell) for cell in more], ensure_ascii=False),
            "raw": raw,
        }


def _as_json(cell: RefusedCell) -> dict[str, object]:
    problem = cell.problem
    return {
        "column": cell.header,
        "value": cell.value,
        "reason": problem.reason,
        "params": dict(problem.params),
        "cure": problem.cure,
    }
