"""Loading a file: stage → control totals → clients → cards → ledger → done. Whole, or not at all.

The commit of the ledger is the point of no return. A worker that takes the run over looks at the ledger: if it has the
import, only the end is missing; otherwise everything is done again from the file. Clients found or made by the first
attempt are found again by their keys, so the result is the same as that of an uninterrupted run.
"""

import shutil
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pyarrow as pa
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.core.ledger import Ledger
from clientarium.core.pipeline import Layout, Staged, stage
from clientarium.decisions.clients import (
    Client,
    FirstHolders,
    apply_cards,
    holders_from_sales,
    resolve_clients,
    undo_cards,
)
from clientarium.decisions.journal import record

from ..choices import ImportMode, ImportState, RunState, RunVerb
from ..models import Import, Run
from .homes import (
    attempt_folder,
    forget_staged,
    home,
    home_currency,
    open_ledger,
    program_version,
    refused_file,
)
from .identity import queue_identity_after
from .known import clients_with_facts
from .lease import Lease
from .modes import choose_mode
from .overlaps import refuse_overlap
from .parquet import read_optional
from .pulses import queue_pulse
from .receive import path_of
from .sellers import bring_sellers, latest_sellers, sellers_of_others

READING = N_("Reading the file")
FINDING_CLIENTS = N_("Finding the clients")
FILLING_CARDS = N_("Filling the cards")
WRITING_FACTS = N_("Writing the facts")
FINISHING = N_("Finishing")


def load_import_run(lease: Lease) -> Mapping[str, Any]:
    """The work of a run of kind import."""
    import_ = Import.objects.select_related("file", "by").get(pk=lease.run.arguments["import"])
    load_import(import_, lease=lease)
    return {"import": import_.pk, "accepted": import_.accepted, "refused": import_.refused}


def load_import(import_: Import, *, lease: Lease) -> None:
    """Bring the import to its end from wherever it was left. Raises UserError; RunStopped when it has to stop."""
    if import_.state == ImportState.LOADED:
        return
    ledger = open_ledger()
    if not ledger.is_loaded(import_.import_id):
        lease.check()
        with lease.commit():
            _save(import_, state=ImportState.LOADING)
        try:
            _load_rows(import_, ledger=ledger, lease=lease)
        finally:
            shutil.rmtree(attempt_folder(import_.import_id, lease.run.token), ignore_errors=True)
    _finish(import_, lease=lease)
    forget_staged(import_.import_id)


def abandon_import(run: Run, state: RunState) -> None:
    """Take back what a failed or cancelled import began: facts, cards, new clients, staged files."""
    import_ = Import.objects.filter(pk=run.arguments["import"]).first()
    if import_ is None or import_.state not in (ImportState.WAITING, ImportState.LOADING):
        return
    ledger = open_ledger()
    if ledger.is_loaded(import_.import_id):
        ledger.undo(import_.import_id)
    undo_cards(import_.import_id, in_ledger=clients_with_facts(ledger), by=import_.by)
    forget_staged(import_.import_id)
    ended = ImportState.CANCELLED if state is RunState.CANCELLED else ImportState.FAILED
    Import.objects.filter(pk=import_.pk).update(state=ended)


def _load_rows(import_: Import, *, ledger: Ledger, lease: Lease) -> None:
    version = ledger.version()
    staged = _stage(import_, lease=lease)
    _note_stage(import_, staged=staged, ledger=ledger, lease=lease)
    keys = _bring_clients(import_, staged=staged, ledger=ledger, lease=lease)
    if staged.tables:
        lease.progress(WRITING_FACTS)
        receipt = ledger.load(
            staged.tables,
            import_id=import_.import_id,
            source=import_.source,
            mode=str(import_.mode),
            first_on=import_.replace_first_on,
            last_on=import_.replace_last_on,
            keys=keys,
            expect_version=version,
            program_version=program_version(),
            progress=lambda _table, done, total: lease.progress(WRITING_FACTS, done, total),
        )
        _save(import_, counts=dict(receipt.rows), ledger_version=receipt.version)


