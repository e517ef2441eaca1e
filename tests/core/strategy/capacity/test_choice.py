"""Capacity choice against every subset there is, and the sentences a leader reads."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientarium.core.ground import UserError
from clientarium.core.strategy.capacity import Choice, Contender, Resource, Weights, choose

HANDS = st.sampled_from([None, None, None, None, True, False])


@st.composite
def lists(draw: st.DrawFn) -> tuple[list[Contender], list[Resource], dict[int, bool]]:
    count = draw(st.integers(1, 18))
    names = ["design", "assembly", "van"][: draw(st.integers(0, 3))]
    has_places = draw(st.booleans()) or not names
    coarse = draw(st.booleans())
    money = st.integers(-20, 60).map(lambda n: n * 5_000) if coarse else st.integers(-100_000, 1_000_000)
    hours = st.integers(0, 8).map(lambda n: n * 10) if coarse else st.integers(0, 4_000).map(lambda n: n / 10)
    contenders = [
        Contender(
            key,
            f"c{key}",
            margin=draw(money),
            needs={name: draw(hours) for name in names},
            penalty=draw(st.integers(0, 5)) * 40_000,
            probability=draw(st.integers(0, 4)) / 4,
        )
        for key in range(count)
    ]
    resources = [Resource(name, draw(st.integers(0, 1_500))) for name in names]
    if has_places:
        resources.append(Resource("places", draw(st.integers(0, count + 1)), is_places=True))
    fixed = {key: hand for key in range(count) if (hand := draw(HANDS)) is not None} if draw(st.booleans()) else {}
    return contenders, resources, fixed


def brute_force(contenders: list[Contender], resources: list[Resource], fixed: dict[int, bool]) -> float:
    """The best of all subsets; those taken by hand stand, and of what they need too much of nobody gets any."""
    count = len(contenders)
    subsets = (np.arange(2**count)[:, None] >> np.arange(count)) & 1
    for key, is_taken in fixed.items():
        subsets = subsets[subsets[:, key] == is_taken]
    by_hand = np.array([fixed.get(key) is True for key in range(count)])
    for resource in resources:
        needs = np.array([round(10 * resource.need_of(one)) for one in contenders])
        room = max(round(10 * resource.amount) - needs[by_hand].sum(), 0)
        subsets = subsets[(subsets * ~by_hand) @ needs <= room]
    cents = np.array([round(100 * (one.margin - one.penalty * one.probability)) for one in contenders])
    return float((subsets @ cents).max()) / 100


@settings(max_examples=120, deadline=None)
@given(lists())
def test_choice_equals_the_best_of_all_subsets(case: tuple[list[Contender], list[Resource], dict[int, bool]]) -> None:
    contenders, resources, fixed = case
    choice = choose(contenders, resources=resources, fixed=fixed)
    assert choice.is_proven
    assert choice.value == brute_force(contenders, resources, fixed)
    assert sorted([*choice.taken, *choice.refused]) == list(range(len(contenders)))
    assert set(choice.reasons) == set(range(len(contenders)))
    assert choice.lost >= 0 or not all(choice.values[key] >= 0 for key in choice.taken)
    assert max(choice.greedy_value, choice.by_margin_value) <= choice.value


@settings(max_examples=25, deadline=None)
@given(lists())
def test_worth_of_one_more_equals_the_best_with_one_more(
    case: tuple[list[Contender], list[Resource], dict[int, bool]],
) -> None:
    contenders, resources, fixed = case
    choice = choose(contenders, resources=resources, fixed=fixed)
    for resource in resources:
        larger = Resource(resource.name, resource.amount + 1, is_places=resource.is_places)
        others = [larger if one is resource else one for one in resources]
        more = choice.worth_of_one_more[resource.name]
        assert more.is_exact
        assert more.money == round(brute_force(contenders, others, fixed) - choice.value, 2)


def ten() -> list[Contender]:
    margins = [900, 800, 700, 650, 600, 500, 450, 300, 200, 120]
    return [Contender(number, f"Client {number}", margin=1000 * margin) for number, margin in enumerate(margins, 1)]


def test_ten_clients_with_room_for_six() -> None:
    choice = choose(ten(), resources=[Resource("places", 6, is_places=True)])
    assert choice.taken == (1, 2, 3, 4, 5, 6)
    assert choice.refused == (7, 8, 9, 10)
    assert (choice.value, choice.lost, choice.is_proven) == (4_150_000, 1_070_000, True)
    more = choice.worth_of_one_more["places"]
    assert (more.money, more.is_exact, more.by_extra) == (
        450_000,
        True,
        {1: 450_000, 2: 750_000, 3: 950_000, 4: 1_070_000},
    )
    assert [choice.reasons[key].cost for key in choice.refused] == [50_000, 200_000, 300_000, 380_000]
    assert str(choice.reasons[7].message) == (
        "“Client 6” brings more (500000.0 against 450000.0) and takes up no more."
    )


def test_the_first_addition_that_helps_is_found_among_other_limits() -> None:
    """Six of seven places are taken: the seventh client lacks fifteen hours, and no place."""
    listed = [(900, 90), (620, 60), (480, 40), (430, 70), (390, 30), (240, 20), (150, 25), (60, 45)]
    clients = [
        Contender(key, str(key), margin=1000.0 * margin, needs={"hours": float(need)})
        for key, (margin, need) in enumerate(listed, start=1)
    ]
    choice = choose(clients, resources=[Resource("places", 7, is_places=True), Resource("hours", 320)])
    hours, places = choice.worth_of_one_more["hours"], choice.worth_of_one_more["places"]
    assert (hours.money, hours.first_gain, hours.first_money) == (0, 15, 150_000)
    assert (places.money, places.first_gain, places.first_money) == (0, None, None)


def test_a_penalty_to_be_expected_refuses_a_client_of_large_margin() -> None:
    risky = Contender(11, "Bridge", margin=600_000, penalty=2_000_000, probability=0.4)
    choice = choose([*ten(), risky], resources=[Resource("places", 11, is_places=True)])
    assert choice.refused == (11,)
    assert choice.reasons[11].code == "penalty"


def test_hours_decide_where_places_do_not() -> None:
    large = Contender(1, "Large", margin=500, needs={"hours": 100})
    small = [Contender(key, f"Small {key}", margin=300, needs={"hours": 50}) for key in (2, 3)]
    choice = choose([large, *small], resources=[Resource("hours", 100)])
    assert (choice.taken, choice.value, choice.by_margin_value) == ((2, 3), 600, 500)
    assert (choice.reasons[1].code, choice.reasons[1].cost, choice.reasons[1].others) == ("swap", 100, (2, 3))
    more = choice.worth_of_one_more["hours"]
    assert (more.money, more.first_gain, more.first_money) == (0, 50, 200)


@pytest.mark.parametrize(
    ("places", "taken", "code"), [(0, (), "no_capacity"), (10, tuple(range(1, 11)), None), (99, None, None)]
)
def test_capacity_zero_and_above_all(places: int, taken: tuple[int, ...] | None, code: str | None) -> None:
    choice = choose(ten(), resources=[Resource("places", places, is_places=True)])
    assert choice.taken == (tuple(range(1, 11)) if taken is None else taken)
    if code:
        assert {choice.reasons[key].code for key in choice.refused} == {code}
    else:
        assert choice.lost == 0
        assert {why.code for why in choice.reasons.values()} == {"fits"}
        assert choice.worth_of_one_more["places"].money == 0


def test_losses_are_refused_even_with_room() -> None:
    choice = choose([Contender(1, "Loss", margin=-5), Contender(2, "Nil", margin=0)], resources=[Resource("hours", 9)])
    assert (choice.taken, choice.value, choice.lost) == ((), 0, 0)
    assert [choice.reasons[key].code for key in (1, 2)] == ["loss", "nothing"]


def test_of_equals_the_first_in_the_list_are_taken() -> None:
    alike = [Contender(key, str(key), margin=10, needs={"hours": 3, "van": 1}) for key in range(9)]
    choice = choose(alike, resources=[Resource("hours", 13), Resource("van", 7)])
    assert choice.taken == (0, 1, 2, 3)
    assert {choice.reasons[key].code for key in choice.refused} == {"equal"}


def test_of_equal_margins_the_higher_return_on_cost_is_taken() -> None:
    """A million at a cost of 900 000 ranks below 200 000 at 100 000: 10 % against 50 %, 11.1 % against 100 %."""
    large = Contender(1, "Large", margin=100_000, return_on_cost=100_000 / 900_000)
    small = Contender(2, "Small", margin=100_000, return_on_cost=1.0)
    choice = choose([large, small], resources=[Resource("places", 1, is_places=True)])
    assert (choice.taken, choice.refused) == ((2,), (1,))
    assert choice.reasons[1].code == "equal"
    assert {name: round(share, 3) for name, share in choice.reasons[1].message.params.items() if "share" in name} == {
        "share_other": 1.0,
        "share_own": 0.111,
    }


def test_fixed_by_hand_stands_and_tells_its_cost() -> None:
    choice = choose(ten(), resources=[Resource("places", 6, is_places=True)], fixed={10: True, 1: False})
    assert choice.taken == (2, 3, 4, 5, 6, 10)
    assert choice.fixes_cost == 900_000 - 120_000
    assert choice.reasons[10].cost == 450_000 - 120_000
    assert choice.reasons[1].cost == 900_000 - 500_000


def test_more_fixed_by_hand_than_there_is_room_stays_and_says_so() -> None:
    choice = choose(ten(), resources=[Resource("places", 2, is_places=True)], fixed={8: True, 9: True, 10: True})
    assert choice.taken == (8, 9, 10)
    assert [(use.resource, use.left) for use in choice.over] == [("places", -1)]
    assert choice.reasons[1].code == "hand_took"


def test_hours_of_a_month_are_kept_month_by_month() -> None:
    may, june = date(2026, 5, 1), date(2026, 6, 1)
    both = Contender(1, "Both", margin=100, needs={"hours": 80}, starts=may, ends=date(2026, 6, 20))
    first = Contender(2, "May", margin=70, needs={"hours": 30}, starts=may, ends=may)
    last = Contender(3, "June", margin=60, needs={"hours": 30}, starts=june, ends=june)
    monthly = Resource("hours", 40, is_monthly=True)
    choice = choose([both, first, last], resources=[monthly])
    assert choice.taken == (2, 3)
    assert [(use.month, use.used) for use in choice.uses] == [(may, 30), (june, 30)]
    wider = Resource("hours", 40, is_monthly=True, by_month={may: 70})
    assert choose([both, first, last], resources=[wider]).taken == (1, 2)


def test_a_weight_of_a_layer_moves_the_choice() -> None:
    clients = [Contender(1, "Anchor", margin=90, layer="anchor"), Contender(2, "Once", margin=100, layer="tactical")]
    place = [Resource("places", 1, is_places=True)]
    assert choose(clients, resources=place).taken == (2,)
    assert choose(clients, resources=place, weights=Weights(layers={"anchor": 0.2})).taken == (1,)


def test_a_long_list_is_explained_by_prices() -> None:
    random = np.random.default_rng(7)
    many = [
        Contender(
            key, f"c{key}", margin=float(random.integers(1, 10**6)), needs={"hours": float(random.integers(1, 90))}
        )
        for key in range(300)
    ]
    choice = choose(many, resources=[Resource("hours", 3_000)], time_limit=5)
    assert choice.bound >= choice.value >= choice.greedy_value
    assert not choice.worth_of_one_more["hours"].is_exact
    assert choice.worth_of_one_more["hours"].money > 0
    assert {choice.reasons[key].code for key in choice.refused} <= {"dominated", "equal", "priced", "no_room"}


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: choose([], resources=[Resource("hours", 1)]),
        lambda: choose(ten(), resources=[]),
        lambda: choose(ten(), resources=[Resource("hours", 1), Resource("hours", 2)]),
        lambda: choose(ten(), resources=[Resource("hours", 1)], fixed={77: True}),
        lambda: Contender(1, "x", margin=float("nan")),
        lambda: Contender(1, "x", margin=1, probability=1.5),
        lambda: Contender(1, "x", margin=1, needs={"hours": -1}),
        lambda: Contender(1, "x", margin=1, starts=date(2026, 5, 1), ends=date(2026, 4, 1)),
        lambda: Resource("hours", -1),
    ],
)
def test_what_makes_no_sense_is_said_in_words(wrong: object) -> None:
    with pytest.raises(UserError):
        wrong()  # type: ignore[operator]


def test_a_stopped_search_still_answers() -> None:
    choice: Choice = choose(ten(), resources=[Resource("places", 6, is_places=True)], cancelled=lambda: True)
    assert choice.taken == (1, 2, 3, 4, 5, 6)
    assert not choice.worth_of_one_more["places"].is_exact
