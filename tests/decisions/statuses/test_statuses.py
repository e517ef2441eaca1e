"""Statuses of legal entities: asked for, kept, set by hand, raised as alerts, seen only by whoever sees the client."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from clientarium.core.ground import UserError
from clientarium.decisions.clients import LegalEntity, LegalStatus
from clientarium.decisions.connections import ConnectionFault
from clientarium.decisions.journal import Entry
from clientarium.decisions.runs import RunState, run_now
from clientarium.decisions.statuses import (
    RegisterAnswer,
    Requisites,
    StatusAnswer,
    StatusChange,
    alerts_visible_to,
    due_requisites,
    entities_visible_to,
    handle_alert,
    make_missing_entities,
    note_answer,
    queue_due_check,
    set_status,
    start_check,
)

BIRCH, CEDAR, DILL = "7707083893", "7736050003", "7702070139"


def firm(client, inn, *, kpp=None):
    return LegalEntity.objects.create(client=client, name=f"ООО {client.name}", inn=inn, kpp=kpp)


def answer(inn, status, *, kpp="", on=None):
    return RegisterAnswer(Requisites(inn, kpp), LegalStatus(status) if status else None, status_on=on)


def statuses():
    return dict(LegalEntity.objects.order_by("inn").values_list("inn", "status"))


def fault(**how):
    return ConnectionFault("it failed", **how)


def test_first_answer_of_a_living_firm_is_no_alert_and_no_decision(cast):
    firm(cast.birch, BIRCH)
    note_answer(answer(BIRCH, "active", on=date(2026, 11, 1)), source="register")
    change = StatusChange.objects.get()
    assert (change.before, change.after, change.status_on, change.is_alert) == (
        None,
        "active",
        date(2026, 11, 1),
        False,
    )
    assert not Entry.objects.filter(verb="legal_status_set").exists()


def test_trouble_is_an_alert_in_the_journal_and_the_same_answer_is_not_another(cast):
    entity = firm(cast.birch, BIRCH)
    for status in ("active", "bankrupt", "bankrupt"):
        note_answer(answer(BIRCH, status), source="register")
    entity.refresh_from_db()
    assert (entity.status, entity.status_on, entity.status_source) == ("bankrupt", timezone.localdate(), "register")
    assert list(StatusChange.objects.order_by("pk").values_list("before", "after", "is_alert")) == [
        (None, "active", False),
        ("active", "bankrupt", True),
    ]
    entry = Entry.objects.get(verb="legal_status_set")
    assert (entry.target_name, entry.data["from"], entry.data["to"]) == ("Берёза", "active", "bankrupt")


def test_one_inn_on_two_cards_changes_both_and_a_branch_only_itself(cast):
    firm(cast.birch, BIRCH)
    firm(cast.cedar, BIRCH)
    branch = firm(cast.dill, BIRCH, kpp="540602001")
    note_answer(answer(BIRCH, "liquidating"), source="register")
    assert sorted(LegalEntity.objects.values_list("client__name", "status"), key=str) == sorted(
        [("Берёза", "liquidating"), ("Кедр-canary-cedar", "liquidating"), ("Укроп-canary-dill", None)], key=str
    )
    note_answer(answer(BIRCH, "liquidated", kpp="540602001"), source="register")
    branch.refresh_from_db()
    assert branch.status == "liquidated"


def test_unknown_number_leaves_the_status(cast):
    firm(cast.birch, BIRCH)
    note_answer(answer(BIRCH, "active"), source="register")
    assert note_answer(answer(BIRCH, None), source="register") == []
    assert statuses() == {BIRCH: "active"}


def test_word_of_a_person_stands_until_the_register_says_something_new(cast):
    entity = firm(cast.birch, BIRCH)
    note_answer(answer(BIRCH, "active"), source="register")
    set_status(entity, "bankrupt", reason="в картотеке дел", by=cast.anna)
    note_answer(answer(BIRCH, "active"), source="register")
    assert statuses() == {BIRCH: "bankrupt"}
    note_answer(answer(BIRCH, "liquidated"), source="register")
    assert statuses() == {BIRCH: "liquidated"}


def test_status_by_hand_needs_a_reason_a_known_word_and_a_day_that_has_come(cast):
    entity = firm(cast.birch, BIRCH)
    for status, reason, on in (("bankrupt", " ", None), ("dead", "why", None), ("bankrupt", "why", date(2099, 1, 1))):
        with pytest.raises(UserError):
            set_status(entity, status, reason=reason, on=on, by=cast.owner)
    assert statuses() == {BIRCH: None}


def test_seller_neither_sees_nor_changes_firms_of_another(cast):
    cedar = firm(cast.cedar, CEDAR)
    note_answer(answer(CEDAR, "bankrupt"), source="register")
    assert list(entities_visible_to(cast.anna)) == []
    assert alerts_visible_to(cast.anna) == []
    with pytest.raises(LegalEntity.DoesNotExist):
        set_status(cedar, "active", reason="why", by=cast.anna)
    with pytest.raises(StatusChange.DoesNotExist):
        handle_alert(StatusChange.objects.get(), by=cast.anna)
    assert [alert.client.pk for alert in alerts_visible_to(cast.boris)] == [cast.cedar.pk]
    assert [alert.client.pk for alert in alerts_visible_to(cast.owner)] == [cast.cedar.pk]
    assert alerts_visible_to(cast.nobody) == []


def test_handled_alert_waits_no_more_and_says_who(cast):
    firm(cast.birch, BIRCH)
    (change,) = note_answer(answer(BIRCH, "liquidating"), source="register")
    handle_alert(change, note="позвонил, долг отдадут", by=cast.anna)
    assert alerts_visible_to(cast.anna) == []
    (alert,) = alerts_visible_to(cast.anna, with_handled=True)
    assert (alert.change.handled_by, alert.change.handled_note) == (cast.anna, "позвонил, долг отдадут")
    with pytest.raises(PermissionDenied):
        handle_alert(change, by=cast.marketer)


def test_alert_of_a_merged_card_stands_at_the_client_who_is_shown(cast):
    firm(cast.cedar, CEDAR)
    cast.cedar.merged_into = cast.birch
    cast.cedar.save()
    note_answer(answer(CEDAR, "bankrupt"), source="register")
    assert [alert.client.pk for alert in alerts_visible_to(cast.anna)] == [cast.birch.pk]
    assert alerts_visible_to(cast.boris) == []


def test_cards_with_an_inn_get_their_firm_and_wrong_numbers_are_not_asked_about(cast, register):
    cast.cedar.inn = "1234567890"  # wrong check digit
    cast.cedar.save()
    make_missing_entities()
    assert sorted(LegalEntity.objects.values_list("client__name", "inn")) == [
        ("Берёза", BIRCH),
        ("Кедр-canary-cedar", "1234567890"),
    ]
    assert due_requisites(register, now=timezone.now()) == [Requisites(BIRCH)]


def test_check_asks_each_number_once_and_a_second_one_asks_nobody(home, cast, register):
    firm(cast.birch, BIRCH), firm(cast.cedar, CEDAR), firm(cast.dill, CEDAR)
    register.said = {BIRCH: "active", CEDAR: "bankrupt"}
    first = run_now(start_check(by=cast.owner))
    assert first.result == {"asked": 2, "changed": 2, "unknown": 0, "failed": 0, "left": 0}
    assert run_now(start_check(by=cast.owner)).result["asked"] == 0
    assert run_now(start_check(by=cast.owner, is_everything=True)).result["asked"] == 2
    register.connection.refresh_from_db()
    assert register.connection.is_well


def test_answers_grow_old_sooner_or_later(home, cast, register):
    firm(cast.birch, BIRCH)
    run_now(start_check(by=None))
    now = timezone.now()
    assert due_requisites(register, now=now + timedelta(days=29)) == []
    assert due_requisites(register, now=now + timedelta(days=31)) == [Requisites(BIRCH)]


def test_check_stops_at_the_limit_of_the_day(home, cast, register):
    firm(cast.birch, BIRCH), firm(cast.cedar, CEDAR), firm(cast.dill, DILL)
    register.daily_limit = 2
    assert run_now(start_check(by=None)).result == {"asked": 2, "changed": 0, "unknown": 2, "failed": 0, "left": 1}
    assert run_now(start_check(by=None)).result["asked"] == 0
    StatusAnswer.objects.update(asked_at=timezone.now() - timedelta(days=1))
    assert run_now(start_check(by=None)).result["asked"] == 1


def test_check_broken_off_goes_on_where_it_was(home, cast, register):
    firm(cast.birch, BIRCH), firm(cast.cedar, CEDAR), firm(cast.dill, DILL)
    register.faults = {BIRCH: fault(is_permanent=False)}  # asked last of the three? the order is by margin, then INN
    with pytest.raises(ConnectionFault):
        run_now(start_check(by=None))
    kept = set(StatusAnswer.objects.values_list("inn", flat=True))
    register.connection.refresh_from_db()
    assert register.connection.is_well is False
    register.faults, register.asked = {}, []
    assert run_now(start_check(by=None)).state == RunState.DONE
    assert set(register.asked) == {BIRCH, CEDAR, DILL} - kept


def test_one_odd_answer_stops_nobody_but_five_in_a_row_do(home, cast, register):
    firm(cast.birch, BIRCH), firm(cast.cedar, CEDAR)
    register.faults = {BIRCH: fault(is_permanent=True, is_of_one=True)}
    assert run_now(start_check(by=None)).result["failed"] == 1
    assert set(StatusAnswer.objects.values_list("inn", flat=True)) == {CEDAR}


def test_second_card_of_a_known_number_gets_the_kept_answer(home, cast, register):
    firm(cast.birch, BIRCH)
    register.said = {BIRCH: "liquidating"}
    run_now(start_check(by=None))
    firm(cast.cedar, BIRCH)
    register.asked = []
    run_now(start_check(by=None))
    assert (register.asked, set(LegalEntity.objects.values_list("status", flat=True))) == ([], {"liquidating"})


def test_nightly_check_once_a_night_and_only_with_a_register(cast, register, settings):
    settings.CLIENTARIUM_NIGHTLY_PULSE = "03:30"
    midnight = timezone.localtime().replace(hour=1, minute=0)
    assert queue_due_check(now=midnight) is None
    assert queue_due_check(now=midnight.replace(hour=4)) is not None
    assert queue_due_check(now=midnight.replace(hour=5)) is None
    register.connection.is_on = False
    register.connection.save()
    assert queue_due_check(now=midnight + timedelta(days=1, hours=4)) is None


def test_check_without_a_register_says_what_to_do(cast):
    with pytest.raises(UserError, match="No register is connected"):
        start_check(by=cast.owner)
    with pytest.raises(PermissionDenied):
        start_check(by=cast.anna)
