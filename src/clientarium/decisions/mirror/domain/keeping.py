"""Sums of a snapshot, read once and kept: the ledger is asked again only when what they were read from has changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from clientarium.decisions.clients import current_publication, published_columns, state_model
from clientarium.decisions.runs import Snapshot

from ..models import KeptSums

Row = TypeVar("Row")


def kept(
    question: str, *, as_of: date, key: str, row: type[Row], read: Callable[[], tuple[str, Sequence[Row]]]
) -> tuple[str, list[Row]]:
    """(measure, rows) as `read` gives them, from the table where they stand there under `key`."""
    standing = KeptSums.objects.filter(question=question, as_of=as_of, key=key).first()
    if standing is not None and (found := _rows(standing, row)) is not None:
        return standing.measure, found
    measure, rows = read()
    _keep(question, as_of=as_of, key=key, row=row, measure=measure, rows=rows)
    return measure, list(rows)


def kept_by_date(
    question: str,
    *,
    keys: Mapping[date, str],
    row: type[Row],
    measure: str,
    read: Callable[[list[date]], Sequence[Row]],
) -> list[Row]:
    """The rows (each with its `as_of`) of every date of `keys`; only the dates that are not kept are read."""
    ready: dict[date, list[Row]] = {}
    for standing in KeptSums.objects.filter(question=question, as_of__in=keys, measure=measure):
        if standing.key == keys[standing.as_of] and (found := _rows(standing, row)) is not None:
            ready[standing.as_of] = found
    missing = sorted(set(keys) - set(ready))
    fresh = read(missing) if missing else []
    for day in missing:
        ready[day] = [one for one in fresh if getattr(one, "as_of") == day]  # noqa: B009 -- any row with a date
        _keep(question, as_of=day, key=keys[day], row=row, measure=measure, rows=ready[day])
    return [one for day in sorted(ready) for one in ready[day]]


def content_keys() -> dict[date, str]:
    """What each snapshot is made of, by its date: as long as it stands, so do the sums."""
    rows = Snapshot.objects.values_list("as_of", "content_hash", "ledger_version")
    return {as_of: f"{content}:{version}" for as_of, content, version in rows}


def measure_in_force() -> str:
    """'margin', or 'revenue' where no buyer's cost is known, as the readings say of the published snapshot."""
    publication = current_publication()
    if publication is None or "margin_12m" not in {name.name for name in published_columns(publication)}:
        return "revenue"
    states: Any = state_model(publication)._default_manager
    return "margin" if states.filter(orders_12m__gt=0, margin_12m__isnull=False).exists() else "revenue"


def _keep(question: str, *, as_of: date, key: str, row: type[Any], measure: str, rows: Sequence[Any]) -> None:
    """Put them in place of the older answer; two processes may do it at once, with the same rows."""
    lines = [_names(row), *(list(asdict(one).values()) for one in rows)]
    KeptSums.objects.update_or_create(
        question=question, as_of=as_of, defaults={"key": key, "measure": measure, "rows": lines}
    )


def _rows(standing: KeptSums, row: type[Row]) -> list[Row] | None:
    """None where they were kept by an older program, whose rows were other."""
    if not standing.rows or standing.rows[0] != _names(row):
        return None
    kinds = [field.type for field in fields(row)]  # type: ignore[arg-type]
    return [row(*map(_value, values, kinds)) for values in standing.rows[1:]]


def _value(value: Any, kind: Any) -> Any:
    """What JSON keeps as text."""
    if value is None or kind not in (date, Decimal):
        return value
    return date.fromisoformat(value) if kind is date else Decimal(value)


def _names(row: type[Any]) -> list[str]:
    return [field.name for field in fields(row)]
