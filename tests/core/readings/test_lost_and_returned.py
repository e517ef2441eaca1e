"""Who is lost and what he brought in his last year; how many of the lost came back, and twice."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from clientarium.core.readings import LostClient, ReturnCount, lost_ones, returns_after_silence
from tests.core.firm import IDS, Firm, firm_in, monthly

NOW = date(2025, 12, 31)
BIRCH, CEDAR, OAK, MAPLE, ROWAN = IDS.values()

DAYS = {
    "birch": ["2023-01-10", "2023-02-10", "2023-03-10", "2023-12-10", "2024-01-10"],  # a silence of 275 days, then two
    "cedar": ["2023-01-10", "2023-02-10", "2023-03-10", "2023-12-10"],  # back once, then silent for good
    "oak": ["2023-01-10", "2023-02-10"],  # never back
    "maple": ["2025-08-10", "2025-09-10"],  # his year to return is not over yet
}


@pytest.fixture(scope="module")
def firm(tmp_path_factory) -> Firm:
    """Each purchase brings 40 of margin; Rowan buys monthly to the end."""
    firm = firm_in(tmp_path_factory.mktemp("home"))
    firm.sell(*[(client, day, 100, 60) for client, days in DAYS.items() for day in days])
    firm.sell(*monthly("rowan", "2025-01-20", 12, 100, 60))
    firm.pulse("2025-12-31")
    return firm


def test_silences_that_had_their_year_are_counted_by_what_followed(firm):
    assert returns_after_silence(firm.base, as_of=NOW, from_days=(182, 365), rhythm_factor=4) == [
        # Birch twice (2023, and for good from 2024), Cedar twice, Oak once
        ReturnCount(182, 12, silent=5, returned=2, repeated=1),
        ReturnCount(365, 12, silent=2, returned=0, repeated=0),  # Birch’s second year is not over
    ]


def test_silences_agree_with_a_slow_count_by_hand(firm):
    def count(mark):
        silent = returned = repeated = 0
        for days in DAYS.values():
            on = [date.fromisoformat(day) for day in days]
            for place, day in enumerate(on):
                reached = day + timedelta(days=mark)
                later = on[place + 1 :]
                if (later and later[0] <= reached) or reached.replace(year=reached.year + 1) > NOW:
                    continue
                until = reached.replace(year=reached.year + 1)
                silent += 1
                returned += len([one for one in later[:1] if one <= until])
                repeated += len([one for one in later[1:2] if one <= until])
        return ReturnCount(mark, 12, silent, returned, repeated)

    marks = (100, 200, 300)
    found = returns_after_silence(firm.base, as_of=NOW, from_days=marks, rhythm_factor=0)
    assert found == [count(mark) for mark in marks]


def test_lost_one_has_the_money_of_his_last_year_and_the_day_his_time_ran_out(firm):
    found = lost_ones(firm.base, as_of=NOW, cold_days=61, rhythm_factor=0, client_ids=[BIRCH, OAK, ROWAN])
    assert found.measure == "margin"
    assert found.clients == [
        LostClient(
            BIRCH, date(2024, 1, 10), date(2024, 3, 11), Decimal(160)
        ),  # 10.01.2023 is a year before, not within
        LostClient(OAK, date(2023, 2, 10), date(2023, 4, 12), Decimal(80)),
    ]
