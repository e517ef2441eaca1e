"""Histories from a file instead of the ledger, and what the models say of them: the core of `clientarium rhythm`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from clientarium.core.forecast import Histories, date_of, day_number, histories_of
from clientarium.core.ground import N_, UserError
from clientarium.core.intake import PurchaseFile, read_purchases


@dataclass(frozen=True, eq=False)
class FileHistories:
    """`labels[i]` is what the file calls the client of id i; `left_out` counts rows by reason."""

    histories: Histories
    labels: tuple[str, ...]
    left_out: Mapping[str, int]


def file_histories(
    path: Path, *, today: date, until: date | None = None, columns: Mapping[str, str] | None = None
) -> FileHistories:
    """Every client-day of the file is a purchase day. Known up to `until`, or up to its last purchase.

    UserError where nothing is left to learn from, each reason in words.
    """
    file = read_purchases(path, name=path.name, today=today, columns=columns)
    refuse_future(until, today=today)
    _refuse_empty(file)
    days = file.rows["day"]
    first, last = pc.min(days).as_py(), pc.max(days).as_py()
    if until is not None and until < first:
        raise UserError(
            N_("There are no purchases up to %(until)s: the first one is of %(first)s."),
            cure=N_("Choose a later day."),
            until=until.strftime("%d.%m.%Y"),
            first=first.strftime("%d.%m.%Y"),
        )
    encoded = file.rows["client"].combine_chunks().dictionary_encode()
    labels = encoded.dictionary
    # Ids follow the labels' order, so that the same clients in another order of rows are the same histories.
    order = pc.sort_indices(labels)
    places = pc.sort_indices(order)
    ids = places.take(encoded.indices).cast(pa.int64())
    revenue = {"revenue": file.rows["revenue"]} if file.has_revenue else {}
    purchases = pa.table({"client_id": ids, "day": days, **revenue})
    return FileHistories(
        histories=histories_of(purchases, until=day_number(until or last)),
        labels=tuple(labels.take(order).to_pylist()),
        left_out={
            "without_client": file.without_client,
            "without_date": file.without_date,
            "in_future": file.in_future,
            "returns": file.returns,
        },
    )


def refuse_future(until: date | None, *, today: date) -> None:
    """UserError for a day that has not come: nothing is known of it."""
    if until is not None and until > today:
        raise UserError(
            N_("%(until)s has not come yet."),
            cure=N_("Choose a day up to %(today)s."),
            until=until.strftime("%d.%m.%Y"),
            today=today.strftime("%d.%m.%Y"),
        )


def refuse_no_purchases(histories: Histories) -> None:
    if not histories.size:
        raise UserError(
            N_("There are no purchases up to %(until)s."),
            cure=N_("Choose a later day, or load more sales."),
            until=date_of(histories.until).strftime("%d.%m.%Y"),
        )


def _refuse_empty(file: PurchaseFile) -> None:
    if file.rows.num_rows:
        return
    if file.returns:
        raise UserError(
            N_("The file holds returns only: %(rows)d rows, none of them a purchase."),
            cure=N_("Export the sales as well, not only what came back."),
            rows=file.returns,
        )
    if file.in_future:
        raise UserError(
            N_("Every date of the file lies in the future (%(rows)d rows)."),
            cure=N_("Check the order of day and month, and that these are sales, not plans."),
            rows=file.in_future,
        )
    if not file.read:
        raise UserError(N_("The file has no rows."), cure=N_("Check that it is the right file and sheet."))
    raise UserError(
        N_("No row of %(rows)d has both a client and a date."),
        cure=N_('Say what the columns mean: --column "Header=client" --column "Header=date".'),
        rows=file.read,
    )
