"""Where the lines between sure, doubtful and no duplicates lie, in the model's own probabilities."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Matching:
    """No line is tuned on labelled pairs.

    Above `match_probability` a pair is more likely a match than not, which is where expected F1 is near its best and
    errors of both kinds cost the same. `sure_precision` is asked of silent merges: of the pairs a rule lets through
    the likeliest are taken while the mean of their probabilities, their expected precision, is not under it; and none
    under `sure_probability`. Pairs under `least_probability` are not given.
    """

    least_probability: float = 0.02
    match_probability: float = 0.5
    sure_precision: float = 0.999
    sure_probability: float = 0.99

    @property
    def least_log_odds(self) -> float:
        return _log_odds(self.least_probability)

    def surest(self, probability: NDArray[np.float64], allowed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Mark the likeliest of the allowed pairs while their expected precision is enough."""
        rows = np.nonzero(allowed & (probability >= self.sure_probability))[0]
        rows = rows[np.argsort(-probability[rows], kind="stable")]
        wrong = np.cumsum(1 - probability[rows]) / np.arange(1, len(rows) + 1)
        surest = np.zeros(len(probability), bool)
        surest[rows[wrong <= 1 - self.sure_precision]] = True
        return surest


def _log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability))


DEFAULT = Matching()
