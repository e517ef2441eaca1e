"""The ladder of release on the screen: from a group to a decision and to the stop list; who sees what."""

from typing import Any

import pytest

from tests.decisions.releases.conftest import GROUP, decided, divided, few, home, many, publish, state

__all__ = ["few", "home", "many"]

pytestmark = pytest.mark.django_db

NEW = "/strategy/releases/new/"
LADDER = "/strategy/releases/ladder/"


def shown(browser: Any, address: str, status: int = 200, **asked: Any) -> str:
    answer = browser.get(address, asked)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode()).replace("\u202f", " ").replace("\xa0", " ")


def test_a_leader_goes_from_a_group_to_the_stop_list(few: Any, signed_in: Any) -> None:
    from clientarium.decisions.clients import Client
    from clientarium.decisions.releases import Release

    browser = signed_in(few.head)
    assert "What to do?" in shown(browser, "/strategy/releases/groups/") or "Что сделать?" in shown(
        browser, "/strategy/releases/groups/"
    )
    assert "3" in shown(browser, NEW, where=GROUP)
    asked = {"where": GROUP, "step": "stop", "owner": few.head.pk, "starts_on": "2026-04-01", "growth": "50"}
    refused = browser.post("/strategy/releases/decide/", asked)
    assert refused.status_code == 422 and not Release.objects.exists()
    browser.post("/strategy/releases/decide/", asked | {"reason": "Время нужно росту"})
    release = Release.objects.get()
    assert (release.assumptions["growth"], release.owner) == ("0.5", few.head)
    page = shown(browser, f"/strategy/releases/{release.pk}/")
    assert page.count('name="client"') == 3
    assert "too few" in shown(browser, f"/strategy/releases/{release.pk}/effect/").lower() or "рано" in shown(
        browser, f"/strategy/releases/{release.pk}/effect/"
    )
    stop = f"/strategy/releases/{release.pk}/stop/"
    browser.post(stop, {"client": [few.group[0].pk], "stopped": "1", "reason": "поговорили"})
    assert list(Client.objects.filter(is_stopped=True)) == [few.group[0]]
    browser.post(stop, {"client": [few.group[0].pk], "stopped": "0"})
    assert not Client.objects.filter(is_stopped=True).exists()
    for action, sent, state_after in (
        ("hand", {"owner": few.owner.pk}, "open"),
        ("close", {"words": "маржа выросла"}, "closed"),
        ("reopen", {}, "open"),
        ("drop", {"words": "не та группа"}, "dropped"),
    ):
        browser.post(f"/strategy/releases/{release.pk}/{action}/", sent)
        release.refresh_from_db()
        assert release.state == state_after
    assert release.owner == few.owner
    assert browser.post(f"/strategy/releases/{release.pk}/fire/").status_code == 404


def test_assumptions_are_moved_on_the_page(few: Any, signed_in: Any) -> None:
    """A quarter of 960 an hour for thirty hours is 7 200; all of it 28 800."""
    browser = signed_in(few.owner)
    assert "+7,2" in shown(browser, LADDER, where=GROUP) or "+7.2" in shown(browser, LADDER, where=GROUP)
    moved = shown(browser, LADDER, where=GROUP, growth="100")
    assert "+28,8" in moved or "+28.8" in moved
    wrong = shown(browser, LADDER, where=GROUP, growth="много", reprice_leave="120", minimum_order="-1")
    assert wrong.count('aria-invalid="true"') == 3
    assert "+7,2" in wrong or "+7.2" in wrong  # the usual assumption stands


@pytest.mark.parametrize("where", ["grade =", "nosuchword > 1", ""])
def test_a_condition_that_cannot_be_read_is_told_in_words(few: Any, signed_in: Any, where: str) -> None:
    browser = signed_in(few.owner)
    shown(browser, NEW, 422 if where else 200, where=where)
    assert "notice-bad" in shown(browser, LADDER, where=where)


def test_nobody_in_the_group_and_no_base_yet_are_words(home: Any, cast: Any, signed_in: Any) -> None:
    browser = signed_in(cast.owner)
    shown(browser, "/strategy/releases/")
    assert "notice-bad" in shown(browser, LADDER, where=GROUP)
    divided(cast, group=1, others=1)
    assert 'id="ladder"' not in shown(browser, NEW, where="grade = 'B'")
    publish({cast.birch: state("D", 0, margin_12m=None, minutes_12m=0.0, touches_12m=0)})
    assert shown(browser, LADDER, where=GROUP).count("notice-warn") == 3  # no cost, no touches, no growth


def test_only_leaders_see_anything(few: Any, signed_in: Any) -> None:
    release = decided(few)
    addresses = ("/strategy/releases/", NEW, LADDER, f"/strategy/releases/{release.pk}/", "/strategy/releases/groups/")
    for person in (few.anna, few.marketer, few.support, few.administrator):
        for address in addresses:
            answer = signed_in(person).get(address)
            assert answer.status_code == 403 and "D00" not in answer.content.decode()


def test_a_dismissed_owner_is_told(few: Any, signed_in: Any) -> None:
    release = decided(few)
    few.head.is_active = False
    few.head.save()
    assert "notice-warn" in shown(signed_in(few.owner), f"/strategy/releases/{release.pk}/")


LIST_QUERIES = 7
"""Session, person, the published day, releases, segments, and the frame’s two."""


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_costs_the_same_however_many_decisions(
    few: Any, signed_in: Any, django_assert_num_queries: Any, count: int
) -> None:
    for _number in range(count):
        decided(few)
    browser = signed_in(few.owner)
    shown(browser, "/strategy/releases/")
    with django_assert_num_queries(LIST_QUERIES):
        shown(browser, "/strategy/releases/")


RELEASE_QUERIES = 12
"""Session, person, the release, its clients, their states (and which table holds them), the published day twice, how many
are stopped, who may answer for it, and the frame’s two."""


@pytest.mark.parametrize("group", [5, 45])
def test_a_decision_costs_the_same_however_many_clients(
    home: Any, cast: Any, signed_in: Any, django_assert_num_queries: Any, group: int
) -> None:
    release = decided(divided(cast, group=group, others=2))
    browser = signed_in(cast.owner)
    shown(browser, f"/strategy/releases/{release.pk}/")
    with django_assert_num_queries(RELEASE_QUERIES):
        page = shown(browser, f"/strategy/releases/{release.pk}/")
    assert page.count('name="client"') == group


def test_the_picture_says_what_the_table_says(few: Any) -> None:
    from clientarium.decisions.releases import ladder_of
    from clientarium.interfaces.web.releases_page import ladder_chart

    chart = ladder_chart(ladder_of(GROUP, by=few.owner))
    change, earned = (one["data"] for one in chart.option["series"])
    assert change[-1] == -7200 and earned[-1] == 7200
    assert [float(row[1].value) for row in chart.rows] == pytest.approx(change, abs=1)


def test_a_planted_effect_is_said_in_a_sentence(many: Any, signed_in: Any) -> None:
    """Thirty clients lose three hundred each; hours do not change."""
    release = decided(many)
    page = shown(signed_in(many.owner), f"/strategy/releases/{release.pk}/effect/")
    assert "−9 " in page or "−8," in page
    assert "no difference to be seen" in page or "разницы не видно" in page
