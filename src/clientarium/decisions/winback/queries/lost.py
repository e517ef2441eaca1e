"""Who is lost, of the clients a person sees; and the chance that such a client returns."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from clientarium.core.strategy import ReturnChance, Silences, return_chances
from clientarium.decisions.clients import LegalEntity, LegalStatus, clients_visible_to
from clientarium.decisions.contacts import policy_number
from clientarium.decisions.people import Visitor, sees_all_clients

from ..models import Case, LostClient, LostReading

LOST = "lost"
"""The life cycle's word for whom win-back is about."""

DEAD = (LegalStatus.LIQUIDATED, LegalStatus.BANKRUPT)


def latest_reading() -> LostReading | None:
    return LostReading.objects.order_by("-pk").first()


def lost_visible_to(user: Visitor) -> QuerySet[LostClient]:
    """The lost among the clients `user` sees, the dearest first; merged cards as the client they belong to."""
    lost = LostClient.objects.filter(client__merged_into__isnull=True)
    if not sees_all_clients(user):
        lost = lost.filter(client__in=clients_visible_to(user).values("pk"))
    return lost.select_related("client__holder")


def is_dead(client: str = "client") -> Q:
    """By the register: one of his firms is closed and none is known to work. `client`: path to the client."""
    firms = LegalEntity.objects.filter(client=OuterRef(client))
    return Q(Exists(firms.filter(status__in=DEAD))) & ~Q(Exists(firms.filter(status=LegalStatus.ACTIVE)))


def to_offer(lost: "QuerySet[LostClient]", *, on: Any) -> "QuerySet[LostClient]":
    """Those the week may give out: worth something, not stopped, no bad review, no closed firm, not tried lately."""
    since = on - timedelta(days=int(policy_number("winback_rest_days")))
    family = Q(client=OuterRef("client")) | Q(client__merged_into=OuterRef("client"))
    tried = Case.objects.filter(family, Q(closed_on__isnull=True) | Q(closed_on__gt=since))
    return lost.filter(
        ~is_dead(), ~Exists(tried), expected__gt=0, client__is_stopped=False, client__has_bad_review=False
    )


def chances_of(reading: LostReading | None) -> tuple[ReturnChance, ...]:
    """As measured when the lost were read; the policy's assumption where that was not enough."""
    counts = [Silences(**one) for one in reading.chances] if reading else []
    return return_chances(counts, assumed=float(policy_number("winback_chance")))


def chance_rows(counts: Sequence[Any]) -> list[dict[str, int]]:
    """Counts of a reading as they are stored."""
    return [
        {"from_days": one.from_days, "silent": one.silent, "returned": one.returned, "repeated": one.repeated}
        for one in counts
    ]
