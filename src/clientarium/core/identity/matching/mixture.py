"""The model of Fellegi and Sunter (1969) fitted without labels.

Assumptions: (1) a pair is of one client or of two; (2) given which, fields agree independently of each other;
(3) the level of agreement never speaks less for a match than a lower level does; (4) among random pairs there are
hardly any matches; (5) before any data a field of two matching cards agrees fully in half the cases, and each step
down is half as frequent.

Symbols: m[k] and u[k] are the shares of level k among matches and among the others, lambda the share of matches
among candidate pairs. EM after Winkler (1988) over the distinct patterns of levels. u starts at random pairs and is
learned from candidates, since those share a key and agree more often than random ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clientarium.core.identity.matching.comparing import Levels

Shares = NDArray[np.float64]
# How much assumption 5 weighs: as much as the matches of one card in ten, and of twenty cards at least.
PRIOR_SHARE = 0.1
_LEAST_PRIOR = 20.0
# How much random pairs weigh in u, and how much the assumed shape of u weighs where there are hardly any pairs.
_RANDOM_WEIGHT = 10.0
_SHAPE_WEIGHT = 200.0
_LEAST_BOTTOM = 0.05
_ROUNDS = 200
_SETTLED = 1e-7


@dataclass(frozen=True)
class Mixture:
    """`weights[field][level]` are natural logs of m/u; `log_odds` is the same of lambda."""

    weights: tuple[Shares, ...]
    log_odds: float

    def field_weights(self, levels: Sequence[Levels]) -> list[Shares]:
        """Return what each field says of each pair; nothing where one side is unknown."""
        return [
            np.append(weights, 0.0)[found.astype(np.int64)] for weights, found in zip(self.weights, levels, strict=True)
        ]


def assumed_matches(count: int) -> Shares:
    shape = 0.5 ** np.arange(count, dtype=float)[::-1]
    shape[0] = max(shape[0], _LEAST_BOTTOM)
    shares: Shares = shape / shape.sum()
    return shares


def assumed_others(count: int) -> Shares:
    shape = 0.1 ** np.arange(count, dtype=float) ** 0.7
    shares: Shares = shape / shape.sum()
    return shares


def shares_of(levels: Levels, count: int) -> Shares:
    """Return the shares of levels among random pairs, pulled to the assumed shape where there are few."""
    seen = np.bincount(levels[levels >= 0], minlength=count) + _SHAPE_WEIGHT * assumed_others(count)
    shares: Shares = seen / seen.sum()
    return shares


def fit(levels: Sequence[Levels], random_shares: Sequence[Shares], *, records: int) -> Mixture:
    """Learn the mixture from the levels of candidate pairs; `random_shares` gives u of random pairs, per field."""
    counts = [len(shares) for shares in random_shares]
    patterns, seen = _patterns(levels, counts)
    total = float(seen.sum())
    prior = max(PRIOR_SHARE * records, _LEAST_PRIOR)
    expected = min(0.3, 0.5 * max(records, 1) / max(total, 1.0))
    assumed = [assumed_matches(count) for count in counts]
    matches, others = [shares.copy() for shares in assumed], [shares.copy() for shares in random_shares]
    share = expected
    weights = [_rising(m, u) for m, u in zip(matches, others, strict=True)]
    for _ in range(_ROUNDS):  # pragma: no branch -- it has settled before the last round
        odds = np.full(len(seen), np.log(share / (1 - share)))
        for column, weight in zip(patterns.T, weights, strict=True):
            odds += np.append(weight, 0.0)[column]
        matching = seen / (1 + np.exp(-odds))
        for place, column in enumerate(patterns.T):
            matches[place] = _shares(column, matching, prior * assumed[place])
            others[place] = _shares(column, seen - matching, _RANDOM_WEIGHT * random_shares[place])
        weights = [_rising(m, u) for m, u in zip(matches, others, strict=True)]
        before, share = share, float((matching.sum() + expected) / (total + 1))
        if abs(share - before) < _SETTLED:
            break
    return Mixture(tuple(weights), float(np.log(share / (1 - share))))


def _patterns(levels: Sequence[Levels], counts: Sequence[int]) -> tuple[NDArray[np.int64], Shares]:
    """Return the distinct patterns (patterns x fields, -1 unknown) and how many pairs show each."""
    code = np.zeros(len(levels[0]), np.int64)
    patterns = np.zeros((1, 0), np.int64)
    for found, count in zip(levels, counts, strict=True):
        code, place = np.unique(code * (count + 1) + found + 1, return_inverse=True)
        patterns = np.column_stack([patterns[code // (count + 1)], code % (count + 1) - 1])
        code = place.astype(np.int64)
    return patterns, np.bincount(code, minlength=len(patterns)).astype(float)


def _shares(column: NDArray[np.int64], weights: Shares, prior: Shares) -> Shares:
    is_known = column >= 0
    seen = np.bincount(column[is_known], weights=weights[is_known], minlength=len(prior)) + prior
    shares: Shares = seen / seen.sum()
    return shares


def _rising(matches: Shares, others: Shares) -> Shares:
    """Return log(m/u) made never to fall with the level: neighbours out of order share what they have together."""
    blocks: list[tuple[float, float, int]] = []
    for match, other in zip(matches.tolist(), others.tolist(), strict=True):
        block = (match, other, 1)
        while blocks and blocks[-1][0] * block[1] > block[0] * blocks[-1][1]:
            last = blocks.pop()
            block = (last[0] + block[0], last[1] + block[1], last[2] + block[2])
        blocks.append(block)
    return np.concatenate([np.full(size, np.log(match / other)) for match, other, size in blocks])
