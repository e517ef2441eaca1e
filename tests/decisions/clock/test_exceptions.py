"""Exceptions: asked by the seller, decided by a leader, dated; what he sees of others' is nothing."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import UserError
from tests.decisions.clock.conftest import MONDAY

UNTIL = MONDAY + timedelta(days=60)


def clock(base, client, by=None, day=MONDAY):
    from clientarium.decisions.clock import clocks_of

    (found,) = clocks_of([client.pk], by=by or base.head, day=day)
    return found.days_left, found.exception


def test_an_exception_holds_the_clock_from_the_decision_on(base):
    from clientarium.decisions.clock import approve_exception, ask_exception

    asked = ask_exception(base.birch, until=UNTIL, reason="сезон: берут весной", by=base.anna)
    assert clock(base, base.birch) == (3, None)
    approve_exception(asked, by=base.head)
    assert clock(base, base.birch) == (61, UNTIL)
    assert clock(base, base.birch, day=UNTIL + timedelta(days=1)) == (-58, None)


def test_a_leader_decides_at_once(base):
    from clientarium.decisions.clock import ask_exception

    assert ask_exception(base.cedar, until=UNTIL, reason="стройка", by=base.head).state == "approved"
    assert clock(base, base.cedar) == (61, UNTIL)


def test_an_exception_ends_early_with_a_reason(base):
    from clientarium.decisions.clock import ask_exception, end_exception

    granted = ask_exception(base.cedar, until=UNTIL, reason="стройка", by=base.head)
    with pytest.raises(UserError):
        end_exception(granted, by=base.head, reason=" ")
    end_exception(granted, by=base.head, reason="стройка встала")
    assert clock(base, base.cedar) == (-8, None)


def test_a_refusal_needs_a_reason_and_a_decision_is_made_once(base):
    from clientarium.decisions.clock import approve_exception, ask_exception, refuse_exception

    asked = ask_exception(base.birch, until=UNTIL, reason="просил подождать", by=base.anna)
    with pytest.raises(UserError):
        refuse_exception(asked, by=base.head, reason="")
    refuse_exception(asked, by=base.head, reason="позвоните завтра")
    with pytest.raises(UserError):
        approve_exception(asked, by=base.owner)
    assert clock(base, base.birch) == (3, None)


def test_no_exception_without_reason_in_the_past_or_for_ever(base):
    from clientarium.decisions.clock import ClockException, ask_exception

    for days, reason in ((60, " "), (-1, "сезон"), (367, "сезон")):
        with pytest.raises(UserError):
            ask_exception(base.birch, until=MONDAY + timedelta(days=days), reason=reason, by=base.anna)
    assert not ClockException.objects.exists()


def test_one_request_at_a_time(base):
    from clientarium.decisions.clock import ask_exception

    ask_exception(base.birch, until=UNTIL, reason="сезон", by=base.anna)
    with pytest.raises(UserError):
        ask_exception(base.birch, until=UNTIL, reason="сезон", by=base.anna)


def test_nobody_asks_or_decides_about_what_is_not_his(base):
    from clientarium.decisions.clients import Client
    from clientarium.decisions.clock import approve_exception, ask_exception, exceptions_visible_to

    asked = ask_exception(base.cedar, until=UNTIL, reason="сезон", by=base.boris)
    with pytest.raises(Client.DoesNotExist):
        ask_exception(base.cedar, until=UNTIL, reason="чужой", by=base.anna)
    for person in (base.anna, base.boris, base.marketer, base.support, base.administrator):
        with pytest.raises(PermissionDenied):
            approve_exception(asked, by=person)
    with pytest.raises(PermissionDenied):
        ask_exception(base.cedar, until=UNTIL, reason="сезон", by=base.marketer)
    assert (list(exceptions_visible_to(base.anna)), list(exceptions_visible_to(base.boris))) == ([], [asked])


def test_the_exception_of_a_merged_card_holds_the_client(base):
    from clientarium.decisions.clients import merge_clients
    from clientarium.decisions.clock import ask_exception

    ask_exception(base.birch, until=UNTIL, reason="сезон", by=base.head)
    merge_clients(base.birch, into=base.cedar, by=base.owner)
    assert clock(base, base.cedar) == (61, UNTIL)
