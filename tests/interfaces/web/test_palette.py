"""Ctrl K finds pages and clients, and never a client of somebody else's."""

from typing import Any

import pytest
from django.urls import reverse


def found(browser: Any, asked: str) -> str:
    return browser.get(reverse("palette"), {"q": asked}).content.decode()


def test_own_clients_are_found_by_name(cast: Any, signed_in: Any) -> None:
    page = found(signed_in(cast.anna), "берёза")
    assert f'href="{reverse("client", args=[cast.birch.pk])}"' in page


@pytest.mark.parametrize("asked", ["кедр", "canary", "омск", "Кедр-canary-cedar"])
def test_clients_of_others_are_not(cast: Any, signed_in: Any, asked: str) -> None:
    page = found(signed_in(cast.anna), asked).replace(asked, "")
    assert "canary" not in page
    assert reverse("client", args=[cast.cedar.pk]) not in page


def test_pages_are_those_of_the_role(cast: Any, signed_in: Any) -> None:
    assert reverse("journal") in found(signed_in(cast.owner), "журн")
    assert reverse("journal") not in found(signed_in(cast.anna), "журн")


def test_what_was_asked_is_shown_escaped(cast: Any, signed_in: Any) -> None:
    assert "<img" not in found(signed_in(cast.owner), "<img src=x onerror=alert(1)>")
