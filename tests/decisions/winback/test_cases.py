"""Filling in, closing, handing over; the result is told by the purchases alone."""

from datetime import date
from decimal import Decimal

import pytest

from clientarium.core.ground import UserError
from tests.decisions.contacts.published import TUESDAY
from tests.decisions.winback.conftest import buy


@pytest.fixture
def case(lost):
    from clientarium.decisions.winback import take_client

    return take_client(lost.birch, by=lost.anna)


def filled(lost, **changes):
    from clientarium.decisions.winback import Answers, Reason

    known = {"alive": "yes", "reason_id": Reason.objects.get(title_ru="Цена").pk, "next_step": "Прислать цены"}
    return Answers(**(known | {"next_on": date(2026, 4, 6)} | changes))


def test_answers_are_kept_with_their_history_and_the_potential(lost, case):
    from clientarium.decisions.journal import history_of
    from clientarium.decisions.potential import declared_of
    from clientarium.decisions.winback import fill_case

    answers = filled(lost, volume_month=Decimal(0), assortment="болты", conditions="отсрочка 30 дней")
    case = fill_case(case, answers, by=lost.anna, today=TUESDAY)
    assert (case.filled_on, case.progress, case.reason.title_ru) == (TUESDAY, "worked", "Цена")
    declared = declared_of([lost.birch.pk])[lost.birch.pk]
    assert (declared.volume_month, declared.assortment) == (0, "болты")  # nothing to be had is an answer
    entry = next(one for one in history_of(lost.birch) if one.verb == "winback_filled")
    assert entry.data["changed"]["conditions"] == ["", "отсрочка 30 дней"]


@pytest.mark.parametrize("missing", [{"alive": ""}, {"reason_id": None}, {"next_step": ""}, {"next_on": None}])
def test_half_an_answer_is_not_filled_in(lost, case, missing):
    from clientarium.decisions.winback import fill_case

    assert fill_case(case, filled(lost, **missing), by=lost.anna, today=TUESDAY).filled_on is None


def test_closed_firm_ends_the_case_and_can_be_taken_up_again(lost, case):
    from clientarium.decisions.winback import Answers, fill_case, reopen_case

    case = fill_case(case, Answers(alive="no"), by=lost.anna, today=TUESDAY)
    assert (case.closing, case.filled_on) == ("not_alive", TUESDAY)
    case = reopen_case(case, by=lost.head)
    assert (case.closed_on, case.alive, case.progress) == (None, "", "worked")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"next_on": date(2026, 3, 27)}, "The next date is past already."),
        ({"reason_id": 999_999}, "Choose a reason from the list."),
        ({"alive": "perhaps"}, "Say whether the firm is alive."),
    ],
)
def test_answers_that_make_no_sense_are_refused(lost, case, changes, words):
    from clientarium.decisions.winback import fill_case

    with pytest.raises(UserError) as refused:
        fill_case(case, filled(lost, **changes), by=lost.anna, today=TUESDAY)
    assert refused.value.message.msgid == words


def test_second_writer_sees_the_first_ones_answers_first(lost, case):
    from clientarium.decisions.winback import fill_case

    seen_at = case.changed_at.isoformat()
    fill_case(case, filled(lost), by=lost.anna, seen_at=seen_at, today=TUESDAY)
    with pytest.raises(UserError) as refused:
        fill_case(case, filled(lost, next_step="Позвонить"), by=lost.head, seen_at=seen_at, today=TUESDAY)
    assert refused.value.message.msgid == "Somebody has filled in this form meanwhile."


def test_foreign_case_is_not_there(lost, case):
    from clientarium.decisions.clients import Client
    from clientarium.decisions.winback import Case, cases_visible_to, close_case, fill_case, take_client

    assert list(cases_visible_to(lost.boris)) == []
    assert list(cases_visible_to(lost.nobody)) == []
    for write in (
        lambda: fill_case(case, filled(lost), by=lost.boris),
        lambda: close_case(case, "no_way", note="?", by=lost.boris),
    ):
        with pytest.raises(Case.DoesNotExist):
            write()
    with pytest.raises(Client.DoesNotExist):
        take_client(lost.dill, by=lost.anna)


def test_first_purchase_is_not_yet_a_return_and_the_second_is(lost, case, home):
    from clientarium.decisions.winback import Case, follow_purchases

    case.opened_on = date(2026, 2, 2)
    case.save()
    buy(home, "before", (lost.birch, "2026-02-01", 900, 1))  # before he was taken into work
    buy(home, "first", (lost.birch, "2026-02-10", 1000, 700), (lost.birch, "2026-02-10", 500, 400))
    assert follow_purchases(TUESDAY) == 1
    case.refresh_from_db()
    assert (case.progress, case.first_purchase_on, case.returned) == ("first", date(2026, 2, 10), 400)
    buy(home, "second", (lost.birch, "2026-03-01", 200, 100))
    follow_purchases(TUESDAY)
    case.refresh_from_db()
    assert (case.progress, case.second_purchase_on, case.closed_on) == ("won", date(2026, 3, 1), date(2026, 3, 1))
    assert case.returned == 500
    assert follow_purchases(TUESDAY) == 0

    from clientarium.decisions.runs import open_ledger

    open_ledger().undo("second")
    follow_purchases(TUESDAY)
    assert Case.objects.get(pk=case.pk).progress == "first"


def test_handed_case_goes_back_as_it_was(lost, case):
    from clientarium.decisions.winback import Case, hand_back, hand_cases

    sellers = {lost.birch.pk: lost.boris_sells.pk, lost.cedar.pk: lost.boris_sells.pk}
    kept = hand_cases(sellers)
    assert kept == [{"case": case.pk, "client": lost.birch.pk, "seller": lost.anna_sells.pk}]
    assert Case.objects.get(pk=case.pk).seller == lost.boris_sells
    hand_back(kept, clients={lost.cedar.pk})
    assert Case.objects.get(pk=case.pk).seller == lost.boris_sells
    hand_back(kept, clients={lost.birch.pk})
    assert Case.objects.get(pk=case.pk).seller == lost.anna_sells


def test_expected_of_sellers_is_a_twelfth_of_what_their_open_cases_may_bring(lost, case):
    from clientarium.decisions.winback import Case, expected_of_sellers, take_client

    take_client(lost.cedar, by=lost.boris)
    take_client(lost.dill, by=lost.head)  # nobody holds him, so nobody's plan has him
    Case.objects.filter(client=lost.cedar).update(first_purchase_on=date(2026, 3, 29))  # buys already
    Case.objects.update(opened_on=date(2026, 3, 30))
    assert expected_of_sellers(date(2026, 4, 1)) == {lost.anna_sells.pk: (Decimal("1000.00"), 1)}
    assert expected_of_sellers(date(2026, 2, 1)) == {}
