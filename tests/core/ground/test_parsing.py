from datetime import date
from decimal import Decimal

import pytest

from clientarium.core.ground import ExpressionError
from clientarium.core.ground.expressions import nodes, parse_condition, parse_expression, to_text
from tests.core.ground.words import VOCABULARY

MARGIN = nodes.Name("margin_12m", "money")


def test_a_condition_becomes_our_own_tree():
    text = "margin_12m > 100000 and grade in ('A', 'B') and not is_stopped"
    assert parse_condition(text, VOCABULARY) == nodes.And(
        (
            nodes.Comparison(">", MARGIN, nodes.Literal(100000)),
            nodes.In(nodes.Name("grade", "text"), (nodes.Literal("A"), nodes.Literal("B"))),
            nodes.Not(nodes.Name("is_stopped", "boolean")),
        )
    )


def test_the_threshold_is_put_on_the_right():
    assert parse_condition("0.5 <= margin_pct_12m", VOCABULARY) == nodes.Comparison(
        ">=", nodes.Name("margin_pct_12m", "number"), nodes.Literal(Decimal("0.5"))
    )


def test_a_text_beside_a_date_is_a_date():
    expected = nodes.Comparison(">=", nodes.Name("last_purchase_on", "date"), nodes.Literal(date(2026, 1, 31)))
    assert parse_condition("last_purchase_on >= '2026-01-31'", VOCABULARY) == expected
    assert parse_condition("last_purchase_on >= date '2026-01-31'", VOCABULARY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "margin_12m > 100000 or orders_12m between 3 and 5 and city like 'Ка%'",
        "(margin_12m > 100000 or orders_12m = 1) and city not ilike '%а_'",
        "not (margin_12m > 1 or is_stopped)",
        "not (city is null)",
        "city is not null and grade not in ('A')",
        "margin_12m / revenue_12m > -0.1 - (2 - orders_12m) * 3",
        "-(margin_12m + 1) < -5",
        "coalesce(city, 'нет') = 'it''s' and contains(lower(city), 'а') = true",
        "round(abs(margin_12m), 2) >= greatest(orders_12m, 10)",
        "last_purchase_on between date '2026-01-01' and date '2026-02-01'",
        "starts_with(city, 'К') and length(upper(city)) > 3",
        "margin_12m - (revenue_12m - 5) > 0",
        "margin_12m / (revenue_12m / 5) > 0",
    ],
)
def test_canonical_text_reads_back_as_the_same_tree(text):
    tree = parse_condition(text, VOCABULARY)
    assert to_text(tree) == text
    assert parse_condition(to_text(tree), VOCABULARY) == tree


@pytest.mark.parametrize(
    ("text", "position", "word", "nearest"),
    [
        ("orders_12m > 1 and marjin_12m > 1", 19, "marjin_12m", ("margin_12m", "margin_pct_12m")),
        ("grade = 'D'", 8, "D", ("A", "B", "C")),
        ("abz(margin_12m) > 1", 0, "abz", ("abs",)),
        ("other.margin_12m > 1", 0, "other.margin_12m", ("margin_12m", "margin_pct_12m")),
    ],
)
def test_a_wrong_word_is_shown_with_its_place_and_the_nearest(text, position, word, nearest):
    with pytest.raises(ExpressionError) as caught:
        parse_condition(text, VOCABULARY)
    found = caught.value
    assert (found.position, found.word, found.nearest[: len(nearest)]) == (position, word, nearest)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The expression is empty."),
        ("margin_12m >", "cannot be read near “>” (character 12)"),
        ("margin_12m > 1 orders_12m", "cannot be read near “orders_12m” (character 16)"),
        ("city = 'Каз", "quotation mark is not closed"),
        ("margin_12m", "a value, not a condition"),
        ("is_stopped and margin_12m", "“margin_12m” is a value, not a condition (character 16)"),
        ("margin_12m > 'x'", "of different kinds"),
        ("city > 5", "of different kinds"),
        ("is_stopped > true", "of different kinds"),
        ("is_stopped between true and true", "of different kinds"),
        ("-city = 'x'", "of different kinds"),
        ("city + 1 > 2", "of different kinds"),
        ("margin_12m like '1%'", "of different kinds"),
        ("last_purchase_on > '2026-02-30'", "“2026-02-30” is not a date"),
        ("margin_12m = null", "write “is null”"),
        ("abs(city) > 1", "does not take these values"),
        ("round(margin_12m, orders_12m) > 1", "does not take these values"),
        ("round(city) > 1", "does not take these values"),
        ("coalesce(city, 1) = 'a'", "does not take these values"),
        ("contains(city, 1)", "does not take these values"),
        ("lower(orders_12m) = 'a'", "does not take these values"),
        ("city like city", "not part of the expression language"),
        ("is_stopped is true", "not part of the expression language"),
        ("orders_12m in (1, margin_12m)", "not part of the expression language"),
        ("orders_12m between symmetric 5 and 1", "not part of the expression language"),
        ("margin_12m > 1; is_stopped", "not part of the expression language"),
        ("margin_12m > 1; drop table clients", "cannot be read near “drop”"),
        ("orders_12m in (select 1)", "not part of the expression language"),
        ("exists (select 1)", "function “exists”"),
        ("margin_12m::text = 'a'", "not part of the expression language"),
        ("sum(margin_12m) over () > 1", "not part of the expression language"),
        ("case when is_stopped then true end", "There is no function “case”"),
        ("read_csv('/etc/passwd') = 'a'", "There is no function “read_csv”"),
        ("(" * 2000 + "is_stopped" + ")" * 2000, "nested too deeply"),
        ("is_stopped or " * 2000 + "is_stopped", "too long"),
    ],
)  # fmt: skip
def test_what_is_not_of_the_language_is_refused(text, message):
    with pytest.raises(ExpressionError) as caught:
        parse_condition(text, VOCABULARY)
    assert message in str(caught.value)


def test_a_thousand_conditions_are_one_flat_tree():
    tree = parse_condition(" or ".join(f"orders_12m = {number}" for number in range(1000)), VOCABULARY)
    assert isinstance(tree, nodes.Or) and len(tree.parts) == 1000


@pytest.mark.parametrize(
    ("text", "kind"),
    [("margin_12m * 2", "money"), ("margin_12m / 2", "number"), ("orders_12m + 1", "integer"), ("-orders_12m", "integer"),
     ("lower(city)", "text"), ("coalesce(orders_12m, 0.5)", "number"), ("last_purchase_on", "date"), ("true", "boolean")],
)  # fmt: skip
def test_type_of_an_expression(text, kind):
    assert nodes.type_of(parse_expression(text, VOCABULARY)) == kind
