"""Which name a product gets when the lines of a file disagree."""

import pyarrow as pa

from clientarium.core.intake.product_rows import ProductRows


def rows(*lines):
    return pa.table(
        {name: pa.array([line[place] for line in lines], pa.string())
         for place, name in enumerate(("product", "name", "product_group", "unit"))}
    )  # fmt: skip


def gathered(*blocks):
    products = ProductRows()
    for block in blocks:
        products.add(products.distinct(block))
    found = products.table()
    return found and [tuple(row.values()) for row in found.to_pylist()]


def test_most_frequent_name_wins_over_several_blocks():
    first = rows(
        ("85123A", "wrongly marked carton", None, None),
        ("85123A", "WHITE HANGING HEART T-LIGHT HOLDER", None, None),
        ("22423", "REGENCY CAKESTAND 3 TIER", None, None),
    )
    second = rows(
        ("85123A", "WHITE HANGING HEART T-LIGHT HOLDER", None, None),
        ("85123A", None, None, None),
        ("85123A", None, None, None),
        ("85123A", None, None, None),
    )
    assert gathered(first, second) == [
        ("85123A", "WHITE HANGING HEART T-LIGHT HOLDER", None, None),
        ("22423", "REGENCY CAKESTAND 3 TIER", None, None),
    ]


def test_first_met_wins_a_tie_and_blanks_are_filled_from_any_line():
    block = rows(
        ("1", "Болт", None, "шт"),
        ("2", None, "Гайки", None),
        ("1", "Болт М8", "Крепёж", None),
        ("1", "Болт", "Метизы", None),
        ("1", "Болт М8", "Крепёж", None),
    )
    assert gathered(block) == [("1", "Болт", "Метизы", "шт"), ("2", None, "Гайки", None)]


def test_no_products_is_none():
    assert gathered() is None
