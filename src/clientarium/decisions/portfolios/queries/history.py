"""Who came to a seller and who left him, and how he himself left."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from clientarium.decisions.clients import Holding, cards_visible_to
from clientarium.decisions.journal import Entry
from clientarium.decisions.people import Seller, User, sees_all_clients

from ..choices import PortfolioVerb
from ..rules import can_see_portfolio


def holdings_of_seller(seller: Seller, *, by: User, most: int) -> list[Holding]:
    """The newest holdings of a seller; of clients passed on only those that `by` still sees.

    Raises PermissionDenied for a foreign portfolio.
    """
    if not can_see_portfolio(by, seller):
        raise PermissionDenied
    holdings: QuerySet[Holding] = Holding.objects.filter(seller=seller).select_related("client")
    if not sees_all_clients(by):
        holdings = holdings.filter(client__in=cards_visible_to(by))
    return list(holdings.order_by("-first_day", "-pk")[:most])


def dismissal_of(seller: Seller) -> Entry | None:
    """The dismissal in force, to be taken back."""
    entries = Entry.objects.filter(
        verb=PortfolioVerb.SELLER_DISMISSED, target_kind="people.seller", target_id=str(seller.pk)
    )
    return entries.filter(undone_by__isnull=True).select_related("by").first()
