"""Writing into the journal: always inside the transaction of the decision itself."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, models

from clientarium.decisions.people.models import User

from ..models import Entry

NAME_CHARACTERS = 300


def record(
    verb: str,
    *,
    target: models.Model | None,
    by: User | None,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    undoes: Entry | None = None,
) -> Entry:
    """Add an entry about `target` (saved, or about to be deleted; None: many things, told in `data`).

    `by` None is the program itself.
    """
    assert connection.in_atomic_block, "a decision and its entry are one transaction"
    assert target is None or target.pk is not None
    return Entry.objects.create(
        verb=str(verb),
        target_kind=target._meta.label_lower if target else "",
        target_id=str(target.pk) if target else "",
        target_name=str(target)[:NAME_CHARACTERS] if target else "",
        by=by,
        reason=reason,
        data=dict(data or {}),
        undoes=undoes,
    )


ENTRIES_AT_ONCE = 500


def record_many(
    verb: str,
    *,
    targets: Iterable[tuple[models.Model, Mapping[str, Any], Entry | None]],
    by: User | None,
    reason: str = "",
) -> list[Entry]:
    """An entry per (target, data, the entry it takes back), as `record` writes one; they have their numbers."""
    assert connection.in_atomic_block, "a decision and its entry are one transaction"
    entries = [
        Entry(
            verb=str(verb),
            target_kind=target._meta.label_lower,
            target_id=str(target.pk),
            target_name=str(target)[:NAME_CHARACTERS],
            by=by,
            reason=reason,
            data=dict(data),
            undoes=undoes,
        )
        for target, data, undoes in targets
    ]
    return Entry.objects.bulk_create(entries, batch_size=ENTRIES_AT_ONCE)
