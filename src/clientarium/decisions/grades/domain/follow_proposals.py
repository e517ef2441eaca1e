"""After a pulse: the queue of proposals follows what the rules say now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, TypeVar

import pyarrow as pa
from django.db import transaction

from ..choices import ProposalState
from ..models import CategoryInterval, Proposal
from .follow_categories import Commit, differs
from .intervals import ROWS_PER_INSERT

Row = TypeVar("Row")


@dataclass(frozen=True)
class ProposalChanges:
    """How many proposals are new, still wait, and were overtaken by the data."""

    new: int
    kept: int
    superseded: int


def follow_proposals(
    scheme: str,
    *,
    rows: pa.Table,
    values: Sequence[str],
    as_of: date,
    run_id: int,
    commit: Commit = transaction.atomic,
) -> ProposalChanges:
    """Make the waiting proposals of `scheme` those of `rows`: client_id, in_force, computed, money and `values`.

    What a person dismissed, or decided against the rule, is not proposed again while the rule says the same.
    """
    wanted = {row["client_id"]: row for row in rows.filter(differs(rows["in_force"], rows["computed"])).to_pylist()}
    _lapse_dismissals(scheme, wanted=wanted, commit=commit)
    settled = _settled_by_people(scheme, wanted=wanted)
    for client in settled:
        del wanted[client]
    waiting = {client: (key, change) for key, client, *change in _proposals(scheme, ProposalState.WAITING)}
    kept = {client: key for client, (key, change) in waiting.items() if _same(wanted.get(client), change)}
    gone = [key for client, (key, _change) in waiting.items() if client not in kept]
    for keys in _parts(gone):
        with commit():
            Proposal.objects.filter(pk__in=keys).update(state=ProposalState.SUPERSEDED)
    rows_now = (
        _proposal(row, scheme=scheme, key=kept.get(client), values=values, as_of=as_of, run_id=run_id)
        for client, row in wanted.items()
    )
    for part in _parts(sorted(rows_now, key=lambda proposal: proposal.pk is not None)):
        with commit():
            _write(part)
    return ProposalChanges(new=len(wanted) - len(kept), kept=len(kept), superseded=len(gone))


def _write(part: list[Proposal]) -> None:
    Proposal.objects.bulk_create([proposal for proposal in part if proposal.pk is None])
    Proposal.objects.bulk_create(
        [proposal for proposal in part if proposal.pk is not None],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["as_of", "money", "why", "run_id"],
    )


def _proposal(
    row: Mapping[str, Any], *, scheme: str, key: int | None, values: Sequence[str], as_of: date, run_id: int
) -> Proposal:
    return Proposal(
        pk=key,
        client_id=row["client_id"],
        scheme=scheme,
        from_category=row["in_force"],
        to_category=row["computed"],
        as_of=as_of,
        why={"values": {name: _json(row[name]) for name in values}},
        money=row["money"],
        run_id=run_id,
    )


def _lapse_dismissals(scheme: str, *, wanted: Mapping[int, Mapping[str, Any]], commit: Commit) -> None:
    dismissed = _proposals(scheme, ProposalState.DISMISSED)
    lapsed = [key for key, client, *change in dismissed if not _same(wanted.get(client), change)]
    for part in _parts(lapsed):
        with commit():
            Proposal.objects.filter(pk__in=part).update(lapsed=True)


def _settled_by_people(scheme: str, *, wanted: Mapping[int, Mapping[str, Any]]) -> set[int]:
    dismissed = {client for _key, client, *_change in _proposals(scheme, ProposalState.DISMISSED)}
    overrides = CategoryInterval.objects.filter(scheme=scheme, last_day__isnull=True, is_override=True)
    overridden = {
        client
        for client, category, rule in overrides.values_list("client_id", "category", "rule_category")
        if _same(wanted.get(client), [category, rule])
    }
    return (dismissed | overridden) & set(wanted)


def _proposals(scheme: str, state: ProposalState) -> Iterator[tuple[int, int, str | None, str | None]]:
    """(key, client, from, to) of those in force in `state`."""
    rows = Proposal.objects.filter(scheme=scheme, state=state, lapsed=False, client__merged_into__isnull=True)
    yield from rows.values_list("pk", "client_id", "from_category", "to_category").iterator()


def _same(row: Mapping[str, Any] | None, change: Sequence[str | None]) -> bool:
    return row is not None and [row["in_force"], row["computed"]] == list(change)


def _json(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _parts(rows: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while part := list(islice(iterator, ROWS_PER_INSERT)):
        yield part
