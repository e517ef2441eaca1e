"""Numbers of rules changed in place: comments, order and line breaks of the file stay."""

from decimal import Decimal

import pytest

from clientarium.core.categories import scheme_sentences, with_policy, with_threshold
from clientarium.core.ground import UserError
from tests.core.categories.words import POLICY, WORDS, scheme_text, schemes_of
from tests.core.firm import DEFINITIONS, firm_in

TEXT = scheme_text(
    {"big": ">-   # half a year's talk\n      margin >= 100 and orders >= 100\n      and share >= 0.5", "small": None}
)
VOCABULARY = {**WORDS, **POLICY.vocabulary()}


def test_sentences_carry_the_path_of_each_number():
    big, small = scheme_sentences(schemes_of(TEXT)["size"], "ru")
    numbers = [(part.kind, part.text, part.path) for part in big.parts if part.kind != "text"]
    assert numbers == [
        ("number", "100", "parts.0.right"), ("number", "100", "parts.1.right"), ("percent", "50", "parts.2.right"),
    ]  # fmt: skip
    assert (small.parts, small.is_rest) == ((), True)


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        ("parts.0.right", 250, "margin >= 100 ", "margin >= 250 "),
        ("parts.1.right", 7, "orders >= 100", "orders >= 7"),
        ("parts.2.right", Decimal("0.55"), "share >= 0.5", "share >= 0.55"),
    ],
)
def test_one_number_changes_and_nothing_else(path, value, old, new):
    assert with_threshold(TEXT, "big", path, value, vocabulary=VOCABULARY) == TEXT.replace(old, new)


def test_number_with_a_sign_is_changed_too():
    text = scheme_text({"big": "margin >= -5   # loss", "small": None})
    changed = with_threshold(text, "big", "right", 5, vocabulary=VOCABULARY)
    assert schemes_of(changed)["size"].categories[0].rule.text in ("margin >= 5", "margin >= - 5")
    assert "# loss" in changed


@pytest.mark.parametrize(("category", "path"), [("big", "parts.9"), ("big", "parts.0"), ("small", "right"), ("x", "")])
def test_wrong_place_is_refused(category, path):
    with pytest.raises(UserError):
        with_threshold(TEXT, category, path, 1, vocabulary=VOCABULARY)


def test_packaged_grade_keeps_its_comments(tmp_path):
    scheme = firm_in(tmp_path).definitions.schemes["grade"]
    number = next(part for part in scheme_sentences(scheme, "ru")[5].parts if part.kind == "percent")
    changed = with_threshold(scheme.text, "A", number.path, Decimal("0.4"), vocabulary=scheme.vocabulary)
    before, after = scheme.text.splitlines(), changed.splitlines()
    assert [(old.strip(), new.strip()) for old, new in zip(before, after, strict=True) if old != new] == [
        (line, line.replace("0.5", "0.4"))
        for line in [
            "(margin_12m_share_ahead < 0.5 and return_on_cost_12m >= median_return_on_cost and margin_12m > 0)"
        ]
    ]


def test_policy_line_changes_in_place():
    text = (DEFINITIONS / "policy.yaml").read_text(encoding="utf-8")
    changed = with_policy(text, "cold_days", 45)
    assert changed == text.replace("  value: 61", "  value: 45", 1)
    assert with_policy(text, "cold_rule", "strict") == text.replace("value: rhythm ", "value: strict ")
