"""«Качество» on the screen: who sees what, mending in place, many at once with a way back."""

from decimal import Decimal

import pytest

from tests.decisions.quality.conftest import base, publish

__all__ = ["base"]

pytestmark = pytest.mark.django_db

PAGE_QUERIES = 14
"""Session, person, the publication for the words and for the states, the company's fields, whether costs are known, the
page of the work list (what is near, what is read), sellers to hand over to, the base by seller, those sellers, the
trend, and the snapshot and the last pulse for the frame."""


def shown(browser, address="/quality/"):
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_page_costs_the_same_with_one_card_and_with_three(base, signed_in, django_assert_num_queries, item_count):
    from clientarium.decisions.clients import Client

    Client.objects.exclude(pk__in=[base.cedar.pk, base.birch.pk, base.dill.pk][:item_count]).update(is_stopped=True)
    Client.objects.filter(pk=base.birch.pk).update(city=None)
    publish({base.birch: 1000, base.cedar: 5000})
    browser = signed_in(base.owner)
    shown(browser)
    with django_assert_num_queries(PAGE_QUERIES):
        page = shown(browser)
    assert page.count('id="score-') == item_count


def test_the_dearest_stand_first_with_what_is_wrong(base, signed_in):
    page = shown(signed_in(base.head))
    assert page.index(base.cedar.name) < page.index(base.dill.name)
    assert f'id="score-{base.birch.pk}"' not in page  # nothing to mend
    assert page.count("?kind=inn_wrong#work") == 1


def test_a_kind_and_a_seller_narrow_the_list(base, signed_in):
    browser = signed_in(base.head)
    assert base.dill.name not in shown(browser, "/quality/?kind=inn_wrong")
    assert base.cedar.name not in shown(browser, "/quality/?seller_of=none")
    assert browser.get("/quality/?kind=nonsense").status_code == 422


def test_the_list_goes_on_where_a_page_ends(base, signed_in, monkeypatch):
    from clientarium.interfaces.web.views import quality

    monkeypatch.setattr(quality, "ROWS_SHOWN", 1)
    browser = signed_in(base.head)
    following = browser.get("/quality/?kind=empty_field").context["next"]
    page = shown(browser, f"/quality/{following}")
    assert f'id="score-{base.dill.pk}"' in page
    assert f'id="score-{base.cedar.pk}"' not in page


def test_a_seller_sees_and_mends_only_his_own(base, signed_in):
    page = shown(signed_in(base.anna))
    assert "canary" not in page
    browser = signed_in(base.anna)
    assert browser.get(f"/quality/clients/{base.cedar.pk}/").status_code == 404
    assert browser.post(f"/quality/clients/{base.cedar.pk}/mend/", {"do": "fields"}).status_code == 404


def test_support_sees_no_money(base, signed_in):
    page = shown(signed_in(base.support))
    assert base.cedar.name in page
    assert "5 000" not in page and "5000" not in page and "at stake</th>" not in page


def test_a_stranger_has_no_list_and_the_page_stands(base, signed_in):
    assert "canary" not in shown(signed_in(base.nobody))


def test_mending_in_place_changes_card_score_and_row(base, signed_in):
    from clientarium.decisions.clients import Client, state_model

    browser = signed_in(base.boris)
    address = f"/quality/clients/{base.cedar.pk}/mend/"
    browser.post(address, {"do": "add", "value": "8 912 345-67-89"})
    browser.post(address, {"do": "add", "value": "c@cedar.ru", "person": "Олег"})
    browser.post(address, {"do": "fields", "field-inn": "7707083893", "was-inn": "7707083894", "field-segment": "опт"})
    wrong = Client.objects.get(pk=base.cedar.pk).contacts.get(value="12345")
    answer = browser.post(address, {"do": "wrong", "contact": wrong.pk}).content.decode()
    assert f'id="score-{base.cedar.pk}" hx-swap-oob="outerHTML" class="num">76<' in answer.replace("\n", "")
    good = Client.objects.get(pk=base.cedar.pk).contacts.get(value="8 912 345-67-89")
    browser.post(address, {"do": "confirm", "contact": good.pk})
    assert state_model()._default_manager.get(pk=base.cedar.pk).data_quality == 96  # the wrong contact stays
    assert Client.objects.get(pk=base.cedar.pk).inn == "7707083893"


