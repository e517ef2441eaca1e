"""Recording a talk: the agreed date is required, who may, undoing, correcting, and the checks of contacts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction

from clientarium.core.ground import UserError
from tests.decisions.contacts.published import MONDAY, TUESDAY


def rows(model):
    return list(model.objects.order_by("pk").values())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"result": "reached"}, "Every talk ends"),
        ({"result": "ordered"}, "Every talk ends"),
        ({"result": "call_later", "no_next_reason": "by_rhythm"}, "When to call again"),
        ({"result": "quote_sent"}, "Every talk ends"),
        ({"result": "refused", "next_on": TUESDAY}, "Why did he refuse"),
        ({"result": "refused", "refusal_reason": "other", "next_on": TUESDAY}, "Write in the comment"),
        ({"result": "reached", "refusal_reason": "price", "next_on": TUESDAY}, "belongs to a refusal"),
        ({"result": "reached", "next_on": TUESDAY, "no_next_reason": "by_rhythm"}, "not both"),
        ({"result": "sold"}, "not a known answer"),
        ({"result": "no_answer", "kind": "pigeon"}, "not a known answer"),
        ({"result": "no_answer", "minutes": Decimal(-1)}, "Minutes are"),
        ({"result": "no_answer", "comment": "x" * 5001}, "At most"),
    ],
)
def test_talk_refuses_to_be_built_wrong(words, message):
    from clientarium.decisions.contacts import Talk

    with pytest.raises(UserError, match=message):
        Talk(**words)


@pytest.mark.parametrize("next_on", [MONDAY - timedelta(days=1), date(2030, 1, 1)])
def test_next_date_is_neither_past_nor_in_years(base, next_on):
    from clientarium.decisions.contacts import Talk, Touch, record_touch

    with pytest.raises(UserError, match="next contact"):
        record_touch(base.birch, Talk("reached", next_on=next_on), on=MONDAY, by=base.anna)
    assert not Touch.objects.exists()


def test_database_itself_requires_date_or_reason(base):
    from clientarium.decisions.contacts import Touch

    fields = {"client": base.birch, "by": base.anna, "on": MONDAY, "result": "reached"}
    broken = [
        fields,
        fields | {"next_on": TUESDAY, "no_next_reason": "by_rhythm"},
        fields | {"next_on": MONDAY - timedelta(days=1)},
        fields | {"result": "refused", "next_on": TUESDAY},
        fields | {"result": "call_later", "no_next_reason": "by_rhythm"},
        fields | {"next_on": TUESDAY, "minutes": -1},
    ]
    for wrong in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            Touch.objects.create(**wrong)


def test_touch_remembers_who_what_and_the_forecast_of_its_moment(base):
    from clientarium.decisions.contacts import Talk, record_touch
    from clientarium.decisions.journal import history_of

    talk = Talk(
        "refused", refusal_reason="price", minutes=Decimal("4.5"), comment="  дорого ", next_on=date(2026, 5, 4)
    )
    touch = record_touch(base.birch, talk, on=MONDAY, by=base.anna)
    touch.refresh_from_db()
    assert (touch.seller, touch.by, touch.kind, touch.direction) == (base.anna_sells, base.anna, "call", "out")
    assert (touch.minutes, touch.comment, touch.next_on) == (Decimal("4.5"), "дорого", date(2026, 5, 4))
    assert (touch.forecast["as_of"], touch.forecast["next_order_late"], touch.forecast["rhythm"]) == (
        "2026-03-30",
        "2026-04-04",
        "regular",
    )
    entry = history_of(base.birch)[0]
    assert (entry.verb, entry.by, entry.data["touch"], entry.data["next_on"]) == (
        "touch_recorded",
        base.anna,
        touch.pk,
        "2026-05-04",
    )


def test_what_is_denied_changes_nothing(base):
    from clientarium.decisions.clients import add_contact
    from clientarium.decisions.contacts import (
        Check,
        Talk,
        Touch,
        Verification,
        confirm_contact,
        correct_touch,
        record_touch,
        undo_touch,
    )

    phone = add_contact(base.birch, kind="phone", value="89120000001", by=base.owner)
    foreign = add_contact(base.cedar, kind="phone", value="89120000009", by=base.owner)
    talk = Talk("reached", next_on=TUESDAY)
    touch = record_touch(base.cedar, talk, on=MONDAY, by=base.boris)
    mine = record_touch(base.birch, talk, on=MONDAY, by=base.head)
    before = rows(Touch), rows(Verification)
    checked = Check("phone", "confirmed", phone.pk)
    denied = [
        lambda: record_touch(base.cedar, talk, on=MONDAY, by=base.anna),
        lambda: record_touch(base.dill, talk, on=MONDAY, by=base.nobody),
        lambda: record_touch(base.birch, Talk("no_answer", contact_id=foreign.pk), on=MONDAY, by=base.anna),
        lambda: undo_touch(touch, by=base.anna),
        lambda: undo_touch(mine, by=base.anna),
        lambda: correct_touch(touch, talk, by=base.marketer),
        lambda: confirm_contact(base.birch, checked, on=MONDAY, by=base.boris),
        lambda: confirm_contact(base.birch, Check("phone", "confirmed", foreign.pk), on=MONDAY, by=base.anna),
    ]
    for attempt in denied:
        with pytest.raises((UserError, ObjectDoesNotExist)):
            attempt()
    assert (rows(Touch), rows(Verification)) == before


def test_no_canary_in_what_a_seller_reads(base):
    from clientarium.decisions.contacts import Talk, record_touch, touches_of_client, touches_visible_to

    record_touch(base.cedar, Talk("reached", comment="canary-words", next_on=TUESDAY), on=MONDAY, by=base.boris)
    assert list(touches_visible_to(base.anna)) == list(touches_of_client(base.cedar, by=base.anna)) == []
    assert len(touches_visible_to(base.marketer)) == 1


def test_undo_opens_the_line_again_and_takes_the_agreement_back(base):
    from clientarium.decisions.contacts import Talk, agreement_of, day_of, record_touch, undo_touch

    def done():
        day = day_of(base.anna_sells, MONDAY, by=base.anna, today=MONDAY)
        return [line.outcome and line.outcome.result for line in day.lines]

    assert done() == [None]
    first = record_touch(base.birch, Talk("no_answer"), on=MONDAY, by=base.anna)
    second = record_touch(base.birch, Talk("reached", next_on=TUESDAY), on=MONDAY, by=base.anna)
    assert (done(), list(agreement_of([base.birch.pk]))) == (["reached"], [base.birch.pk])
    undo_touch(second, by=base.anna)
    assert (done(), agreement_of([base.birch.pk])) == (["no_answer"], {})
    undo_touch(first, by=base.head)
    assert done() == [None]
    with pytest.raises(UserError, match="already taken back"):
        undo_touch(first, by=base.anna)


def test_correction_keeps_the_first_record(base):
    from clientarium.decisions.contacts import Talk, Touch, correct_touch, record_touch

    first = record_touch(base.birch, Talk("reached", next_on=TUESDAY), on=MONDAY, by=base.anna)
    second = correct_touch(first, Talk("ordered", no_next_reason="by_rhythm"), by=base.anna)
    found = Touch.objects.order_by("pk").values_list("result", "on", "undone_by__username", "corrects")
    assert list(found) == [("reached", MONDAY, "anna", None), ("ordered", MONDAY, None, first.pk)]
    assert second.corrects == first


def test_later_talk_without_a_date_ends_the_agreement(base):
    from clientarium.decisions.contacts import Talk, agreement_of, record_touch

    record_touch(base.birch, Talk("reached", next_on=TUESDAY), on=MONDAY, by=base.anna)
    record_touch(base.birch, Talk("no_answer"), on=MONDAY, by=base.anna)
    assert list(agreement_of([base.birch.pk])) == [base.birch.pk]
    record_touch(base.birch, Talk("ordered", no_next_reason="client_comes"), on=TUESDAY, by=base.anna)
    assert agreement_of([base.birch.pk]) == {}


def test_contacts_are_stamped_changed_and_marked_wrong(base):
    from clientarium.decisions.clients import Contact, add_contact
    from clientarium.decisions.contacts import Check, Talk, contact_lines, record_touch, undo_touch

    phone = add_contact(base.birch, kind="phone", value="89120000001", person="Иван", by=base.anna)
    email = add_contact(base.birch, kind="email", value="a@b.example", by=base.anna)
    checks = [
        Check("phone", "confirmed", phone.pk),
        Check("person", "changed", phone.pk, value="Мария"),
        Check("email", "changed", email.pk, value="new@b.example"),
    ]
    record_touch(base.birch, Talk("reached", next_on=TUESDAY, contact_id=phone.pk, checks=checks), on=MONDAY,
                 by=base.anna)  # fmt: skip
    values = list(Contact.objects.filter(client=base.birch).order_by("pk").values_list("value", "person"))
    assert values == [("89120000001", "Мария"), ("new@b.example", "")]

    def stamps():
        return {
            line.contact.kind: (line.confirmed_on, line.is_wrong)
            for line in contact_lines([base.birch.pk])[base.birch.pk]
        }

    assert stamps() == {"phone": (MONDAY, False), "email": (MONDAY, False)}
    wrong = record_touch(base.birch, Talk("wrong_number", contact_id=phone.pk), on=TUESDAY, by=base.anna)
    assert stamps()["phone"] == (None, True)
    assert Contact.objects.filter(pk=phone.pk).exists()
    undo_touch(wrong, by=base.anna)
    assert stamps()["phone"] == (MONDAY, False)


def test_check_refuses_nonsense(base):
    from clientarium.decisions.clients import add_contact
    from clientarium.decisions.contacts import Check, Verification, confirm_contact

    phone = add_contact(base.birch, kind="phone", value="89120000001", by=base.anna)
    with pytest.raises(UserError, match="What is it now"):
        Check("phone", "changed", phone.pk)
    with pytest.raises(UserError, match="not a known answer"):
        Check("soul", "confirmed")
    with pytest.raises(UserError, match="is no phone"):
        confirm_contact(base.birch, Check("phone", "changed", phone.pk, value="нет"), on=MONDAY, by=base.anna)
    assert not Verification.objects.exists()
