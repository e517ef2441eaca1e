"""Histories: purchase days merged, cut and counted."""

from datetime import date

import numpy as np
import pyarrow as pa

from clientarium.core.forecast import day_number, histories_of, statistics_of

UNTIL = day_number(date(2026, 3, 1))


def purchases():
    rows = [
        (7, date(2026, 1, 15), 30.0, None),
        (7, date(2026, 1, 1), 10.0, 4.0),
        (7, date(2026, 1, 1), 5.0, 1.0),
        (3, date(2026, 2, 1), 8.0, 2.0),
        (9, date(2026, 3, 2), 1.0, 1.0),
    ]
    names = ["client_id", "day", "revenue", "margin"]
    return pa.table({name: [row[i] for row in rows] for i, name in enumerate(names)})


def test_histories_merge_a_day_and_leave_out_the_future():
    found = histories_of(purchases(), until=UNTIL)
    assert found.client_ids.tolist() == [3, 7]
    assert found.counts.tolist() == [1, 2]
    assert found.revenue.tolist() == [8.0, 15.0, 30.0]
    np.testing.assert_equal(found.margin, [2.0, 5.0, np.nan])


def test_histories_cut_knows_nothing_later():
    found = histories_of(purchases(), until=UNTIL).cut(day_number(date(2026, 1, 14)))
    assert (found.client_ids.tolist(), found.counts.tolist()) == ([7], [1])


def test_purchases_within_counts_after_and_up_to():
    found = histories_of(purchases(), until=UNTIL)
    first, second = day_number(date(2026, 1, 1)), day_number(date(2026, 1, 15))
    assert found.purchases_within(first, second).tolist() == [0, 1]


def test_no_purchases_make_no_clients():
    found = histories_of(purchases().slice(0, 0), until=UNTIL)
    assert (found.size, found.gaps()[0].size, found.cut(UNTIL).size) == (0, 0, 0)


def test_statistics_are_in_weeks():
    found = statistics_of(histories_of(purchases(), until=UNTIL))
    assert found.x.tolist() == [0.0, 1.0]
    assert found.t_x.tolist() == [0.0, 2.0]
    assert np.allclose(found.T, [4.0, 59 / 7])
    assert np.allclose(found.litt, [0.0, np.log(2)])


def test_compressed_statistics_keep_clients_and_logarithms():
    table = pa.concat_tables([purchases(), purchases().set_column(0, "client_id", pa.array([107, 107, 107, 103, 109]))])
    found = statistics_of(histories_of(table, until=UNTIL))
    packed = found.compressed()
    assert (found.size, packed.size, packed.clients) == (4, 2, 4.0)
    assert np.isclose(packed.total_litt, found.total_litt)
