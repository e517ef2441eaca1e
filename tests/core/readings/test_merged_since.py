"""Cards merged between two snapshots: the earlier one has a row for either card, and nobody has left or doubled."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from clientarium.core.pipeline import pulse
from clientarium.core.readings import Change, Flow, flow_clients, flows, gains_and_losses
from tests.core.firm import IDS, Firm, firm_in, monthly

THEN, NOW = date(2024, 12, 31), date(2025, 12, 31)
BIRCH, CEDAR, OAK = IDS["birch"], IDS["cedar"], IDS["oak"]
ALIASES = pa.table({"alias_id": pa.array([OAK], pa.int64()), "client_id": pa.array([CEDAR], pa.int64())})


@pytest.fixture(scope="module")
def firm(tmp_path_factory) -> Firm:
    """Margins of 2024 and 2025: birch 600 and 600, cedar 60 and 60, oak 120 and 120; oak became a part of cedar."""
    firm = firm_in(tmp_path_factory.mktemp("home"))
    firm.sell(
        *monthly("birch", "2024-01-10", 24, 100, 50),
        *monthly("cedar", "2024-01-12", 24, 10, 5),
        *monthly("oak", "2024-01-14", 24, 20, 10),
    )
    firm.pulse("2024-12-31")
    pulse(
        firm.ledger,
        firm.snapshots,
        firm.definitions,
        as_of=NOW,
        clients=pa.table({"client_id": pa.array([BIRCH, CEDAR], pa.int64())}),
        aliases=ALIASES,
    )
    return firm


@pytest.fixture(scope="module")
def base(firm):
    return replace(firm.base, aliases=ALIASES)


def test_facts_of_both_count_for_the_one(firm):
    rows = firm.snapshots.read(NOW, columns=["client_id", "margin_12m", "orders_12m"]).to_pylist()
    assert {row["client_id"]: (row["margin_12m"], row["orders_12m"]) for row in rows} == {
        BIRCH: (Decimal(600), 12),
        CEDAR: (Decimal(180), 24),
    }


def test_nobody_grew_or_left_by_a_merge(base):
    answer = gains_and_losses(base, before=THEN, after=NOW)
    assert (answer.grown, answer.weakened, answer.left) == ((), (), ())


def test_flows_know_one_client(base):
    found = {(flow.clients, flow.money_before, flow.money_after) for flow in flows_of(base, None) if flow.money_before}
    assert sum(clients for clients, _before, _after in found) == 2
    assert sum(flow.money_before for flow in flows_of(base, None)) == Decimal(780)
    assert all(flow.after is not None for flow in flows_of(base, None) if flow.money_before)


def test_seller_of_the_one_sees_what_the_other_brought(base):
    (flow,) = flows_of(base, [CEDAR])
    assert (flow.clients, flow.money_before, flow.money_after) == (1, Decimal(180), Decimal(180))
    assert flows_of(base, [OAK]) == ()
    asked = {"scheme": "movement", "before": THEN, "after": NOW}
    ends = {"from_category": flow.before, "to_category": flow.after}
    assert flow_clients(base, **asked, **ends, client_ids=[CEDAR]) == [CEDAR]


def test_taken_apart_again_each_has_his_own(firm):
    answer = gains_and_losses(firm.base, before=THEN, after=NOW)
    assert answer.grown == (Change(CEDAR, Decimal(60), Decimal(180), Decimal(120), date(2025, 12, 14)),)


def flows_of(base, client_ids) -> tuple[Flow, ...]:
    return flows(base, scheme="movement", before=THEN, after=NOW, client_ids=client_ids).flows
