"""ИНН, КПП, ОГРН, ОГРНИП and БИН against their own check digits."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientarium.core.identity import card_doubts, check_bin, check_inn, check_kpp, check_ogrn
from tests.core.identity.dirty_companies import with_inn_checks, with_ogrn_check

# Sberbank, Gazprom, Yandex and the tax service itself: their public requisites.
INN = ["7707083893", "7736050003", "7736207543", "7707329152"]
OGRN = ["1027700132195", "1027700070518", "1027700229193", "1047707030513"]


@pytest.mark.parametrize("text", INN)
def test_inn_of_known_firms(text):
    assert check_inn(text) == text


@pytest.mark.parametrize("text", OGRN)
def test_ogrn_of_known_firms(text):
    assert check_ogrn(text) == text


@given(st.integers(0, 10**9 - 1))
def test_inn_of_a_firm_with_any_one_figure_changed_is_refused(start):
    number = with_inn_checks(f"{start:09d}")
    changed = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert check_inn(number) == (number if start else None)
    assert check_inn(changed) is None


@given(st.integers(10**9, 10**10 - 1))
def test_inn_of_a_person(start):
    assert check_inn(with_inn_checks(str(start))) == with_inn_checks(str(start))


@given(st.integers(1, 99), st.integers(0, 10**7 - 1))
def test_inn_gets_its_leading_zero_back(region, rest):
    number = with_inn_checks(f"{region % 10:02d}{rest:07d}")
    if number.strip("0") and number[1] != "0":
        assert check_inn(number[1:]) == number == check_inn(f"{number[1:]}.0")


@given(st.integers(3 * 10**13, 4 * 10**13 - 1))
def test_ogrnip_of_every_remainder_is_taken(start):
    """python-stdnum 2.2 forgets the last figure of the remainder and refuses three of thirteen."""
    number = with_ogrn_check(str(start))
    assert check_ogrn(number) == number
    assert check_ogrn(number[:-1] + str((int(number[-1]) + 1) % 10)) is None


def test_ogrnip_with_remainder_of_two_figures():
    number = "304500116000221"  # an example of the tax service's: 30450011600022 % 13 = 1
    assert check_ogrn(number) == number
    remainders = {start % 13: f"{start}{start % 13 % 10}" for start in range(30450011600022, 30450011600035)}
    assert [check_ogrn(remainders[rest]) for rest in (10, 11, 12)] == [remainders[rest] for rest in (10, 11, 12)]


def test_other_ogrn_are_refused():
    assert [check_ogrn(text) for text in ("", "102770013219", "1027700132196", "не указан")] == [None] * 4


@pytest.mark.parametrize(
    ("text", "expected"), [("770701001", "770701001"), ("7707AB001", "7707AB001"), ("7707010", None), ("77-07", None)]
)
def test_kpp(text, expected):
    assert check_kpp(text) == expected


def test_kazakh_bin_is_known_where_an_inn_was_expected():
    kaspi, halyk = "971240001315", "940140000385"
    assert [check_bin(kaspi), check_bin(halyk)] == [kaspi, halyk]
    assert [check_inn(kaspi), check_inn(halyk)] == [None, None]
    assert [check_bin(text) for text in ("971240001316", "971340001315", "97124000131")] == [None] * 3


def test_kazakh_bin_by_the_second_row_of_weights():
    assert check_bin("990140000806") == "990140000806"
    assert check_bin("990140000820") is None  # both rows leave 10: such numbers are not given out


def test_a_card_with_right_numbers_leaves_no_doubt():
    clients = pa.table({"client_key": ["1"], "inn": ["7707083893"], "kpp": ["770701001"]})
    assert list(card_doubts(clients)) == []
