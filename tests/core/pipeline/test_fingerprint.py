"""Equal rows give an equal hash, however they arrive; a changed figure does not."""

from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from clientarium.core.pipeline.fingerprint import fingerprint_of, significant, table_fingerprint

ROWS = [
    {"client_id": 1, "money": Decimal("10.5000"), "share": 1 / 3, "grade": "A", "on": date(2026, 1, 1), "is_ok": True},
    {"client_id": 2, "money": None, "share": None, "grade": None, "on": None, "is_ok": None},
    {"client_id": 3, "money": Decimal("-0.0001"), "share": 1e-9, "grade": "Ё", "on": date(1999, 1, 1), "is_ok": False},
]
SCHEMA = pa.schema(
    [
        ("client_id", pa.int64()),
        ("money", pa.decimal128(18, 4)),
        ("share", pa.float64()),
        ("grade", pa.string()),
        ("on", pa.date32()),
        ("is_ok", pa.bool_()),
    ]
)


def hashed(rows, batch_rows=10):
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    return fingerprint_of(table.to_batches(max_chunksize=batch_rows), SCHEMA)


def changed(number, **values):
    return [row | values if index == number else row for index, row in enumerate(ROWS)]


def test_borders_of_batches_do_not_show():
    assert hashed(ROWS, 1) == hashed(ROWS, 2) == hashed(ROWS, 10)
    assert hashed(ROWS)[1] == 3


def test_doubles_count_to_twelve_digits():
    assert hashed(changed(0, share=1 / 3 + 1e-15)) == hashed(ROWS)
    assert hashed(changed(0, share=1 / 3 + 1e-10)) != hashed(ROWS)


@pytest.mark.parametrize(
    "change",
    [
        {"money": Decimal("10.5001")},
        {"grade": "B"},
        {"grade": None},
        {"on": date(2026, 1, 2)},
        {"is_ok": False},
        {"is_ok": None},
        {"share": 0.0},
        {"client_id": 9},
    ],
)
def test_any_changed_figure_shows(change):
    assert hashed(changed(0, **change)) != hashed(ROWS)


def test_a_value_does_not_slip_into_the_next_row():
    first = pa.table({"text": ["ab", "c"]})
    second = pa.table({"text": ["a", "bc"]})
    assert table_fingerprint(first, sorted_by=["text"]) != table_fingerprint(second, sorted_by=["text"])


def test_order_of_rows_and_width_of_numbers_do_not_count():
    table = pa.table({"client_id": pa.array([1, 2], pa.int64()), "city": ["Tver", None]})
    turned = pa.table({"city": [None, "Tver"], "client_id": pa.array([2, 1], pa.int32())})
    assert table_fingerprint(table, sorted_by=["client_id"]) == table_fingerprint(turned, sorted_by=["client_id"])
    assert table_fingerprint(None, sorted_by=["client_id"]) == ""


def test_significant_digits_of_every_size():
    values = np.array([0.0, -0.0, 123456789.1234567, 1e300, -1.23456789012345e-200, np.inf])
    assert significant(values).tolist() == [
        0.0,
        0.0,
        123456789.123,
        1e300,
        pytest.approx(-1.23456789012e-200, rel=1e-15, abs=0),
        np.inf,
    ]
    assert str(significant(np.array([-0.0]))[0]) == "0.0"
