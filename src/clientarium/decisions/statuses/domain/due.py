"""Whom to ask about next: anchors first, then by margin, so that a daily limit goes where it matters."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from clientarium.core.identity import check_inn
from clientarium.decisions.clients import Client, LegalEntity, current_publication, published_columns, state_model

from ..models import StatusAnswer
from ..queries import ANCHOR, LAYER, MARGIN
from .providers import Requisites, StatusProvider

ROWS_AT_ONCE = 5_000


def make_missing_entities() -> int:
    """Give each card with an INN its legal entity, where it has none yet (cards of before there were any)."""
    # An INN lent by a merged card is that card's: its own entity says so.
    without = Client.objects.filter(inn__isnull=False, legal_entities__isnull=True).exclude(borrowed__has_key="inn")
    made = 0
    batch: list[LegalEntity] = []
    for client in without.only("name", "inn", "kpp", "created_import").iterator(chunk_size=ROWS_AT_ONCE):
        batch.append(
            LegalEntity(
                client=client, name=client.name, inn=client.inn, kpp=client.kpp, import_id=client.created_import
            )
        )
        made += 1
    LegalEntity.objects.bulk_create(batch, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)
    return made


def due_requisites(provider: StatusProvider, *, now: datetime, is_everything: bool = False) -> list[Requisites]:
    """Requisites with right check digits whose answer is older than the provider's terms, the dearest first."""
    anchors, margins = _figures()
    ranked: dict[Requisites, tuple[Any, ...]] = {}
    rows = LegalEntity.objects.filter(inn__isnull=False).values_list("inn", "kpp", "client", "client__merged_into")
    for inn, kpp, client, root in rows.iterator(chunk_size=ROWS_AT_ONCE):
        about = Requisites(str(inn), kpp or "")
        owner = root or client
        rank = (owner not in anchors, -margins.get(owner, 0.0), inn)
        if check_inn(about.inn) == about.inn and rank < ranked.get(about, (2,)):
            ranked[about] = rank
    if not is_everything:
        _drop_fresh(ranked, provider, now=now)
    return sorted(ranked, key=lambda about: ranked[about])


def asked_today(now: datetime) -> int:
    """Questions put since midnight of the provider's day (Moscow is UTC+3; the program's zone is close enough)."""
    return StatusAnswer.objects.filter(asked_at__gte=now.replace(hour=0, minute=0, second=0, microsecond=0)).count()


def _drop_fresh(ranked: dict[Requisites, tuple[Any, ...]], provider: StatusProvider, *, now: datetime) -> None:
    age, anchor_age = timedelta(days=provider.recheck_days), timedelta(days=provider.anchor_recheck_days)
    oldest = now - min(age, anchor_age)
    for inn, kpp, asked_at in _answers_since(oldest=now - max(age, anchor_age)):
        about = Requisites(inn, kpp)
        if about in ranked and (asked_at > oldest or ranked[about][0]):
            del ranked[about]


def _answers_since(*, oldest: datetime) -> Iterable[tuple[str, str, datetime]]:
    return StatusAnswer.objects.filter(asked_at__gt=oldest).values_list("inn", "kpp", "asked_at").iterator()


def _figures() -> tuple[frozenset[int], dict[int, float]]:
    """The anchors, and the margin of those who have one; empty before the first pulse."""
    publication = current_publication()
    names = {name.name for name in published_columns(publication)}
    states = state_model(publication)._default_manager.all()
    anchors = states.filter(**{LAYER: ANCHOR}).values_list("pk", flat=True) if LAYER in names else ()
    margins = states.filter(**{f"{MARGIN}__isnull": False}).values_list("pk", MARGIN) if MARGIN in names else ()
    return frozenset(anchors), {client: float(margin) for client, margin in margins}
