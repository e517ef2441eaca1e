"""The pulse: facts in, a published snapshot out, the same every time."""

from datetime import date

import pyarrow as pa
import pytest

from clientarium.core.ledger import Cancelled
from clientarium.core.pipeline import STEPS, backfill_dates, pulse
from tests.core.firm import Firm, firm_in, monthly

AS_OF = date(2025, 12, 31)


@pytest.fixture
def firm(tmp_path) -> Firm:
    firm = firm_in(tmp_path)
    firm.sell(
        *monthly("birch", "2024-01-10", 24, 1_000_000, 900_000),
        *monthly("cedar", "2024-01-12", 24, 200_000, 100_000),
        *monthly("oak", "2024-01-14", 24, 5_000, 4_000),
        *monthly("maple", "2024-01-16", 10, 50_000, 25_000),
    )
    return firm


def test_every_client_has_a_row_prospects_too(firm):
    info = firm.pulse("2025-12-31")
    assert (info.rows, info.as_of, info.ledger_version) == (5, AS_OF, 0)
    assert firm.states("2025-12-31", "lifecycle", "movement") == {
        "birch": ("active", "steady"),
        "cedar": ("active", "steady"),
        "oak": ("active", "steady"),
        "maple": ("lost", "lost"),
        "rowan": ("prospect", None),
    }


def test_same_money_at_less_risk_is_graded_higher(firm):
    """1.4.8: 1 000 000 at a cost of 900 000 is less interesting than 200 000 at 100 000."""
    firm.pulse("2025-12-31")
    assert firm.states("2025-12-31", "margin_12m", "grade") == {
        "birch": (1_200_000, "D"),
        "cedar": (1_200_000, "AA"),
        "oak": (12_000, "B"),
        "maple": (0, "D"),
        "rowan": (0, None),
    }


def test_same_inputs_give_the_same_hash(firm):
    first = firm.pulse("2025-12-31")
    again = firm.pulse("2025-12-31")
    assert again == first


def test_another_date_or_standing_gives_another_hash(firm):
    standing = pa.table(
        {
            "client_id": pa.array([1], pa.int64()),
            "scheme": ["grade"],
            "category": ["A"],
            "since": [date(2025, 1, 1)],
            "by_person": [True],
            "expires_on": pa.array([None], pa.date32()),
        }
    )
    plain, told = firm.pulse("2025-12-31"), firm.pulse("2025-12-31", standing=standing)
    assert (plain.content_hash == told.content_hash, plain.standing_hash == told.standing_hash) == (False, False)
    assert firm.states("2025-12-31", "grade", "grade_computed")["birch"] == ("A", "D")
    assert firm.pulse("2025-11-30").content_hash != plain.content_hash


def test_facts_after_the_date_do_not_count(firm):
    before = firm.pulse("2025-06-30")
    firm.sell(("rowan", "2025-07-01", 1_000_000, 1))
    assert firm.pulse("2025-06-30").content_hash == before.content_hash


def test_steps_are_told_in_order(firm):
    told = []
    pulse(firm.ledger, firm.snapshots, firm.definitions, as_of=AS_OF, clients=pa.table({"client_id": [1]}),
          progress=lambda *step: told.append(step))  # fmt: skip
    assert told == [
        *((step, number, len(STEPS)) for number, step in enumerate(STEPS)),
        ("write", len(STEPS), len(STEPS)),
    ]


@pytest.mark.parametrize("calls", [1, 8, 25])
def test_cancelled_pulse_publishes_nothing(firm, calls):
    asked = iter(range(1000))
    with pytest.raises(Cancelled):
        pulse(firm.ledger, firm.snapshots, firm.definitions, as_of=AS_OF, clients=pa.table({"client_id": [1]}),
              cancelled=lambda: next(asked) >= calls)  # fmt: skip
    assert firm.snapshots.dates() == []


def test_empty_ledger_gives_prospects_only(tmp_path):
    firm = firm_in(tmp_path)
    assert firm.pulse("2025-12-31").rows == 5
    assert set(firm.states("2025-12-31", "lifecycle").values()) == {"prospect"}


def test_backfill_dates_are_a_year_a_quarter_and_a_month_ago():
    assert backfill_dates(date(2026, 3, 31)) == [date(2025, 3, 31), date(2025, 12, 31), date(2026, 2, 28)]
