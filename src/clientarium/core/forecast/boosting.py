"""Gradient boosted trees that correct a published model, trained on several earlier cuts of the same histories.

1. The base is MBG/CNBD-k: each slice (`slices`) has its fit on what was known at the cut and the orders that came.
2. Rates drift: each base says how far the last equal window times P(alive) is to be believed beside the model. The
   share θ of it, of SHARES, is the one that missed least on the slices: by absolute errors beside the model's median,
   by squared errors beside its mean.
3. The typical count is that blend plus what trees with the absolute loss find it misses, rounded: the median of a
   count is whole.
4. The expected count is half way between the blend of means and that blend times what trees with the Poisson loss find
   of came/expected (the blend is the exposure): two opinions miss less than either. The total of both is that of the
   recalibrated model: trees know clients, not seasons.
5. At most TRAINING_ROWS rows are learnt from, taken at even steps through the clients; under LEAST_ROWS, or where too
   few ordered, the recalibrated model itself answers and says so.

scikit-learn's HistGradientBoostingRegressor (Ke et al. 2017, LightGBM's histogram trees); no chance: no early stopping,
no subsampling, a fixed seed, and one thread to a tree: OpenMP's threads wait for each other by spinning, which on a
busy machine made two of them ten times slower than one.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from clientarium.core.forecast.count_rules import last_window
from clientarium.core.forecast.features import features_of
from clientarium.core.forecast.histories import Histories
from clientarium.core.forecast.methods import CountForecast, Numbers
from clientarium.core.forecast.model_methods import REGULAR_MODEL, ModelMethod
from clientarium.core.forecast.recalibration import scaled_to, total_factor
from clientarium.core.forecast.slices import cuts_of, evenly_chosen, slice_at, window_for
from clientarium.core.ground import N_

TRAINING_ROWS = 40_000
LEAST_ROWS = 400
LEAST_ORDERING = 200
"""Rows with an order in their window; under these numbers eight leaves of forty rows say nothing."""

TREES = 100
LEARNING_RATE = 0.075
LEAVES = 8
LEAST_IN_LEAF = 40
RIDGE = 5.0
ROWS_AT_ONCE = 100_000
BINS = 200
THREADS = 2
SHARES = tuple(tenth / 10 for tenth in range(11))
LEAST_EXPECTED = 1e-3
"""Expected orders under which a client's came/expected is no longer learnt from."""

TOO_LITTLE = N_("The base is too small to learn corrections from: the model answers alone.")


@dataclass(frozen=True, eq=False)
class Known:
    """What is known of n rows, float64[n] each: `features` float64[n, f]; the model's `expected` and `typical` orders;
    `recent`: orders of the last equal window times P(alive).
    """

    features: Numbers
    expected: Numbers
    typical: Numbers
    recent: Numbers


@dataclass(frozen=True, eq=False)
class Lessons:
    """Rows of all slices together, and the orders that came, float64[rows]."""

    known: Known
    orders: Numbers

    @property
    def is_enough(self) -> bool:
        return self.orders.size >= LEAST_ROWS and int((self.orders > 0).sum()) >= LEAST_ORDERING


@dataclass(frozen=True)
class Boosted:
    """Trees upon MBG/CNBD-k; its total is that of `Recalibrated`."""

    base: ModelMethod = REGULAR_MODEL
    name: str = "boosted"

    def expected(self, histories: Histories, horizons: Sequence[int]) -> CountForecast:
        """The same without the trees of the typical counts: what the pulse needs, in half the time."""
        return self._told(histories, horizons, with_typical=False)

    def forecast(self, histories: Histories, horizons: Sequence[int]) -> CountForecast:
        return self._told(histories, horizons, with_typical=True)

    def _told(self, histories: Histories, horizons: Sequence[int], *, with_typical: bool) -> CountForecast:
        plain, alive = self.base.forecast(histories, horizons), self.base.p_alive(histories)
        factors = {h: total_factor(histories, h, base=self.base) for h in horizons}
        expected = {h: plain.expected[h] * factors[h] for h in horizons}
        typical, basis = dict(plain.typical or expected), plain.basis
        for horizon in horizons:
            lessons = lessons_of(histories, horizon, base=self.base) if not basis else None
            if lessons is None or not lessons.is_enough:
                basis = basis or TOO_LITTLE
                continue
            known = known_of(histories, horizon, told=plain, alive=alive)
            if with_typical:
                typical[horizon] = typical_orders(lessons, known)
            expected[horizon] = expected_orders(lessons, known, total=float(expected[horizon].sum()))
        return CountForecast(expected, typical if with_typical else None, basis)


