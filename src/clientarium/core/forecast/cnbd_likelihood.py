"""Likelihood of the CNBD family and its exact gradient (SCIENCE.md 1.6; BTYDplus `xbgcnbd.LL`).

Of one client, with R = r + kx, s = T - t_x and δ = 1 where a client may leave after the very first purchase:

    ℓ = (k-1) litt - x ln Γ(k) + ln B(a, b+x+δ)/B(a, b) + ln Γ(R)/Γ(r) + r ln α - R ln(α+T) + ln(S1 + S2)
    S1 = [δ = 1 or x > 0] a/(b+x-1+δ) ((α+T)/(α+t_x))^R         he left after the last purchase
    S2 = Σ_{j<k} (R)_j/j! u^j,  u = s/(α+T)                    he stays; j of the k stages to the next order are passed

What depends on x alone is added up once for each x, logarithms once for each t_x and T.
"""

# ruff: noqa: N803, N806, N815 -- the papers' symbols

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, expit, gammaln

from clientarium.core.forecast.statistics import ROWS_AT_ONCE, Numbers, Statistics


@dataclass(frozen=True, eq=False)
class Stages:
    """S2 and its derivatives by R and by u, float64[n]."""

    total: Numbers
    by_R: Numbers
    by_u: Numbers


def stages(R: Numbers, u: Numbers, *, k: int) -> Stages:
    """S2 = Σ_{j<k} (R)_j/j! u^j by the recurrence of its terms."""
    term, term_by_R, term_by_u = np.ones_like(u), np.zeros_like(u), np.zeros_like(u)
    total, by_R, by_u = np.ones_like(u), np.zeros_like(u), np.zeros_like(u)
    for j in range(k - 1):
        rise = (R + j) / (j + 1)
        term_by_R = (term_by_R * rise + term / (j + 1)) * u
        term_by_u = (term_by_u * u + term) * rise
        term = term * rise * u
        total, by_R, by_u = total + term, by_R + term_by_R, by_u + term_by_u
    return Stages(total, by_R, by_u)


def stage_shares(R: Numbers, u: Numbers, *, k: int) -> Numbers:
    """Share of each number of passed stages among those who stay: float64[k, n], columns sum to 1."""
    terms = [np.ones_like(u)]
    for j in range(k - 1):
        terms.append(terms[-1] * (R + j) / (j + 1) * u)
    made = np.array(terms)
    return np.asarray(made / made.sum(axis=0))


class CnbdLikelihood:
    """Mean log-likelihood and gradient in the logarithms of (r, α, a, b) for one k and δ."""

    def __init__(self, statistics: Statistics, *, k: int, first_flip: int) -> None:
        self.k, self.first_flip, self.clients = k, first_flip, statistics.clients
        self.x, places = np.unique(statistics.x, return_inverse=True)
        self.x_weights = np.bincount(places, weights=statistics.weights).astype(float)
        constant = (k - 1) * statistics.total_litt - float(self.x @ self.x_weights) * float(gammaln(k))
        self.constant = constant / self.clients
        self.t_x, t_x_places = np.unique(statistics.t_x, return_inverse=True)
        self.T, T_places = np.unique(statistics.T, return_inverse=True)
        self.parts = [
            _Part(
                x=statistics.x[rows],
                weights=statistics.weights[rows],
                silence=statistics.T[rows] - statistics.t_x[rows],
                can_be_gone=(statistics.x[rows] > 0) | (first_flip == 1),
                t_x_places=t_x_places[rows],
                T_places=T_places[rows],
            )
            for rows in (slice(at, at + ROWS_AT_ONCE) for at in range(0, statistics.size, ROWS_AT_ONCE))
        ]

    def __call__(self, logs: Numbers) -> tuple[float, Numbers]:
        values = np.exp(logs)
        value, gradient = self._by_x(values)
        for part in self.parts:
            part_value, part_gradient = self._by_row(part, values)
            value, gradient = value + part_value, gradient + part_gradient
        return value / self.clients + self.constant, gradient * values / self.clients

    def _by_x(self, values: Numbers) -> tuple[float, Numbers]:
        r, alpha, a, b = values
        weights, R, flips = self.x_weights, r + self.k * self.x, self.x + self.first_flip
        each = gammaln(b + flips) - gammaln(b) - gammaln(a + b + flips) + gammaln(a + b) + gammaln(R) - gammaln(r)
        by_a = digamma(a + b) - digamma(a + b + flips)
        gradient = [
            weights @ (digamma(R) - digamma(r)) + self.clients * np.log(alpha),
            self.clients * r / alpha,
            weights @ by_a,
            weights @ (by_a + digamma(b + flips) - digamma(b)),
        ]
        return float(weights @ each + self.clients * r * np.log(alpha)), np.array(gradient)

    def _by_row(self, part: "_Part", values: Numbers) -> tuple[float, Numbers]:
        """Σ of -R ln(α+T) + ln(S1 + S2) and its gradient."""
        r, alpha, a, b = values
        R, weights = r + self.k * part.x, part.weights
        log_T, over_T = np.log(alpha + self.T)[part.T_places], (1 / (alpha + self.T))[part.T_places]
        log_t, over_t = np.log(alpha + self.t_x)[part.t_x_places], (1 / (alpha + self.t_x))[part.t_x_places]
        u = part.silence * over_T
        chances = np.where(part.can_be_gone, b + part.x - 1 + self.first_flip, 1.0)
        stay = stages(R, u, k=self.k)
        log_stay = np.log(stay.total)
        log_gone = np.where(part.can_be_gone, np.log(a / chances) + R * (log_T - log_t), -np.inf)
        gone = expit(log_gone - log_stay)
        here = (1 - gone) / stay.total
        gradient = [
            weights @ (gone * (log_T - log_t) + here * stay.by_R - log_T),
            weights @ (R * (gone * (over_T - over_t) - over_T) - here * stay.by_u * u * over_T),
            weights @ gone / a,
            -(weights @ (gone / chances)),
        ]
        value = float(weights @ (np.logaddexp(log_gone, log_stay) - R * log_T))
        return value, np.array(gradient)


@dataclass(frozen=True, eq=False)
class _Part:
    """Rows of one pass; *_places point into the distinct t_x and T."""

    x: Numbers
    weights: Numbers
    silence: Numbers
    can_be_gone: NDArray[np.bool_]
    t_x_places: NDArray[np.int64]
    T_places: NDArray[np.int64]
