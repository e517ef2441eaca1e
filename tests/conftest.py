"""What every part of the tests may use, and where each test runs."""

from typing import Any

import pytest

from tests.cast import cast
from tests.distribution import ByWhatIsShared, in_order

__all__ = ["cast"]

PAGES_ON_BOTH = frozenset(
    ["clients", "duplicates", "fields", "imports", "proposals", "quality", "reviews", "statuses", "winback"]
)
"""tests/interfaces/web/test_<name>.py that write, or choose and order rows themselves. Every page is opened on both by
the walk of test_hidden_money; what the others and the commands ask is asked by `decisions`, tested on both."""

ALSO_SAME = frozenset({"runs/accuracy", "runs/report_periods", "connectors/intake", "clock/past", "plans/facts"})
"""What is tested there is arithmetic, files and mail; the queue and the import under them are tested on both."""

READ_FROM_SNAPSHOTS = frozenset({"attention", "mirror", "stress", "zones"})
"""Rooms of `decisions` that answer from the ledger and its snapshots, whatever the database is."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what says nothing new on a second database; `tools/test.sh` leaves that out of its PostgreSQL half."""
    for item in items:
        needs_a_database = uses_database(item) or "/functional/" in item.nodeid
        if not needs_a_database or is_same_on_any_database(item):
            item.add_marker(pytest.mark.one_database)
    in_order(items)


def is_same_on_any_database(item: pytest.Item) -> bool:
    place, name = item.path.parent.name, item.path.stem.removeprefix("test_")
    if item.get_closest_marker("both_databases") is not None:
        return False
    if place == "cli" or place in READ_FROM_SNAPSHOTS:
        return True
    return (place == "web" and name not in PAGES_ON_BOTH) or f"{place}/{name}" in ALSO_SAME


def uses_database(item: pytest.Item) -> bool:
    """Whether the test asks for the database; programs it starts on a home of their own use SQLite anyway."""
    asked = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not {"db", "transactional_db"}.isdisjoint(asked)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByWhatIsShared:
    config.option.loadscopereorder = False
    return ByWhatIsShared(config, log)
