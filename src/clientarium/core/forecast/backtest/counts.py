"""How far numbers of orders were from what came. None where a figure means nothing (no orders came, one client)."""

from dataclasses import dataclass

import numpy as np

from clientarium.core.forecast.methods import Numbers


@dataclass(frozen=True)
class CountScore:
    """Over all clients of all origins together, in orders.

    mae: mean absolute error of the figure shown for one client (the typical count; the expected one where a method has
    no other). mae_of_mean, rmse, msle (mean squared difference of ln(1 + orders)), correlation: of the expected count.
    bias_pct: the expected total over the one that came, per cent; bias_pct_typical: the same of the typical counts.
    """

    mae: float
    mae_of_mean: float
    rmse: float
    msle: float
    correlation: float | None
    bias_pct: float | None
    bias_pct_typical: float | None


def score_counts(came: Numbers, *, expected: Numbers, typical: Numbers) -> CountScore:
    """came, expected, typical: float64[n], n >= 1."""
    return CountScore(
        mae=float(np.abs(came - typical).mean()),
        mae_of_mean=float(np.abs(came - expected).mean()),
        rmse=float(np.sqrt(((came - expected) ** 2).mean())),
        msle=float(((np.log1p(came) - np.log1p(expected)) ** 2).mean()),
        correlation=_correlation(came, expected),
        bias_pct=_bias_pct(came, expected),
        bias_pct_typical=_bias_pct(came, typical),
    )


def _bias_pct(came: Numbers, told: Numbers) -> float | None:
    total = float(came.sum())
    return 100 * (float(told.sum()) / total - 1) if total > 0 else None


def _correlation(came: Numbers, expected: Numbers) -> float | None:
    if came.size < 2 or not came.std() or not expected.std():
        return None
    return float(np.corrcoef(came, expected)[0, 1])
