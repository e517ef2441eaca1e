"""Pairs become clusters by the average of their probabilities."""

import pyarrow as pa

from clientarium.core.identity import clusters


def joined(*pairs, threshold=0.5):
    table = pa.table(
        {
            "a": pa.array([a for a, _, _ in pairs], pa.int64()),
            "b": pa.array([b for _, b, _ in pairs], pa.int64()),
            "probability": pa.array([p for _, _, p in pairs], pa.float64()),
        }
    )
    found: dict[int, list[int]] = {}
    for row in clusters(table, threshold).to_pylist():
        found.setdefault(row["cluster_id"], []).append(row["record_id"])
    return found


def test_a_pair():
    assert joined((5, 3, 0.9)) == {3: [3, 5]}


def test_a_pair_under_the_line_stays_apart():
    assert joined((5, 3, 0.4)) == {}


def test_three_that_agree():
    assert joined((1, 2, 0.9), (2, 3, 0.9), (1, 3, 0.2)) == {1: [1, 2, 3]}


def test_one_wrong_pair_does_not_chain_two_clients():
    first = [(1, 2, 0.99), (2, 3, 0.99), (1, 3, 0.99)]
    second = [(11, 12, 0.99), (12, 13, 0.99), (11, 13, 0.99)]
    assert joined(*first, *second, (3, 11, 0.8)) == {1: [1, 2, 3], 11: [11, 12, 13]}


def test_two_heaps_are_numbered_apart():
    assert joined((1, 2, 0.9), (7, 8, 0.9), (8, 9, 0.9), (7, 9, 0.9)) == {1: [1, 2], 7: [7, 8, 9]}


def test_a_heap_too_large_to_hold_is_cut_at_a_higher_line():
    """A chain of 2,500 weak pairs falls apart; what is certain in it stays together."""
    chain = [(place, place + 1, 0.6) for place in range(2500)]
    found = joined(*chain, (2600, 2601, 1.0), (2600, 10, 0.6))
    assert all(len(members) <= 2 for members in found.values())
    assert found[2600] == [2600, 2601]


def test_a_heap_of_certain_pairs_stays_whole_however_large():
    found = joined(*((place, place + 1, 1.0) for place in range(2500)))
    assert found == {0: list(range(2501))}
