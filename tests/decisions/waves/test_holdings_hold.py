"""Whatever leaders do in whichever order: no client has two holders on a day, none is lost, copies agree, undo is exact."""

import random
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise

import pytest

from clientarium.core.ground import UserError
from clientarium.decisions.clients import Client, Holding, state_model, transfer_client
from clientarium.decisions.people import Seller
from clientarium.decisions.portfolios import dismiss_seller, dismissal_of, take_back_dismissal
from clientarium.decisions.waves import (
    Wave,
    WaveState,
    approve_wave,
    cancel_wave,
    close_wave,
    mark_clients,
    open_wave,
    undo_approval,
)
from tests.cast import make_client

FIRST = date(2026, 4, 1)
STEPS = 25


def check(count):
    """The invariants over every client."""
    assert Client.objects.count() == count
    shown = dict(state_model()._default_manager.values_list("pk", "holder_id"))
    for client in Client.objects.all():
        rows = list(Holding.objects.filter(client=client).order_by("first_day", "pk"))
        for before, after in pairwise(rows):
            assert before.last_day is not None, client
            assert before.last_day < after.first_day, client
        current = [row.seller_id for row in rows if row.last_day is None]
        assert current == ([client.holder_id] if client.holder_id else []), client
        assert shown[client.pk] == client.holder_id, client


class Leader:
    """Random decisions; what a rule refuses is refused with words and changes nothing."""

    def __init__(self, cast, seed):
        self.cast, self.dice, self.day = cast, random.Random(seed), FIRST

    def step(self):
        self.day += timedelta(days=1)
        doings = [self.open, self.mark, self.mark, self.close, self.approve, self.undo, self.cancel, self.transfer]
        with suppress(UserError):
            self.dice.choice([*doings, self.dismiss, self.take_back])()

    def wave(self, state):
        return Wave.objects.filter(state=state).first()

    def open(self):
        open_wave(opened_on=self.day, closes_on=self.day + timedelta(days=30), by=self.cast.head)

    def mark(self):
        ids = self.dice.sample(list(Client.objects.values_list("pk", flat=True)), 3)
        if wave := self.wave(WaveState.OPEN):
            seller = self.dice.choice([self.cast.anna_sells, self.cast.boris_sells])
            mark_clients(wave, seller, ids, keeps=self.dice.random() < 0.7, day=self.day, by=self.cast.head)

    def close(self):
        if wave := self.wave(WaveState.OPEN):
            close_wave(wave, day=self.day, by=self.cast.head)

    def approve(self):
        if wave := self.wave(WaveState.CLOSED):
            approve_wave(wave, on=self.day, by=self.cast.head)

    def undo(self):
        if wave := self.wave(WaveState.APPROVED):
            undo_approval(wave, by=self.cast.head)

    def cancel(self):
        if wave := self.wave(WaveState.CLOSED):
            cancel_wave(wave, reason="?", by=self.cast.head)

    def transfer(self):
        client = self.dice.choice(list(Client.objects.order_by("pk")))
        to = self.dice.choice([None, self.cast.anna_sells, self.cast.boris_sells])
        transfer_client(client, to=to, on=self.day, reason="?", by=self.cast.head)

    def dismiss(self):
        seller = self.dice.choice(list(Seller.objects.order_by("pk")))
        dismiss_seller(seller, last_day=self.day, frees_clients=self.dice.random() < 0.7, reason="?", by=self.cast.head)

    def take_back(self):
        for seller in Seller.objects.filter(left_on__isnull=False):
            if entry := dismissal_of(seller):
                take_back_dismissal(entry, by=self.cast.head)


@pytest.mark.parametrize("seed", range(6))
def test_holdings_stay_whole(base, seed):
    for number in range(4):
        make_client(f"Сосна {number}", holder=base.anna_sells if number % 2 else base.boris_sells)
    Holding.objects.update(first_day=date(2026, 1, 1))
    count, leader = Client.objects.count(), Leader(base, seed)
    for _ in range(STEPS):
        leader.step()
        check(count)


def test_approval_and_its_undo_leave_no_trace_in_the_holdings(base):
    Holding.objects.update(first_day=date(2026, 1, 1))
    before = list(Holding.objects.order_by("pk").values())
    leader = Leader(base, 0)
    leader.open()
    leader.mark()
    leader.close()
    leader.approve()
    leader.undo()
    assert list(Holding.objects.order_by("pk").values()) == before
