"""What lists show of a card, brought up to date right after it was mended: nobody waits for the next pulse."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from clientarium.core.quality import Assessment, Needs, cards_table
from clientarium.decisions.clients import put_many_into_state, state_as_of

from ..queries.cards import assess_clients

CLIENT = "client_id"


@transaction.atomic
def refresh_quality(client_ids: Collection[int], *, needs: Needs) -> list[Assessment]:
    """Check these cards anew and put what was found into the published state."""
    as_of = state_as_of() or timezone.localdate()
    found = assess_clients(client_ids, needs=needs, as_of=as_of)
    table = cards_table(found)
    columns = [name for name in table.column_names if name != CLIENT]
    rows = {row.pop(CLIENT): tuple(row[name] for name in columns) for row in table.to_pylist()}
    put_many_into_state(columns, rows)
    return found
