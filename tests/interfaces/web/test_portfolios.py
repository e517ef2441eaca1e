"""Portfolios and the keep-wave on the screen: whose, at what cost, what can be done, what came of it."""

from datetime import date
from typing import Any

import pytest

from clientarium.decisions.clients import Client
from clientarium.decisions.journal import Entry
from clientarium.decisions.people import Seller
from clientarium.decisions.waves import Choice, Outcome, SellerChoice, Wave, deals_of, without_deal
from tests.cast import make_client, make_seller
from tests.decisions.runs.company import HEAD

COUNTED_ON = (date(2026, 1, 30),)
TODAY = date(2026, 2, 2)
SALES = HEAD + (
    "09.01.2026;Д-1;Берёза;100000,00;60000,00;Анна\n"
    "20.01.2026;Д-2;Кедр;700,00;300,00;Борис\n"
    "21.01.2026;Д-3;Осина;900,00;300,00;Анна\n"
)
OVERVIEW_QUERIES = 25  # sums over all clients are remembered under the state’s stamp
PORTFOLIO_QUERIES = 37
CHOICE_QUERIES = 26
WAVE_QUERIES = 15
"""The clock, the plan and the definitions ask for the publication each for itself; none of it grows with the rows."""


def bought(name: str) -> Client:
    return Client.objects.get(name=name, created_import__isnull=False)


def text(browser: Any, path: str) -> str:
    answer = browser.get(path, follow=True)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def opened(counted: Any) -> Wave:
    return Wave.objects.create(opened_on=date(2026, 1, 20), closes_on=date(2026, 2, 20), rule="Своих", by=counted.head)


def test_leaders_see_everybody_sellers_themselves(counted: Any, signed_in: Any) -> None:
    page = text(signed_in(counted.head), "/portfolios/")
    assert ("Анна" in page, "Борис" in page, "40" in page) == (True, True, True)
    own = text(signed_in(counted.anna), "/portfolios/")
    assert ("Берёза" in own, "Кедр" in own, "Борис" in own) == (True, False, False)
    for part in ("clients", "history", "terms"):
        path = f"/portfolios/{counted.boris_sells.pk}/?part={part}"
        assert signed_in(counted.anna).get(path).status_code == 404
        assert "canary" not in text(signed_in(counted.anna), f"/portfolios/{counted.anna_sells.pk}/?part={part}")
    assert text(signed_in(counted.nobody), "/portfolios/")


def test_terms_absence_and_dismissal_from_the_page(counted: Any, signed_in: Any) -> None:
    browser, anna = signed_in(counted.head), counted.anna_sells
    place = f"/portfolios/{anna.pk}/"
    browser.post(f"{place}terms/", {"strategy": "deep", "ceiling": "33", "cities": "Тверь, Клин", "reason": "крупные"})
    browser.post(f"{place}absence/", {"first_day": "2026-02-09", "last_day": "2026-02-13", "reason": "отпуск"})
    page = text(browser, f"{place}?part=terms")
    assert ("крупные" in page, "33" in page, "отпуск" in page) == (True, True, True)
    browser.post(f"{place}dismissal/", {"last_day": "2026-02-02", "clients": "free", "reason": "ушла"})
    assert [entry.verb for entry in Entry.objects.order_by("-pk")[:1]] == ["seller_dismissed"]
    assert signed_in(counted.anna).get("/portfolios/").status_code == 302  # to the sign-in page
    assert bought("Берёза").holder is None
    dismissal = Entry.objects.get(verb="seller_dismissed")
    browser.post(f"/portfolios/dismissals/{dismissal.pk}/undo/")
    assert bought("Берёза").holder == anna


@pytest.mark.parametrize(
    ("path", "posted"),
    [
        ("terms/", {"strategy": "keeper", "ceiling": "много", "reason": "?"}),
        ("terms/", {"strategy": "keeper", "hours_month": "x", "reason": "?"}),
        ("absence/", {"first_day": "2026-13-40", "reason": "?"}),
        ("dismissal/", {"last_day": "", "reason": "?"}),
    ],
)
def test_what_was_typed_wrong_is_told(counted: Any, signed_in: Any, path: str, posted: dict[str, str]) -> None:
    browser, before = signed_in(counted.head), Entry.objects.count()
    answer = browser.post(f"/portfolios/{counted.anna_sells.pk}/{path}", posted, follow=True)
    assert (answer.status_code, Entry.objects.count()) == (200, before)


def test_a_new_seller_from_the_page(counted: Any, signed_in: Any) -> None:
    posted = {"name": "Вера Новая", "started_on": "2026-02-02", "strategy": "hunter"}
    answer = signed_in(counted.head).post("/portfolios/new/", posted, follow=True)
    assert "Вера Новая" in answer.content.decode()
    assert Seller.objects.get(name="Вера Новая").started_on == TODAY


@pytest.mark.parametrize("many", [5, 50])
def test_cost_of_the_pages_does_not_grow(
    counted: Any, signed_in: Any, many: int, django_assert_num_queries: Any
) -> None:
    wave = opened(counted)
    for number in range(many):
        make_seller(f"Продавец {number}")
        make_client(f"Сосна {number}", holder=counted.anna_sells)
        make_client(f"Липа {number}", holder=Seller.objects.get(key=f"Продавец {number}"))
    head, anna = signed_in(counted.head), signed_in(counted.anna)
    for browser, path in ((head, "/portfolios/"), (anna, "/waves/")):
        browser.get(path)  # reads definitions and versions once
    with django_assert_num_queries(OVERVIEW_QUERIES):
        head.get("/portfolios/")
    with django_assert_num_queries(PORTFOLIO_QUERIES):
        anna.get(f"/portfolios/{counted.anna_sells.pk}/")
    with django_assert_num_queries(CHOICE_QUERIES):
        anna.get(f"/waves/{wave.pk}/mine/")
    with django_assert_num_queries(WAVE_QUERIES):
        head.get(f"/waves/{wave.pk}/")


