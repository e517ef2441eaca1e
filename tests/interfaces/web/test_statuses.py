"""Changes at clients on the screen: whose, in which order, at what cost, and who may do what about them."""

from datetime import date
from typing import Any

import pytest

from clientarium.decisions.clients import Client, LegalEntity, LegalStatus
from clientarium.decisions.statuses import RegisterAnswer, Requisites, StatusChange, make_missing_entities, note_answer
from tests.decisions.runs.company import HEAD

COUNTED_ON = (date(2026, 1, 30),)
SALES = HEAD + (
    "09.01.2026;Д-1;Берёза;100000,00;60000,00;Анна\n"
    "20.01.2026;Д-2;Кедр;700,00;300,00;Борис\n"
    "21.01.2026;Д-3;Осина;900,00;300,00;Анна\n"
)
INNS = {"Берёза": "7707083893", "Кедр": "7736050003", "Осина": "7702070139"}
STATUSES_QUERIES = 8
"""Session, person, the changes, the clients, the publication, their figures, the snapshot and the last pulse."""


def troubled(*names: str) -> None:
    for name in names:
        client = Client.objects.get(name=name, created_import__isnull=False)
        LegalEntity.objects.create(client=client, name=f"ООО {name}", inn=INNS[name])
        note_answer(RegisterAnswer(Requisites(INNS[name]), LegalStatus.BANKRUPT), source="DaData")


def test_dearest_first_and_margin_at_stake(counted: Any, signed_in: Any) -> None:
    troubled("Кедр", "Осина", "Берёза")
    page = signed_in(counted.owner).get("/statuses/").content.decode()
    assert page.index("Берёза") < page.index("Осина") < page.index("Кедр")
    block = signed_in(counted.owner).get("/pulse/alerts/").content.decode()
    assert ("Банкрот" in block, "41" in block) == (True, True)


def test_nobody_sees_anothers_trouble(counted: Any, signed_in: Any) -> None:
    troubled("Кедр", "Берёза")
    for path in ("/statuses/", "/pulse/alerts/"):
        assert "Кедр" not in signed_in(counted.anna).get(path).content.decode()
        assert "Берёза" in signed_in(counted.anna).get(path).content.decode()
    cedar = Client.objects.get(name="Кедр", created_import__isnull=False)
    entity, change = cedar.legal_entities.get(), StatusChange.objects.get(entity__client=cedar)
    assert signed_in(counted.anna).get(f"/clients/{cedar.pk}/legal/").status_code == 404
    assert signed_in(counted.anna).post(f"/statuses/{change.pk}/handled/").status_code == 404
    answer = signed_in(counted.anna).post(f"/legal/{entity.pk}/status/", {"status": "active", "reason": "why"})
    assert answer.status_code == 404
    entity.refresh_from_db()
    assert (entity.status, StatusChange.objects.get(pk=change.pk).handled_at) == ("bankrupt", None)


def test_support_sees_trouble_without_money_nor_its_order(counted: Any, signed_in: Any) -> None:
    troubled("Берёза", "Кедр")
    page = signed_in(counted.support).get("/statuses/").content.decode()
    assert page.index("Кедр") < page.index("Берёза")  # the newest first
    assert "Маржа" not in page


def test_empty_block_says_nothing(counted: Any, signed_in: Any) -> None:
    assert signed_in(counted.owner).get("/pulse/alerts/").content.decode().strip() == ""


def test_firms_on_the_card_set_by_hand_with_history(counted: Any, signed_in: Any) -> None:
    birch = Client.objects.get(name="Берёза", created_import__isnull=False)
    birch.inn = INNS["Берёза"]
    birch.save()
    make_missing_entities()
    entity = birch.legal_entities.get()
    browser = signed_in(counted.anna)
    browser.post(
        f"/legal/{entity.pk}/status/", {"status": "liquidating", "reason": "сказал директор", "on": "2026-01-15"}
    )
    part = browser.get(f"/clients/{birch.pk}/legal/").content.decode()
    assert ("Ликвидируется" in part, "поставлен вручную" in part, "сказал директор" in part) == (True, True, True)
    assert browser.post(f"/legal/{entity.pk}/status/", {"status": "active", "reason": ""}).status_code == 302
    entity.refresh_from_db()
    assert (entity.status, entity.status_on) == ("liquidating", date(2026, 1, 15))


@pytest.mark.parametrize("names", [("Берёза",), ("Берёза", "Кедр", "Осина")])
def test_list_costs_the_same_with_one_and_with_three(
    counted: Any, signed_in: Any, names: tuple[str, ...], django_assert_num_queries: Any
) -> None:
    troubled(*names)
    browser = signed_in(counted.anna)
    browser.get("/statuses/")
    browser = signed_in(counted.marketer)
    browser.get("/statuses/")
    with django_assert_num_queries(STATUSES_QUERIES):
        page = browser.get("/statuses/").content.decode()
    assert page.count("ООО ") == len(names)
