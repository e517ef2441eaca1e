"""Likelihood of the CNBD family with exact first and second derivatives (SCIENCE.md 1.6; BTYDplus `xbgcnbd.LL`).

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
from scipy.special import digamma, expit, gammaln, zeta

from clientarium.core.forecast.fitting import Point, in_logarithms
from clientarium.core.forecast.statistics import ROWS_AT_ONCE, Numbers, Statistics


@dataclass(frozen=True, eq=False)
class Stages:
    """S2 and its derivatives by R and by u, float64[n] (float64[1] for k = 1, where S2 = 1)."""

    total: Numbers
    by_R: Numbers
    by_u: Numbers
    by_RR: Numbers
    by_Ru: Numbers
    by_uu: Numbers


def stages(R: Numbers, u: Numbers, *, k: int) -> Stages:
    """S2 = Σ_{j<k} (R)_j/j! u^j and its derivatives by the recurrence of its terms."""
    one, zero = np.ones(1), np.zeros(1)
    term: list[Numbers] = [one, zero, zero, zero, zero, zero]
    total = term
    for j in range(k - 1):
        rise, step = (R + j) / (j + 1), 1 / (j + 1)
        value, by_R, by_u, by_RR, by_Ru, by_uu = term
        grown = by_u * u + value
        term = [
            value * rise * u,
            (by_R * rise + value * step) * u,
            grown * rise,
            (by_RR * rise + 2 * step * by_R) * u,
            (by_Ru * u + by_R) * rise + grown * step,
            (by_uu * u + 2 * by_u) * rise,
        ]
        total = [so_far + more for so_far, more in zip(total, term, strict=True)]
    return Stages(*total)


def stage_total(R: Numbers, u: Numbers, *, k: int) -> Numbers:
    """S2 alone, float64[n]."""
    term, total = np.ones_like(u), np.ones_like(u)
    for j in range(k - 1):
        term = term * (R + j) / (j + 1) * u
        total = total + term
    return total


def stage_shares(R: Numbers, u: Numbers, *, k: int) -> Numbers:
    """Share of each number of passed stages among those who stay: float64[k, n], columns sum to 1."""
    terms = [np.ones_like(u)]
    for j in range(k - 1):
        terms.append(terms[-1] * (R + j) / (j + 1) * u)
    made = np.array(terms)
    return np.asarray(made / made.sum(axis=0))


class CnbdLikelihood:
    """Mean log-likelihood in the logarithms of (r, α, a, b) for one k and δ."""

    def __init__(self, statistics: Statistics, *, k: int, first_flip: int) -> None:
        self.k, self.first_flip, self.clients = k, first_flip, statistics.clients
        self.x, places = np.unique(statistics.x, return_inverse=True)
        self.x_weights = np.bincount(places, weights=statistics.weights).astype(float)
        self.constant = (k - 1) * statistics.total_litt - float(self.x @ self.x_weights) * float(gammaln(k))
        self.T, T_places = np.unique(statistics.T, return_inverse=True)
        self.T_weights = np.bincount(T_places, weights=statistics.weights).astype(float)
        self.T_orders = np.bincount(T_places, weights=statistics.weights * statistics.x).astype(float)
        can_be_gone = (statistics.x > 0) | (first_flip == 1)
        self.t_x, t_x_places = np.unique(statistics.t_x, return_inverse=True)
        # With k = 1 and nowhere to leave from, ln(S1 + S2) is zero.
        told = np.flatnonzero(can_be_gone | (k > 1))
        pieces = [told[at : at + ROWS_AT_ONCE] for at in range(0, told.size, ROWS_AT_ONCE)]
        self.parts = [
            _Part(
                orders=k * statistics.x[rows],
                weights=statistics.weights[rows],
                silence=statistics.T[rows] - statistics.t_x[rows],
                can_be_gone=can_be_gone[rows],
                all_can=bool(can_be_gone[rows].all()),
                x_places=places[rows],
                t_x_places=t_x_places[rows],
                T_places=T_places[rows],
            )
            for rows in pieces
        ]

    def __call__(self, logs: Numbers) -> Point:
        values = np.exp(logs)
        value, gradient, hessian = self._by_x(values)
        for more in (self._by_age(values), *(self._by_row(part, values) for part in self.parts)):
            value, gradient, hessian = value + more[0], gradient + more[1], hessian + more[2]
        return in_logarithms(value + self.constant, gradient, hessian, values=values, clients=self.clients)

    def _by_x(self, values: Numbers) -> "_Sums":
        """Σ ln B(a, b+x+δ)/B(a, b) + ln Γ(R)/Γ(r)."""
        r, _, a, b = values
        weights, R, flips = self.x_weights, r + self.k * self.x, self.x + self.first_flip
        each = gammaln(b + flips) - gammaln(b) - gammaln(a + b + flips) + gammaln(a + b) + gammaln(R) - gammaln(r)
        by_a = weights @ (digamma(a + b) - digamma(a + b + flips))
        by_b = by_a + weights @ (digamma(b + flips) - digamma(b))
        by_aa = weights @ (_trigamma(a + b) - _trigamma(a + b + flips))
        by_bb = by_aa + weights @ (_trigamma(b + flips) - _trigamma(b))
        gradient = np.array([weights @ (digamma(R) - digamma(r)), 0.0, by_a, by_b])
        hessian = np.zeros((4, 4))
        hessian[0, 0] = weights @ (_trigamma(R) - _trigamma(r))
        hessian[2, 2], hessian[3, 3] = by_aa, by_bb
        hessian[2, 3] = hessian[3, 2] = by_aa
        return float(weights @ each), gradient, hessian

    def _by_age(self, values: Numbers) -> "_Sums":
        """Σ r ln α - R ln(α+T)."""
        r, alpha, _, _ = values
        log_T, over_T = np.log(alpha + self.T), 1 / (alpha + self.T)
        R = r * self.T_weights + self.k * self.T_orders
        by_r = self.clients * np.log(alpha) - self.T_weights @ log_T
        gradient = np.array([by_r, self.clients * r / alpha - R @ over_T, 0.0, 0.0])
        hessian = np.zeros((4, 4))
        hessian[0, 1] = hessian[1, 0] = self.clients / alpha - self.T_weights @ over_T
        hessian[1, 1] = R @ over_T**2 - self.clients * r / alpha**2
        return float(r * self.clients * np.log(alpha) - R @ log_T), gradient, hessian

    def _by_row(self, part: "_Part", values: Numbers) -> "_Sums":
        """Σ ln(S1 + S2): with the chance σ = S1/(S1+S2) of having left, ∇ = σ∇ln S1 + (1-σ)∇ln S2."""
        r, alpha, a, b = values
        R, weights = r + part.orders, part.weights
        over_T = (1 / (alpha + self.T))[part.T_places]
        over_t = (1 / (alpha + self.t_x))[part.t_x_places]
        log_ratio = np.log(alpha + self.T)[part.T_places] - np.log(alpha + self.t_x)[part.t_x_places]
        chances = b + self.x - 1 + self.first_flip
        with_sense = np.where(chances > 0, chances, 1.0)
        over = (1 / with_sense)[part.x_places]
        log_gone = np.log(a / with_sense)[part.x_places] + R * log_ratio
        if not part.all_can:
            log_gone = np.where(part.can_be_gone, log_gone, -np.inf)

        # For k = 1 S2 is one: nothing of it is worked out for each row.
        u = part.silence * over_T if self.k > 1 else np.zeros(1)
        stay = stages(R, u, k=self.k)
        log_stay = np.log(stay.total)
        u_alpha = -u * over_T if self.k > 1 else u
        s_r, s_alpha = stay.by_R / stay.total, stay.by_u * u_alpha / stay.total
        s_rr = stay.by_RR / stay.total - s_r**2
        s_r_alpha = stay.by_Ru * u_alpha / stay.total - s_r * s_alpha
        u_alpha2 = -2 * u_alpha * over_T if self.k > 1 else u
        s_alpha2 = (stay.by_uu * u_alpha**2 + stay.by_u * u_alpha2) / stay.total - s_alpha**2

        gone = expit(log_gone - log_stay)
        left, here = weights * gone, weights * (1 - gone)
        mixed = left * (1 - gone)
        d_over = over_T - over_t
        d_r, d_alpha = log_ratio - s_r, R * d_over - s_alpha
        m_r, m_alpha, m_b = mixed * d_r, mixed * d_alpha, mixed * over
        all_left, all_mixed = left.sum(), mixed.sum()
        gradient = [
            (left * d_r).sum() + (weights * s_r).sum(),
            (left * d_alpha).sum() + (weights * s_alpha).sum(),
            all_left / a,
            -(left @ over),
        ]
        r_alpha = (left * d_over + here * s_r_alpha + m_r * d_alpha).sum()
        alpha2 = (here * s_alpha2 - left * R * d_over * (over_T + over_t) + m_alpha * d_alpha).sum()
        rr, ra, rb = (here * s_rr + m_r * d_r).sum(), m_r.sum() / a, -(m_r @ over)
        alpha_a, alpha_b = m_alpha.sum() / a, -(m_alpha @ over)
        aa, ab, bb = (all_mixed - all_left) / a**2, -m_b.sum() / a, (left @ over**2) + m_b @ over
        hessian = [
            [rr, r_alpha, ra, rb],
            [r_alpha, alpha2, alpha_a, alpha_b],
            [ra, alpha_a, aa, ab],
            [rb, alpha_b, ab, bb],
        ]
        value = float(weights @ np.logaddexp(log_gone, log_stay))
        return value, np.array(gradient), np.array(hessian)


_Sums = tuple[float, Numbers, Numbers]
"""A part of the total with its gradient and Hessian in (r, α, a, b)."""


@dataclass(frozen=True, eq=False)
class _Part:
    """Rows of one pass; orders is kx; *_places point into the distinct x, t_x and T."""

    orders: Numbers
    weights: Numbers
    silence: Numbers
    can_be_gone: NDArray[np.bool_]
    all_can: bool
    x_places: NDArray[np.int64]
    t_x_places: NDArray[np.int64]
    T_places: NDArray[np.int64]


def _trigamma(z: Numbers) -> Numbers:
    return np.asarray(zeta(2.0, z))
