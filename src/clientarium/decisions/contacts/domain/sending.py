"""Touches recorded here become facts of the ledger: a month whose touches changed is sent again whole.

What was sent is read from the ledger's own list of loads (the month and the hash of its rows stand in the load's name),
so that undoing, correcting and restoring an old database all end in what the database says now.
"""

import re
import shutil
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.db.models.functions import TruncMonth

from clientarium.core.facts import TOUCHES, staged_schema
from clientarium.core.ground import add_months, content_hash
from clientarium.core.ledger import Ledger, LoadMode
from clientarium.decisions.people import Role

from ..models import Touch
from ..queries.definitions import SOURCE
from ..queries.touches import standing

LOAD_NAME = re.compile(r"touches-(\d{4})-(\d{2})-(\d+)-([0-9a-f]{16})")
HASH_CHARACTERS = 16
DEPARTMENTS = {Role.SUPPORT: "support", Role.MARKETER: "marketing"}
"""Whose time it was, by role; everybody else's is the sales department's."""

SALES = "sales"
ONE_DAY = timedelta(days=1)
MINUTES = Decimal("0.01")


def send_touches(
    ledger: Ledger, *, staging: Path, program_version: str = "", before_load: Callable[[], None] = lambda: None
) -> int:
    """Send every month that changed since it was sent last; how many. Sending twice changes nothing.

    `staging`: a folder of this work's own; `before_load` may raise to stop between months.
    """
    sent, numbers = _sent(ledger)
    recorded = set(Touch.objects.filter(standing).annotate(month=TruncMonth("on")).values_list("month", flat=True))
    changed = 0
    for month in sorted(recorded | set(sent)):
        rows = touch_rows(month)
        name = _hash(rows)
        if sent.get(month) == name or (not rows and month not in sent):
            continue
        before_load()
        number = numbers.get(month, 0) + 1
        _load(ledger, month, rows, name=f"touches-{month:%Y-%m}-{number:04d}-{name}", staging=staging,
              program_version=program_version)  # fmt: skip
        changed += 1
    return changed


Row = dict[str, object]


def touch_rows(month: date) -> list[Row]:
    """The standing touches of a month as staged facts, in the order they were recorded."""
    touches = Touch.objects.filter(standing, on__gte=month, on__lt=add_months(month, 1))
    return [
        {
            "touch_id": str(touch.pk),
            "touched_on": touch.on,
            "client_key": str(touch.client_id),
            "kind": touch.kind,
            "department": DEPARTMENTS.get(Role(touch.by.role), SALES),
            "seller": touch.seller.key if touch.seller else None,
            "minutes": None if touch.minutes is None else touch.minutes.quantize(MINUTES),
            "direction": touch.direction,
            "result": touch.result,
            "row_no": number,
        }
        for number, touch in enumerate(touches.select_related("by", "seller").order_by("pk"), start=1)
    ]


def _sent(ledger: Ledger) -> tuple[dict[date, str], dict[date, int]]:
    """(hash in force, number of the last load) of each month; a month whose last load was undone is not sent."""
    sent: dict[date, str] = {}
    numbers: dict[date, int] = {}
    for load in ledger.loads():
        found = LOAD_NAME.fullmatch(load.import_id) if load.source == SOURCE else None
        if found is None:
            continue
        month = date(int(found[1]), int(found[2]), 1)
        numbers[month] = max(numbers.get(month, 0), int(found[3]))
        if load.is_loaded:
            sent[month] = found[4]
    return sent, numbers


def _load(ledger: Ledger, month: date, rows: Iterable[Row], *, name: str, staging: Path, program_version: str) -> None:
    staging.mkdir(parents=True, exist_ok=True)
    path = staging / f"{name}.parquet"
    table = pa.Table.from_pylist(list(rows), schema=staged_schema(TOUCHES))
    try:
        if table.num_rows:
            pq.write_table(table, path)
        clients = table["client_key"].unique().to_pylist()
        ids = pa.array([int(key) for key in clients], pa.int64())
        keys = pa.table({"client_key": pa.array(clients, pa.string()), "client_id": ids})
        ledger.load(
            {TOUCHES.name: [path] if table.num_rows else []},
            import_id=name,
            source=SOURCE,
            mode=LoadMode.REPLACE,
            first_on=month,
            last_on=add_months(month, 1) - ONE_DAY,
            keys=keys,
            program_version=program_version,
        )
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _hash(rows: list[Row]) -> str:
    return content_hash(*(repr(sorted(row.items())) for row in rows))[:HASH_CHARACTERS]
