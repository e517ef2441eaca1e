"""Marking a client as unreachable or as having refused, and taking the mark off."""

from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import Client, clients_visible_to
from clientarium.decisions.journal import record
from clientarium.decisions.people import User

from ..choices import MarkKind, QualityVerb
from ..models import ClientMark


@transaction.atomic
def mark_client(client: Client, *, kind: str, reason: str, by: User) -> ClientMark:
    """Mark `client`; a mark that is there already stays as it is. Raises UserError without a reason."""
    client = clients_visible_to(by).select_for_update().get(pk=client.pk)
    if kind not in MarkKind.values:
        raise UserError(N_("There is no such mark."))
    if not reason.strip():
        raise UserError(N_("This needs a reason."))
    present = ClientMark.objects.filter(client=client, kind=kind, cleared_at__isnull=True).first()
    if present:
        return present
    mark = ClientMark.objects.create(client=client, kind=kind, reason=reason.strip(), by=by)
    record(QualityVerb.CLIENT_MARKED, target=client, by=by, reason=reason.strip(), data={"mark": kind})
    return mark


@transaction.atomic
def unmark_client(client: Client, *, kind: str, by: User, reason: str = "") -> bool:
    """Take the mark off; whether there was one."""
    client = clients_visible_to(by).select_for_update().get(pk=client.pk)
    present = ClientMark.objects.filter(client=client, kind=kind, cleared_at__isnull=True)
    if not present.update(cleared_at=timezone.now(), cleared_by=by):
        return False
    record(QualityVerb.CLIENT_UNMARKED, target=client, by=by, reason=reason.strip(), data={"mark": kind})
    return True
