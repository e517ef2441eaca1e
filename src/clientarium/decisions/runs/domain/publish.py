"""A snapshot becomes what people see: lists, intervals, proposals, and its row among the snapshots."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pyarrow as pa
from django.utils import timezone

from clientarium.core.categories import Mode, Scheme
from clientarium.core.ground import N_
from clientarium.core.ground.expressions import names_in
from clientarium.core.ledger import SnapshotInfo, Snapshots
from clientarium.core.pipeline import Definitions
from clientarium.decisions.clients import publish_state
from clientarium.decisions.grades import (
    decided_meanwhile,
    follow_categories,
    follow_proposals,
    show_decisions,
    standing_table,
    with_decisions,
)
from clientarium.decisions.journal import record

from ..choices import RunVerb
from ..models import Snapshot
from .lease import Lease

PUBLISHING = N_("Publishing the lists")
FOLLOWING = N_("Noting who moved")
MONEY = "margin_12m"


def publish_snapshot(
    info: SnapshotInfo, *, snapshots: Snapshots, definitions: Definitions, standing: pa.Table, lease: Lease
) -> dict[str, Any]:
    """Show the snapshot of `info`; {scheme: {"moved", "proposed"}}.

    The lists change in one moment; what follows can be repeated after a crash and then ends the same.
    """
    as_of = info.as_of
    lease.progress(PUBLISHING)
    columns = set(snapshots.columns(as_of))
    names = [name for name in published_names(definitions) if name.name in columns]
    about = {"ledger_version": info.ledger_version, "definitions_hash": info.definitions_hash}
    publish_state(names, snapshots.batches(as_of), as_of=as_of, info=about, by=lease.run.created_by)
    decisions = decided_meanwhile(standing, now=standing_table(as_of))
    show_decisions(decisions)
    changes = {}
    schemes = [scheme for scheme in definitions.schemes if {scheme.name, scheme.computed_column} <= columns]
    for number, scheme in enumerate(schemes):
        lease.progress(FOLLOWING, number, len(schemes))
        changes[scheme.name] = _follow(
            scheme, snapshots=snapshots, columns=columns, as_of=as_of, decisions=decisions, lease=lease
        )
    note_snapshot(info, lease=lease, is_published=True)
    return changes


def published_names(definitions: Definitions) -> list[Any]:
    """Words of the vocabulary that lists may show: metrics first, then what the schemes add."""
    words = {**definitions.catalogue.vocabulary(), **definitions.schemes.vocabulary()}
    return list(words.values())


def is_tracked(scheme: Scheme) -> bool:
    """Whether the scheme needs to know since when: a person confirms it, or a stay or a dead band holds clients back.

    The others change with every figure and are read from the snapshots; a million intervals a day would serve nobody.
    """
    return scheme.mode is Mode.CONFIRM or scheme.minimum_stay_days > 0 or scheme.dead_band > 0


def note_snapshot(info: SnapshotInfo, *, lease: Lease, is_published: bool = False, is_backdated: bool = False) -> None:
    """Keep the row of a stored snapshot, under the fence; of a published one it is the mark that it is published."""
    with lease.commit():
        if is_published:
            Snapshot.objects.filter(is_published=True).exclude(as_of=info.as_of).update(is_published=False)
        values: dict[str, Any] = {
            "run": lease.run,
            "ledger_version": info.ledger_version,
            "definitions_hash": info.definitions_hash,
            "standing_hash": info.standing_hash,
            "program_version": info.program_version,
            "engine": info.engine,
            "content_hash": info.content_hash,
            "rows": info.rows,
            "made_at": datetime.fromisoformat(info.made_at),
            "is_backdated": is_backdated,
        }
        if is_published:
            values |= {"is_published": True, "published_at": timezone.now()}
        snapshot, _created = Snapshot.objects.update_or_create(as_of=info.as_of, defaults=values)
        if not is_backdated:
            data = {"as_of": info.as_of, "ledger_version": info.ledger_version, "published": is_published}
            record(RunVerb.SNAPSHOT_STORED, target=snapshot, by=lease.run.created_by, data=data)


def _follow(
    scheme: Scheme,
    *,
    snapshots: Snapshots,
    columns: set[str],
    as_of: date,
    decisions: Mapping[tuple[str, int], str | None],
    lease: Lease,
) -> dict[str, int]:
    """Intervals and proposals of one scheme; {"moved", "proposed"}."""
    values = sorted(_rule_names(scheme) & columns)
    wanted = list(dict.fromkeys(["client_id", scheme.name, scheme.computed_column, MONEY, *values]))
    table = snapshots.read(as_of, columns=[name for name in wanted if name in columns])
    rows = pa.table(
        {
            "client_id": table["client_id"],
            "in_force": table[scheme.name].cast(pa.string()),
            "computed": table[scheme.computed_column].cast(pa.string()),
            "money": table[MONEY] if MONEY in columns else pa.nulls(table.num_rows, pa.decimal128(18, 4)),
            **{name: table[name] for name in values},
        }
    )
    rows = with_decisions(rows, decisions, scheme=scheme.name)
    about: dict[str, Any] = {"as_of": as_of, "run_id": lease.run.pk, "commit": lease.commit}
    moved = follow_categories(scheme.name, rows=rows, is_tracked=is_tracked(scheme), **about)
    if scheme.mode is not Mode.CONFIRM:
        rows = rows.slice(0, 0)  # nothing waits for a decision in a scheme that decides by itself
    proposed = follow_proposals(scheme.name, rows=rows, values=values, **about)
    return {"moved": moved, "proposed": proposed.new + proposed.kept}


def _rule_names(scheme: Scheme) -> set[str]:
    """Numbers the rules of the scheme look at: they are kept with a proposal as its reason."""
    conditions = [category.rule.condition for category in scheme.categories if category.rule]
    return {name for condition in conditions for name in names_in(condition)} - {scheme.name, scheme.computed_column}


def forget_later(as_of: date, *, snapshots: Snapshots) -> None:
    """After an undo the last sale may lie earlier: snapshots of days without facts must not be compared with."""
    later = [day for day in snapshots.dates() if day > as_of]
    for day in later:
        snapshots.remove(day)
    Snapshot.objects.filter(as_of__gt=as_of).delete()