def test_what_the_domain_refuses_stands_in_the_drawer(base, signed_in):
    browser = signed_in(base.boris)
    answer = browser.post(f"/quality/clients/{base.cedar.pk}/mend/", {"do": "mark", "mark": "refused", "reason": " "})
    assert answer.status_code == 200
    assert "notice-bad" in answer.content.decode()


def test_a_contact_of_another_client_is_not_there(base, signed_in):
    foreign = base.birch.contacts.first()
    answer = signed_in(base.boris).post(
        f"/quality/clients/{base.cedar.pk}/mend/", {"do": "wrong", "contact": foreign.pk}
    )
    assert answer.status_code == 404


def test_many_at_once_with_preview_and_undo(base, signed_in):
    from clientarium.decisions.clients import Client
    from clientarium.decisions.quality import BulkChange

    browser = signed_in(base.head)
    order = {"client": [base.cedar.pk, base.dill.pk], "action": "set_field", "word": "segment", "value": "опт"}
    answer = browser.post("/quality/preview/", order)
    assert answer.status_code == 200
    assert not Client.objects.filter(segment="опт").exists()
    assert browser.post("/quality/do/", {**order, "token": "stale"}).status_code == 409
    token = answer.context["found"].token
    assert browser.post("/quality/do/", {**order, "token": token}).status_code == 302
    assert Client.objects.filter(segment="опт").count() == 2
    change = BulkChange.objects.get()
    assert shown(browser, "/quality/changes/").count(f"/quality/changes/{change.pk}/undo/") == 1
    browser.post(f"/quality/changes/{change.pk}/undo/")
    assert not Client.objects.filter(segment="опт").exists()
    assert signed_in(base.nobody).post(f"/quality/changes/{change.pk}/undo/").status_code == 404


def test_the_whole_list_can_be_chosen(base, signed_in):
    browser = signed_in(base.head)
    answer = browser.post("/quality/preview/", {"all": "1", "kind": "", "action": "mark", "mark": "unreachable"})
    assert sorted(answer.context["chosen"]) == [base.cedar.pk, base.dill.pk]


def test_a_seller_cannot_reach_foreign_clients_through_the_preview(base, signed_in):
    order = {"client": [base.cedar.pk], "action": "set_field", "word": "city", "value": "Тверь"}
    assert "canary" not in signed_in(base.anna).post("/quality/preview/", order).content.decode()
    stop = signed_in(base.anna).post("/quality/preview/", {"client": [base.birch.pk], "action": "stop"})
    assert stop.status_code == 403


def test_before_the_first_check_the_page_says_so(cast, signed_in):
    assert "empty-state" in shown(signed_in(cast.owner))


def test_trend_chart_holds_a_line_by_clients_and_one_by_money():
    from datetime import date

    from clientarium.decisions.quality import QualityPoint
    from clientarium.interfaces.web.quality_page import trend_chart

    points = [
        QualityPoint(as_of=date(2026, 2, 28), clients=4, score_sum=200, money=Decimal(10), score_money=Decimal(700)),
        QualityPoint(as_of=date(2026, 3, 31), clients=4, score_sum=250, money=Decimal(10), score_money=Decimal(800)),
    ]
    chart = trend_chart(points)
    assert chart.option["xAxis"]["data"] == ["28.02.2026", "31.03.2026"]
    assert [one["data"] for one in chart.option["series"]] == [[50.0, 62.5], [70.0, 80.0]]
    assert [[cell.value for cell in row] for row in chart.rows] == [
        [date(2026, 2, 28), 4, 50.0, 70.0],
        [date(2026, 3, 31), 4, 62.5, 80.0],
    ]
