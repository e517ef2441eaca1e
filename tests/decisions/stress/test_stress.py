"""The stress test over a published base: whom it takes away, what is missing, who steps in, who may ask."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import UserError
from clientarium.core.strategy import LotteryVerdict, RoomSource
from tests.core.readings.years import year
from tests.decisions.stress.published import QUARTER_AGO, publish, three

pytestmark = pytest.mark.django_db


def test_the_largest_is_the_hole(base):
    from clientarium.decisions.stress import hole_of, read_removal

    found = hole_of(read_removal(top=1), by=base.owner)
    assert [client for _one, client in found.named] == [base.birch]
    assert (found.hole.clients, found.share, found.is_everybody) == (1, pytest.approx(0.6), False)
    assert sum(one.margin for _month, one in found.months) == pytest.approx(600)
    assert found.year.low < 600 < found.year.high
    assert len(found.months) == 12


def test_whoever_could_bring_more_takes_his_place(base):
    """Cedar has no room; Dill took 400 the year before: half of 300 in twelve months is 12.50 a month."""
    from clientarium.decisions.stress import read_removal, successors_of

    found = successors_of(read_removal(top=1), by=base.head)
    assert [(one.client, one.source, one.could) for one in found.taken] == [(base.dill, RoomSource.BEFORE, 400)]
    assert found.taken[0].successor.adds == pytest.approx(12.5)
    assert (found.is_filled, found.succession.left > 30) == (False, True)
    assert (found.taken[0].begins.first.month, found.taken[0].full.first.month) == (11, 4)


def test_a_declared_potential_counts_at_once(base):
    """2 000 of revenue a month at Cedar's own 20 % is 4 800 a year."""
    from clientarium.decisions.potential import declare
    from clientarium.decisions.stress import read_removal, successors_of

    declare(base.cedar, volume=Decimal(2000), assortment="", by=base.head)
    found = successors_of(read_removal(top=1), by=base.owner)
    assert [(one.client, one.source, one.could) for one in found.taken] == [(base.cedar, RoomSource.DECLARED, 4800)]
    assert found.filled_from.first.month == 12  # half of 4 500 a year is 187.50 a month: its second sixth is enough
    assert [one.client for one in found.spare] == [base.dill]


def test_similar_clients_count_only_where_they_are_known(base):
    """No sales are loaded here: nobody is like anybody, and the answer is the one without them."""
    from clientarium.decisions.stress import read_removal, successors_of

    one = read_removal(top=1)
    with_peers, without = (successors_of(one, by=base.owner, with_peers=asked) for asked in (True, False))
    assert (with_peers.succession, with_peers.with_peers) == (without.succession, True)


def test_whoever_is_stopped_is_no_successor(base):
    from clientarium.decisions.clients import mark_stopped
    from clientarium.decisions.stress import read_removal, successors_of

    mark_stopped(base.dill, stopped=True, reason="не платит", by=base.owner)
    assert successors_of(read_removal(top=1), by=base.owner).taken == ()


def test_a_condition_takes_away_everybody_of_it(base):
    from clientarium.decisions.stress import hole_of, lottery_without, read_removal

    removal = read_removal(where="segment = 'ЖКХ'")
    found = hole_of(removal, by=base.owner)
    assert (found.hole.clients, found.hole.margin) == (2, pytest.approx(400))
    left = lottery_without(removal, by=base.owner)
    assert (left.outlook.clients, left.outlook.half_holders, left.equal_clients) == (1, 1, pytest.approx(1))
    assert left.judged.verdict is LotteryVerdict.LOTTERY


def test_clients_are_named_and_merged_ones_follow(base):
    from clientarium.decisions.clients import merge_clients
    from clientarium.decisions.stress import hole_of, read_removal

    merge_clients(base.dill, into=base.cedar, by=base.owner)
    found = hole_of(read_removal(clients=[base.dill.pk]), by=base.owner)
    assert (found.hole.clients, found.hole.margin) == (1, pytest.approx(400))
    assert [client for _one, client in found.named] == [base.cedar]


def test_a_hole_as_large_as_the_base_is_said(base):
    from clientarium.decisions.stress import hole_of, lottery_without, read_removal, successors_of

    for removal in (read_removal(top=50), read_removal(where="segment is not null")):
        found = hole_of(removal, by=base.owner)
        assert (found.hole.clients, found.share, found.is_everybody) == (3, pytest.approx(1), True)
        filled = successors_of(removal, by=base.owner)
        assert (filled.taken, filled.is_filled) == ((), False)
        assert lottery_without(removal, by=base.owner).is_without_forecast


def test_nobody_fits_the_condition(base):
    from clientarium.decisions.stress import hole_of, read_removal

    found = hole_of(read_removal(where="segment = 'нет такого'"), by=base.owner)
    assert (found.hole.clients, found.year.margin, found.named, found.freed_hours) == (0, 0, (), 0)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"top": "0"},
        {"top": 1001},
        {"top": "много"},
        {"top": 1, "where": "margin_12m > 0"},
        {"clients": ["x"]},
        {"clients": [1] * 999},
    ],
)
def test_what_cannot_be_meant_is_refused(asked):
    from clientarium.decisions.stress import read_removal

    with pytest.raises(UserError):
        read_removal(**asked)


