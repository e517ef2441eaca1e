"""The search for duplicates as a run: cards → pairs → what the rule calls sure is merged, the rest is asked about.

Whoever takes it over from a dead worker begins anew: merges made stay made, and the queue is replaced at the end.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import pyarrow as pa
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import N_
from clientarium.decisions.clients import (
    Client,
    ClientVerb,
    FoundPair,
    identity_cards,
    keep_pairs,
    merge_rule,
    merge_sure,
    sure_pairs,
    told_apart,
)
from clientarium.decisions.journal import record
from clientarium.decisions.people import User, can_merge

from ..choices import LEDGER_LANE, RunKind
from ..models import Import, Run
from .lease import Lease
from .pulses import queue_pulse
from .queue import enqueue

READING_CARDS = N_("Reading the cards")
COMPARING = N_("Comparing the cards")
MERGING = N_("Merging what is sure")
KEEPING = N_("Putting the doubtful ones into the queue")

LARGEST_SHARE_APART = 0.2
"""New clients up to this share of the base are compared with it alone; more of them, and all are compared anew."""

FORBIDDEN = pa.schema([("a", pa.int64()), ("b", pa.int64())])


def start_identity(*, by: User | None) -> Run:
    """Queue a search through the whole base; the one that already waits is returned instead."""
    if by is not None and not can_merge(by):
        raise PermissionDenied
    return _queue({}, key="identity", by=by)


def queue_identity_after(import_: Import, *, by: User | None) -> Run | None:
    """The search among the clients an import made, where the rule asks for it; None where it does not."""
    if not import_.clients_created or not merge_rule().looks_after_imports:
        return None
    return _queue({"import": import_.import_id}, key=f"identity-{import_.import_id}", by=by)


def identity_run(lease: Lease) -> Mapping[str, Any]:
    """The work of a run of kind identity."""
    by, import_id = lease.run.created_by, lease.run.arguments.get("import")
    lease.progress(READING_CARDS)
    new = _new_clients(import_id) if import_id else None
    pairs, cards = _compare(new, lease=lease)
    sure = sure_pairs(pairs)
    lease.progress(MERGING, 0, len(sure))
    if sure:
        with lease.commit():
            queue_pulse(by=by)  # it waits for the lane: whatever becomes of this run, what is merged is counted
    merged = merge_sure(sure, progress=lambda done, total: lease.progress(MERGING, done, total))
    lease.progress(KEEPING)
    lease.check()
    with lease.commit():
        waiting = keep_pairs(pairs, run_id=lease.run.pk, only_of=new)
        data = {"clients": cards, "pairs": len(pairs), "merged": merged, "waiting": waiting}
        record(ClientVerb.DUPLICATES_FOUND, target=None, by=by, data=data)
    return data


def _new_clients(import_id: str) -> list[int] | None:
    """The clients the import made; None where they are so many that the whole base is compared anew."""
    stand = Client.objects.filter(merged_into__isnull=True)
    made = list(stand.filter(created_import=import_id).order_by("pk").values_list("pk", flat=True))
    return made if len(made) <= LARGEST_SHARE_APART * stand.count() else None


def _compare(new: list[int] | None, *, lease: Lease) -> tuple[list[FoundPair], int]:
    """The pairs, and how many cards were compared."""
    from clientarium.core.identity import Matching, candidate_pairs  # noqa: PLC0415 -- slow import: scipy

    matching = Matching(least_probability=merge_rule().asks_from)
    forbidden = _forbidden()
    cards = identity_cards(only=new)
    against = identity_cards(without=new) if new is not None else None
    compare = partial(
        candidate_pairs, settings=matching, progress=lambda done, total: lease.progress(COMPARING, done, total)
    )
    found = list(found_pairs(compare(cards, forbidden=forbidden)))
    if against is not None and cards.num_rows:
        lease.check()
        both_ways = pa.concat_tables([forbidden, forbidden.rename_columns(["b", "a"]).select(["a", "b"])])
        found += found_pairs(compare(cards, against=against, forbidden=both_ways))
    lease.check()
    return found, cards.num_rows


def found_pairs(pairs: pa.Table) -> Iterator[FoundPair]:
    """The core's pairs, each a < b."""
    for row in pairs.to_pylist():
        one, other = sorted((row["a"], row["b"]))
        reasons = row["reasons"] or []
        if one != row["a"]:
            reasons = [{**reason, "left": reason["right"], "right": reason["left"]} for reason in reasons]
        yield FoundPair(
            a=one,
            b=other,
            probability=row["probability"],
            weight=row["weight"],
            is_sure=bool(row["sure"]),
            reasons=reasons,
        )


def _forbidden() -> pa.Table:
    rows = [{"a": a, "b": b} for a, b in told_apart()]
    return pa.Table.from_pylist(rows, schema=FORBIDDEN)


def _queue(arguments: Mapping[str, Any], *, key: str, by: User | None) -> Run:
    return enqueue(RunKind.IDENTITY, arguments=arguments, by=by, lane=LEDGER_LANE, unique_key=key)
