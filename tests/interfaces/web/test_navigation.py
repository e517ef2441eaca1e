"""The rail: every place leads somewhere, and a role sees only what it has a use for."""

from typing import Any

import pytest
from django.urls import reverse

from clientarium.interfaces.web.navigation import PLACES, SETTING_TABS

EVERYBODY = ["pulse", "clients", "categories", "settings"]
DATA_KEEPER = ["pulse", "clients", "categories", "imports", "runs", "journal", "settings"]


@pytest.mark.parametrize("place", [*PLACES, *SETTING_TABS], ids=lambda place: place.name)
def test_every_place_has_an_address(place: Any) -> None:
    assert reverse(place.name).startswith("/")


@pytest.mark.parametrize(
    ("person", "places"),
    [
        ("owner", DATA_KEEPER),
        ("head", DATA_KEEPER),
        ("administrator", DATA_KEEPER),
        ("anna", EVERYBODY),
        ("marketer", EVERYBODY),
        ("support", EVERYBODY),
    ],
)
def test_the_rail_of_each_role(cast: Any, person: str, places: list[str]) -> None:
    assert [place.name for place in PLACES if place.allowed(getattr(cast, person))] == places


def test_letters_after_g_are_different() -> None:
    keys = [place.key for place in PLACES]
    assert len(set(keys)) == len(keys)
