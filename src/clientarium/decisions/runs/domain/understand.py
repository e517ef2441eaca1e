"""Looking into a received file, and trying an import without writing anything."""

import shutil
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.core.pipeline import Layout, Staged, Understanding, stage, understand
from clientarium.decisions.people import User

from ..models import Import, ReceivedFile, SavedLayout
from ..queries import import_in_force, usual_source
from .homes import home_currency, open_ledger, staging_folder
from .known import count_known_clients, new_keys
from .lease import Listener
from .likenesses import Likeness, likenesses
from .modes import ChosenMode, choose_mode
from .overlaps import refuse_overlap
from .parquet import read_optional
from .receive import path_of


@dataclass(frozen=True)
class Preview:
    """What an import would do. `already` is an import of the same file that is in force or under way; `stop` says why
    it would not be loaded unless a mode is chosen.

    `doubtful`: new clients that look like ones of the base, the likeliest first; None: compared after the loading.
    """

    staged: Staged
    mode: ChosenMode
    clients_matched: int
    clients_new: int
    already: Import | None
    stop: UserError | None = None
    doubtful: list[Likeness] | None = None


def understand_file(
    received: ReceivedFile, *, kind: str | None = None, sheet: str | None = None, today: date | None = None
) -> Understanding:
    """What the file seems to be; a saved layout with its columns is recognised. Raises UserError for no table."""
    return understand(
        path_of(received),
        name=received.name,
        known_layouts=[Layout.from_dict(saved.layout) for saved in SavedLayout.objects.all()],
        kind=kind,
        sheet=sheet,
        today=today or timezone.localdate(),
    )


def preview_import(
    received: ReceivedFile,
    *,
    layout: Layout,
    source: str = "",
    today: date | None = None,
    listener: Listener | None = None,
) -> Preview:
    """Stage the file for trial and throw the stage away: totals, refused rows, matched and new clients, the mode.

    Refused rows are gone with the stage; start the import to keep them.
    """
    source = source.strip() or usual_source()
    folder = staging_folder(f"trial-{uuid4().hex}")
    folder.mkdir(parents=True)
    try:
        staged = stage(
            path_of(received),
            name=received.name,
            layout=layout,
            out_dir=folder,
            today=today or timezone.localdate(),
            currency=home_currency(),
            progress=(lambda rows: listener(N_("Reading the file"), rows, 0)) if listener else None,
        )
        clients = read_optional(staged.clients)
        matched, new = count_known_clients(clients, source=source) if clients is not None else (0, 0)
        doubtful = likenesses(clients, new_keys=new_keys(clients, source=source)) if clients is not None else []
        mode = choose_mode(
            layout,
            source=source,
            staged=staged,
            loads=open_ledger().loads(),
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    already = import_in_force(received, kind=layout.kind, part=layout.sheet or "")
    stop = _stop(mode, layout=layout, staged=staged, source=source)
    return Preview(
        staged=staged,
        mode=mode,
        clients_matched=matched,
        clients_new=new,
        already=already,
        stop=stop,
        doubtful=doubtful,
    )


def _stop(mode: ChosenMode, *, layout: Layout, staged: Staged, source: str) -> UserError | None:
    try:
        refuse_overlap(mode, layout=layout, staged=staged, source=source)
    except UserError as error:
        return error
    return None


def save_layout(layout: Layout, *, title: str, by: User | None) -> SavedLayout:
    """Keep `layout` for files with the same columns; one with the same fingerprint and kind is replaced."""
    for saved in SavedLayout.objects.filter(fingerprint=layout.fingerprint):
        if saved.layout.get("kind") == layout.kind:
            saved.delete()
    return SavedLayout.objects.create(title=title, fingerprint=layout.fingerprint, layout=layout.to_dict(), by=by)
