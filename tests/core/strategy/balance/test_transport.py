"""The transport proves itself: its value equals the bound of its prices, to the last unit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientarium.core.strategy.balance.transport import NOBODY, Room, transport


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    clients=st.integers(1, 300),
    sellers=st.integers(1, 12),
    room=st.sampled_from([0.3, 0.97, 1.03, 1.6]),
    likeness=st.sampled_from([0.0, 0.02, 1.0]),
    step=st.sampled_from([0.0, 500.0, 1e6]),
)
def test_transport_is_proven(seed, clients, sellers, room, likeness, step):
    """Everybody wanting the same sellers (likeness 0) is the hard case: the last ones stay empty."""
    random = np.random.default_rng(seed)
    liked = random.uniform(0.2, 1, sellers) + likeness * random.random((clients, sellers)) - 0.1
    values = np.rint(1e4 * random.lognormal(0, 1, clients)[:, None] * liked)
    heads = random.multinomial(int(clients * room), np.ones(sellers) / sellers)
    found = transport(values, Room(heads, heads * 2 // 3, step))
    loads = np.bincount(found.placed[found.placed != NOBODY], minlength=sellers)
    assert (loads <= heads).all()
    assert found.value == found.bound
    assert found.prices.min() >= 0


def test_transport_with_no_place_at_all():
    found = transport(np.array([[5.0, 3.0]]), Room.of(np.zeros(2)))
    assert (found.placed.tolist(), found.value, found.bound) == ([NOBODY], 0, 0)


def test_transport_can_be_cancelled():
    values = np.tile(np.arange(200.0)[:, None], (1, 4)) * np.arange(1, 5)
    with pytest.raises(InterruptedError):
        transport(values, Room.of(np.full(4, 50)), cancelled=lambda: True)
