"""What sellers' clients have brought in a month, counted to whoever held them on the day of the sale."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pyarrow as pa
from django.conf import settings
from django.db.models import Count, F, Max, Min, Q, Sum

from clientarium.core.readings import HOLDINGS, HolderMoney, money_of_holders
from clientarium.core.strategy import first_day_of, last_day_of
from clientarium.decisions.clients import Holding, HoldingCause, last_merging
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.runs import open_ledger

ROWS_PER_BATCH = 20_000
MONTHS_KEPT = 16
"""Months of facts a process remembers; each is one small row per seller and day."""


@dataclass(frozen=True)
class Version:
    """What the facts of a month depend on: nothing else changes them, so they are remembered under it."""

    home: str
    ledger: int
    holdings: tuple[Any, ...]
    merged: Any


def facts_of_month(month: date, *, until: date | None = None) -> list[HolderMoney]:
    """By seller and day, to `until` (the month's end by default). Clients whom nobody held are in no row."""
    first, last = first_day_of(month), last_day_of(month)
    until = min(last, until or last)
    if until < first:
        return []
    version = current_version()
    return [] if version.ledger < 0 else _facts(first, until, version)


def current_version() -> Version:
    return Version(str(settings.CLIENTARIUM_HOME), open_ledger().version(), _holdings_version(), last_merging())


@lru_cache(maxsize=MONTHS_KEPT)
def _facts(first: date, until: date, version: Version) -> list[HolderMoney]:
    holdings = holdings_between(first, until)
    return money_of_holders(ledger_base(), holdings=holdings, first=first, until=until, at_version=version.ledger)


def _holdings_version() -> tuple[Any, ...]:
    found = Holding.objects.aggregate(
        last=Max("pk"),
        rows=Count("pk"),
        open=Count("pk", filter=Q(last_day__isnull=True)),
        ended=Max("last_day"),
        sellers=Sum("seller_id"),
    )
    return tuple(found.values())


def holdings_between(first: date, until: date, *, seller_id: int | None = None) -> pa.Table:
    """HOLDINGS of those who held a client on any of the days.

    A holding that came with a file began on the day of the import, not on the day of the agreement: where nobody is
    known to have held the client before, it reaches back as far as needed.
    """
    imported = Q(cause__in=(HoldingCause.IMPORT, HoldingCause.SALES))
    rows = (
        Holding.objects.filter(client__merged_into__isnull=True)
        .annotate(earliest=Min("client__holdings__first_day"))
        .filter(Q(last_day__isnull=True) | Q(last_day__gte=first))
        .filter(Q(first_day__lte=until) | (imported & Q(first_day=F("earliest"))))
        .filter(**({} if seller_id is None else {"seller_id": seller_id}))
        .order_by("pk")
        .values_list("client_id", "seller_id", "first_day", "last_day", "cause", "earliest")
    )
    reaching = (
        (client, seller, None if start == earliest and cause != HoldingCause.PERSON else start, end)
        for client, seller, start, end, cause, earliest in rows.iterator(chunk_size=ROWS_PER_BATCH)
    )
    return pa.Table.from_batches(list(_batches(reaching)), schema=HOLDINGS)


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[pa.RecordBatch]:
    held: list[tuple[Any, ...]] = []
    for row in rows:
        held.append(row)
        if len(held) == ROWS_PER_BATCH:
            yield _batch(held)
            held = []
    if held:
        yield _batch(held)


def _batch(rows: list[tuple[Any, ...]]) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    return pa.RecordBatch.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, HOLDINGS, strict=True)], schema=HOLDINGS
    )
