"""Numbers of norms.yaml changed in place: nothing else of the text moves."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from clientarium.core.ground import UserError
from clientarium.core.metrics import with_norms

PACKAGED = (Path(__file__).parents[3] / "definitions" / "norms.yaml").read_text(encoding="utf-8")
NAMES = st.sampled_from(["default", "sales", "support", "accounting", "Склад №1", "Отдел продаж", "да: нет", "1"])
AMOUNTS = st.decimals(0, 10_000, places=2)


def changed(text, changes):
    """The lines that differ: (before, after)."""
    before, after = text.splitlines(), with_norms(text, changes).splitlines()
    return [line for line in before if line not in after], [line for line in after if line not in before]


@pytest.mark.parametrize(
    ("changes", "gone", "come"),
    [
        ({("hourly_cost", "sales"): Decimal(1200)}, ["  sales: 1000"], ["  sales: 1200"]),
        ({("touch_minutes", "call", "support"): None}, ["  call: {default: 8, support: 12}"], ["  call: {default: 8}"]),
        (
            {("touch_minutes", "letter", "Склад №1"): Decimal("2.50")},
            ["  letter: {default: 6}"],
            ['  letter: {default: 6, "Склад №1": 2.5}'],
        ),
        ({("document_minutes", "logistics"): Decimal(20)}, [], ["  logistics: 20"]),
        ({("document_minutes", "warehouse"): None}, ["  warehouse: 15"], []),
        ({("default_department",): "Продажи"}, ["default_department: sales"], ["default_department: Продажи"]),
        ({("rfm", "few_buyers"): Decimal(50)}, ["  few_buyers: 100"], ["  few_buyers: 50"]),
        ({("hourly_cost", "nobody"): None}, [], []),
        ({("hourly_cost", "yes"): Decimal(1)}, [], ['  "yes": 1']),
    ],
)
def test_one_change_moves_one_line(changes, gone, come):
    assert changed(PACKAGED, changes) == (gone, come)


def test_a_kind_the_file_lacks_is_added_under_its_heading():
    text = "touch_minutes:\n  call: {default: 8}  # measured in May\nother: 1\n"
    added = with_norms(text, {("touch_minutes", "delivery", "default"): Decimal(25)})
    assert added == "touch_minutes:\n  call: {default: 8}  # measured in May\n  delivery: {default: 25}\nother: 1\n"


def test_the_last_line_of_a_heading_leaves_an_empty_one():
    emptied = with_norms("document_minutes:\n  sales: 10\nb: 1", {("document_minutes", "sales"): None})
    assert yaml.safe_load(emptied) == {"document_minutes": {}, "b": 1}
    again = with_norms(emptied, {("document_minutes", "sales"): Decimal(7)})
    assert yaml.safe_load(again) == {"document_minutes": {"sales": 7}, "b": 1}


def test_a_heading_that_is_not_there_is_said():
    with pytest.raises(UserError, match="is missing"):
        with_norms("a: 1\n", {("touch_minutes", "call", "default"): Decimal(1)})
    with pytest.raises(UserError, match="must hold named lines"):
        with_norms("a: 1\n", {("a", "b"): Decimal(1)})
    assert with_norms("a: 1\n", {("b", "c"): None}) == "a: 1\n"


@settings(max_examples=20, deadline=None)
@given(st.dictionaries(st.tuples(st.sampled_from(["hourly_cost", "document_minutes"]), NAMES), AMOUNTS | st.none()))
def test_any_changes_read_back_and_every_comment_stays(changes):
    text = with_norms(PACKAGED, changes)
    expected = yaml.safe_load(PACKAGED)
    for (section, name), value in changes.items():
        if value is None:
            expected[section].pop(name, None)
        else:
            expected[section][name] = float(value)
    found = yaml.safe_load(text)
    assert {key: _plain(value) for key, value in found.items()} == {
        key: _plain(value) for key, value in expected.items()
    }
    assert [line for line in PACKAGED.splitlines() if line.strip().startswith("#")] == [
        line for line in text.splitlines() if line.strip().startswith("#")
    ]


def _plain(value):
    return {str(key): _plain(inner) for key, inner in value.items()} if isinstance(value, dict) else value
