"""MXL, the spreadsheet document of 1C 8: a tree in braces; rows of cells with formatted text.

Row groups, indents and merges of this format are not documented and not read; levels are found by arithmetic.
"""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from clientarium.core.ground import N_, Message, UserError
from clientarium.core.intake.readers.grid import Grid, HeadRow, TableInfo
from clientarium.core.intake.readers.outline import Merge, ReportRow

MAGIC = b"MOXCEL\0"
_HEADER_BYTES = 13
_TOKEN = re.compile(r'"((?:[^"]|"")*)"|([{}])|([^\s,{}"]+)')
_BATCH_ROWS = 20_000


class MxlSource:
    """One sheet; lines are its row numbers."""

    format = "mxl"
    encoding: str | None = None
    delimiter: str | None = None

    def __init__(self, path: Path, *, name: str) -> None:
        self.doubts: list[Message] = []
        self._name = name
        self._rows = _rows_of(path)

    def tables(self) -> tuple[TableInfo, ...]:
        return (TableInfo(self._name, len(self._rows)),)

    def head(self, _table: str, /, *, rows: int) -> list[HeadRow]:
        return [HeadRow(line, cells) for line, cells in enumerate(self._rows[:rows], start=1)]

    def grids(self, _table: str, /, *, after_line: int, width: int) -> Iterator[Grid]:
        rows = islice(self._rows, after_line, None)
        line = after_line + 1
        while batch := list(islice(rows, _BATCH_ROWS)):
            columns = [
                pa.array([cells[index] if index < len(cells) else "" for cells in batch], pa.string())
                for index in range(width)
            ]
            yield Grid(pa.arange(line, line + len(batch)), columns)
            line += len(batch)

    def may_be_report(self, _table: str, /) -> bool:
        return True

    def row_count(self, _table: str, /) -> int:
        return len(self._rows)

    def report_rows(self, _table: str, /) -> Iterator[ReportRow]:
        for line, cells in enumerate(self._rows, start=1):
            yield ReportRow(line, cells)

    def merges(self, _table: str, /) -> list[Merge]:
        return []


def _rows_of(path: Path) -> list[tuple[str, ...]]:
    data = path.read_bytes()
    body = data[_HEADER_BYTES:]
    try:
        tree = _tree(body.decode("utf-8-sig"))
        found = _sparse_rows(tree)
    except (UnicodeDecodeError, ValueError, IndexError) as error:
        raise UserError(
            N_("This spreadsheet document of 1C (MXL) cannot be read: it is cut off or of another version."),
            cure=N_("In 1C choose “Save as” and the type XLSX."),
        ) from error
    rows = [()] * (max(found, default=-1) + 1)  # type: list[tuple[str, ...]]
    for number, cells in found.items():
        width = max(cells, default=-1) + 1
        rows[number] = tuple(cells.get(column, "") for column in range(width))
    return rows


def _tree(text: str) -> list[Any]:
    """Return the outermost braces as nested lists; strings are tuples of one, so that "1" is no number."""
    root: list[Any] = []
    stack = [root]
    for found in _TOKEN.finditer(text):
        if found[2] == "{":
            child: list[Any] = []
            stack[-1].append(child)
            stack.append(child)
        elif found[2] == "}":
            stack.pop()
        elif found[3] is not None:
            stack[-1].append(found[3])
        else:
            stack[-1].append((found[1].replace('""', '"'),))
    if len(stack) != 1 or not root:
        raise ValueError("braces do not pair up")
    tree: list[Any] = root[0]
    return tree


def _sparse_rows(tree: list[Any]) -> dict[int, dict[int, str]]:
    """The rows follow their count, somewhere after the language: the first place where they read to the end."""
    for at in range(3, len(tree)):
        if isinstance(tree[at], str) and tree[at].isdecimal() and int(tree[at]) > 0:
            found = _rows_from(tree, at + 1, count=int(tree[at]))
            if found is not None:
                return found
    raise ValueError("no rows")


def _rows_from(tree: list[Any], at: int, *, count: int) -> dict[int, dict[int, str]] | None:
    rows: dict[int, dict[int, str]] = {}
    last = -1
    for _ in range(count):
        head = tree[at : at + 3]
        if len(head) < 3 or not all(isinstance(one, str) and one.isdecimal() for one in head) or int(head[0]) <= last:
            return None
        last, cells = int(head[0]), int(head[2])
        at += 3
        row: dict[int, str] = {}
        for _ in range(cells):
            if at + 1 >= len(tree) or not isinstance(tree[at], str) or not isinstance(tree[at + 1], list):
                return None
            row[int(tree[at])] = _cell_text(tree[at + 1])
            at += 2
        rows[last] = row
    return rows if any(any(row.values()) for row in rows.values()) else None


def _cell_text(cell: list[Any]) -> str:
    """The first presentation of {16, format, {1, n, {language, text}, …}, …}."""
    for part in cell:
        if isinstance(part, list):
            for shown in part:
                if isinstance(shown, list) and len(shown) > 1 and isinstance(shown[1], tuple):
                    return str(shown[1][0])
    return ""
