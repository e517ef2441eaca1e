"""How well those who ordered again were told from those who did not: AUC, Brier, a table of ten bins."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from clientarium.core.forecast.methods import Numbers

BINS = 10


@dataclass(frozen=True)
class ReliabilityBin:
    """Clients told a chance within one tenth of 0..1: their number, the mean chance told, the share that ordered."""

    clients: int
    told: float
    ordered: float


@dataclass(frozen=True)
class StatusScore:
    """auc: the chance that one who ordered was put above one who did not, by P(alive); auc_of_chance: by the chance of
    an order in the window; None where all did or none.
    brier: mean squared difference of the chance told and what came (0 or 1); climatology: that of telling everyone the
    share that ordered.
    """

    auc: float | None
    auc_of_chance: float | None
    brier: float
    climatology: float
    reliability: tuple[ReliabilityBin, ...]


def score_status(ordered: Numbers, *, score: Numbers, chance: Numbers) -> StatusScore:
    """ordered: 0 or 1; score: P(alive); chance: P(an order in the window); float64[n], n >= 1."""
    share = float(ordered.mean())
    return StatusScore(
        auc=auc_of(ordered, score),
        auc_of_chance=auc_of(ordered, chance),
        brier=float(((chance - ordered) ** 2).mean()),
        climatology=share * (1 - share),
        reliability=_reliability(ordered, chance),
    )


def auc_of(ordered: Numbers, score: Numbers) -> float | None:
    """The chance that one who ordered (1) has the higher score than one who did not (0), a tie being half of it."""
    positive = float(ordered.sum())
    negative = ordered.size - positive
    if not positive or not negative:
        return None
    ranks = rankdata(score)
    return float((ranks[ordered > 0].sum() - positive * (positive + 1) / 2) / (positive * negative))


def _reliability(ordered: Numbers, chance: Numbers) -> tuple[ReliabilityBin, ...]:
    """Bins that hold no client are left out."""
    places = np.minimum((chance * BINS).astype(np.int64), BINS - 1)
    number = np.bincount(places, minlength=BINS)
    told = np.bincount(places, weights=chance, minlength=BINS)
    came = np.bincount(places, weights=ordered, minlength=BINS)
    return tuple(
        ReliabilityBin(int(number[i]), float(told[i] / number[i]), float(came[i] / number[i]))
        for i in range(BINS)
        if number[i]
    )
