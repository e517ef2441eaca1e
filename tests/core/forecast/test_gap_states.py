"""What is known of gaps on the evening of a purchase, and today."""

import numpy as np
import pyarrow as pa

from clientarium.core.forecast import histories_of
from clientarium.core.forecast.gap_states import states_after, states_now, weekday_of

MONDAY = 4  # 1970-01-05


def histories(until=60):
    rows = [(1, MONDAY), (1, MONDAY + 7), (1, MONDAY + 17), (2, MONDAY + 1)]
    days = pa.array([day for _, day in rows], pa.int32()).cast(pa.date32())
    return histories_of(pa.table({"client_id": [client for client, _ in rows], "day": days}), until=until)


def test_weekday_of_counts_from_monday():
    assert weekday_of(np.array([MONDAY, MONDAY + 6, MONDAY + 7])).tolist() == [0, 6, 0]


def test_states_after_a_purchase_know_only_what_was_before():
    found = states_after(histories(), np.array([0, 1, 2, 3]))
    assert found.known.tolist() == [0, 1, 2, 0]
    assert found.total.tolist() == [0.0, 7.0, 17.0, 0.0]
    assert found.gaps[2, :3].tolist()[:2] == [10.0, 7.0] and np.isnan(found.gaps[2, 2])
    assert np.allclose(found.logs, [0, np.log(7), np.log(7) + np.log(10), 0])
    assert found.weekdays[2].tolist() == [2, 0, 0, 1, 0, 0, 0]
    assert found.owner.tolist() == [0, 0, 0, 1]


def test_states_now_count_the_silence():
    assert states_now(histories(until=30)).silence.tolist() == [30 - MONDAY - 17, 30 - MONDAY - 1]


def test_states_of_a_slice_are_those_of_the_whole():
    whole, part = states_now(histories()), states_now(histories(), slice(1, 2))
    assert part.last.tolist() == whole.last[1:].tolist()
    assert part.weekdays.tolist() == whole.weekdays[1:].tolist()
