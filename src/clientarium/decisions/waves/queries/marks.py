"""Which clients are marked. A mark on a card that was merged meanwhile is a mark on the client it belongs to now."""

from collections.abc import Collection
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from clientarium.decisions.clients import Client, root_id
from clientarium.decisions.people import User

from ..models import Choice, Wave
from ..rules import can_see_waves


def waves_visible_to(user: User) -> QuerySet[Wave]:
    """Every wave for whoever leads or takes part: the rule is public."""
    return Wave.objects.all() if can_see_waves(user) else Wave.objects.none()


def kept_in(wave: Wave) -> QuerySet[Any]:
    """The clients marked to keep by those who hold them now."""
    holder = Coalesce("client__merged_into__holder_id", "client__holder_id")
    marked = Choice.objects.filter(wave=wave, keeps=True).annotate(root_id=root_id, root_holder=holder)
    return Client.objects.filter(pk__in=marked.filter(seller_id=F("root_holder")).values("root_id"))


def kept_by(wave: Wave, seller_id: int) -> QuerySet[Any]:
    """The clients `seller_id` holds now and has marked to keep."""
    marked = Choice.objects.filter(wave=wave, seller_id=seller_id, keeps=True).annotate(root_id=root_id)
    return Client.objects.filter(pk__in=marked.values("root_id"), holder_id=seller_id, merged_into__isnull=True)


def marks_of(wave: Wave, seller_id: int, client_ids: Collection[int]) -> set[int]:
    """Those of `client_ids` he has marked."""
    return set(kept_by(wave, seller_id).filter(pk__in=list(client_ids)).values_list("pk", flat=True))
