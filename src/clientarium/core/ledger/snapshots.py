"""Snapshots: every metric and category of every client as of a date, kept for ever in one Delta table."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties, write_deltalake

from .delta_writer import FILE_PROPERTIES, DeltaWriter
from .engine import Engine
from .errors import ColumnChangedType, SnapshotMissing, full_disk_reported
from .locks import locked

SNAPSHOTS = "snapshots"
_BATCH_ROWS = 10_000  # a hundred columns wide: about 10 MB
_INFO = "clientarium.snapshot"
_CONFIGURATION = {
    "delta.enableDeletionVectors": "false",
    "delta.checkpointInterval": "20",
    # What a snapshot was made from is written in its commit: the log is kept as long as the snapshots, for ever.
    "delta.logRetentionDuration": "interval 36500 days",
    # Snapshots are read whole or by date; statistics of a hundred metrics would only fatten the log.
    "delta.dataSkippingNumIndexedCols": "1",
}


@dataclass(frozen=True)
class SnapshotInfo:
    """What a snapshot was made from. `made_at`: an ISO moment, passed in by whoever has a clock."""

    as_of: date
    ledger_version: int
    definitions_hash: str
    standing_hash: str
    program_version: str
    engine: str
    content_hash: str
    rows: int
    made_at: str


class Snapshots:
    """The Delta table under `root`, partitioned by as_of; columns may come with time."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root).absolute()
        self._lock = self.root.parent / f".{self.root.name}.lock"

    def write(self, rows: pa.Table | pa.RecordBatchReader, *, as_of: date, info: SnapshotInfo) -> None:
        """Replace the snapshot of `as_of` by `rows` in one commit. Raises ColumnChangedType, StorageFull."""
        if info.as_of != as_of:
            raise ValueError(f"info is of {info.as_of}, rows are of {as_of}")
        with full_disk_reported(self.root), locked(self._lock):
            self._create_table()
            with DeltaWriter(self._writing_schema(rows.schema), write=self._replacing(info)) as writer:
                for batch in rows.to_batches() if isinstance(rows, pa.Table) else rows:
                    writer.put(_dated(batch, as_of, writer.schema))

    def dates(self) -> list[date]:
        """Dates that have a snapshot, in order."""
        return sorted(self._files())

    def latest(self) -> date | None:
        """The last date that has a snapshot."""
        return max(self._files(), default=None)

    def info(self, as_of: date) -> SnapshotInfo:
        """What the snapshot of `as_of` was made from. Raises SnapshotMissing."""
        if self._files_of(as_of):  # a removed one is still told of in the history
            for commit in DeltaTable(str(self.root)).history():  # newest first
                written = commit.get(_INFO)
                if written and (info := _info_from(written)).as_of == as_of:
                    return info
        raise SnapshotMissing(as_of)

    def read(self, as_of: date, columns: Sequence[str] | None = None) -> pa.Table:
        """Rows of one date; a column that came later is null. Raises SnapshotMissing."""
        files = self._files_of(as_of)
        schema = pa.schema([field for field in self._schema() if field.name != "as_of"])
        return _rows_of(files, schema).to_table(columns=list(columns) if columns else None)

    def batches(self, as_of: date) -> Iterator[pa.RecordBatch]:
        """The rows of one date, some at a time, with the columns that date has. Raises SnapshotMissing."""
        dataset = _rows_of(self._files_of(as_of))
        names = [name for name in dataset.schema.names if name != "as_of"]
        return iter(dataset.to_batches(columns=names, batch_size=_BATCH_ROWS, batch_readahead=1, fragment_readahead=1))

    def columns(self, as_of: date) -> list[str]:
        """The names of the columns that the snapshot of `as_of` has. Raises SnapshotMissing."""
        return [name for name in _rows_of(self._files_of(as_of)).schema.names if name != "as_of"]

    def remove(self, as_of: date) -> None:
        """Forget the snapshot of `as_of`, if there is one: its facts were taken back."""
        with full_disk_reported(self.root), locked(self._lock):
            if self._exists():
                DeltaTable(str(self.root)).delete(
                    predicate=f"as_of = '{as_of.isoformat()}'",
                    post_commithook_properties=PostCommitHookProperties(cleanup_expired_logs=False),
                )

    def engine_views(self, engine: Engine, *, dates: Sequence[date] | None = None) -> None:
        """Give `engine` the view `snapshots` with the column as_of, over all dates or those asked for."""
        files = self._files()
        wanted = sorted(files) if dates is None else [day for day in dates if day in files]
        paths = [path for day in wanted for path in files[day]]
        if not paths:
            raise SnapshotMissing(dates[0] if dates else date.min)
        engine.read_files(SNAPSHOTS, paths, by_date=True)

    def _replacing(self, info: SnapshotInfo) -> Callable[[pa.RecordBatchReader], None]:
        def write(rows: pa.RecordBatchReader) -> None:
            write_deltalake(
                str(self.root),
                rows,
                mode="overwrite",
                predicate=f"as_of = '{info.as_of.isoformat()}'",
                schema_mode="merge",
                writer_properties=FILE_PROPERTIES,
                commit_properties=CommitProperties(custom_metadata={_INFO: _info_text(info)}),
                post_commithook_properties=PostCommitHookProperties(cleanup_expired_logs=False),
            )

        return write

    def _files_of(self, as_of: date) -> list[str]:
        files = self._files().get(as_of)
        if not files:
            raise SnapshotMissing(as_of)
        return files

    def _exists(self) -> bool:
        return DeltaTable.is_deltatable(str(self.root))

    def _create_table(self) -> None:
        if not self._exists():
            schema = pa.schema([pa.field("client_id", pa.int64()), pa.field("as_of", pa.date32())])
            DeltaTable.create(str(self.root), schema, partition_by=["as_of"], configuration=_CONFIGURATION)

    def _schema(self) -> pa.Schema:
        return pa.schema(DeltaTable(str(self.root)).schema().to_arrow())

    def _writing_schema(self, arriving: pa.Schema) -> pa.Schema:
        """Types the table already has where the new values fit into them."""
        known = {field.name: field.type for field in self._schema()}
        written = []
        for column in arriving:
            if column.name == "as_of":
                continue
            kept = known.get(column.name, column.type)
            if kept != column.type and not _fits(column.type, kept):
                raise ColumnChangedType(name=column.name, before=str(kept), now=str(column.type))
            written.append(pa.field(column.name, kept))
        return pa.schema([*written, pa.field("as_of", pa.date32())])

    def _files(self) -> Mapping[date, list[str]]:
        if not self._exists():
            return {}
        table = DeltaTable(str(self.root))
        actions = pa.table(table.get_add_actions(flatten=True)).select(["path", "partition.as_of"]).to_pylist()
        files: dict[date, list[str]] = {}
        for action in actions:
            files.setdefault(action["partition.as_of"], []).append(str(self.root / action["path"]))
        return files


