"""«План»: who sees which page, what it costs, the decisions on it, the file for payroll."""

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from tests.cast import make_client, make_seller
from tests.decisions.plans.conftest import base, buys, home, publish

__all__ = ["base", "home"]

pytestmark = pytest.mark.django_db

ALL_QUERIES = 15
"""Session, person, the plan of the month, the publication (for the basis, the sums, the fact, the figures' date), what sums depend on, sellers
who work, cases of win-back, the sums by holder, sellers' names, and the snapshot and the last pulse for the frame."""

SELLER_QUERIES = 23
"""The same for one seller, and his clients: how many, the page of them, their names, the merges."""


def shown(browser, address="/plans/?month=2026-04"):
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.mark.parametrize("item_count", [5, 50])
def test_the_page_of_all_costs_the_same_with_any_number_of_sellers(
    base, signed_in, django_assert_num_queries, item_count
):
    sellers = [make_seller(f"Продавец {number}") for number in range(item_count)]
    publish({make_client(f"Клиент {seller.pk}", holder=seller): buys(1.0, 100) for seller in sellers})
    browser = signed_in(base.head)
    shown(browser)
    with django_assert_num_queries(ALL_QUERIES):
        page = shown(browser)
    assert page.count("Продавец ") == item_count


@pytest.mark.parametrize("item_count", [5, 50])
def test_the_page_of_one_costs_the_same_with_any_number_of_clients(
    base, signed_in, django_assert_num_queries, item_count
):
    publish({make_client(f"Клиент {number}", holder=base.anna_sells): buys(1.0, 100) for number in range(item_count)})
    browser, address = signed_in(base.anna), f"/plans/{base.anna_sells.pk}/?month=2026-04"
    shown(browser, address)
    with django_assert_num_queries(SELLER_QUERIES):
        page = shown(browser, address)
    assert page.count('id="plan-') == item_count + 1  # and Birch, of whom nothing is expected


def test_a_seller_comes_to_his_own_plan_and_to_no_other(base, signed_in):
    browser = signed_in(base.anna)
    assert browser.get("/plans/")["Location"] == f"/plans/{base.anna_sells.pk}/"
    page = shown(browser, f"/plans/{base.anna_sells.pk}/?month=2026-04")
    assert "Берёза" in page
    assert "canary" not in page
    assert browser.get(f"/plans/{base.boris_sells.pk}/?month=2026-04").status_code == 404
    assert browser.post(f"/plans/clients/{base.cedar.pk}/", {"month": "2026-04", "margin": "5"}).status_code == 404
    assert "canary" not in shown(signed_in(base.nobody))


def test_a_seller_answers_about_growth_in_place(base, signed_in):
    browser, address = signed_in(base.anna), f"/plans/clients/{base.birch.pk}/"
    fragment = {"HTTP_HX_REQUEST": "true"}
    answer = browser.post(address, {"month": "2026-04", "margin": "1 250,50", "step": "анкеры"}, **fragment)
    assert (answer.status_code, 'value="анкеры"' in answer.content.decode()) == (200, True)
    step = answer.context["line"].step
    assert (step.margin, step.by) == (Decimal("1250.50"), base.anna)
    assert browser.post(address, {"month": "2026-04", "margin": "0"}, **fragment).context["line"].step.margin == 0
    assert browser.post(address, {"month": "2026-04", "margin": ""}, **fragment).context["line"].step is None
    wrong = browser.post(address, {"month": "2026-04", "margin": "много"}, **fragment)
    assert (wrong.status_code, "много" in wrong.content.decode()) == (422, True)


def test_the_leader_sets_spreads_approves_and_opens_again(base, signed_in):
    from clientarium.decisions.plans import MonthPlan

    browser, month = signed_in(base.head), {"month": "2026-04"}
    browser.post("/plans/figure/", {**month, "margin": "6 000", "spread": "weight"})
    page = shown(browser)
    assert "6 тыс." in page.replace("\u00a0", " ")
    assert browser.post("/plans/figure/", {**month, "margin": "тьма", "spread": "weight"}).status_code == 422
    browser.post("/plans/spread/", {**month, "reason": "так решил совет"})
    assert "так решил совет" in shown(browser, f"/plans/{base.anna_sells.pk}/?month=2026-04")
    browser.post(f"/plans/{base.anna_sells.pk}/override/", {**month, "remove": "1"})
    refused = browser.post(f"/plans/{base.anna_sells.pk}/override/", {**month, "margin": "5", "reason": ""})
    assert refused.status_code == 422
    browser.post(f"/plans/{base.anna_sells.pk}/override/", {**month, "margin": "900", "reason": "новый склад"})
    browser.post("/plans/approve/", month)
    plan = MonthPlan.objects.get()
    assert (plan.approved_by, plan.top_down, plan.sellers.count()) == (base.head, 6000, 2)
    assert "900" in shown(browser)
    browser.post("/plans/reopen/", {**month, "reason": "ошиблись"})
    assert MonthPlan.objects.get().is_approved is False


@pytest.mark.parametrize(
    "address",
    [
        "/plans/?month=2026-99",
        "/plans/?month=0001-01",
        "/plans/?month=9999-12",
        "/plans/?month=завтра",
        "/plans/?month=",
    ],
)
def test_a_month_that_is_none_is_that_of_the_working_day(base, signed_in, address):
    assert signed_in(base.head).get(address).status_code == 200


def test_a_month_too_far_ahead_is_told_not_broken(base, signed_in):
    answer = signed_in(base.head).get("/plans/?month=2029-01")
    assert (answer.status_code, "<html" in answer.content.decode()) == (422, True)


def test_before_the_first_count_the_pages_say_so(home, cast, signed_in):
    assert "<table" not in shown(signed_in(cast.head))
    shown(signed_in(cast.anna), f"/plans/{cast.anna_sells.pk}/?month=2026-04")


def test_payroll_gets_numbers_as_numbers_and_no_formulas(base, signed_in):
    from clientarium.decisions.journal import Entry
    from clientarium.decisions.plans import override_plan
    from tests.decisions.plans.conftest import APRIL

    override_plan(APRIL, base.anna_sells, margin=Decimal(1500), reason='=HYPERLINK("x")', by=base.head)
    browser = signed_in(base.head)
    answer = browser.get("/plans/payroll/?month=2026-04")
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert [(row[0], row[2], row[3], row[4], row[9], row[10]) for row in rows[1:]] == [
        ("Анна", "2026-04", 1500, 1000, 1500, '\'=HYPERLINK("x")'),
        ("Борис", "2026-04", 3000, 3000, None, None),
    ]
    text = browser.get("/plans/payroll/?month=2026-04&form=csv").content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[3] for line in text[1:]] == ["1500.0", "3000.0"]
    assert [entry.data["form"] for entry in Entry.objects.filter(verb="plan_exported").order_by("pk")] == [
        "xlsx",
        "csv",
    ]
    for stranger in (base.anna, base.marketer, base.administrator, base.support):
        assert signed_in(stranger).get("/plans/payroll/?month=2026-04").status_code == 403
