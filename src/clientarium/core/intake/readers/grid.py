"""What every reader gives: tables of a file, their first rows, and a stream of grids."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from clientarium.core.ground import Message


@dataclass(frozen=True)
class TableInfo:
    """A sheet of a workbook, a file of an archive, or the whole of a plain file; `rows` where it is known."""

    name: str
    rows: int | None = None


@dataclass(frozen=True)
class HeadRow:
    """One of the first rows; `line` is where it ends in the file, counted from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Misfit:
    """A physical record that is no row of the table: too many or too few fields, or bytes of another encoding."""

    line: int
    text: str
    found: int


@dataclass(frozen=True)
class Grid:
    """A batch of rows: a line number each, columns of any Arrow type, and the records that did not fit beside them."""

    lines: pa.Array
    columns: Sequence[pa.Array]
    misfits: Sequence[Misfit] = ()


class Source(Protocol):
    """A file opened by the reader of its format."""

    format: str
    doubts: list[Message]

    @property
    def encoding(self) -> str | None: ...

    @property
    def delimiter(self) -> str | None: ...

    def tables(self) -> tuple[TableInfo, ...]: ...

    def head(self, table: str, /, *, rows: int) -> list[HeadRow]: ...

    def grids(self, table: str, /, *, after_line: int, width: int) -> Iterator[Grid]: ...
