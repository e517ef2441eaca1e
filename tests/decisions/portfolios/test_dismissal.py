"""A dismissed seller: no way in from that moment, his clients in the pool, everything back by one undo."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import UserError
from clientarium.decisions.clients import Client, Holding, clients_visible_to
from clientarium.decisions.people import User
from clientarium.decisions.portfolios import (
    dismiss_seller,
    pool_of,
    preview_dismissal,
    take_back_dismissal,
    working_sellers,
)
from tests.cast import make_client

LAST = date(2026, 11, 20)
NEXT = date(2026, 11, 21)


def dismissed(cast, *, frees=True):
    Holding.objects.update(first_day=date(2026, 1, 1))
    return dismiss_seller(cast.anna_sells, last_day=LAST, frees_clients=frees, reason="уволен", by=cast.head)


def holdings():
    return list(Holding.objects.order_by("pk").values())


def test_access_ends_at_once_and_clients_go_to_the_pool(base):
    assert preview_dismissal(base.anna_sells, by=base.head).shut_out == (base.anna,)
    dismissed(base)
    anna = User.objects.get(pk=base.anna.pk)
    assert (anna.is_active, clients_visible_to(anna).count()) == (False, 0)
    assert Client.objects.get(pk=base.birch.pk).holder is None
    assert Holding.objects.get(client=base.birch).last_day == LAST
    assert [one.name for one in working_sellers(NEXT)] == ["Борис"]


def test_kept_on_his_name_they_are_counted_in_the_pool(base):
    dismissed(base, frees=False)
    assert Client.objects.get(pk=base.birch.pk).holder == base.anna_sells
    pool = pool_of(base.head, NEXT)
    assert (pool.of_left.held, [one.name for one in pool.left]) == (1, ["Анна"])


def test_undo_puts_back_exactly_what_was_there(base):
    Holding.objects.update(first_day=date(2026, 1, 1))
    before = holdings()
    entry = dismissed(base)
    assert take_back_dismissal(entry, by=base.owner) == 1
    assert holdings() == before
    assert User.objects.get(pk=base.anna.pk).is_active
    assert base.anna_sells in working_sellers(NEXT)
    with pytest.raises(UserError):
        take_back_dismissal(entry, by=base.owner)


def test_undo_leaves_alone_whom_somebody_has_been_given_since(base):
    from clientarium.decisions.clients import transfer_client

    second = make_client("Вяз", holder=base.anna_sells)
    entry = dismissed(base)
    transfer_client(second, to=base.boris_sells, on=date(2026, 11, 22), reason="подхватил", by=base.head)
    assert take_back_dismissal(entry, by=base.head) == 1
    assert Client.objects.get(pk=second.pk).holder == base.boris_sells


def test_a_leader_with_a_portfolio_keeps_his_own_work(base):
    base.owner.seller = base.anna_sells
    base.owner.save()
    dismissed(base)
    owner = User.objects.get(pk=base.owner.pk)
    assert (owner.is_active, owner.seller) == (True, None)


def test_who_may_not_and_what_is_refused(base):
    for user in (base.anna, base.boris, base.administrator):
        with pytest.raises(PermissionDenied):
            dismiss_seller(base.boris_sells, last_day=LAST, frees_clients=False, reason="?", by=user)
    with pytest.raises(UserError):
        dismiss_seller(base.anna_sells, last_day=LAST, frees_clients=False, reason=" ", by=base.head)
    base.head.seller = base.anna_sells
    base.head.save()
    with pytest.raises(UserError):
        dismiss_seller(base.anna_sells, last_day=LAST, frees_clients=False, reason="сам", by=base.head)
