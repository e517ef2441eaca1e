"""One's own day as a calendar feed: a secret address, revocable, without phones."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event

from clientarium.decisions.journal import record
from clientarium.decisions.people import User, works_here

from ..choices import ContactVerb
from ..models import CalendarFeed
from ..queries.touches import agreed_ahead
from ..queries.working_days import working_day
from .days import day_of

TOKEN_BYTES = 32
DAYS_AHEAD = 60
"""Agreed dates the feed holds; further ones come nearer by themselves."""

PRODUCT = "-//Clientarium//My day//RU"
READ_NOTED_EVERY = timedelta(minutes=10)
"""Calendar programs ask every few minutes; the day of the last reading is enough to see a forgotten feed."""


@transaction.atomic
def open_calendar(*, by: User) -> str:
    """A new secret token for the feed of `by`; the earlier one stops working. Told once, kept only as a hash."""
    close_calendar(by=by)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.create(user=by, token_hash=token_hash(token))
    record(ContactVerb.CALENDAR_OPENED, target=by, by=by)
    return token


@transaction.atomic
def close_calendar(*, by: User) -> bool:
    """Make the address useless; whether there was one."""
    closed = CalendarFeed.objects.filter(user=by, revoked_at__isnull=True).update(revoked_at=timezone.now())
    if closed:
        record(ContactVerb.CALENDAR_CLOSED, target=by, by=by)
    return bool(closed)


def calendar_for(token: str) -> bytes | None:
    """The feed behind a token; None for a wrong or closed one, and for somebody who no longer works here."""
    feed = (
        CalendarFeed.objects.filter(token_hash=token_hash(token), revoked_at__isnull=True)
        .select_related("user__seller")
        .first()
    )
    if feed is None or not works_here(feed.user):
        return None
    now = timezone.now()
    if feed.read_at is None or now - feed.read_at > READ_NOTED_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=now)
    return calendar_of(feed.user)


def calendar_of(user: User, *, today: date | None = None) -> bytes:
    """The lines of today's list and the dates agreed ahead as all-day events; names of clients, no phones, no money."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    with override(user.language):
        calendar.add("x-wr-calname", _("My day"))
        if user.seller is not None:
            for event in _events(user, today=today):
                calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(user: User, *, today: date | None) -> list[Event]:
    assert user.seller is not None
    on = working_day(today=today)
    day = day_of(user.seller, on, by=user, today=today)
    events = [
        _event(
            f"call-{line.call.pk}",
            on,
            summary=f"{'✓ ' if line.is_done else ''}{line.client.name}",
            text=line.sentence(user.language, sees_money=False),
            changed=line.outcome.at if line.outcome else line.call.added_at or line.call.day.made_at,
        )
        for line in day.lines
    ]
    ahead = agreed_ahead(user.seller, first=on + timedelta(days=1), last=on + timedelta(days=DAYS_AHEAD))
    return events + [
        _event(
            f"agreed-{touch.pk}",
            touch.next_on or on,
            summary=touch.client.name,
            text=_("Agreed with the client"),
            changed=touch.at,
        )
        for touch in ahead
    ]


def _event(uid: str, on: date, *, summary: str, text: str, changed: datetime) -> Event:
    event = Event()
    event.add("uid", f"{uid}@clientarium")
    event.add("dtstamp", changed)
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", text)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def token_hash(token: str) -> str:
    """A token is 256 random bits: a plain SHA-256 cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()
