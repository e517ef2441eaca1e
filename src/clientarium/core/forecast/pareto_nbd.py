"""Pareto/NBD: Schmittlein, Morrison & Colombo (1987), Counting your customers, Management Science 33(1), 1-24.

Assumptions:
1. While a client stays, he orders at random moments with rate λ (Poisson).
2. λ ~ Gamma(r, α).
3. He leaves at a random moment, unseen, with rate μ: his life is exponential.
4. μ ~ Gamma(s, β).
5. λ and μ are independent.

Symbols: r, α, s, β; x, t_x, T of `Statistics`; R = r + x. Given that he is there at T, λ ~ Gamma(R, α+T) and
μ ~ Gamma(s, β+T). Equations are those of Fader & Hardie (2005), A note on deriving the Pareto/NBD model; the chance of
n orders or more is here, as one integral over the moment y of the n-th of them:
    P(X* >= n) = P(alive) ∫ g(y) ((β+T)/(β+T+y))^s dy,  0 < y < h,  y/(α+T+y) ~ Beta(n, R) under g               (1)
"""

# ruff: noqa: N806 -- the papers' symbols

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from scipy.special import betaln, expit

from clientarium.core.forecast.fitting import (
    ROUGH_ROWS,
    Fitted,
    Space,
    fitted_of,
    maximise,
    refuse_nothing_to_fit,
)
from clientarium.core.forecast.least_count import least_count
from clientarium.core.forecast.pareto_likelihood import ParetoLikelihood, log_here_and_gone
from clientarium.core.forecast.statistics import Numbers, Statistics

NODES, WEIGHTS = np.polynomial.legendre.leggauss(64)
NODES, WEIGHTS = (NODES + 1) / 2, WEIGHTS / 2
STARTS = ((0.5, 1.5, 0.5, 0.3), (1.0, 2.0, 0.4, 0.2), (1.0, 1.1, 1.0, 3.0), (3.0, 1.5, 1.0, 1.0))
"""r, how much faster than the mean a client who is there orders, s, β in mean ages."""
SPREADS = 12.0
"""Standard deviations around the mean of a Beta outside which nothing is left of it."""


@dataclass(frozen=True)
class ParetoNbd:
    """r, s are pure numbers, alpha and beta are in units of time."""

    r: float
    alpha: float
    s: float
    beta: float

    name: ClassVar[str] = "pareto-nbd"

    @classmethod
    def fit(cls, statistics: Statistics) -> Fitted[Self]:
        """Maximum likelihood. NothingToFit where nobody ordered twice or no time has passed."""
        refuse_nothing_to_fit(statistics)
        clients = statistics.compressed()
        rough = clients.sampled(ROUGH_ROWS)
        best = maximise(
            ParetoLikelihood(clients),
            _space(clients),
            clients=clients.clients,
            rough=ParetoLikelihood(rough) if rough is not clients else None,
        )
        return fitted_of(cls(**best.values), best, clients.clients)

    def log_likelihood(self, statistics: Statistics) -> float:
        """Σ ℓ over the clients."""
        likelihood = ParetoLikelihood(statistics.compressed())
        return likelihood(np.log(self._values)).value * statistics.clients

    def p_alive(self, statistics: Statistics, *, after: float = 0.0) -> Numbers:
        """P(he has not left) at T, or, if he stays silent till then, at T + after: float64[n]."""
        return statistics.later(after).by_distinct(self._p_alive)

    def expected_orders(self, statistics: Statistics, horizon: float) -> Numbers:
        """E[X*] = P(alive) R (β+T)/((α+T)(s-1)) (1 - ((β+T)/(β+T+h))^(s-1)), float64[n]."""
        B = self.beta + statistics.T
        grown = np.log1p(horizon / B)
        lived = B * (grown if abs(self.s - 1) < 1e-9 else -np.expm1(-(self.s - 1) * grown) / (self.s - 1))
        return self.p_alive(statistics) * (self.r + statistics.x) / (self.alpha + statistics.T) * lived

    def expectation(self, time: float) -> float:
        """E[X(t)] of a new client."""
        zero, one = np.zeros(1), np.ones(1)
        return float(self.expected_orders(Statistics(zero, zero, zero, zero, one), time)[0])

    def orders_at_least(self, statistics: Statistics, horizon: float, n: Numbers | int) -> Numbers:
        """P(X* >= n), n one number or one for each client (equation 1), float64[n]."""
        least = np.maximum(np.asarray(n, dtype=float), 1.0)
        chances = self.p_alive(statistics) * self._if_here(statistics, horizon, least)
        return np.asarray(np.where(np.asarray(n) <= 0, 1.0, chances))

    def probability_within(self, statistics: Statistics, horizon: float) -> Numbers:
        """P(an order in (T, T + horizon]), float64[n]."""
        return statistics.by_distinct(lambda clients: self.orders_at_least(clients, horizon, 1))

    def orders_quantile(self, statistics: Statistics, horizon: float, q: float = 0.5) -> Numbers:
        """The least n with P(X* <= n) >= q, float64[n]; q = 0.5 is the median."""
        return statistics.by_distinct(lambda clients: self._orders_quantile(clients, horizon, q))

    def pmf(self, time: float, n: Numbers) -> Numbers:
        """P(X(t) = n) of a new client, for each of n: float64[n]."""
        zero, one = np.zeros(n.size), np.ones(n.size)
        new = Statistics(zero, zero, zero, zero, one)
        return self.orders_at_least(new, time, n) - self.orders_at_least(new, time, n + 1)

    @property
    def _values(self) -> Numbers:
        return np.array([self.r, self.alpha, self.s, self.beta])

    def _p_alive(self, clients: Statistics) -> Numbers:
        log_here, log_gone = log_here_and_gone(self._values, clients)
        return np.asarray(expit(log_here - log_gone))

    def _orders_quantile(self, clients: Statistics, horizon: float, q: float) -> Numbers:
        alive = self._p_alive(clients)
        return least_count(lambda n: alive * self._if_here(clients, horizon, n), size=clients.size, q=q)

    def _if_here(self, clients: Statistics, horizon: float, n: Numbers) -> Numbers:
        """The integral of equation 1 over w = y/(α+T+y), where Beta(n, R) has its mass and y < horizon."""
        R, A, B = self.r + clients.x, self.alpha + clients.T, self.beta + clients.T
        spread = SPREADS * np.sqrt(n) + 40
        ends = horizon / (A + horizon)
        high = np.minimum(ends, (n + spread) / (n + R))
        low = np.minimum(np.maximum((n - spread) / (n + R), 0.0), high)
        constant, total = betaln(n, R), np.zeros(clients.size)
        for node, weight in zip(NODES, WEIGHTS, strict=True):
            w = low + (high - low) * node
            living = self.s * np.log1p(A * w / ((1 - w) * B))
            total += weight * np.exp((n - 1) * np.log(w) + (R - 1) * np.log1p(-w) - living - constant)
        return np.asarray(np.minimum(total * (high - low), 1.0))


def _space(clients: Statistics) -> Space:
    """Bounds of four decades each way; α and β relative to the mean T so that any unit of time does."""
    age = float(clients.T @ clients.weights) / clients.clients
    rate = float(clients.x @ clients.weights) / (age * clients.clients)
    return Space(
        names=("r", "alpha", "s", "beta"),
        lower=(1e-4, 1e-6 * age, 1e-4, 1e-6 * age),
        upper=(1e4, 1e6 * age, 1e4, 1e6 * age),
        starts=[(r, r / rate / faster, s, beta * age) for r, faster, s, beta in STARTS],
    )
