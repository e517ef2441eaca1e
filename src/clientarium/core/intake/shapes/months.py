"""One row is a client (or a client and a product), a column is a month: every filled cell is one sale.

A cell is dated by the last day of its month: windows like «12 months up to 31 December» then hold whole months, and
a client who bought in December is not shown as silent since the first of it. The month still running is dated today,
because nothing may be dated in the future. The document is not known.
"""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from clientarium.core.ground import N_
from clientarium.core.intake.blocks import Block
from clientarium.core.intake.meanings import meaning_of_name
from clientarium.core.intake.months import last_day, month_of_header
from clientarium.core.intake.readers import Grid
from clientarium.core.intake.shapes.reading import Reading

EMPTY_MONTH = N_("nothing in this month")


def blocks_of_months(grid: Grid, reading: Reading) -> Iterator[Block]:
    """Give one block per month column; records of such a file are its cells."""
    named = dict(zip(reading.headers, grid.columns, strict=True))
    kept = {header: values for header, values in named.items() if month_of_header(header) is None}
    for header, values in named.items():
        month = month_of_header(header)
        if month is None:
            continue
        day = min(last_day(month), reading.today) if month <= reading.today else last_day(month)
        block = Block(
            lines=grid.lines,
            columns={**kept, header: values},
            meanings={**{one: _text_meaning(one, reading) for one in kept}, header: "revenue"},
            decimal_mark=reading.layout.decimal_mark,
            dates=reading.dates,
            delimiter=reading.delimiter,
            constants={"date": pa.repeat(pa.scalar(day, pa.date32()), len(grid.lines))},
        )
        block.skip(_is_empty(values), EMPTY_MONTH)
        yield block


def _text_meaning(header: str, reading: Reading) -> str:
    """A column of numbers beside the months («Итого») is the sum of them, not one more sale."""
    name = reading.layout.meaning_of(header)
    return "ignore" if meaning_of_name(reading.layout.kind, name).type in ("number", "date", "boolean") else name


def _is_empty(values: pa.Array) -> pa.Array:
    if pa.types.is_binary(values.type):
        values = values.cast(pa.large_binary()).cast(pa.binary())
        return pc.equal(pc.binary_length(values), 0)
    if pa.types.is_string(values.type):
        return pc.equal(pc.utf8_trim_whitespace(values), "")
    return pc.is_null(values)
