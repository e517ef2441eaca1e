"""Conditions made easier, put into words, and edited in place."""

from decimal import Decimal

import pytest

from clientarium.core.ground.expressions import (
    has_numeric_threshold,
    node_at,
    nodes,
    parse_condition,
    relax,
    replace_literal,
    sentence,
    to_text,
)
from tests.core.ground.words import VOCABULARY


@pytest.mark.parametrize(
    ("text", "relaxed"),
    [
        ("margin_12m >= 100000 and orders_12m <= 10", "margin_12m >= 90000 and orders_12m <= 11"),
        ("margin_12m > -100 or grade = 'A'", "margin_12m > -110 or grade = 'A'"),
        ("not (margin_12m < 100)", "not margin_12m < 90"),
        ("orders_12m between 10 and 20", "orders_12m between 9 and 22"),
        ("orders_12m not between 10 and 20", "orders_12m not between 11 and 18"),
        (
            "orders_12m = 10 and last_purchase_on > '2026-01-01'",
            "orders_12m = 10 and last_purchase_on > date '2026-01-01'",
        ),
        ("margin_12m > 0", "margin_12m > 0"),
        ("margin_12m >= revenue_12m", "margin_12m >= revenue_12m - abs(revenue_12m) * 0.1"),
    ],
)
def test_relax_moves_thresholds_towards_true(text, relaxed):
    assert to_text(relax(parse_condition(text, VOCABULARY), Decimal("0.1"))) == relaxed


def test_relax_by_nothing_changes_nothing():
    tree = parse_condition("margin_12m >= 100000 and orders_12m <= revenue_12m", VOCABULARY)
    assert relax(tree, Decimal(0)) == tree


@pytest.mark.parametrize(("text", "has"), [("margin_12m > 5", True), ("grade = 'A'", False), ("margin_12m > 0", False)])
def test_has_numeric_threshold(text, has):
    assert has_numeric_threshold(parse_condition(text, VOCABULARY)) is has


def test_sentence_keeps_numbers_apart_with_their_paths():
    tree = parse_condition("margin_12m > 100000 and margin_pct_12m >= 0.205 and grade in ('A', 'B')", VOCABULARY)
    assert sentence(tree, VOCABULARY, "ru") == [
        ("text", "Маржа за 12 мес. больше ", ""),
        ("number", "100\u00a0000", "parts.0.right"),
        ("text", " и Рентабельность не меньше ", ""),
        ("percent", "20,5", "parts.1.right"),
        ("text", "\u00a0% и Категория — одно из: «A», «B»", ""),
    ]


@pytest.mark.parametrize(
    ("text", "russian", "english"),
    [
        ("not (is_stopped or city is null)", "неверно, что (В стоп-листе или Город неизвестно)",
         "it is not true that (On the stop list or City is unknown)"),
        ("last_purchase_on between '2026-01-31' and '2026-02-28'", "Последняя покупка от 31.01.2026 до 28.02.2026",
         "Last purchase is from 2026-01-31 to 2026-02-28"),
        ("orders_12m = 3 and city <> 'Уфа'", "Заказы равно 3 и Город — не «Уфа»", "Orders equals 3 and City is not “Уфа”"),
        ("margin_12m - 1 < -(revenue_12m * 2) / 3", "Маржа за 12 мес. − 1 меньше −(Выручка за 12 мес. × 2) ÷ 3", None),
        ("contains(lower(city), 'а') and city not like 'К%'",
         "строчными (Город) содержит «а» и Город не похоже на «К%»", None),
        ("coalesce(orders_12m, -1) >= 2.50 and is_stopped = true",
         "первое известное из (Заказы; −1) не меньше 2,50 и В стоп-листе — да", None),
    ],
)  # fmt: skip
def test_sentence_in_both_languages(text, russian, english):
    tree = parse_condition(text, VOCABULARY)
    said = {language: "".join(part.text for part in sentence(tree, VOCABULARY, language)) for language in ("ru", "en")}
    assert said["ru"] == russian
    assert english is None or said["en"] == english


def test_replace_literal_changes_one_number():
    tree = parse_condition("margin_12m > 100000 and orders_12m in (1, 2)", VOCABULARY)
    changed = replace_literal(replace_literal(tree, "parts.0.right", 5), "parts.1.options.1", Decimal("2.5"))
    assert to_text(changed) == "margin_12m > 5 and orders_12m in (1, 2.5)"
    assert node_at(changed, "parts.0.right") == nodes.Literal(5)


@pytest.mark.parametrize("path", ["parts.0.left", "parts.9.right", "nowhere"])
def test_replace_literal_where_there_is_none(path):
    tree = parse_condition("margin_12m > 100000 and is_stopped", VOCABULARY)
    with pytest.raises(KeyError):
        replace_literal(tree, path, 5)


def test_replace_literal_by_another_kind_is_a_mistake_of_ours():
    with pytest.raises(AssertionError):
        replace_literal(parse_condition("city = 'Уфа'", VOCABULARY), "right", 5)
