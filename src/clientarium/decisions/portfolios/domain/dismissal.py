"""Dismissing a seller: he may not sign in from this very moment, and his clients do not vanish with him.

They stay on his name until a draft places them, which the pool counts apart; or they are freed at once. Taking the
dismissal back gives him exactly those clients nobody has been given meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import Client, Holding, HoldingCause, hand_many, unhand_many
from clientarium.decisions.journal import Entry, deactivate_user, link_seller, reactivate_user, record
from clientarium.decisions.people import Role, Seller, User

from ..choices import PortfolioVerb
from ..rules import can_lead_portfolios

ONE_DAY = timedelta(days=1)
ROWS_AT_ONCE = 500
"""Under every database's limit of parameters."""


@dataclass(frozen=True)
class DismissalPreview:
    """`shut_out` may not sign in any more; `unlinked` keep their own work and lose the seller's clients."""

    clients: int
    shut_out: tuple[User, ...]
    unlinked: tuple[User, ...]


def preview_dismissal(seller: Seller, *, by: User) -> DismissalPreview:
    """What dismissing `seller` would do; nothing is written."""
    if not can_lead_portfolios(by):
        raise PermissionDenied
    users = list(seller.users.filter(is_active=True).order_by("name", "pk"))
    held = Client.objects.filter(holder=seller, merged_into__isnull=True).count()
    return DismissalPreview(
        held,
        tuple(user for user in users if user.role == Role.SELLER),
        tuple(user for user in users if user.role != Role.SELLER),
    )


@transaction.atomic
def dismiss_seller(seller: Seller, *, last_day: date, frees_clients: bool, reason: str, by: User) -> Entry:
    """`last_day` is his last at work; his users are shut out now. `frees_clients`: nobody holds them from the next day.

    Raises UserError: no reason, dismissed already, a last day before his first; nobody dismisses himself.
    """
    if not can_lead_portfolios(by):
        raise PermissionDenied
    if not reason.strip():
        raise UserError(N_("This needs a reason."))
    seller = Seller.objects.select_for_update().get(pk=seller.pk)
    if seller.left_on is not None:
        raise UserError(N_("“%(seller)s” has left on %(day)s already."), seller=seller.name, day=seller.left_on)
    if seller.started_on is not None and last_day < seller.started_on:
        raise UserError(N_("The last day cannot be before the first one, %(day)s."), day=seller.started_on)
    if by.seller_id == seller.pk:
        raise UserError(N_("Nobody dismisses himself."), cure=N_("Ask another owner or head of sales."))
    preview = preview_dismissal(seller, by=by)
    for user in preview.shut_out:
        deactivate_user(user, by=None, reason=reason)
    for user in preview.unlinked:
        link_seller(user, seller=None, by=None)
    seller.left_on = last_day
    seller.save(update_fields=["left_on"])
    freed = _free(seller, on=last_day + ONE_DAY, reason=reason) if frees_clients else {}
    data = {
        "last_day": last_day,
        "shut_out": [user.pk for user in preview.shut_out],
        "unlinked": [user.pk for user in preview.unlinked],
        "clients": preview.clients,
        "freed": freed,
    }
    return record(PortfolioVerb.SELLER_DISMISSED, target=seller, by=by, reason=reason.strip(), data=data)


@transaction.atomic
def take_back_dismissal(entry: Entry, *, reason: str = "", by: User) -> int:
    """He works again; users may sign in again; how many clients came back to him."""
    if not can_lead_portfolios(by):
        raise PermissionDenied
    entry = Entry.objects.select_for_update().get(pk=entry.pk, verb=PortfolioVerb.SELLER_DISMISSED)
    if entry.is_undone:
        raise UserError(N_("This has been taken back already."))
    seller = Seller.objects.select_for_update().get(pk=int(entry.target_id))
    seller.left_on = None
    seller.save(update_fields=["left_on"])
    for user in User.objects.filter(pk__in=entry.data["shut_out"], is_active=False):
        reactivate_user(user, by=None, reason=reason)
    for user in User.objects.filter(pk__in=entry.data["unlinked"], seller__isnull=True):
        link_seller(user, seller=seller, by=None)
    rows: Mapping[int, Any] = {int(pk): (before, after) for pk, (before, after) in entry.data["freed"].items()}
    returned = len(unhand_many(rows))
    record(
        PortfolioVerb.SELLER_RETURNED,
        target=seller,
        by=by,
        reason=reason.strip(),
        data={"clients": returned},
        undoes=entry,
    )
    return returned


def free_from(client_ids: Sequence[int], *, wanted: date) -> date:
    """`wanted`, or the latest day on which a person handed one of them over: nothing can be decided before that."""
    decided = Holding.objects.filter(client__in=client_ids, last_day__isnull=True, cause=HoldingCause.PERSON)
    latest = decided.aggregate(latest=Max("first_day"))
    return max(wanted, latest["latest"] or date.min)


def _free(seller: Seller, *, on: date, reason: str) -> dict[int, tuple[dict[str, Any], dict[str, Any]]]:
    ids = list(
        Client.objects.filter(holder=seller, merged_into__isnull=True).order_by("pk").values_list("pk", flat=True)
    )
    freed = {}
    for start in range(0, len(ids), ROWS_AT_ONCE):
        part = ids[start : start + ROWS_AT_ONCE]
        for one in hand_many(part, to=None, on=free_from(part, wanted=on), reason=reason):
            freed[one.client.pk] = (one.before, one.after)
    return freed
