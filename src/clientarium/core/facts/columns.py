"""A fact table as frozen data: its columns, their types and units, what its rows are known by."""

from dataclasses import dataclass
from enum import Enum

import pyarrow as pa


class ColumnType(Enum):
    """Types a fact may have. Amounts are decimal: float sums in parallel differ from run to run."""

    TEXT = "varchar"
    INTEGER = "bigint"
    DATE = "date"
    BOOLEAN = "boolean"
    AMOUNT = "decimal(18,4)"
    MINUTES = "decimal(9,2)"

    @property
    def sql(self) -> str:
        """Name of the type in DuckDB's dialect."""
        return self.value

    @property
    def arrow(self) -> pa.DataType:
        """The Arrow type the column has in files."""
        return _ARROW_TYPES[self]


_ARROW_TYPES = {
    ColumnType.TEXT: pa.string(),
    ColumnType.INTEGER: pa.int64(),
    ColumnType.DATE: pa.date32(),
    ColumnType.BOOLEAN: pa.bool_(),
    ColumnType.AMOUNT: pa.decimal128(18, 4),
    ColumnType.MINUTES: pa.decimal128(9, 2),
}


@dataclass(frozen=True)
class Column:
    """One column; `required` means never null. `doc` says the unit and what null means."""

    name: str
    type: ColumnType
    required: bool
    title_ru: str
    title_en: str
    doc: str


@dataclass(frozen=True)
class FactTable:
    """A table of the ledger.

    `key`: what a row is re-sent by within its source (a document; the thing itself in a dimension); null: never.
    `dated_by`: SQL of the day a row belongs to, "" for a dimension, whose later row simply replaces the earlier one.
    """

    name: str
    title_ru: str
    title_en: str
    columns: tuple[Column, ...]
    key: str
    dated_by: str

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(set(names)) != len(names) or self.key not in names:
            raise AssertionError(f"{self.name}: a column is named twice, or the key {self.key} is not a column")

    @property
    def is_dimension(self) -> bool:
        """True for a table that describes things (goods, sellers) rather than events."""
        return not self.dated_by

    @property
    def has_clients(self) -> bool:
        return any(column.name == "client_id" for column in self.columns)

    @property
    def amounts(self) -> tuple[str, ...]:
        """Names of the numeric columns that may be summed."""
        return tuple(c.name for c in self.columns if c.type in (ColumnType.AMOUNT, ColumnType.MINUTES))

    def column(self, name: str) -> Column:
        """The column called `name`; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")
