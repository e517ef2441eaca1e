"""What every part of the tests may use, and where each test runs."""

from typing import Any

import pytest

from tests.cast import cast
from tests.distribution import ByWhatIsShared, in_order

__all__ = ["cast"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what says nothing new on a second database; `tools/test.sh` leaves that out of its PostgreSQL half."""
    for item in items:
        if not (uses_database(item) or "/functional/" in item.nodeid):
            item.add_marker(pytest.mark.one_database)
    in_order(items)


def uses_database(item: pytest.Item) -> bool:
    """Whether the test asks for the database; programs it starts on a home of their own use SQLite anyway."""
    asked = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not {"db", "transactional_db"}.isdisjoint(asked)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByWhatIsShared:
    config.option.loadscopereorder = False
    return ByWhatIsShared(config, log)
