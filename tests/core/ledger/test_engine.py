"""The DuckDB engine: what it may touch, how it stops, what its errors say."""

import threading
import time
from decimal import Decimal

import pyarrow as pa
import pytest

from clientarium.core.ledger import Cancelled, EngineError, Ledger, MemoryLimitReached
from tests.core.ledger.staging import load, sale

ENDLESS = "select sum(a.x * b.x) as s from range(3000000) a(x), range(3000000) b(x)"


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path / "ledger")


def test_relations_are_registered_kept_and_read(ledger):
    with ledger.engine() as engine:
        engine.register("cities", pa.table({"client_id": [1, 2], "city": ["Тула", "Омск"]}))
        engine.materialize("upper_cities", "select client_id, upper(city) as city from cities")
        engine.view("second", "select city from upper_cities where client_id = 2")
        assert engine.fetch("select city from second").to_pylist() == [{"city": "ОМСК"}]
        assert engine.columns("cities") == {"client_id": "int64", "city": "string"}
        assert (engine.kind, engine.ledger_version) == ("duckdb", -1)


def test_engine_works_on_while_a_reader_is_open(ledger):
    with ledger.engine() as engine:
        engine.materialize("numbers", "select x from range(1000000) as r(x)")
        reader = engine.reader("select x from numbers", batch_rows=10_000)
        first = reader.read_next_batch().num_rows
        assert engine.fetch("select count(*) as n from numbers").to_pylist() == [{"n": 1_000_000}]
        assert first + sum(batch.num_rows for batch in reader) == 1_000_000


def test_error_carries_step_and_query(ledger):
    with ledger.engine() as engine:
        with pytest.raises(EngineError) as failed:
            engine.materialize("per_client", "select nothing from sales")
        assert failed.value.step == "per_client"
        assert failed.value.query == "create or replace table per_client as select nothing from sales"
        assert str(failed.value).endswith(failed.value.query)


def test_cancel_stops_a_running_query_within_two_seconds(ledger):
    with ledger.engine() as engine:
        threading.Timer(0.3, engine.cancel).start()
        started = time.monotonic()
        with pytest.raises(Cancelled):
            engine.fetch(ENDLESS)
        assert time.monotonic() - started < 2.3
        with pytest.raises(Cancelled):
            engine.fetch("select 1 as one")


def test_cancel_stops_a_reader(ledger):
    with ledger.engine() as engine:
        reader = engine.reader("select x from range(100000000000) as r(x)", batch_rows=1000)
        reader.read_next_batch()
        engine.cancel()
        with pytest.raises(Cancelled):
            reader.read_all()


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_text('/etc/passwd')",
        "select * from read_csv('{home}/secret.csv')",
        "select * from glob('/etc/*')",
    ],
)
def test_query_reads_nothing_outside_ledger_and_snapshots(ledger, sql):
    (ledger.root.parent / "secret.csv").write_text("a\n1\n")
    with ledger.engine() as engine, pytest.raises(EngineError, match=r"Permission|disabled"):
        engine.fetch(sql.format(home=ledger.root.parent))


def test_settings_cannot_be_changed_by_a_query(ledger):
    with ledger.engine() as engine, pytest.raises(EngineError, match="locked"):
        engine.fetch("set enable_external_access = true")


def test_memory_limit_is_told_with_its_step(ledger):
    with (
        ledger.engine(memory_limit="20MB", threads=1) as engine,
        pytest.raises(MemoryLimitReached, match=r"lists.*20MB"),
    ):
        engine.materialize("lists", "select x % 2 as k, list(x::text) as l from range(5000000) as r(x) group by 1")


def test_large_steps_spill_and_leave_no_files(ledger):
    with ledger.engine(memory_limit="60MB", threads=1) as engine:
        engine.materialize("numbers", "select x, md5(x::text) as t from range(2000000) as r(x)")
        assert engine.fetch("select count(distinct t) as n from numbers").to_pylist() == [{"n": 2_000_000}]
    assert list((ledger.root / ".work").iterdir()) == []


def test_money_stays_decimal(ledger):
    load(ledger, "i1", [sale("birch", "2026-01-05", 1) | {"revenue": Decimal("0.1000")}] * 10)
    with ledger.engine() as engine:
        assert engine.fetch("select sum(revenue) as s from sales").to_pylist() == [{"s": Decimal("1.0000")}]


def test_view_of_loads_apart_is_one_plain_scan(ledger):
    for number in range(3):
        load(ledger, f"i{number}", [sale("birch", "2026-01-05", number)])
    with ledger.engine() as engine:
        plan = engine.fetch("explain select sum(revenue) from sales").column(1)[0].as_py()
    assert ("UNION" in plan, "FILTER" in plan, "JOIN" in plan, plan.count("READ_PARQUET")) == (False, False, False, 1)


def test_lost_file_is_noticed_before_a_number_is_computed(ledger):
    load(ledger, "i1", [sale("birch", "2026-01-05", 1)])
    ledger._store.discard("i1")
    with pytest.raises(AssertionError, match="ledger is damaged"):
        ledger.engine()
