"""The group without calls."""

from datetime import date

from django.db.models import Q

from ..models import HoldOut


def in_force(on: date) -> Q:
    """Members whose round runs on `on`."""
    return Q(hold_out__stopped_at__isnull=True, hold_out__first_day__lte=on, hold_out__last_day__gte=on)


def current_hold_out(on: date) -> HoldOut | None:
    """The round running on `on`; None: the measurement is off."""
    return HoldOut.objects.filter(stopped_at__isnull=True, first_day__lte=on, last_day__gte=on).first()
