"""Gamma-gamma: Fader & Hardie (2013), The gamma-gamma model of monetary value (brucehardie.com/notes/025).

Assumptions:
1. The value of an order of a client varies at random around his own level: z ~ Gamma(p, ν), p the same for all.
2. Levels differ between clients: ν ~ Gamma(q, γ).
3. The level does not depend on how often the client orders (`dependence`: look at it before believing the rest).
4. Values are positive. A margin may be zero or negative: this model is for revenue. The expected margin of an order is
   its expected revenue times the client's share of margin, moved to the base's (`spend`).

Symbols: x orders with a known value, z their mean, both of `Spending`; p, q, γ; the last in money. Likelihood: equation
1a of the note; the level expected of a client: equation 5,
    E[M | x, z] = p (γ + x z)/(p x + q - 1),  and p γ/(q - 1) where x = 0.
"""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, gammaln, zeta
from scipy.stats import spearmanr

from clientarium.core.forecast.fitting import (
    Fitted,
    NothingToFit,
    Point,
    Space,
    fitted_of,
    in_logarithms,
    maximise,
)
from clientarium.core.forecast.histories import Histories
from clientarium.core.forecast.statistics import Numbers
from clientarium.core.ground import N_

LEAST_CLIENTS = 2


@dataclass(frozen=True, eq=False)
class Spending:
    """Of each of n clients, float64[n]: x orders whose value is known (may be 0), z their mean (0 where x = 0)."""

    x: Numbers
    z: Numbers

    @property
    def is_told(self) -> NDArray[np.bool_]:
        """Where the model can learn from the client: bool[n]."""
        return np.asarray((self.x > 0) & (self.z > 0))

    @property
    def dependence(self) -> float:
        """Spearman's rank correlation of x and z over the clients told: assumption 3 wants it near 0; 0 if constant."""
        x, z = self.x[self.is_told], self.z[self.is_told]
        if x.size < LEAST_CLIENTS or (x == x[0]).all() or (z == z[0]).all():
            return 0.0
        return float(spearmanr(x, z).statistic)


def spending_of(histories: Histories, *, is_first_counted: bool = True) -> Spending:
    """Positive revenues of purchase days; the papers leave the first purchase of a client out."""
    is_counted = np.isfinite(histories.revenue) & (histories.revenue > 0)
    if not is_first_counted:
        is_counted[histories.starts[:-1]] = False
    owners = histories.owners[is_counted]
    x = np.bincount(owners, minlength=histories.size).astype(float)
    sums = np.bincount(owners, weights=histories.revenue[is_counted], minlength=histories.size)
    return Spending(x, sums / np.maximum(x, 1.0))


@dataclass(frozen=True)
class GammaGamma:
    """p, q are pure numbers, gamma is in money."""

    p: float
    q: float
    gamma: float

    name: ClassVar[str] = "gamma-gamma"

    @classmethod
    def fit(cls, spending: Spending) -> Fitted[Self]:
        """Maximum likelihood over the clients with a positive mean; NothingToFit where there are not two."""
        told = spending.is_told
        clients = float(told.sum())
        if clients < LEAST_CLIENTS:
            raise NothingToFit(
                N_("Only %(clients)d clients have orders of a positive value: there is no spend to learn."),
                cure=N_("Add revenue to the data."),
                clients=int(clients),
            )
        # Money in units of its own mean: roubles and thousands of them are one problem.
        mean = float(spending.z[told].mean())
        seen = Spending(spending.x[told], spending.z[told] / mean)
        best = maximise(lambda logs: _height(seen, logs), SPACE, clients=clients)
        found = fitted_of(cls(**best.values), best, clients)
        error = found.standard_errors["gamma"]
        return replace(
            found,
            parameters=replace(found.parameters, gamma=found.parameters.gamma * mean),
            standard_errors={**found.standard_errors, "gamma": None if error is None else error * mean},
            log_likelihood=found.log_likelihood - clients * float(np.log(mean)),
        )

    def expected_value(self, spending: Spending) -> Numbers:
        """E[value of the next order | x, z], float64[n]; where q <= 1 the base has no mean: x = 0 gets p γ/q."""
        if self.q <= 1:
            has_any = spending.x * self.p + self.q > 1
            shape = np.where(has_any, self.p * spending.x + self.q - 1, 1.0)
            own = self.p * (self.gamma + spending.x * spending.z) / shape
            return np.where(has_any, own, self.p * self.gamma / self.q)
        return np.asarray(self.p * (self.gamma + spending.x * spending.z) / (self.p * spending.x + self.q - 1))

    @property
    def base_value(self) -> float:
        """The value expected of an order of a client nothing is known of."""
        return float(self.expected_value(Spending(np.zeros(1), np.zeros(1)))[0])


SPACE = Space(
    names=("p", "q", "gamma"),
    lower=(1e-3, 1e-3, 1e-6),
    upper=(1e5, 1e5, 1e6),
    starts=[(6.0, 4.0, 0.5), (2.0, 3.0, 1.0), (1.0, 2.0, 1.0), (20.0, 10.0, 0.5)],
)
"""γ in units of the mean value; a start where p γ/(q - 1) is about 1."""


def _height(seen: Spending, logs: Numbers) -> Point:
    """Equation 1a: Σ ln Γ(px+q)/(Γ(px)Γ(q)) + q ln γ + (px-1) ln z + px ln x - (px+q) ln(γ + xz)."""
    p, q, gamma = values = np.exp(logs)
    x, z = seen.x, seen.z
    shape, full, over = p * x, p * x + q, 1 / (gamma + x * z)
    log_share = np.log(x * z * over)
    each = gammaln(full) - gammaln(shape) - gammaln(q) + shape * log_share - np.log(z) + q * np.log(gamma * over)
    bend = zeta(2.0, full)
    gradient = [
        (x * (digamma(full) - digamma(shape) + log_share)).sum(),
        (digamma(full) - digamma(q) + np.log(gamma * over)).sum(),
        (q / gamma - full * over).sum(),
    ]
    pp, qq, gg = x**2 * (bend - zeta(2.0, shape)), bend - zeta(2.0, q), full * over**2 - q / gamma**2
    pq, pg, qg = (x * bend).sum(), -(x * over).sum(), (1 / gamma - over).sum()
    hessian = [[pp.sum(), pq, pg], [pq, qq.sum(), qg], [pg, qg, gg.sum()]]
    return in_logarithms(float(each.sum()), np.array(gradient), np.array(hessian), values=values, clients=float(x.size))
