"""The card's block about potential: who sees what of it, and what is written down."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from clientarium.decisions.clients import Client
from clientarium.decisions.potential import Declared

COUNTED_ON = (date(2026, 1, 30),)
BLOCK_QUERIES = 15
"""Session, person, the client twice, the word and its history, the publication, candidates, merges, peers by name."""
SALES = "Дата;Номер;Клиент;Номенклатура;Сумма;Себестоимость;Менеджер\n" + "".join(
    f"09.01.2026;Д-{n};Клиент {n};Болт;{1000 + n},00;600,00;{seller}\n"
    + (f"10.01.2026;Г-{n};Клиент {n};Гайка;500,00;400,00;{seller}\n" if n else "")
    for n, seller in enumerate(["Анна"] * 3 + ["Борис"] * 9)
)


def block(browser: Any, name: str) -> Any:
    client = Client.objects.get(name=name)
    return browser.get(f"/clients/{client.pk}/potential/")


def test_block_counts_foreign_peers_and_names_only_own(counted: Any, signed_in: Any) -> None:
    page = block(signed_in(counted.anna), "Клиент 0").content.decode()
    named = set(re.findall(r'href="/clients/(\d+)/"', page))
    own = Client.objects.filter(name__in=["Клиент 1", "Клиент 2"]).values_list("pk", flat=True)
    assert named == {str(pk) for pk in own}
    assert re.search(r"Гайка.*берут 11 из 11", page, re.DOTALL)
    assert block(signed_in(counted.anna), "Клиент 5").status_code == 404


def test_declared_volume_is_kept_and_hidden_from_support(counted: Any, signed_in: Any) -> None:
    client = Client.objects.get(name="Клиент 0")
    anna = signed_in(counted.anna)
    anna.post(f"/clients/{client.pk}/potential/declare/", {"volume": "77 123,50", "assortment": "болты"})
    said = Declared.objects.get()
    assert (said.client, said.volume_month, said.assortment) == (client, Decimal("77123.50"), "болты")
    seen = {
        who: block(signed_in(getattr(counted, who)), "Клиент 0").content.decode()
        for who in ("anna", "head", "support", "marketer")
    }
    assert {who: bool(re.search(r"77\s123", page)) for who, page in seen.items()} == {
        "anna": True,
        "head": True,
        "support": False,
        "marketer": True,
    }
    assert {who: "болты" in page for who, page in seen.items()} == dict.fromkeys(seen, True)


def test_nonsense_is_refused_in_words(counted: Any, signed_in: Any) -> None:
    client = Client.objects.get(name="Клиент 0")
    anna = signed_in(counted.anna)
    for volume in ("много", "-5", ""):
        answer = anna.post(f"/clients/{client.pk}/potential/declare/", {"volume": volume}, follow=True)
        assert answer.status_code == 200
    foreign = Client.objects.get(name="Клиент 5")
    assert anna.post(f"/clients/{foreign.pk}/potential/declare/", {"volume": "5"}).status_code == 404
    assert not Declared.objects.exists()


def test_block_costs_the_same_for_many_words(counted: Any, signed_in: Any, django_assert_num_queries: Any) -> None:
    client = Client.objects.get(name="Клиент 0")
    browser = signed_in(counted.anna)
    block(browser, "Клиент 0")
    for count in (1, 50):
        Declared.objects.bulk_create(
            Declared(client=client, volume_month=n, on=date(2026, 1, 30), by=counted.anna) for n in range(count)
        )
        with django_assert_num_queries(BLOCK_QUERIES):
            browser.get(f"/clients/{client.pk}/potential/")
