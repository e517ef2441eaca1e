"""How even a division is: Gini's index (0 even, to 1) and Jain's (1 even, down to 1/n)."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fairness:
    """Between sellers, per unit of room: money (`worth`), clients (`heads`) and hours of work (`hours`)."""

    worth_gini: float
    worth_jain: float
    heads_gini: float
    heads_jain: float
    hours_gini: float
    hours_jain: float


def gini(amounts: Sequence[float]) -> float:
    """Gini 1912: half the mean absolute difference over the mean; 0 of nothing. Negative amounts count as none."""
    ordered = sorted(max(amount, 0.0) for amount in amounts)
    total = sum(ordered)
    if not total:
        return 0.0
    count = len(ordered)
    return sum((2 * rank - count - 1) * amount for rank, amount in enumerate(ordered, 1)) / (count * total)


def jain(amounts: Sequence[float]) -> float:
    """Jain, Chiu and Hawe 1984: (sum x)^2 / (n x sum x^2); 1 of nothing."""
    kept = [max(amount, 0.0) for amount in amounts]
    squares = sum(amount * amount for amount in kept)
    return sum(kept) ** 2 / (len(kept) * squares) if squares else 1.0
