"""A DuckDB connection set up our way: bounded memory, spill inside the home, no downloads, no reading elsewhere."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb


def connect(
    workspace: Path, *, readable: Iterable[Path], memory_limit: str, threads: int | None = None
) -> duckdb.DuckDBPyConnection:
    """An in-memory database that may read files under `readable` and spill into `workspace`, and nothing else."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "temp_directory": str(workspace / "spill"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": False,
    }
    if threads is not None:
        settings["threads"] = threads
    connection = duckdb.connect(config=settings)
    folders = ", ".join(text(str(folder)) for folder in readable)
    connection.execute(f"set allowed_directories = [{folders}]")
    connection.execute("set enable_progress_bar = false")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def text(value: str) -> str:
    """`value` as an SQL text literal."""
    return "'" + value.replace("'", "''") + "'"


def parquet_scan(paths: Sequence[Path]) -> str:
    """A table function over `paths`, in DuckDB's dialect."""
    return f"read_parquet([{', '.join(text(str(path)) for path in paths)}])"
