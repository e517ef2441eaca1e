"""The schemes that come with the program, on small firms a sales head can check by hand."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from tests.core.firm import IDS, Firm, firm_in, monthly

NOW = "2025-12-31"


@pytest.fixture
def firm(tmp_path) -> Firm:
    return firm_in(tmp_path)


def cards(**changes) -> pa.Table:
    columns = {"client_id": pa.array(IDS.values(), pa.int64())}
    for field, names in changes.items():
        columns[field] = pa.array([name in names for name in IDS])
    return pa.table(columns)


def test_equal_margin_at_less_cost_is_worth_more_in_a_base_of_two(firm):
    """1.4.8, the whole base being those two: neither the tie nor the smaller revenue may hide it."""
    firm.sell(
        *monthly("birch", "2024-01-10", 24, 1_000_000, 900_000), *monthly("cedar", "2024-01-10", 24, 200_000, 100_000)
    )
    firm.pulse(NOW)
    assert firm.states(NOW, "return_on_cost_12m", "grade")["birch"] == (pytest.approx(0.1111, abs=1e-4), "D")
    assert firm.states(NOW, "return_on_cost_12m", "grade")["cedar"] == (1.0, "B")


def test_grades_of_five_clients(firm):
    """Birch carries the firm for two years; cedar is loyal and small; oak is young and good; maple buys at no profit."""
    firm.sell(
        *monthly("birch", "2023-06-10", 31, 100_000, 45_000),
        *monthly("cedar", "2024-06-12", 19, 5_000, 2_400),
        *monthly("oak", "2025-09-14", 4, 5_000, 2_400),
        *monthly("maple", "2024-01-16", 24, 40_000, 38_000),
    )
    firm.pulse(NOW)
    assert firm.states(NOW, "grade") == {"birch": "AAA", "cedar": "B", "oak": "C", "maple": "D", "rowan": None}


def test_no_thank_you_by_severity(firm):
    """Birch is stopped by name; cedar pays two months late; oak costs more to serve than he brings; maple does both."""
    months = ("2025-01-10", 12, 100_000, 50_000)
    poor = ("2025-01-10", 12, 1_000, 990)
    firm.sell(*monthly("birch", *months), *monthly("cedar", *months), *monthly("oak", *poor), *monthly("maple", *poor))
    due = {"due_on": date(2025, 9, 1), "paid_on": date(2025, 11, 1), "amount": Decimal(100)}
    firm.load("payments", [{"client_key": name, **due} for name in ("cedar", "maple")])
    firm.pulse(NOW, cards=cards(is_stopped=["birch"]))
    assert firm.states(NOW, "grade", "tag_late_payer") == {
        "birch": ("EEE", False),
        "cedar": ("E", True),
        "oak": ("E", False),
        "maple": ("EE", True),
        "rowan": (None, False),
    }


def test_good_but_late_payer_is_a_grade_with_a_tag(firm):
    """1.4.14: the grade stays, the trouble stands beside it."""
    firm.sell(*monthly("birch", "2024-01-10", 24, 100_000, 50_000), *monthly("cedar", "2024-01-10", 24, 99_000, 60_000))
    due = {"due_on": date(2025, 9, 1), "paid_on": date(2025, 9, 21), "amount": Decimal(100)}
    firm.load("payments", [{"client_key": "birch", **due}])
    firm.pulse(NOW)
    assert firm.states(NOW, "grade", "tag_late_payer", "tag_loyal")["birch"] == ("A", True, False)


def test_layers_need_both_numbers(firm):
    """Birch holds the firm; cedar doubled; oak takes 95 % of the minutes for 1 % of the margin; maple is the rest."""
    firm.sell(
        *monthly("birch", "2024-01-10", 24, 100_000, 50_000),
        *monthly("cedar", "2024-01-10", 12, 5_000, 2_500),
        *monthly("cedar", "2025-01-10", 12, 10_000, 5_000),
        *monthly("oak", "2024-01-10", 24, 2_000, 1_500),
        *monthly("maple", "2024-01-10", 24, 9_000, 4_500),
    )
    firm.pulse(NOW)
    without_touches = firm.states(NOW, "layer")
    assert without_touches == {
        "birch": "anchor", "cedar": "growth", "oak": "unknown_effort", "maple": "unknown_effort", "rowan": None,
    }  # fmt: skip
    firm.touch(*(("oak", f"2025-{month:02}-05", 2_000) for month in range(1, 13)), ("birch", "2025-05-05", 60))
    firm.pulse(NOW)
    assert firm.states(NOW, "layer") == without_touches | {"oak": "noise", "maple": "tactical"}


def test_abc_by_revenue_and_by_margin_side_by_side(firm):
    """The largest by revenue is the smallest by margin: the metal trader's discovery (1.4.26)."""
    firm.sell(("birch", "2025-05-01", 800, 799), ("cedar", "2025-05-01", 150, 50), ("oak", "2025-05-01", 50, 40))
    firm.pulse(NOW)
    assert firm.states(NOW, "abc_revenue", "abc_margin") == {
        "birch": ("A", "C"), "cedar": ("B", "A"), "oak": ("C", "B"), "maple": (None, None), "rowan": (None, None),
    }  # fmt: skip


