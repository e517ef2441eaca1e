"""Reading recorded contacts, agreed dates and stamps."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from clientarium.decisions.clients import Client, cards_held_by, cards_visible_to, members_of, root_id
from clientarium.decisions.people import Seller, User, sees_all_clients

from ..models import Touch, Verification

standing = Q(undone_at__isnull=True)
"""Touches nobody has taken back."""

decides_next = ~Q(no_next_reason="") | Q(next_on__isnull=False)
"""Touches that say when the next contact is, or that there is none: the latest of them is in force."""

IDS_PER_QUERY = 500


def touches_visible_to(user: User) -> QuerySet[Touch]:
    """Contacts with clients `user` sees, under whichever of their merged cards, undone ones too, newest first."""
    touches = Touch.objects.select_related("by", "seller", "contact", "undone_by")
    return touches if sees_all_clients(user) else touches.filter(client__in=cards_visible_to(user))


def touches_of_client(client: Client, *, by: User) -> QuerySet[Touch]:
    """What is recorded of one client, newest first; nothing of a client `by` does not see."""
    return touches_visible_to(by).filter(client__in=members_of([client.pk]).values("pk"))


def agreement_of(client_ids: Sequence[int]) -> dict[int, Touch]:
    """The touch in force of each client that has agreed a next date."""
    return {who: touch for who, touch in last_words_of(client_ids).items() if touch.next_on is not None}


def last_words_of(client_ids: Sequence[int]) -> dict[int, Touch]:
    """The touch of each client that says last when the next contact is, or why there is none."""
    latest: dict[int, Touch] = {}
    for start in range(0, len(client_ids), IDS_PER_QUERY):
        chunk = client_ids[start : start + IDS_PER_QUERY]
        touches = Touch.objects.filter(standing, decides_next, client__in=members_of(chunk).values("pk"))
        for touch in touches.select_related("client__merged_into").order_by("on", "pk"):
            root = touch.client.merged_into or touch.client
            touch.client = root  # the one he is now; the row itself stays where it was written
            latest[root.pk] = touch
    return latest


def agreements_with(seller: Seller) -> dict[int, Touch]:
    """Agreements in force with the clients `seller` holds now, by client."""
    return {who: touch for who, touch in last_words_with(seller).items() if touch.next_on is not None}


def last_words_with(seller: Seller) -> dict[int, Touch]:
    """The same as last_words_of, of the clients `seller` holds now."""
    cards = cards_held_by(seller.pk).values("pk")
    decided = Touch.objects.filter(standing, decides_next, client__in=cards).annotate(root_id=root_id)
    return last_words_of(list(decided.order_by().values_list("root_id", flat=True).distinct()))


def agreed_ahead(seller: Seller, *, first: date, last: date) -> list[Touch]:
    """Agreements in force with days in first..last, in their order; `.client` is joined."""
    found = [touch for touch in agreements_with(seller).values() if touch.next_on and first <= touch.next_on <= last]
    return sorted(found, key=lambda touch: (touch.next_on or first, touch.pk))


def stamps_of(client_ids: Sequence[int]) -> dict[tuple[int, str, int | None], Verification]:
    """The latest check in force by (client, what, contact); contact None is the client as a whole."""
    found: dict[tuple[int, str, int | None], Verification] = {}
    in_force = Q(touch__isnull=True) | Q(touch__undone_at__isnull=True)
    for start in range(0, len(client_ids), IDS_PER_QUERY):
        chunk = client_ids[start : start + IDS_PER_QUERY]
        checks = Verification.objects.filter(in_force, client__in=members_of(chunk).values("pk"))
        checks = checks.annotate(root_id=root_id).select_related("by").order_by("at", "pk")
        found.update({(check.root_id, check.what, check.contact_id): check for check in checks})
    return found
