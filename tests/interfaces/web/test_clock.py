"""The clock's pages: who sees whose clocks, the rule and exceptions from the screen, the warnings of the day."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.decisions.clock.conftest import AS_OF, MONDAY, bought, home, stand_on, today
from tests.decisions.contacts.published import publish

__all__ = ["home", "stand_on", "today"]

UNTIL = (MONDAY + timedelta(days=60)).isoformat()


@pytest.fixture
def base(home, cast):
    """Birch (Anna) has 3 days left, Cedar (Boris) is cold, Dill is nobody's."""
    rows = {cast.birch: bought(59), cast.cedar: bought(70), cast.dill: bought(None)}
    publish(AS_OF, {who: {**row, "margin_12m": 120_000} for who, row in rows.items()})
    return cast


def text(browser, name, *arguments, **asked):
    answer = browser.get(reverse(name, args=arguments), asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_seller_sees_his_own_clocks_and_nobody_elses(signed_in, base):
    page = text(signed_in(base.anna), "clock")
    assert base.birch.name in page
    assert "02.04.2026" in page
    assert "canary" not in page + text(signed_in(base.anna), "clock", due="cold", seller=base.boris_sells.pk)


def test_the_head_sees_everybody_and_may_ask_for_one(signed_in, base):
    browser = signed_in(base.head)
    assert base.cedar.name in text(browser, "clock", due="cold")
    assert base.cedar.name not in text(browser, "clock", due="cold", seller=base.anna_sells.pk)
    assert browser.get(reverse("clock"), {"seller": "999999"}).status_code == 404


def test_warnings_in_the_day_of_a_seller(signed_in, base):
    warned = text(signed_in(base.anna), "clock_soon", base.anna_sells.pk)
    assert base.birch.name in warned
    assert "is-urgent" in warned
    assert text(signed_in(base.boris), "clock_soon", base.boris_sells.pk) == ""
    assert signed_in(base.anna).get(reverse("clock_soon", args=[base.boris_sells.pk])).status_code == 404
    assert reverse("clock_soon", args=[base.anna_sells.pk]) in text(signed_in(base.anna), "day")


def test_the_line_on_the_card(signed_in, base):
    assert "02.04.2026" in text(signed_in(base.anna), "client_clock", base.birch.pk)
    assert signed_in(base.anna).get(reverse("client_clock", args=[base.cedar.pk])).status_code == 404
    assert reverse("client_clock", args=[base.birch.pk]) in text(signed_in(base.anna), "client", base.birch.pk)


def test_a_seller_asks_and_the_head_decides(signed_in, base):
    from clientarium.decisions.clock import ClockException, clocks_of

    address = reverse("client_exception", args=[base.birch.pk])
    assert 'type="date"' in text(signed_in(base.anna), "client_exception", base.birch.pk)
    signed_in(base.anna).post(address, {"until": UNTIL, "reason": "сезон"})
    asked = ClockException.objects.get()
    head = signed_in(base.head)
    assert "сезон" in text(head, "clock")
    head.post(reverse("clock_exception", args=[asked.pk]), {"answer": "approve"})
    (clock,) = clocks_of([base.birch.pk], by=base.head)
    assert (clock.exception, clock.days_left) == (date.fromisoformat(UNTIL), 61)
    head.post(reverse("clock_exception", args=[asked.pk]), {"answer": "end", "reason": "купил"})
    (clock,) = clocks_of([base.birch.pk], by=base.head)
    assert (clock.exception, clock.days_left) == (None, 3)


def test_nobody_asks_for_a_client_he_does_not_see(signed_in, base):
    from clientarium.decisions.clock import ClockException

    address = reverse("client_exception", args=[base.cedar.pk])
    assert signed_in(base.anna).get(address).status_code == 404
    assert signed_in(base.anna).post(address, {"until": UNTIL, "reason": "чужой"}).status_code == 404
    assert not ClockException.objects.exists()


def posted(**changed):
    rule = {
        "kind": "strict",
        "cold_days": "45",
        "rhythm_factor": "2",
        "purchase_is": "shipment",
        "takeover_days": "31",
        "warning_first": "30",
        "warning_second": "14",
        "warning_last": "3",
        "valid_from": MONDAY.isoformat(),
        "reason": "два заказа в месяц",
    }
    return rule | changed


def test_the_rule_is_set_on_the_page_and_stands_in_the_regulation(signed_in, base):
    from clientarium.decisions.clock import policy_rule

    browser = signed_in(base.head)
    before = text(browser, "regulation")
    browser.post(reverse("clock_rule"), posted())
    assert (policy_rule().kind, policy_rule().cold_days) == ("strict", 45)
    after = text(browser, "regulation")
    assert "45" in after
    assert "два заказа в месяц" in after
    assert before != after


def test_a_wrong_rule_changes_nothing(signed_in, base):
    from clientarium.decisions.clock import policy_rule, rule_versions

    for wrong in ({"cold_days": "много"}, {"valid_from": "2026-03-01"}, {"valid_from": ""}, {"reason": " "}):
        answer = signed_in(base.head).post(reverse("clock_rule"), posted(**wrong), follow=True)
        assert "toast" in answer.content.decode()
        assert (policy_rule().cold_days, list(rule_versions())) == (61, [])


def test_a_portfolio_gets_a_rule_and_loses_it_again(signed_in, base):
    from clientarium.decisions.clock import rules_on

    browser, address = signed_in(base.head), reverse("clock_own_rule", args=[base.anna_sells.pk])
    browser.post(address, posted(cold_days="90"))
    assert rules_on(MONDAY).of(base.anna_sells.pk).cold_days == 90
    browser.post(address, posted(kind=""))
    assert rules_on(MONDAY).by_seller == {}


@pytest.mark.parametrize("clients", [5, 50])
def test_a_page_asks_the_same_queries_for_few_and_for_many(signed_in, base, clients, django_assert_num_queries):
    from clientarium.decisions.clients import create_client

    many = [create_client(f"Клиент {n}", by=None, holder=base.anna_sells) for n in range(clients)]
    publish(AS_OF, {one: bought(40) for one in many})
    browser = signed_in(base.head)
    text(browser, "clock")
    with django_assert_num_queries(QUERIES):
        text(browser, "clock")


QUERIES = 20
