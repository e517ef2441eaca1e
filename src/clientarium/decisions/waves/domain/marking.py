"""A seller's marks. Each stands with the wave, by whom and when; the journal has what they came to at its end."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import clients_visible_to, states_visible_to
from clientarium.decisions.people import Seller, User

from ..choices import WaveState
from ..models import Choice, Wave
from ..queries.marks import kept_by
from ..rules import can_mark

ROWS_AT_ONCE = 2_000


@transaction.atomic
def mark_clients(wave: Wave, seller: Seller, client_ids: Collection[int], *, keeps: bool, day: date, by: User) -> int:
    """Mark (or unmark) those of `client_ids` that `seller` holds; how many. Others are none of his and left out.

    Raises PermissionDenied for a foreign portfolio, and UserError when the wave is not open on `day`.
    """
    if not can_mark(by, seller):
        raise PermissionDenied
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    require_open(wave, day)
    ids = list(client_ids)
    held: list[int] = []
    for start in range(0, len(ids), ROWS_AT_ONCE):
        mine = clients_visible_to(by).filter(pk__in=ids[start : start + ROWS_AT_ONCE], holder=seller)
        held += mine.values_list("pk", flat=True)
    if not keeps:  # a mark may stand on a card merged into the client since
        marked = Choice.objects.filter(wave=wave, seller=seller, client__merged_into__in=held)
        marked.update(keeps=False, by=by, at=timezone.now())
    rows = [Choice(wave=wave, client_id=pk, seller=seller, keeps=keeps, by=by, at=timezone.now()) for pk in held]
    Choice.objects.bulk_create(
        rows,
        batch_size=ROWS_AT_ONCE,
        update_conflicts=True,
        unique_fields=["wave", "seller", "client"],
        update_fields=["keeps", "by", "at"],
    )
    return len(held)


@transaction.atomic
def keep_first(wave: Wave, seller: Seller, count: int, *, order: str, day: date, by: User) -> int:
    """Mark the `count` dearest clients by the column `order` of the published state, and unmark the rest."""
    if not can_mark(by, seller):
        raise PermissionDenied
    states = states_visible_to(by).filter(holder=seller)
    names = {field.name for field in states.model._meta.get_fields()}
    best = states.filter(**{f"{order}__isnull": False}).order_by(f"-{order}", "pk") if order in names else states
    wanted = list(best.values_list("pk", flat=True)[:count])
    others = list(kept_by(wave, seller.pk).exclude(pk__in=wanted).values_list("pk", flat=True))
    mark_clients(wave, seller, others, keeps=False, day=day, by=by)
    return mark_clients(wave, seller, wanted, keeps=True, day=day, by=by)


def require_open(wave: Wave, day: date) -> None:
    """Raise UserError unless marks are taken on `day`."""
    if wave.state != WaveState.OPEN:
        raise UserError(N_("This wave is closed: marks are not taken any more."))
    if day > wave.closes_on:
        raise UserError(
            N_("The wave ended on %(day)s: marks are not taken any more."),
            cure=N_("Ask the head of sales to prolong it."),
            day=wave.closes_on,
        )
