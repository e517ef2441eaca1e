"""Any sequence of loads and undos against the rules written down in plain Python."""

import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clientarium.core.ledger import Ledger
from tests.core.ledger.staging import load, sale

FIRST = date(2026, 1, 1)
CLIENTS = ("birch", "cedar", "oak")
days = st.integers(0, 9).map(lambda number: FIRST + timedelta(number))
rows = st.lists(
    st.tuples(st.sampled_from(CLIENTS), days, st.integers(-2, 2), st.sampled_from([None, "A", "B", "C"])), max_size=4
)
loads = st.builds(
    lambda **given: given,
    kind=st.just("load"),
    source=st.sampled_from(["1c", "shop"]),
    mode=st.sampled_from(["append", "replace", "upsert"]),
    period=st.one_of(st.none(), st.tuples(days, days).map(sorted)),
    rows=rows,
)
undos = st.builds(lambda **given: given, kind=st.just("undo"), which=st.integers(0, 9))


@dataclass
class Model:
    """The rules, slow and obvious: a row is visible unless a later load in force supersedes it."""

    loads: list = field(default_factory=list)
    undone: set = field(default_factory=set)

    def supersedes(self, later, earlier, row):
        _, day, _, doc = row
        if later["source"] != earlier["source"]:
            return False
        if later["mode"] == "replace":
            first, last = later["period"] or (min(self.days(later), default=None), max(self.days(later), default=None))
            return first is not None and first <= day <= last
        return later["mode"] == "upsert" and doc is not None and doc in {other[3] for other in later["rows"]}

    def days(self, made):
        return [day for _, day, _, _ in made["rows"]]

    def visible(self):
        in_force = [(number, made) for number, made in enumerate(self.loads) if number not in self.undone]
        return Counter(
            (made["source"], *row)
            for number, made in in_force
            for row in made["rows"]
            if not any(self.supersedes(later, made, row) for at, later in in_force if at > number)
        )


def shown(ledger, **options):
    with ledger.engine(**options) as engine:
        answer = engine.fetch("select source, client_id, sold_on, revenue, doc_id from sales").to_pylist()
    return Counter(
        (row["source"], CLIENTS[row["client_id"] - 1], row["sold_on"], int(row["revenue"]), row["doc_id"])
        for row in answer
    )


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(loads, loads, undos), min_size=2, max_size=7))
def test_ledger_shows_what_the_rules_say_at_every_version(steps):
    with tempfile.TemporaryDirectory() as folder:
        ledger, model, history = Ledger(Path(folder) / "ledger"), Model(), []
        for step in steps:
            if step["kind"] == "load":
                period = {"first_on": step["period"][0], "last_on": step["period"][1]} if step["period"] else {}
                sent = [sale(client, day.isoformat(), revenue, doc) for client, day, revenue, doc in step["rows"]]
                load(ledger, f"i{len(model.loads)}", sent, source=step["source"], mode=step["mode"], **period)
                model.loads.append(step)
                history.append(model.visible())
            elif model.loads:
                which = step["which"] % len(model.loads)
                ledger.undo(f"i{which}")
                if which not in model.undone:
                    model.undone.add(which)
                    history.append(model.visible())
        assert ledger.version() == len(history) - 1
        assert [shown(ledger, at_version=version) for version in range(len(history))] == history
