"""What an expression gives: in plain Python, and the same in DuckDB."""

import math
from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientarium.core.ground.expressions import evaluate, explain, nodes, parse_condition, parse_expression, to_sql
from tests.core.ground.words import BIRCH, NOBODY, VOCABULARY


@pytest.mark.parametrize(
    ("text", "birch", "nobody"),
    [
        ("margin_12m > 100000 and margin_pct_12m >= 0.3", True, None),
        ("margin_12m > 500000 and city is null", False, None),
        ("margin_12m > 500000 and city is not null", False, False),
        ("margin_12m < 500000 or is_stopped", True, None),
        ("city is null or is_stopped", False, True),
        ("not is_stopped", True, None),
        ("grade in ('A', 'B')", True, None),
        ("grade not in ('A', 'B')", False, None),
        ("orders_12m between 7 and 9", True, None),
        ("orders_12m not between 7 and 9", False, None),
        ("city like 'К_з%'", True, None),
        ("city not like 'к%'", True, None),
        ("city ilike 'к%'", True, None),
        ("margin_12m / 0 > 1", None, None),
        ("margin_12m / revenue_12m = 0.3", True, None),
        ("margin_12m * revenue_12m > 10000000000", True, None),
        ("round(margin_pct_12m * 10) = 3 and round(margin_12m, 1) = 120000", True, None),
        ("-orders_12m + 8 = 1", True, None),
        ("greatest(orders_12m, margin_pct_12m, 3) = 7", True, False),
        ("least(orders_12m, 3) = 3 and coalesce(city, 'нет') = 'Казань'", True, False),
        ("contains(lower(city), 'аза') and starts_with(upper(city), 'КА') and length(city) = 6", True, None),
        ("last_purchase_on >= '2026-03-01'", True, None),
        ("abs(-5 - orders_12m) = 12", True, None),
    ],
)
def test_condition_on_one_client_is_what_the_engine_says(text, birch, nobody):
    tree = parse_condition(text, VOCABULARY)
    assert (evaluate(tree, BIRCH), evaluate(tree, NOBODY)) == (birch, nobody)
    assert (in_duckdb(tree, BIRCH), in_duckdb(tree, NOBODY)) == (birch, nobody)


TYPES = {"money": pa.decimal128(18, 4), "number": pa.float64(), "integer": pa.int64(), "text": pa.string(),
         "date": pa.date32(), "boolean": pa.bool_()}  # fmt: skip


CONNECTION = duckdb.connect()


def in_duckdb(tree, values):
    row = pa.table({name: pa.array([values[name]], TYPES[VOCABULARY[name].type]) for name in VOCABULARY})
    CONNECTION.register("clients", row)
    return CONNECTION.sql(f"SELECT {to_sql(tree, 'clients')} FROM clients").fetchall()[0][0]


NUMBERS = st.sampled_from(["margin_12m", "orders_12m", "margin_pct_12m", "3", "0.5", "0", "-2"])


def arithmetic(parts):
    pair = st.tuples(parts, st.sampled_from(["+", "-", "*", "/"]), parts).map(lambda three: f"({' '.join(three)})")
    return (
        pair
        | parts.map(lambda part: f"abs({part})")
        | st.tuples(parts, parts).map(lambda two: f"coalesce({two[0]}, {two[1]})")
    )


SUMS = st.recursive(NUMBERS, arithmetic, max_leaves=5)
COMPARISONS = st.tuples(SUMS, st.sampled_from(["=", "<>", "<", "<=", ">", ">="]), SUMS).map(" ".join)
SIMPLE = COMPARISONS | st.sampled_from(
    ["is_stopped", "city is null", "grade in ('A', 'B')", "grade not in ('A')", "city ilike '%а'"]
)


def logic(parts):
    pair = st.tuples(parts, st.sampled_from(["and", "or"]), parts).map(lambda three: f"({' '.join(three)})")
    return pair | parts.map(lambda part: f"not ({part})")


CONDITIONS = st.recursive(SIMPLE, logic, max_leaves=5)
CLIENTS = st.fixed_dictionaries(
    {
        "margin_12m": st.none() | st.integers(-9, 9).map(Decimal),
        "revenue_12m": st.none(),
        "margin_pct_12m": st.none() | st.sampled_from([0.0, 0.5, -1.25]),
        "orders_12m": st.none() | st.integers(0, 3),
        "last_purchase_on": st.none(),
        "grade": st.sampled_from([None, "A", "C"]),
        "city": st.sampled_from([None, "Москва", "Сочи"]),
        "is_stopped": st.sampled_from([None, True, False]),
    }
)


@settings(max_examples=100, deadline=None)
@given(CONDITIONS, CLIENTS)
def test_any_condition_is_true_in_python_where_it_is_true_in_duckdb(text, client):
    tree = parse_condition(text, VOCABULARY)
    assert evaluate(tree, client) == in_duckdb(tree, client)


@settings(max_examples=60, deadline=None)
@given(SUMS, CLIENTS)
def test_any_sum_is_the_same_in_python_and_in_duckdb(text, client):
    tree = parse_expression(text, VOCABULARY)
    ours, theirs = evaluate(tree, client), in_duckdb(tree, client)
    assert (ours is None) == (theirs is None)
    assert ours is None or math.isclose(float(ours), float(theirs), rel_tol=1e-12, abs_tol=1e-9)


def test_explanation_holds_every_part_with_the_values_it_met():
    tree = parse_condition("margin_12m > 100000 and not (grade = 'A' or city is null)", VOCABULARY)
    found = explain(tree, BIRCH)
    assert (found.text, found.truth) == ("margin_12m > 100000 and not (grade = 'A' or city is null)", True)
    first, second = found.parts
    assert (first.text, first.values, first.truth) == (
        "margin_12m > 100000",
        (("margin_12m", BIRCH["margin_12m"]),),
        True,
    )
    either = second.parts[0]
    assert [(part.text, part.truth) for part in either.parts] == [("grade = 'A'", False), ("city is null", False)]


def test_names_in_a_tree():
    tree = parse_condition("margin_12m > 1 and coalesce(city, grade) = 'A' and is_stopped", VOCABULARY)
    assert nodes.names_in(tree) == {"margin_12m", "city", "grade", "is_stopped"}
