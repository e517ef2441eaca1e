"""The pages of growth zones: who sees them, what they cost, a search from the button to a segment, size and margin."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.decisions.zones.conftest import definitions_home, stored_search, zoned

__all__ = ["definitions_home", "zoned"]

pytestmark = pytest.mark.django_db

PAGE_QUERIES = 11
"""Session, person, the last search, one under way, one that failed since, its findings, the own fields, the publication
(for its day, for its words, for the frame), the last pulse."""

ZONES, PER_HOUR = "/strategy/zones/", "margin_per_hour"


def shown(browser: Any, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


@pytest.mark.parametrize("item_count", [5, 50])
def test_the_page_costs_the_same_with_any_number_of_zones(
    zoned: SimpleNamespace, signed_in: Any, django_assert_num_queries: Any, item_count: int
) -> None:
    stored_search(item_count)
    browser = signed_in(zoned.head)
    shown(browser, ZONES)
    with django_assert_num_queries(PAGE_QUERIES):
        page = shown(browser, ZONES)
    assert page.count("orders_12m не меньше") == item_count


@pytest.mark.django_db(transaction=True)
def test_from_the_button_to_a_segment(zoned: SimpleNamespace, signed_in: Any) -> None:
    from clientarium.decisions.clients import Segment
    from clientarium.decisions.runs import run_now
    from clientarium.decisions.zones import Finding, Search

    browser = signed_in(zoned.head)
    assert "Зоны ещё не искали" in shown(browser, ZONES)
    browser.post("/strategy/zones/start/", {"target": PER_HOUR})
    search = Search.objects.get()
    assert "Ищем зоны роста" in shown(browser, ZONES)
    assert "hx-get" in shown(browser, f"/strategy/zones/state/{search.pk}/")
    run_now(search.run)
    assert browser.get(f"/strategy/zones/state/{search.pk}/")["HX-Refresh"] == "true"
    page = shown(browser, ZONES)
    assert "city — «Пермь»" in page
    assert "Лучше остальных" in page
    finding = Finding.objects.get()
    one = shown(browser, f"/strategy/zones/{finding.pk}/")
    assert "Кого ищем: city — «Пермь»." in one
    browser.post(f"/strategy/zones/{finding.pk}/segment/", {"name": "Пермь кормит"})
    assert Segment.objects.get().owner == zoned.head
    assert "Пермь кормит" in shown(browser, ZONES)


def test_a_base_with_nothing_in_it_says_so(zoned: SimpleNamespace, signed_in: Any) -> None:
    stored_search(0)
    page = shown(signed_in(zoned.owner), ZONES)
    assert "Зоны не найдены" in page
    assert "Зоны ещё не искали" in shown(signed_in(zoned.owner), f"{ZONES}?target=growth")


@pytest.mark.parametrize("who", ["anna", "support"])
def test_who_sees_a_part_of_the_base_sees_no_zones(zoned: SimpleNamespace, signed_in: Any, who: str) -> None:
    search = stored_search(1)
    browser = signed_in(getattr(zoned, who))
    finding = search.findings.get()
    for address in (ZONES, f"{ZONES}{finding.pk}/", f"{ZONES}size/", f"{ZONES}size/clients/"):
        assert browser.get(address).status_code == 403, address
    assert browser.post(f"{ZONES}{finding.pk}/segment/", {"name": "моя"}).status_code == 403


def test_a_zone_that_is_not_there_is_not_found(zoned: SimpleNamespace, signed_in: Any) -> None:
    assert signed_in(zoned.owner).get(f"{ZONES}999999/").status_code == 404


def test_a_marketer_reads_without_a_button(zoned: SimpleNamespace, signed_in: Any) -> None:
    stored_search(1)
    browser = signed_in(zoned.marketer)
    assert "zones/start" not in shown(browser, ZONES)
    assert browser.post("/strategy/zones/start/", {"target": PER_HOUR}).status_code == 403


def test_size_stands_beside_margin(zoned: SimpleNamespace, signed_in: Any) -> None:
    """80 clients are A by revenue, 40 of them A by margin: the other 40 are larger than they pay."""
    browser = signed_in(zoned.owner)
    page = shown(browser, f"{ZONES}size/")
    assert "40 клиентов по обороту крупнее, чем по марже" in page
    listed = shown(browser, f"{ZONES}size/clients/")
    assert listed.count('class="cell-main"') == 10
    assert "Небольшие по обороту, сильные по марже" in listed


def test_before_the_first_pulse_pages_say_what_to_do(definitions_home: Any, cast: Any, signed_in: Any) -> None:
    browser = signed_in(cast.owner)
    assert "Ещё ничего не посчитано" in shown(browser, ZONES)
    assert "Ещё ничего не посчитано" in shown(browser, f"{ZONES}size/")


def test_a_zone_becomes_a_plan_whose_newcomers_are_counted(zoned: SimpleNamespace, signed_in: Any) -> None:
    from clientarium.decisions.reviews import Decision

    finding = stored_search(1).findings.get()
    finding.expression, finding.money = "city = 'Пермь'", 600_000
    finding.save()
    browser, page = signed_in(zoned.head), f"{ZONES}{finding.pk}/"
    assert 'value="6"' in shown(browser, page)  # a tenth of sixty
    sent = {"zone": str(finding.pk), "wanted": "4", "back": f"zone{finding.pk}"}
    dialog = browser.get("/reviews/decisions/new/", sent).content.decode()
    assert "Привлечь новых клиентов вроде этих: city — «Пермь»." in dialog
    assert 'value="40000"' in dialog  # four clients at 10 000 a year
    typed = sent | {"text": "Привлечь", "owner": str(zoned.head.pk), "due_on": "2030-01-01", "expected": "40000"}
    for wanted in ("100001", "9999999", "0", "дюжина"):
        refused = browser.post("/reviews/decisions/new/", typed | {"wanted": wanted})
        assert (refused.status_code, "от 1 до 100000" in refused.content.decode()) == (422, True), wanted
    assert browser.post("/reviews/decisions/new/", typed)["Location"] == page
    decision = Decision.objects.get()
    assert (decision.zone, decision.wanted, decision.clients.count()) == (finding, 4, 0)
    Decision.objects.update(decided_on="2026-03-02")
    assert "пришли 3 из 4; их маржа за 12 месяцев" in shown(browser, page)
    assert "пришли 3 из 4" in shown(browser, "/reviews/mine/")


def test_a_zone_below_is_a_plan_about_its_own_clients(zoned: SimpleNamespace, signed_in: Any) -> None:
    from clientarium.decisions.reviews import Decision

    finding = stored_search(2).findings.get(place=2)
    finding.expression, finding.worth = "city = 'Уфа'", -300
    finding.save()
    browser, page = signed_in(zoned.head), f"{ZONES}{finding.pk}/"
    assert "/strategy/releases/new/?where=city" in shown(browser, page)
    sent = {"zone": str(finding.pk), "back": f"zone{finding.pk}"}
    dialog = browser.get("/reviews/decisions/new/", sent).content.decode()
    assert "Довести до уровня остальных: city — «Уфа»" in dialog
    assert 'value="300"' in dialog
    browser.post(
        "/reviews/decisions/new/", sent | {"text": "Цены", "owner": str(zoned.head.pk), "due_on": "2030-01-01"}
    )
    decision = Decision.objects.get()
    assert (decision.wanted, decision.clients.count()) == (None, 60)
    assert set(decision.clients.values_list("city", flat=True)) == {"Уфа"}


def test_a_marketer_sees_a_zone_without_plans(zoned: SimpleNamespace, signed_in: Any) -> None:
    finding = stored_search(1).findings.get()
    browser = signed_in(zoned.marketer)
    assert "zone-wanted" not in shown(browser, f"{ZONES}{finding.pk}/")
    assert browser.get("/reviews/decisions/new/", {"zone": str(finding.pk)}).status_code == 403
