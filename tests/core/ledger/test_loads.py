"""A load is one version of the ledger: what it shows, what it hides, what undoing brings back."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from clientarium.core.ledger import ImportUndone, Ledger, LoadReceipt, LoadState, UnknownImport, UnknownVersion
from tests.core.ledger.staging import BIRCH, CEDAR, KEYS, OAK, load, sale, sales, stage

JANUARY = {"mode": "replace", "first_on": date(2026, 1, 1), "last_on": date(2026, 1, 31)}


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path / "ledger")


def test_empty_ledger_has_version_minus_one_and_empty_views(ledger):
    assert (ledger.version(), ledger.loads(), ledger.span(), ledger.recover()) == (-1, [], None, [])
    assert sales(ledger) == []


def test_load_appends_rows_as_one_version(ledger):
    receipt = load(ledger, "i1", [sale("cedar", "2026-01-05", 10), sale("birch", "2026-02-01", 20)])
    assert receipt == LoadReceipt("i1", 0, {"sales": 2}, date(2026, 1, 5), date(2026, 2, 1))
    assert ledger.version() == 0
    assert sales(ledger) == [(BIRCH, "2026-02-01", 20), (CEDAR, "2026-01-05", 10)]
    assert ledger.span() == (date(2026, 1, 5), date(2026, 2, 1))


def test_load_repeated_returns_first_receipt_and_changes_nothing(ledger):
    first = load(ledger, "i1", [sale("birch", "2026-01-05", 10)])
    load(ledger, "i2", [sale("birch", "2026-01-06", 5)])
    again = load(ledger, "i1", [sale("birch", "2026-01-05", 10), sale("oak", "2026-01-05", 99)])
    assert again == first
    assert ledger.version() == 1
    assert sales(ledger) == [(BIRCH, "2026-01-05", 10), (BIRCH, "2026-01-06", 5)]


def test_replace_supersedes_period_of_its_own_source_only(ledger):
    load(ledger, "i1", [sale("birch", "2026-01-05", 10), sale("birch", "2026-02-05", 20)])
    load(ledger, "i2", [sale("oak", "2026-01-06", 7)], source="shop")
    load(ledger, "i3", [sale("birch", "2026-01-20", 30)], **JANUARY)
    assert sales(ledger) == [(BIRCH, "2026-01-20", 30), (BIRCH, "2026-02-05", 20), (OAK, "2026-01-06", 7)]


def test_replace_with_no_rows_empties_the_period(ledger):
    load(ledger, "i1", [sale("birch", "2026-01-05", 10), sale("birch", "2026-02-05", 20)])
    load(ledger, "i2", [], **JANUARY)
    assert sales(ledger) == [(BIRCH, "2026-02-05", 20)]


def test_upsert_supersedes_documents_it_sends_again(ledger):
    load(
        ledger,
        "i1",
        [sale("birch", "2026-01-05", 10, "A"), sale("birch", "2026-01-06", 20, "B"), sale("oak", "2026-01-06", 1)],
    )
    load(ledger, "i2", [sale("cedar", "2026-03-01", 30, "A"), sale("oak", "2026-03-01", 2)], mode="upsert")
    assert sales(ledger) == [
        (BIRCH, "2026-01-06", 20),
        (CEDAR, "2026-03-01", 30),
        (OAK, "2026-01-06", 1),
        (OAK, "2026-03-01", 2),
    ]


def test_undo_brings_back_what_the_load_superseded_after_later_loads(ledger):
    load(ledger, "i1", [sale("birch", "2026-01-05", 10, "A")])
    load(ledger, "i2", [sale("birch", "2026-01-07", 11, "A")], **JANUARY)
    load(ledger, "i3", [sale("birch", "2026-01-09", 12, "A")], mode="upsert")
    assert sales(ledger) == [(BIRCH, "2026-01-09", 12)]
    ledger.undo("i2")
    assert sales(ledger) == [(BIRCH, "2026-01-09", 12)]
    ledger.undo("i3")
    assert sales(ledger) == [(BIRCH, "2026-01-05", 10)]
    ledger.undo("i3")
    assert ledger.version() == 4
    assert [(row.import_id, row.state) for row in ledger.loads()] == [
        ("i1", LoadState.LOADED),
        ("i2", LoadState.UNDONE),
        ("i3", LoadState.UNDONE),
    ]
    assert (ledger.is_loaded("i1"), ledger.is_loaded("i2"), ledger.is_loaded("i9")) == (True, False, False)


def test_engine_shows_any_past_version(ledger):
    load(ledger, "i1", [sale("birch", "2026-01-05", 10)])
    load(ledger, "i2", [sale("birch", "2026-01-07", 11)], **JANUARY)
    ledger.undo("i1")
    ledger.undo("i2")
    assert [sales(ledger, at_version=version) for version in range(-1, 4)] == [
        [],
        [(BIRCH, "2026-01-05", 10)],
        [(BIRCH, "2026-01-07", 11)],
        [(BIRCH, "2026-01-07", 11)],
        [],
    ]
    with pytest.raises(UnknownVersion):
        ledger.engine(at_version=4)


def test_undone_import_cannot_be_loaded_again(ledger):
    load(ledger, "i1", [sale("birch", "2026-01-05", 10)])
    ledger.undo("i1")
    with pytest.raises(ImportUndone):
        load(ledger, "i1", [sale("birch", "2026-01-05", 10)])
    with pytest.raises(UnknownImport):
        ledger.undo("i2")


def test_aliases_are_applied_when_reading_only(ledger):
    load(ledger, "i1", [sale("birch", "2026-01-05", 10), sale("cedar", "2026-01-05", 20)])
    merged = pa.table({"alias_id": [BIRCH], "client_id": [OAK]})
    assert sales(ledger, aliases=merged) == [(CEDAR, "2026-01-05", 20), (OAK, "2026-01-05", 10)]
    assert sales(ledger, aliases=merged.slice(0, 0)) == [(BIRCH, "2026-01-05", 10), (CEDAR, "2026-01-05", 20)]


def test_dimensions_show_the_row_loaded_last(ledger, tmp_path):
    first = stage(
        tmp_path / "staging",
        "products",
        [{"product": "p1", "name": "Тетрадь"}, {"product": "p1", "name": "Тетрадь А5"}, {"product": "p2"}],
    )
    again = stage(tmp_path / "staging", "products", [{"product": "p1", "name": "Тетрадь А4"}])
    assert ledger.load({"products": first}, import_id="i1", source="1c", mode="append", keys=None).rows == {
        "products": 2
    }
    ledger.load({"products": again}, import_id="i2", source="1c", mode="append", keys=None)

    def names():
        with ledger.engine() as engine:
            return engine.fetch("select product, name from products order by all").to_pylist()

    assert names() == [{"product": "p1", "name": "Тетрадь А4"}, {"product": "p2", "name": None}]
    ledger.undo("i2")
    assert names() == [{"product": "p1", "name": "Тетрадь А5"}, {"product": "p2", "name": None}]


def test_undated_payment_is_never_replaced(ledger):
    load(ledger, "i1", [{"client_key": "birch"}, {"client_key": "oak", "due_on": date(2026, 1, 5)}], table="payments")
    load(ledger, "i2", [{"client_key": "cedar", "paid_on": date(2026, 1, 9)}], table="payments", **JANUARY)
    with ledger.engine() as engine:
        assert engine.fetch("select client_id from payments order by 1").column(0).to_pylist() == [BIRCH, CEDAR]


def test_rows_lie_sorted_by_client_in_the_file(ledger):
    load(
        ledger,
        "i1",
        [
            sale("oak", "2026-01-05"),
            sale("birch", "2026-01-07"),
            sale("oak", "2026-01-02"),
            sale("birch", "2026-01-01"),
        ],
    )
    (path,) = (ledger.root / "sales").glob("*.parquet")
    rows = pq.read_table(path, columns=["client_id", "sold_on"]).to_pylist()
    assert [(row["client_id"], row["sold_on"].day) for row in rows] == [(BIRCH, 1), (BIRCH, 7), (OAK, 2), (OAK, 5)]


def test_totals_are_of_the_load_even_when_undone(ledger):
    load(ledger, "i1", [sale("birch", "2026-01-05", 10, cost=Decimal(4)), sale("cedar", "2026-01-05", 20)])
    load(ledger, "i2", [], **JANUARY)
    ledger.undo("i1")
    none = {"quantity": None, "discount": None}
    assert ledger.totals("i1") == {"sales": {"rows": 2, "revenue": Decimal(30), "cost": Decimal(4), **none}}
    assert ledger.totals("i2") == {"sales": {"rows": 0, "revenue": None, "cost": None, **none}}


def test_storage_counts_versions_rows_and_files(ledger):
    load(ledger, "i1", [sale("birch", "2026-01-05"), sale("cedar", "2026-01-05")])
    load(ledger, "i2", [sale("birch", "2026-01-06")])
    figures = {table.name: (table.version, table.rows, table.files) for table in ledger.storage()}
    assert figures == {
        "loads": (1, 2, 1),
        "sales": (2, 3, 2),
        "touches": (0, 0, 0),
        "payments": (0, 0, 0),
        "products": (0, 0, 0),
        "sellers": (0, 0, 0),
    }
    assert all(table.bytes > 0 for table in ledger.storage())


def test_staged_key_without_client_crashes_and_leaves_nothing(ledger):
    with pytest.raises(AssertionError, match=r"no client for keys.*spruce"):
        load(ledger, "i1", [sale("birch", "2026-01-05"), sale("spruce", "2026-01-05")])
    assert (ledger.version(), sales(ledger), ledger.storage()[1].rows) == (-1, [], 0)


def test_keys_named_twice_crash(ledger):
    with pytest.raises(AssertionError, match="keys must be unique"):
        load(ledger, "i1", [sale("birch", "2026-01-05")], keys=pa.concat_tables([KEYS, KEYS]))


def test_progress_counts_rows_and_may_stop_the_load(ledger):
    class StopError(Exception):
        pass

    seen = []
    load(ledger, "i1", [sale("birch", "2026-01-05")] * 3, progress=lambda *step: seen.append(step))
    assert seen == [("sales", 3, 3)]

    def stop(*_):
        raise StopError

    with pytest.raises(StopError):
        load(ledger, "i2", [sale("birch", "2026-01-05")] * 3, progress=stop)
    assert (ledger.version(), len(sales(ledger))) == (0, 3)


@pytest.mark.parametrize("import_id", ["", "a b", "x" * 65, "../up", "д"])
def test_import_id_that_statistics_could_not_hold_is_refused(ledger, import_id):
    with pytest.raises(ValueError, match="import_id"):
        load(ledger, import_id, [])


def test_longest_import_id_is_told_from_its_neighbour(ledger):
    for last in "ab":
        load(ledger, "f" * 63 + last, [sale("birch", "2026-01-05")])
    ledger.undo("f" * 63 + "a")
    assert len(sales(ledger)) == 1
