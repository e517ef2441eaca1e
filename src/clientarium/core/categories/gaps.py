"""How far a client is from fulfilling a condition, in the units of each number."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clientarium.core.ground.expressions import (
    NUMERIC_TYPES,
    SHARE_UNIT,
    Condition,
    Name,
    Node,
    Value,
    Values,
    Vocabulary,
    evaluate,
    number_text,
    sentence,
    type_of,
)
from clientarium.core.ground.expressions import nodes as tree

LOWER_BOUNDS = (">", ">=")

WORDS = {
    "ru": {"short": "не хватает", "over": "лишние", "unknown": "значение неизвестно", "now": "сейчас", "pp": "п. п."},
    "en": {"short": "short by", "over": "over by", "unknown": "the value is unknown", "now": "now", "pp": "pp"},
}

MONEY_STEP = Decimal("0.01")
SHARE_STEP = Decimal("0.001")
"""Amounts are told to a kopeck and shares to a tenth of a per cent: finer digits say nothing to a person."""


@dataclass(frozen=True)
class Gap:
    """One unfulfilled condition. `amount` is what is missing (None where it is not a matter of number)."""

    sentence: str
    text: str
    actual: Value
    needed: Value
    amount: Decimal | None
    unit: str


def gaps_of(
    condition: Condition, values: Values, *, vocabulary: Vocabulary, language: str, negated: bool = False
) -> tuple[Gap, ...]:
    """What must change for `condition` to hold; of alternatives (or), the one with the fewest changes."""
    if isinstance(condition, tree.Not):
        return gaps_of(condition.part, values, vocabulary=vocabulary, language=language, negated=not negated)
    if (evaluate(condition, values) is True) is not negated and evaluate(condition, values) is not None:
        return ()
    if isinstance(condition, tree.And | tree.Or):
        found = [gaps_of(part, values, vocabulary=vocabulary, language=language, negated=negated)
                 for part in condition.parts]  # fmt: skip
        needs_all = isinstance(condition, tree.And) is not negated
        return tuple(gap for gaps in found for gap in gaps) if needs_all else min(found, key=len)
    return (_gap(condition, values, vocabulary, language, negated),)


def _gap(node: Node, values: Values, vocabulary: Vocabulary, language: str, negated: bool) -> Gap:
    said = "".join(part.text for part in sentence(tree.Not(node) if negated else node, vocabulary, language))
    if not isinstance(node, tree.Comparison) or type_of(node.left) not in NUMERIC_TYPES:
        return Gap(said, said, None, None, None, "")
    actual, needed = evaluate(node.left, values), evaluate(node.right, values)
    unit = _unit(node.left, vocabulary) or _unit(node.right, vocabulary)
    if actual is None or needed is None or node.operator in ("=", "<>"):
        words = WORDS[language]
        known = f"{words['now']} {_amount(actual, unit, language)}" if actual is not None else words["unknown"]
        return Gap(said, f"{said} ({known})", actual, needed, None, unit)
    amount = abs(_decimal(needed) - _decimal(actual))
    return Gap(said, _told(node, negated, actual, amount, unit, said, language), actual, needed, amount, unit)


def _told(
    node: tree.Comparison, negated: bool, actual: Value, amount: Decimal, unit: str, said: str, language: str
) -> str:
    words = WORDS[language]
    is_short = (node.operator in LOWER_BOUNDS) is not negated
    missing = _amount(amount, unit, language, is_difference=True)
    return (
        f"{said}: {words['now']} {_amount(actual, unit, language)}, {words['short' if is_short else 'over']} {missing}"
    )


def _unit(node: Node, vocabulary: Vocabulary) -> str:
    """The unit of the first name inside, unless a division has changed it."""
    for part in tree.walk(node):
        if isinstance(part, tree.Arithmetic) and part.operator == "/":
            return ""
        if isinstance(part, tree.Name):
            name: Name | None = vocabulary.get(part.name)
            return name.unit if name else ""
    return ""


def _decimal(value: Value) -> Decimal:
    assert not isinstance(value, str | date | bool | None.__class__)
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def _amount(value: Value, unit: str, language: str, *, is_difference: bool = False) -> str:
    number = _decimal(value)
    if unit == SHARE_UNIT:
        per_cent = (number.quantize(SHARE_STEP) * 100).normalize() + 0
        mark = WORDS[language]["pp"] if is_difference else "%"
        return f"{number_text(per_cent, language)}\u00a0{mark}"
    return number_text(number.quantize(MONEY_STEP).normalize() + 0, language)
