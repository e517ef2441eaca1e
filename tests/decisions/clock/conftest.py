"""A published state with last purchases and gaps over the fixed cast, in a home of its own."""

from datetime import date

import pytest
from django.utils import timezone

from tests.decisions.contacts.conftest import home
from tests.decisions.contacts.published import publish

__all__ = ["home"]

AS_OF = date(2026, 3, 30)
MONDAY = date(2026, 3, 30)


def bought(days_ago, gap=None, **words):
    """The state of a client whose last purchase was so many days before AS_OF."""
    return {"days_since_last_purchase": days_ago, "typical_gap_days": gap, **words}


@pytest.fixture
def base(home, cast):
    """As of Monday 30 March 2026 Birch (Anna) bought 59 days ago, Cedar (Boris) 70, Dill (nobody's) never."""
    publish(AS_OF, {cast.birch: bought(59), cast.cedar: bought(70), cast.dill: bought(None)})
    return cast


@pytest.fixture
def stand_on(monkeypatch):
    """`stand_on(day)`: that day is today."""

    def stand(day):
        monkeypatch.setattr(timezone, "localdate", lambda *_args, **_more: day)

    return stand


@pytest.fixture(autouse=True)
def today(stand_on):
    """The tests stand on the day of the data."""
    stand_on(MONDAY)