def test_abc_of_a_firm_with_one_giant_calls_him_a(firm):
    firm.sell(("birch", "2025-05-01", 990, 1), ("cedar", "2025-05-01", 10, 1))
    firm.pulse(NOW)
    assert (firm.states(NOW, "abc_revenue")["birch"], firm.states(NOW, "abc_revenue")["cedar"]) == ("A", "C")


def test_lifecycle_of_five_clients(firm):
    """Monthly birch is on time, cedar is late by half a gap, oak cold, maple back after a year, rowan never bought."""
    firm.sell(
        *monthly("birch", "2025-01-20", 12, 10, 5),
        *monthly("cedar", "2025-01-10", 11, 10, 5),
        *monthly("oak", "2025-01-10", 8, 10, 5),
        *monthly("maple", "2024-01-10", 6, 10, 5),
        ("maple", "2025-12-20", 10, 5),
    )
    firm.pulse(NOW)
    assert firm.states(NOW, "lifecycle") == {
        "birch": "active", "cedar": "slowing", "oak": "cold", "maple": "returned", "rowan": "prospect",
    }  # fmt: skip


def test_movement_needs_both_thresholds(firm):
    """Birch gained 12 000, which is a third; cedar doubled but by 120; oak fell by 13 %; maple is back after a year."""
    firm.sell(
        *monthly("birch", "2024-01-10", 12, 6_000, 3_000), *monthly("birch", "2025-01-10", 12, 8_000, 4_000),
        *monthly("cedar", "2024-01-10", 12, 20, 10), *monthly("cedar", "2025-01-10", 12, 40, 20),
        *monthly("oak", "2024-01-10", 12, 30_000, 15_000), *monthly("oak", "2025-01-10", 12, 26_000, 13_000),
        *monthly("maple", "2023-01-10", 2, 100, 50), ("maple", "2025-05-05", 100, 50), ("rowan", "2025-05-05", 1, 1),
    )  # fmt: skip
    firm.pulse(NOW)
    assert firm.states(NOW, "movement") == {
        "birch": "grown", "cedar": "steady", "oak": "steady", "maple": "returned", "rowan": "new",
    }  # fmt: skip


def test_base_without_costs_is_graded_by_revenue_and_says_so(firm):
    firm.sell(*monthly("birch", "2024-01-10", 12, 10_000, None), *monthly("birch", "2025-01-10", 12, 20_000, None))
    firm.pulse(NOW)
    assert firm.states(NOW, "movement", "abc_revenue", "abc_margin", "grade", "tag_by_revenue", "rfm")["birch"] == (
        "grown", "A", None, "AA", True, "champions",
    )  # fmt: skip


def test_new_clients_are_to_be_qualified(firm):
    firm.sell(("birch", "2025-05-01", 10, 5))
    firm.pulse(NOW)
    assert firm.states(NOW, "tag_to_qualify") == {
        "birch": False, "cedar": True, "oak": True, "maple": True, "rowan": True,
    }  # fmt: skip


def test_large_client_short_of_percentage_only_is_promising(firm):
    """Most of the money at two thirds of the usual return: re-pricing makes him A, so he is not let go as D."""
    firm.sell(
        *monthly("birch", "2024-01-10", 24, 150_000, 100_000),
        *monthly("cedar", "2024-01-10", 24, 9_000, 6_000 - 143),
        *monthly("oak", "2024-01-10", 24, 8_000, 5_000),
    )
    firm.pulse(NOW)
    assert firm.states(NOW, "grade")["birch"] == "C"
