"""The SQL that shows a fact table: a plain scan of the visible files, and filters only where later loads overlap."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clientarium.core.facts import FactTable

from .duck import text
from .fact_files import FactFile
from .loads import Load
from .superseding import Part, Period, reading_parts

ALIASES = "aliases"
# Gives files a relation name in the engine at hand.
FilesView = Callable[[str, Sequence[Path]], str]


@dataclass(frozen=True)
class Visible:
    """What an engine shows: the loads in force, in order, and the files of each import by fact table."""

    loads: Sequence[Load]
    files: Mapping[str, Mapping[str, Sequence[FactFile]]]

    def paths(self, table: FactTable, import_ids: Sequence[str]) -> list[Path]:
        """Files of `table` that hold `import_ids`; crashes when rows the ledger promised are not all there."""
        promised = {load.import_id: load.tables[table.name].rows for load in self.loads if table.name in load.tables}
        paths: list[Path] = []
        for import_id in import_ids:
            files = self.files[table.name].get(import_id, ())
            if sum(file.rows for file in files) != promised[import_id]:
                raise AssertionError(f"ledger is damaged: rows of {table.name} of load {import_id} are missing")
            paths.extend(file.path for file in files)
        return paths


def table_sql(table: FactTable, visible: Visible, *, files_view: FilesView, has_aliases: bool) -> str:
    """SELECT of the visible rows of `table`, in DuckDB's dialect."""
    parts = reading_parts(table, visible.loads)
    selects = [
        _part_sql(table, part, visible=visible, files_view=files_view, name=f"{table.name}_part_{number}")
        for number, part in enumerate(parts)
    ]
    rows = " union all ".join(selects) if selects else _empty_sql(table)
    if table.is_dimension:
        return _latest_sql(table, rows, visible.loads) if selects else rows
    return _aliased_sql(table, rows) if has_aliases and table.has_clients else rows


def _part_sql(table: FactTable, part: Part, *, visible: Visible, files_view: FilesView, name: str) -> str:
    relation = files_view(name, visible.paths(table, part.import_ids))
    kept = [f"not coalesce({_within(table, period)}, false)" for period in part.periods]
    if part.resent_by:
        later = files_view(f"{name}_resent", visible.paths(table, part.resent_by))
        kept.append(f"not exists (select 1 from {later} as later where later.{table.key} = rows_.{table.key})")
    where = f" where {' and '.join(kept)}" if kept else ""
    return f"select {_columns(table)} from {relation} as rows_{where}"


def _within(table: FactTable, period: Period) -> str:
    first, last = period
    return f"({table.dated_by}) between date '{first.isoformat()}' and date '{last.isoformat()}'"


def _columns(table: FactTable) -> str:
    return ", ".join(column.name for column in table.columns)


def _empty_sql(table: FactTable) -> str:
    columns = ", ".join(f"cast(null as {column.type.sql}) as {column.name}" for column in table.columns)
    return f"select {columns} where 1 = 0"


def _latest_sql(table: FactTable, rows: str, loads: Sequence[Load]) -> str:
    """Of each thing of a source the row that was loaded last."""
    order = ", ".join(f"({text(load.import_id)}, {load.seq})" for load in loads)
    return (
        f"select {_columns(table)} from (select rows_.*, row_number() over "
        f"(partition by source, {table.key} order by seq desc) as newest from ({rows}) as rows_ "
        f"join (values {order}) as load_order(load_id, seq) on load_order.load_id = rows_.import_id) as ranked "
        f"where newest = 1"
    )


def _aliased_sql(table: FactTable, rows: str) -> str:
    """Rows under the client their own client was merged into."""
    columns = ", ".join(
        "coalesce(aliased.client_id, rows_.client_id) as client_id"
        if column.name == "client_id"
        else f"rows_.{column.name}"
        for column in table.columns
    )
    return (
        f"select {columns} from ({rows}) as rows_ left join {ALIASES} as aliased on aliased.alias_id = rows_.client_id"
    )
