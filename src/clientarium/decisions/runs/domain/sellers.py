"""Sellers a file names, and who of them holds the clients nobody holds yet."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import transaction

from clientarium.decisions.people import Seller, name_key

SALES_COLUMNS = ["client_key", "sold_on", "seller"]


@transaction.atomic
def bring_sellers(staged: pa.Table, *, source: str) -> int:
    """Make the sellers of `staged` (seller: the key in the ledger, name) that are not known yet; how many.

    A seller who bears the name and has no key but the name (entered by hand, or met in a file of cards) gets this key.
    """
    names = dict(zip(staged["seller"].to_pylist(), staged["name"].to_pylist(), strict=True))
    known = set(Seller.objects.filter(source=source).values_list("key", flat=True))
    fresh = {key: (names[key] or key).strip() for key in names if key and key not in known}
    made = 0
    for key, name in sorted(fresh.items()):
        namesakes = Seller.objects.filter(source__in=("", source), name_key=name_key(name))
        adopted = next((seller for seller in namesakes if name_key(seller.key) == seller.name_key), None)
        if adopted:
            Seller.objects.filter(pk=adopted.pk).update(source=source, key=key)
            continue
        Seller.objects.create(source=source, key=key, name=name, name_key=name_key(name))
        made += 1
    return made


def latest_sellers(sales: tuple[Path, ...], *, keys: pa.Table) -> dict[int, str]:
    """client_id → the seller of his latest sale in the staged files."""
    parts = [_latest(pa.Table.from_batches([batch])) for path in sales for batch in _batches(path)]
    if not parts:
        return {}
    rows = _latest(pa.concat_tables(parts)).join(keys, "client_key")
    rows = rows.sort_by([("sold_on", "ascending"), ("seller", "ascending")])
    return dict(zip(rows["client_id"].to_pylist(), rows["seller"].to_pylist(), strict=True))


def _batches(path: Path) -> Iterator[pa.RecordBatch]:
    """Some rows at a time: a file of millions of lines has few pairs of client and seller."""
    with pq.ParquetFile(path) as file:
        yield from file.iter_batches(columns=SALES_COLUMNS)


def _latest(rows: pa.Table) -> pa.Table:
    """client_key, seller and the last day on which the two met."""
    known = rows.filter(rows["seller"].is_valid())
    found = known.group_by(["client_key", "seller"]).aggregate([("sold_on", "max")])
    return found.rename_columns({"sold_on_max": "sold_on"})
