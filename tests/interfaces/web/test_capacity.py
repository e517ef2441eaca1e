"""Capacity on the screen: ten clients and six places at once, a list of one's own to the decision, who may not."""

from typing import Any

import pytest

from tests.decisions.capacity.conftest import TABLE, counted, home

__all__ = ["counted", "home"]

pytestmark = pytest.mark.django_db

PAGE_QUERIES = 7
"""Session, person, the lists, their decisions, segments, and the frame’s two."""

LIST_QUERIES = 8
"""Session, person, the list, its scenarios, its rows, their clients, and the frame’s two."""


def shown(browser: Any, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return str(answer.content.decode())


def test_the_first_screen_is_the_example_and_it_can_be_played(counted: Any, signed_in: Any) -> None:
    browser = signed_in(counted.owner)
    page = shown(browser, "/strategy/capacity/")
    assert page.count("capacity-refused") == 4
    assert "240" in page
    played = shown(browser, "/strategy/capacity/play/?places=7&hand-10=in&layer-anchor=20")
    assert "<html" not in played
    assert played.count("capacity-refused") == 3
    none = shown(browser, "/strategy/capacity/play/?places=0")
    assert none.count("capacity-refused") == 10
    assert 'role="alert"' in shown(browser, "/strategy/capacity/play/?places=many")


def test_a_pasted_table_goes_to_its_decision(counted: Any, signed_in: Any) -> None:
    from clientarium.decisions.capacity import Scenario, Shortlist

    browser = signed_in(counted.head)
    browser.post("/strategy/capacity/make/", {"source": "table", "table": TABLE, "places": "2"})
    shortlist = Shortlist.objects.get()
    address = f"/strategy/capacity/{shortlist.pk}/"
    first = shortlist.scenarios.get()
    browser.post(f"{address}scenario/", {"places": "", "hours-0": "50", "title": "Одна бригада"})
    second = shortlist.scenarios.exclude(pk=first.pk).get()
    page = shown(browser, address)
    assert page.count('href="?scenario=') == 2
    assert "Одна бригада" in page
    assert "сто" in page  # the row set aside is told
    browser.post(f"{address}{second.pk}/fix/", {"row": "3", "hand": "in", "scenario": second.pk})
    second.refresh_from_db()
    assert second.answer["taken"] == [3]
    browser.post(f"{address}{second.pk}/decide/", {"reason": "обещали"})
    assert Scenario.objects.get(decided_at__isnull=False) == second
    assert "обещали" in shown(browser, address)
    browser.post(f"{address}{first.pk}/decide/", {})
    assert Scenario.objects.get(decided_at__isnull=False) == second
    browser.post(f"{address}{second.pk}/reopen/", {})
    browser.post(f"{address}{second.pk}/remove/", {})
    assert list(shortlist.scenarios.all()) == [first]
    assert browser.post(f"{address}{first.pk}/burn/").status_code == 404
    assert browser.post(f"{address}drop/").status_code == 200
    assert browser.get(address).status_code == 404
    browser.post(f"{address}drop/", {"back": "1"})
    assert browser.get(address).status_code == 200


def test_the_figures_of_a_row_are_changed_on_the_page(counted: Any, signed_in: Any) -> None:
    from clientarium.decisions.capacity import Wanted, add_scenario, list_of_base

    shortlist = list_of_base("", by=counted.owner)
    scenario = add_scenario(shortlist, Wanted(1), by=counted.owner)
    browser, address = signed_in(counted.owner), f"/strategy/capacity/{shortlist.pk}/rows/1/"
    assert 'value="900"' in shown(browser, address)
    written = {"margin": "1 000,50", "penalty": "2 000", "probability": "40", "scenario": scenario.pk}
    assert browser.post(address, written)["Location"].endswith(f"?scenario={scenario.pk}")
    scenario.refresh_from_db()
    assert scenario.answer["taken"] == [2]
    browser.post(address, {"margin": "many"})
    browser.post(address, {"margin": ""})
    row = shortlist.rows.get(position=1)
    assert (str(row.margin), str(row.penalty), row.probability) == ("1000.50", "2000.00", 0.4)
    assert browser.get(f"/strategy/capacity/{shortlist.pk}/rows/77/").status_code == 404


def test_a_file_and_the_base_make_lists_and_a_bad_table_is_told(counted: Any, signed_in: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from clientarium.decisions.capacity import Shortlist

    browser = signed_in(counted.owner)
    sent = SimpleUploadedFile("стройка.csv", TABLE.encode())
    browser.post("/strategy/capacity/make/", {"source": "table", "file": sent})
    browser.post("/strategy/capacity/make/", {"source": "base", "where": "orders_12m >"})
    browser.post("/strategy/capacity/make/", {"source": "table", "table": "1;2"})
    browser.post("/strategy/capacity/make/", {"source": "base", "where": "grade = 'A'", "places": "1"})
    base, table = Shortlist.objects.all()
    assert (table.title, table.scenarios.count()) == ("стройка", 0)
    assert shown(browser, f"/strategy/capacity/{table.pk}/").count("capacity-table") == 0
    assert f"/clients/{counted.birch.pk}/" in shown(browser, f"/strategy/capacity/{base.pk}/")


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_asks_as_much_for_many_lists_as_for_one(
    counted: Any, signed_in: Any, count: int, django_assert_num_queries: Any
) -> None:
    from clientarium.decisions.capacity import Wanted, add_scenario, decide, list_of_text

    for number in range(count):
        shortlist = list_of_text(TABLE, by=counted.owner, title=str(number))
        decide(add_scenario(shortlist, Wanted(1), by=counted.owner), by=counted.owner)
    browser = signed_in(counted.owner)
    browser.get("/strategy/capacity/")
    with django_assert_num_queries(PAGE_QUERIES):
        browser.get("/strategy/capacity/")


@pytest.mark.parametrize("count", [5, 50])
def test_a_list_asks_as_much_for_many_rows_as_for_few(
    counted: Any, signed_in: Any, count: int, django_assert_num_queries: Any
) -> None:
    from clientarium.decisions.capacity import Wanted, add_scenario, list_of_text

    table = "Клиент;Маржа\n" + "".join(f"К{number};{number}\n" for number in range(1, count + 1))
    shortlist = list_of_text(table, by=counted.owner)
    add_scenario(shortlist, Wanted(3), by=counted.owner)
    browser = signed_in(counted.owner)
    browser.get(f"/strategy/capacity/{shortlist.pk}/")
    with django_assert_num_queries(LIST_QUERIES):
        browser.get(f"/strategy/capacity/{shortlist.pk}/")


def test_a_seller_sees_neither_page_nor_list(counted: Any, signed_in: Any) -> None:
    from clientarium.decisions.capacity import Wanted, add_scenario, list_of_base

    shortlist = list_of_base("", by=counted.owner)
    scenario = add_scenario(shortlist, Wanted(1), by=counted.owner)
    for user in (counted.anna, counted.marketer, counted.support, counted.administrator):
        browser = signed_in(user)
        for address in ("/strategy/capacity/", f"/strategy/capacity/{shortlist.pk}/"):
            answer = browser.get(address)
            assert answer.status_code == 403
            assert counted.birch.name not in answer.content.decode()
        assert browser.post(f"/strategy/capacity/{shortlist.pk}/{scenario.pk}/decide/").status_code == 403
