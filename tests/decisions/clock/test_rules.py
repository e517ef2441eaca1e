"""The rule: one truth with the policy, versions never in the past, a portfolio's own, what a purchase is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import UserError
from tests.decisions.clock.conftest import AS_OF, MONDAY, bought
from tests.decisions.contacts.published import publish

TOMORROW = MONDAY + timedelta(days=1)


@pytest.fixture
def firm(base):
    from clientarium.decisions.clock import policy_rule

    return policy_rule()


def left(by, day=MONDAY):
    from clientarium.decisions.clock import clocks_of

    return {one.name: one.days_left for one in clocks_of(None, by=by, day=day)}


def test_the_packaged_rule(firm):
    from clientarium.decisions.clock import RuleNumbers

    assert firm == RuleNumbers("rhythm", 61.0, 2.0, "shipment", 31, (30, 14, 3))


def test_a_rule_of_today_is_written_into_the_policy(base, firm):
    from clientarium.decisions.clock import policy_rule, rule_versions, set_firm_rule
    from clientarium.decisions.contacts import policy_numbers
    from clientarium.decisions.journal import Entry

    shorter = replace(firm, cold_days=45.0, warn_days=(20, 10, 2))
    set_firm_rule(shorter, valid_from=MONDAY, reason="два заказа в месяц", by=base.head)

    assert policy_rule() == shorter
    assert policy_numbers()["cold_days"] == 45
    assert [(one.valid_from, one.cold_days, one.by) for one in rule_versions()] == [
        (MONDAY, 45.0, base.head),
        (date(1900, 1, 1), 61.0, None),
    ]
    assert Entry.objects.filter(verb="clock_rule_set").count() == 1
    assert left(base.anna) == {base.birch.name: -13}


def test_the_policy_changed_on_the_page_of_categories_is_a_version_too(base, firm):
    from clientarium.core.categories import with_policy
    from clientarium.decisions.clock import rule_versions, rules_on
    from clientarium.decisions.grades import policy_path, save_policy

    save_policy(text=with_policy(policy_path().read_text(), "cold_days", 75), by=base.owner, note="зима")

    assert [(one.valid_from, one.cold_days, one.reason) for one in rule_versions()] == [
        (MONDAY, 75.0, "зима"),
        (date(1900, 1, 1), 61.0, ""),
    ]
    assert (rules_on(MONDAY).firm.cold_days, rules_on(MONDAY - timedelta(days=1)).firm.cold_days) == (75, 61)


def test_a_file_changed_by_hand_is_a_version_from_that_day(base, firm):
    from clientarium.decisions.clock import follow_the_file, rule_versions
    from clientarium.decisions.grades import policy_path

    follow_the_file()
    policy_path().write_text(policy_path().read_text().replace("value: 61", "value: 50"))
    follow_the_file()
    follow_the_file()
    assert [(one.valid_from, one.cold_days) for one in rule_versions()] == [(MONDAY, 50.0), (date(1900, 1, 1), 61.0)]


def test_a_rule_cannot_begin_in_the_past(base, firm):
    from clientarium.decisions.clock import policy_rule, rule_versions, set_firm_rule

    with pytest.raises(UserError) as refused:
        set_firm_rule(
            replace(firm, cold_days=30.0), valid_from=MONDAY - timedelta(days=1), reason="построже", by=base.head
        )
    assert "sellers worked under the rule of that time" in refused.value.message.msgid
    assert (policy_rule(), list(rule_versions())) == (firm, [])


NO_RULES = (
    {"cold_days": 0.0},
    {"rhythm_factor": -1.0},
    {"kind": "soft"},
    {"purchase_is": "promise"},
    {"takeover_days": 0},
    {"warn_days": (3, 14, 30)},
    {"warn_days": (30, 14)},
)


def test_what_is_no_rule_is_refused(base, firm):
    from clientarium.decisions.clock import policy_rule, set_firm_rule

    for change in NO_RULES:
        with pytest.raises(UserError):
            set_firm_rule(replace(firm, **change), valid_from=MONDAY, reason="иначе", by=base.head)
    assert policy_rule() == firm


def test_sellers_do_not_set_the_rule(base, firm):
    from clientarium.decisions.clock import OwnRule, set_firm_rule, set_seller_rule

    with pytest.raises(PermissionDenied):
        set_firm_rule(replace(firm, cold_days=300.0), valid_from=MONDAY, reason="мне", by=base.anna)
    with pytest.raises(PermissionDenied):
        set_seller_rule(base.anna_sells, OwnRule("strict", 300, 0), valid_from=MONDAY, reason="мне", by=base.anna)


def test_an_announced_rule_is_seen_as_it_will_happen(base, firm):
    from clientarium.decisions.clock import follow_the_file, policy_rule, rule_versions, set_firm_rule

    set_firm_rule(replace(firm, cold_days=90.0), valid_from=TOMORROW, reason="зима", by=base.head)

    assert left(base.anna) == {base.birch.name: 3}
    assert left(base.anna, TOMORROW) == {base.birch.name: 31}
    assert policy_rule() == firm
    follow_the_file()
    assert policy_rule() == firm
    assert [one.applied_at is None for one in rule_versions()] == [True, False]


def test_an_announced_rule_goes_into_the_policy_on_its_day(base, firm, stand_on):
    from clientarium.decisions.clock import follow_the_file, policy_rule, rule_versions, set_firm_rule

    set_firm_rule(replace(firm, cold_days=90.0), valid_from=TOMORROW, reason="зима", by=base.head)
    stand_on(TOMORROW)
    follow_the_file()
    assert policy_rule() == replace(firm, cold_days=90.0)
    assert [(one.valid_from, one.applied_at is None) for one in rule_versions()] == [
        (TOMORROW, False),
        (date(1900, 1, 1), False),
    ]


def test_only_what_has_not_begun_is_withdrawn(base, firm):
    from clientarium.decisions.clock import rule_versions, set_firm_rule, withdraw_rule

    announced = set_firm_rule(replace(firm, cold_days=90.0), valid_from=TOMORROW, reason="зима", by=base.head)
    withdraw_rule(announced, by=base.head)
    begun = set_firm_rule(replace(firm, cold_days=45.0), valid_from=MONDAY, reason="лето", by=base.head)
    with pytest.raises(UserError):
        withdraw_rule(begun, by=base.head)
    assert [one.cold_days for one in rule_versions()] == [45.0, 61.0]


def test_a_portfolio_with_a_rule_of_its_own(base, firm):
    from clientarium.decisions.clock import OwnRule, set_seller_rule

    publish(AS_OF, {base.birch: bought(80, gap=50), base.cedar: bought(80, gap=50), base.dill: bought(None)})
    set_seller_rule(base.anna_sells, OwnRule("strict", 70, 2), valid_from=MONDAY, reason="короткий цикл", by=base.head)
    assert left(base.head) == {base.birch.name: -9, base.cedar.name: 21, base.dill.name: None}
    set_seller_rule(base.anna_sells, OwnRule(), valid_from=TOMORROW, reason="как у всех", by=base.head)
    assert left(base.head, TOMORROW) == {base.birch.name: 20, base.cedar.name: 20, base.dill.name: None}


def test_a_payment_stops_the_clock_where_it_is_the_purchase(base, firm):
    from clientarium.decisions.clock import set_firm_rule

    paid = {"last_payment_on": MONDAY - timedelta(days=10)}
    publish(AS_OF, {base.birch: bought(80, **paid), base.cedar: bought(5), base.dill: bought(None)})
    assert left(base.head) == {base.birch.name: -18, base.cedar.name: 57, base.dill.name: None}
    set_firm_rule(replace(firm, purchase_is="payment"), valid_from=MONDAY, reason="деньги", by=base.head)
    assert left(base.head) == {base.birch.name: 52, base.cedar.name: None, base.dill.name: None}


def test_an_order_said_in_a_talk_stops_the_clock_where_it_is_the_purchase(base, firm):
    from clientarium.decisions.clock import set_firm_rule
    from clientarium.decisions.contacts import Talk, record_touch

    talk = Talk(result="ordered", next_on=MONDAY + timedelta(days=30))
    record_touch(base.birch, talk, on=MONDAY, by=base.anna)
    assert left(base.anna) == {base.birch.name: 3}
    set_firm_rule(replace(firm, purchase_is="order"), valid_from=MONDAY, reason="заказ", by=base.head)
    assert left(base.head) == {base.birch.name: 62, base.cedar.name: -8, base.dill.name: None}
