"""Who sells here on a day, who is away, and who has left though clients still stand on his name."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from clientarium.decisions.clients import Client, Holding
from clientarium.decisions.people import Seller, User

from ..models import Absence, Terms

SATURDAY = 5
ONE_DAY = timedelta(days=1)
LATELY = timedelta(days=92)
"""The longest time between two reviews of the base."""


def working_sellers(day: date) -> list[Seller]:
    """Sellers who can serve clients on `day`, those who are away for a time included, in the order of names.

    Whoever has left or not begun, and whoever may not sign in any more, does not. A name from the files that holds
    nobody, held nobody within a quarter (a wave may have freed all of his), has no user and no terms is a person of
    the past.
    """
    holds = Exists(Client.objects.filter(holder_id=OuterRef("pk"), merged_into__isnull=True))
    has_terms = Exists(Terms.objects.filter(seller_id=OuterRef("pk"), is_undone=False))
    may_enter = Exists(User.objects.filter(seller_id=OuterRef("pk"), is_active=True))
    lately = Exists(Holding.objects.filter(seller_id=OuterRef("pk"), last_day__gte=day - LATELY))
    sells = Q(holds) | Q(has_terms) | Q(may_enter) | Q(lately)
    sellers = here_on(day).filter(sells).exclude(pk__in=shut_out().values("pk"))
    return list(sellers.order_by("name", "pk"))


def here_on(day: date) -> QuerySet[Seller]:
    """Hired by `day` and not gone before it."""
    return Seller.objects.filter(
        Q(started_on__isnull=True) | Q(started_on__lte=day), Q(left_on__isnull=True) | Q(left_on__gte=day)
    )


def shut_out() -> QuerySet[Seller]:
    """Sellers all of whose users are dismissed."""
    users = User.objects.filter(seller=OuterRef("pk"))
    return Seller.objects.filter(Exists(users)).exclude(Exists(users.filter(is_active=True)))


def left_sellers(day: date) -> list[Seller]:
    """Sellers who do not work on `day` any more (dismissed, left, shut out) but still hold clients."""
    working = {one.pk for one in working_sellers(day)}
    holders = Client.objects.filter(holder__isnull=False, merged_into__isnull=True).values("holder").distinct()
    return list(Seller.objects.filter(pk__in=holders).exclude(pk__in=working).order_by("name", "pk"))


def absences_on(day: date) -> dict[int, Absence]:
    """seller_id → the absence he is on that day."""
    rows = Absence.objects.filter(Q(last_day__isnull=True) | Q(last_day__gte=day), first_day__lte=day)
    return {one.seller_id: one for one in rows.order_by("first_day", "pk")}


def hours_left(hours_month: float, absences: list[Absence], *, month: date) -> float:
    """Of the hours of a month those of the working days (Monday to Friday) the seller is there."""
    first = month.replace(day=1)
    days = [first + timedelta(days=number) for number in range(31)]
    days = [day for day in days if day.month == first.month and day.weekday() < SATURDAY]
    there = [day for day in days if not any(_covers(one, day) for one in absences)]
    return hours_month * len(there) / len(days)


def _covers(absence: Absence, day: date) -> bool:
    return absence.first_day <= day and (absence.last_day is None or day <= absence.last_day)
