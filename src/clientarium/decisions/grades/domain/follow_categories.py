"""After a pulse: intervals follow the categories in force. A million clients: changes are found in Arrow, not by rows.

Every part is one transaction of a bearable size and can be repeated: after a crash the same call finishes the rest.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from ..models import CategoryInterval
from ..queries import BATCH_ROWS, ONE_DAY, table_of
from .intervals import ROWS_PER_INSERT

Commit = Callable[[], AbstractContextManager[None]]

OPEN_SCHEMA = pa.schema(
    [
        ("client_id", pa.int64()),
        ("interval_id", pa.int64()),
        ("recorded", pa.string()),
        ("first_day", pa.date32()),
        ("is_decision", pa.bool_()),
    ]
)


def follow_categories(
    scheme: str, *, rows: pa.Table, as_of: date, run_id: int, is_tracked: bool, commit: Commit = transaction.atomic
) -> int:
    """Close and open intervals so that they say what `rows` (client_id, in_force) say; the number of changes.

    With `is_tracked` false only clients who already have an open interval (a person's decision) are followed.
    """
    rewind_rules(scheme, to=as_of, commit=commit)
    open_now = open_intervals(scheme)
    joined = rows.select(["client_id", "in_force"]).join(
        open_now, "client_id", join_type="full outer" if is_tracked else "right outer"
    )
    changed = joined.filter(differs(joined["in_force"], joined["recorded"])).to_pylist()
    # A client decided upon at a later snapshot than this one keeps that decision.
    changed = [row for row in changed if not (row["first_day"] and row["first_day"] > as_of)]
    for start in range(0, len(changed), ROWS_PER_INSERT):
        with commit():
            _apply(changed[start : start + ROWS_PER_INSERT], scheme=scheme, as_of=as_of, run_id=run_id)
    return len(changed)


def rewind_rules(scheme: str, *, to: date, commit: Commit = transaction.atomic) -> None:
    """Forget what rules did after `to` (an import was undone): their intervals go, the ones before are open again."""
    later = CategoryInterval.objects.filter(scheme=scheme, first_day__gt=to, is_decision=False)
    if not later.exists():
        return
    with commit():
        later.delete()
        follower = CategoryInterval.objects.filter(
            client_id=OuterRef("client_id"), scheme=scheme, first_day__gt=OuterRef("first_day")
        )
        ended = CategoryInterval.objects.filter(scheme=scheme, closed_by__isnull=True, last_day__gte=to)
        ended.filter(~Exists(follower)).update(last_day=None)


def open_intervals(scheme: str) -> pa.Table:
    """Open intervals of `scheme` as OPEN_SCHEMA; those of merged cards stay open until they are taken apart."""
    fields = ("client_id", "pk", "category", "first_day", "is_decision")
    rows = CategoryInterval.objects.filter(
        scheme=scheme, last_day__isnull=True, client__merged_into__isnull=True
    ).values_list(*fields)
    return table_of(rows.iterator(BATCH_ROWS), schema=OPEN_SCHEMA)


def differs(left: pa.ChunkedArray, right: pa.ChunkedArray) -> pa.ChunkedArray:
    """SQL's `is distinct from`."""
    one_is_null = pc.xor(pc.is_null(left), pc.is_null(right))
    return pc.or_(pc.fill_null(pc.not_equal(left, right), False), one_is_null)


def _apply(changed: list[dict[str, Any]], *, scheme: str, as_of: date, run_id: int) -> None:
    """One part: close what stood (or take it away, if it began this very day), open what stands."""
    began_today = [row for row in changed if row["first_day"] == as_of and not row["is_decision"]]
    closing = [row["interval_id"] for row in changed if row["interval_id"] and row not in began_today]
    CategoryInterval.objects.filter(pk__in=[row["interval_id"] for row in began_today]).delete()
    CategoryInterval.objects.filter(pk__in=closing).update(last_day=as_of - ONE_DAY)
    back = _reopen(began_today, scheme=scheme, as_of=as_of)
    CategoryInterval.objects.bulk_create(
        CategoryInterval(
            client_id=row["client_id"], scheme=scheme, category=row["in_force"], first_day=as_of, run_id=run_id
        )
        for row in changed
        if row["in_force"] is not None and row["client_id"] not in back
    )


def _reopen(rows: list[dict[str, Any]], *, scheme: str, as_of: date) -> set[int]:
    """Clients who are back where they stood the day before: that interval simply goes on."""
    wanted = {row["client_id"]: row["in_force"] for row in rows}
    before = CategoryInterval.objects.filter(
        Q(closed_by__isnull=True), client_id__in=list(wanted), scheme=scheme, last_day=as_of - ONE_DAY
    ).exclude(first_day=as_of)
    same = [(key, client) for key, client, category in before.values_list("pk", "client_id", "category")
            if wanted[client] == category]  # fmt: skip
    CategoryInterval.objects.filter(pk__in=[key for key, _client in same]).update(last_day=None)
    return {client for _key, client in same}
