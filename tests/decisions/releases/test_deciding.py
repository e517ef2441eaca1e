"""Deciding a step: what is kept, who may, what is refused, and what happens to it afterwards."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import UserError
from tests.decisions.releases.conftest import GROUP, STARTS, decided, publish, state

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    from clientarium.decisions.journal import Entry

    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def test_the_ladder_of_a_group_in_figures(few: Any) -> None:
    """Three of five clients: 7 200 of 26 400, ten hours each; an hour of growth brings 960."""
    from clientarium.core.strategy import Rung
    from clientarium.decisions.releases import ladder_of

    found = ladder_of(GROUP, by=few.owner)
    assert (found.group.own.clients, found.group.own.money) == (3, Decimal(7200))
    assert found.group.load_share == pytest.approx(0.6)
    assert found.group.money_share == pytest.approx(7200 / 26_400)
    assert found.group.growth_an_hour == Decimal(960)
    stop = found.outcomes[Rung.STOP]
    assert (stop.change, stop.hours_freed, stop.earned) == (Decimal(-7200), pytest.approx(30), Decimal(7200))
    moved = ladder_of(GROUP, by=few.owner, moved={"growth": Decimal(1), "minimum_order": Decimal(2000)})
    assert moved.outcomes[Rung.STOP].earned == Decimal(28_800)
    assert (moved.small.clients, moved.small.orders_kept) == (3, pytest.approx(0.5))


def test_the_smallest_orders_alone_are_touched_by_a_least_order(few: Any) -> None:
    from clientarium.decisions.releases import ladder_of

    found = ladder_of(GROUP, by=few.owner, moved={"minimum_order": Decimal(1000)})
    assert found.small.clients == 0  # their mean order is a thousand exactly


def test_without_costs_the_measure_is_revenue_and_without_growth_nothing_is_promised(few: Any) -> None:
    from clientarium.core.strategy import Rung
    from clientarium.decisions.releases import ladder_of

    publish({client: state("D", 0, margin_12m=None) for client in few.clients})
    found = ladder_of(GROUP, by=few.owner)
    assert (found.group.own.measure, found.group.own.money) == ("revenue", Decimal(60_000))
    assert found.group.growth_an_hour is None
    assert found.outcomes[Rung.STOP].earned is None and found.best is None


def test_groups_that_take_more_than_they_bring_are_offered(few: Any) -> None:
    from clientarium.decisions.releases import offered_groups

    found = {one.where: (one.clients, round(one.load_share, 2)) for one in offered_groups(few.owner)}
    assert found == {
        "grade = 'D'": (3, 0.6),
        "layer = 'tactical'": (3, 0.6),
        "margin_after_service_12m < 0": (3, 0.6),
    }


def test_a_decision_keeps_its_group_and_figures(few: Any) -> None:
    from clientarium.decisions.clients import Client
    from clientarium.decisions.releases import Side, decided_between, kept_figures, open_releases

    release = decided(few, moved={"growth": Decimal("0.5")}, title="Расстаёмся с D")
    publish({client: state("A", 0) for client in few.clients})
    assert set(release.members.filter(side=Side.GROUP).values_list("client", flat=True)) == {
        client.pk for client in few.group
    }
    kept = kept_figures(release)
    assert (kept.change, kept.earned, kept.hours_freed) == (Decimal(-7200), Decimal(14_400), pytest.approx(30))
    assert release.assumptions["growth"] == Decimal("0.5")
    assert not Client.objects.filter(is_stopped=True).exists()
    assert list(open_releases(few.head)) == [release]
    assert list(decided_between(release.decided_on, release.decided_on, by=few.owner)) == [release]
    assert list(open_releases(few.anna)) == list(open_releases(few.marketer)) == []
    assert verbs()[-2:] == ["release_decided", "state_published"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": "  "}, "reason"),
        ({"step": "fire"}, "step"),
        ({"starts_on": date(2001, 1, 1)}, "too far"),
    ],
)
def test_what_cannot_be_decided(few: Any, changes: dict[str, Any], words: str) -> None:
    from clientarium.decisions.releases import Release

    with pytest.raises(UserError, match=words):
        decided(few, **changes)
    assert not Release.objects.exists()


def test_a_dismissed_owner_an_empty_group_and_strangers(few: Any) -> None:
    from clientarium.decisions.releases import decide_release

    few.head.is_active = False
    few.head.save()
    with pytest.raises(UserError, match="does not work here"):
        decided(few)
    asked = {"step": "stop", "owner": few.owner, "starts_on": STARTS, "reason": "да"}
    for where in ("grade = 'B'", "", "grade ="):
        with pytest.raises(UserError):
            decide_release(where, by=few.owner, **asked)
    for person in (few.anna, few.marketer, few.administrator, few.head):
        with pytest.raises(PermissionDenied):
            decide_release(GROUP, by=person, **asked)


def test_before_the_first_count_there_is_no_ladder(home: Any, cast: Any) -> None:
    from clientarium.decisions.releases import ladder_of, offered_groups

    with pytest.raises(UserError, match="not counted"):
        ladder_of(GROUP, by=cast.owner)
    assert offered_groups(cast.owner) == []


def test_it_ends_once_and_can_be_taken_up_again(few: Any) -> None:
    from clientarium.decisions.releases import close_release, decided_between, drop_release, hand_on, reopen_release

    release = decided(few)
    close_release(release, outcome="Маржа не упала", by=few.head)
    for again in (
        lambda: close_release(release, outcome="ещё раз", by=few.head),
        lambda: drop_release(release, reason="ошибка", by=few.head),
        lambda: hand_on(release, owner=few.owner, by=few.head),
    ):
        with pytest.raises(UserError, match="over already"):
            again()
    reopen_release(release, by=few.owner)
    with pytest.raises(UserError, match="in force already"):
        reopen_release(release, by=few.owner)
    with pytest.raises(UserError, match="reason"):
        close_release(release, outcome=" ", by=few.owner)
    hand_on(release, owner=few.owner, by=few.head)
    drop_release(release, reason="не та группа", by=few.owner)
    release.refresh_from_db()
    assert (release.state, release.outcome, release.owner) == ("dropped", "не та группа", few.owner)
    assert list(decided_between(release.decided_on, release.decided_on, by=few.owner)) == []
    assert verbs()[-5:] == [
        "release_decided",
        "release_closed",
        "release_reopened",
        "release_handed_on",
        "release_dropped",
    ]


def test_only_marked_clients_of_the_group_are_stopped_and_come_back(few: Any) -> None:
    from clientarium.decisions.clients import Client
    from clientarium.decisions.releases import stop_clients

    release = decided(few)
    marked = [few.group[0].pk, few.others[0].pk]  # the other is no client of the decision
    assert stop_clients(release, marked, stopped=True, reason="поговорили", by=few.head) == 1
    assert list(Client.objects.filter(is_stopped=True)) == [few.group[0]]
    with pytest.raises(UserError, match="Nobody is marked"):
        stop_clients(release, marked, stopped=True, reason="поговорили", by=few.head)
    assert stop_clients(release, marked, stopped=False, reason="вернулся", by=few.head) == 1
    assert not Client.objects.filter(is_stopped=True).exists()
    mild = decided(few, step="reprice")
    with pytest.raises(UserError, match="Only a decision to stop"):
        stop_clients(mild, marked, stopped=True, reason="поговорили", by=few.head)
    with pytest.raises(PermissionDenied):
        stop_clients(release, marked, stopped=True, reason="сам", by=few.anna)