def test_an_unknown_word_is_refused(base):
    from clientarium.decisions.stress import hole_of, read_removal

    with pytest.raises(UserError):
        hole_of(read_removal(where="margn_12m > 5"), by=base.owner)


def test_one_client_is_a_lottery(home, cast, settings):
    from clientarium.decisions.stress import lottery_of

    publish(settings, [year(cast.birch.pk, 1000)])
    found = lottery_of(by=cast.owner)
    assert (found.judged.verdict, found.judged.by_holders, found.equal_clients) == (LotteryVerdict.LOTTERY, True, 1)
    assert (found.leaves, found.leaves_is_measured) == (0.1, False)


def test_a_hundred_equal_clients_are_none(home, cast, settings):
    """The published state knows the clients; the snapshot alone is asked for the verdict."""
    from clientarium.decisions.stress import lottery_of

    rows = [year(number, 1000) for number in range(1, 101)]
    for row in rows[:5]:
        row["orders_12m"] = 0
    publish(settings, rows, is_current=True)
    found = lottery_of(by=cast.owner)
    assert (found.judged.verdict, found.outlook.half_holders) == (LotteryVerdict.STEADY, 50)
    assert found.equal_clients == pytest.approx(100)
    assert (found.leaves, found.leaves_is_measured) == (0.05, True)


def test_before_the_first_count_there_is_no_answer(home, cast):
    from clientarium.decisions.stress import (
        hole_of,
        largest_of,
        lottery_history,
        lottery_of,
        lottery_without,
        read_removal,
        slices_of,
        successors_of,
    )

    one = read_removal(top=1)
    assert lottery_of(by=cast.owner) is lottery_without(one, by=cast.owner) is hole_of(one, by=cast.owner) is None
    assert successors_of(one, by=cast.owner) is None
    assert (lottery_history(by=cast.owner), slices_of(by=cast.owner), largest_of(by=cast.owner)) == ([], {}, [])


def test_quarters_are_compared(base, settings):
    from clientarium.decisions.stress import lottery_history

    publish(settings, [year(base.birch.pk, 100), year(base.cedar.pk, 100)], as_of=QUARTER_AGO, is_current=False)
    found = lottery_history(by=base.owner)
    assert [(one.as_of.month, round(one.equal_clients, 1)) for one in found] == [(7, 2.0), (10, 2.2)]


def test_slices_name_what_a_whole_industry_brings(base):
    from clientarium.decisions.stress import slices_of

    found = slices_of(by=base.owner)
    assert [(one.slice.value, one.slice.clients, one.share) for one in found["segment"]] == [
        ("Агро", 1, pytest.approx(0.6)),
        ("ЖКХ", 2, pytest.approx(0.4)),
    ]
    assert found["segment"][0].condition == "segment = 'Агро'"
    assert [one.slice.value for one in found["seller"]] == ["Анна", "Борис"]


def test_an_own_field_is_cut_by_too(base):
    from clientarium.decisions.clients import Client, FieldType, define_field
    from clientarium.decisions.stress import hole_of, read_removal, slices_of

    field = define_field(
        slug="branch",
        title_ru="Отрасль",
        title_en="",
        type=FieldType.CHOICE,
        choices=["стройка", "торговля"],
        by=base.owner,
    )
    for client, value in ((base.birch, "стройка"), (base.cedar, "торговля"), (base.dill, "торговля")):
        Client.objects.filter(pk=client.pk).update(fields={"branch": value})
    rows = slices_of(by=base.owner)[field.word]
    assert [(one.slice.value, one.slice.clients, one.share) for one in rows] == [
        ("стройка", 1, pytest.approx(0.6)),
        ("торговля", 2, pytest.approx(0.4)),
    ]
    assert rows[0].title("en") == "Отрасль"
    assert hole_of(read_removal(where=rows[1].condition), by=base.owner).hole.clients == 2


def test_only_owner_and_head_ask(base):
    from clientarium.decisions.stress import hole_of, lottery_of, read_removal, successors_of

    for user in (base.anna, base.marketer, base.support, base.administrator, base.nobody):
        for ask in (
            lottery_of,
            lambda *, by: hole_of(read_removal(top=1), by=by),
            lambda *, by: successors_of(read_removal(top=1), by=by),
        ):
            with pytest.raises(PermissionDenied):
                ask(by=user)


def test_costs_unknown_and_nobody_expected(home, cast, settings):
    from clientarium.decisions.stress import lottery_of

    rows = three(cast)
    for row in rows:
        for name in [name for name in row if "margin" in name]:
            row[name] = None
    publish(settings, rows)
    found = lottery_of(by=cast.owner)
    assert (found.outlook.measure, found.outlook.assumed) == ("revenue", 3)
    assert found.chance.expected == pytest.approx(1000)  # the policy's 0.2 of revenue
