"""A process that loads again and again; tests run it, kill it, or starve it of disk.

python -m tests.core.ledger.appender LEDGER STAGED_PARQUET NAME LOADS [dying|starved]
loads NAME-0, NAME-1, …, printing each version it was told.
"""

import os
import resource
import sys
from pathlib import Path

from clientarium.core.ledger import Ledger, StorageFull
from tests.core.ledger.staging import KEYS

KILLED, TOLD_FULL = 137, 42
FILE_BYTES = 50_000


def main(root: str, staged: str, name: str, loads: str, fault: str = "") -> None:
    ledger = Ledger(Path(root))
    if fault == "dying":
        # Rows are written, nothing is committed yet.
        ledger._store.loads.commit = lambda events: os._exit(KILLED)
    if fault == "starved":
        resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    for number in range(int(loads)):
        receipt = ledger.load(
            {"sales": [Path(staged)]}, import_id=f"{name}-{number}", source="1c", mode="append", keys=KEYS
        )
        print(receipt.version, flush=True)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except StorageFull as full:
        print(full)
        sys.exit(TOLD_FULL)
