"""What the frame around every page shows: the rail, as of which date, how old the data are, how the pulse is."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.conf import settings
from django.http import Http404, HttpRequest

from clientarium.decisions.people import User, rules
from clientarium.decisions.people.choices import Density, Theme
from clientarium.decisions.runs import little_space_left
from clientarium.decisions.runs.choices import LIVE_RUN_STATES, RunKind, RunState
from clientarium.decisions.runs.models import Run, Snapshot

from .navigation import PHONE_ITEMS, SETTING_TABS, Item, items_for


@dataclass
class Frame:
    """Lazy: a fragment that shows no frame costs no query."""

    request: HttpRequest
    themes = Theme.choices
    densities = Density.choices
    languages = tuple(settings.LANGUAGES)

    @cached_property
    def items(self) -> list[Item]:
        return items_for(self.request)

    @property
    def work_items(self) -> list[Item]:
        return [item for item in self.items if item.place.group == "work"]

    @property
    def data_items(self) -> list[Item]:
        return [item for item in self.items if item.place.group == "data"]

    @property
    def phone_items(self) -> list[Item]:
        return self.items[:PHONE_ITEMS]

    @property
    def more_items(self) -> list[Item]:
        return self.items[PHONE_ITEMS:]

    @cached_property
    def setting_tabs(self) -> list[Item]:
        """The pages under «Settings»; the one whose address this is stands as current."""
        tabs = items_for(self.request, SETTING_TABS)
        return [replace(tab, is_current=tab.url == self.request.path) for tab in tabs]

    @property
    def initials(self) -> str:
        """Two letters for the corner: of the first and last word of the name, else of the login."""
        words = str(self.request.user).split()
        return (words[0][0] + words[-1][0] if len(words) > 1 else str(self.request.user)[:2]).upper()

    @property
    def theme(self) -> str:
        return getattr(self.request.user, "theme", "") or Theme.SYSTEM

    @property
    def density(self) -> str:
        return getattr(self.request.user, "density", "") or Density.NORMAL

    @cached_property
    def snapshot(self) -> Snapshot | None:
        """The published snapshot, the one every list and chart shows; a view and its page ask for it once."""
        if not isinstance(self.request.user, User):
            return None
        if not hasattr(self.request, "published_snapshot"):
            self.request.published_snapshot = Snapshot.objects.filter(is_published=True).first()  # type: ignore[attr-defined]
        found: Snapshot | None = self.request.published_snapshot  # type: ignore[attr-defined]
        return found

    @property
    def as_of(self) -> date | None:
        return self.snapshot.as_of if self.snapshot else None

    @property
    def made_at(self) -> datetime | None:
        return self.snapshot.made_at if self.snapshot else None

    @cached_property
    def last_pulse(self) -> Run | None:
        return Run.objects.filter(kind=RunKind.PULSE).order_by("-pk").first()

    @property
    def pulse_is_running(self) -> bool:
        return self.last_pulse is not None and self.last_pulse.state in LIVE_RUN_STATES

    @property
    def pulse_failed(self) -> bool:
        return self.last_pulse is not None and self.last_pulse.state == RunState.FAILED

    @cached_property
    def gigabytes_left(self) -> float | None:
        """Room on the disk of the home when little is left, for whoever loads files and can do something about it."""
        if not isinstance(self.request.user, User) or not rules.can_import(self.request.user):
            return None
        left = little_space_left()
        return None if left is None else left / 1024**3


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Template context processor."""
    return {"frame": Frame(request)}


def published_day(request: HttpRequest) -> date:
    """The date of the published snapshot. Raises Http404 before the first one."""
    as_of = Frame(request).as_of
    if as_of is None:
        raise Http404
    return as_of
