"""The pages of the rail, in order, and who has a use for each: what a role has no use for is not shown."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clientarium.decisions.connections import can_connect
from clientarium.decisions.moves import can_redistribute
from clientarium.decisions.people import User, rules
from clientarium.decisions.waves import can_see_waves

from .screens import everyone_signed_in, has_a_day, sees_accuracy

PHONE_ITEMS = 3


@dataclass(frozen=True)
class Place:
    """A page of the rail: its route's name, title, icon, the letter after `g`, who may open it.

    `covers`: where the addresses of its other pages begin, if not with its own.
    """

    name: str
    title: str | Promise
    icon: str
    key: str
    allowed: Callable[[User], bool]
    group: str = "work"
    covers: str = ""


PLACES = (
    Place("pulse", _("Pulse"), "activity-heartbeat", "p", everyone_signed_in),
    Place("day", _("My day"), "phone", "m", has_a_day, covers="/days/"),
    Place("clients", pgettext_lazy("menu", "Clients"), "users", "c", everyone_signed_in),
    Place("portfolios", _("Portfolios"), "list-details", "o", has_a_day, covers="/portfolios/"),
    Place("plans", _("Plan"), "chart-bar", "n", has_a_day),
    Place("winback", _("Win-back"), "arrow-back-up", "w", has_a_day),
    Place("attention", _("Strategy"), "building", "t", sees_accuracy, covers="/strategy/"),
    Place("reviews", pgettext_lazy("menu", "Reviews"), "bookmark", "e", rules.can_confirm),
    Place("categories", _("Categories"), "versions", "k", everyone_signed_in),
    Place("quality", _("Quality"), "circle-check", "q", everyone_signed_in),
    Place("accuracy", _("Accuracy"), "target", "a", sees_accuracy),
    Place("statuses", pgettext_lazy("menu", "Changes at clients"), "flag", "l", everyone_signed_in),
    Place("imports", _("Import"), "file-import", "i", rules.can_import, group="data"),
    Place("duplicates", _("Duplicates"), "link", "u", rules.can_merge, group="data"),
    Place("runs", _("Data"), "database", "d", rules.can_run_pulse, group="data"),
    Place("journal", _("Journal"), "history", "j", rules.sees_journal, group="data"),
    Place("settings", _("Settings"), "settings", "s", everyone_signed_in, group="data"),
)

SETTING_TABS = (
    Place("settings", _("My settings"), "user-cog", "", everyone_signed_in),
    Place("users", _("Users and roles"), "users", "", rules.can_manage_users),
    Place("fields", _("Own fields"), "template", "", rules.can_define_fields),
    Place("connections", _("Connections"), "database", "", can_connect),
)

PORTFOLIO_TABS = (
    Place("portfolios", _("Portfolios"), "list-details", "", has_a_day),
    Place("clock", _("Clock"), "clock", "", has_a_day),
    Place("waves", _("Keep-wave"), "list-details", "", can_see_waves),
    Place("moves", _("Redistribution"), "list-details", "", can_redistribute),
    Place("handovers", _("Hand-over sheets"), "receipt", "", has_a_day),
)

STRATEGY_TABS = (
    Place("attention", pgettext_lazy("menu", "Attention"), "clock", "", sees_accuracy),
    Place("releases", _("Release"), "arrow-up", "", rules.can_confirm),
    Place("capacity", _("Capacity"), "package", "", rules.can_confirm),
    Place("stress", _("Stress test"), "alert-triangle", "", rules.can_confirm),
    Place("zones", _("Growth zones"), "trending-up", "", sees_accuracy),
    Place("mirror", _("Mirror"), "eye", "", sees_accuracy),
    Place("outcomes", _("Outcomes"), "chart-bar", "", sees_accuracy),
)


@dataclass(frozen=True)
class Item:
    """A place as this person sees it on this page."""

    place: Place
    url: str
    is_current: bool


def items_for(request: HttpRequest, places: tuple[Place, ...] = PLACES) -> list[Item]:
    """The rail (or the tabs in `places`) of the signed-in person, the current page marked."""
    user = request.user
    if not isinstance(user, User):
        return []
    allowed = [place for place in places if place.allowed(user)]
    return [Item(place, url, _is_current(place, url, request.path)) for place in allowed if (url := _url(place))]


def _url(place: Place) -> str | None:
    try:
        return reverse(place.name)
    except NoReverseMatch:  # a page whose builder has not landed yet; tests/interfaces/web/test_navigation.py lists all
        return None


def _is_current(place: Place, url: str, path: str) -> bool:
    if url == "/":
        return path == url
    return path.startswith(url) or bool(place.covers and path.startswith(place.covers))
