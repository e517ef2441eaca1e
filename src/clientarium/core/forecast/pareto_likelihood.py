"""Likelihood of the Pareto/NBD with exact first and second derivatives, through an integral that never overflows.

Fader & Hardie (2005), A note on deriving the Pareto/NBD model; of one client, with R = r + x:

    ℓ = ln Γ(R)/Γ(r) + r ln α + s ln β + ln(E + s ∫ f(y) dy)        y from t_x to T, the moment he left
    E = (α+T)^-R (β+T)^-s                                           he is still there
    f = (α+y)^-R (β+y)^-(s+1)

The papers write the integral as a difference of two ₂F₁; that is slow and loses digits for frequent clients. Here it
is Gauss-Legendre in v = ln(α+y), cut where f has fallen to nothing: smooth there, 1e-10 with 32 nodes. Derivatives of
ln ∫f are means and covariances, under the density f, of the derivatives of ln f.
"""

# ruff: noqa: N806 -- the papers' symbols

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import digamma, expit, gammaln, zeta

from clientarium.core.forecast.fitting import Point, in_logarithms
from clientarium.core.forecast.statistics import ROWS_AT_ONCE, Numbers, Statistics

NODES, WEIGHTS = np.polynomial.legendre.leggauss(32)
NODES, WEIGHTS = (NODES + 1) / 2, WEIGHTS / 2
NOTHING = 36.0
"""exp(-36) is the rounding of a double."""


@dataclass(frozen=True)
class ParetoLikelihood:
    """Mean log-likelihood in the logarithms of (r, α, s, β)."""

    statistics: Statistics

    def __call__(self, logs: Numbers) -> Point:
        values = np.exp(logs)
        value, gradient, hessian = 0.0, np.zeros(4), np.zeros((4, 4))
        for at in range(0, self.statistics.size, ROWS_AT_ONCE):
            more = _sums(self.statistics.rows(slice(at, at + ROWS_AT_ONCE)), values)
            value, gradient, hessian = value + more[0], gradient + more[1], hessian + more[2]
        return in_logarithms(value, gradient, hessian, values=values, clients=self.statistics.clients)


def log_here_and_gone(values: Numbers, clients: Statistics) -> tuple[Numbers, Numbers]:
    """ln E and ln(s ∫f) of each client, float64[n]; -inf for the second where T = t_x."""
    r, alpha, s, beta = values
    R = r + clients.x
    log_here = -R * np.log(alpha + clients.T) - s * np.log(beta + clients.T)
    total = np.zeros(clients.size)
    for _, _, weight in _nodes(values, clients):
        total += weight
    peak = -R * np.log(alpha + clients.t_x) - (s + 1) * np.log(beta + clients.t_x)
    return log_here, np.log(s) + peak + _log(total)


def _nodes(values: Numbers, clients: Statistics) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """(α+y, β+y, f dy / f(t_x)) at each node, float64[n] each."""
    r, alpha, s, beta = values
    falls = r + clients.x - 1
    start_a, start_b = alpha + clients.t_x, beta + clients.t_x
    length = np.log((alpha + clients.T) / start_a)
    length = np.where(falls * length > NOTHING, NOTHING / np.maximum(falls, 1e-9), length)
    for node, weight in zip(NODES, WEIGHTS, strict=True):
        step = length * node
        later_a = start_a * np.exp(step)
        later_b = later_a + (beta - alpha)
        yield later_a, later_b, weight * length * start_a * np.exp(-falls * step - (s + 1) * np.log(later_b / start_b))


def _sums(clients: Statistics, values: Numbers) -> tuple[float, Numbers, Numbers]:
    """Σ ℓ with gradient and Hessian in (r, α, s, β)."""
    r, alpha, s, beta = values
    R, weights = r + clients.x, clients.weights
    total, slopes, bends = _integrals(clients, values)
    is_gone_possible = total > 0
    safe = np.where(is_gone_possible, total, 1.0)
    # Derivatives of A = ln(s ∫f): means of the derivatives of ln f, and their covariances.
    g = [one / safe for one in slopes]
    g_by = {pair: one / safe - g[pair[0]] * g[pair[1]] for pair, one in bends.items()}
    g[2] = g[2] + 1 / s
    g_by[2, 2] = g_by[2, 2] - 1 / s**2

    over_a, over_b = 1 / (alpha + clients.T), 1 / (beta + clients.T)
    log_a, log_b = np.log(over_a), np.log(over_b)
    zero = np.zeros_like(R)
    e = [log_a, -R * over_a, log_b, -s * over_b]
    e_by = {(0, 1): -over_a, (1, 1): R * over_a**2, (2, 3): -over_b, (3, 3): s * over_b**2}
    peak = -R * np.log(alpha + clients.t_x) - (s + 1) * np.log(beta + clients.t_x)
    log_here, log_gone = R * log_a + s * log_b, np.log(s) + peak + _log(total)
    gone = np.where(is_gone_possible, expit(log_gone - log_here), 0.0)
    here, mixed = 1 - gone, gone * (1 - gone)

    count = clients.clients
    gradient = np.array([weights @ (here * e[i] + gone * g[i]) for i in range(4)])
    gradient += [weights @ (digamma(R) - digamma(r)) + count * np.log(alpha), count * r / alpha, 0.0, 0.0]
    gradient[2:] += [count * np.log(beta), count * s / beta]
    hessian = np.zeros((4, 4))
    for i, j in bends:
        both = here * e_by.get((i, j), zero) + gone * g_by[i, j] + mixed * (g[i] - e[i]) * (g[j] - e[j])
        hessian[i, j] = hessian[j, i] = weights @ both
    hessian[0, 0] += weights @ (zeta(2.0, R) - zeta(2.0, r))
    hessian[1, 1] -= count * r / alpha**2
    hessian[3, 3] -= count * s / beta**2
    hessian[[0, 1, 2, 3], [1, 0, 3, 2]] += np.repeat([count / alpha, count / beta], 2)
    constant = count * (r * np.log(alpha) + s * np.log(beta))
    each = gammaln(R) - gammaln(r) + np.logaddexp(log_here, log_gone)
    return float(weights @ each + constant), gradient, hessian


def _integrals(clients: Statistics, values: Numbers) -> tuple[Numbers, list[Numbers], dict[tuple[int, int], Numbers]]:
    """∫f, ∫f l_i and ∫f (l_i l_j + l_ij) over f(t_x), l = ln f, i and j of (r, α, s, β), i <= j."""
    r, _, s, _ = values
    R, rise = r + clients.x, s + 1
    total = np.zeros(clients.size)
    slopes = [np.zeros(clients.size) for _ in range(4)]
    bends = {(i, j): np.zeros(clients.size) for i in range(4) for j in range(i, 4)}
    for later_a, later_b, weight in _nodes(values, clients):
        over_a, over_b = 1 / later_a, 1 / later_b
        slope = (-np.log(later_a), -R * over_a, -np.log(later_b), -rise * over_b)
        bend = {(0, 1): -over_a, (1, 1): R * over_a**2, (2, 3): -over_b, (3, 3): rise * over_b**2}
        total += weight
        for i in range(4):
            weighted = weight * slope[i]
            slopes[i] += weighted
            for j in range(i, 4):
                bends[i, j] += weighted * slope[j]
        for pair, more in bend.items():
            bends[pair] += weight * more
    return total, slopes, bends


def _log(values: Numbers) -> Numbers:
    """Logarithm, -inf at zero, silently."""
    return np.asarray(np.where(values > 0, np.log(np.where(values > 0, values, 1.0)), -np.inf))
