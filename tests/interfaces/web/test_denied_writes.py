"""CHECKS.md 21 and 22: what is refused changes nothing, and another's client is not there to be changed."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from clientarium.decisions.clients import Client
from clientarium.decisions.contacts import Talk, record_touch
from clientarium.decisions.journal import Entry
from clientarium.decisions.runs import Import, ReceivedFile, Run
from tests.decisions.runs.company import HEAD
from tests.interfaces.web.crawl import TABLE, everything_stored, nothing_written

pytestmark = pytest.mark.reliability

COUNTED_ON = (date(2026, 1, 30),)
SALES = HEAD + ("15.01.2026;Д-2;Кедр-canary-cedar;500,00;450,00;Борис\n30.01.2026;Д-3;Берёза;2000,00;1000,00;Анна\n")
METHODS = {"owner": ("POST", "PUT", "PATCH", "DELETE")}
"""Nothing of ours takes the other methods: who may do most tries them, everybody tries to post."""

CAST = {
    "owner": "owner", "head": "head", "seller": "anna", "marketer": "marketer", "support": "support",
    "administrator": "administrator",
}  # fmt: skip
SENT = {
    "text": "тайное слово", "reason": "просто так", "value": "+79991234567", "kind": "phone", "person": "Кто-то",
    "stopped": "on", "marked": "on", "category": "grade:A", "name": "x", "where": "orders_12m > 0", "username": "spy",
    "role": "owner", "password1": "a long enough password 7", "password2": "a long enough password 7", "source": "1c",
    "slug": "spy", "title_ru": "Поле", "type": "text", "channel": "call", "outcome": "reached", "minutes": "5",
}  # fmt: skip


def arguments(name: str, counted: Any) -> dict[str, Any]:
    """Real objects wherever there are any: a refusal must not lean on their absence."""
    real = {
        "client_id": cedar().pk,
        "user_id": counted.boris.pk,
        "seller_id": counted.boris_sells.pk,
        "import_id": Import.objects.get().pk,
        "file_id": ReceivedFile.objects.get().pk,
        "run_id": Run.objects.first().pk,
        "entry_id": Entry.objects.first().pk,
    }
    return {key: real.get(key, told) for key, told in TABLE[name].get("arguments", {}).items()}


def cedar() -> Client:
    return Client.objects.get(created_import__isnull=False, name__startswith="Кедр")


def sent(counted: Any) -> dict[str, Any]:
    return SENT | {"client": [cedar().pk], "seller": counted.anna_sells.pk, "to": counted.anna_sells.pk}


@pytest.mark.parametrize("role", sorted(CAST))
def test_what_a_role_is_denied_changes_nothing(counted: Any, signed_in: Any, role: str) -> None:
    browser = signed_in(getattr(counted, CAST[role]))
    before, denied = everything_stored(), 0
    for name, row in TABLE.items():
        for method in METHODS.get(role, ("POST",)):
            is_allowed = row["roles"] in ("everybody", "strangers") or role in row["roles"]
            if is_allowed and method in row["methods"]:
                continue
            if row["roles"] == "strangers" or name == "account_logout":
                continue
            address = reverse(name, kwargs=arguments(name, counted))
            with nothing_written():
                answer = browser.post(address, sent(counted)) if method == "POST" else browser.generic(method, address)
            assert answer.status_code in (403, 405), (name, method, answer.status_code)
            denied += 1
    assert everything_stored() == before
    assert denied > (3 * len(TABLE) - 20 if role == "owner" else len(TABLE) // 3)


def test_strangers_change_nothing(counted: Any, signed_in: Any) -> None:
    browser, before = signed_in(None), everything_stored()
    for name, row in TABLE.items():
        if row["roles"] == "strangers" or "POST" not in row["methods"]:
            continue
        with nothing_written():
            answer = browser.post(reverse(name, kwargs=arguments(name, counted)), sent(counted))
        assert answer.status_code in (302, 401, 403), (name, answer.status_code)
    assert everything_stored() == before


def test_another_sellers_client_is_not_there_by_any_address(counted: Any, signed_in: Any) -> None:
    browser, before, asked = signed_in(counted.anna), everything_stored(), 0
    for name, row in TABLE.items():
        if "client_id" not in row.get("arguments", {}):
            continue
        address = reverse(name, kwargs=arguments(name, counted))
        for method in row["methods"]:
            with nothing_written():
                answer = browser.post(address, sent(counted)) if method == "POST" else browser.get(address)
            assert answer.status_code in (403, 404), (name, method, answer.status_code)
            assert "canary" not in answer.content.decode(), (name, method)
            asked += 1
    assert everything_stored() == before
    assert asked >= 16


def test_another_sellers_talk_and_day_are_not_there(counted: Any, signed_in: Any) -> None:
    talk = Talk(result="no_answer", comment="canary talk")
    touch = record_touch(cedar(), talk, on=COUNTED_ON[0], by=counted.boris)
    browser, before = signed_in(counted.anna), everything_stored()
    answers = [
        browser.post(reverse("undo_touch", args=[touch.pk])),
        browser.get(reverse("day_of_seller", args=[counted.boris_sells.pk])),
        browser.get(reverse("days")),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 403]
    assert [answer for answer in answers if "canary" in answer.content.decode()] == []
    assert everything_stored() == before
