"""Win-back on the screen: whose, at what cost, what the form refuses, who may do what."""

from decimal import Decimal
from typing import Any

import pytest

from tests.decisions.winback.conftest import home, lost, many_lost

__all__ = ["home", "lost"]

WEEK_QUERIES = 17
"""Session, person, the publication, the week, the reading, the cases and what was said of their
clients, how many were filled in, four counts by month, and the frame's own."""

LOST_QUERIES = 9
REPORT_QUERIES = 13


@pytest.mark.parametrize("number", [4, 19])
def test_week_costs_the_same_with_five_and_with_twenty(
    lost: Any, signed_in: Any, number: int, django_assert_num_queries: Any
) -> None:
    many_lost(number, holder=lost.anna_sells)
    browser = signed_in(lost.anna)
    assert browser.get("/winback/").status_code == 200  # the week is given out
    with django_assert_num_queries(WEEK_QUERIES):
        page = browser.get("/winback/").content.decode()
    assert ("Берёза" in page, "canary" in page) == (True, False)


@pytest.mark.parametrize("number", [5, 50])
def test_list_of_the_lost_costs_the_same_with_five_and_with_fifty(
    lost: Any, signed_in: Any, number: int, django_assert_num_queries: Any
) -> None:
    many_lost(number, holder=lost.boris_sells)
    browser = signed_in(lost.head)
    with django_assert_num_queries(LOST_QUERIES):
        assert "canary-cedar" in browser.get("/winback/lost/").content.decode()
    with django_assert_num_queries(REPORT_QUERIES):
        assert browser.get("/winback/report/").status_code == 200


def test_results_name_everybody_to_the_head_alone(lost: Any, signed_in: Any) -> None:
    assert signed_in(lost.head).get("/winback/").url == "/winback/results/"
    page = signed_in(lost.head).get("/winback/results/").content.decode()
    assert all(name in page for name in ("Анна", "Борис"))
    assert signed_in(lost.anna).get("/winback/results/").status_code == 403


def test_foreign_client_and_foreign_week_are_not_there(lost: Any, signed_in: Any) -> None:
    browser = signed_in(lost.anna)
    for path in (f"/winback/{lost.cedar.pk}/", f"/winback/{lost.cedar.pk}/known/"):
        assert browser.get(path).status_code == 404
    assert browser.get(f"/winback/sellers/{lost.boris_sells.pk}/").status_code == 404
    for action in ("take", "close", "reopen"):
        assert browser.post(f"/winback/{lost.cedar.pk}/{action}/").status_code == 404
    assert browser.post(f"/winback/{lost.cedar.pk}/", {"alive": "yes"}).status_code == 404
    for path in ("/winback/", "/winback/lost/", "/winback/report/"):
        assert "canary" not in browser.get(path).content.decode()


def test_form_is_filled_in_and_comes_back_to_the_week(lost: Any, signed_in: Any) -> None:
    from clientarium.decisions.potential import declared_of
    from clientarium.decisions.winback import Case, Reason

    browser = signed_in(lost.anna)
    browser.get("/winback/")
    reason = Reason.objects.get(title_ru="Цена")
    answers = {
        "alive": "yes",
        "reason": reason.pk,
        "volume_month": "50 000,50",
        "next_step": "КП",
        "next_on": "2026-04-06",
    }
    sent = browser.post(f"/winback/{lost.birch.pk}/", answers)
    assert (sent.status_code, sent.url) == (302, "/winback/")
    case = Case.objects.get(client=lost.birch)
    assert (case.progress, case.reason) == ("worked", reason)
    assert declared_of([lost.birch.pk])[lost.birch.pk].volume_month == Decimal("50000.50")
    assert "Цена" in browser.get("/winback/report/").content.decode()


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"volume_month": "много"}, "Напишите число"),
        ({"next_on": "2020-01-01"}, "уже прошла"),
        ({"next_on": "31.02.2026"}, "Введите правильную дату"),
    ],
)
def test_form_says_what_is_wrong_and_keeps_what_was_written(
    lost: Any, signed_in: Any, answers: dict[str, str], words: str
) -> None:
    browser = signed_in(lost.anna)
    browser.get("/winback/")
    sent = browser.post(f"/winback/{lost.birch.pk}/", {"conditions": "отсрочка", **answers})
    page = sent.content.decode()
    assert (sent.status_code, words in page, "отсрочка" in page) == (422, True, True)


def test_lost_with_a_bad_review_stand_apart(lost: Any, signed_in: Any) -> None:
    type(lost.birch).objects.filter(pk=lost.birch.pk).update(has_bad_review=True)
    assert "Берёза" not in signed_in(lost.anna).get("/winback/").content.decode()
    apart = signed_in(lost.head).get("/winback/lost/?group=review").content.decode()
    assert ("Берёза" in apart, "canary" in apart) == (True, False)


def test_client_is_taken_closed_with_a_reason_and_taken_up_again(lost: Any, signed_in: Any) -> None:
    from clientarium.decisions.winback import Case

    browser = signed_in(lost.head)
    browser.post(f"/winback/{lost.cedar.pk}/take/")
    browser.post(f"/winback/{lost.cedar.pk}/close/", {"closing": "no_way", "note": ""})
    assert Case.objects.get(client=lost.cedar).closed_on is None  # not without a reason
    browser.post(f"/winback/{lost.cedar.pk}/close/", {"closing": "no_way", "note": "судимся"})
    assert Case.objects.get(client=lost.cedar).closing == "no_way"
    assert "судимся" in browser.get(f"/winback/{lost.cedar.pk}/").content.decode()
    browser.post(f"/winback/{lost.cedar.pk}/reopen/")
    assert Case.objects.get(client=lost.cedar).closed_on is None


def test_support_reads_the_report_without_money(lost: Any, signed_in: Any) -> None:
    from clientarium.decisions.winback import Case, Reason, take_client

    take_client(lost.birch, by=lost.anna)
    Case.objects.update(reason=Reason.objects.get(title_ru="Цена"))
    page = signed_in(lost.support).get("/winback/report/").content.decode()
    assert ("Цена" in page, "120" in page) == (True, False)
    assert "120" in signed_in(lost.marketer).get("/winback/report/").content.decode()


def test_reasons_are_the_firms_own(lost: Any, signed_in: Any) -> None:
    from clientarium.decisions.winback import Reason

    browser = signed_in(lost.head)
    assert browser.post("/winback/reasons/new/", {"title_ru": "Цена"}).status_code == 422
    assert browser.post("/winback/reasons/new/", {"title_ru": "Далеко возить", "is_ours": "on"}).status_code == 302
    far = Reason.objects.get(title_ru="Далеко возить")
    assert far.is_ours
    browser.post(f"/winback/reasons/{far.pk}/removal/")
    page = browser.get("/winback/reasons/").content.decode()
    assert ("Далеко возить" in page, Reason.objects.get(pk=far.pk).is_removed) == (True, True)


def test_before_the_first_count_the_pages_say_so(lost: Any, signed_in: Any) -> None:
    from clientarium.decisions.clients import StateTable
    from clientarium.decisions.people import User
    from clientarium.decisions.winback import LostClient, LostReading

    StateTable.objects.all().delete()
    LostReading.objects.all().delete()
    LostClient.objects.all().delete()
    for login, path in (("anna", "/winback/"), ("hugo", "/winback/results/"), ("hugo", "/winback/lost/")):
        page = signed_in(User.objects.get(username=login)).get(path)
        assert (page.status_code, "Ещё ничего не посчитано" in page.content.decode()) == (200, True)
