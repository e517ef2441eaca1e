"""One row of the file is one fact."""

from collections.abc import Iterator

from clientarium.core.intake.blocks import Block
from clientarium.core.intake.readers import Grid
from clientarium.core.intake.shapes.reading import Reading


def blocks_of_lines(grid: Grid, reading: Reading) -> Iterator[Block]:
    yield Block(
        lines=grid.lines,
        columns=dict(zip(reading.headers, grid.columns, strict=True)),
        meanings={header: reading.layout.meaning_of(header) for header in reading.headers},
        decimal_mark=reading.layout.decimal_mark,
        dates=reading.dates,
        delimiter=reading.delimiter,
    )
