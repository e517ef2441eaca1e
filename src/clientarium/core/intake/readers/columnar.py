"""Parquet: columns keep their types; the schema's names are line 1 and the first row is line 2."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from clientarium.core.ground import N_, Message, UserError
from clientarium.core.intake.readers.grid import Grid, HeadRow, TableInfo
from clientarium.core.intake.readers.workbook import cell_text

_BATCH_ROWS = 100_000


class ParquetSource:
    format = "parquet"
    encoding: str | None = None
    delimiter: str | None = None

    def __init__(self, path: Path, *, name: str) -> None:
        self.doubts: list[Message] = []
        self._name = name
        try:
            self._file = pq.ParquetFile(path)
        except (pa.ArrowInvalid, OSError) as error:
            raise UserError(
                N_("The file is damaged or was not written to its end."),
                cure=N_("Save it again and send the new file."),
            ) from error

    def tables(self) -> tuple[TableInfo, ...]:
        return (TableInfo(self._name, self._file.metadata.num_rows),)

    def head(self, _table: str, /, *, rows: int) -> list[HeadRow]:
        names = HeadRow(1, tuple(self._file.schema_arrow.names))
        batch = next(self._file.iter_batches(batch_size=rows), None)
        found = [] if batch is None else batch.to_pylist()
        cells = (tuple("" if cell is None else cell_text(cell) for cell in row.values()) for row in found)
        return [names, *(HeadRow(line, row) for line, row in enumerate(islice(cells, rows - 1), start=2))]

    def grids(self, _table: str, /, *, after_line: int, width: int) -> Iterator[Grid]:
        """Give the rows from the second on: `after_line` is always the line of the names."""
        line = after_line + 1
        for batch in self._file.iter_batches(batch_size=_BATCH_ROWS):
            yield Grid(pa.arange(line, line + batch.num_rows), batch.columns[:width])
            line += batch.num_rows
