"""The files of a fact table: which import each holds, told by Delta's own statistics."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable

from clientarium.core.facts import FactTable, arrow_schema

# Delta keeps the first 64 characters of a text's minimum and maximum: a longer name could not be told from them.
IMPORT_ID_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}")

# Other engines read our files straight by their list, which is right only without deletion vectors.
_CONFIGURATION = {"delta.enableDeletionVectors": "false", "delta.checkpointInterval": "20"}


@dataclass(frozen=True)
class FactFile:
    """One parquet file: it holds rows of one import only."""

    path: Path
    import_id: str
    rows: int
    bytes: int


class FactFiles:
    """The Delta table of one fact table under the ledger's root."""

    def __init__(self, root: Path, table: FactTable) -> None:
        self.table = table
        self.path = root / table.name

    def create(self) -> None:
        """Make the empty table unless it is there. The caller holds the commit lock."""
        if not self.exists():
            DeltaTable.create(str(self.path), pa.schema(arrow_schema(self.table)), configuration=_CONFIGURATION)

    def exists(self) -> bool:
        return DeltaTable.is_deltatable(str(self.path))

    def by_import(self) -> Mapping[str, Sequence[FactFile]]:
        """Files of every import whose rows were written, visible or not."""
        files: dict[str, list[FactFile]] = defaultdict(list)
        if self.exists():
            actions = pa.table(DeltaTable(str(self.path)).get_add_actions(flatten=True))
            for row in actions.to_pylist():
                file = self._file(row)
                files[file.import_id].append(file)
        return files

    def discard(self, import_id: str) -> None:
        """Drop the rows of a dead import from the table."""
        DeltaTable(str(self.path)).delete(
            f"import_id = '{import_id}'",
            commit_properties=CommitProperties(custom_metadata={"discarded": import_id}, max_commit_retries=100),
        )

    def sweep(self) -> int:
        """Unlink files no version shows any more; returns how many. Only while nobody writes.

        Readers are safe: a file that leaves the table was never visible in any version of the ledger.
        """
        if not self.path.exists():
            return 0
        known = {file.path for files in self.by_import().values() for file in files}
        orphans = [path for path in self.path.glob("*.parquet*") if path not in known]
        for path in orphans:
            path.unlink()
        return len(orphans)

    def _file(self, row: Mapping[str, object]) -> FactFile:
        lowest, highest = row["min.import_id"], row["max.import_id"]
        if lowest != highest or not isinstance(lowest, str):
            raise AssertionError(f"{self.path / str(row['path'])} mixes imports {lowest} and {highest}")
        rows, size = row["num_records"], row["size_bytes"]
        return FactFile(self.path / str(row["path"]), lowest, int(str(rows)), int(str(size)))
