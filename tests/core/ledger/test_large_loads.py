"""A load whose rows and keys do not fit into the memory it is given: a fiftieth of 20 M lines of a million clients."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from clientarium.core.facts import SALES, staged_schema
from clientarium.core.ledger import Ledger, LoadLimits

CLIENTS = 200_000
LINES = 400_000
MEMORY = "40MB"


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    """Clients met in no order, the first of them far more often than the last, as in real bases."""
    path = tmp_path_factory.mktemp("staged") / "sales.parquet"
    chance = np.random.default_rng(7)
    clients = (chance.random(LINES) ** 2 * CLIENTS).astype(int)
    days = pa.array([date(2024, 1, 1) + timedelta(days=int(day)) for day in chance.integers(0, 700, LINES)])
    columns = {
        "doc_id": [f"D{number // 3}" for number in range(LINES)],
        "line_no": np.arange(LINES) % 3 + 1,
        "sold_on": days,
        "client_key": [f"C{client}" for client in clients],
        "revenue": pa.array(chance.integers(1, 90_000, LINES), pa.int32()).cast(pa.decimal128(18, 4)),
        "currency": pa.repeat("RUB", LINES),
        "is_return": pa.repeat(False, LINES),
        "row_no": np.arange(1, LINES + 1),
    }
    schema = staged_schema(SALES)
    arrays = [
        pa.array(columns[field.name]).cast(field.type) if field.name in columns else pa.nulls(LINES, field.type)
        for field in schema
    ]
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), path, row_group_size=100_000)
    return path


@pytest.fixture(scope="module")
def keys():
    names = [f"C{client}" for client in range(CLIENTS)]
    return pa.table({"client_key": names, "client_id": pa.array(range(1, CLIENTS + 1), pa.int64())})


def loaded(ledger, staged, keys):
    told = []
    receipt = ledger.load(
        {"sales": [staged]},
        import_id="large",
        source="1c",
        mode="append",
        keys=keys,
        progress=lambda _table, done, total: told.append((done, total)),
    )
    assert told[-1] == (LINES, LINES)
    return receipt


def test_rows_sorted_in_parts_are_the_same_rows(tmp_path, staged, keys):
    whole = Ledger(tmp_path / "whole" / "ledger")
    parts = Ledger(tmp_path / "parts" / "ledger", load_limits=LoadLimits(memory=MEMORY, sorted_rows=100_000))
    assert loaded(parts, staged, keys) == loaded(whole, staged, keys)
    assert sold(parts) == sold(whole)


def sold(ledger):
    """Everything sold, by document."""
    with ledger.engine() as engine:
        return engine.fetch("select * from sales order by doc_id, line_no")


def test_memory_too_small_for_all_at_once_leaves_nothing_behind(tmp_path, staged, keys):
    """What the parts are for: 40 MB held all of them only where the machine was too busy to read ahead."""
    ledger = Ledger(tmp_path / "ledger", load_limits=LoadLimits(memory="20MB", sorted_rows=LINES))
    with pytest.raises(Exception, match="Out of Memory"):
        loaded(ledger, staged, keys)
    assert ledger.loads() == []
    assert ledger.recover() == []


def test_a_client_nobody_knows_is_named_and_nothing_is_loaded(tmp_path, staged, keys):
    ledger = Ledger(tmp_path / "ledger", load_limits=LoadLimits(sorted_rows=100_000))
    with pytest.raises(AssertionError, match="no client for keys"):
        loaded(ledger, staged, keys.slice(1))
    assert ledger.loads() == []
