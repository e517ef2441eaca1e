"""Gradient boosted trees that correct a published model, trained on several earlier cuts of the same histories.

1. The base is MBG/CNBD-k: each slice (`slices`) has its fit on what was known at the cut and the orders that came.
2. The typical count is the model's median plus what trees with the absolute loss find it misses, rounded: the median
   of a count is whole.
3. The expected count is half way between the model's mean and that mean times what trees with the Poisson loss find of
   came/expected (the model's mean is the exposure): two opinions miss less than either. The total of both is that of
   the recalibrated model: trees know clients, not seasons.
4. At most TRAINING_ROWS rows are learnt from, taken at even steps through the clients; under LEAST_ROWS, or where too
   few ordered, the recalibrated model itself answers and says so.

scikit-learn's HistGradientBoostingRegressor (Ke et al. 2017, LightGBM's histogram trees); no chance: no early stopping,
no subsampling, a fixed seed, and one thread to a tree: OpenMP's threads wait for each other by spinning, which on a
busy machine made two of them ten times slower than one.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from clientarium.core.forecast.features import features_of
from clientarium.core.forecast.histories import Histories
from clientarium.core.forecast.methods import CountForecast, Numbers
from clientarium.core.forecast.model_methods import REGULAR_MODEL, ModelMethod
from clientarium.core.forecast.recalibration import Recalibrated
from clientarium.core.forecast.slices import cuts_of, evenly_chosen, slice_at, window_for
from clientarium.core.ground import N_

TRAINING_ROWS = 40_000
LEAST_ROWS = 400
LEAST_ORDERING = 40
"""Rows with an order in their window; under these numbers eight leaves of forty rows say nothing."""

TREES = 100
LEARNING_RATE = 0.075
LEAVES = 8
LEAST_IN_LEAF = 40
RIDGE = 5.0
ROWS_AT_ONCE = 100_000
THREADS = 2
LEAST_EXPECTED = 1e-3
"""Expected orders under which a client's came/expected is no longer learnt from."""

TOO_LITTLE = N_("The base is too small to learn corrections from: the model answers alone.")


@dataclass(frozen=True, eq=False)
class Lessons:
    """Rows of all slices: features float64[rows, f]; orders that came, the model's mean and median, float64[rows]."""

    features: Numbers
    orders: Numbers
    expected: Numbers
    typical: Numbers

    @property
    def is_enough(self) -> bool:
        return self.orders.size >= LEAST_ROWS and int((self.orders > 0).sum()) >= LEAST_ORDERING


@dataclass(frozen=True)
class Boosted:
    """Trees upon MBG/CNBD-k; its total is that of `Recalibrated`."""

    base: ModelMethod = REGULAR_MODEL
    name: str = "boosted"

    def forecast(self, histories: Histories, horizons: Sequence[int]) -> CountForecast:
        total = Recalibrated(self.base).forecast(histories, horizons)
        plain = self.base.forecast(histories, horizons)
        expected, typical, basis = dict(total.expected), dict(total.typical or total.expected), total.basis
        alive = self.base.p_alive(histories)
        for horizon in horizons:
            lessons = self._lessons(histories, horizon) if not basis else None
            if lessons is None or not lessons.is_enough:
                basis = basis or TOO_LITTLE
                continue
            model = (plain.expected[horizon], (plain.typical or plain.expected)[horizon], alive)
            features = features_of(histories, horizon, model=model)
            typical[horizon] = typical_orders(lessons, features, model[1])
            told = scaled_to(model[0] * expected_ratio(lessons, features), float(expected[horizon].sum()))
            expected[horizon] = (expected[horizon] + told) / 2
        return CountForecast(expected, typical, basis)

    def _lessons(self, histories: Histories, horizon: int) -> Lessons | None:
        window = window_for(histories, horizon)
        cuts = cuts_of(histories, window)
        if not cuts:
            return None
        sample = evenly_chosen(histories, TRAINING_ROWS // len(cuts))
        base = self.base.refitted_like(histories)
        rows = [self._rows(sample, cut, window, base) for cut in cuts if (sample.first <= cut).any()]
        return Lessons(*(np.concatenate(parts) for parts in zip(*rows, strict=True))) if rows else None

    def _rows(
        self, sample: Histories, cut: int, window: int, base: ModelMethod
    ) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        part = slice_at(sample, cut, window)
        found = base.forecast(part.known, [window])
        expected, typical = found.expected[window], (found.typical or found.expected)[window]
        features = features_of(part.known, window, model=(expected, typical, base.p_alive(part.known)))
        return features, part.orders, expected, typical


def typical_orders(lessons: Lessons, features: Numbers, typical: Numbers) -> Numbers:
    """Rule 2, float64[n]."""
    missed = _learnt("absolute_error", lessons.features, lessons.orders - lessons.typical, features)
    return np.asarray(np.round(np.maximum(typical + missed, 0.0)))


def expected_ratio(lessons: Lessons, features: Numbers) -> Numbers:
    """came/expected of rule 3, float64[n], > 0."""
    exposure = np.maximum(lessons.expected, LEAST_EXPECTED)
    return _learnt("poisson", lessons.features, lessons.orders / exposure, features, weights=exposure)


def scaled_to(orders: Numbers, total: float) -> Numbers:
    found = float(orders.sum())
    return orders * (total / found) if found > 0 else orders


def _learnt(loss: str, rows: Numbers, target: Numbers, features: Numbers, *, weights: Numbers | None = None) -> Numbers:
    """What trees grown on `rows` say of `features`, float64[n]."""
    trees = HistGradientBoostingRegressor(
        loss=loss,
        learning_rate=LEARNING_RATE,
        max_iter=TREES,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=LEAST_IN_LEAF,
        l2_regularization=RIDGE,
        early_stopping=False,
        random_state=0,
    )
    with threadpool_limits(limits=1, user_api="openmp"), ThreadPoolExecutor(THREADS) as pool:
        trees.fit(rows, target, sample_weight=weights)
        pieces = [features[at : at + ROWS_AT_ONCE] for at in range(0, len(features), ROWS_AT_ONCE)]
        return np.concatenate(list(pool.map(trees.predict, pieces))).astype(float)
