"""«Помогли ли звонки?» in the browser of the cast: what it answers, and the switch of the group without calls."""

from datetime import date, timedelta
from typing import Any

import pytest

from clientarium.decisions.clients import Client
from clientarium.decisions.contacts import DayPlan, HoldOut, PlannedCall, Touch, current_hold_out, working_day
from clientarium.decisions.journal import Entry
from tests.decisions.contacts.conftest import base, home
from tests.decisions.contacts.published import MONDAY, publish
from tests.decisions.contacts.test_measuring import DUE, sell

__all__ = ["base", "home"]

EFFECT_QUERIES = 14
FORECAST = {
    "as_of": "2026-03-28",
    "rhythm": "regular",
    "next_order_early": "2026-03-27",
    "next_order_late": "2026-04-04",
}
EARLY = FORECAST | {"next_order_early": "2026-04-20", "next_order_late": "2026-04-30"}
WINDOW_OVER = date(2026, 4, 14)
LATER = "?period=year"


@pytest.fixture
def portfolio(base: Any) -> Any:
    """120 regular clients of Anna, the state of a day when every window of 30 March has passed."""
    made = Client.objects.bulk_create(Client(name=f"Клиент {n:03d}", holder=base.anna_sells) for n in range(120))
    base.clients = list(made)
    publish(WINDOW_OVER, dict.fromkeys(base.clients, DUE))
    return base


def called(base: Any, clients: list[Client], *, forecast: dict[str, str] = FORECAST) -> None:
    Touch.objects.bulk_create(
        Touch(
            client=client,
            seller=base.anna_sells,
            by=base.anna,
            on=MONDAY,
            result="reached",
            no_next_reason="by_rhythm",
            forecast=forecast,
        )
        for client in clients
    )


def left_alone(base: Any, clients: list[Client]) -> None:
    day = DayPlan.objects.create(seller=base.anna_sells, on=MONDAY)
    PlannedCall.objects.bulk_create(
        PlannedCall(
            day=day,
            client=client,
            seller=base.anna_sells,
            on=MONDAY,
            rank=rank,
            kind="due",
            forecast=FORECAST,
            is_held_out=True,
        )
        for rank, client in enumerate(clients)
    )


def text(response: Any) -> str:
    return response.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def start(browser: Any, **answers: Any) -> Any:
    return browser.post("/days/effect/start/", {"share": 10, "days": 30, "reason": "узнать, что дают звонки"} | answers)


def test_an_empty_base_says_what_lacks(base: Any, signed_in: Any) -> None:
    page = text(signed_in(base.head).get("/days/effect/"))
    assert "Пока мало данных." in page
    assert "Позвонили вовремя: клиентов 0 из 30, нужно ещё 30." in page
    assert "Не звонили (по жребию): пока никого." in page
    assert "С ровным ритмом заказывают только 2 клиента" in page
    assert 'action="/days/effect/start/"' not in page


def test_orders_after_calls_beside_none_become_sentences(portfolio: Any, home: Any, signed_in: Any) -> None:
    on_time, off_time, alone = portfolio.clients[:40], portfolio.clients[40:80], portfolio.clients[80:]
    called(portfolio, on_time)
    called(portfolio, off_time, forecast=EARLY)
    left_alone(portfolio, alone)
    sell(home, MONDAY + timedelta(days=5), [*on_time[:30], *off_time[:20], *alone[:10]])
    page = text(signed_in(portfolio.owner).get("/days/effect/"))
    assert "Из ста клиентов, которым позвонили вовремя, заказывают на 50 больше, чем из ста без звонка." in page
    assert "скорее всего, от 29 до 65 (95 %)" in page
    assert "Из ста, кому позвонили вовремя, заказывают на 25 больше" in page
    assert "«Вовремя» и «не вовремя» — разные клиенты" in page
    assert portfolio.clients[0].name not in page


