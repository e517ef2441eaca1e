"""The mirror and the outcomes over real files: who may look, what they say, what they cost."""

import json
import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from clientarium.decisions.clients import Client, CustomField
from clientarium.decisions.mirror import KeptSums, Verdict, division_called, read_ahead, strengths_of
from clientarium.decisions.people.models import Seller

COUNTED_ON = HALF_A_YEAR_AGO, TODAY = date(2025, 7, 31), date(2026, 1, 30)
CARDS = [
    "mirror_health",
    "mirror_strengths",
    "mirror_discounts",
    "mirror_repeats",
    "mirror_valued",
    "mirror_resistance",
    "mirror_composition",
    "outcomes_found",
]
QUERIES = {
    "mirror_health": 22,
    "mirror_strengths": 10,
    "mirror_repeats": 12,
    "mirror_valued": 12,
    "mirror_resistance": 23,
    "mirror_composition": 12,
    "outcomes_found": 14,
}
DAYS = ("03.05.2024", "03.05.2025", "05.06.2025")
SALES = "Дата;Номер;Клиент;Номенклатура;Группа товаров;Сумма;Себестоимость;Скидка;Канал;Менеджер\n" + "".join(
    f"{day};Д-{n}-{place};Клиент {n};{goods};{1000 + n},00;{cost},00;{n % 3},00;{channel};{seller}\n"
    for n in range(30)
    for place, day in enumerate(DAYS)
    for goods, cost, channel, seller in [
        ("Болт;Крепёж", 300, "Офис", "Анна") if n % 2 else ("Лист;Прокат", 950, "Сайт", "Борис")
    ]
)


def text(answer: Any) -> str:
    """What stands on the page, without marks and hidden data."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize("card", ["mirror", "outcomes", *CARDS])
def test_only_who_sees_the_whole_base_and_its_money_may_look(counted: Any, signed_in: Any, card: str) -> None:
    people = (counted.owner, counted.head, counted.marketer, counted.anna, counted.support)
    assert [signed_in(one).get(reverse(card)).status_code for one in people] == [200, 200, 200, 403, 403]


def test_goods_of_a_better_margin_are_called_strong(counted: Any) -> None:
    division = division_called("product_group")
    assert division is not None
    found = strengths_of(division)
    assert found is not None
    told = {line.group: (line.bought, round(line.margin_pct or 0, 2), line.verdict) for line in found.lines}
    assert told == {"Крепёж": (15, 0.7, Verdict.STRONG), "Прокат": (15, 0.06, Verdict.WEAK)}
    assert found.whole.retention == 1.0


def test_the_cards_say_it_in_a_sentence(counted: Any, signed_in: Any) -> None:
    browser = signed_in(counted.owner)
    told = {card: text(browser.get(reverse(card), {"by": "product_group"})) for card in CARDS}
    assert "Сильны: Крепёж. Слабы: Прокат." in told["mirror_strengths"]
    assert "Рано судить" not in told["outcomes_found"]
    assert "Половина маржи держится на" in told["outcomes_found"]
    assert "Пока не знаем" in told["mirror_valued"]
    assert "Обращения в сервис не загружены" in told["mirror_resistance"]


def test_a_group_of_goods_opens_to_its_clients(counted: Any, signed_in: Any) -> None:
    browser = signed_in(counted.owner)
    asked = {"by": "product_group", "group": "Крепёж"}
    page = browser.get(reverse("mirror_behind"), asked).content.decode()
    assert len(set(re.findall(r'data-page-url="/clients/(\d+)/"', page))) == 15
    assert [browser.get(reverse("mirror_behind"), {"by": by}).status_code for by in ("", "segment", "x")] == [404] * 3


def test_answers_are_kept_until_the_next_count(counted: Any, django_assert_num_queries: Any) -> None:
    assert read_ahead()
    division = division_called("product_group")
    assert division is not None
    kept = KeptSums.objects.get(question="strengths:product_group", as_of=TODAY)
    with django_assert_num_queries(3):
        assert not read_ahead()
    kept.rows[1][kept.rows[0].index("clients")] += 1_000
    kept.save()
    assert (strengths_of(division) or pytest.fail("nothing")).whole.clients > 1_000
    KeptSums.objects.update(key="older")
    assert (strengths_of(division) or pytest.fail("nothing")).whole.clients == 30


def test_the_question_is_put_on_the_cards_once(counted: Any, signed_in: Any) -> None:
    for one in (counted.marketer, counted.anna):
        assert signed_in(one).post(reverse("mirror_ask")).status_code == 403
    for _again in "ab":
        signed_in(counted.owner).post(reverse("mirror_ask"))
    field = CustomField.objects.get(slug="valued_for")
    assert (field.title_ru, len(field.choices)) == ("За что нас ценит", 8)
    client = Client.objects.get(name="Клиент 1")
    client.fields = {"valued_for": "Цена"}
    client.save()
    page = text(signed_in(counted.owner).get(reverse("mirror_valued")))
    assert "«Цена»" in page
    assert "Ответили: 1; покупателей за год: 30." in page


@pytest.mark.parametrize("card", QUERIES)
def test_a_card_costs_the_same_for_many_clients(
    counted: Any, signed_in: Any, django_assert_max_num_queries: Any, card: str
) -> None:
    browser = signed_in(counted.owner)
    browser.get(reverse(card))
    for count in (5, 50):
        seller = Seller.objects.first()
        Client.objects.bulk_create(Client(name=f"Ещё {count} {n}", holder=seller) for n in range(count))
        with django_assert_max_num_queries(QUERIES[card]):
            browser.get(reverse(card))


def test_the_commands_print_what_the_pages_say(counted: Any, settings: Any) -> None:
    from clientarium.interfaces.cli.mirroring import mirror_document, outcomes_document

    mirror, outcomes = mirror_document("product_group"), outcomes_document()
    assert mirror is not None and outcomes is not None
    assert [group["verdict"] for group in mirror["groups"]] == ["strong", "weak"]
    assert len(mirror["health"]) == 8
    assert (outcomes["began_on"], len(outcomes["figures"])) == (HALF_A_YEAR_AGO, 7)
    assert json.dumps([mirror, outcomes], default=str)
    with pytest.raises(KeyError, match="product_group"):
        mirror_document("nonsense")
