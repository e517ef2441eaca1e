"""Writing down what a seller says of a client."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import Client, clients_visible_to
from clientarium.decisions.contacts import working_day
from clientarium.decisions.journal import record
from clientarium.decisions.people import User

from ..choices import PotentialVerb
from ..models import Declared
from ..queries import declared_of
from ..rules import can_declare

ASSORTMENT_CHARACTERS = 1000
LARGEST_VOLUME = Decimal(10) ** 15


@transaction.atomic
def declare(
    client: Client, *, volume: Decimal | None, assortment: str = "", by: User | None, on: date | None = None
) -> Declared:
    """What `client` could take in a month, by volume and by assortment; `by` None is the program itself.

    The same word said again makes no new line. Raises UserError where nothing is said, Client.DoesNotExist for a client
    `by` does not see.
    """
    if by is not None:
        if not can_declare(by):
            raise PermissionDenied
        client = clients_visible_to(by).get(pk=client.pk)
    said = _said(volume, assortment)
    before = declared_of([client.pk]).get(client.pk)
    if before is not None and (before.volume_month, before.assortment) == said:
        return before
    seller = by.seller if by is not None and by.seller_id else client.holder
    declared = Declared.objects.create(
        client=client, seller=seller, volume_month=said[0], assortment=said[1], on=on or working_day(), by=by
    )
    record(
        PotentialVerb.POTENTIAL_DECLARED,
        target=client,
        by=by,
        data={
            "declared": declared.pk,
            "volume_month": None if said[0] is None else str(said[0]),
            "assortment": said[1],
            "before": None if before is None else before.pk,
        },
    )
    return declared


def _said(volume: Decimal | None, assortment: str) -> tuple[Decimal | None, str]:
    text = assortment.replace("\0", "").strip()
    if volume is None and not text:
        raise UserError(N_("Say how much a month, or what the client could take."))
    if volume is not None and not (volume.is_finite() and 0 <= volume < LARGEST_VOLUME):
        raise UserError(N_("The volume cannot be below zero, or that large."))
    if len(text) > ASSORTMENT_CHARACTERS:
        raise UserError(N_("At most %(limit)s characters fit here."), limit=ASSORTMENT_CHARACTERS)
    return None if volume is None else volume.quantize(Decimal("0.01")), text
