"""BG/CNBD-k and MBG/CNBD-k: buy till you die with regular gaps (Reutterer, Platzer & Schröder 2021, IJRM 38(1)).

Assumptions:
1. While a client stays, the gaps between his purchases are Erlang(k, λ): k stages, each exponential with rate λ.
   k = 1 is pure chance, the larger k the more regular the client.
2. Rates differ between clients: λ ~ Gamma(r, α); their mean is r/α stages, r/(αk) purchases, per unit of time.
3. After a purchase the client leaves for good with probability p; MBG: after the very first one too (δ = 1), BG: only
   after a repeat (δ = 0).
4. These chances differ between clients: p ~ Beta(a, b), independently of λ.
5. k is the same for all clients; of 1..12 the one with the highest likelihood.

Symbols: x, t_x, T of `Statistics`; s = T - t_x the silence; R = r + kx; A = α + T; B = b + x + δ.
Sources: SCIENCE.md 1.6 and BTYDplus `R/mbg-cnbd-k.R` for the likelihood; the date distribution is derived there.

Expected orders are exact here, unlike BTYDplus' approximation (`expected_orders_as_published`). Given that he stays,
j of k stages are passed with the shares w_j ∝ (R)_j/j! (s/A)^j of S2, λ ~ Gamma(R + j, A) and p ~ Beta(a, B). Then
    P(X* >= n) = P(alive) (B)_{n-1}/(a+B)_{n-1} Σ_j w_j I_{h/(A+h)}(nk - j, R + j)                                  (1)
(nk - j more stages come within h, and he stays n - 1 times), and E[X*] = Σ_n P(X* >= n). Given p the sum over n has a
closed form over the k-th roots of unity ω, with z = (1-p)^{1/k} and g = 1 - zω:
    Σ_n (1-p)^{n-1} P(N >= nk - j) = z^{j+1-k}/k Σ_ω ω^{j+1-k} (1 - (A/(A + hg))^{R+j})/g                           (2)
whose mean over p is taken by Gauss quadrature. Methods take and give times in the unit of the statistics (weeks).
"""

# ruff: noqa: N803, N806 -- the papers' symbols

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv, expit, gammaln, hyp2f1

from clientarium.core.forecast.beta_quadrature import beta_nodes
from clientarium.core.forecast.cnbd_likelihood import CnbdLikelihood, stage_shares, stage_total
from clientarium.core.forecast.fitting import (
    ROUGH_ROWS,
    Fitted,
    Space,
    fitted_of,
    maximise,
    refuse_nothing_to_fit,
)
from clientarium.core.forecast.least_count import least_count
from clientarium.core.forecast.statistics import Numbers, Statistics

LARGEST_K = 12
"""Monthly orders of a year are as regular as anything we look for (SCIENCE.md 1.6)."""
NODES_FOR_RATIO = ((16, 4.0), (24, 16.0), (48, np.inf))
"""Quadrature nodes up to each ratio of the horizon to α + T: 1e-6 of an order or better (tests)."""
STARTS = ((0.3, 2.0, 0.5, 2.0), (1.0, 2.0, 0.4, 0.8), (2.0, 1.2, 0.2, 2.0), (1.0, 4.0, 1.0, 3.0))
"""r, how much faster than the mean a client who is there orders, a, b."""
ENOUGH_CLIENTS_TO_CORRECT = 100
"""BTYDplus corrects the total only from a hundred clients on."""


