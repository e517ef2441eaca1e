"""The list of clients and the card: what each person gets to see, and what a page costs."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from clientarium.decisions.clients import Client, Segment, clients_visible_to
from clientarium.decisions.grades import category_in_force
from clientarium.decisions.journal import Entry
from tests.cast import make_client
from tests.decisions.runs.company import HEAD

COUNTED_ON = (date(2026, 1, 30),)
SALES = HEAD + (
    "09.06.2025;Д-0;Кедр-canary-cedar;900,00;100,00;Борис\n"
    "09.01.2026;Д-1;Берёза;1000,00;600,00;Анна\n"
    "15.01.2026;Д-2;Кедр-canary-cedar;500,00;450,00;Борис\n"
    "30.01.2026;Д-3;Берёза;2000,00;1000,00;Анна\n"
)
LIST_QUERIES = 11
"""Session, person, segments, the publication and the company's fields for words, the page, and what the frame shows."""


def named(name: str) -> Client:
    """The one the file brought: the cast has a Берёза of its own."""
    return Client.objects.get(name=name, created_import__isnull=False)


def text(response: Any) -> str:
    return (b"".join(response) if response.streaming else response.content).decode()


def test_a_seller_lists_only_his_own(counted: Any, signed_in: Any) -> None:
    page = text(signed_in(counted.anna).get("/clients/"))
    assert "Берёза" in page
    assert "canary" not in page
    assert "canary" in text(signed_in(counted.owner).get("/clients/"))


def test_a_condition_chooses_and_a_wrong_word_is_explained(counted: Any, signed_in: Any) -> None:
    browser = signed_in(counted.owner)
    chosen = text(browser.get("/clients/", {"where": "revenue_12m > 2500"}))
    assert ("Берёза" in chosen, "canary" in chosen) == (True, False)
    wrong = browser.get("/clients/", {"where": "revenue_12 > 2500"})
    assert wrong.status_code == 422
    assert "revenue_12m" in text(wrong), "the nearest name is offered"


def test_totals_are_of_what_one_sees(counted: Any, signed_in: Any) -> None:
    owner = text(signed_in(counted.owner).get("/clients/totals/"))
    anna = text(signed_in(counted.anna).get("/clients/totals/"))
    assert ("4,4" in owner, "4,4" in anna, "3\u00a0тыс." in anna) == (True, False, True)


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_costs_the_same_for_one_and_for_three(
    counted: Any, signed_in: Any, django_assert_num_queries: Any, more: int
) -> None:
    for number in range(more):
        make_client(f"Ещё {number}", holder=counted.anna_sells)
    browser = signed_in(counted.anna)
    browser.get("/clients/")
    with django_assert_num_queries(LIST_QUERIES):
        assert browser.get("/clients/").status_code == 200


def test_an_export_holds_the_selection_and_is_journaled(counted: Any, signed_in: Any) -> None:
    make_client("=cmd|' /C calc'!A0", holder=counted.anna_sells)
    answer = signed_in(counted.marketer).post("/clients/export/", {"format": "csv", "where": ""})
    rows = list(csv.reader(io.StringIO(text(answer).lstrip("\ufeff")), delimiter=";"))
    assert sorted(row[0] for row in rows[1:]) == sorted(
        [
            "Берёза",
            "Кедр-canary-cedar",
            "'=cmd|' /C calc'!A0",
            *(c.name for c in (counted.birch, counted.cedar, counted.dill)),
        ]
    )
    noted = Entry.objects.get(verb="clients_exported")
    assert (noted.by, noted.data["rows"]) == (counted.marketer, 6)


def test_a_seller_exports_nothing(counted: Any, signed_in: Any) -> None:
    assert signed_in(counted.anna).post("/clients/export/", {"format": "csv"}).status_code == 403


def test_a_transfer_moves_all_marked_or_none(counted: Any, signed_in: Any) -> None:
    birch, cedar = named("Берёза"), named("Кедр-canary-cedar")
    data = {"client": [birch.pk, cedar.pk], "seller": counted.boris_sells.pk, "reason": ""}
    signed_in(counted.head).post("/clients/transfer/", data)
    assert birch.pk not in clients_visible_to(counted.boris).values_list("pk", flat=True), "no reason, no transfer"


def test_a_segment_is_saved_and_listed(counted: Any, signed_in: Any) -> None:
    browser = signed_in(counted.anna)
    browser.post("/segments/save/", {"name": "Мои крупные", "where": "revenue_12m > 1000"})
    assert Segment.objects.get().expression == "revenue_12m > 1000"
    assert "Мои крупные" in text(browser.get("/clients/"))
    assert "Мои крупные" not in text(signed_in(counted.boris).get("/clients/")), "it is not shared"


@pytest.mark.parametrize(
    "name",
    ["client", "client_timeline", "client_products", "client_documents", "client_touches", "client_history"],
)
def test_a_foreign_client_is_not_there(counted: Any, signed_in: Any, name: str) -> None:
    address = reverse(name, args=[named("Кедр-canary-cedar").pk])
    foreign = signed_in(counted.anna).get(address)
    assert (foreign.status_code, "canary" in text(foreign)) == (404, False)
    assert signed_in(counted.boris).get(address).status_code == 200


def test_the_card_opens_down_to_the_lines(counted: Any, signed_in: Any) -> None:
    birch, browser = named("Берёза"), signed_in(counted.anna)
    assert "Берёза" in text(browser.get(reverse("client", args=[birch.pk])))
    behind = text(browser.get(reverse("client_behind", args=[birch.pk, "revenue_12m"])))
    assert ("Д-1" in behind, "Д-3" in behind, "3\u202f000" in behind) == (True, True, True)
    why = text(browser.get(reverse("client_why", args=[birch.pk, "grade"])))
    assert "✓" in why


def test_support_sees_no_money_on_the_card(counted: Any, signed_in: Any) -> None:
    birch, browser = named("Берёза"), signed_in(counted.support)
    card = text(browser.get(reverse("client", args=[birch.pk])))
    parts = [text(browser.get(reverse(name, args=[birch.pk]))) for name in ("client_timeline", "client_documents")]
    assert all("3 тыс." not in part and "1\u202f000" not in part for part in [card, *parts])
    assert browser.get(reverse("client_behind", args=[birch.pk, "revenue_12m"])).status_code == 403


def test_a_leader_sets_a_category_with_a_reason(counted: Any, signed_in: Any) -> None:
    birch = named("Берёза")
    address = reverse("client_category", args=[birch.pk])
    signed_in(counted.head).post(address, {"category": "grade:A", "reason": "Стратегический проект"})
    found = category_in_force(birch, scheme="grade")
    assert found is not None
    assert (found.category, found.decided_by, found.reason) == ("A", counted.head, "Стратегический проект")
    assert signed_in(counted.anna).post(address, {"category": "grade:D", "reason": "x"}).status_code == 403
