"""The same change of many clients: shown before it is made, made in one transaction, taken back exactly.

The token is a hash of what the preview saw: a change of any of it meanwhile refuses the order.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.core.quality import Needs
from clientarium.decisions.clients import clients_visible_to
from clientarium.decisions.journal import record, record_many
from clientarium.decisions.people import User

from ..choices import QualityVerb
from ..models import BulkChange, BulkRow
from ..rules import can_do_at_once, can_undo_bulk
from .at_once import BulkOrder, Change, doer_of
from .refresh import refresh_quality

MOST_AT_ONCE = 5_000
"""One transaction of about two seconds on SQLite, while other writers wait; more is a file to be loaded."""

ROWS_SHOWN = 50


@dataclass(frozen=True)
class BulkPreview:
    """`rows`: the first clients with their values before and after; `unchanged` have the value already."""

    order: BulkOrder
    client_ids: tuple[int, ...]
    rows: tuple[Change, ...]
    changed: int
    unchanged: int
    token: str


def preview_bulk(client_ids: Collection[int], order: BulkOrder, *, by: User, on: date) -> BulkPreview:
    """What the order would do to those of the clients `by` sees; nothing is written.

    Raises PermissionDenied, and UserError for a value the field does not take and for too many clients.
    """
    if not can_do_at_once(by, order.action):
        raise PermissionDenied
    if len(client_ids) > MOST_AT_ONCE:
        raise UserError(
            N_("At most %(limit)s clients can be changed at once."),
            cure=N_("Narrow the selection, or load a file with their cards."),
            limit=MOST_AT_ONCE,
        )
    seen = list(clients_visible_to(by).filter(pk__in=list(client_ids)).order_by("search_name", "pk"))
    changes = doer_of(order, by=by, on=on).changes(seen)
    ids = tuple(client.pk for client in seen)
    return BulkPreview(
        order, ids, tuple(changes[:ROWS_SHOWN]), len(changes), len(seen) - len(changes), _token(order, changes)
    )


@transaction.atomic
def change_many(
    client_ids: Collection[int], order: BulkOrder, *, token: str, needs: Needs, by: User, on: date
) -> BulkChange:
    """Do what the preview with this token showed.

    Raises UserError if anything of it has changed meanwhile, if nothing would change, or without a reason.
    """
    doer = doer_of(order, by=by, on=on)
    if doer.needs_reason and not order.reason.strip():
        raise UserError(N_("This needs a reason."))
    list(clients_visible_to(by).select_for_update().filter(pk__in=list(client_ids)).values_list("pk", flat=True))
    preview = preview_bulk(client_ids, order, by=by, on=on)
    if preview.token != token:
        raise UserError(
            N_("Some of these clients have changed since you looked."),
            cure=N_("Look at the new preview and confirm it."),
        )
    if not preview.changed:
        raise UserError(N_("All of these clients have this already."))
    change = BulkChange.objects.create(
        action=order.action, arguments=order.arguments, reason=order.reason.strip(), by=by
    )
    written = doer.do(preview.client_ids)
    targets = [(one.client, one.data | {"bulk": change.pk, "kept": one.kept}, None) for one in written]
    entries = record_many(doer.verb, targets=targets, by=by, reason=change.reason)
    BulkRow.objects.bulk_create(
        [BulkRow(change=change, client=one.client, entry=entry) for one, entry in zip(written, entries, strict=True)],
        batch_size=500,
    )
    change.count = len(written)
    change.save(update_fields=["count"])
    data = {"action": order.action, "count": change.count, **order.arguments}
    record(QualityVerb.BULK_CHANGED, target=change, by=by, reason=change.reason, data=data)
    refresh_quality([one.client.pk for one in written], needs=needs)
    return change


@transaction.atomic
def undo_bulk(change: BulkChange, *, needs: Needs, by: User) -> list[str]:
    """Put back what stood there on every card that nobody has changed since; the names of the clients left as they are.

    Raises PermissionDenied, and UserError if it was taken back before.
    """
    change = BulkChange.objects.select_for_update().get(pk=change.pk)
    if not can_undo_bulk(by, done_by_id=change.by_id):
        raise PermissionDenied
    if change.undone_at is not None:
        raise UserError(N_("This change was taken back already."))
    rows = {row.client_id: row for row in change.rows.select_related("entry", "client")}
    seen = set(clients_visible_to(by).filter(pk__in=list(rows)).values_list("pk", flat=True))
    kept: Mapping[int, Any] = {
        client_id: row.entry.data["kept"] for client_id, row in rows.items() if client_id in seen
    }
    restored = doer_of(BulkOrder.of(change), by=by, on=change.at.date()).undo(kept)
    targets = [(rows[one].client, {"bulk": change.pk}, rows[one].entry) for one in sorted(restored)]
    record_many(QualityVerb.BULK_UNDONE, targets=targets, by=by)
    change.undone_at, change.undone_by, change.restored = timezone.now(), by, len(restored)
    change.save(update_fields=["undone_at", "undone_by", "restored"])
    left = sorted(row.client.name for client_id, row in rows.items() if client_id not in restored)
    record(QualityVerb.BULK_UNDONE, target=change, by=by, data={"restored": len(restored), "left": len(left)})
    refresh_quality(restored, needs=needs)
    return left


def _token(order: BulkOrder, changes: list[Change]) -> str:
    told = [[change.client.pk, change.before, change.after] for change in changes]
    return hashlib.sha256(json.dumps([order.action, order.arguments, told], default=str).encode()).hexdigest()
