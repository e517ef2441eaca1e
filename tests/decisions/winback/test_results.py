"""What the head sees: the lost, the filling rate, returns; why they leave."""

from datetime import date
from decimal import Decimal

from tests.decisions.contacts.published import TUESDAY
from tests.decisions.winback.conftest import many_lost

SINCE = date(2026, 1, 1)


def played(lost):
    """Anna was given two: one is answered (the price), one waits. Boris has won his back."""
    from clientarium.decisions.winback import Answers, Case, Reason, fill_case, week_of

    many_lost(1, holder=lost.anna_sells)
    week_of(lost.anna_sells, today=TUESDAY)
    week_of(lost.boris_sells, today=TUESDAY)
    price = Reason.objects.get(title_ru="Цена")
    answers = Answers(alive="yes", reason_id=price.pk, next_step="КП", next_on=date(2026, 4, 10))
    fill_case(Case.objects.get(client=lost.birch), answers, by=lost.anna, today=TUESDAY)
    Case.objects.filter(client=lost.cedar).update(
        opened_on=date(2026, 2, 1),
        first_purchase_on=date(2026, 2, 10),
        second_purchase_on=date(2026, 3, 10),
        closed_on=date(2026, 3, 10),
        closing="won",
        returned=700,
        reason=price,
        filled_on=date(2026, 2, 3),
    )


def test_results_show_the_filling_rate_and_count_at_the_second_purchase(lost):
    from clientarium.decisions.winback import SellerResult, results_of

    played(lost)
    anna, boris, nobody = results_of(lost.head, on=TUESDAY, since=SINCE)
    assert anna == SellerResult(lost.anna_sells, lost=2, expected=Decimal(12_100), asked=2, filled=1, worked=1)
    assert boris == SellerResult(
        lost.boris_sells, lost=1, expected=Decimal(5_000), first_in_period=1, won=1, returned=Decimal(700)
    )
    assert nobody == SellerResult(None, lost=1, expected=Decimal(1_000))
    assert anna.filling_rate == 0.5


def test_months_count_what_happened_in_each(lost):
    from clientarium.decisions.winback import months_of

    played(lost)
    found = {
        one.month: (one.opened, one.filled, one.first, one.won, one.returned)
        for one in months_of(lost.head, on=TUESDAY)
    }
    assert found[date(2026, 2, 1)] == (1, 1, 1, 0, 0)
    assert found[date(2026, 3, 1)] == (2, 1, 0, 1, 700)


def test_seller_reads_only_his_own_losses(lost):
    from clientarium.decisions.winback import loss_report, lost_visible_to, results_of

    played(lost)
    period = {"first": date(2025, 1, 1), "last": TUESDAY}
    everything, own = loss_report(lost.head, **period), loss_report(lost.anna, **period)
    assert (everything.answered, everything.lost, own.answered, own.lost) == (2, 4, 1, 2)
    assert own.past_year == 120_000
    assert [one.client.name for one in lost_visible_to(lost.boris)] == [lost.cedar.name]
    assert [one.lost for one in results_of(lost.boris, on=TUESDAY, since=SINCE)] == [1]
    assert not loss_report(lost.nobody, **period).causes


def test_report_breaks_reasons_down_by_month_seller_and_product(lost):
    from clientarium.decisions.winback import Case, CaseProduct, Reason, loss_report

    played(lost)
    Case.objects.filter(client=lost.cedar).update(
        reason=Reason.objects.get(title_ru="Закрылся"), lost_on=date(2025, 9, 1)
    )
    for client, group in ((lost.birch, "Трубы"), (lost.cedar, "Трубы"), (lost.cedar, "")):
        case = Case.objects.get(client=client)
        CaseProduct.objects.create(case=case, name="Болт М8", group=group, revenue=100)
    report = loss_report(lost.head, first=date(2025, 1, 1), last=TUESDAY)
    assert [(str(cause.reason), cause.clients) for cause in report.causes if cause.reason] == [
        ("Цена", 1),
        ("Закрылся", 1),
    ]
    assert report.ours == (1, Decimal(120_000))
    price, closed = Reason.objects.order_by("place")
    assert [(part.key, part.by_reason) for part in report.months] == [
        (date(2025, 9, 1), ((closed, 1),)),
        (date(2025, 8, 1), ((price, 1),)),
    ]
    assert [(part.key, part.by_reason) for part in report.sellers] == [
        (lost.anna_sells, ((price, 1),)),
        (lost.boris_sells, ((closed, 1),)),
    ]
    assert report.products[0].named == ((price, 1), (closed, 1))
    assert [(part.key, part.clients, part.past_year) for part in report.products] == [
        ("Трубы", 2, Decimal(200)),
        ("Болт М8", 1, Decimal(100)),
    ]


def test_apart_are_counted(lost):
    from clientarium.decisions.winback import Apart, apart_of

    type(lost.birch).objects.filter(pk=lost.birch.pk).update(has_bad_review=True)
    assert apart_of(lost.head) == Apart(bad_review=1, dead=0, stopped=0)
    assert apart_of(lost.boris) == Apart(bad_review=0, dead=0, stopped=0)
