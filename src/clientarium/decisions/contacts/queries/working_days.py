"""Which day people work on."""

from datetime import date, timedelta

from django.utils import timezone

from clientarium.decisions.clients import state_as_of

from .policy import policy_days

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def working_day(*, today: date | None = None) -> date:
    """Today, or Monday on a weekend; the working day after the data in a base that gets no new sales any more.

    Such a base (a demo, a file of past years) has no today: on the real one everybody would only look lost.
    """
    today = today or timezone.localdate()
    as_of = state_as_of()
    if as_of is not None and is_past(as_of, today=today):
        return next_working_day(as_of)
    today = max(today, as_of or today)
    return today if today.weekday() < SATURDAY else next_working_day(today)


def is_past(as_of: date, *, today: date) -> bool:
    """Whether the data is older than the policy calls present."""
    return (today - as_of).days > policy_days("stale_base_days")


def next_working_day(day: date) -> date:
    """The first Monday-to-Friday day after `day`; public holidays are not known here."""
    day += ONE_DAY
    while day.weekday() >= SATURDAY:
        day += ONE_DAY
    return day