def test_calls_whose_window_runs_are_told_apart(portfolio: Any, home: Any, signed_in: Any) -> None:
    called(portfolio, portfolio.clients[:3])
    sell(home, MONDAY, portfolio.clients[:1])
    publish(MONDAY, dict.fromkeys(portfolio.clients, DUE))
    page = text(signed_in(portfolio.head).get("/days/effect/?period=nonsense"))
    assert "Ещё 3 случая не посчитаны: с них не прошло 14 дней." in page


def test_a_leader_switches_the_group_on_and_off(portfolio: Any, signed_in: Any) -> None:
    browser = signed_in(portfolio.head)
    page = text(browser.get("/days/effect/"))
    assert "С ровным ритмом заказывают 120 клиентов; 5 % — это 6." in page
    assert start(browser)["Location"] == "/days/effect/"
    hold_out = HoldOut.objects.get()
    told = (hold_out.share, hold_out.clients.count(), (hold_out.last_day - hold_out.first_day).days, hold_out.reason)
    assert told == (0.1, 12, 29, "узнать, что дают звонки")
    page = text(browser.get("/days/effect/"))
    assert "Клиентов в ней: 12, это 10 % всех с ровным ритмом." in page and "ещё 30 дней" in page
    assert "узнать, что дают звонки" in page and 'action="/days/effect/start/"' not in page
    assert browser.post("/days/effect/stop/", {"reason": "сезон"}).status_code == 302
    assert current_hold_out(working_day()) is None
    verbs = Entry.objects.filter(verb__startswith="hold_out").order_by("pk")
    assert list(verbs.values_list("verb", "by", "reason")) == [
        ("hold_out_started", portfolio.head.pk, "узнать, что дают звонки"),
        ("hold_out_stopped", portfolio.head.pk, "сезон"),
    ]
    page = text(browser.get("/days/effect/"))
    assert "Прежние группы" in page and "12 клиентов, Hugo" in page
    assert browser.post("/days/effect/stop/").status_code == 302
    assert "Группы без звонков сейчас нет." in text(browser.get("/days/effect/"))


@pytest.mark.parametrize(
    "answers",
    [{"share": "половина"}, {"share": 21}, {"share": 0}, {"days": 0}, {"days": 9999}, {"share": ""}, {"days": "1e9"}],
)
def test_a_refused_group_keeps_what_was_written(portfolio: Any, signed_in: Any, answers: dict[str, Any]) -> None:
    refused = start(signed_in(portfolio.owner), **answers)
    assert refused.status_code == 422
    page = text(refused)
    assert 'role="alert"' in page and "узнать, что дают звонки" in page
    assert not HoldOut.objects.exists()


def test_a_group_needs_a_reason_and_stands_once(portfolio: Any, signed_in: Any) -> None:
    browser = signed_in(portfolio.owner)
    assert start(browser, reason="   ").status_code == 422
    assert start(browser).status_code == 302
    second = start(browser)
    assert second.status_code == 422 and HoldOut.objects.count() == 1
    assert "уже" in text(second)


def test_the_switch_is_for_who_leads(portfolio: Any, signed_in: Any) -> None:
    for user in (portfolio.anna, portfolio.marketer, portfolio.support, portfolio.administrator):
        browser = signed_in(user)
        assert browser.get("/days/effect/").status_code == 403
        assert start(browser).status_code == 403
        assert browser.post("/days/effect/stop/").status_code == 403
    assert not HoldOut.objects.exists()


def test_the_days_of_all_lead_here(base: Any, signed_in: Any) -> None:
    assert 'href="/days/effect/"' in text(signed_in(base.head).get("/days/"))


def test_the_page_costs_the_same_for_few_and_many(
    portfolio: Any, home: Any, signed_in: Any, django_assert_num_queries: Any
) -> None:
    browser = signed_in(portfolio.head)
    sell(home, MONDAY, portfolio.clients[:1])
    for number in (1, 40):
        Touch.objects.all().delete()
        called(portfolio, portfolio.clients[:number])
        with django_assert_num_queries(EFFECT_QUERIES):
            browser.get("/days/effect/" + LATER)