def _dated(batch: pa.RecordBatch, as_of: date, schema: pa.Schema) -> list[pa.Array]:
    columns = [_fitted(batch.column(field.name), field) for field in schema if field.name != "as_of"]
    days = pa.repeat(pa.scalar(as_of, pa.date32()), batch.num_rows)
    return [*columns, days]


def _fitted(values: pa.Array, field: pa.Field) -> pa.Array:
    """`values` in the type their column has; ColumnChangedType where a value would be cut."""
    if values.type == field.type:
        return values
    try:
        if pa.types.is_integer(values.type) and pa.types.is_decimal(field.type):
            # Arrow asks for room for every 64-bit number first, then checks the values there are.
            values = values.cast(pa.decimal128(38, field.type.scale))
        return values.cast(field.type)
    except pa.ArrowInvalid as error:
        raise ColumnChangedType(name=field.name, before=str(field.type), now=str(values.type)) from error


def _fits(now: pa.DataType, before: pa.DataType) -> bool:
    """True when numbers of type `now` lose nothing but size in a column of `before`: integer → decimal → double."""
    ladder = (pa.types.is_integer, pa.types.is_decimal, pa.types.is_floating)
    steps = [[step for step, test in enumerate(ladder) if test(kind)] for kind in (now, before)]
    return bool(steps[0] and steps[1]) and steps[0] <= steps[1]


def _info_text(info: SnapshotInfo) -> str:
    values = {field.name: getattr(info, field.name) for field in fields(info)}
    return json.dumps(values | {"as_of": info.as_of.isoformat()}, sort_keys=True)


def _info_from(written: str) -> SnapshotInfo:
    values: dict[str, Any] = json.loads(written)
    return SnapshotInfo(**values | {"as_of": date.fromisoformat(values["as_of"])})


def _rows_of(files: Sequence[str], schema: pa.Schema | None = None) -> Any:
    """The dataset of these Parquet files."""
    import pyarrow.dataset as pads  # noqa: PLC0415 -- slow import: it brings pandas in where that is installed

    return pads.dataset(files, schema=schema, format="parquet")
