"""The fact tables: what they hold, and what an import must stage for them."""

import re

import pyarrow as pa
import pytest

from clientarium.core.facts import (
    FACT_TABLES,
    PAYMENTS,
    SALES,
    SELLERS,
    Column,
    ColumnType,
    FactTable,
    arrow_schema,
    staged_schema,
)


def test_ledger_has_five_tables():
    assert list(FACT_TABLES) == ["sales", "touches", "payments", "products", "sellers"]


def test_sales_schema_is_what_other_engines_read():
    money = pa.decimal128(18, 4)
    required = {"import_id", "source", "line_no", "sold_on", "client_id", "revenue", "currency", "is_return"}
    types = {
        "import_id": pa.string(),
        "source": pa.string(),
        "doc_id": pa.string(),
        "line_no": pa.int64(),
        "sold_on": pa.date32(),
        "client_id": pa.int64(),
        "product": pa.string(),
        "quantity": money,
        "revenue": money,
        "cost": money,
        "discount": money,
        "currency": pa.string(),
        "seller": pa.string(),
        "channel": pa.string(),
        "is_return": pa.bool_(),
    }
    assert arrow_schema(SALES) == pa.schema([pa.field(n, t, nullable=n not in required) for n, t in types.items()])


def test_staged_schema_names_the_client_by_his_key():
    assert staged_schema(PAYMENTS).names == [
        "doc_id", "due_on", "paid_on", "client_key", "amount", "currency", "row_no",
    ]  # fmt: skip
    assert staged_schema(SELLERS).names == ["seller", "department", "started_on", "left_on", "row_no"]


def test_no_table_can_hold_a_name_of_a_person():
    personal = re.compile("phone|email|first_name|last_name|client_name|address")
    assert [c.name for table in FACT_TABLES.values() for c in table.columns if personal.search(c.name)] == []


def test_every_column_is_titled_in_both_languages_and_explained():
    for table in FACT_TABLES.values():
        for column in table.columns:
            assert re.search("[а-яё]", column.title_ru.lower()), (table.name, column.name)
            assert column.title_en.isascii()
            assert column.doc.endswith("."), (table.name, column.name)
    assert SALES.amounts == ("quantity", "revenue", "cost", "discount")
    assert SALES.column("cost").title_ru == "Себестоимость"
    with pytest.raises(KeyError, match=r"sales\.price"):
        SALES.column("price")


def test_table_with_a_key_it_lacks_is_refused():
    column = Column("a", ColumnType.TEXT, True, "А", "A", "A.")
    with pytest.raises(AssertionError):
        FactTable("t", "Т", "T", (column,), key="b", dated_by="")
    with pytest.raises(AssertionError):
        FactTable("t", "Т", "T", (column, column), key="a", dated_by="")
