"""Schema of each fact table: columns, types, units, keys."""

from .columns import Column, ColumnType, FactTable
from .schemas import arrow_schema, staged_columns, staged_schema
from .tables import FACT_TABLES, PAYMENTS, PRODUCTS, SALES, SELLERS, TOUCH_DIRECTIONS, TOUCH_KINDS, TOUCHES

__all__ = [
    "FACT_TABLES",
    "PAYMENTS",
    "PRODUCTS",
    "SALES",
    "SELLERS",
    "TOUCHES",
    "TOUCH_DIRECTIONS",
    "TOUCH_KINDS",
    "Column",
    "ColumnType",
    "FactTable",
    "arrow_schema",
    "staged_columns",
    "staged_schema",
]
