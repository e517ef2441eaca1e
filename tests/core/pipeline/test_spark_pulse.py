"""A whole pulse on Spark: the snapshot says what DuckDB's says, money to the last digit, doubles to twelve."""

import shutil
from datetime import date
from decimal import Decimal

import pytest

from tests.core.firm import firm_in, monthly

pytest.importorskip("pyspark", reason="SKIPPED LOUDLY: the extra [spark] is not installed")
pytestmark = [
    pytest.mark.spark,
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("java") is None, reason="SKIPPED LOUDLY: Spark needs Java, which is not here"),
]

AS_OF = "2025-12-31"


@pytest.fixture
def firm(tmp_path):
    """Two even years, one client lost, returns, an unknown cost, work and late payments; Rowan never bought."""
    firm = firm_in(tmp_path)
    firm.sell(
        *monthly("birch", "2024-01-10", 24, 1_000_000, 900_000),
        *monthly("cedar", "2024-01-12", 24, 200_000, 100_000),
        *monthly("oak", "2024-01-14", 24, 5_000, 4_000),
        *monthly("maple", "2024-01-16", 10, 50_000, 25_000),
        ("oak", "2025-11-03", 700, None, {"product": "nail", "discount": Decimal("12.34")}),
        ("cedar", "2025-12-01", -333, -111, {"product": "rope", "is_return": True}),
    )
    firm.load(
        "touches",
        [
            {"client_key": "birch", "touched_on": date(2025, 12, 1), "kind": "call", "minutes": Decimal("12.5")},
            {"client_key": "oak", "touched_on": date(2025, 10, 2), "kind": "meeting", "department": "support"},
        ],
    )
    firm.load(
        "payments",
        [
            {"client_key": "birch", "due_on": date(2025, 11, 1), "paid_on": date(2025, 11, 21), "amount": Decimal(300)},
            {"client_key": "cedar", "due_on": date(2025, 12, 1), "paid_on": None, "amount": Decimal("55.55")},
        ],
    )
    return firm


def rows_of(firm):
    table = firm.snapshots.read(date.fromisoformat(AS_OF))
    return table.schema, table.sort_by("client_id").to_pylist()


def test_whole_pulse_on_spark_says_what_duckdb_says(firm):
    on_duckdb = firm.pulse(AS_OF)
    schema, expected = rows_of(firm)
    on_spark = firm.pulse(AS_OF, engine="spark")
    spark_schema, found = rows_of(firm)
    assert (on_spark.engine, on_spark.rows, on_spark.standing_hash) == ("spark", 5, on_duckdb.standing_hash)
    assert {field.name: str(field.type) for field in spark_schema} == {field.name: str(field.type) for field in schema}
    assert found == [{name: to_twelve_digits(value) for name, value in row.items()} for row in expected]


def to_twelve_digits(value):
    return pytest.approx(value, rel=1e-12, abs=1e-12) if isinstance(value, float) else value
