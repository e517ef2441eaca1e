"""Taking back what a file did to clients: exactly, except where a person has decided since."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q

from clientarium.decisions.journal import Entry, record
from clientarium.decisions.people import Seller, User

from ..choices import ClientVerb, MergeCause
from ..models import CardChange, Client, Contact, Holding, LegalEntity, Merge, Note, SourceKey
from ..queries.families import in_force
from .bulk import ROWS_PER_TRANSACTION
from .card_holders import HOLDER
from .card_words import present_value, put_value
from .copies import copy_to_state, locked_state
from .families import own_values
from .merging import take_merge_back


@dataclass
class UndoneCards:
    """`kept`: (client_id, field) where a person's later value stays; `deleted`: clients that are gone."""

    restored: int = 0
    deleted: int = 0
    kept: list[tuple[int, str]] = field(default_factory=list)


@transaction.atomic
def undo_cards(
    import_id: str, *, in_ledger: Iterable[int], by: User | None, undoes: Entry | None = None, reason: str = ""
) -> UndoneCards:
    """Put back what the import `import_id` changed on cards, and unmake the clients it made.

    A client stays when he is among `in_ledger` (clients with facts of other imports), or a note, a decision or another
    import speaks of him.
    """
    undone = UndoneCards()
    for chunk in chunks(CardChange.objects.filter(import_id=import_id).order_by("client_id", "id")):
        restore_chunk(chunk, undone, import_id=import_id)
    # Contacts and keys a person or another import has taken over are no longer this import's.
    Contact.objects.filter(import_id=import_id).delete()
    LegalEntity.objects.filter(import_id=import_id).delete()
    CardChange.objects.filter(import_id=import_id).delete()
    undone.deleted = delete_created(import_id, in_ledger=set(in_ledger))
    SourceKey.objects.filter(import_id=import_id, is_reused=False).exclude(client__created_import=import_id).delete()
    data = {"import_id": import_id, "restored": undone.restored, "deleted": undone.deleted, "kept": undone.kept}
    record(ClientVerb.CARDS_UNDONE, target=None, by=by, reason=reason, data=data, undoes=undoes)
    return undone


def chunks(changes: Any) -> Iterator[list[CardChange]]:
    rows = list(changes)
    for start in range(0, len(rows), ROWS_PER_TRANSACTION):
        yield rows[start : start + ROWS_PER_TRANSACTION]


def restore_chunk(changes: Sequence[CardChange], undone: UndoneCards, *, import_id: str) -> None:
    with own_values([change.client_id for change in changes]):
        restore_own(changes, undone, import_id=import_id)


def restore_own(changes: Sequence[CardChange], undone: UndoneCards, *, import_id: str) -> None:
    clients = Client.objects.select_for_update().in_bulk({change.client_id for change in changes})
    later = later_changes(changes)
    touched = set()
    for change in changes:
        client = clients[change.client_id]
        following = later.get((change.client_id, change.field))
        if following is not None:
            # The other import's value stays; undoing that one must now bring back what was before this one.
            following.before = change.before
            following.save(update_fields=["before"])
        elif not restore(client, change, import_id=import_id):
            undone.kept.append((client.pk, change.field))
        else:
            undone.restored += 1
            touched.add(client.pk)
    for client_id in touched:
        clients[client_id].save()
    copy_to_state(list(touched))


def later_changes(changes: Sequence[CardChange]) -> dict[tuple[int, str], CardChange]:
    """The next import's change of the same field of the same client."""
    found: dict[tuple[int, str], CardChange] = {}
    mine = {(change.client_id, change.field): change.pk for change in changes}
    others = CardChange.objects.filter(client_id__in={change.client_id for change in changes}).order_by("pk")
    for other in others:
        key = (other.client_id, other.field)
        if key in mine and other.pk > mine[key]:
            found.setdefault(key, other)
    return found


def restore(client: Client, change: CardChange, *, import_id: str) -> bool:
    """Put the old value back unless a person has changed it since; whether it was put back."""
    if change.field == HOLDER:
        return restore_holder(client, change, import_id=import_id)
    if present_value(client, change.field) != change.after:
        return False
    put_value(client, change.field, change.before)
    return True


def restore_holder(client: Client, change: CardChange, *, import_id: str) -> bool:
    before: dict[str, Any] = change.before or {}
    after: dict[str, Any] = change.after or {}
    made = Holding.objects.filter(client=client, import_id=import_id, last_day__isnull=True).first()
    if made is None or client.holder_id != after["holder"]:
        return False
    made.delete()
    client.holder = Seller.objects.filter(pk=before["holder"]).first()
    if "seller" in before:
        # What began on the day of the import was removed, what began earlier was ended: either way it is made again.
        Holding.objects.filter(client=client, seller_id=before["seller"], first_day=before["first_day"]).delete()
        Holding.objects.create(
            client=client,
            seller_id=before["seller"],
            first_day=before["first_day"],
            cause=before["cause"],
            reason=before["reason"],
            import_id=before["import_id"],
        )
    return True


def delete_created(import_id: str, *, in_ledger: set[int]) -> int:
    """Delete the clients the import made that nothing else speaks of; how many."""
    made = Client.objects.filter(created_import=import_id).values_list("pk", flat=True)
    free = [client_id for client_id in made if client_id not in in_ledger]
    deleted = 0
    for start in range(0, len(free), ROWS_PER_TRANSACTION):
        chunk = set(free[start : start + ROWS_PER_TRANSACTION])
        chunk -= spoken_of(chunk, import_id=import_id)
        take_back_rule_merges(chunk)
        locked_state()._default_manager.filter(client_id__in=chunk).delete()
        Client.objects.filter(pk__in=chunk).delete()
        deleted += len(chunk)
    return deleted


def spoken_of(client_ids: set[int], *, import_id: str) -> set[int]:
    """Those of `client_ids` that a note, an edit, a decision, a contact or a change of another import refers to."""
    of_clients = {"client_id__in": client_ids}
    as_text = {str(client_id) for client_id in client_ids}
    decided = Entry.objects.filter(target_kind=Client._meta.label_lower, target_id__in=as_text)
    return {
        *Note.objects.filter(**of_clients).values_list("client_id", flat=True),
        *CardChange.objects.filter(**of_clients).exclude(import_id=import_id).values_list("client_id", flat=True),
        *Contact.objects.filter(**of_clients).values_list("client_id", flat=True),
        *Holding.objects.filter(**of_clients, import_id__isnull=True).values_list("client_id", flat=True),
        *members_of_merges(client_ids),
        *(int(target_id) for target_id in decided.values_list("target_id", flat=True)),
    }


def members_of_merges(client_ids: set[int]) -> set[int]:
    """Those of `client_ids` a person has merged with another card: that decision keeps them."""
    merges = Merge.objects.filter(in_force, cause=MergeCause.PERSON)
    found = merges.filter(Q(alias_id__in=client_ids) | Q(into_id__in=client_ids)).values_list("alias_id", "into_id")
    return {client_id for pair in found for client_id in pair} & client_ids


def take_back_rule_merges(client_ids: set[int]) -> None:
    """What the rule merged goes apart again before one of the two is deleted: the other stays as he was."""
    merges = Merge.objects.filter(in_force, Q(alias_id__in=client_ids) | Q(into_id__in=client_ids))
    for merge in merges.order_by("-pk"):
        take_merge_back(merge, by=None, reason="")
