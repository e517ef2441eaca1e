"""Snapshots: one per date, replaced whole, readable side by side, with what they were made from."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from clientarium.core.ledger import ColumnChangedType, Ledger, SnapshotInfo, SnapshotMissing, Snapshots

JANUARY, FEBRUARY = date(2026, 1, 31), date(2026, 2, 28)


def info(as_of, **more):
    return SnapshotInfo(
        **{
            "as_of": as_of,
            "ledger_version": 7,
            "definitions_hash": "d1",
            "standing_hash": "s1",
            "program_version": "0.1.0",
            "engine": "duckdb",
            "content_hash": "c1",
            "rows": 2,
            "made_at": "2026-03-01T09:00:00+03:00",
        }
        | more
    )


@pytest.fixture
def snapshots(tmp_path):
    return Snapshots(tmp_path / "snapshots")


def rows(margins, **more):
    return pa.table({"client_id": range(1, len(margins) + 1), "margin": [Decimal(m) for m in margins], **more})


def test_nothing_written_has_no_dates(snapshots):
    assert (snapshots.dates(), snapshots.latest()) == ([], None)
    with pytest.raises(SnapshotMissing, match="2026-01-31"):
        snapshots.read(JANUARY)
    with pytest.raises(SnapshotMissing):
        snapshots.info(JANUARY)


def test_written_snapshot_reads_back_with_its_info(snapshots):
    snapshots.write(rows(["1.50", "2.50"]), as_of=JANUARY, info=info(JANUARY))
    assert snapshots.read(JANUARY).to_pydict() == {"client_id": [1, 2], "margin": [Decimal("1.50"), Decimal("2.50")]}
    assert (snapshots.dates(), snapshots.latest(), snapshots.info(JANUARY)) == ([JANUARY], JANUARY, info(JANUARY))


def test_writing_a_date_again_replaces_that_date_only(snapshots):
    snapshots.write(rows(["1.00", "2.00"]), as_of=FEBRUARY, info=info(FEBRUARY))
    snapshots.write(rows(["3.00"]), as_of=JANUARY, info=info(JANUARY))
    snapshots.write(rows(["9.00"]), as_of=FEBRUARY, info=info(FEBRUARY, content_hash="c2"))
    assert snapshots.dates() == [JANUARY, FEBRUARY]
    assert snapshots.read(FEBRUARY, ["margin"]).to_pydict() == {"margin": [Decimal("9.00")]}
    assert snapshots.read(JANUARY, ["margin"]).to_pydict() == {"margin": [Decimal("3.00")]}
    assert (snapshots.info(JANUARY).content_hash, snapshots.info(FEBRUARY).content_hash) == ("c1", "c2")


def test_column_that_comes_later_is_null_before(snapshots, tmp_path):
    snapshots.write(rows(["1.00"]), as_of=JANUARY, info=info(JANUARY))
    snapshots.write(rows(["2.00"], grade=["A"]), as_of=FEBRUARY, info=info(FEBRUARY))
    assert snapshots.read(JANUARY).to_pylist() == [{"client_id": 1, "margin": Decimal("1.00"), "grade": None}]
    with Ledger(tmp_path / "ledger").engine() as engine:
        snapshots.engine_views(engine)
        moved = engine.fetch(
            f"select b.grade as before, a.grade as now, a.margin - b.margin as more from snapshots a "
            f"join snapshots b using (client_id) where a.as_of = date '{FEBRUARY}' and b.as_of = date '{JANUARY}'"
        )
        assert moved.to_pylist() == [{"before": None, "now": "A", "more": Decimal("1.00")}]
        snapshots.engine_views(engine, dates=[FEBRUARY])
        assert engine.fetch("select distinct as_of from snapshots").to_pylist() == [{"as_of": FEBRUARY}]


def test_column_that_goes_away_is_null_after(snapshots):
    snapshots.write(rows(["1.00"], grade=["A"]), as_of=JANUARY, info=info(JANUARY))
    snapshots.write(rows(["2.00"]), as_of=FEBRUARY, info=info(FEBRUARY))
    assert snapshots.read(FEBRUARY).to_pylist() == [{"client_id": 1, "margin": Decimal("2.00"), "grade": None}]


def test_rows_may_come_as_a_stream(snapshots):
    table = rows(["1.00", "2.00"])
    snapshots.write(
        pa.RecordBatchReader.from_batches(table.schema, table.to_batches(1)), as_of=JANUARY, info=info(JANUARY)
    )
    assert snapshots.read(JANUARY).num_rows == 2


def test_stream_that_breaks_leaves_the_old_snapshot(snapshots):
    snapshots.write(rows(["1.00"]), as_of=JANUARY, info=info(JANUARY))

    def broken():
        yield rows(["5.00"]).to_batches()[0]
        raise LookupError("the pulse broke off")

    with pytest.raises(LookupError):
        snapshots.write(
            pa.RecordBatchReader.from_batches(rows(["5.00"]).schema, broken()), as_of=JANUARY, info=info(JANUARY)
        )
    assert snapshots.read(JANUARY, ["margin"]).to_pydict() == {"margin": [Decimal("1.00")]}


def test_whole_numbers_fit_into_a_column_of_fractions_and_texts_do_not(snapshots):
    snapshots.write(rows(["1.00"]), as_of=JANUARY, info=info(JANUARY))
    snapshots.write(pa.table({"client_id": [1], "margin": [4]}), as_of=FEBRUARY, info=info(FEBRUARY))
    assert snapshots.read(FEBRUARY, ["margin"]).to_pydict() == {"margin": [Decimal("4.00")]}
    with pytest.raises(ColumnChangedType):
        snapshots.write(pa.table({"client_id": [1], "margin": [0.5]}), as_of=FEBRUARY, info=info(FEBRUARY))
    with pytest.raises(ColumnChangedType, match=r"“margin” was decimal128.* string now"):
        snapshots.write(pa.table({"client_id": [1], "margin": ["a"]}), as_of=FEBRUARY, info=info(FEBRUARY))
    assert snapshots.read(FEBRUARY, ["margin"]).to_pydict() == {"margin": [Decimal("4.00")]}


def test_empty_snapshot_has_no_date(snapshots):
    snapshots.write(rows(["1.00"]).slice(0, 0), as_of=JANUARY, info=info(JANUARY, rows=0))
    assert snapshots.dates() == []


def test_thirty_snapshots_keep_their_infos_over_checkpoints(snapshots):
    days = [date(2026, 1, day) for day in range(1, 31)]
    for day in days:
        snapshots.write(rows(["1.00"]), as_of=day, info=info(day, content_hash=f"c{day.day}"))
    assert snapshots.dates() == days
    assert [snapshots.info(day).content_hash for day in days] == [f"c{day.day}" for day in days]


def test_removed_snapshot_is_gone_and_the_others_stay(snapshots):
    for day in (JANUARY, FEBRUARY):
        snapshots.write(rows(["1.00"]), as_of=day, info=info(day))
    snapshots.remove(JANUARY)
    snapshots.remove(date(2025, 12, 31))
    assert (snapshots.dates(), snapshots.info(FEBRUARY)) == ([FEBRUARY], info(FEBRUARY))
    for gone in (snapshots.info, snapshots.read, snapshots.columns, snapshots.batches):
        with pytest.raises(SnapshotMissing):
            gone(JANUARY)


def test_batches_hold_the_columns_of_their_own_date(snapshots):
    snapshots.write(rows(["1.00", "2.00"]), as_of=JANUARY, info=info(JANUARY))
    snapshots.write(rows(["2.00"], grade=["A"]), as_of=FEBRUARY, info=info(FEBRUARY))
    assert (snapshots.columns(JANUARY), snapshots.columns(FEBRUARY)) == (
        ["client_id", "margin"],
        ["client_id", "margin", "grade"],
    )
    assert pa.Table.from_batches(snapshots.batches(JANUARY)).to_pydict() == {
        "client_id": [1, 2],
        "margin": [Decimal("1.00"), Decimal("2.00")],
    }
