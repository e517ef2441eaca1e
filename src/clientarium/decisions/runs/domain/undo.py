"""Undoing an import: facts, cards and everything it took the place of are as they were."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from clientarium.core.ground import N_
from clientarium.decisions.clients import undo_cards
from clientarium.decisions.journal import record

from ..choices import ImportState, RunVerb
from ..models import Import
from .homes import open_ledger
from .known import clients_with_facts
from .lease import Lease
from .pulses import queue_pulse

UNDOING_FACTS = N_("Taking the facts back")
UNDOING_CARDS = N_("Taking the cards back")


def undo_import_run(lease: Lease) -> Mapping[str, Any]:
    """The work of a run of kind undo_import; each of its parts may be done twice, so it resumes from anywhere."""
    import_ = Import.objects.select_related("file").get(pk=lease.run.arguments["import"])
    if import_.state != ImportState.LOADED:
        return {"import": import_.pk}
    ledger, by, reason = open_ledger(), lease.run.created_by, lease.run.arguments.get("reason", "")
    lease.progress(UNDOING_FACTS)
    # From here on the undoing goes to its end: a cancel would leave facts and cards apart.
    if ledger.is_loaded(import_.import_id):
        ledger.undo(import_.import_id)
    lease.note(UNDOING_CARDS)
    undo_cards(import_.import_id, in_ledger=clients_with_facts(ledger), by=by, reason=reason)
    with lease.commit():
        import_.state, import_.undone_at, import_.undone_by = ImportState.UNDONE, timezone.now(), by
        import_.save(update_fields=["state", "undone_at", "undone_by"])
        record(RunVerb.IMPORT_UNDONE, target=import_, by=by, reason=reason)
        queue_pulse(by=by)
    return {"import": import_.pk}
