"""«Стресс-тест»: the page and its fragments, what they cost, who may open them, what is said when nothing can be."""

import pytest

from tests.cast import make_client
from tests.core.readings.years import year
from tests.decisions.stress.conftest import base, home
from tests.decisions.stress.published import publish

__all__ = ["base", "home"]

pytestmark = pytest.mark.django_db

FRAGMENTS = ("verdict", "history", "hole", "rest", "successors", "slices", "largest")
FRAGMENT = {"HTTP_HX_REQUEST": "true"}

PAGE_QUERIES = 5
"""Session, person, saved segments, the published snapshot, the last pulse."""

SUCCESSOR_QUERIES = 9
"""Session, person, the snapshot, the last merge, merged cards, what sellers declared, the clients; the publication and
the company's fields for the hours."""


def shown(browser, part="", query=""):
    answer = browser.get(f"/strategy/stress/{part + '/' if part else ''}{query}", **(FRAGMENT if part else {}))
    assert answer.status_code == 200, (part, answer.status_code, answer.content.decode()[-300:])
    return answer.content.decode()


@pytest.mark.parametrize("item_count", [5, 50])
def test_the_page_and_the_successors_cost_the_same_with_any_number_of_clients(
    home, cast, settings, signed_in, django_assert_num_queries, item_count
):
    clients = [make_client(f"Клиент {number}", holder=cast.anna_sells) for number in range(item_count)]
    rows = [year(client.pk, 100, past=100, before=300, grade="B", layer="growth") for client in clients]
    publish(settings, [*rows, year(cast.birch.pk, 10**7)])
    browser = signed_in(cast.owner)
    shown(browser)
    with django_assert_num_queries(PAGE_QUERIES):
        shown(browser)
    shown(browser, "successors", "?top=1")
    with django_assert_num_queries(SUCCESSOR_QUERIES):
        page = shown(browser, "successors", "?top=1")
    assert page.count("Клиент ") == item_count


def test_the_whole_story_is_told(base, signed_in):
    browser = signed_in(base.head)
    page = shown(browser, query="?top=1")
    assert all(f"/strategy/stress/{part}/" in page for part in FRAGMENTS)
    assert "Лотерея" in shown(browser, "verdict")
    hole = shown(browser, "hole", "?top=1")
    assert ("Берёза" in hole, "60" in hole, "Кедр" in hole) == (True, True, False)
    rest = shown(browser, "rest", "?top=1")
    assert "Остаток — лотерея" in rest
    found = shown(browser, "successors", "?top=1")
    assert ("Укроп" in found, "раньше давал больше" in found, "Не закрыть" in found) == (True, True, True)
    assert "segment+%3D+%27%D0%90%D0%B3%D1%80%D0%BE%27" in shown(browser, "slices")
    assert shown(browser, "largest", f"?client={base.cedar.pk}").count("checked") == 1


def test_assumptions_are_moved_for_one_look(base, signed_in):
    browser = signed_in(base.owner)
    usual = browser.get("/strategy/stress/successors/?top=1", **FRAGMENT).context["found"]
    moved = browser.get("/strategy/stress/successors/?top=1&share=100&ramp=1&contacts=0", **FRAGMENT).context["found"]
    assert moved.succession.adds == pytest.approx(2 * usual.succession.adds)
    assert moved.succession.added[0] == pytest.approx(moved.succession.adds)
    assert (moved.succession.contacts, usual.succession.contacts) == (0, 4)
    assert "не как в политике" in shown(browser, "successors", "?top=1&share=100")


@pytest.mark.parametrize(
    "query", ["?where=margn > 5", "?top=много", "?top=1&where=margin_12m > 5", "?share=300", "?client=x"]
)
def test_what_cannot_be_read_is_said_and_nothing_is_counted(base, signed_in, query):
    answer = signed_in(base.owner).get(f"/strategy/stress/{query}")
    page = answer.content.decode()
    assert (answer.status_code, "notice-bad" in page, "stress-hole" in page) == (422, True, False)
    assert signed_in(base.owner).get(f"/strategy/stress/hole/{query}", **FRAGMENT).status_code == 422


def test_nobody_and_everybody_are_said(base, signed_in):
    browser = signed_in(base.owner)
    assert "не подходит никто" in shown(browser, "hole", "?where=segment = 'нет'")
    assert "Дыры нет" in shown(browser, "successors", "?where=segment = 'нет'")
    assert "закрывать её некому" in shown(browser, "hole", "?top=10")
    assert "Не останется ничего" in shown(browser, "rest", "?top=10")
    assert "никого не видно" in shown(browser, "successors", "?top=10")


def test_an_empty_home_says_what_to_do(home, cast, signed_in):
    browser = signed_in(cast.owner)
    assert "Проверять пока нечего" in shown(browser)
    for part in FRAGMENTS:
        assert "прогноза нет" in shown(browser, part) or part in ("history", "slices")


def test_nobody_else_sees_it(base, signed_in):
    for user in (base.anna, base.marketer, base.support, base.administrator):
        for part in ("", *FRAGMENTS):
            answer = signed_in(user).get(f"/strategy/stress/{part + '/' if part else ''}?top=1")
            assert (answer.status_code, "canary" in answer.content.decode()) == (403, False)
