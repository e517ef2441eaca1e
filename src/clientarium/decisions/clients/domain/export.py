"""Telling the journal what left the program."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from clientarium.decisions.journal import record
from clientarium.decisions.people import User, can_export

from ..choices import ClientVerb


@transaction.atomic
def note_export(*, where: str, rows: int, form: str, by: User) -> None:
    """Record that `by` took `rows` clients found by `where` as a file. Raises PermissionDenied."""
    if not can_export(by):
        raise PermissionDenied
    record(ClientVerb.CLIENTS_EXPORTED, target=by, by=by, data={"where": where, "rows": rows, "format": form})
