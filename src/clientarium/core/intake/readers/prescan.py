"""A look into a workbook before a reader sees it: a legal 1.4 KB sheet with cells A1 and XFD1048576 aborts calamine."""

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from clientarium.core.ground import N_, Message, UserError
from clientarium.core.intake.limits import Limits
from clientarium.core.intake.readers.archive import check_directory

_CHUNK = 1 << 20
# The longest token looked for fits into this many bytes, so a token cut between two chunks is found in the next.
_OVERLAP = 64
_CELL = re.compile(rb'<(?:\w+:)?c [^>]{0,40}?r="([A-Z]{1,3})(\d{1,7})"|<(?:\w+:)?row [^>]{0,40}?r="()(\d{1,7})"')
_LEVEL = re.compile(rb'<(?:\w+:)?row [^>]{0,200}?outlineLevel="([1-7])"')
_GROUPED_SHARE = 0.1
_UNCOUNTED = re.compile(rb"</f></c>|</f><v></v>|</f><v ?/>|<f[^>]{0,20}/></c>")
_REPEATED = re.compile(rb'number-(rows|columns)-repeated="(\d{1,10})"')
_CELLS_OF_EXCEL = 16_384 * 1_048_576


@dataclass
class _Extent:
    """How large a rectangle the cells of a sheet ask for, and how many of them there are."""

    rows: int = 0
    columns: int = 0
    cells: int = 0
    uncounted_formulas: int = 0
    levels: Counter[int] = field(default_factory=Counter)

    @property
    def is_grouped(self) -> bool:
        """True for a sheet with rows in groups: a report whose group rows repeat the sums of the others."""
        return self.levels.total() >= _GROUPED_SHARE * self.rows


def prescan_workbook(path: Path, *, kind: str, limits: Limits) -> tuple[list[Message], bool]:
    """Return (doubts, whether rows stand in groups) of an xlsx or ods; UserError for one no reader should be given."""
    try:
        with zipfile.ZipFile(path) as archive:
            check_directory(archive.infolist(), limits=limits, unpacked_bytes=limits.workbook_unpacked_bytes)
            if kind == "ods":
                _refuse_repeats(archive, limits=limits)
                return [], False
            extents = [_extent(archive, name) for name in archive.namelist() if _is_sheet(name)]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UserError(
            N_("The file is damaged or was not written to its end."), cure=N_("Save it again and send the new file.")
        ) from error
    for extent in extents:
        _refuse_sparse(extent, limits=limits)
    formulas = sum(extent.uncounted_formulas for extent in extents)
    doubts = [
        Message(
            N_("%(count)s formulas have no computed value and read as empty; open the file in Excel and save it."),
            {"count": formulas},
        )
    ]
    return (doubts if formulas else []), any(extent.is_grouped for extent in extents)


def _is_sheet(name: str) -> bool:
    return name.casefold().startswith("xl/worksheets/") and name.casefold().endswith(".xml")


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    tail = b""
    with archive.open(name) as sheet:
        while chunk := sheet.read(_CHUNK):
            yield tail + chunk
            tail = chunk[-_OVERLAP:]


def _extent(archive: zipfile.ZipFile, name: str) -> _Extent:
    extent = _Extent()
    widest: set[bytes] = set()
    for chunk in _chunks(archive, name):
        extent.uncounted_formulas += len(_UNCOUNTED.findall(chunk))
        extent.levels.update(int(level) for level in _LEVEL.findall(chunk))
        for letters, row, _, row_alone in _CELL.findall(chunk):
            extent.rows = max(extent.rows, int(row or row_alone))
            if letters:
                extent.cells += 1
                widest.add(letters)
    extent.columns = max((_column_number(letters) for letters in widest), default=0)
    return extent


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _refuse_sparse(extent: _Extent, *, limits: Limits) -> None:
    asked = extent.rows * extent.columns
    dense = extent.cells >= asked * limits.dense_share
    if asked > limits.dense_cells or (asked > limits.sparse_cells and not dense):
        raise UserError(
            N_("The sheet stretches over %(rows)s rows and %(columns)s columns; reading it would exhaust memory."),
            cure=N_("Delete the empty rows and columns at its end, or save the sheet as CSV."),
            rows=extent.rows, columns=extent.columns,
        )  # fmt: skip


def _refuse_repeats(archive: zipfile.ZipFile, *, limits: Limits) -> None:
    """An ods packs blank space as `repeated`; a filled cell repeated a million times is a bomb."""
    asked = 0
    for chunk in _chunks(archive, "content.xml"):
        for found in re.finditer(rb"<table:table-cell([^>]{0,400})>(?=<text)", chunk):
            repeats = [int(number) for _, number in _REPEATED.findall(found[1])]
            asked += repeats[0] if repeats else 1
    if asked > limits.dense_cells:
        raise UserError(
            N_("The sheet holds %(cells)s cells; reading it would exhaust memory."),
            cure=N_("Save the sheet as CSV."), cells=min(asked, _CELLS_OF_EXCEL),
        )  # fmt: skip
