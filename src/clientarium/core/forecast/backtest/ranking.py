"""How well the best clients were told from the rest: lift and hit of the top decile, normalised Gini on spend.

Wang, Liu & Miao 2019 (arXiv:1912.07753) judge forecasts of value by the normalised Gini and the decile chart.
"""

from dataclasses import dataclass

import numpy as np

from clientarium.core.forecast.backtest.status import auc_of
from clientarium.core.forecast.methods import Numbers

TOP_SHARE = 0.1


@dataclass(frozen=True)
class RankScore:
    """top_lift: orders of the tenth of clients put first, over the mean client's. top_hit: the share of the tenth who
    ordered most that was in it. auc: the chance that one who ordered was put above one who did not. gini_spend: 1 is
    the perfect order by spend, 0 a random one; None without revenue.
    """

    top_lift: float | None
    top_hit: float | None
    auc: float | None
    gini_spend: float | None


def score_ranking(came: Numbers, expected: Numbers, *, spent: Numbers, expected_spend: Numbers) -> RankScore:
    """All float64[n], n >= 1; spent and expected_spend may hold NaN: such clients are left out of the Gini."""
    top = max(round(came.size * TOP_SHARE), 1)
    first, best = _leaders(expected, top), _leaders(came, top)
    total = float(came.mean())
    return RankScore(
        top_lift=float(came[first].mean()) / total if total > 0 else None,
        top_hit=float(np.isin(best, first).mean()) if total > 0 else None,
        auc=auc_of((came > 0).astype(float), expected),
        gini_spend=_normalised_gini(spent, expected_spend),
    )


def _leaders(values: Numbers, number: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Indices of the `number` largest; among equals, those who come first."""
    return np.argsort(-values, kind="stable")[:number]


def _normalised_gini(spent: Numbers, expected: Numbers) -> float | None:
    is_known = np.isfinite(spent) & np.isfinite(expected)
    spent, expected = np.maximum(spent[is_known], 0), expected[is_known]
    perfect = _gini(spent, spent)
    return _gini(spent, expected) / perfect if perfect > 0 else None


def _gini(spent: Numbers, order: Numbers) -> float:
    """Twice the area between the Lorenz curve by `order`, the largest first, and the diagonal; equals share evenly."""
    total = float(spent.sum())
    if total <= 0:
        return 0.0
    _, places = np.unique(-order, return_inverse=True)
    sizes = np.bincount(places.ravel()).astype(float)
    money = np.bincount(places.ravel(), weights=spent)
    reached = np.cumsum(money) / total
    before = np.concatenate([[0.0], reached[:-1]])
    return float(((reached + before) * sizes).sum() / sizes.sum() - 1)
