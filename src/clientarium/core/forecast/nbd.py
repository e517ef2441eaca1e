"""NBD: Ehrenberg (1959), The pattern of consumer purchases, Applied Statistics 8(1), 26-41. Nobody ever leaves.

Assumptions:
1. A client orders at random moments with rate λ (Poisson), for ever.
2. λ ~ Gamma(r, α).

Symbols: r, α; x, T of `Statistics` (t_x says nothing here). Given his past, λ ~ Gamma(r + x, α + T) (1). It is the rule
"as often as so far, moved to the base's rate" that the other models must beat.
"""

# ruff: noqa: N806 -- the papers' symbols

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from scipy.special import betainc, digamma, gammaln, zeta

from clientarium.core.forecast.fitting import (
    Fitted,
    Point,
    Space,
    fitted_of,
    in_logarithms,
    maximise,
    refuse_nothing_to_fit,
)
from clientarium.core.forecast.least_count import least_count
from clientarium.core.forecast.statistics import Numbers, Statistics


@dataclass(frozen=True)
class Nbd:
    """r is a pure number, alpha is in units of time."""

    r: float
    alpha: float

    name: ClassVar[str] = "nbd"

    @classmethod
    def fit(cls, statistics: Statistics) -> Fitted[Self]:
        """Maximum likelihood. NothingToFit where nobody ordered twice or no time has passed."""
        refuse_nothing_to_fit(statistics)
        clients = statistics.compressed()
        age = float(clients.T @ clients.weights) / clients.clients
        rate = float(clients.x @ clients.weights) / (age * clients.clients)
        space = Space(
            names=("r", "alpha"),
            lower=(1e-4, 1e-6 * age),
            upper=(1e4, 1e6 * age),
            starts=[(r, r / rate) for r in (0.3, 1.0, 5.0)],
        )
        best = maximise(lambda logs: _height(clients, logs), space, clients=clients.clients)
        return fitted_of(cls(**best.values), best, clients.clients)

    def p_alive(self, statistics: Statistics, *, after: float = 0.0) -> Numbers:  # noqa: ARG002 -- as the other models
        """1 for everybody, float64[n]."""
        return np.ones(statistics.size)

    def expected_orders(self, statistics: Statistics, horizon: float) -> Numbers:
        """E[X*] = h (r + x)/(α + T), float64[n]."""
        return np.asarray(horizon * (self.r + statistics.x) / (self.alpha + statistics.T))

    def expectation(self, time: float) -> float:
        """E[X(t)] = t r/α of a new client."""
        return time * self.r / self.alpha

    def orders_at_least(self, statistics: Statistics, horizon: float, n: Numbers | int) -> Numbers:
        """P(X* >= n) of the negative binomial that (1) gives, float64[n]."""
        share = horizon / (self.alpha + statistics.T + horizon)
        least = np.maximum(np.asarray(n, dtype=float), 1.0)
        return np.where(np.asarray(n) <= 0, 1.0, betainc(least, self.r + statistics.x, share))

    def probability_within(self, statistics: Statistics, horizon: float) -> Numbers:
        """P(an order within the horizon), float64[n]."""
        return self.orders_at_least(statistics, horizon, 1)

    def orders_quantile(self, statistics: Statistics, horizon: float, q: float = 0.5) -> Numbers:
        """The least n with P(X* <= n) >= q, float64[n]."""
        return least_count(lambda n: self.orders_at_least(statistics, horizon, n), size=statistics.size, q=q)


def _height(clients: Statistics, logs: Numbers) -> Point:
    """Σ ln Γ(r+x)/Γ(r) + r ln α - (r+x) ln(α+T), without the factors that hold no parameter."""
    r, alpha = values = np.exp(logs)
    weights, R, over = clients.weights, r + clients.x, 1 / (alpha + clients.T)
    each = gammaln(R) - gammaln(r) + r * np.log(alpha) + R * np.log(over)
    gradient = [digamma(R) - digamma(r) + np.log(alpha) + np.log(over), r / alpha - R * over]
    mixed = weights @ (1 / alpha - over)
    hessian = [
        [weights @ (zeta(2.0, R) - zeta(2.0, r)), mixed],
        [mixed, weights @ (R * over**2 - r / alpha**2)],
    ]
    slopes = np.array([weights @ one for one in gradient])
    return in_logarithms(float(weights @ each), slopes, np.array(hessian), values=values, clients=clients.clients)
