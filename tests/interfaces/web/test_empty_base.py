"""The first screen before anything is loaded."""

from typing import Any

from django.urls import reverse


def test_an_empty_base_welcomes_who_may_load_and_tells_the_others(cast: Any, signed_in: Any) -> None:
    pages = {
        role: signed_in(user).get("/").content.decode() for role, user in [("owner", cast.owner), ("anna", cast.anna)]
    }
    assert (reverse("imports") in pages["owner"].split("<main")[1], reverse("imports") in pages["anna"]) == (
        True,
        False,
    )
