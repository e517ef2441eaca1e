"""The rail: every place leads somewhere, and a role sees only what it has a use for."""

from typing import Any

import pytest
from django.urls import reverse

from clientarium.interfaces.web.navigation import PLACES, SETTING_TABS, STRATEGY_TABS, items_for

EVERYBODY = ["pulse", "clients", "categories", "quality", "statuses", "settings"]
SELLER = ["pulse", "day", "clients", "portfolios", "plans", "winback", "categories", "quality", "statuses", "settings"]
LEADER = [
    "pulse",
    "day",
    "clients",
    "portfolios",
    "plans",
    "winback",
    "attention",
    "reviews",
    "categories",
    "quality",
    "accuracy",
    "statuses",
    "imports",
    "duplicates",
    "runs",
    "journal",
    "settings",
]
DATA_KEEPER = [
    "pulse",
    "clients",
    "attention",
    "categories",
    "quality",
    "accuracy",
    "statuses",
    "imports",
    "duplicates",
    "runs",
    "journal",
    "settings",
]


@pytest.mark.parametrize("place", [*PLACES, *SETTING_TABS, *STRATEGY_TABS], ids=lambda place: place.name)
def test_every_place_has_an_address(place: Any) -> None:
    assert reverse(place.name).startswith("/")


@pytest.mark.parametrize(
    ("person", "places"),
    [
        ("owner", LEADER),
        ("head", LEADER),
        ("administrator", DATA_KEEPER),
        ("anna", SELLER),
        ("marketer", ["pulse", "clients", "attention", "categories", "quality", "accuracy", "statuses", "settings"]),
        ("support", EVERYBODY),
    ],
)
def test_the_rail_of_each_role(cast: Any, person: str, places: list[str]) -> None:
    assert [place.name for place in PLACES if place.allowed(getattr(cast, person))] == places


def test_letters_after_g_are_different() -> None:
    keys = [place.key for place in PLACES]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(("address", "place"), [("/day/", "day"), ("/days/", "day"), ("/days/effect/", "day")])
def test_the_days_of_others_belong_to_my_day(address: str, place: str, cast: Any, rf: Any) -> None:
    request = rf.get(address)
    request.user = cast.owner
    assert [item.place.name for item in items_for(request) if item.is_current] == [place]
