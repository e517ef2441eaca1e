"""«Мой день» in the browser of the cast: whose calls one sees, and what a recorded talk changes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import override_settings

from clientarium.decisions.clients import Client, add_contact
from clientarium.decisions.contacts import CalendarFeed, PlannedCall, Touch, Verification, plan_day
from clientarium.decisions.people import Seller
from clientarium.interfaces.web.charts import Cell, Column
from tests.decisions.contacts.conftest import base, home
from tests.decisions.contacts.published import AS_OF

__all__ = ["base", "home"]

DAY_QUERIES = 14
TODAY = AS_OF
"""The published state is of this day, and the stale rule makes the next working day the day of work."""


@pytest.fixture
def day(base: Any, signed_in: Any) -> Any:
    add_contact(base.birch, kind="phone", value="+7 912 000 11 22", person="Ирина", by=base.owner)
    add_contact(base.cedar, kind="phone", value="+7 912 999 88 77", person="Cedar canary", by=base.owner)
    return base


def text(response: Any) -> str:
    return response.content.decode()


def call_of(client: Client) -> PlannedCall:
    return PlannedCall.objects.get(client=client)


def test_a_seller_sees_his_calls_and_nobody_elses(day: Any, signed_in: Any) -> None:
    page = text(signed_in(day.anna).get("/day/"))
    assert day.birch.name in page and "+7 912 000 11 22" in page
    assert day.cedar.name not in page and "912 999" not in page and "canary" not in page.lower()


def test_anothers_day_is_not_there_for_a_seller(day: Any, signed_in: Any) -> None:
    assert signed_in(day.anna).get(f"/days/{day.boris_sells.pk}/").status_code == 404
    page = signed_in(day.head).get(f"/days/{day.boris_sells.pk}/")
    assert page.status_code == 200 and day.cedar.name in text(page)


def test_a_seller_without_portfolio_is_told_what_to_do(day: Any, signed_in: Any) -> None:
    day.anna.seller = None
    day.anna.save()
    assert day.birch.name not in text(signed_in(day.anna).get("/day/"))


def test_a_talk_needs_the_next_day_and_loses_nothing_written(day: Any, signed_in: Any) -> None:
    browser = signed_in(day.anna)
    browser.get("/day/")
    call = call_of(day.birch)
    said = {"call": call.pk, "result": "reached", "comment": "спросил про фрезы"}
    refused = browser.post(f"/clients/{day.birch.pk}/talk/", said, headers={"HX-Request": "true"})
    assert refused.status_code == 200
    assert "спросил про фрезы" in text(refused) and 'role="alert"' in text(refused)
    assert not Touch.objects.exists()


def test_a_recorded_talk_settles_its_line_and_can_be_taken_back(day: Any, signed_in: Any) -> None:
    browser = signed_in(day.anna)
    browser.get("/day/")
    call = call_of(day.birch)
    contact = day.birch.contacts.get()
    next_on = call.on + timedelta(days=14)
    said = {
        "call": call.pk,
        "result": "ordered",
        "next": "other",
        "next_on": next_on.isoformat(),
        "refusal_reason": "price",
        f"check-{contact.pk}": "confirmed",
        f"person-{contact.pk}": "Ирина Петровна",
        "minutes": "4,5",
    }
    done = browser.post(f"/clients/{day.birch.pk}/talk/", said)
    assert done.status_code == 302 and done["Location"].startswith(f"/days/{day.anna_sells.pk}/?on={call.on}")
    touch = Touch.objects.get()
    told = (touch.result, touch.next_on, touch.refusal_reason, str(touch.minutes), touch.on, touch.by)
    assert told == ("ordered", next_on, "", "4.5", call.on, day.anna)
    assert list(Verification.objects.order_by("pk").values_list("what", "finding")) == [
        ("phone", "confirmed"),
        ("person", "changed"),
    ]
    contact.refresh_from_db()
    assert contact.person == "Ирина Петровна"
    call.refresh_from_db()
    assert call.outcome == touch
    assert browser.post(f"/touches/{touch.pk}/undo/").status_code == 302
    call.refresh_from_db()
    touch.refresh_from_db()
    assert call.outcome is None and touch.undone_by == day.anna


def test_the_drawer_leads_to_an_address_the_browser_loads_anew(day: Any, signed_in: Any) -> None:
    browser = signed_in(day.anna)
    browser.get("/day/")
    call = call_of(day.birch)
    said = {"call": call.pk, "result": "reached", "next": "none", "no_next_reason": "by_rhythm"}
    done = browser.post(f"/clients/{day.birch.pk}/talk/", said, headers={"HX-Request": "true"})
    touch = Touch.objects.get()
    there = f"/days/{day.anna_sells.pk}/?on={call.on}&after={touch.pk}"
    assert (done.status_code, done["HX-Redirect"]) == (204, there)
    assert browser.get(there).status_code == 200


def test_no_answer_is_one_tap(day: Any, signed_in: Any) -> None:
    browser = signed_in(day.anna)
    browser.get("/day/")
    call = call_of(day.birch)
    browser.post(f"/clients/{day.birch.pk}/talk/", {"call": call.pk, "result": "no_answer"})
    touch = Touch.objects.get()
    assert (touch.result, touch.next_on, touch.contact_id) == ("no_answer", None, day.birch.contacts.get().pk)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"result": "reached", "next": "31.31.2026"}, "31.31.2026"),
        ({"result": "reached", "next": "2026-02-31"}, "2026-02-31"),
        ({"result": "no_answer", "minutes": "пять"}, "пять"),
        ({"result": "shouted"}, "shouted"),
        ({}, "“”"),
    ],
)
def test_nonsense_is_refused_in_words(day: Any, signed_in: Any, answer: dict[str, str], said: str) -> None:
    with override_settings(LANGUAGE_CODE="en"):
        response = signed_in(day.anna).post(
            f"/clients/{day.birch.pk}/talk/", answer, headers={"HX-Request": "true", "Accept-Language": "en"}
        )
    assert response.status_code == 200 and 'role="alert"' in text(response)
    assert said in text(response) or said == "“”"
    assert not Touch.objects.exists()


def test_a_foreign_client_can_neither_be_spoken_of_nor_undone(day: Any, signed_in: Any) -> None:
    boris = signed_in(day.boris)
    boris.get("/day/")
    cedars = call_of(day.cedar)
    boris.post(f"/clients/{day.cedar.pk}/talk/", {"call": cedars.pk, "result": "no_answer"})
    touch = Touch.objects.get()
    anna = signed_in(day.anna)
    assert anna.get(f"/clients/{day.cedar.pk}/talk/").status_code == 404
    assert anna.post(f"/clients/{day.cedar.pk}/talk/", {"result": "no_answer"}).status_code == 404
    assert anna.post(f"/touches/{touch.pk}/undo/").status_code == 404
    # A line of another client in the address settles nothing of his.
    anna.post(f"/clients/{day.birch.pk}/talk/", {"call": cedars.pk, "result": "no_answer"})
    assert Touch.objects.count() == 2
    cedars.refresh_from_db()
    assert cedars.outcome == touch


def test_coverage_is_for_who_leads(day: Any, signed_in: Any) -> None:
    signed_in(day.anna).get("/day/")
    assert signed_in(day.anna).get("/days/").status_code == 403
    page = text(signed_in(day.head).get("/days/?period=week"))
    assert "Анна" in page


def test_calendar_feed_is_secret_and_revocable(day: Any, signed_in: Any) -> None:
    browser, stranger = signed_in(day.anna), signed_in(None)
    page = text(browser.post("/day/calendar/open/"))
    address = page.partition('value="http://testserver')[2].partition('"')[0]
    feed = stranger.get(address)
    assert feed.status_code == 200 and feed["Content-Type"].startswith("text/calendar")
    calendar = text(feed)
    assert day.birch.name in calendar and day.cedar.name not in calendar and "912" not in calendar
    assert CalendarFeed.objects.get().token_hash not in address
    browser.post("/day/calendar/close/")
    assert stranger.get(address).status_code == 404


def test_support_sees_no_money_in_a_talk(day: Any, signed_in: Any) -> None:
    page = text(signed_in(day.support).get(f"/clients/{day.birch.pk}/talk/"))
    assert "120 000" not in page and "10 000" not in page


def test_the_day_costs_the_same_for_one_and_for_many(day: Any, signed_in: Any, django_assert_num_queries: Any) -> None:
    browser = signed_in(day.anna)
    browser.get("/day/")
    with django_assert_num_queries(DAY_QUERIES):
        browser.get("/day/")
    plan = plan_day(Seller.objects.get(pk=day.anna_sells.pk), call_of(day.birch).on)
    for number in range(5):
        client = Client.objects.create(name=f"Another {number}", holder=day.anna_sells)
        PlannedCall.objects.create(
            day=plan, client=client, seller=day.anna_sells, on=plan.on, rank=10 + number, kind="due"
        )
    with django_assert_num_queries(DAY_QUERIES):
        browser.get("/day/")


def test_days_before_the_data_say_why(day: Any, signed_in: Any) -> None:
    response = signed_in(day.anna).get("/day/?on=2020-01-01")
    assert response.status_code == 422
    assert signed_in(day.anna).get("/day/?on=nonsense").status_code == 200
    assert date.fromisoformat("2020-01-01") < TODAY


def test_table_beside_a_chart_shows_days(day: Any) -> None:
    shown = render_to_string(
        "frame/chart_table.html",
        {"columns": [Column("День", "day")], "rows": [[Cell(AS_OF, "day")], [Cell(None, "day")]]},
    )
    assert f"{AS_OF:%d.%m.%Y}" in shown
