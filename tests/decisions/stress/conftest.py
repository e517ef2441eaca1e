"""Birch, Cedar and Dill with a forecast, published at the end of October 2026."""

import pytest

from tests.decisions.stress.published import publish, three
from tests.homes import empty_home


@pytest.fixture
def home(tmp_path, settings, db):
    return empty_home(tmp_path, settings, writes_definitions=False)


@pytest.fixture
def base(home, cast, settings):
    from clientarium.decisions.clients import Client

    for client, segment in ((cast.birch, "Агро"), (cast.cedar, "ЖКХ"), (cast.dill, "ЖКХ")):
        Client.objects.filter(pk=client.pk).update(segment=segment)
    publish(settings, three(cast))
    return cast
