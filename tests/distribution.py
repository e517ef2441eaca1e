"""How tests are dealt out to processes: whatever shares something costly to make goes to one of them.

Not pytest-xdist's own groups: with pytest 9.2 its mark `xdist_group` no longer reaches the scheduler (3.8.0).
"""

from typing import Any

from xdist.scheduler import LoadScopeScheduling

SHARED = {
    "tests/functional/": "one demo company, one server, one browser",
    "tests/acceptance/test_demo_company.py": "one demo company",
    "tests/acceptance/test_online_retail.py": "a million lines loaded once",
    "tests/decisions/runs/test_killed_worker.py": "one import nobody killed",
    "tests/core/ledger/test_engines_agree.py": "one Java machine",
    "tests/core/metrics/test_spark.py": "one Java machine",
    "tests/core/pipeline/test_spark_pulse.py": "one Java machine",
}
"""What is named alike is kept together, the longest first; every other test goes with those of its file."""

APART = ("tests/core/ledger/test_faults.py", "tests/acceptance/test_real")
"""Files whose tests are long and share nothing: each may go anywhere."""


class ByWhatIsShared(LoadScopeScheduling):
    """Files, and groups of files, in the order `in_order` gave the tests."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


def scope_of(nodeid: str) -> str:
    for place, shared in SHARED.items():
        if nodeid.startswith(place):
            return shared
    return nodeid if nodeid.startswith(APART) else nodeid.partition("::")[0]


def in_order(items: list[Any]) -> None:
    """The costly first, so that no process is left alone with them at the end; the rest as collected."""
    costly = list(dict.fromkeys(SHARED.values()))

    def place(item: Any) -> int:
        scope = scope_of(item.nodeid)
        if scope in costly:
            return costly.index(scope)
        return len(costly) + (0 if item.nodeid.startswith(APART) else 1)

    items.sort(key=place)
