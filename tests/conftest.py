"""What every part of the tests may use, and where each test runs."""

from typing import Any

import pytest

from tests.cast import cast
from tests.distribution import ByWhatIsShared, in_order

__all__ = ["cast"]

SAME_ON_ANY_DATABASE = frozenset(
    [
        "account",
        "accuracy",
        "categories",
        "charts",
        "clock",
        "denied_writes",
        "disk",
        "effect_page",
        "empty_base",
        "errors",
        "figures",
        "headers",
        "hidden_money",
        "moves",
        "navigation",
        "page_cost",
        "plans",
        "palette",
        "proposal_reasons",
        "regulation",
        "rhythm_strip",
        "routes",
        "scheme_preview",
        "stress",
        "talk_form",
        "users",
    ]
)
"""tests/interfaces/web/test_<name>.py: who may open what, and what a page says. Their queries are those of `decisions`,
which are tested on both."""

ALSO_SAME = frozenset({"runs/accuracy", "runs/report_periods", "web/report_page", "connectors/intake"})
"""What is tested there is arithmetic, files and mail; the queue and the import under them are tested on both."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what says nothing new on a second database; `tools/test.sh` leaves that out of its PostgreSQL half."""
    for item in items:
        needs_a_database = uses_database(item) or "/functional/" in item.nodeid
        if not needs_a_database or is_same_on_any_database(item):
            item.add_marker(pytest.mark.one_database)
    in_order(items)


def is_same_on_any_database(item: pytest.Item) -> bool:
    place, name = item.path.parent.name, item.path.stem.removeprefix("test_")
    return (place == "web" and name in SAME_ON_ANY_DATABASE) or f"{place}/{name}" in ALSO_SAME


def uses_database(item: pytest.Item) -> bool:
    """Whether the test asks for the database; programs it starts on a home of their own use SQLite anyway."""
    asked = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not {"db", "transactional_db"}.isdisjoint(asked)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByWhatIsShared:
    config.option.loadscopereorder = False
    return ByWhatIsShared(config, log)
