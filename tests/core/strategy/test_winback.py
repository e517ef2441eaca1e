"""The chance to win somebody back, and what it makes of his last year."""

from decimal import Decimal

from clientarium.core.strategy import Silences, chance_after, return_chances, worth_of_return


def test_measured_share_follows_the_rule_of_succession():
    (chance,) = return_chances([Silences(182, silent=40, returned=6, repeated=4)], assumed=0.05)
    assert chance.is_measured
    assert chance.share == 5 / 42
    assert chance.low is not None
    assert chance.low < 4 / 40 < chance.high


def test_none_of_many_is_not_never():
    (chance,) = return_chances([Silences(182, silent=58, returned=3, repeated=0)], assumed=0.05)
    assert chance.share == 1 / 60


def test_too_few_silences_leave_the_assumption_of_the_policy():
    (chance,) = return_chances([Silences(182, silent=29, returned=29, repeated=29)], assumed=0.05)
    assert (chance.share, chance.is_measured, chance.low) == (0.05, False, None)


def test_longer_silence_that_nobody_measured_is_no_better_than_a_shorter_one():
    poor, rich = Silences(182, 98, 1, 0), Silences(182, 98, 60, 49)
    unknown = Silences(365, 3, 3, 3)
    assert [one.share for one in return_chances([unknown, poor], assumed=0.05)] == [0.01, 0.01]
    assert [one.share for one in return_chances([unknown, rich], assumed=0.05)] == [0.5, 0.05]


def test_client_takes_the_longest_mark_he_has_reached():
    chances = return_chances([Silences(182, 98, 60, 49), Silences(365, 98, 20, 9)], assumed=0.05)
    assert [chance_after(days, chances).from_days for days in (100, 182, 364, 365, 2000)] == [182, 182, 182, 365, 365]


def test_worth_is_the_last_year_times_the_chance_and_never_less_than_nothing():
    (chance,) = return_chances([Silences(182, 98, 60, 9)], assumed=0.05)
    assert worth_of_return(Decimal("120000.00"), chance) == Decimal("12000.00")
    assert worth_of_return(Decimal("-500"), chance) == Decimal("0.00")
