"""Notes on a client: everybody who sees him reads them; the author changes his own."""

from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.decisions.journal import record
from clientarium.decisions.people import User, can_transfer

from ..choices import ClientVerb
from ..models import Client, Note
from ..queries.visibility import cards_visible_to, clients_visible_to

NOTE_CHARACTERS = 20_000


@transaction.atomic
def add_note(client: Client, *, text: str, by: User) -> Note:
    """Raises UserError for an empty or too long note, Client.DoesNotExist for a client `by` does not see."""
    client = clients_visible_to(by).get(pk=client.pk)
    note = Note.objects.create(client=client, text=note_text(text), author=by)
    record(ClientVerb.NOTE_ADDED, target=client, by=by, data={"note": note.pk})
    return note


@transaction.atomic
def edit_note(note: Note, *, text: str, by: User) -> Note:
    """Raises UserError unless `by` wrote it."""
    note = own_note(note, by=by)
    before, note.text, note.edited_at = note.text, note_text(text), timezone.now()
    note.save(update_fields=["text", "edited_at"])
    record(ClientVerb.NOTE_EDITED, target=note.client, by=by, data={"note": note.pk, "from": before})
    return note


@transaction.atomic
def remove_note(note: Note, *, by: User) -> None:
    """The journal keeps the text. Raises UserError unless `by` wrote it or leads the sellers."""
    note = own_note(note, by=by, or_leader=True)
    record(ClientVerb.NOTE_REMOVED, target=note.client, by=by, data={"note": note.pk, "from": note.text})
    note.delete()


def own_note(note: Note, *, by: User, or_leader: bool = False) -> Note:
    found = Note.objects.select_for_update().filter(client__in=cards_visible_to(by)).get(pk=note.pk)
    if found.author_id != by.pk and not (or_leader and can_transfer(by)):
        raise UserError(N_("Only its author changes a note."))
    return found


def note_text(text: str) -> str:
    text = text.replace("\0", "").strip()
    if not text:
        raise UserError(N_("The note is empty."))
    if len(text) > NOTE_CHARACTERS:
        raise UserError(N_("At most %(limit)s characters fit here."), limit=NOTE_CHARACTERS)
    return text
