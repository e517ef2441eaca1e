"""The week's list: who comes into it, how many, once."""

from datetime import date, timedelta

from tests.decisions.contacts.published import TUESDAY
from tests.decisions.winback.conftest import many_lost

MONDAY = date(2026, 3, 30)


def names(seller):
    from clientarium.decisions.winback import Case

    cases = Case.objects.filter(seller=seller, closed_on__isnull=True).order_by("-expected")
    return [case.client.name for case in cases.select_related("client")]


def test_week_gives_out_the_dearest_twenty_once(lost):
    from clientarium.decisions.winback import week_of

    clients = many_lost(30, holder=lost.anna_sells)
    week = week_of(lost.anna_sells, today=TUESDAY)
    assert (week.monday, week.given, week.carried) == (MONDAY, 20, 0)
    assert names(lost.anna_sells) == ["Берёза", *(client.name for client in reversed(clients[11:]))]
    assert week_of(lost.anna_sells, today=TUESDAY) == week
    assert len(names(lost.anna_sells)) == 20


def test_next_week_fills_up_to_twenty_beside_what_is_not_answered(lost, settings):
    from clientarium.decisions.winback import Answers, Case, Reason, fill_case, week_of

    many_lost(30, holder=lost.anna_sells)
    week_of(lost.anna_sells, today=TUESDAY)
    reason = Reason.objects.first()
    for case in Case.objects.order_by("-expected")[:3]:
        answers = Answers(alive="yes", reason_id=reason.pk, next_step="КП", next_on=date(2026, 4, 10))
        fill_case(case, answers, by=lost.anna, today=TUESDAY)
    week = week_of(lost.anna_sells, today=MONDAY + timedelta(days=7))
    assert (week.carried, week.given) == (17, 3)


def test_week_leaves_out_who_is_apart(lost):
    """A bad review, the stop list, a closed firm, no money in him, another's client, one asked lately."""
    from clientarium.decisions.clients import LegalEntity
    from clientarium.decisions.winback import Case, LostClient, close_case, take_client, week_of

    review, stopped, dead, asked, worthless, alive = many_lost(6, holder=lost.anna_sells)
    type(review).objects.filter(pk=review.pk).update(has_bad_review=True)
    type(stopped).objects.filter(pk=stopped.pk).update(is_stopped=True)
    LegalEntity.objects.create(client=dead, name="ООО", status="liquidated", status_on=MONDAY)
    close_case(take_client(asked, by=lost.anna), "not_now", note="летом", by=lost.anna)
    LostClient.objects.filter(client=worthless).update(expected=0)
    LegalEntity.objects.create(client=alive, name="ООО старое", status="liquidated", status_on=MONDAY)
    LegalEntity.objects.create(client=alive, name="ООО новое", status="active", status_on=MONDAY)
    week_of(lost.anna_sells, today=TUESDAY)
    assert names(lost.anna_sells) == ["Берёза", alive.name]
    assert not Case.objects.filter(client=lost.cedar).exists()


def test_merged_card_is_given_out_as_the_client_he_is(lost):
    from clientarium.decisions.clients import merge_clients
    from clientarium.decisions.winback import board_of, week_of

    first, second = many_lost(2, holder=lost.anna_sells)
    week_of(lost.anna_sells, today=TUESDAY)
    merge_clients(first, into=second, by=lost.head)
    board = board_of(lost.anna, lost.anna_sells, on=TUESDAY)
    assert [line.client.name for line in board.asked] == ["Берёза", second.name]


def test_weeks_of_all_who_sign_in_are_given_out(lost):
    from clientarium.decisions.winback import Week, give_weeks

    assert give_weeks(today=TUESDAY) == 2
    assert give_weeks(today=TUESDAY) == 0
    assert set(Week.objects.values_list("seller", "given")) == {(lost.anna_sells.pk, 1), (lost.boris_sells.pk, 1)}