def _stage(import_: Import, *, lease: Lease) -> Staged:
    """The file as parquet, its control totals agreeing. What an earlier attempt staged is thrown away."""
    forget_staged(import_.import_id)
    folder = attempt_folder(import_.import_id, lease.run.token)
    folder.mkdir(parents=True)
    lease.progress(READING)
    staged = stage(
        path_of(import_.file),
        name=import_.file.name,
        layout=Layout.from_dict(import_.layout),
        out_dir=folder,
        today=timezone.localdate(import_.created_at),
        currency=home_currency(),
        progress=lambda rows: lease.progress(READING, rows),
        cancelled=lease.cancelled,
    )
    lease.check()
    if not staged.agree:
        raise AssertionError(f"{import_}: rows or sums were lost while staging {import_.file}")
    if staged.accepted == 0:
        raise UserError(
            N_("No row of “%(name)s” could be loaded: %(refused)s refused, %(skipped)s skipped."),
            cure=N_("Look at what each column means, and load it again."),
            name=import_.file.name,
            refused=staged.refused,
            skipped=sum(staged.skipped.values()),
        )
    return staged


def _note_stage(import_: Import, *, staged: Staged, ledger: Ledger, lease: Lease) -> None:
    """Keep the counts and the refused rows, and settle the mode."""
    mode, period = import_.mode, (import_.replace_first_on, import_.replace_last_on)
    if mode is None:
        chosen = choose_mode(
            Layout.from_dict(import_.layout),
            source=import_.source,
            staged=staged,
            loads=ledger.loads(),
        )
        refuse_overlap(chosen, layout=Layout.from_dict(import_.layout), staged=staged, source=import_.source)
        mode, period = chosen.mode, (chosen.first_on, chosen.last_on)
    elif mode == ImportMode.REPLACE and period == (None, None):
        period = (staged.first_on, staged.last_on)
    with lease.commit():
        _save(
            import_,
            mode=mode,
            replace_first_on=period[0],
            replace_last_on=period[1],
            rows_read=staged.rows_read,
            accepted=staged.accepted,
            refused=staged.refused,
            skipped=sum(staged.skipped.values()),
            skipped_reasons=dict(staged.skipped),
            totals={name: {k: str(v) for k, v in asdict(sums).items()} for name, sums in staged.totals.items()},
            first_on=staged.first_on,
            last_on=staged.last_on,
            refused_path=_keep_refused(import_, staged),
        )


def _keep_refused(import_: Import, staged: Staged) -> str:
    if staged.refused_rows is None or staged.refused == 0:
        return ""
    kept = refused_file(import_.import_id)
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(staged.refused_rows, kept)
    return str(kept.relative_to(home()))


def _bring_clients(import_: Import, *, staged: Staged, ledger: Ledger, lease: Lease) -> pa.Table | None:
    """Sellers, clients and their cards in the database; the table client_key → client_id for the ledger."""
    about: dict[str, Any] = {"source": import_.source, "import_id": import_.import_id, "by": import_.by}
    on = timezone.localdate(import_.created_at)
    sellers, clients = read_optional(staged.sellers), read_optional(staged.clients)
    lease.progress(FINDING_CLIENTS)
    if sellers is not None:
        bring_sellers(sellers, source=import_.source)
    if clients is None:
        return None
    latest = latest_sellers(staged.tables["sales"], ledger=ledger) if "sales" in staged.tables else {}
    holders = FirstHolders(latest, source=import_.source, on=on) if latest else None
    keys = resolve_clients(clients, holders=holders, **about)
    created = Client.objects.filter(created_import=import_.import_id).count()
    _save(import_, clients_created=created, clients_matched=len(set(keys["client_id"].to_pylist())) - created)
    lease.progress(FILLING_CARDS)
    apply_cards(clients, keys, on=on, **about)
    if latest:
        others = sellers_of_others(latest, keys, import_id=import_.import_id)
        holders_from_sales(others, on=on, **about)
    lease.check()
    return keys


def _finish(import_: Import, *, lease: Lease) -> None:
    """The end, in one transaction: loaded, in the journal, and a pulse queued."""
    with lease.commit():
        now = timezone.now()
        _save(import_, state=ImportState.LOADED, loaded_at=now)
        data = {name: getattr(import_, name) for name in ("kind", "source", "mode", "rows_read", "accepted", "refused")}
        record(RunVerb.IMPORT_LOADED, target=import_, by=import_.by, data=data)
        queue_identity_after(import_, by=import_.by)
        queue_pulse(by=import_.by)


def _save(import_: Import, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(import_, name, value)
    import_.save(update_fields=list(fields))
