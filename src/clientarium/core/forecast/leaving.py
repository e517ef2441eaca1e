"""How likely clients leave after a purchase, learnt from who came again and from who is silent now.

Assumptions (the leaving half of MBG, Batislam et al. 2007; SCIENCE.md 1.6).
1. After every purchase, the first included, the client leaves for good with probability p; p ~ Beta(a, b) over clients.
2. While he stays, the gap has the distribution F given from outside; only the present silence s tells of leaving.
   Likelihood of a client with x repeat purchases:
       B(a, b + x) / B(a, b) · [p0·(1 − F(s)) + 1 − p0]        p0 = (b + x)/(a + b + x)

Symbols: x repeat purchases, s silence, p0 the chance that he stayed after the last purchase.
"""

from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from clientarium.core.forecast.gap_states import Numbers

LOG_BOUNDS = (-4.0, 7.0)
"""a, b between 0.02 and 1100: beyond, the likelihood is flat on every base seen."""


@dataclass(frozen=True)
class Leaving:
    """Beta(a, b) of the probability to leave after a purchase."""

    a: float
    b: float

    def stayed(self, repeats: Numbers) -> Numbers:
        """p0 = (b + x)/(a + b + x), float64[n]."""
        return np.asarray((self.b + repeats) / (self.a + self.b + repeats))

    def alive(self, repeats: Numbers, silent: Numbers) -> Numbers:
        """P(alive) = p0·(1 − F)/(1 − p0·F), where `silent` is 1 − F(s)."""
        stays = self.stayed(repeats)
        return np.asarray(stays * silent / (stays * silent + 1 - stays))


def fit_leaving(repeats: Numbers, silent: Numbers) -> Leaving:
    """The a, b of greatest likelihood; repeats x and `silent` = 1 − F(s) of each client, float64[n]."""
    shapes, at = np.unique(repeats, return_inverse=True)
    counts = np.bincount(at).astype(float)

    def missed(logarithms: Numbers) -> float:
        a, b = np.exp(logarithms)
        stays = ((b + shapes) / (a + b + shapes))[at]
        came = counts @ (special.betaln(a, b + shapes) - special.betaln(a, b))
        return float(-(came + np.log(stays * silent + 1 - stays).sum()) / repeats.size)

    best = min(
        (
            optimize.minimize(missed, np.log(start), method="L-BFGS-B", bounds=[LOG_BOUNDS, LOG_BOUNDS])
            for start in ((1.0, 3.0), (0.5, 10.0), (1.0, 1.0))
        ),
        key=lambda found: float(found.fun),
    )
    a, b = np.exp(best.x)
    return Leaving(float(a), float(b))
