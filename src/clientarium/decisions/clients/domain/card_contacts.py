"""Phones and e-mails of a file of clients."""

import re
from collections.abc import Iterable
from typing import Any

from ..choices import ContactKind
from ..models import Contact
from ..queries.names import email_key, phone_key

VALUE_CHARACTERS = 200
ContactKey = tuple[int, str, str]


def contacts_in(cards: Iterable[Any]) -> dict[ContactKey, str]:
    """(client_id, kind, normalised) → as written, for every phone and e-mail of the cards."""
    found: dict[ContactKey, str] = {}
    for card in cards:
        for column, kind, normalise in (
            ("phones", ContactKind.PHONE, phone_key),
            ("emails", ContactKind.EMAIL, email_key),
        ):
            for written in several(card.values.get(column)):
                key = normalise(written)
                if key:
                    found.setdefault((card.client_id, str(kind), key), written)
    return found


def several(cell: Any) -> list[str]:
    """A cell, or each cell of a list, may hold several values divided by commas, semicolons or new lines."""
    cells = cell if isinstance(cell, list | tuple) else [cell]
    parts = [part for one in cells for part in re.split(r"[;,\n|]+", str(one or ""))]
    return [text for part in parts if (text := str(part or "").replace("\0", "").strip()[:VALUE_CHARACTERS])]


def add_contacts(found: dict[ContactKey, str], *, import_id: str) -> int:
    """Add those the clients do not have yet; how many."""
    if not found:
        return 0
    client_ids = {client_id for client_id, _, _ in found}
    present = set(Contact.objects.filter(client_id__in=client_ids).values_list("client_id", "kind", "normalised"))
    new = [
        Contact(client_id=client_id, kind=kind, normalised=key, value=written, import_id=import_id)
        for (client_id, kind, key), written in found.items()
        if (client_id, kind, key) not in present
    ]
    Contact.objects.bulk_create(new)
    return len(new)
