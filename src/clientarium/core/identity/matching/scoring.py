"""Candidate pairs of prepared records with what every field says of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from clientarium.core.identity.matching.blocking import candidate_places
from clientarium.core.identity.matching.comparing import Levels, agreed_counts, level_count, levels
from clientarium.core.identity.matching.mixture import Mixture, fit, shares_of
from clientarium.core.identity.matching.prepared import Codes, PreparedField, different

_RANDOM_PAIRS = 200_000
_MOST_FITTED = 1_000_000
_MOST_LEARNED_FROM = 10_000
_SEED = 1
# How far the rarity of the common value moves its weight: a rare name speaks more than a common one, but not by its
# whole rarity, since a common name is common among matches too (Winkler's scaling, halved).
RARITY_SHARE = 0.5


@dataclass(frozen=True)
class ScoredPairs:
    """`places` pairs x 2; `levels` and `rarity` per field; `log_odds` natural logs of the odds of a match."""

    places: Codes
    levels: tuple[Levels, ...]
    rarity: tuple[NDArray[np.float64], ...]
    mixture: Mixture
    log_odds: NDArray[np.float64]

    def taken(self, chosen: NDArray[np.intp] | NDArray[np.bool_]) -> "ScoredPairs":
        return ScoredPairs(
            self.places[chosen],
            tuple(found[chosen] for found in self.levels),
            tuple(rarity[chosen] for rarity in self.rarity),
            self.mixture,
            self.log_odds[chosen],
        )

    @property
    def probability(self) -> NDArray[np.float64]:
        probability: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(self.log_odds, -500, 500)))
        return probability

    @property
    def field_weights(self) -> list[NDArray[np.float64]]:
        return [w + r for w, r in zip(self.mixture.field_weights(self.levels), self.rarity, strict=True)]


def score(
    fields: Sequence[PreparedField],
    count: int,
    *,
    is_new: NDArray[np.bool_] | None = None,
    step: Callable[[], None] = lambda: None,
) -> ScoredPairs:
    """Find candidate pairs, fit the mixture and score each pair; `is_new` keeps to pairs of new and old.

    `step` is called once when the pairs are found and once after each field is compared; it may raise.

    New against old the mixture is fitted to the pairs among all of them (a sample of a large base), so that one new
    card is judged by what the base has taught.
    """
    places = candidate_places(fields, count, is_new=is_new)
    step()
    left, right = places[:, 0], places[:, 1]
    found = tuple(_stepping(levels(field, left, right), step) for field in fields)
    if is_new is None:
        mixture = _fitted(fields, found, count)
    else:
        some = np.random.default_rng(_SEED).permutation(count)[:_MOST_LEARNED_FROM]
        sampled = [replace(field, codes=field.codes[some]) for field in fields]
        among = candidate_places(sampled, len(some))
        mixture = _fitted(sampled, [levels(field, among[:, 0], among[:, 1]) for field in sampled], len(some))
    rarity = tuple(_rarity(field, left, right) for field in fields)
    log_odds = np.full(len(places), mixture.log_odds)
    for weights, of_field, rare in zip(mixture.weights, found, rarity, strict=True):
        log_odds += np.append(weights, 0.0)[of_field.astype(np.int64)] + rare
    return ScoredPairs(places, found, rarity, mixture, log_odds)


def _stepping(found: Levels, step: Callable[[], None]) -> Levels:
    step()
    return found


def _fitted(fields: Sequence[PreparedField], found: Sequence[Levels], count: int) -> Mixture:
    random = np.random.default_rng(_SEED)
    pairs = len(found[0])
    sample = np.arange(pairs)
    if pairs > _MOST_FITTED:
        sample = np.sort(random.choice(pairs, _MOST_FITTED, replace=False))
    return fit(
        [of_field[sample] for of_field in found],
        _random_shares(fields, count, random),
        records=int(count * len(sample) / max(pairs, 1)),
    )


def _random_shares(
    fields: Sequence[PreparedField], count: int, random: np.random.Generator
) -> list[NDArray[np.float64]]:
    left, right = (random.integers(0, max(count, 1), _RANDOM_PAIRS if count > 1 else 0) for _ in range(2))
    is_two = left != right
    # A small base has few different pairs: drawing them again and again would look like much evidence.
    once = different(left[is_two] * count + right[is_two])
    return [shares_of(levels(field, once // count, once % count), level_count(field)) for field in fields]


def _rarity(field: PreparedField, left: Codes, right: Codes) -> NDArray[np.float64]:
    """Return what the rarity of the common value adds, compared with the value two equal cells have on average."""
    counts = agreed_counts(field, left, right)
    usual = float((field.counts.astype(float) ** 2).sum() / max(field.counts.sum(), 1))
    return np.where(counts > 0, RARITY_SHARE * np.log(max(usual, 1.0) / np.maximum(counts, 1)), 0.0)
