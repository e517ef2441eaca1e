"""Sellers a file names, and who of them holds the clients nobody holds yet."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
from django.db import transaction

from clientarium.core.ledger import Ledger
from clientarium.decisions.clients import Client
from clientarium.decisions.people import Seller, name_key


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


def latest_sellers(sales: Sequence[Path], *, ledger: Ledger) -> dict[str, tuple[str, str]]:
    """client_key → (ISO day, seller) of his latest sale in the staged files."""
    found = ledger.latest_sellers(sales)
    latest = zip(found["sold_on"].to_pylist(), found["seller"].to_pylist(), strict=True)
    return dict(zip(found["client_key"].to_pylist(), latest, strict=True))


def sellers_of_others(latest: Mapping[str, tuple[str, str]], keys: pa.Table, *, import_id: str) -> dict[int, str]:
    """client_id → seller of his latest sale, for the clients of `keys` that did not get their holder when made."""
    given = Client.objects.filter(created_import=import_id, holder__isnull=False)
    held = set(given.values_list("pk", flat=True))
    found: dict[int, tuple[str, str]] = {}
    for key, client_id in zip(keys["client_key"].to_pylist(), keys["client_id"].to_pylist(), strict=True):
        if client_id not in held and key in latest:
            found[client_id] = max(latest[key], found.get(client_id, latest[key]))
    return {client_id: seller for client_id, (_day, seller) in found.items()}
