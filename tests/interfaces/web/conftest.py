"""Browsers of the cast, without a browser: Django's client, signed in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.interfaces.web.counted import counted, counted_home

__all__ = ["counted", "counted_home"]


@pytest.fixture(autouse=True)
def static_root() -> None:
    """WhiteNoise warns where it is missing."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """`signed_in(cast.owner)` is that person's browser; `signed_in(None)` a stranger's."""

    def browser(user: object | None) -> Client:
        client = Client(raise_request_exception=False)
        if user is not None:
            client.force_login(user)
        return client

    return browser
