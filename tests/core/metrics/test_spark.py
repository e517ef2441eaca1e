"""The same catalogue on Spark: the composed queries are rendered by the ledger and must say what DuckDB says."""

import shutil
from datetime import date
from decimal import Decimal

import pytest

from clientarium.core.ledger import Ledger
from clientarium.core.metrics import compute
from tests.spec.examples import packaged_catalogue
from tests.spec.tables import FACT_TABLES_BY_NAME, NORMS, Facts, MemoryEngine, clients_table

SALES = """
    client | sold_on    | source | doc | product | revenue | cost | discount
    birch  | 2025-12-31 | 1c     | 1   | nail    | 100.50  | 60   | 5
    birch  | 2026-01-15 | 1c     | 2   | rope    | 250     |      |
    birch  | 2026-02-28 | site   | 2   | nail    | 90      | 30   |
    birch  | 2026-03-31 | 1c     | 3   | tar     | 70      | 40   | 0
    birch  | 2026-03-31 | 1c     | 4   | tar     | -20     | -10  |
    cedar  | 2025-03-31 | 1c     |     | nail    | 500     | 100  |
    cedar  | 2026-03-01 | 1c     |     | nail    | 55      | 60   |
    cedar  | 2026-04-01 | 1c     | 9   | nail    | 999     | 1    |
    maple  | 2026-03-05 | 1c     | 5   |         | -10     |      |
    aspen  | 2024-05-05 | 1c     | 6   | rope    | 300     |      |
"""
TOUCHES = """
    client | touched_on | kind    | department | minutes
    birch  | 2026-03-01 | call    |            | 12.5
    cedar  | 2026-03-02 | meeting | support    |
"""
PAYMENTS = """
    client | due_on     | paid_on    | amount
    birch  | 2026-02-01 | 2026-02-11 | 300
    cedar  | 2026-03-01 |            | 55
"""
PRODUCTS = "product | group\nnail | metal\nrope | hemp"
AS_OF = date(2026, 3, 31)


@pytest.mark.slow
@pytest.mark.spark
def test_spark_says_what_duckdb_says(tmp_path):
    pytest.importorskip("pyspark", reason="Spark is not installed: pip install clientarium[spark]")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not here")
    facts = Facts()
    for table, text in (("sales", SALES), ("touches", TOUCHES), ("payments", PAYMENTS), ("products", PRODUCTS)):
        facts.add(table, text)
    names = ", ".join(["client_id", *packaged_catalogue().metrics])
    query = f"SELECT {names} FROM metrics ORDER BY client_id"
    duck = MemoryEngine(facts)
    compute(duck, packaged_catalogue(), as_of=AS_OF, norms=NORMS, clients=clients_table([9]))
    with Ledger(tmp_path / "ledger").engine("spark") as spark:
        for name, table in FACT_TABLES_BY_NAME.items():
            spark.register(name, facts.table(table))
        compute(spark, packaged_catalogue(), as_of=AS_OF, norms=NORMS, clients=clients_table([9]))
        found = spark.fetch(query).to_pylist()
    assert found == [{name: close(value) for name, value in row.items()} for row in duck.rows(query)]


def close(value):
    if isinstance(value, float):
        return pytest.approx(value, rel=1e-9)
    return pytest.approx(value, abs=Decimal("0.0001")) if isinstance(value, Decimal) else value