def known_of(histories: Histories, window: int, *, told: CountForecast, alive: Numbers) -> Known:
    """At the end of `histories`, for `window` days ahead; told, alive: what the model says."""
    expected, typical = told.expected[window], told.per_client(window)
    features = features_of(histories, window, model=(expected, typical, alive))
    return Known(features, expected, typical, last_window(histories, window) * alive)


def lessons_of(histories: Histories, horizon: int, *, base: ModelMethod) -> Lessons | None:
    """The slices of `histories`; None where there is none."""
    window = window_for(histories, horizon)
    cuts = cuts_of(histories, window)
    sample = evenly_chosen(histories, TRAINING_ROWS // max(len(cuts), 1))
    parts = [slice_at(sample, cut, window) for cut in cuts if (sample.first <= cut).any()]
    if not parts:
        return None
    like = base.refitted_like(histories)
    rows = [
        known_of(part.known, window, told=like.forecast(part.known, [window]), alive=like.p_alive(part.known))
        for part in parts
    ]
    return Lessons(
        Known(
            np.concatenate([row.features for row in rows]),
            np.concatenate([row.expected for row in rows]),
            np.concatenate([row.typical for row in rows]),
            np.concatenate([row.recent for row in rows]),
        ),
        np.concatenate([part.orders for part in parts]),
    )


def typical_orders(lessons: Lessons, known: Known) -> Numbers:
    """Rules 2 and 3, float64[n]."""
    learnt = lessons.known
    share = min(SHARES, key=lambda theta: float(np.abs(lessons.orders - mixed(learnt.typical, learnt, theta)).mean()))
    missed = _learnt(
        "absolute_error",
        learnt.features,
        lessons.orders - mixed(learnt.typical, learnt, share),
        known.features,
    )
    return np.asarray(np.round(np.maximum(mixed(known.typical, known, share) + missed, 0.0)))


def expected_orders(lessons: Lessons, known: Known, *, total: float) -> Numbers:
    """Rules 2 and 4, float64[n]."""
    learnt = lessons.known
    share = min(SHARES, key=lambda theta: float(((lessons.orders - mixed(learnt.expected, learnt, theta)) ** 2).mean()))
    exposure = np.maximum(mixed(learnt.expected, learnt, share), LEAST_EXPECTED)
    ratio = _learnt("poisson", learnt.features, lessons.orders / exposure, known.features, weights=exposure)
    blend = mixed(known.expected, known, share)
    return (scaled_to(blend, total) + scaled_to(blend * ratio, total)) / 2


def mixed(model: Numbers, known: Known, share: float) -> Numbers:
    """(1 - θ)·model + θ·recent."""
    return (1 - share) * model + share * known.recent


def _learnt(loss: str, rows: Numbers, target: Numbers, features: Numbers, *, weights: Numbers | None = None) -> Numbers:
    """What trees grown on `rows` say of `features`, float64[n]."""
    from sklearn.ensemble import HistGradientBoostingRegressor  # noqa: PLC0415 -- slow import, and small bases need none

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
    edges = _edges(rows)
    with threadpool_limits(limits=1, user_api="openmp"), ThreadPoolExecutor(THREADS) as pool:
        trees.fit(_binned(rows, edges), target, sample_weight=weights)
        pieces = [_binned(features[at : at + ROWS_AT_ONCE], edges) for at in range(0, len(features), ROWS_AT_ONCE)]
        return np.concatenate(list(pool.map(trees.predict, pieces))).astype(float)


def _edges(rows: Numbers) -> list[Numbers]:
    """Of each feature, the values that cut the rows into BINS parts of equal size, ascending."""
    shares = np.linspace(0, 1, BINS + 1)[1:-1]
    return [np.unique(np.quantile(column, shares)) for column in rows.T]


def _binned(rows: Numbers, edges: Sequence[Numbers]) -> Numbers:
    """Each value as the number of its bin. The trees would bin by themselves, with weights in slow plain Python."""
    return np.column_stack([np.searchsorted(cuts, column) for column, cuts in zip(rows.T, edges, strict=True)]).astype(
        float
    )
