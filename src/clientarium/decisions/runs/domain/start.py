"""Beginning an import: the row that stands for it, and its run."""

from datetime import date
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.core.pipeline import Layout
from clientarium.decisions.journal import record
from clientarium.decisions.people import User, can_import

from ..choices import LEDGER_LANE, ImportMode, ImportState, RunKind, RunState, RunVerb
from ..models import Import, ReceivedFile, Run
from ..queries import import_in_force, usual_source
from .queue import enqueue
from .receive import path_of
from .understand import save_layout


def start_import(
    received: ReceivedFile,
    *,
    layout: Layout,
    source: str = "",
    mode: ImportMode | str | None = None,
    period: tuple[date, date] | None = None,
    by: User | None,
    force: bool = False,
    save_as: str = "",
) -> Run:
    """Queue the loading of `received` read by `layout`; the import is `run.imports.get()`.

    `mode` None: chosen by the rule of modes.py after staging. `period` is what mode `replace` replaces (default: the
    file's own days). `source` empty: where the newest loaded file came from. `save_as` keeps the layout under this
    title. Raises UserError if the same file is loaded or being loaded, unless `force`; of two users at the same moment
    one gets it.
    """
    if by is not None and not can_import(by):
        raise PermissionDenied
    path_of(received)
    earlier = import_in_force(received, kind=layout.kind, part=layout.sheet or "")
    if earlier and not force:
        raise already_loaded(earlier)
    try:
        with transaction.atomic():
            import_ = Import.objects.create(
                import_id=uuid4().hex,
                file=received,
                kind=layout.kind,
                part=layout.sheet or "",
                source=source.strip() or usual_source(),
                layout=layout.to_dict(),
                mode=ImportMode(mode) if mode else None,
                replace_first_on=period[0] if period else None,
                replace_last_on=period[1] if period else None,
                forced=force,
                by=by,
            )
            if save_as.strip():
                save_layout(layout, title=save_as.strip(), by=by)
            run = enqueue(RunKind.IMPORT, arguments={"import": import_.pk}, by=by, lane=LEDGER_LANE)
            import_.run = run
            import_.save(update_fields=["run"])
    except IntegrityError as error:
        first = import_in_force(received, kind=layout.kind, part=layout.sheet or "")
        if first is None:
            raise
        raise already_loaded(first) from error
    return run


def start_undo(import_: Import, *, by: User | None, reason: str = "") -> Run:
    """Queue the undoing of a loaded import. Raises UserError if it is not loaded."""
    if by is not None and not can_import(by):
        raise PermissionDenied
    with transaction.atomic():
        if not Import.objects.select_for_update().filter(pk=import_.pk, state=ImportState.LOADED).exists():
            raise UserError(
                N_("Only a loaded import can be undone."), cure=N_("Look at its state in the list of imports.")
            )
        return enqueue(
            RunKind.UNDO_IMPORT,
            arguments={"import": import_.pk, "reason": reason},
            by=by,
            lane=LEDGER_LANE,
            unique_key=f"undo-import-{import_.pk}",
        )


@transaction.atomic
def cancel_run(run: Run, *, by: User | None) -> Run:
    """Cancel a waiting run at once; ask a running one to stop and take back what it began."""
    if by is not None and not can_import(by):
        raise PermissionDenied
    locked = Run.objects.select_for_update().get(pk=run.pk)
    if not locked.is_live or locked.cancel_requested:
        return locked
    locked.cancel_requested = True
    if locked.state == RunState.QUEUED and not Import.objects.filter(run=locked, state=ImportState.LOADING).exists():
        locked.state, locked.finished_at = RunState.CANCELLED, timezone.now()
        Import.objects.filter(run=locked, state=ImportState.WAITING).update(state=ImportState.CANCELLED)
    locked.save(update_fields=["cancel_requested", "state", "finished_at"])
    record(RunVerb.RUN_CANCELLED, target=locked, by=by)
    return locked


def already_loaded(first: Import) -> UserError:
    """The clear answer to whoever sends the same file again."""
    return UserError(
        N_("The file “%(name)s” is already loaded: import no. %(number)s of %(day)s by %(user)s."),
        cure=N_("Undo that import first, or ask to load the file once more."),
        name=first.file.name,
        number=first.pk,
        day=timezone.localtime(first.created_at).strftime("%d.%m.%Y %H:%M"),
        user=str(first.by) if first.by else "Clientarium",
    )
