"""Where the ledger's tables, locks and scratch room lie under its root."""

from pathlib import Path

from clientarium.core.facts import FACT_TABLES

from .appending import LoadLimits
from .fact_files import FactFiles
from .loads import LoadsTable


class Store:
    """Paths and tables of one ledger; holds nothing open."""

    def __init__(self, root: Path, *, limits: LoadLimits) -> None:
        self.root, self.limits = root, limits
        self.loads = LoadsTable(root / "loads")
        self.facts = {name: FactFiles(root, table) for name, table in FACT_TABLES.items()}
        self.scratch = root / ".work"
        self.commit_lock = root / ".locks" / "commit"
        # Shared by all who write, so that whoever gets it alone knows that nobody does.
        self.writers_lock = root / ".locks" / "writers"

    def import_lock(self, import_id: str) -> Path:
        """Held while `import_id` is being loaded: a dead holder is a dead load."""
        return self.root / ".locks" / "imports" / import_id

    def written_imports(self) -> set[str]:
        """Every import with rows in some fact table, visible or not."""
        return {import_id for files in self.facts.values() for import_id in files.by_import()}

    def discard(self, import_id: str) -> None:
        """Drop whatever rows a dead load of `import_id` left."""
        for files in self.facts.values():
            if import_id in files.by_import():
                files.discard(import_id)
