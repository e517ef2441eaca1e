"""Template names of figures.py, in the language of the page. Every filter takes None and shows «—»."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from clientarium.interfaces.web import figures
from clientarium.interfaces.web.figures import Figure

register = template.Library()


def _language() -> str:
    return (get_language() or "ru").partition("-")[0]


@register.filter
def count(value: Figure | None) -> str:
    """A whole number with thin thousands."""
    return figures.number(value, language=_language())


@register.filter
def decimals(value: Figure | None, places: int = 1) -> str:
    """A number with `places` digits after the mark."""
    return figures.number(value, places=places, language=_language())


@register.filter
def money(value: Figure | None) -> str:
    """«1,24 млн»."""
    return figures.money(value, language=_language())


@register.filter
def signed_money(value: Figure | None) -> str:
    """«+1,24 млн»."""
    return figures.signed_money(value, language=_language())


@register.filter
def exact(value: Figure | None) -> str:
    """The whole value, for the hover."""
    return figures.exact(value, language=_language())


@register.filter
def share(value: Figure | None, places: int = 0) -> str:
    """A fraction as a percentage."""
    return figures.share(value, places=places, language=_language())


@register.filter
def change_from(now: Figure | None, before: Figure | None) -> str:
    """«+12 %» of `now` against `before`."""
    return figures.change(now, before, language=_language())


@register.filter
def on_day(value: date | None) -> str:
    """dd.mm.yyyy."""
    return figures.day(value)


@register.filter
def ago(then: datetime | None) -> str:
    """How long ago in words: minutes under an hour, hours under two days, then days."""
    if then is None:
        return figures.NOTHING
    now = timezone.now()
    hours = figures.age_hours(then, now=now)
    if hours == 0:
        minutes = max(0, int((now - then).total_seconds() // 60))
        return ngettext("%(n)d min ago", "%(n)d min ago", minutes) % {"n": minutes} if minutes else gettext("just now")
    if hours < 48:
        return ngettext("%(n)d h ago", "%(n)d h ago", hours) % {"n": hours}
    return ngettext("%(n)d day ago", "%(n)d days ago", hours // 24) % {"n": hours // 24}


@register.filter
def sign_class(value: Figure | None) -> str:
    """CSS class of a change: delta-up, delta-down or delta-flat."""
    if not value:
        return "delta-flat"
    return "delta-up" if value > 0 else "delta-down"


@register.filter
def below_zero(value: Figure | None) -> bool:
    """Whether the figure is negative (shown in bad, with its sign)."""
    return isinstance(value, (int, float, Decimal)) and value < 0


@register.filter
def yesno_or_value(value: object) -> str:
    """A value of a card: yes or no, a dash where it is unknown."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return figures.NOTHING if value is None or value == "" else str(value)


@register.simple_tag
def seen_value(value: object, unit: str) -> str:
    """A value an explanation saw, in its unit."""
    if value is None:
        return gettext("unknown")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, date):
        return figures.day(value)
    if not isinstance(value, (int, float, Decimal)):
        return str(value)
    if unit == "share":
        return figures.share(value, places=1, language=_language())
    places = 0 if unit == "money" or float(value).is_integer() else 2
    return figures.number(value, places=places, language=_language())
