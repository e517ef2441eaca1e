"""Lists for a choice by capacity: made, computed, fixed by hand, decided, put away; each with its journal entry."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import UserError
from tests.decisions.capacity.conftest import AS_OF, TABLE

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    from clientarium.decisions.journal import Entry

    return list(Entry.objects.filter(verb__startswith="capacity_").order_by("pk").values_list("verb", flat=True))


def test_the_example_leaves_four_with_reasons_the_loss_and_the_worth_of_one_more_place() -> None:
    from clientarium.decisions.capacity import EXAMPLE_PLACES, Wanted, answer_of, example

    clients = example()
    choice = answer_of(clients, Wanted(EXAMPLE_PLACES))
    assert (len(clients), choice.taken, choice.refused) == (10, (1, 2, 3, 4, 5, 6), (7, 8, 9, 10))
    assert [choice.reasons[key].code for key in choice.refused] == ["penalty", "dominated", "dominated", "dominated"]
    assert (choice.value, choice.lost, choice.worth_of_one_more["places"].money) == (3_370_000, 430_000, 240_000)
    assert choice.by_margin_value == 2_930_000


def test_a_table_becomes_a_list_and_bad_rows_are_told(cast: Any) -> None:
    from clientarium.decisions.capacity import contenders_of, list_of_text, shortlists

    shortlist = list_of_text(TABLE, by=cast.head, title="  Стройка  ")
    assert (shortlist.title, shortlist.source, shortlist.hours) == ("Стройка", "table", ["Монтаж"])
    assert [one.name for one in contenders_of(shortlist)] == ["Мост", "Склад", "Двор"]
    assert [(one["line"], one["column"]) for one in shortlist.set_aside] == [(4, "Маржа")]
    assert list(shortlists(cast.owner)) == [shortlist]
    assert list(shortlists(cast.anna)) == []
    assert verbs() == ["capacity_list_made"]


def test_scenarios_stand_side_by_side_and_a_hand_tells_its_cost(cast: Any) -> None:
    from clientarium.core.strategy import choice_from_json
    from clientarium.decisions.capacity import Wanted, add_scenario, fix_row, list_of_text

    shortlist = list_of_text(TABLE, by=cast.head)
    one, two, hours = (
        add_scenario(shortlist, wanted, by=cast.head)
        for wanted in (Wanted(1), Wanted(2), Wanted(None, {"Монтаж": 100.0}))
    )
    answers = [choice_from_json(scenario.answer) for scenario in (one, two, hours)]
    assert [(answer.taken, answer.value) for answer in answers] == [
        ((1,), 250_000),
        ((1, 2), 450_000),
        ((1, 2), 450_000),
    ]
    fix_row(one, 3, is_taken=True, by=cast.head, reason="обещали")
    one.refresh_from_db()
    answer = choice_from_json(one.answer)
    assert (answer.taken, answer.fixes_cost) == ((3,), 160_000)
    assert (one.fixed["3"]["reason"], one.fixed["3"]["by"]) == ("обещали", str(cast.head))
    fix_row(one, 3, is_taken=None, by=cast.head)
    one.refresh_from_db()
    assert (one.fixed, one.answer["value"]) == ({}, 250_000)
    assert verbs() == ["capacity_list_made", *3 * ["capacity_scenario_added"], *2 * ["capacity_fixed"]]


def test_a_penalty_written_in_later_counts_in_every_scenario(cast: Any) -> None:
    from decimal import Decimal

    from clientarium.decisions.capacity import Wanted, add_scenario, decide, edit_row, list_of_text

    shortlist = list_of_text(TABLE, by=cast.head)
    one, two = (add_scenario(shortlist, Wanted(places), by=cast.head) for places in (1, 2))
    figures = {"margin": Decimal(200_000), "penalty": Decimal(1_000_000), "probability": 0.25}
    edit_row(shortlist, 2, **figures, by=cast.head)
    edit_row(shortlist, 2, **figures, by=cast.head)
    for scenario, taken, value in ((one, [1], 250_000), (two, [1, 3], 340_000)):
        scenario.refresh_from_db()
        assert (scenario.answer["taken"], scenario.answer["value"]) == (taken, value)
    assert verbs()[3:] == ["capacity_row_edited"]
    for wrong in ({"probability": 2.0}, {"penalty": Decimal(-1)}, {"margin": Decimal("nan")}):
        with pytest.raises(UserError):
            edit_row(shortlist, 2, **figures | wrong, by=cast.head)
    decide(one, by=cast.head)
    with pytest.raises(UserError):
        edit_row(shortlist, 1, **figures, by=cast.head)


def test_one_scenario_is_decided_upon_and_the_decision_taken_back(cast: Any) -> None:
    from clientarium.decisions.capacity import Wanted, add_scenario, decide, fix_row, list_of_text, reopen
    from clientarium.decisions.capacity import remove_scenario as remove

    shortlist = list_of_text(TABLE, by=cast.head)
    one, two = (add_scenario(shortlist, Wanted(places), by=cast.head) for places in (1, 2))
    decided = decide(one, by=cast.owner, reason="людей больше нет")
    assert (decided.decided_by, decided.reason) == (cast.owner, "людей больше нет")
    for refused in (
        lambda: decide(two, by=cast.owner),
        lambda: decide(one, by=cast.owner),
        lambda: fix_row(decided, 1, is_taken=False, by=cast.owner),
        lambda: remove(decided, by=cast.owner),
    ):
        with pytest.raises(UserError):
            refused()
    again = reopen(decided, by=cast.owner, reason="нашли бригаду")
    assert (again.decided_at, again.decided_by, again.reason) == (None, None, "")
    reopen(again, by=cast.owner)
    decide(two, by=cast.owner)
    remove(again, by=cast.owner)
    assert verbs()[3:] == ["capacity_decided", "capacity_reopened", "capacity_decided", "capacity_scenario_removed"]


def test_clients_of_the_base_come_with_their_money_and_hours(counted: Any) -> None:
    from clientarium.decisions.capacity import contenders_of, list_of_base

    shortlist = list_of_base("", by=counted.owner)
    assert (shortlist.as_of, shortlist.measure, shortlist.notes[1]["params"]) == (AS_OF, "margin", {"number": 1})
    assert [
        (one.name, one.margin, tuple(one.needs.values()), one.layer, one.grade) for one in contenders_of(shortlist)
    ] == [
        (counted.birch.name, 900.0, (2.0,), "anchor", "A"),
        (counted.cedar.name, 400.0, (10.0,), "growth", "C"),
    ]
    named = list_of_base("grade = 'C'", by=counted.head)
    assert [row.client for row in named.rows.all()] == [counted.cedar]


def test_a_merged_client_is_not_asked_about_twice(counted: Any) -> None:
    from clientarium.decisions.capacity import of_base
    from clientarium.decisions.clients import merge_clients

    merge_clients(counted.cedar, into=counted.birch, by=counted.owner)
    assert set(of_base("", by=counted.owner).client_ids.values()) <= {counted.birch.pk, counted.dill.pk}


def test_what_cannot_be_made_is_said_in_words(counted: Any) -> None:
    from clientarium.decisions.capacity import Wanted, add_scenario, list_of_base, list_of_text

    shortlist = list_of_text(TABLE, by=counted.head)
    for wrong in (
        lambda: list_of_text("Клиент;Маржа\nА;много\n", by=counted.head),
        lambda: list_of_text("Клиент;Маржа\n", by=counted.head),
        lambda: list_of_base("grade = 'B'", by=counted.head),
        lambda: add_scenario(shortlist, Wanted(), by=counted.head),
        lambda: add_scenario(shortlist, Wanted(None, {"Кран": 1.0}), by=counted.head),
    ):
        with pytest.raises(UserError):
            wrong()
    for scenario in range(12):
        add_scenario(shortlist, Wanted(scenario), by=counted.head)
    with pytest.raises(UserError):
        add_scenario(shortlist, Wanted(1), by=counted.head)


def test_an_uncounted_base_is_told_apart(home: Any, cast: Any) -> None:
    from clientarium.decisions.capacity import list_of_base

    with pytest.raises(UserError, match="not counted yet"):
        list_of_base("", by=cast.owner)


def test_the_newest_list_stands_first_with_what_was_decided(cast: Any) -> None:
    from clientarium.decisions.capacity import Wanted, add_scenario, decide, keep_example, list_lines

    first, second = keep_example(by=cast.owner), keep_example(by=cast.owner)
    decided = decide(add_scenario(first, Wanted(6), by=cast.owner), by=cast.owner)
    add_scenario(first, Wanted(7), by=cast.owner)
    assert [
        (line.shortlist, line.contenders, line.scenarios, line.decided) for line in list_lines(cast.head, most=9)
    ] == [(second, 10, 0, None), (first, 10, 2, decided)]


def test_a_list_is_put_away_and_brought_back(cast: Any) -> None:
    from clientarium.decisions.capacity import drop_list, keep_example, restore_list, shortlists

    shortlist = keep_example(by=cast.owner)
    drop_list(shortlist, by=cast.owner)
    assert list(shortlists(cast.owner)) == []
    restore_list(shortlist, by=cast.owner)
    assert list(shortlists(cast.owner)) == [shortlist]
    assert verbs() == ["capacity_list_made", "capacity_list_dropped", "capacity_list_restored"]


def test_only_the_owner_and_the_head_choose(cast: Any) -> None:
    from clientarium.decisions.capacity import Wanted, add_scenario, decide, drop_list, keep_example, list_of_base

    shortlist = keep_example(by=cast.owner)
    scenario = add_scenario(shortlist, Wanted(6), by=cast.owner)
    for user in (cast.anna, cast.marketer, cast.support, cast.administrator, cast.nobody):
        for act in (
            lambda user=user: keep_example(by=user),
            lambda user=user: list_of_base("", by=user),
            lambda user=user: add_scenario(shortlist, Wanted(5), by=user),
            lambda user=user: decide(scenario, by=user),
            lambda user=user: drop_list(shortlist, by=user),
        ):
            with pytest.raises(PermissionDenied):
                act()