@dataclass(frozen=True)
class CnbdK:
    """The parameters of either model; r, a, b are pure numbers, alpha is in units of time."""

    r: float
    alpha: float
    a: float
    b: float
    k: int = 1

    name: ClassVar[str]
    first_flip: ClassVar[int]
    """δ of assumption 3."""
    largest_k: ClassVar[int] = LARGEST_K

    @classmethod
    def fit(cls, statistics: Statistics, *, k: int | None = None) -> Fitted[Self]:
        """Maximum likelihood; without `k` it is searched from 1 up to 12 until the likelihood has dropped twice.

        NothingToFit where nobody ordered twice or no time has passed.
        """
        refuse_nothing_to_fit(statistics)
        clients = statistics.compressed()
        if k is not None:
            return cls._fit_k(clients, k)
        found: list[Fitted[Self]] = []
        while len(found) < cls.largest_k and not _has_dropped_twice([one.log_likelihood for one in found]):
            found.append(cls._fit_k(clients, len(found) + 1))
        best = max(found, key=lambda one: one.log_likelihood)
        by_k = {one.k: one.log_likelihood for one in found}
        return replace(best, log_likelihood_by_k=by_k)

    @classmethod
    def _fit_k(cls, clients: Statistics, k: int) -> Fitted[Self]:
        rough = clients.sampled(ROUGH_ROWS)
        best = maximise(
            CnbdLikelihood(clients, k=k, first_flip=cls.first_flip),
            _space(clients, k),
            clients=clients.clients,
            rough=CnbdLikelihood(rough, k=k, first_flip=cls.first_flip) if rough is not clients else None,
        )
        return fitted_of(cls(**best.values, k=k), best, clients.clients, k=k)

    def log_likelihood(self, statistics: Statistics) -> float:
        """Σ ℓ over the clients."""
        likelihood = CnbdLikelihood(statistics.compressed(), k=self.k, first_flip=self.first_flip)
        return likelihood(np.log([self.r, self.alpha, self.a, self.b])).value * statistics.clients

    def p_alive(self, statistics: Statistics, *, after: float = 0.0) -> Numbers:
        """P(he has not left) at T, or, if he stays silent till then, at T + after: 1/(1 + S1/S2). float64[n]."""
        R, A = self._rate_shape(statistics), self.alpha + statistics.T + after
        log_stay = np.log(stage_total(R, (A - self.alpha - statistics.t_x) / A, k=self.k))
        can_be_gone = (statistics.x > 0) | (self.first_flip == 1)
        chances = np.where(can_be_gone, self.b + statistics.x - 1 + self.first_flip, 1.0)
        log_gone = np.log(self.a / chances) + R * np.log(A / (self.alpha + statistics.t_x))
        return np.asarray(np.where(can_be_gone, expit(log_stay - log_gone), 1.0))

    def probability_within(self, statistics: Statistics, horizon: float) -> Numbers:
        """P(the next order comes in (T, T + horizon]) = P(alive) (1 - (1-F(s+h))/(1-F(s))), float64[n]."""
        R, A = self._rate_shape(statistics), self.alpha + statistics.T
        silence = statistics.T - statistics.t_x
        later = stage_total(R, (silence + horizon) / (A + horizon), k=self.k)
        now = stage_total(R, silence / A, k=self.k)
        silent = np.log(later) - np.log(now) - R * np.log1p(horizon / A)
        return np.asarray(self.p_alive(statistics) * -np.expm1(np.minimum(silent, 0.0)))

    def next_order_quantile(self, statistics: Statistics, q: float) -> Numbers:
        """Time after T by which the next order comes with probability q, given that it comes: float64[n], > 0."""
        R, start = self._rate_shape(statistics), self.alpha + statistics.t_x
        A, silence = self.alpha + statistics.T, statistics.T - statistics.t_x
        # 1 - F(s) as a chance may be too small for a double; then only the last stage is left (a Lomax gap).
        still_silent = betainc(R, self.k, start / A)
        z = betaincinv(R, self.k, (1 - q) * still_silent)
        is_told = (still_silent > 1e-250) & (z > 0)
        told = start * (1 - np.where(is_told, z, 0.5)) / np.where(is_told, z, 0.5) - silence
        lomax = A * np.expm1(-np.log1p(-q) / (R + self.k - 1))
        return np.asarray(np.where(is_told & (told > 0), told, lomax))

    def gap_quantile(self, statistics: Statistics, q: float) -> Numbers:
        """Quantile of the next gap as promised right after the last purchase, given that it comes: float64[n]."""
        z = betaincinv(self._rate_shape(statistics), self.k, 1 - q)
        return np.asarray((self.alpha + statistics.t_x) * (1 - z) / z)

    def expected_orders(self, statistics: Statistics, horizon: float) -> Numbers:
        """E[orders in (T, T + horizon]], exact (equation 2), float64[n]."""
        return statistics.by_distinct(lambda clients: self.p_alive(clients) * self._orders_if_here(clients, horizon))

    def orders_at_least(self, statistics: Statistics, horizon: float, n: Numbers | int) -> Numbers:
        """P(X* >= n), n one number or one for each client (equation 1), float64[n]."""
        R, A, B = self._rate_shape(statistics), self.alpha + statistics.T, self._leaving_shape(statistics)
        least = np.maximum(np.asarray(n, dtype=float), 1.0)
        shares = stage_shares(R, (statistics.T - statistics.t_x) / A, k=self.k)
        share = horizon / (A + horizon)
        come = sum(shares[j] * betainc(self.k * least - j, R + j, share) for j in range(self.k))
        staying = np.exp(gammaln(B + least - 1) - gammaln(B) - gammaln(self.a + B + least - 1) + gammaln(self.a + B))
        return np.where(np.asarray(n) <= 0, 1.0, self.p_alive(statistics) * staying * come)

    def orders_quantile(self, statistics: Statistics, horizon: float, q: float = 0.5) -> Numbers:
        """The least n with P(X* <= n) >= q, float64[n]; q = 0.5 is the median."""
        return statistics.by_distinct(
            lambda clients: least_count(lambda n: self.orders_at_least(clients, horizon, n), size=clients.size, q=q)
        )

    def expectation(self, time: float) -> float:
        """E[X(t)]: repeat orders of a new client within `time` of his first purchase."""
        return float(self.expectations(np.array([time]))[0])

    def expectations(self, times: Numbers) -> Numbers:
        """E[X(t)] for each of the times, float64[times]."""
        new = NEW_CLIENT.repeated(times.size)
        return self.p_alive(new) * self._orders_if_here(new, times)

    def pmf(self, time: float, n: Numbers) -> Numbers:
        """P(X(t) = n) of a new client, for each of n: float64[n]."""
        new = NEW_CLIENT.repeated(n.size)
        return np.asarray(self.orders_at_least(new, time, n) - self.orders_at_least(new, time, n + 1))

    def expected_orders_as_published(
        self, statistics: Statistics, horizon: float, *, is_bias_corrected: bool = False
    ) -> Numbers:
        """BTYDplus' `xbgcnbd.ConditionalExpectedTransactions`, float64[n]: exact for k = 1, else an approximation.

        The correction makes the total equal the expectation of the whole base; it makes single clients worse.
        """
        a = self.a + 0.01 if round(self.a, 2) == 1 else self.a
        x, A = statistics.x, self.k * self.alpha + statistics.T
        rest = self.b + x - 1 + self.first_flip
        power = (A / (A + horizon)) ** (self.r + x)
        mean = 1 - power * hyp2f1(self.r + x, rest + 1, a + rest, horizon / (A + horizon))
        expected = np.asarray((a + rest) / (a - 1) * mean * self.p_alive(statistics))
        if not is_bias_corrected or self.k == 1 or statistics.clients < ENOUGH_CLIENTS_TO_CORRECT:
            return expected
        return np.asarray(expected * (self._whole_base(statistics, horizon) / float(expected @ statistics.weights)))

    def _whole_base(self, statistics: Statistics, horizon: float) -> float:
        """Σ E[X(T + h)] - E[X(T)]."""
        ages, places = np.unique(statistics.T, return_inverse=True)
        more = self.expectations(ages + horizon) - self.expectations(ages)
        return float(more[places] @ statistics.weights)

    def _rate_shape(self, statistics: Statistics) -> Numbers:
        return np.asarray(self.r + self.k * statistics.x)

    def _leaving_shape(self, statistics: Statistics) -> Numbers:
        return np.asarray(self.b + statistics.x + self.first_flip)

    def _orders_if_here(self, statistics: Statistics, horizon: float | Numbers) -> Numbers:
        """E[X*] given that he is there: equation 2, with as many nodes as the horizon over A = α + T asks for."""
        ratio = horizon / (self.alpha + statistics.T)
        total, above = np.zeros(statistics.size), 0.0
        for nodes, at_most in NODES_FOR_RATIO:
            rows = np.flatnonzero((ratio >= above) & (ratio < at_most))
            if rows.size:
                total[rows] = self._mean_over_p(statistics.rows(rows), ratio[rows], nodes)
            above = at_most
        return np.maximum(total, 0.0)

    def _mean_over_p(self, statistics: Statistics, ratio: Numbers, nodes: int) -> Numbers:
        """Mean of equation 2 over p and over the stages passed."""
        R, A = self._rate_shape(statistics), self.alpha + statistics.T
        shares = stage_shares(R, (statistics.T - statistics.t_x) / A, k=self.k)
        shapes, places = np.unique(self._leaving_shape(statistics), return_inverse=True)
        p, weights = beta_nodes(self.a, shapes, nodes=nodes)
        total = np.zeros(statistics.size)
        for node in range(nodes):
            total += weights[places, node] * self._orders_if(p[:, node], places, R, ratio, shares)
        return total

    def _orders_if(self, p: Numbers, places: NDArray[np.int64], R: Numbers, share: Numbers, shares: Numbers) -> Numbers:
        """Equation 2 for one p of each distinct x (`places` of the clients among them); share = h/A."""
        total = np.zeros(R.size)
        for turn in range(self.k // 2 + 1):
            # Roots come in conjugate pairs but for 1 and -1, which are real: so is the arithmetic then.
            is_real = turn == 0 or 2 * turn == self.k
            root = np.exp(2j * np.pi * turn / self.k) if not is_real else 1.0 if turn == 0 else -1.0
            gap = _one_less(np.log1p(-p) / self.k, root)
            stretch = share * gap[places]
            log_base = np.log1p(stretch)
            base = 1 / (1 + stretch)
            come = -np.expm1(-R * log_base)
            power = 1 - come
            around = np.zeros_like(stretch)
            for j in range(self.k):
                turned = root ** (j + 1 - self.k) * (1 - p) ** ((j + 1 - self.k) / self.k) / gap
                around += turned[places] * shares[j] * come
                come = come + power * stretch * base
                power = power * base
            total += around.real if is_real else 2 * around.real
        return total / self.k


@dataclass(frozen=True)
class BgCnbdK(CnbdK):
    """BG/CNBD-k: nobody leaves before his second purchase."""

    name = "bg-cnbd-k"
    first_flip = 0


@dataclass(frozen=True)
class MbgCnbdK(CnbdK):
    """MBG/CNBD-k: a client may leave after his very first purchase."""

    name = "mbg-cnbd-k"
    first_flip = 1


NEW_CLIENT = Statistics(np.zeros(1), np.zeros(1), np.zeros(1), np.zeros(1), np.ones(1))


def _one_less(log_z: Numbers, root: Any) -> Any:
    """1 - z ω, to the last digits where z ω is next to 1."""
    return -np.expm1(log_z) if root == 1.0 else 1 - np.exp(log_z) * root


def _has_dropped_twice(found: list[float]) -> bool:
    return len(found) > 2 and found[-1] < found[-2] < found[-3]


def _space(clients: Statistics, k: int) -> Space:
    """Bounds as in BTYDplus (1e4), α relative to the mean T so that any unit of time does."""
    age = float(clients.T @ clients.weights) / clients.clients
    stages_in_unit = k * float(clients.x @ clients.weights) / (age * clients.clients)
    return Space(
        names=("r", "alpha", "a", "b"),
        lower=(1e-4, 1e-6 * age, 1e-5, 1e-5),
        upper=(1e4, 1e6 * age, 1e4, 1e4),
        starts=[(r, r / stages_in_unit / faster, a, b) for r, faster, a, b in STARTS],
    )