def test_a_seller_chooses_and_sees_what_it_means(counted: Any, signed_in: Any) -> None:
    wave, birch, aspen = opened(counted), bought("Берёза"), bought("Осина")
    browser = signed_in(counted.anna)
    page = text(browser, f"/waves/{wave.pk}/")  # comes to his own list
    assert ("Берёза" in page, "Кедр" in page, "Своих" in page) == (True, False, True)
    fragment = {"headers": {"HX-Request": "true"}}
    answer = browser.post(f"/waves/{wave.pk}/mark/", {"client": birch.pk, "keep": birch.pk}, **fragment)
    assert 'id="wave-counter"' in answer.content.decode()
    assert list(Choice.objects.values_list("client", "keeps", "by")) == [(birch.pk, True, counted.anna.pk)]
    browser.post(f"/waves/{wave.pk}/mark/", {"shown": [birch.pk, aspen.pk], "keep": [aspen.pk]})  # without a script
    marks = dict(Choice.objects.values_list("client", "keeps"))
    assert marks == {birch.pk: False, aspen.pk: True}
    browser.post(f"/waves/{wave.pk}/first/", {"count": "1"})
    assert dict(Choice.objects.values_list("client", "keeps"))[birch.pk] is True


def test_nobody_chooses_for_another(counted: Any, signed_in: Any) -> None:
    wave, cedar = opened(counted), bought("Кедр")
    browser = signed_in(counted.anna)
    place, foreign = f"/waves/{wave.pk}/", {"seller": counted.boris_sells.pk, "client": cedar.pk, "keep": cedar.pk}
    assert browser.get(f"{place}mine/?seller={counted.boris_sells.pk}").status_code == 404
    assert browser.post(f"{place}mark/", foreign).status_code == 404
    browser.post(f"{place}mark/", {"client": cedar.pk, "keep": cedar.pk})
    assert not Choice.objects.exists()
    assert "Кедр" not in text(browser, f"{place}mine/")
    for doing in ("close", "approve", "undo", "cancel", "spare", "prolong", "reopen"):
        assert browser.post(f"{place}do/", {"do": doing, "reason": "?"}).status_code == 403


def test_a_wave_from_opening_to_undo_on_the_screen(counted: Any, signed_in: Any) -> None:
    browser = signed_in(counted.head)
    browser.post("/waves/open/", {"closes_on": "2026-02-27", "rule": "Оставьте своих"})
    wave = Wave.objects.get()
    place = f"/waves/{wave.pk}/"
    signed_in(counted.anna).post(f"{place}mark/", {"client": bought("Берёза").pk, "keep": bought("Берёза").pk})
    assert "Анна" in text(browser, place)
    browser.post(f"{place}do/", {"do": "close"})
    aspen = bought("Осина")
    browser.post(f"{place}do/", {"do": "spare", "client": aspen.pk, "reason": "договор"})
    assert "договор" in text(browser, place)
    assert text(signed_in(counted.anna), place)
    browser.post(f"{place}do/", {"do": "approve", "on": "2026-02-02"})
    assert (bought("Кедр").holder, bought("Берёза").holder, aspen.holder) == (
        None,
        counted.anna_sells,
        counted.anna_sells,
    )
    page = text(browser, place)
    assert "02.03.2026" in page or "01.03.2026" in page  # until when a deal has to come
    browser.post(f"{place}do/", {"do": "undo"})
    assert bought("Кедр").holder == counted.boris_sells
    assert browser.post(f"{place}do/", {"do": "dance"}).status_code == 302


def test_the_result_a_month_later(counted: Any, signed_in: Any) -> None:
    """Closed on 20 December: Birch bought on 9 January, Aspen only on 21 January, a day too late."""
    closed = date(2025, 12, 20)
    wave = Wave.objects.create(
        opened_on=date(2025, 12, 1), closes_on=closed, closed_on=closed, state="approved", by=counted.head
    )
    for name in ("Берёза", "Осина"):
        Outcome.objects.create(wave=wave, client=bought(name), seller=counted.anna_sells, fate="kept")
    SellerChoice.objects.create(
        wave=wave, seller=counted.anna_sells, held=2, kept=2, hours=1, norm_low=50, norm_high=60, ceiling=70,
        hours_month=100, plan_margin=500, plan_low=1, plan_high=999,
    )  # fmt: skip
    (found,) = deals_of(wave, by=counted.head, day=TODAY)
    assert (found.seller.name, found.kept, found.deals, found.waiting) == ("Анна", 2, 1, (bought("Осина").pk,))
    assert without_deal(wave, by=counted.head, day=TODAY) == [bought("Осина").pk]
    assert without_deal(wave, by=counted.head, day=date(2026, 1, 20)) == []  # the month is still running
    assert deals_of(wave, by=counted.boris, day=TODAY) == []
    assert "Осина" in text(signed_in(counted.head), f"/waves/{wave.pk}/")
