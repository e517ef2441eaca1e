"""The quick, vectorised readers agree with the slow ones, which are checked by hand."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientarium.core.identity import client_key
from clientarium.core.intake.values import (
    DateReader,
    Problem,
    client_keys,
    empty_to_null,
    parse_numbers,
    read_date,
    read_number,
)

NUMBERS = [
    ("1 234,56", ",", "1234.56"), ("1\u00a0234,56", ",", "1234.56"), ("1\u202f234,56", ",", "1234.56"), ("1.234,56", ",", "1234.56"),
    ("1,234.56", ".", "1234.56"), ("1'234.56", ".", "1234.56"), ("1234", ",", "1234"), ("-5,5", ",", "-5.5"), ("−5,5", ",", "-5.5"),
    ("(12,5)", ",", "-12.5"), ("1.2E+3", ".", "1200"), ("1 200 ₽", ",", "1200"), ("1200 руб.", ",", "1200"), ("15%", ".", "15"),
    ("1,234", ".", "1234"), ("1,234", ",", "1.234"), ("1.234", ",", "1234"), ("1.5", ",", "1.5"), ("1,5", ".", "1.5"),
    ("9.80000019", ".", "9.8"), ("0,00005", ",", "0"), (".5", ".", "0.5"), ("+7", ".", "7"), ("999999999999", ".", "999999999999"),
]  # fmt: skip
NO_NUMBERS = [
    ("много", "Not a number"), ("NaN", "Not a number"), ("inf", "Not a number"), ("1e308", "The number is too large to be true"),
    ("1000000000000", "The number is too large to be true"), ("=1+2", "A formula instead of its result"), ("1,2,3", "Not a number"),
    ("1.2.3", "Not a number"), ("--5", "Not a number"), ("1_000", "Not a number"), ("-", "Not a number"), ("05.03.2025", "Not a number"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "mark", "expected"), NUMBERS)
def test_number(text, mark, expected):
    assert read_number(text, mark) == Decimal(expected)


@pytest.mark.parametrize(("text", "reason"), NO_NUMBERS)
def test_no_number(text, reason):
    found = read_number(text, ",")
    assert isinstance(found, Problem)
    assert found.reason == reason


numberish = st.one_of(
    st.text("0123456789.,- '\u00a0eE+%₽()−x", max_size=14),
    st.decimals(min_value=-(10**13), max_value=10**13, places=4).map(str),
    st.floats().map(repr),
    st.sampled_from([text for text, *_ in NUMBERS] + [text for text, _ in NO_NUMBERS]),
)


@given(st.lists(numberish, max_size=8), st.sampled_from([",", "."]))
def test_columns_of_numbers_agree_with_single_ones(texts, mark):
    numbers, bad = parse_numbers(pa.array(texts, pa.string()), mark)
    single = [read_number(text.strip(), mark) if text.strip() else None for text in texts]
    assert numbers.to_pylist() == [None if isinstance(one, Problem) else one for one in single]
    assert bad.to_pylist() == [isinstance(one, Problem) for one in single]


@pytest.mark.parametrize(
    ("values", "expected", "bad"),
    [
        (
            pa.array([1.25, None, float("nan"), float("inf"), 1e308]),
            [Decimal("1.25"), None, None, None, None],
            [False, False, True, True, True],
        ),
        (pa.array([5, -7, 10**15]), [Decimal(5), Decimal(-7), None], [False, False, True]),
        (pa.array([Decimal("1.23456"), None]), [Decimal("1.2346"), None], [False, False]),
        (pa.array([True]), [None], [True]),
        (pa.array([None, None]), [None, None], [False, False]),
    ],
)
def test_typed_numbers(values, expected, bad):
    numbers, wrong = parse_numbers(values, ".")
    assert (numbers.to_pylist(), wrong.to_pylist()) == (expected, bad)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31.02.2025", "There is no such day in the calendar"), ("00.00.0000", "There is no such day in the calendar"),
        ("01.01.0001", "An empty date of 1C (01.01.0001)"), ("01.01.0001 0:00:00", "An empty date of 1C (01.01.0001)"),
        ("вчера", "Not a date"), ("2025", "Not a date"), ("13.13.2025", "There is no such day in the calendar"),
        ("31.12.9999", "The date is after %(latest)s"), ("01.01.1900", "The date is before %(earliest)s"), ("=TODAY()", "Not a date"),
    ],
)  # fmt: skip
def test_no_date(text, reason):
    reader = DateReader(order="dmy", latest=date(2026, 1, 31))
    days, bad = reader.parse(pa.array([text]))
    assert (days.to_pylist(), bad.to_pylist(), reader.problem(text).reason) == ([None], [True], reason)


dateish = st.one_of(
    st.dates(min_value=date(1960, 1, 1), max_value=date(2030, 1, 1)).flatmap(
        lambda day: st.sampled_from(
            [f"{day:%Y-%m-%d}", f"{day:%d.%m.%Y}", f"{day:%Y-%m-%d} 10:20:30", f"{day:%d/%m/%y}"]
        )
    ),
    st.text("0123456789.-/ :T", max_size=12),
    st.just(""),
)


@given(st.lists(dateish, max_size=8), st.sampled_from(["dmy", "mdy"]))
def test_columns_of_dates_agree_with_single_ones(texts, order):
    first, last = date(1970, 1, 1), date(2026, 1, 31)
    days, bad = DateReader(order=order, latest=last).parse(pa.array(texts, pa.string()))
    single = [read_date(text, order) if text.strip() else None for text in texts]
    kept = [one if isinstance(one, date) and first <= one <= last else None for one in single]
    assert days.to_pylist() == kept
    assert bad.to_pylist() == [one is not None and day is None for one, day in zip(single, kept, strict=True)]


texts = st.one_of(
    st.none(), st.text("аБ1 .0-\u00a0\t\n", max_size=8), st.integers(0, 99999).map(lambda number: f"{number}.0")
)


@given(st.lists(st.tuples(texts, texts), max_size=6))
def test_keys_of_a_column_agree_with_single_ones(pairs):
    code = empty_to_null(pa.array([one for one, _ in pairs], pa.string()))
    name = empty_to_null(pa.array([other for _, other in pairs], pa.string()))
    assert client_keys(code, name).to_pylist() == [client_key(one, other) for one, other in pairs]
