"""Questions about the whole base, each also asked by somebody who may see only a part of it."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from clientarium.core.ground import UserError
from clientarium.core.ledger import SnapshotMissing
from clientarium.core.readings import (
    AttentionPart,
    Cell,
    Change,
    Concentration,
    Flow,
    LostClient,
    LostMonth,
    Part,
    active_months,
    attention_against_margin,
    category_clients,
    composition,
    concentration,
    concentration_curve,
    flow_clients,
    flows,
    gains_and_losses,
    loss_calendar,
    lost_in_month,
    preview_scheme,
    size_against_margin,
)
from tests.core.firm import IDS, Firm, firm_in, monthly

THEN, NOW = date(2024, 12, 31), date(2025, 12, 31)
BIRCH, CEDAR, OAK, MAPLE, ROWAN = IDS.values()
POLICY = {"cold_days": 61, "rhythm_factor": 2}


@pytest.fixture(scope="module")
def firm(tmp_path_factory) -> Firm:
    """Margins of 2024 and 2025: birch 1 200 and 2 400 thousand, cedar 600 and 300, oak 60 and 60, maple 120 and 0."""
    firm = firm_in(tmp_path_factory.mktemp("home"))
    firm.sell(
        *monthly("birch", "2024-01-10", 12, 1_000_000, 900_000),
        *monthly("birch", "2025-01-10", 12, 2_000_000, 1_800_000),
        *monthly("cedar", "2024-01-12", 12, 100_000, 50_000),
        *monthly("cedar", "2025-01-12", 12, 50_000, 25_000),
        *monthly("oak", "2024-01-14", 24, 10_000, 5_000),
        *monthly("maple", "2024-01-16", 12, 20_000, 10_000),
    )
    firm.touch(("oak", "2025-05-05", 600), ("birch", "2025-05-06", 204), ("cedar", "2024-05-06", 50))
    firm.pulse("2024-12-31")
    firm.pulse("2025-12-31")
    return firm


def test_flows_count_clients_and_money_of_each_pair(firm):
    answer = flows(firm.base, scheme="movement", before=THEN, after=NOW)
    assert (answer.measure, answer.flows) == (
        "margin",
        (
            Flow("new", "grown", 1, Decimal(1_200_000), Decimal(2_400_000)),
            Flow("new", "lost", 1, Decimal(120_000), Decimal(0)),
            Flow("new", "steady", 1, Decimal(60_000), Decimal(60_000)),
            Flow("new", "weakened", 1, Decimal(600_000), Decimal(300_000)),
            Flow(None, None, 1, Decimal(0), Decimal(0)),
        ),
    )


def test_flows_show_a_seller_only_his_clients(firm):
    answer = flows(firm.base, scheme="movement", before=THEN, after=NOW, client_ids=[CEDAR])
    assert answer.flows == (Flow("new", "weakened", 1, Decimal(600_000), Decimal(300_000)),)


def test_flows_of_nobody_are_empty(firm):
    assert flows(firm.base, scheme="movement", before=THEN, after=NOW, client_ids=[]).flows == ()


def test_flow_opens_to_its_clients(firm):
    asked = {"scheme": "movement", "before": THEN, "after": NOW, "from_category": "new", "to_category": "weakened"}
    assert flow_clients(firm.base, **asked) == [CEDAR]
    assert flow_clients(firm.base, **asked, client_ids=[OAK]) == []
    assert flow_clients(firm.base, **asked | {"from_category": None, "to_category": None}) == [ROWAN]


def test_flows_of_an_unknown_scheme_are_refused(firm):
    with pytest.raises(UserError, match="gradee"):
        flows(firm.base, scheme="gradee", before=THEN, after=NOW)


def test_flows_need_both_snapshots(firm):
    with pytest.raises(SnapshotMissing):
        flows(firm.base, scheme="grade", before=date(2020, 1, 1), after=NOW)


def test_gains_and_losses_name_who_grew_weakened_and_left(firm):
    answer = gains_and_losses(firm.base, before=THEN, after=NOW)
    assert (answer.grown, answer.weakened, answer.left) == (
        (Change(BIRCH, Decimal(1_200_000), Decimal(2_400_000), Decimal(1_200_000), date(2025, 12, 10)),),
        (Change(CEDAR, Decimal(600_000), Decimal(300_000), Decimal(-300_000), date(2025, 12, 12)),),
        (Change(MAPLE, Decimal(120_000), Decimal(0), Decimal(-120_000), date(2024, 12, 16)),),
    )
    assert (answer.grown_count, answer.weakened_count, answer.left_count) == (1, 1, 1)


def test_gains_and_losses_of_a_part(firm):
    answer = gains_and_losses(firm.base, before=THEN, after=NOW, client_ids=[CEDAR, OAK])
    assert (answer.grown, answer.weakened_count, answer.left) == ((), 1, ())


def test_composition_over_dates(firm):
    assert composition(firm.base, scheme="lifecycle") == [
        Part(THEN, "active", 4, Decimal(1_980_000)),
        Part(THEN, "prospect", 1, Decimal(0)),
        Part(NOW, "active", 3, Decimal(2_760_000)),
        Part(NOW, "lost", 1, Decimal(0)),
        Part(NOW, "prospect", 1, Decimal(0)),
    ]
    assert composition(firm.base, scheme="lifecycle", dates=[NOW], client_ids=[MAPLE]) == [
        Part(NOW, "lost", 1, Decimal(0))
    ]


def test_category_opens_to_its_clients(firm):
    assert category_clients(firm.base, scheme="lifecycle", category="active", as_of=NOW) == [BIRCH, CEDAR, OAK]
    assert category_clients(firm.base, scheme="grade", category=None, as_of=NOW) == [ROWAN]


def test_half_of_the_margin_rests_on_one_client_now_and_before(firm):
    assert concentration(firm.base, as_of=NOW) == Concentration(
        "margin", 1, 1, Decimal(2_760_000), Decimal(1_980_000), 3
    )
    assert concentration(firm.base, as_of=NOW, client_ids=[CEDAR, OAK, MAPLE]).clients_year_before == 1


def test_the_curve_of_concentration_ends_at_everybody(firm):
    """Birch 2 400 000, cedar 300 000, oak 60 000 of 2 760 000; a fourth there is not."""
    curve = concentration_curve(firm.base, measure="margin", clients=[1, 2, 3, 4], as_of=NOW)
    assert curve == [(1, pytest.approx(240 / 276)), (2, pytest.approx(270 / 276)), (3, 1.0)]
    portfolio = concentration_curve(firm.base, measure="margin", clients=[1, 2], as_of=NOW, client_ids=[CEDAR, OAK])
    assert portfolio == [(1, pytest.approx(30 / 36)), (2, 1.0)]


def test_size_against_margin(firm):
    assert size_against_margin(firm.base, as_of=NOW) == [
        Cell("A", "A", 1, Decimal(24_000_000), Decimal(2_400_000)),
        Cell("C", "B", 1, Decimal(600_000), Decimal(300_000)),
        Cell("C", "C", 1, Decimal(120_000), Decimal(60_000)),
    ]


def test_attention_and_margin_stand_side_by_side(firm):
    """Birch: 204 measured minutes and 12 documents of 33; oak: 600 and as many; cedar: documents alone."""
    parts = attention_against_margin(firm.base, scheme="abc_margin", as_of=NOW)
    minutes = [(part.category, part.minutes, part.documents, round(part.attention_share, 4)) for part in parts]
    assert minutes == [("A", 600.0, 12, 0.3012), ("B", 396.0, 12, 0.1988), ("C", 996.0, 12, 0.5)]
    assert [(part.category, part.money, round(part.money_share, 3)) for part in parts] == [
        ("A", Decimal(2_400_000), 0.87),
        ("B", Decimal(300_000), 0.109),
        ("C", Decimal(60_000), 0.022),
    ]


def test_attention_follows_what_was_decided_since_the_snapshot(firm):
    decided = pa.table({"client_id": [CEDAR, BIRCH], "category": ["A", None]})
    before = attention_against_margin(firm.base, scheme="abc_margin", as_of=NOW)
    parts = attention_against_margin(firm.base, scheme="abc_margin", as_of=NOW, decided=decided)
    assert sum(part.minutes for part in parts) == sum(part.minutes for part in before)
    assert sum(part.money for part in parts) == sum(part.money for part in before)
    cedars = next(part for part in before if part.category == "B")
    assert {part.category: part.clients for part in parts} == {"A": 1, "C": 1, None: 3}
    assert (cedars.minutes, cedars.money) in [(part.minutes, part.money) for part in parts if part.category == "A"]


def test_attention_shares_are_of_the_visible_clients(firm):
    parts = attention_against_margin(firm.base, scheme="abc_margin", as_of=NOW, client_ids=[CEDAR])
    assert [(part.category, part.attention_share, part.money_share) for part in parts] == [("B", 1.0, 1.0)]


def test_attention_is_unknown_without_touches(firm, tmp_path):
    silent = firm_in(tmp_path)
    silent.sell(*monthly("birch", "2025-01-10", 12, 100, 50))
    silent.pulse("2025-12-31")
    parts = attention_against_margin(silent.base, scheme="lifecycle", as_of=NOW)
    assert [(part.category, part.attention_share, part.money_share) for part in parts] == [
        ("active", None, 1.0),
        ("prospect", None, 0.0),
    ]
    assert isinstance(parts[0], AttentionPart)


def test_loss_calendar_counts_the_month_the_time_ran_out(firm):
    """Maple's last purchase is 16.12.2024 and his window closed within two months: they decide, to 15 February 2025."""
    assert loss_calendar(firm.base, as_of=NOW, **POLICY) == [LostMonth(2025, 2, 1, Decimal(120_000))]
    assert lost_in_month(firm.base, year=2025, month=2, as_of=NOW, **POLICY) == [
        LostClient(MAPLE, date(2024, 12, 16), date(2025, 2, 15), Decimal(120_000))
    ]
    assert loss_calendar(firm.base, as_of=NOW, **POLICY, client_ids=[BIRCH]) == []


def test_active_share_of_each_month(firm):
    months = active_months(firm.base, as_of=NOW, months=13)
    assert [(month.until.isoformat(), month.active, month.ever_bought, month.share) for month in months[:2]] == [
        ("2024-12-31", 4, 4, 1.0),
        ("2025-01-31", 3, 4, 0.75),
    ]
    assert months[-1].until == NOW
    seen = active_months(firm.base, as_of=NOW, months=1, client_ids=[MAPLE])
    assert [(month.active, month.ever_bought) for month in seen] == [(0, 1)]


def test_preview_shows_who_would_move(firm):
    scheme = firm.definitions.schemes["lifecycle"]
    assert preview_scheme(firm.base, scheme, before=scheme, as_of=NOW).moved_clients == 0
    new = preview_scheme(firm.base, scheme, before=None, as_of=NOW, client_ids=[BIRCH])
    assert [(move.before, move.after, move.clients, move.margin) for move in new.matrix] == [
        (None, "active", 1, Decimal(2_400_000))
    ]
